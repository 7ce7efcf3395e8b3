"""The one clock. Everything that asks for today asks here.

A demo database carries its own day (14/12/2018), so that its open year stays open; PRODUCTION=1 ignores it.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import MINYEAR, date

from django.conf import settings
from django.utils import timezone

_fixed = ContextVar("fixed_day", default=None)


@dataclass(frozen=True)
class Fixed:
    """A day that stands still, and what was asked meanwhile: {the question: its answer}."""

    day: date
    answers: dict = field(default_factory=dict)


def today():
    held = _fixed.get()
    return held.day if held else _read()


def once(ask):
    """What `ask()` gives; asked once for as long as the day is fixed, so for a request or an act."""
    held = _fixed.get()
    if held is None:
        return ask()
    if ask not in held.answers:
        held.answers[ask] = ask()
    return held.answers[ask]


def is_demo():
    from .models import Installation

    return not settings.PRODUCTION and Installation.objects.filter(demo_day__isnull=False).exists()


def holds_demonstration():
    """Whether this database was filled by the demo loader, whatever the mode."""
    from .models import Installation

    return Installation.objects.exists()


def _read():
    from .models import Installation

    if not settings.PRODUCTION:
        day = Installation.objects.values_list("demo_day", flat=True).first()
        if day:
            return day
    return timezone.localdate()


@contextmanager
def fixed(day=None):
    """One day for all that happens inside; without `day`, the day it is on entering."""
    token = _fixed.set(Fixed(day or today()))
    try:
        yield
    finally:
        _fixed.reset(token)


def last_day(year):
    """The last day of `year` that has come: 31 December, or today in the running year; None for a year ahead or none."""
    day = today()
    return None if not MINYEAR <= year <= day.year else min(date(year, 12, 31), day)
