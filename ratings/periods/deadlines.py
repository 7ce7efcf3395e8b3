"""Deadlines in words: late, due soon, or not yet."""

from dataclasses import dataclass
from datetime import date

from ledger import clock
from ratings.models import Calendar


@dataclass(frozen=True)
class Deadline:
    """`due`: the last day on which something is in time; `remind`: how many days before it one is reminded."""

    due: date
    remind: int = 0

    @property
    def days_left(self):
        """Below nought once it has passed."""
        return (self.due - clock.today()).days

    @property
    def is_late(self):
        return self.days_left < 0

    @property
    def is_near(self):
        """To be reminded of: within the calendar's days, or past."""
        return self.days_left <= self.remind

    @property
    def words(self):
        left = self.days_left
        if left < 0:
            return f"quá hạn {-left} ngày"
        return f"còn {left} ngày" if left else "hôm nay là hạn cuối"

    @property
    def since_due(self):
        """How long it has passed, in words; "" where it has not."""
        return f"{-self.days_left} ngày" if self.is_late else ""

    @property
    def tone(self):
        return "no" if self.is_late else "near" if self.is_near else "wait"

    @property
    def mark(self):
        return "late" if self.is_late else "running"


def remind_days():
    """{whether the period is a quarter: days}"""
    return dict(Calendar.objects.values_list("quarterly", "remind_days"))


def remind_days_of(period):
    return remind_days().get(period.quarter is not None, 0)
