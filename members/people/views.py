from datetime import date

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger.web.paging import paged
from members.identity.homonyms import tell_apart
from members.merging.mergers import heir_of
from members.models import Entry, Exit
from members.profile import page as profile
from members.register.entry_page import may_enter
from members.roll import balance as balances
from members.roll.forms import BalanceForm
from members.roll.guests import guests
from members.roll.on_a_day import flows
from members.visibility import open_members, sight
from organizations.frame import frame, reached

from .list import PeopleList
from .saved_views import views_for


@require_safe
def people(request, code, year):
    """The roll of an organization on a day of the year, its last unless asked, and how it came from the year before."""
    found = PeopleList(request.user, code, year, request.GET)
    page = found.page
    flow = flows([page.organization], date(year, 1, 1), page.day)[page.organization.pk]
    context = page.context("people") | {
        "list": found,
        "filter": found.filter,
        "table": paged(request, found.table(found.filter.qs, pick=True)),
        "views": views_for(request.user),
        "may_enter": may_enter(request.user, page),
        "flow": flow,
        "arrivals": [(Entry(kind).label, n) for kind, n in sorted(flow.arrivals.items())],
        "departures": [(Exit(kind).label, n) for kind, n in sorted(flow.departures.items())],
        "guests": guests(page.organization, page.day),
        "on_day": found.asked.address,
        "tab": "people",
    }
    return render(request, "members/people.html", context)


@require_safe
def member(request, pk):
    """A member's record, places and history; that of a merged record is the record it went into."""
    if heir := heir_of(pk):
        return redirect("member", sight(request.user, heir).member.pk)
    return render(request, "members/member.html", profile.page_of(sight(request.user, pk)))


@require_safe
def balance(request, code, year):
    """Opening, each kind of in and out, closing, of an organization and those below it; a cell opens onto its people."""
    page = frame(request.user, code, year)
    form = BalanceForm(request.GET)
    found = balances.sheet(page, form.half)
    context = page.context("people") | {"sheet": found, "form": form, "tab": "balance"}
    days = {"opening_opens": found.eve, "closing_opens": found.last, "row_opens": page.day}
    context |= {name: reached(request.user, found.organizations, day) for name, day in days.items()}
    opened = found.cell(form["o"].value() or "", form["dong"].value() or "")
    if opened:
        rows = found.people(*opened)
        members = tell_apart((person.member for person in rows), request.user)
        reach = open_members(request.user, [member.pk for member in members])
        context |= {"opened": opened, "people": rows, "opens": reach}
    return render(request, "members/balance.html", context)
