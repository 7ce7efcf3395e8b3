from django.contrib import messages
from django.shortcuts import redirect, render

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send

from . import board as panels
from .page import PeriodsPage


def board(request, here, sent=None, error=None):
    """The bloc's progress in a period; drawn anew, with what was ticked, when a step was refused."""
    context = panels.context(here, request.GET, sent, error)
    return render(request, "ratings/periods/board.html", here.context() | context)


@read_or_send
def periods(request):
    """All rating periods of a bloc; the organization department opens, dates and locks them here."""
    page = PeriodsPage(request.user, request.GET, carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect(page.address)
    return answer(request, "ratings/periods/periods.html", page.context())
