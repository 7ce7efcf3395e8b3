from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from members.roll.forms import DayForm
from organizations.frame import frame

from .offers_page import OffersPage
from .probation_page import ProbationPage


@read_or_send
def probation(request, code, year):
    """Who is on probation, until when; several are recognised at once."""
    asked = DayForm(request.GET, year=year)
    page = ProbationPage(frame(request.user, code, year, asked.day), request.user, carry.sent(request))
    if request.method == "POST" and page.take():
        messages.success(request, page.done)
        return redirect("probation", code, year)
    context = page.context() | {"on_day": asked.address}
    return answer(request, "members/life/probation.html", context)


@read_or_send
def offers(request, code, year):
    """Transfers on their way: those that wait for an answer here, those offered from here, those settled."""
    asked = DayForm(request.GET, year=year)
    page = OffersPage(frame(request.user, code, year, asked.day), request.user, request.GET, carry.sent(request))
    if request.method == "POST" and page.take():
        messages.success(request, page.done)
        return redirect("offers", code, year)
    context = page.context() | {"on_day": asked.address}
    return answer(request, "members/life/offers.html", context)
