"""What every rating page of an organization begins with: its frame, the period, how the user stands to it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import F
from django.http import Http404

from organizations.access import Act, capacities, may
from organizations.frame import Frame, frame, opens
from organizations.models import Organization
from organizations.successions import blocs_through

from .models import Period
from .models.sheets import the_day


class PeriodConverter:
    """A period in an address: 2018, 2025-q4."""

    regex = r"[0-9]{4}(?:-q[1-4])?"

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
class RatingFrame:
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
    def may_correct(self):
        """Once the period is locked."""
        return self.period is not None and self.period.locked_id is not None and may(Act.CORRECT, self.held)

    def context(self):
        return self.page.context() | {
            "rated": self,
            "period": self.period,
            "periods": self._periods(),
        }

    def _periods(self):
        """The periods of the year that open for this organization; each has its own day, so its own bloc and reach."""
        periods = Period.objects.standing().filter(year=self.page.year)
        periods = list(periods.order_by(F("quarter").asc(nulls_last=True), "pk"))
        blocs = blocs_through(self.organization, {the_day(p) for p in periods})
        periods = [p for p in periods if p.bloc_id == blocs[the_day(p)]]
        others = [p for p in periods if p != self.period]
        open_days = opens(self.user, self.organization, {the_day(p) for p in others}) if others else set()
        return [p for p in periods if p == self.period or the_day(p) in open_days]


def period_at(organization, year, quarter=None):
    """The Period of the bloc in which `organization` stood on the day its ratings of that time are looked at, or None."""
    rows = Period.objects.standing().filter(year=year, quarter=quarter).select_related("scheme", "locked")
    of_blocs = {period.bloc_id: period for period in rows}
    if organization is None or not of_blocs:
        return None
    day = the_day(next(iter(of_blocs.values())))  # a time ends on one day in every bloc
    return of_blocs.get(blocs_through(organization, [day])[day])


def rating_frame(user, code, key, *, need_period=True):
    """The RatingFrame of organization `code` in the period `key` (year, quarter or None); Http404 with a sentence.

    Path, kind and rights are those of the period's day: what moved since is still rated where it hung then.
    """
    year, quarter = key
    organization = Organization.objects.standing().filter(code=code).first() if code.isprintable() else None
    period = period_at(organization, year, quarter)
    page = frame(user, code, year, period and the_day(period))
    if period is None and (need_period or quarter):
        raise Http404(f"Chưa mở kỳ xếp loại {f'quý {quarter}/' if quarter else 'năm '}{year}.")
    user_capacities = capacities(user, page.organization, page.day)
    return RatingFrame(page, period, frozenset(user_capacities), user)
