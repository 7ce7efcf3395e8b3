from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .page import HandOverPage


@read_or_send
def handover(request, code, year):
    """Hands over what the organizations that this one took over left open."""
    page = HandOverPage(request.user, frame(request.user, code, year), carry.sent(request))
    if request.method == "POST" and (n := page.take()):
        messages.success(request, f"Đã bàn giao {n} việc.")
        return redirect("inspections", code, year)
    return answer(request, "inspections/handover/handover.html", page.context())
