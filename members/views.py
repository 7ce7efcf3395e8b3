from datetime import date

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.pages import paged
from organizations import lineage
from organizations.frame import frame, opens

from . import balance as balances
from . import profile
from .filters import PeopleFilter
from .forms import BalanceForm, DayForm
from .guests import guests
from .models import Entry, Exit
from .roll import flows, roll
from .sight import sight
from .tables import PeopleTable


@require_safe
def people(request, code, year):
    """The roll of an organization on a day of the year, its last unless asked, and how it came from the year before."""
    asked = DayForm(request.GET, year=year)
    page = frame(request.user, code, year, asked.day)
    wanted = PeopleFilter(request.GET, queryset=roll(page.organization, page.day), day=page.day)
    cells = lineage.below([page.organization], page.day)
    table = PeopleTable(wanted.qs, names=lineage.labels(cells, page.day), day=page.day)
    flow = flows([page.organization], date(year, 1, 1), page.day)[page.organization.pk]
    context = page.context("people") | {
        "filter": wanted,
        "asked": asked,
        "chips": wanted.chips(),
        "table": paged(request, table),
        "flow": flow,
        "arrivals": [(Entry(kind).label, n) for kind, n in sorted(flow.arrivals.items())],
        "departures": [(Exit(kind).label, n) for kind, n in sorted(flow.departures.items())],
        "guests": guests(page.organization, page.day),
        "tab": "people",
    }
    return render(request, "members/people.html", context)


@require_safe
def member(request, pk):
    """A member's record, places and history."""
    return render(request, "members/member.html", profile.page_of(sight(request.user, pk)))


@require_safe
def balance(request, code, year):
    """Opening, each kind of in and out, closing, of an organization and those below it; a cell opens onto its people."""
    page = frame(request.user, code, year)
    form = BalanceForm(request.GET)
    found = balances.sheet(page, form.half)
    context = page.context("people") | {"sheet": found, "form": form, "tab": "balance"}
    context["opening_opens"] = opens(request.user, page.organization, {found.eve})
    opened = found.cell(form["o"].value() or "", form["dong"].value() or "")
    if opened:
        context |= {"opened": opened, "people": found.people(*opened)}
    return render(request, "members/balance.html", context)
