"""The one clock. Everything that asks for today asks here.

A demo database carries its own day (14/12/2018), so that its open year stays open; PRODUCTION=1 ignores it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import MINYEAR, date
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone

Answer = TypeVar("Answer")
_fixed: ContextVar["Fixed | None"] = ContextVar("fixed_day", default=None)


@dataclass(frozen=True)
class Fixed:
    """A day that stands still, and what was asked meanwhile: {the question: its answer}."""

    day: date
    answers: dict[Callable[[], Any], Any] = field(default_factory=dict)


def today() -> date:
    fixed_day = _fixed.get()
    return fixed_day.day if fixed_day else _demo_day() or timezone.localdate()


def once(ask: Callable[[], Answer]) -> Answer:
    """What `ask()` gives; asked once for as long as the day is fixed, so for a request or an act."""
    fixed_day = _fixed.get()
    if fixed_day is None:
        return ask()
    if ask not in fixed_day.answers:
        fixed_day.answers[ask] = ask()
    return fixed_day.answers[ask]


def is_demo() -> bool:
    return once(_demo_day) is not None


def holds_demonstration() -> bool:
    """Whether this database was filled by the demo loader, whatever the mode."""
    from .models import Installation

    return Installation.objects.exists()


def _demo_day() -> date | None:
    from .models import Installation

    return None if settings.PRODUCTION else Installation.objects.values_list("demo_day", flat=True).first()


@contextmanager
def fixed(day: date | None = None) -> Iterator[None]:
    """One day for all that happens inside; without `day`, the day it is on entering."""
    token = _fixed.set(Fixed(day) if day else _the_day_it_is())
    try:
        yield
    finally:
        _fixed.reset(token)


def _the_day_it_is() -> Fixed:
    fixed_day = _fixed.get()
    if fixed_day:
        return Fixed(fixed_day.day)
    demo_day = _demo_day()
    return Fixed(demo_day or timezone.localdate(), {_demo_day: demo_day})


def last_day(year: int) -> date | None:
    """The last day of `year` that has come: 31 December, or today in the running year; None for a year ahead or none."""
    day = today()
    return None if not MINYEAR <= year <= day.year else min(date(year, 12, 31), day)
