"""What the record of a member says to the scheme's rules: whom it leaves out, how long, since when (domain §2.4)."""

from datetime import date

import pytest

from ledger import months as counted
from members.life import statuses
from ratings.judging.record_facts import know
from ratings.models import Scheme
from tests.ratings.desk import Desk
from tests.ratings.judging.test_rules import (
    BASIS,
    CEILING_SENTENCE,
    KEEP,
    OTHER,
    disciplined,
    findings,
    past,
    rule,
    sick,
    suggestion,
)
from tests.world import refused


def test_the_record_suggests_the_exempt_and_the_suspended(desk):
    statuses.exempt([desk.world.people["An"]], **desk.by(date(2018, 5, 1)))
    statuses.suspend([desk.world.people["Bình"]], **desk.by(date(2018, 5, 1)))
    statuses.exempt([desk.world.people["Chi"]], **desk.by(date(2018, 5, 1), until=desk.today))
    assert [suggestion(desk, n) for n in ("An", "Bình", "Chi", "Dung")] == ["mien", "dinh_chi", None, None]


@pytest.mark.parametrize(("ceremony", "expected"), [(date(2018, 6, 30), None), (date(2018, 7, 1), "moi_ket_nap")])
def test_the_newly_admitted_to_the_day(desk, ceremony, expected):
    desk.world.admit("Trần Mới", "DB01-01", ceremony)
    assert suggestion(desk, "Mới") == expected


def test_in_2017_the_newly_admitted_are_rated(world):
    desk = Desk(world)
    world.admit("Trần Mới", "DB01-01", date(2017, 11, 1))
    assert suggestion(desk, "Mới") is None


def test_sickness_and_discipline_are_no_reason_to_leave_out(desk):
    sick(desk, "An", 120)
    disciplined(desk, "Bình")
    assert (suggestion(desk, "An"), suggestion(desk, "Bình")) == (None, None)


def test_a_reason_the_record_bears_out_passes(desk):
    rule(desk, "UNSUPPORTED", "BLOCK")
    statuses.exempt([desk.world.people["An"]], **desk.by(date(2018, 5, 1)))
    desk.rate(An="mien")
    assert findings(desk) == []


def test_a_reason_of_which_the_record_knows_nothing_is_not_doubted(desk):
    rule(desk, "UNSUPPORTED", "BLOCK")
    desk.rate(An="vang_mat")
    assert findings(desk) == []


def test_long_sickness_from_three_calendar_months(desk):
    rule(desk, "CEILING", "ASK", reason="nghi_om")
    sick(desk, "Bình", 88)
    desk.rate(Bình=1)
    sick(desk, "Chi", 90, date(2018, 7, 2))  # to 29/09
    desk.rate(Chi=1)
    sick(desk, "An", 89)  # 01/02 to 30/04
    sentence = f"Nghỉ ốm từ 03 tháng trở lên trong năm: xếp không trên mức “Hoàn thành nhiệm vụ” ({BASIS})"
    for level in (1, 2):
        with refused(f"Lê An: {sentence}{KEEP}"):
            desk.rate(An=level)
    desk.rate(An=3)
    desk.rate(An=4)


def test_days_of_sickness_add_up_and_only_those_of_the_year(desk):
    rule(desk, "CEILING", "BLOCK", reason="nghi_om")
    sick(desk, "An", 60, date(2017, 12, 1))  # 29 days of 2018
    sick(desk, "An", 60, date(2018, 6, 1))
    desk.rate(An=2)
    sick(desk, "An", 1, date(2018, 9, 1))
    with pytest.raises(Exception, match="Nghỉ ốm"):
        desk.rate(An=1)


def test_a_discipline_of_another_year_is_of_no_matter(desk):
    rule(desk, "CEILING", "BLOCK", reason="ky_luat")
    disciplined(desk, "An", date(2017, 12, 31))
    disciplined(desk, "Bình", date(2018, 1, 1))
    desk.rate(An=1)
    with refused(f"Võ Bình: {CEILING_SENTENCE}{OTHER}"):
        desk.rate(Bình=1)
    desk.rate(Bình=3)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 12, 31), 6, date(2018, 6, 30)),
        (date(2018, 8, 31), 6, date(2018, 2, 28)),
        (date(2020, 8, 31), 6, date(2020, 2, 29)),
        (date(2018, 3, 31), 1, date(2018, 2, 28)),
        (date(2018, 3, 31), 3, date(2017, 12, 31)),
        (date(2018, 3, 31), 6, date(2017, 9, 30)),
        (date(2018, 1, 15), 13, date(2016, 12, 15)),
        (date(2018, 5, 31), 0, date(2018, 5, 31)),
    ],
)
def test_months_before(day, months, expected):
    assert counted.before(day, months) == expected


def test_the_same_level_over_the_years_needs_every_year(desk):
    past(desk, 2, (2015, 2017))
    rule(desk, "SAME_YEARS", "BLOCK", number=3)
    desk.rate(An=2)
    rule(desk, "SAME_YEARS", "BLOCK", number=2)
    with refused(f"Lê An: Cùng một mức 2 năm liền ({BASIS}){OTHER}"):
        desk.rate(An=None)
        desk.rate(An=2)


def test_levels_of_another_group_of_schemes_are_no_past(desk):
    past(desk, 2, (2016, 2017))
    Scheme.objects.filter(code="2014").update(comparable_group="A")
    rule(desk, "SAME_YEARS", "BLOCK", number=3)
    desk.rate(An=2)
    assert desk.line("An").proposed == 2


def test_another_level_is_another_matter(desk):
    past(desk, 1, (2016, 2017))
    rule(desk, "SAME_YEARS", "BLOCK", number=3)
    desk.rate(An=2)
    with refused(f"Lê An: Cùng một mức 3 năm liền ({BASIS}){OTHER}"):
        desk.rate(An=1)


def test_a_year_still_on_its_way_is_no_past(desk):
    """A draft of 2017 may still change; it is neither shown as that year's level nor held against 2018."""
    Desk(desk.world, 2017).rate(An=2)
    rule(desk, "SAME_YEARS", "BLOCK", number=2)
    desk.rate(An=2)
    an = desk.world.people["An"].pk
    assert know([an], desk.period, desk.today)[an].past == {}
