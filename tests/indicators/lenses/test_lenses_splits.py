"""What moves under another or is split, under both lenses, and the bridge between them: exact numbers."""

from datetime import date

import pytest

from members.models import Exit
from tests.indicators.lenses.facts import LATER, MARCH, MAY, WINTER, facts_of_2016, figures, lines, seen, split

pytestmark = pytest.mark.django_db
world = pytest.fixture(facts_of_2016)


def test_a_committee_moves_under_another_with_all_below_it(world):
    world.move("BP01", "DB01", MAY)
    both = seen(world)
    assert figures(both, world, "DB01", "members rated letters_due cells") == "5→7 5→7 1→2 2→3"
    assert figures(both, world, "DB03", "members rated letters_due cells") == "4→2 4→2 1→0 2→1"
    assert figures(both, world, "BP01", "members rated letters_due cells") == "2→2 2→2 1→1 1→1"
    assert lines(both, world, "DB01", "members") == {"DB03 > DB01: chuyển trực thuộc 01/05/2017": 2}
    assert lines(both, world, "DB03", "members") == {"DB03 > DB01: chuyển trực thuộc 01/05/2017": 2}
    assert lines(both, world, "K", "members", inside=True) == {"DB03 > DB01: chuyển trực thuộc 01/05/2017": 2}
    assert not both.lens.differs(world.org["BP01"].pk) and both.lens.years_of_change(world.org["BP01"].pk) == {2017}
    both.check_rows()


def test_what_moved_away_and_back_crossed_nothing(world):
    world.move("DB01-02", "DB02", MAY)
    world.move("DB01-02", "DB01", LATER)
    both = seen(world)
    assert figures(both, world, "DB01", "members", 2016) == "5→5"
    # At the cut-off of 2017 it was away.
    assert figures(both, world, "DB01", "members", 2017) == "3→5"
    assert lines(both, world, "DB01", "members", 2017) == {"DB02 > DB01: chuyển trực thuộc 01/03/2018": 2}


def test_a_cell_that_goes_on_loses_the_facts_of_those_who_were_split_off(world):
    split(world, MAY, ends=False, persons={"An": "DB01-03"})
    both = seen(world)
    assert figures(both, world, "DB01-01", "members rated rated_top admitted letters_due") == "3→2 3→2 1→0 1→1 1→1"
    assert figures(both, world, "DB01-03", "members rated rated_top admitted letters_due") == "0→1 0→1 0→1 0→0 0→0"
    assert figures(both, world, "DB01", "members rated") == "5→5 5→5"
    assert lines(both, world, "DB01-03", "rated") == {"DB01-01 > DB01-03: chia tách 01/05/2017": 1}
    assert lines(both, world, "DB01-01", "rated") == {"DB01-01 > DB01-03: chia tách 01/05/2017": 1}
    assert not both.lens.differs(world.org["DB01"].pk) and both.lens.differs(world.org["DB01-01"].pk)
    both.check_rows()


def test_a_cell_that_ends_in_two_belongs_to_none_of_them(world):
    """An goes to one, Bình to the other; Bắc left before, so that the principal successor has them."""
    world.leave("Bắc", MARCH, Exit.DEPARTED)
    split(world, MAY, ends=True, founded=("DB01-03", "DB01-04"), principal="DB01-04",
          persons={"An": "DB01-03", "Bình": "DB01-04"})  # fmt: skip
    both = seen(world)
    assert figures(both, world, "DB01-03", "members admitted cells letters_due") == "0→1 0→0 0→0 0→0"
    assert figures(both, world, "DB01-04", "members admitted cells letters_due") == "0→2 0→1 0→0 0→0"
    assert figures(both, world, "DB01-01", "members admitted cells letters_due") == "3→0 1→0 1→0 1→0"
    assert figures(both, world, "DB01", "members admitted cells letters_due") == "5→5 1→1 2→1 1→0"
    assert figures(both, world, "K", "members admitted cells letters_due") == "21→21 5→5 8→8 3→3"
    event = "chia tách 01/05/2017"
    assert lines(both, world, "DB01", "letters_due") == {f"DB01 > ?: {event}": 1}
    assert lines(both, world, "DB01-01", "letters_due") == {f"DB01-01 > ?: {event}": 1}
    assert lines(both, world, "K", "letters_due") == {}
    assert lines(both, world, "K", "letters_due", inside=True) == {f"DB01 > ?: {event}": 1}
    assert both.lost["letters_due", 2016] == both.lost["cells", 2016] == 1 and both.lost["members", 2016] == 0
    both.check_rows()


def test_who_came_back_is_followed_when_their_cell_ends(world):
    """Bình left DB01-01 and came back before it ended: it took them along, and their facts of both times."""
    world.transfer("Bình", "DB02-01", WINTER)
    world.transfer("Bình", "DB01-01", MARCH)
    split(world, MAY, ends=True, founded=("DB01-03", "DB01-04"), people={},
          persons={"An": "DB01-03", "Bình": "DB01-04", "Bắc": "DB01-03"})  # fmt: skip
    both = seen(world)
    assert figures(both, world, "DB01-04", "members rated") == "0→1 0→1"
    assert figures(both, world, "DB01-03", "members rated") == "0→2 0→2"


def test_what_happened_after_a_reorganization_is_not_taken_along_by_it(world):
    """An is split off into DB01-03 and comes back: what is of the time after stays where it happened."""
    split(world, date(2016, 12, 1), ends=False, persons={"An": "DB01-03"})
    world.transfer("An", "DB01-01", MARCH)
    both = seen(world)
    assert figures(both, world, "DB01-01", "members", 2015) == "2→1"
    assert figures(both, world, "DB01-03", "members", 2015) == "0→1"
    assert figures(both, world, "DB01-01", "members", 2017) == "3→3"
    assert figures(both, world, "DB01-03", "members", 2017) == "0→0"
