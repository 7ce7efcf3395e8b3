"""What both pages of groups begin with: the year of a bloc, and whether its groups may be changed."""

from django.http import Http404

from indicators.models import Closing
from indicators.years import the_years
from ratings.frame import period_at
from ratings.models import Scheme

from .measured import names_of
from .rules import YearGroups, is_closed


def year_of(page):
    """The YearGroups of a Frame; 404 where it is no bloc."""
    if not page.is_bloc:
        raise Http404("Nhóm chỉ tiêu đặt ở đảng bộ khối, chung cho mọi tổ chức trong đảng bộ.")
    return YearGroups(page.organization, page.year)


def names_in(page):
    """{code: name} of every measure, the levels in the words of the year's scheme."""
    year = the_years([page.year], at=page.organization)[page.year]
    return names_of(year.scheme or Scheme.latest_for(page.year))


def state_of(page):
    """What templates/indicators/groups/state.html reads: whether the year is closed, its ratings locked, closings taken back."""
    closed, period = is_closed(page.organization.pk, page.year), period_at(page.organization, page.year)
    return {
        "closed": closed,
        "locked": bool(period and period.locked_id) and not closed,
        "taken_back": Closing.objects.filter(period=period, voided__isnull=False).count() if period else 0,
        "year_before": page.year - 1,
    }
