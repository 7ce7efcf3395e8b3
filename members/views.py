from datetime import date

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.pages import paged
from organizations import lineage
from organizations.frame import frame

from .filters import PeopleFilter
from .models import Entry, Exit
from .roll import flows, roll
from .tables import PeopleTable


@require_safe
def people(request, code, year):
    """The roll of an organization on the year's last day, and how it came from the year before."""
    page = frame(request.user, code, year)
    wanted = PeopleFilter(request.GET, queryset=roll(page.organization, page.day), day=page.day)
    cells = lineage.below([page.organization], page.day)
    table = PeopleTable(wanted.qs, names=lineage.labels(cells, page.day), day=page.day)
    flow = flows([page.organization], date(year, 1, 1), page.day)[page.organization.pk]
    context = page.context("people") | {
        "filter": wanted,
        "table": paged(request, table),
        "flow": flow,
        "arrivals": [(Entry(kind).label, n) for kind, n in sorted(flow.arrivals.items())],
        "departures": [(Exit(kind).label, n) for kind, n in sorted(flow.departures.items())],
        "tab": "people",
    }
    return render(request, "members/people.html", context)
