"""Which days are possible: the one set that every act, form and command asks, and the self-check after them.

From the earliest day of `DayLimits` to as many years ahead as it says. What a person's life allows: members/identity/ages.py.
"""

from datetime import date
from typing import NamedTuple

from django.utils.text import capfirst

from ledger.text import within_sentence

from . import clock, months
from .models import DayLimits
from .numbers import day_in_words


class DayRange(NamedTuple):
    """The first day that can be recorded and the last."""

    earliest: date
    latest: date


def limits() -> DayRange:
    return clock.once(_limits)


def _limits() -> DayRange:
    row = DayLimits.objects.first() or DayLimits()
    return DayRange(row.earliest, months.after(clock.today(), 12 * row.years_ahead))


def why_impossible(day: date) -> str:
    """What is wrong with `day` and what to do, as a sentence; "" when it is possible."""
    earliest, latest = limits()
    if day < earliest:
        return f"Ngày {day_in_words(day)} trước {day_in_words(earliest)}, ngày sớm nhất ghi được. Hãy xem lại năm."
    if day > latest:
        return f"Ngày {day_in_words(day)} sau {day_in_words(latest)}, ngày xa nhất ghi được. Hãy xem lại năm."
    return ""


def why_not_past(day: date) -> str:
    """As `why_impossible`, for a day that must have come."""
    if day > clock.today():
        return f"Ngày {day_in_words(day)} còn ở phía trước. Hãy ghi khi việc đã xảy ra."
    return why_impossible(day)


def of(whom: str, sentence: str) -> str:
    """`sentence` said of `whom`, a name; of nobody when there is none."""
    return f"{whom}: {within_sentence(sentence)}" if whom else capfirst(sentence)
