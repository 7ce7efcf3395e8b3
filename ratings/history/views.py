from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger.web import carry
from ledger.web.form_page import read_or_send
from ledger.web.paging import page_of
from ratings.frame import rating_frame

from . import member_page, sentences
from .correction_page import CorrectionPage

PER_PAGE = 30
NO_SUCH_PAGE = "Lịch sử không có trang này. Hãy mở lại trang đầu."


@require_safe
def sheet_history(request, code, period):
    """Who set what, when, on the sheet of a cell and on the rating of an organization; latest first."""
    here = rating_frame(request.user, code, period)
    told = sentences.of_organization(here.period, here.organization)
    page = page_of(told, request.GET, field="trang", per_page=PER_PAGE, missing=NO_SUCH_PAGE)
    context = here.context() | {"page": page}
    return render(request, "ratings/history/history.html", context)


@read_or_send
def correction(request, code, period):
    """After the lock: the organization department corrects a rating, with its reason and document."""
    here = rating_frame(request.user, code, period)
    sent = carry.sent(request)
    page = CorrectionPage(here, request.GET.get("dong", ""), sent)
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        return redirect("rating_correction", code, period)
    context = here.context() | {"page": page}
    return render(request, "ratings/history/correction.html", context, status=page.status)


@require_safe
def member(request, pk):
    """A member's ratings year by year, with the history of each, as far as the user may see their cells."""
    return render(request, "ratings/history/member.html", member_page.page_of(request.user, pk))
