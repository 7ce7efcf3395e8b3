from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .grid_page import TargetsGridPage
from .page import TargetsPage


@read_or_send
def targets_tab(request, code, year):
    """What was set for an organization; the organization department sets it here."""
    page = TargetsPage(request.user, frame(request.user, code, year), carry.sent(request))
    if request.method == "POST" and page.take():
        messages.success(request, "Đã ghi chỉ tiêu được giao.")
        return redirect("targets", code, year)
    return answer(request, "indicators/targets/targets.html", page.context())


@read_or_send
def targets_grid(request, code, year):
    """What was set for all organizations of a bloc, as a table; its organization department sets it here, with one document."""
    page = TargetsGridPage(request.user, frame(request.user, code, year), carry.sent(request))
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        for warning in page.warnings():
            messages.warning(request, warning)
        return redirect("targets_grid", code, year)
    return answer(request, "indicators/targets/grid.html", page.context(), fine=page.only_asked)
