from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ledger.web import carry
from ledger.web.forms import attempt
from ledger.web.messages import leading_to
from members.life.offers_page import OffersPage
from members.life.probation_page import ProbationPage
from members.profile import page as profile
from members.profile.taking_back import TakingBack
from members.roll.forms import DayForm
from members.visibility import sight
from organizations.frame import frame

from .page import ErrandDesk

READ_OR_SEND = ["GET", "HEAD", "POST"]


def _status(request):
    return 400 if request.method == "POST" else 200


@require_http_methods(READ_OR_SEND)
def errand(request, pk, viec):
    """One act about a member: its form, and the verb when it is sent."""
    desk = ErrandDesk(request.user, pk, viec, carry.sent(request))
    if request.method == "POST" and attempt(desk.form, desk.do):
        history = reverse("member", args=[pk]) + "#lich-su"
        messages.success(request, leading_to(history, desk.done))
        if desk.warning:
            messages.warning(request, desk.warning)
        return redirect("member", pk)
    return render(request, "members/errand.html", desk.context(), status=_status(request))


@require_http_methods(READ_OR_SEND)
def take_back(request, pk, change):
    """What undoing an act would take back, what stands in the way, and why it shall be."""
    seen = sight(request.user, pk)
    page = TakingBack(request.user, seen, change, carry.sent(request))
    if request.method == "POST" and attempt(page.form, page.do):
        messages.success(request, f"Đã hủy việc “{page.change.verb}”.")
        return redirect("member", pk)
    told = next(told for told in profile.history_of(page.member) if told.change.pk == change)
    context = seen.context() | {"page": page, "member": page.member, "told": told, "form": page.form}
    return render(request, "members/take_back.html", context, status=_status(request))


@require_http_methods(READ_OR_SEND)
def probation(request, code, year):
    """Who is on probation, until when; several are recognised at once."""
    asked = DayForm(request.GET, year=year)
    page = ProbationPage(frame(request.user, code, year, asked.day), request.user, carry.sent(request))
    if request.method == "POST" and attempt(page.form, page.do):
        messages.success(request, page.done)
        return redirect("probation", code, year)
    context = page.context() | {"on_day": asked.address}
    return render(request, "members/probation.html", context, status=_status(request))


@require_http_methods(READ_OR_SEND)
def offers(request, code, year):
    """Transfers on their way: those that wait for an answer here, those offered from here, those settled."""
    asked = DayForm(request.GET, year=year)
    page = OffersPage(frame(request.user, code, year, asked.day), request.user, request.GET, carry.sent(request))
    if request.method == "POST" and attempt(page.form, page.do):
        messages.success(request, page.done)
        return redirect("offers", code, year)
    context = page.context() | {"on_day": asked.address}
    return render(request, "members/offers.html", context, status=_status(request))
