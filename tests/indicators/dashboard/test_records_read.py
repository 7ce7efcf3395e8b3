"""Numbers that only records tell open onto rows where the reader reads every record."""

from datetime import date

import pytest

from indicators.dashboard import members
from organizations.frame import frame

pytestmark = pytest.mark.django_db


def test_what_only_records_tell_does_not_open_to_who_reads_some(world):
    """The record of who has gone on to another committee is that one's: the list would show one fewer."""
    committee = world.user("COMMITTEE", "DB01")

    def opens():
        parts = dict(members.composition(frame(committee, "DB01", 2017)).parts)
        return [{bool(bar.opens) for bar in parts[title]} for title in ("Chuyên môn", "Dân tộc")]

    assert opens() == [{True}, {True}]
    world.transfer("An", "DB02-01", date(2018, 6, 1))
    assert opens() == [{False}, {True}]
