from django.contrib import messages
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ledger import carry

from . import sentences
from .correction_forms import CorrectionDesk
from .frame import desk
from .member_page import page_of

PER_PAGE = 30
LONGEST_PAGE_NUMBER = 6


@require_safe
def sheet_history(request, code, period):
    """Who set what, when, on the sheet of a cell and on the rating of an organization; latest first."""
    here = desk(request.user, code, period)
    told = sentences.of_organization(here.period, here.organization)
    context = here.context() | {"rating_tab": "history", "page": _page(told, request.GET.get("trang", "1"))}
    return render(request, "ratings/history.html", context)


def _page(rows, number):
    try:
        if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER):
            raise EmptyPage
        return Paginator(rows, PER_PAGE).page(int(number))
    except EmptyPage:
        raise Http404("Lịch sử không có trang này. Hãy mở lại trang đầu.") from None


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request, code, period):
    """After the lock: the organization department corrects a rating, with its reason and document."""
    here = desk(request.user, code, period)
    sent = request.POST if request.method == "POST" else carry.take(request)
    page = CorrectionDesk(here, request.GET.get("dong", ""), sent)
    if request.method == "POST" and (done := page.save()):
        messages.success(request, done)
        return redirect("rating_correction", code, period)
    context = here.context() | {"rating_tab": "correction", "page": page}
    return render(request, "ratings/correction.html", context, status=page.status)


@require_safe
def member(request, pk):
    """A member's ratings year by year, with the history of each, as far as the user may see their cells."""
    return render(request, "ratings/member.html", page_of(request.user, pk))
