from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .page import StaffPage


@read_or_send
def staff(request, code, year):
    """How many civil servants, public employees and workers an organization has in a year; who keeps it enters it here."""
    page = StaffPage(request.user, frame(request.user, code, year), carry.sent(request))
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        return redirect("staff", code, year)
    return answer(request, "indicators/staff/staff.html", page.context())
