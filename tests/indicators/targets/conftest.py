"""The year 2018 with its groups, the bloc's targets, and one of DB01; the department opens the table."""

import pytest

from tests.hand import Hand
from tests.indicators.board import indicator, set_groups, set_targets

GRID = "/chi-tieu/K/2018/giao/bang/"
PAPER = {"so": "12-NQ/ĐUK", "ngay": "03/02/2018", "co_quan": "Đảng ủy Khối"}


@pytest.fixture
def year(world):
    set_groups(world, 2017, 2018)
    set_targets(world, 2018, KN={"K": 10, "DB01": 3}, KN_TN={"K": 60}, DV_HTT={"K": 95})
    return world


@pytest.fixture
def hand(year):
    return Hand(year.user("ORGANIZATION", "K")).open(GRID)


def cell(world, place, code="KN"):
    """The name of the field of an indicator's code at an organization."""
    return f"chi_tieu_{indicator(code, 2018).pk}_{world.org[place].pk}"


def value_of(hand, name):
    """What the form of the page holds in the field `name`."""
    return next(dict(form["fields"])[name] for form in hand.forms() if name in dict(form["fields"]))
