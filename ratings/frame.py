"""What every rating page of an organization begins with: its frame, the period, how the user stands to it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from organizations.access import Act, Capacity, capacities, may
from organizations.frame import Frame, frame

from .models import Period
from .progress import the_day


class PeriodConverter:
    """A period in an address: 2018, 2025-q4."""

    regex = r"\d{4}(?:-q[1-4])?"

    def to_python(self, value):
        year, _, quarter = value.partition("-q")
        return int(year), int(quarter) if quarter else None

    def to_url(self, value):
        if isinstance(value, Period):
            return value.slug
        if isinstance(value, tuple):
            return f"{value[0]}-q{value[1]}" if value[1] else str(value[0])
        return str(value)


@dataclass(frozen=True)
class Desk:
    """`period` is None where none was opened. `held`: the user's {Capacity} towards the organization."""

    page: Frame
    period: Period | None
    held: frozenset
    user: object

    @property
    def organization(self):
        return self.page.organization

    @property
    def place(self):
        return self.page.place

    @cached_property
    def day(self):
        return the_day(self.period)

    @property
    def is_bloc_staff(self):
        return bool(self.held & {Capacity.DEPARTMENT, Capacity.LEADER})

    @property
    def may_correct(self):
        """Once the period is locked."""
        return self.period is not None and self.period.locked_id is not None and may(Act.CORRECT, self.held)

    def context(self):
        siblings = Period.objects.filter(year=self.page.year, voided__isnull=True).order_by("quarter")
        return self.page.context("ratings") | {
            "desk": self,
            "period": self.period,
            "periods": list(siblings),
            "tab": "ratings",
        }


def desk(user, code, key, *, need_period=True):
    """The Desk of organization `code` in the period `key` (year, quarter or None); Http404 with a sentence."""
    year, quarter = key
    page = frame(user, code, year)
    period = Period.objects.filter(year=year, quarter=quarter, voided__isnull=True).select_related("scheme").first()
    if period is None and (need_period or quarter):
        raise Http404(f"Chưa mở kỳ xếp loại {f'quý {quarter}/' if quarter else 'năm '}{year}.")
    held = capacities(user, page.organization, page.day)
    return Desk(page, period, frozenset(held), user)
