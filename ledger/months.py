"""The one way of counting months: by the calendar, from a day to the same day of a later month (domain §2.4, §4.3).

Of a day that a later month lacks the month is full on the first day of the next: from 31 January one month lasts to
1 March, and of 29 February the year is full on 1 March of a common year.
"""

from collections.abc import Iterable
from datetime import date, timedelta

DAYS = 30  # to the month, of what is left beside whole months (domain §2.4)


def completed(first: date, last: date) -> int:
    """Whole months from `first` to `last`; negative when `last` is earlier."""
    return 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)


def after(day: date, months: int) -> date:
    """The first day on which `months` from `day` are full."""
    year, month = _month(day, months)
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year, month + 1, 1)  # December has every day


def before(day: date, months: int) -> date:
    """The last day from which `months` are full on `day`."""
    year, month = _month(day, -months)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), _last(year, month))


def _month(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def reach(spans: Iterable[tuple[date, date]], months: int) -> bool:
    """Whether `spans`, [(first day, day after)], add up to `months`: whole months, and what is left at 30 days each."""
    whole = left = 0
    for first, end in _joined(spans):
        full = completed(first, end)
        whole += full
        left += (end - after(first, full)).days
    return DAYS * whole + left >= DAYS * months


def _joined(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """`spans` in order of time, those that meet as one."""
    joined: list[tuple[date, date]] = []
    for first, end in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((first, end))
    return joined
