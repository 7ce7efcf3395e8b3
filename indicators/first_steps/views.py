from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send

from .page import FirstStepsPage


@read_or_send
def first_steps(request: HttpRequest) -> HttpResponse:
    """An empty installation: found the bloc, open a year, and what is wanting; later each year of a bloc, by who sets its
    targets as well.
    """
    page = FirstStepsPage(request.user, carry.sent(request), request.GET)
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        return redirect(reverse("first_steps", query=page.lead_to))
    return answer(request, "indicators/first_steps/first_steps.html", page.context())
