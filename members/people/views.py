from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ledger.numbers import group
from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from ledger.web.paging import A_PAGE, paged
from members.register.entry_page import may_enter
from members.roll.flows import flows
from members.roll.guests import guests

from .list import PeopleList
from .saved_views import views_for
from .saved_views_page import SavedViewsPage
from .selection import SelectedPage

AT_ONCE = A_PAGE


@require_safe
def people(request, code, year):
    """The roll of an organization on a day of the year, its last unless asked, and how it came from the year before."""
    roll = PeopleList(request.user, code, year, request.GET)
    page = roll.page
    flow = flows([page.organization], date(year, 1, 1), page.day)[page.organization.pk]
    context = page.context() | {
        "list": roll,
        "filter": roll.filter,
        "table": paged(request, roll.table(roll.filter.qs, pick=True), per_page=AT_ONCE),
        "views": views_for(request.user),
        "may_enter": may_enter(request.user, page),
        "flow": flow,
        "heading": f"{group(flow.closing)} đảng viên",
        "guests": guests(page.organization, page.day),
        "on_day": roll.asked.address,
    }
    return render(request, "members/people/people.html", context)


@read_or_send
def selected(request, code, year):
    """Those picked from the list: counts, and the acts that take many."""
    page = SelectedPage(request.user, code, year, request.GET, carry.sent(request))
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        return redirect(reverse("people", args=[code, year]) + page.on_day)
    context = page.context() | {"table": paged(request, page.list.table(page.rows, pick=False), per_page=AT_ONCE)}
    return answer(request, "members/people/selected.html", context)


@read_or_send
def saved_views(request, code, year):
    """Keeps, renames, shares and removes one's ways of looking at the list."""
    page = SavedViewsPage(request.user, code, year, request.GET.urlencode(), carry.sent(request))
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        return redirect("saved_views", code, year)
    return answer(request, "members/people/saved.html", page.context())
