"""Cells with candidates at every step, for the pages."""

from datetime import date

import pytest

from members.candidates import steps as candidates
from members.models import Stage
from tests.members.candidates.waiting import advance, recommend


@pytest.fixture
def scene(world):
    """DB01-01: one recommended, one decided; DB01-02: one with a class; CB01: one stopped in 2018, one in 2017."""
    first, decided = recommend(world, "Trần Một", "Trần Hai")
    advance(world, decided, date(2018, 4, 2), date(2018, 7, 5), date(2018, 9, 1))
    (other,) = recommend(world, "Đặng Ủy", code="DB01-02", born=date(1990, 1, 1))
    advance(world, other, date(2018, 5, 1))
    stopped, before = recommend(world, "Lê Thôi", "Lê Cũ", code="CB01", on=date(2017, 3, 1))
    candidates.stop([(stopped, Stage.STOPPED, date(2018, 2, 1), "Đi xa")], **world.act())
    candidates.stop([(before, Stage.WITHDRAWN, date(2017, 5, 1), "Đi học")], **world.act())
    world.first, world.decided, world.other = first, decided, other
    return world
