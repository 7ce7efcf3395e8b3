from django.contrib import messages
from django.shortcuts import redirect

from indicators.board import targets_history
from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from ledger.web.forms import attempt
from organizations import access
from organizations.access import Keep
from organizations.frame import frame

from . import page as targets_page
from .forms import TargetsForm


@read_or_send
def targets_tab(request, code, year):
    """What was set for an organization; the organization department sets it here."""
    page = frame(request.user, code, year)
    if request.method == "POST":
        access.require_keep(request.user, Keep.TARGETS, page.organization, page.day)
    form = targets_page.targets_form(carry.sent(request), page.organization, year, TargetsForm)
    if request.method == "POST" and attempt(form, lambda: targets_page.save_targets(form, page, request.user)):
        messages.success(request, "Đã ghi chỉ tiêu được giao.")
        return redirect("targets", code, year)
    context = page.context("targets") | {
        "form": form if page.may(Keep.TARGETS) and form.indicators else None,
        "rows": targets_history(page.organization),
        "tab": "targets",
    }
    return answer(request, "indicators/targets/targets.html", context)
