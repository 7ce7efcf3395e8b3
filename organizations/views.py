from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger import clock
from ledger.web.form_page import read_or_send

from . import access, history, lineage
from .appointments_page import AppointmentsPage
from .frame import frame
from .offices import ended_offices
from .profile_panels import panels
from .relatives import relatives


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Offices that ended with their organization, with the heirs at which nobody holds such an office yet."""
    access.require_administrator(request.user)
    ended = ended_offices()
    lacking = sum(bool(office.lacking) for office in ended)
    context = {"ended": ended, "lacking": lacking}
    return render(request, "organizations/offices.html", context)


@require_safe
def organization(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Profile: its place in the tree, those below it, its history."""
    page, today = frame(request.user, code, year), clock.today()
    context = page.context() | {
        "children": lineage.children(page.organization, page.day),
        "history": history.events(page.organization),
        "acts": history.acts(page.organization),
        "relatives": relatives(page.organization, request.user),
        "panels": panels(request.user, page),
        "may_reorganize": access.may_keep(access.Keep.TREE, access.capacities(request.user, page.organization, today)),
    }
    return render(request, "organizations/profile.html", context)


@read_or_send
def appointments(request: HttpRequest) -> HttpResponse:
    """Offices that were given and that somebody is to look at."""
    page = AppointmentsPage(request.user)
    if request.method == "POST":
        if done := page.take(request.POST):
            messages.success(request, done)
        if not page.error:
            return redirect("home" if done else "appointments")
    return render(request, "organizations/appointments.html", page.context(), status=400 if page.error else 200)
