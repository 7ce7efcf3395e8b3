from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .page import ClosingPage


@read_or_send
def closing(request, code, year):
    """The minutes of a closed year with what changed since; the organization department closes it here."""
    page = ClosingPage(request.user, frame(request.user, code, year), carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("closing", code, year)
    return answer(request, "indicators/closing/closing.html", page.context())
