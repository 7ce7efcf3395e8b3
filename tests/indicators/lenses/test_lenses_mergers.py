"""Mergers under both lenses, and the bridge between them: exact numbers, every rule a story of its own."""

import pytest

from inspections.checks.register import InspectionPlan as Work
from inspections.checks.register import register_inspections
from members.models import Exit
from members.reorganizing.plan import merging, splitting
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.indicators.lenses.facts import (
    JULY,
    LATER,
    MARCH,
    MAY,
    WINTER,
    facts_of_2016,
    figures,
    lines,
    merge_cb01,
    seen,
)

pytestmark = pytest.mark.django_db
world = pytest.fixture(facts_of_2016)


def test_a_merger_takes_each_persons_facts_to_where_it_took_the_person(world):
    """Hạ dies and Đông moves away before it; Thu moves on afterwards, of their own will."""
    world.leave("Hạ", WINTER, Exit.DIED)
    world.transfer("Đông", "DB02-02", MARCH)
    merge_cb01(world)
    world.transfer("Thu", "DB02-01", JULY)
    both = seen(world)
    measures = "admitted admitted_youth rated rated_top members"
    assert figures(both, world, "DB01-01", measures) == "1→3 0→1 3→7 1→2 3→7"
    # Whom it did not take goes to the principal successor, a committee, and counts there itself.
    assert figures(both, world, "DB01", measures) == "1→5 0→2 5→11 1→2 5→11"
    assert figures(both, world, "CB01", measures) == "4→0 2→0 6→0 1→0 6→0"
    assert figures(both, world, "K", measures) == "5→5 2→2 21→21 2→2 21→21"
    for code in ("DB02", "DB02-01", "DB02-02", "DB01-02"):
        assert lines(both, world, code, "members") == {}
    event = "sáp nhập 01/05/2017"
    assert lines(both, world, "DB01", "admitted") == {f"CB01 > DB01: {event}": 4}
    assert lines(both, world, "DB01-01", "admitted") == {f"CB01 > DB01-01: {event}": 2}
    assert lines(both, world, "CB01", "admitted") == {f"CB01 > DB01-01: {event}": 2, f"CB01 > DB01: {event}": 2}
    assert lines(both, world, "K", "admitted") == {}
    assert lines(both, world, "K", "admitted", inside=True) == {f"CB01 > DB01: {event}": 4}
    both.check_rows()


def test_a_merger_takes_an_organizations_facts_to_its_one_successor(world):
    merge_cb01(world)
    both = seen(world)
    measures = (
        "organizations_rated organizations_top tasks_done letters_due planned_done grassroots cells finance_checked"
    )
    assert figures(both, world, "DB01", measures) == "1→2 0→1 0→1 1→2 1→3 1→2 2→3 0→1"
    assert figures(both, world, "CB01", measures) == "1→0 1→0 1→0 1→0 2→0 1→0 1→0 1→0"
    assert figures(both, world, "K", measures) == "5→5 1→1 1→1 3→3 0→0 5→5 8→8 2→2"
    assert lines(both, world, "DB01", "planned_done") == {"CB01 > DB01: sáp nhập 01/05/2017": 2}
    assert lines(both, world, "K", "planned_done", inside=True) == {}  # work counts for its conductor alone


def test_a_merger_by_plan_names_the_receiving_cell_beside_its_committee_and_is_one_successor(world):
    """DB01 ends in DB02: DB01-01 into DB02-01 (successors: that cell, and DB02 above it), DB01-02 goes on."""
    world.carry_out(merging(Forest.on(MAY), ["DB01"], "DB02", people={"DB01-01": "DB02-01"}), MAY)
    both = seen(world)
    assert figures(both, world, "DB02", "organizations_rated letters_due cells members") == "1→2 0→1 2→4 4→9"
    assert figures(both, world, "DB02-01", "organizations_rated letters_due cells members") == "0→0 0→1 1→2 2→5"
    assert lines(both, world, "DB02", "letters_due") == {"DB01 > DB02: sáp nhập 01/05/2017": 1}
    assert lines(both, world, "DB02-01", "letters_due") == {"DB01-01 > DB02-01: sáp nhập 01/05/2017": 1}
    assert not any(both.lost.values())


