"""The second fixture of domain §6: nobody left out, 2305 rated, through the verbs, the measures and the arithmetic."""

from datetime import date

import pytest

from indicators.board import board, left_out, the_years
from members.register import arrivals
from ratings.sheets import draft
from tests.ratings.desk import RATED, SUBORDINATE, Desk

from .board import counted, indicator, lines, set_groups, set_targets

M1, M2, M3, M4 = 316, 1966, 20, 3


@pytest.fixture
def world(world):
    """2289 more people in two cells of the small world; all 2305 rated for 2017."""
    more = [world.arrival(f"Vũ {n}", ("DB01-01", "CB01")[n % 2]) for n in range(2289)]
    more = arrivals.enroll(more, **world.act(date(2015, 1, 1)))
    set_groups(world, 2017)
    set_targets(world, DV_HTT={"K": 95})
    desk = Desk(world)
    ranks = iter([1] * M1 + [2] * M2 + [3] * M3 + [4] * M4)
    lines_ = {}
    cell = {m.pk: ("DB01-01", "CB01")[n % 2] for n, m in enumerate(more)}
    for code in SUBORDINATE + ("CB01", "CB02"):
        small = [world.people[name].pk for name in world.names(code, desk.today) if name in world.people]
        lines_[desk.sheet(code)] = {pk: next(ranks) for pk in small}
    for pk, code in cell.items():
        lines_[next(s for s in lines_ if s.organization.code == code)][pk] = next(ranks)
    draft.rate(lines_, **desk.by())
    desk.submit(*SUBORDINATE)
    desk.endorse(*SUBORDINATE)
    desk.decide()
    world.desk = desk
    return world


def test_ninety_nine_per_cent_and_13_7(world):
    assert lines(world, "K")["DV-HTT"].verdict.value == "provisional"
    assert board(world.org["K"], 2017).progress == (8, 8)
    world.desk.accept()
    world.desk.rate_organizations(**{code.replace("-", "_"): 2 for code in RATED})
    world.desk.lock()
    assert counted(world, "rated rated_good rated_top rated_1 rated_2 rated_3 rated_4", "K") == [
        *(2305, 2282, 316),
        *(M1, M2, M3, M4),
    ]
    found = lines(world, "K")
    good, top = found["DV-HTT"].result, found["DV-XS"].result
    assert (good.value, str(good.exact), good.excess, good.excess_unit.value) == (99, "99.00", 4, "điểm %")
    assert good.verdict.value == "exceeded"
    assert (str(top.value), str(top.exact)) == ("13.7", "13.71")
    assert (top.numerator, top.denominator) == (316, 2305)
    assert left_out(indicator("DV-HTT"), world.org["K"], the_years([2017])[2017]) == []
