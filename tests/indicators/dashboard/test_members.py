"""Below the figures: what came and went, ratings over the years, who the members are; each number opens its rows."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.board import board
from indicators.dashboard import members
from indicators.dashboard.bars import bars, percent_of
from indicators.dashboard.pace import due_by
from indicators.dashboard.small_line import small_line
from indicators.line import Line
from ledger.models import User
from members.models import Membership
from organizations.frame import frame
from tests.pages.test_pages_site import standing
from tests.world import TODAY

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)


@pytest.fixture
def leader(site):
    return site.as_("LEADER", "K")


def page_of(leader, code, year):
    user = User.objects.get(pk=leader.session["_auth_user_id"])
    return frame(user, code, year)


def number(text):
    return int(text.replace(".", "").replace("−", "-").replace("+", ""))


@pytest.mark.parametrize("code", ["K", "DB01", "DB01-01"])
@pytest.mark.parametrize("year", [2015, 2017, 2018])
def test_what_came_and_went_opens_its_people_and_sums_up(site, leader, code, year):
    page = page_of(leader, code, year)
    told = members.came_and_went(page)
    for bar in told.bars:
        answer = leader.get(bar.opens)
        assert sum(1 if person.came else -1 for person in answer.context["people"]) == number(bar.number)
    on_roll = {
        day: Membership.objects.on(day).filter(organization__code__startswith="" if code == "K" else code).count()
        for day in (date(year - 1, 12, 31), page.day)
    }
    opening, closing = on_roll.values()
    assert closing - opening == sum(number(bar.number) for bar in told.bars)
    words = [f"{closing}, bằng đầu năm", f"từ {opening} lên {closing}", f"từ {opening} xuống {closing}"]
    assert told.title == f"Đảng viên: {words[(closing > opening) + 2 * (closing < opening)]}"


def test_a_year_without_movements_says_so(site, leader):
    told = members.came_and_went(page_of(leader, "CB02", 2016))
    assert (told.title, told.said, told.bars) == (
        "Đảng viên: 2, bằng đầu năm",
        "Trong năm không có ai vào, không có ai ra.",
        [],
    )


def test_those_on_the_roll_open_by_what_they_are(site, leader):
    page = page_of(leader, "K", 2018)
    told = members.composition(page)
    assert told.total == Membership.objects.on(TODAY).count()
    for title, part in told.parts:
        assert sum(number(bar.number) for bar in part) == told.total, title
    assert sum(number(sex.number) for sex in told.sexes) == told.total
    for bar in [
        *told.sexes,
        *(b for row in told.ages for b in (row.men, row.women)),
        *(b for _, p in told.parts for b in p),
    ]:
        assert bool(bar.opens) == bool(bar.number)
        if bar.opens:
            assert leader.get(bar.opens).context["list"].filter.qs.count() == number(bar.number)


def test_a_cell_is_told_by_name(site, leader):
    answer = leader.get(reverse("dashboard", args=["DB01-01", 2018]))
    named = answer.context["named"]
    assert Counter(each.member for each in named) == Counter(
        row.member for row in Membership.objects.on(TODAY).filter(organization__code="DB01-01")
    )
    for each in named:
        assert f'href="{each.opens}"' in answer.content.decode()


def test_ratings_are_shares_of_those_rated(site, leader):
    page = page_of(leader, "K", 2017)
    told = members.levels_over_years(board(page.organization, 2017), page)
    assert told.rows[-1][0] == 2017 == told.until
    for _, row, rated in told.rows:
        assert sum(row) == rated
    last = told.rows[-1]
    shares = [Decimal(100 * n) / last[2] for n in last[1]]
    assert [line.last for line in told.lines] == [f"{share:.1f}%".replace(".", ",") for share in shares]


def test_nobody_rated_is_no_panel(site, leader):
    page = page_of(leader, "K", 2015)
    assert members.levels_over_years(board(page.organization, 2015), page) is None


def test_years_that_cannot_be_compared_are_not_tied():
    line = small_line([[(2013, 1.0), (2014, 3.0)], [(2016, 2.0)], [(2018, 1.0)]])
    assert (len(line.paths), len(line.lone)) == (1, 1)
    assert [float(x) for x, _ in (line.lone[0], line.last)] == [pytest.approx(5 + 106 * 3 / 5, abs=0.06), 111]
    assert small_line([[(2018, 1.0)]]) is None


def test_a_year_without_a_figure_keeps_its_place_at_the_right():
    known = [[(2016, 1.0), (2017, 2.0)]]
    ends = [float(line.last[0]) for until in (0, 2017, 2018) if (line := small_line(known, until=until))]
    assert ends == [111, 111, 5 + 106 / 2]


def test_bars_are_of_the_longest_and_leave_out_nothing_but_zeros():
    told = bars([("a", 50, "/a"), ("b", 0, ""), ("c", 200, "")], whole=250)
    assert [(b.label, b.number, b.length, b.share, b.opens) for b in told] == [
        ("a", "50", "25.0", "20%", "/a"),
        ("c", "200", "100.0", "80%", ""),
    ]


@pytest.mark.parametrize(
    ("n", "whole", "words"), [(1, 8, "13%"), (1, 16, "6,3%"), (1434, 2305, "62%"), (9, 2305, "0,4%")]
)
def test_shares_are_rounded_as_offices_round(n, whole, words):
    assert percent_of(n, whole) == words


@pytest.mark.parametrize(
    ("target", "day", "due"),
    [
        (120, date(2018, 12, 14), 114),
        (120, date(2018, 1, 1), 0),
        (120, date(2016, 7, 1), 60),
        (4, date(2018, 12, 14), 4),
    ],
)
def test_the_pace_is_even_through_the_year(site, target, day, due):
    seen = board(site.org["K"], 2018)
    line: Line = next(x for x in seen.cards() if x.indicator.code == "KN")
    running = replace(line, result=replace(line.result, target=Decimal(target)))
    assert due_by(running, day) == due
    rate = next(x for x in seen.cards() if x.indicator.code == "KN-TN")
    assert due_by(rate, day) is None
    assert due_by(next(x for x in board(site.org["K"], 2017).cards() if x.indicator.code == "KN"), day) is None