def test_the_year_of_the_merger_is_parted_at_its_day(world):
    world.admit("Ngô Lam", "CB01", WINTER)
    merge_cb01(world)
    world.admit("Ngô Mai", "DB01-01", MAY)
    both = seen(world)
    assert figures(both, world, "DB01-01", "admitted members", 2017) == "1→2 11→11"
    assert figures(both, world, "CB01", "admitted members", 2017) == "1→0 0→0"
    assert figures(both, world, "DB01", "admitted members", 2018) == "0→0 13→13"


def test_a_chain_of_two_mergers_is_followed_to_its_end(world):
    world.leave("Hạ", WINTER, Exit.DIED)
    world.merge("CB01", "CB02", {"CB01": "CB02"}, MAY)
    world.transfer("Đông", "DB03-02", JULY)
    world.merge("CB02", "DB01", {"CB02": "DB01-02"}, LATER)
    both = seen(world)
    # Đông went of their own will from CB02, which then ended: with Hạ at its successor, the committee.
    assert figures(both, world, "DB01-02", "members admitted") == "2→8 0→2"
    assert figures(both, world, "DB01", "members admitted organizations_rated") == "5→13 1→5 1→3"
    both_events = "sáp nhập 01/05/2017, sáp nhập 01/03/2018"
    assert lines(both, world, "DB01", "admitted") == {f"CB01 > DB01: {both_events}": 4}
    assert lines(both, world, "CB01", "admitted") == {
        f"CB01 > DB01-02: {both_events}": 2, f"CB01 > DB01: {both_events}": 2
    }  # fmt: skip
    assert lines(both, world, "CB02", "admitted") == {}
    assert lines(both, world, "CB02", "members", 2017) == {"CB02 > DB01-02: sáp nhập 01/03/2018": 6}
    both.check_rows()


def test_a_fact_that_went_to_the_principal_successor_follows_the_person_no_more(world):
    """Đông leaves CB01 before it ends in CB02, joins CB02 later and is split off from it: the fact at CB01 is CB02's."""
    world.transfer("Đông", "DB02-02", WINTER)
    world.merge("CB01", "CB02", {"CB01": "CB02"}, MAY)
    world.transfer("Đông", "CB02", JULY)
    row = Founding(code="CB03", name="Chi bộ CB03", kind="CBCS", parent="K")
    persons = {world.people["Đông"].pk: "CB03", world.people["Xuân"].pk: "CB03"}
    world.carry_out(splitting(Forest.on(LATER), "CB02", [row], ends=False, persons=persons), LATER)
    both = seen(world)
    assert figures(both, world, "CB02", "admitted members") == "0→3 2→7"  # Hạ, Thu and Đông
    assert figures(both, world, "CB03", "admitted members") == "0→1 0→1"  # Xuân
    assert figures(both, world, "CB03", "members", 2017) == "0→2"


def test_work_of_a_conductor_that_ended_within_the_year_goes_to_its_successor(world):
    org = world.org
    row = Work(year=2017, kind="SUPERVISION", title="x", conductor=org["CB01"], subjects=((org["CB02"], None),))
    register_inspections([row], **world.act())
    merge_cb01(world)
    both = seen(world)
    assert figures(both, world, "CB01", "planned", 2017) == "1→0"
    assert figures(both, world, "DB01", "planned", 2017) == "0→1"


def test_a_committee_merged_with_its_cells_is_one_merger(world):
    """DB02 ends under DB01: one cell goes on, the other into DB01-01."""
    world.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": "DB01-01"}, MAY)
    both = seen(world)
    assert figures(both, world, "DB01", "members cells organizations_rated") == "5→9 2→4 1→2"
    assert lines(both, world, "DB01", "members") == {"DB02 > DB01: sáp nhập 01/05/2017": 4}
    assert lines(both, world, "DB01-01", "members") == {"DB02-02 > DB01-01: sáp nhập 01/05/2017": 2}
    assert lines(both, world, "DB02-01", "members") == {}
