"""Reorganizations that would leave somebody, or a cell, hanging from nothing are refused."""

from datetime import date, timedelta

import pytest

from ledger.acts import Refused, take_back
from members.reorganizing.plan import Plan
from organizations import lineage
from organizations.verbs import TreeVerb
from tests.world import refused

DAY = date(2017, 5, 1)
BEFORE = DAY - timedelta(days=1)
CELLS_OF_DB02 = {"DB02-01": "DB01-01", "DB02-02": None}


def test_a_code_is_given_once_and_is_not_empty(world):
    with refused("Mã tổ chức này đã có. Hãy chọn mã khác."):
        world.found(("DB01", "DBCS", "K"), on=DAY)
    with pytest.raises(Refused):
        world.found(("", "DBCS", "K"), on=DAY)


def test_nothing_is_founded_under_what_ended_later(world):
    world.merge("DB02", "DB01", CELLS_OF_DB02, DAY)
    with pytest.raises(Refused):
        world.found(("DB02-09", "CBTT", "DB02"), on=date(2016, 1, 1))


def test_a_child_founded_after_the_day_forbids_the_end(world):
    world.found(("DB09", "DBCS", "K"))
    world.found(("DB09-01", "CBTT", "DB09"), on=DAY)
    with refused("Tổ chức DB09-01 còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận."):
        world.carry_out(Plan(verb=TreeVerb.DISSOLVE, ended=("DB09",)), BEFORE)
    world.found(("DB02-09", "CBTT", "DB02"), on=DAY)
    with pytest.raises(Refused):
        world.merge("DB02", "DB01", CELLS_OF_DB02, BEFORE)


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        pytest.param("CB01", "DB01", {"CB01": "DB01-01", "CB02": "DB01-01"}, id="a cell of another"),
        pytest.param("DB02", "CB01", {"DB02-01": None, "DB02-02": None}, id="cells under a cell"),
        pytest.param("CB01", "CB01", {"CB01": "DB01-01"}, id="into itself"),
        pytest.param("CB01", "DB01", {"CB01": None}, id="a grassroots cell that goes on"),
        pytest.param("CB01", "DB01", {"CB01": "CB02", "CB02": "CB01"}, id="in a ring"),
    ],
)
def test_a_merger_that_cannot_be(world, old, new, cells):
    with pytest.raises(Refused):
        world.merge(old, new, cells, DAY)


def test_the_successor_must_stand(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    with refused("Tổ chức CB01 không tồn tại vào ngày 02/05/2017."):
        world.merge("CB02", "CB01", {"CB02": "DB01-01"}, DAY + timedelta(days=1))


def test_a_spell_of_the_tree_is_not_taken_back_alone(world):
    with refused("Không hủy riêng một dòng “giai đoạn của tổ chức”; hãy ghi một lần sắp xếp tổ chức."):
        take_back(world.org["DB02-01"].spells.all(), **world.act(), reason="nhầm")
    assert lineage.differences() == (set(), set())
