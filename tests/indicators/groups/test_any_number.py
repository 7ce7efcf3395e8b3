"""Whatever number of groups a bloc sets, and however they change from year to year, everything that reads them goes on."""

from datetime import date

import pytest

from indicators import wording
from indicators.board import board
from indicators.closing.closings import close_figures
from indicators.closing.since import Since
from indicators.comparable import breaks_of
from indicators.groups import groups
from indicators.groups import indicators as chosen
from indicators.models import TargetGroup
from tests.indicators.board import indicator, set_groups, set_targets
from tests.ratings.desk import Desk


def test_three_of_three(world):
    set_groups(world, 2017)
    for group in TargetGroup.objects.filter(year=2017).exclude(code__in=["KN", "DV-HTT"]):
        groups.retire_group(group, **world.act())
    columns = {"name": "Số đảng viên", "numerator": "members"}
    groups.add_group(world.org["K"], 2017, "Đảng số", columns, **world.act())
    watched = {"name": "Số chi bộ", "numerator": "cells", "required": False}
    groups.add_group(world.org["K"], 2017, "Chi bộ", watched, **world.act())
    world.admit("Trần Xuân", "DB01-01", date(2017, 5, 3))
    set_targets(world, KN={"K": 1}, DV_HTT={"K": 90}, DS={"K": 16})
    desk = Desk(world)
    desk.finish()
    desk.lock()
    seen = board(world.org["K"], 2017)
    assert wording.headline(seen) == "Năm 2017 đạt cả 3 nhóm chỉ tiêu"
    assert [line.group.order for line in seen.cards()] == [1, 2, 3, 4]
    closing = close_figures(desk.period, **world.act())
    assert Since(closing).sound and [row["code"] for row in Since(closing).figures["indicators"]] == [
        "KN",
        "DV-HTT",
        "DV-XS",
        "DS",
        "CB",
    ]


def test_years_that_count_otherwise_are_not_drawn_as_one(world):
    set_groups(world, 2015, 2016, 2017)
    chosen.change_indicator(indicator("KN", 2017), {"numerator": "admitted_decided"}, **world.act())
    rate = {"numerator": "admitted_youth", "denominator": "admitted"}
    chosen.change_indicator(indicator("KN", 2015), rate, **world.act())
    seen = board(world.org["K"], 2017)
    assert list(seen.trend("KN")) == [2016, 2017]  # a rate makes no line with numbers
    assert breaks_of(seen, indicator("KN", 2017)) >= {2017}
    assert list(board(world.org["K"], 2015).trend("KN")) == [2015]


@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_a_level_of_organizations_is_told_by_its_words(world, rank):
    set_groups(world, 2017)
    row = indicator("TSVM")
    changed = {"numerator": f"organizations_{rank}", "denominator": "organizations_rated"}
    chosen.change_indicator(row, changed, **world.act())
    desk = Desk(world)
    desk.finish()
    state = board(world.org["DB01"], 2017).lines[row.pk, world.org["DB01"].pk].state
    assert (state.good, "kiểm tra" in state.text) == (desk.organization("DB01").level == rank, False)
