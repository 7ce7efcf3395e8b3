"""What is recorded late of a cell that has ended since: the person goes where its people went."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Change
from ledger.spells import FOREVER
from ledger.undo import undo
from members.candidates import steps
from members.models import Membership
from members.register import arrivals
from members.roll.flows import flows
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db
EARLY, ENDED, LATER = date(2017, 3, 3), date(2017, 6, 15), date(2018, 2, 1)


def stays(world, name):
    rows = Membership.objects.standing().filter(member=world.people[name]).order_by("starts")
    return [(r.organization.code, r.starts, r.ends, r.entry, r.exit) for r in rows]


def test_who_was_admitted_before_a_merger_and_recorded_after_it_is_where_the_others_went(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ENDED)
    world.admit("Lê Muộn", "CB01", EARLY)
    assert stays(world, "Muộn") == [
        ("CB01", EARLY, ENDED, "ADMITTED", "REORGANIZED"),
        ("DB01-01", ENDED, FOREVER, "REORGANIZED", ""),
    ]
    assert "Muộn" in world.names("CB01", date(2017, 6, 14))
    assert "Muộn" in world.names("DB01-01", ENDED)
    for flow in flows(world.org.values(), date(2017, 1, 1), date(2017, 12, 31)).values():
        assert flow.balances


def test_a_chain_of_mergers_is_followed(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ENDED)
    world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": "DB02-02"}, LATER)
    world.transfer("Hà", "DB02-01", date(2015, 5, 1))
    world.enroll("Võ Đến", "CB01", EARLY)
    assert [row[:3] for row in stays(world, "Đến")] == [
        ("CB01", EARLY, ENDED),
        ("DB01-01", ENDED, LATER),
        ("DB02-01", LATER, FOREVER),
    ]


def test_a_transfer_into_a_cell_that_has_ended_goes_on_too(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ENDED)
    world.transfer("Hà", "CB01", EARLY)
    assert [row[0] for row in stays(world, "Hà")] == ["DB02-02", "CB01", "DB01-01"]
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="ghi nhầm")
    assert [row[0] for row in stays(world, "Hà")] == ["DB02-02"]


def test_who_waited_in_the_pipeline_waits_no_longer(world):
    person = steps.Recommendation(
        full_name="Lê Muộn",
        sex="F",
        birth_date=date(1990, 3, 3),
        organization=world.org["DB02-01"],
        on=date(2017, 1, 9),
    )
    (candidate,) = steps.recommend([person], **world.act())
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ENDED)
    world.enroll("Lê Muộn", "CB01", EARLY, born=date(1990, 3, 3), entry="ARRIVED", candidate=candidate.pk)
    assert not steps.known_of([candidate.pk])[candidate.pk].waits


def test_where_nobody_received_the_people_the_one_who_types_is_asked(world):
    """An empty cell ended into a committee: nobody can tell where this person went."""
    world.found(("DB02-03", "CBTT", "DB02"))
    world.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None, "DB02-03": "DB01-01"}, ENDED)
    with refused(
        "Lê Muộn: Tổ chức DB02-03 thôi là chi bộ từ ngày 15/06/2017, không rõ chi bộ nào tiếp nhận. "
        "Hãy ghi vào chi bộ đang sinh hoạt, hoặc ghi nơi tiếp nhận khi sắp xếp tổ chức trước."
    ):
        world.admit("Lê Muộn", "DB02-03", EARLY)


def test_many_at_once_cost_no_more_queries(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ENDED)

    def queries(n):
        rows = [world.newcomer(f"Lê Muộn {n} {i}", "CB01", EARLY) for i in range(n)]
        with CaptureQueriesContext(connection) as seen:
            arrivals.admit(rows, **world.act())
        return len(seen)

    assert queries(30) == queries(3)
