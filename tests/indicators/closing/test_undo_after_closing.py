"""A year that was closed along the tree of a reorganization keeps that from being undone."""

from datetime import date

import pytest

from indicators.closing.closings import close_figures, withdraw
from ledger.models import Change
from ledger.undo import standing_in_the_way, undo
from members.reorganizing.plan import renaming
from tests.indicators.board import set_groups
from tests.ratings.desk import Desk
from tests.world import TODAY, refused

RESTS = (
    "Số liệu năm 2017 của K đã chốt theo cây tổ chức sau việc này. "
    "Hãy hủy lần chốt đó và nêu lý do, hoặc ghi một lần sắp xếp mới."
)


@pytest.fixture
def locked(world):
    set_groups(world, 2017)
    desk = Desk(world)
    desk.finish()
    desk.lock()
    return desk


def move(world, day):
    world.move("DB01-01", "DB02", day)
    return Change.objects.latest("pk")


def test_a_closed_year_rests_on_the_tree_it_was_counted_along(locked):
    world = locked.world
    moved = move(world, date(2017, 12, 20))
    assert standing_in_the_way(moved) == []
    closing = close_figures(locked.period, **world.act())
    with refused(RESTS):
        undo(moved, **world.act(reason="ghi nhầm"))
    withdraw(closing, **world.act(reason="chốt nhầm"))
    undo(moved, **world.act(reason="ghi nhầm"))
    assert world.names("DB01", TODAY) == {"An", "Bình", "Chi", "Dung"}


def test_the_last_day_of_the_year_belongs_to_it(locked):
    moved = move(locked.world, date(2017, 12, 31))
    close_figures(locked.period, **locked.world.act())
    assert standing_in_the_way(moved) == [RESTS]


def test_what_came_after_the_year_or_after_its_closing_is_free(locked):
    world = locked.world
    later = move(world, date(2018, 1, 1))
    close_figures(locked.period, **world.act())
    assert standing_in_the_way(later) == []
    world.carry_out(renaming({"CB01": "Tên"}), date(2017, 6, 1))
    assert standing_in_the_way(Change.objects.latest("pk")) == []


def test_an_act_that_left_the_tree_alone_is_free(locked):
    world = locked.world
    world.transfer("An", "DB02-01", date(2017, 12, 20))
    transfer = Change.objects.latest("pk")
    close_figures(locked.period, **world.act())
    assert standing_in_the_way(transfer) == []
