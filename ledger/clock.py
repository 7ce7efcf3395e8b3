"""The one clock. Everything that asks for today asks here.

A demo database carries its own day (14/12/2018), so that its open year stays open; PRODUCTION=1 ignores it.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import MINYEAR, date

from django.conf import settings
from django.utils import timezone

_fixed = ContextVar("fixed_day", default=None)


def today():
    return _fixed.get() or _read()


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
    token = _fixed.set(day or today())
    try:
        yield
    finally:
        _fixed.reset(token)


def last_day(year):
    """The last day of `year` that has come: 31 December, or today in the running year; None for a year ahead or none."""
    day = today()
    return None if not MINYEAR <= year <= day.year else min(date(year, 12, 31), day)
