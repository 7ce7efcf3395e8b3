"""Pure arithmetic of the forecast of admissions: what is wanting to the target, at which pace, and who may come in time."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ledger.numbers import half_up
from members.models import WAITING, Stage

READY = (Stage.DOSSIER, Stage.DECIDED)


def median(days):
    """The middle of whole numbers of days, half a day rounded up; None of nothing."""
    ordered = sorted(days)
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (low + high + 1) // 2


def usual(spans):
    """{Stage: days it usually takes to the next}, of {Stage: [days]}; empty unless every step has been seen."""
    times = {stage: median(spans.get(stage, ())) for stage in WAITING}
    return {} if None in times.values() else times


def expected_on(stage, since, times, day):
    """The day a candidate who reached `stage` on `since` may be admitted, seen from `day`.

    The step that should have come by `day` is expected that day; the steps after it take their usual time.
    """
    next_step = max(since + timedelta(days=times[stage]), day)
    return next_step + timedelta(days=sum(times[later] for later in WAITING if later > stage))


def months_left(day):
    """Months of the year not yet over on `day`, the running one included unless this is its last day."""
    over = (day + timedelta(days=1)).day == 1
    return 12 - day.month + (not over)


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Admissions of one organization in one year as seen on `day`. `waiting`: [(Stage, since)]; `times`: of `usual`."""

    day: date
    done: int
    target: Decimal | None
    waiting: tuple = ()
    times: dict

    @property
    def last(self):
        return date(self.day.year, 12, 31)

    @property
    def is_over(self):
        return self.day == self.last

    @property
    def wanting(self):
        """People wanting to the target; 0 when it is reached, None without one."""
        return None if self.target is None else max(int(self.target) - self.done, 0)

    @property
    def months(self):
        return months_left(self.day)

    @property
    def pace(self):
        """People a month to the end of the year, rounded up; None when nothing is wanting or no month is left."""
        return -(-self.wanting // self.months) if self.wanting and self.months else None

    @property
    def at(self):
        """{Stage: people waiting there}"""
        return Counter(stage for stage, _ in self.waiting)

    @property
    def ready(self):
        """People whose dossier is complete."""
        return sum(self.at[stage] for stage in READY)

    @property
    def in_time(self):
        """{Stage: people who may be admitted by the end of the year}; None where no usual time is known."""
        if not self.times:
            return None
        coming = (
            stage for stage, since in self.waiting if expected_on(stage, since, self.times, self.day) <= self.last
        )
        return Counter(coming)

    @property
    def expected(self):
        return None if self.in_time is None else self.in_time.total()

    @property
    def at_the_end(self):
        """Admissions of the whole year, if those expected come."""
        return None if self.expected is None else self.done + self.expected


@dataclass(frozen=True)
class Month:
    """`total`, `aim`: at the end of the month; `total` None for a month that has not begun, `aim` without a target."""

    number: int
    came: int | None
    total: int | None
    aim: Decimal | None

    @property
    def aim_whole(self):
        return None if self.aim is None else half_up(self.aim, 0)


def by_month(days, day, target):
    """[Month] of the year of `day`: admissions on `days`, up to the month of `day`, beside the straight line to `target`."""
    came, total, months = Counter(d.month for d in days), 0, []
    for number in range(1, 13):
        begun = number <= day.month
        total += came[number]
        aim = None if target is None else Decimal(target) * number / 12
        months.append(Month(number, came[number] if begun else None, total if begun else None, aim))
    return months
