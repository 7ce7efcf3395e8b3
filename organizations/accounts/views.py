from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send

from .office_page import OfficePage
from .page import AccountsPage
from .slips import Slip


@read_or_send
def accounts(request: HttpRequest) -> HttpResponse:
    """Who holds which office; accounts for those without a holder, and slips to print, in one press."""
    page = AccountsPage(request.user, request.GET, carry.sent(request))
    if request.method == "POST":
        page.take()
        if page.slips:
            return _printed(request, page.slips)
        if page.done:
            messages.success(request, page.done)
            return redirect("accounts")
    return answer(request, "organizations/accounts/accounts.html", page.context())


@read_or_send
def office(request: HttpRequest, code: str) -> HttpResponse:
    """The offices of one organization; what is sent is one act on them."""
    page = OfficePage(request.user, code, request.GET, carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if page.slips:
        return _printed(request, page.slips, done)
    if done:
        messages.success(request, done)
        return redirect("office", code)
    return answer(request, "organizations/accounts/office.html", page.context())


def _printed(request: HttpRequest, slips: list[Slip], done: str = "") -> HttpResponse:
    """The slips, in this answer alone: what they say of passwords is kept nowhere, so there is no page to be led to."""
    site = settings.SITE_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    context = {"slips": slips, "done": done, "site": site}
    return render(request, "organizations/accounts/slips.html", context)
