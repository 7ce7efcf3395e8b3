"""The rows behind a figure name their organizations as every other page does."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.figure.rows import behind
from indicators.figure.tables import row_table
from indicators.targets import targets
from members.reorganizing.plan import renaming
from organizations import lineage
from tests.hand import Hand
from tests.indicators.board import lines, window

FOUNDED = date(2017, 2, 1)


@pytest.fixture
def below_a_province(world):
    """K2 below a province, with a committee of one cell, in which one person was admitted in 2017."""
    world.found(
        ("T", "TINH", None), ("K2", "KHOI", "T"), ("DB90", "DBCS", "K2"), ("DB90-01", "CBTT", "DB90"), on=FOUNDED
    )
    targets.set_groups(2017, targets.eight_groups(2017), bloc=world.org["K2"], **world.act())
    world.admit("Trần Xuân", "DB90-01", date(2017, 5, 3))
    return world


def places(world, code, group="KN", part="tu-so"):
    """The column “Tổ chức” of the rows of `part` behind `group` at `code`."""
    line = lines(world, code, 2017)[group]
    table = row_table(line.indicator, behind(line, world.org[code], window(2017), part), part, None)
    table.paginate(per_page=20)
    table.name_places()
    return [row.get_cell_value("place") for row in table.page.object_list]


def test_a_bloc_is_not_named_beside_what_stands_right_below_it(below_a_province):
    world = below_a_province
    assert places(world, "K2", "TCD", "mau-so") == ["Tổ chức DB90"]
    assert places(world, "K2") == ["Tổ chức DB90-01, Tổ chức DB90"]
    node = world.org["DB90-01"].pk
    assert places(world, "K2") == [lineage.labels([node], date(2017, 5, 3))[node]]


def test_of_the_name_of_its_day(below_a_province):
    world = below_a_province
    world.carry_out(renaming({"DB90": "Đảng bộ Sở Mới", "DB90-01": "Chi bộ Mới"}), date(2017, 9, 1))
    assert places(world, "K2") == ["Tổ chức DB90-01, Tổ chức DB90"]


def test_the_page_shows_it(below_a_province):
    hand = Hand(below_a_province.user("ORGANIZATION", "K2", FOUNDED))
    assert "Tổ chức DB90-01, Tổ chức DB90" in hand.open(reverse("indicator", args=["K2", 2017, "KN"])).text
