"""Party age: the rules against a count day by day (domain §4.3, §4.4)."""

import random
from datetime import date, timedelta

import pytest

from ledger import months as counted
from members.badges import party_age
from members.badges.party_age import Service
from members.models import Exit
from tests.members.badges.days import DAY


class PlainSpell:
    def __init__(self, starts, ends, exit_=""):
        self.starts, self.ends, self.exit, self.entry = starts, ends, exit_, ""


FOREVER = date(9999, 12, 31)


# Party age, a second naive way: walk day by day, and put off the anniversary by a day for each day outside.


def walked(decided, outside, day):
    """Completed months: each day outside moves the start of the count on by a day; then months are ticked off."""
    start = decided
    for n in range((day - decided).days):
        if any(first <= decided + n * DAY < until for first, until in outside):
            start += DAY
    months = 0
    while _month_later(start, months + 1) <= day:
        months += 1
    return months


def _month_later(start, months):
    """The day on which `months` are full: the same day of the month, else the first of the next."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    try:
        return start.replace(year=year, month=month)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def service(decided, *outside, exit_=Exit.STRUCK):
    """Someone who left on the first day of each gap and was taken in again by a decision of its last."""
    starts, spells, admissions = decided, [], [(decided + 10 * DAY, decided)]
    for first, until in outside:
        spells.append(PlainSpell(starts, first, exit_))
        starts = until + 7 * DAY  # the ceremony
        admissions.append((starts, until))
    return Service(tuple(admissions), (), (*spells, PlainSpell(starts, FOREVER)))


def test_party_age_day_by_day():
    chance = random.Random(30)
    for _ in range(60):
        decided = date(1950, 1, 1) + timedelta(days=chance.randrange(25000))
        first = decided + timedelta(days=chance.randrange(400, 4000))
        until = first + timedelta(days=chance.randrange(1, 3000))
        again = until + timedelta(days=chance.randrange(400, 2000))
        outside = [(first, until), (again, again + timedelta(days=chance.randrange(1, 700)))][: chance.randrange(3)]
        someone = service(decided, *outside)
        assert someone.gaps == outside
        for _ in range(4):
            day = decided + timedelta(days=chance.randrange(20000))
            if not any(first <= day < until for first, until in outside):
                assert someone.months(day) == walked(decided, outside, day), (decided, outside, day)


@pytest.mark.parametrize(
    ("decided", "day", "months"),
    [
        (date(1988, 2, 29), date(2018, 2, 28), 359),
        (date(1988, 2, 29), date(2018, 3, 1), 360),
        (date(1988, 2, 29), date(2020, 2, 28), 383),
        (date(1988, 2, 29), date(2020, 2, 29), 384),
        (date(1988, 11, 7), date(2018, 11, 6), 359),
        (date(1988, 11, 7), date(2018, 11, 7), 360),
        (date(1988, 1, 31), date(2018, 2, 28), 360),
        (date(1988, 1, 31), date(2018, 3, 1), 361),
    ],
)
def test_the_day_a_month_is_full(decided, day, months):
    assert counted.completed(decided, day) == months == walked(decided, [], day)


def test_a_gap_puts_off_every_level():
    someone = service(date(1980, 1, 1), (date(1990, 1, 1), date(1991, 1, 1)))
    # The year was put off by the 365 days outside: 1980 had 366.
    assert someone.months(date(2010, 12, 30)) == 359
    assert someone.months(date(2010, 12, 31)) == 360
    assert someone.months(date(1990, 6, 1)) == 120  # outside, it stands still


@pytest.mark.parametrize("exit_", [Exit.DEPARTED, Exit.ABROAD, Exit.MOVED, Exit.REORGANIZED])
def test_who_goes_to_another_organization_stays_inside(exit_):
    someone = service(date(1980, 1, 1), (date(1990, 1, 1), date(1991, 1, 1)), exit_=exit_)
    assert someone.gaps == []
    assert someone.months(date(2010, 1, 1)) == 360
    assert someone.is_inside(date(1990, 6, 1))


@pytest.mark.parametrize("exit_", [Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED])
def test_who_left_the_party_is_outside_until_the_decision(exit_):
    someone = service(date(1980, 1, 1), (date(1990, 1, 1), date(1991, 1, 1)), exit_=exit_)
    inside = [someone.is_inside(date(1990, 1, 1) + n * DAY) for n in (-1, 0, 364, 365)]
    assert inside == [True, False, False, True]


def test_what_the_dead_had_stays():
    someone = Service(
        ((date(1980, 1, 1), date(1980, 1, 1)),), (), (PlainSpell(date(1980, 1, 1), date(2010, 6, 1), "DIED"),)
    )
    assert someone.months(date(2010, 6, 1)) == someone.months(date(2018, 1, 1)) == 365


def test_party_age_in_words():
    assert [party_age.in_words(n) for n in (360, 361, 371, 5)] == [
        "30 năm",
        "30 năm 1 tháng",
        "30 năm 11 tháng",
        "0 năm 5 tháng",
    ]
