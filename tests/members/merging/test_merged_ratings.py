"""Ratings of a record that is merged into another: each line follows, and none is there twice (design §3)."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from ratings.history.sentences import of_organization
from ratings.models import MemberRating
from ratings.sheets.correct import Correction, correct, corrections
from tests.members.merging.twins import faults, join, lists, with_a_twin
from tests.ratings.desk import Desk
from tests.world import TODAY

pytestmark = pytest.mark.django_db
world = pytest.fixture(with_a_twin)


def rated(world, *names):
    """[(cell, level, whether it counts)] of each name in 2017, in order."""
    rows = MemberRating.objects.standing().filter(period__year=2017).order_by("pk")
    return [[(r.organization.code, r.level, r.on_roll) for r in rows.filter(member=world.people[n])] for n in names]


def test_a_line_follows_into_a_locked_sheet(world):
    desk = Desk(world)
    desk.finish()
    desk.lock()
    # Bình was there in 2017 and left; Bỉnh is who came back in 2018.
    world.leave("Bình", date(2018, 2, 1))
    world.enroll("Võ Bỉnh", "CB02", date(2018, 3, 1))
    before = lists(world)
    join(world, "Bỉnh", "Bình")
    assert rated(world, "Bỉnh", "Bình") == [[("DB01-01", 2, True)], []]
    told = of_organization(desk.period, world.org["DB01-01"])[0]
    assert told.sentence == (
        "gộp hai hồ sơ của một đồng chí: đồng chí Võ Bỉnh từ chưa xếp loại thành “Hoàn thành tốt nhiệm vụ”; "
        "lý do: một người ghi hai lần"
    )
    assert corrections(desk.period) == []
    assert faults() == []
    undo(Change.objects.latest("pk"), **world.act(reason="nhầm"))
    assert lists(world) == before
    assert rated(world, "Bỉnh", "Bình") == [[], [("DB01-01", 2, True)]]
    assert all("gộp" not in told.sentence for told in of_organization(desk.period, world.org["DB01-01"]))


def test_of_two_lines_that_count_the_kept_records_stays(world):
    world.enroll("Lê Ân", "CB01", date(2016, 6, 1))
    desk = Desk(world)
    desk.finish()
    desk.lock()
    before = lists(world)
    join(world, "An", "Ân")
    assert rated(world, "An", "Ân") == [[("DB01-01", 2, True)], []]
    assert faults() == []
    undo(Change.objects.latest("pk"), **world.act(reason="nhầm"))
    assert lists(world) == before


def test_never_two_lines_of_one_member_on_one_sheet(world):
    """An left the cell in the autumn; the same person was entered there anew and is rated."""
    desk = Desk(world)
    desk.rate(An=1)
    world.leave("An", date(2017, 12, 2))
    world.enroll("Lê Ân", "DB01-01", date(2017, 12, 3))
    desk.rate(date(2017, 12, 5), Ân=3)
    before = lists(world)
    join(world, "An", "Ân")
    assert rated(world, "An", "Ân") == [[("DB01-01", 3, True)], []]
    undo(Change.objects.latest("pk"), **world.act(reason="nhầm"))
    assert lists(world) == before
    join(world, "Ân", "An")
    assert rated(world, "An", "Ân") == [[], [("DB01-01", 3, True)]]


def test_in_an_open_period_a_line_counts_where_the_person_is(world):
    desk = Desk(world, 2018)
    desk.rate(on=TODAY, An=2)
    world.leave("An", date(2018, 12, 1))
    world.enroll("Lê Ân", "CB01", date(2018, 12, 2))
    join(world, "Ân", "An")
    line = MemberRating.objects.get(voided__isnull=True, member=world.people["Ân"])
    assert (line.organization.code, line.on_roll) == ("DB01-01", False)
    assert desk.sheet("CB01").lines.filter(voided__isnull=True).count() == 0


def test_a_correction_of_the_line_that_followed_is_told_as_one(world):
    desk = Desk(world)
    desk.finish()
    desk.lock()
    world.leave("Bình", date(2018, 2, 1))
    world.enroll("Võ Bỉnh", "CB02", date(2018, 3, 1))
    join(world, "Bỉnh", "Bình")
    correct([Correction(row=desk.line("Bỉnh"), level=3)], **world.act(document=desk.paper, reason="nhầm mức"))
    ((old, new),) = corrections(desk.period)
    assert (old.level, new.level, new.member) == (2, 3, world.people["Bỉnh"])
