"""Quarters, and the scheme of 2025: points typed, the level derived (domain §2.1, §2.5)."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.facts import Window
from indicators.measures import counts, organizations_rated, rated
from ledger.models import Installation
from ratings.models import Calendar, MemberRating, OrganizationRating, Period, Sheet
from ratings.periods import periods
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from ratings.verdicts.verdicts import Proposal, propose
from tests.ratings.desk import CELLS, RATED, SUBORDINATE, Desk
from tests.world import refused


def today_is(day):
    Installation.objects.update(demo_day=day)


@pytest.fixture
def desk(world):
    """The year 2025, seen on 20/01/2026."""
    today_is(date(2026, 1, 20))
    return Desk(world, 2025)


def put(desk, entry, name="An", code="DB01-01"):
    draft.rate({desk.sheet(code): {desk.world.people[name].pk: entry}}, **desk.by())


def points(desk, text, **more):
    put(desk, LineEntry(points=Decimal(text), **more))


# Points


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("100", 1),
        ("90", 1),
        ("89.99", 2),
        ("70.00", 2),
        ("69.99", 3),
        ("50", 3),
        ("49.99", 4),
        ("0.01", 4),
        ("0", 4),
    ],
)
def test_points_give_the_level(desk, text, level):
    desk.period.scheme.rules.update(enabled=False)
    points(desk, text)
    desk.line("An").refresh_from_db()
    assert (desk.line("An").points, desk.line("An").proposed) == (Decimal(text), level)


@pytest.mark.parametrize("text", ["100.01", "-0.01", "1000", "87.555", "NaN", "Infinity", "-Infinity"])
def test_points_from_nought_to_a_hundred_with_two_decimals(desk, text):
    with refused("Lê An: Điểm phải từ 0 đến 100, nhiều nhất hai chữ số lẻ."):
        points(desk, text)


def test_more_noughts_are_no_more_decimals(desk):
    points(desk, "87.5000")
    assert desk.line("An").points == Decimal("87.5")


def test_no_level_without_points(desk):
    scheme = desk.period.scheme
    with refused(f"Lê An: {scheme.name} xếp loại theo điểm; hãy nhập điểm."):
        put(desk, 2)


def test_points_or_a_reason(desk):
    with refused("Lê An: Chọn một mức xếp loại hoặc một lý do không xếp loại, không cả hai."):
        points(desk, "80", reason=desk.why("mien"))
    points(desk, "80")
    put(desk, desk.why("mien"))
    assert (desk.line("An").points, desk.line("An").proposed, desk.line("An").reason.code) == (None, None, "mien")
    points(desk, "55.5")
    assert (desk.line("An").points, desk.line("An").proposed, desk.line("An").reason) == (Decimal("55.5"), 3, None)
    put(desk, None)
    assert (desk.line("An").points, desk.line("An").proposed) == (None, None)


def test_no_points_before_2025(world):
    desk = Desk(world, 2018)
    with refused(f"Lê An: {desk.period.scheme.name} không xếp loại theo điểm."):
        points(desk, "80")


def test_other_points_of_the_same_level_are_a_change(desk):
    points(desk, "80")
    points(desk, "81")
    assert (desk.line("An").points, desk.line("An").version) == (81, 2)
    points(desk, "81.00")
    assert desk.line("An").version == 2


def test_undo_brings_back_the_points(desk):
    for text in ("80", "55.25"):
        points(desk, text)
    draft.undo(desk.sheet("DB01-01"), by=desk.world.by, on=desk.today)
    assert (desk.line("An").points, desk.line("An").proposed) == (80, 2)
    draft.undo(desk.sheet("DB01-01"), by=desk.world.by, on=desk.today)
    assert (desk.line("An").points, desk.line("An").proposed) == (None, None)


def test_the_cap_holds_those_whose_points_reach_the_top(desk):
    points(desk, "89.99")
    with refused(
        "Tổ chức DB01 có 1 đảng viên hoàn thành xuất sắc, vượt 0 suất cho phép (20% của 4). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        points(desk, "90")


def test_a_cell_proposes_points_for_itself(desk):
    propose(desk.period, [Proposal(organization=desk.world.org["CB01"], points=Decimal("69.99"))], **desk.by())
    assert desk.organization("CB01").proposed == 3


# Quarters


@pytest.mark.parametrize(
    ("quarter", "starts", "cutoff", "dues"),
    [
        (1, date(2025, 1, 1), date(2025, 3, 31), (date(2025, 4, 4), date(2025, 4, 7), date(2025, 4, 10))),
        (2, date(2025, 4, 1), date(2025, 6, 30), (date(2025, 7, 4), date(2025, 7, 7), date(2025, 7, 10))),
        (3, date(2025, 7, 1), date(2025, 9, 30), (date(2025, 10, 4), date(2025, 10, 7), date(2025, 10, 10))),
        (4, date(2025, 10, 1), date(2025, 12, 31), (date(2026, 1, 4), date(2026, 1, 7), date(2026, 1, 10))),
    ],
)
def test_a_quarter_from_its_first_day_to_its_deadlines(desk, quarter, starts, cutoff, dues):
    period = periods.open_period(2025, quarter=quarter, **desk.by(date(2025, 12, 1)))
    assert (period.starts, period.cutoff, period.scheme.code) == (starts, cutoff, "2025")
    assert (period.cell_due, period.committee_due, period.bloc_due) == dues
    assert (period.slug, str(period)) == (f"2025-q{quarter}", f"Quý {quarter}/2025")
    assert Sheet.objects.filter(period=period).count() == len(CELLS)
    assert OrganizationRating.objects.filter(period=period).count() == len(RATED)


def test_deadlines_come_from_the_calendar(desk):
    Calendar.objects.filter(quarterly=True).update(cell_days=-2, committee_days=0, bloc_days=31)
    period = periods.open_period(2025, quarter=2, **desk.by())
    assert (period.cell_due, period.committee_due, period.bloc_due) == (
        *(date(2025, 6, 28), date(2025, 6, 30)),
        date(2025, 7, 31),
    )
    assert desk.period.cell_due == date(2025, 12, 20)


def test_one_a_quarter_beside_the_year(desk):
    periods.open_period(2025, quarter=1, **desk.by())
    with refused("Kỳ xếp loại quý 1/2025 đã được mở."):
        periods.open_period(2025, quarter=1, **desk.by())
    periods.open_period(2025, quarter=2, **desk.by())
    with refused("Kỳ xếp loại của năm này đã được mở."):
        periods.open_period(2025, **desk.by())
    assert {p.slug for p in Period.objects.all()} == {"2025", "2025-q1", "2025-q2"}


def test_there_are_four_quarters_and_none_ahead(desk):
    for quarter in (0, 5):
        with refused("Quý phải từ 1 đến 4."):
            periods.open_period(2025, quarter=quarter, **desk.by())
    today_is(date(2025, 6, 30))
    with refused("Kỳ này bắt đầu ngày 01/07/2025, chưa mở được."):
        periods.open_period(2025, quarter=3, **desk.world.act(date(2025, 6, 30)))


def test_the_figures_of_the_year_do_not_count_its_quarters(world):
    """A quarter all decided, and the year still open: nothing is rated in the year; and the other way round."""
    today_is(date(2026, 1, 20))
    quarter = Desk(world, 2025, quarter=4)
    quarter.period.scheme.rules.update(enabled=False)
    year = Desk(world, 2025)
    window, top = Window(2025, date(2025, 1, 1), date(2025, 12, 31)), world.org["K"].pk

    def figures():
        found = counts([rated, organizations_rated], [window], nodes=[top])
        return found["rated", top, 2025], found["organizations_rated", top, 2025]

    finish(quarter, "95")
    assert MemberRating.objects.filter(decided=1).count() == 16
    assert figures() == (0, 0)
    finish(year, "75")
    assert figures() == (16, 5)
    quarter.lock(date(2026, 1, 16))
    assert figures() == (16, 5)


def finish(desk, text):
    for code in CELLS:
        members = [desk.world.people[name].pk for name in desk.world.names(code, desk.today)]
        draft.rate({desk.sheet(code): dict.fromkeys(members, LineEntry(points=Decimal(text)))}, **desk.by())
    desk.submit(*SUBORDINATE)
    desk.endorse(*SUBORDINATE)
    desk.decide()
    desk.accept()
    desk.rate_organizations(**{code.replace("-", "_"): 2 for code in RATED})


def test_a_quarter_has_its_own_roll(world):
    today_is(date(2025, 7, 15))
    quarter = Desk(world, 2025, quarter=2)
    put(quarter, LineEntry(points=Decimal(75)))
    world.leave("An", date(2025, 6, 30))
    assert not quarter.line("An").on_roll
    put(quarter, LineEntry(points=Decimal(75)), "Chi", "DB01-02")
    world.leave("Chi", date(2025, 7, 1))
    assert quarter.line("Chi").on_roll


def test_last_years_level_is_that_of_the_year(world):
    """The quarters of 2025 are no past that a rule of years would look at."""
    today_is(date(2026, 12, 14))
    finish(Desk(world, 2025, quarter=4), "75")
    this = Desk(world, 2026)
    rule = this.period.scheme.rules.get(code="SAME_YEARS")
    rule.number, rule.strength = 2, "BLOCK"
    rule.save()
    put(this, LineEntry(points=Decimal(75)))
    assert this.line("An").proposed == 2
