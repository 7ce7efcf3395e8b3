from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ledger.acts import Refused
from ledger.web import carry
from ledger.web.form_page import read_or_send
from organizations import access
from organizations.access import Act
from organizations.models import Kind
from ratings import permits
from ratings.committee import views as committee_views
from ratings.frame import rating_frame
from ratings.judging.locking import Stale
from ratings.periods import views as bloc_views

from . import pasting_page, saving, showing, steps
from .page import SheetPage


@read_or_send
def ratings(request, code, period):
    """The ratings of an organization in a period: the sheet of a cell, the page of a committee, the bloc's board."""
    here = rating_frame(request.user, code, period, need_period=False)
    if here.period is None:
        return render(request, "ratings/periods/no_period.html", here.context())
    if request.method == "POST":
        return fill(request, here) if here.place.holds_members else HttpResponseNotAllowed(["GET", "HEAD"])
    return show(request, here, sent=carry.take(request))


def show(request, here, sent=None, error=None):
    if here.place.holds_members:
        return sheet(request, here, sent, error)
    view = bloc_views.board if here.place.kind == Kind.KHOI else committee_views.committee
    return view(request, here, sent=sent, error=error)


def sheet(request, here, sent=None, error=None, saved=None):
    """The sheet of a cell: filled in by its secretary, read and signed by those above."""
    page = SheetPage(here, saved.read if saved else None)
    if page.sheet is None:
        return render(request, "ratings/sheets/no_sheet.html", here.context())
    readback = "xem-lai" in request.GET or "xem_lai" in (sent or {})
    context = showing.context(page, sent, error, saved, readback=readback)
    return render(request, context.pop("template"), context, status=context.pop("status"))


def _sheet_page(here):
    page = SheetPage(here)
    if page.sheet is None:
        raise Http404(f"{here.place.name} không có phiếu xếp loại trong kỳ này.")
    return page


def _to_fill(here):
    """The sheet that `here` may type into now; 404 where there is none, 403 with the sentence why not."""
    page = _sheet_page(here)
    permits.require(permits.of_sheet(Act.RATE, page.sheet, here.place.kind, here.held))
    return page


def fill(request, here):
    """Takes the plain form of the sheet: saves what can be saved, shows the rest again as it was typed."""
    page = _sheet_page(here)
    access.require_rating(Act.RATE, here.held)
    permit = permits.of_sheet(Act.RATE, page.sheet, here.place.kind, here.held)
    if permit.why:  # handed in meanwhile: what was typed is shown beside what stands
        response = sheet(request, here, request.POST, Refused(permit.why))
        response.status_code = 409
        return response
    saved = saving.fill(page, request.POST, request.user)
    if saved.problems:
        return sheet(request, here, request.POST, saved=saved)
    if saved.message:
        messages.success(request, saved.message)
    return redirect(saved.onward or request.path)


@read_or_send
def line(request, code, period):
    """One line as the page saves it by itself. Answers JSON: 200 saved, 409 another was first, 422 refused.

    Asked for as a page, which happens to a form that comes back, it leads to its sheet.
    """
    if request.method != "POST":
        rating_frame(request.user, code, period)
        return redirect("ratings", code, period)
    page = _to_fill(rating_frame(request.user, code, period))
    answer, status = saving.save_line(page, request.POST, request.user)
    return JsonResponse(answer, status=status)


@read_or_send
def paste(request, code, period):
    """A column from a spreadsheet: pasted, read row by row, confirmed."""
    page = _to_fill(rating_frame(request.user, code, period))
    context, done = pasting_page.paste(page, request.POST or _shown_only(carry.take(request)), request.user)
    if done:
        messages.success(request, done)
        return redirect("ratings", code, period)
    return render(request, "ratings/sheets/paste.html", context, status=400 if context["problems"] else 200)


def _shown_only(carried):
    """A form that came through the sign-in page is shown again; its writer confirms it once more."""
    return {} if carried is None else {name: carried[name] for name in carried if name != "xac_nhan"}


@read_or_send
def step(request, code, period):
    """One step of one sheet or of many; refused, the page it came from is shown again with what was typed."""
    here = rating_frame(request.user, code, period)
    if request.method != "POST":
        return redirect("ratings", code, period)
    try:
        taken = steps.take(here, request.POST)
    except Refused as refused:
        response = show(request, here, sent=request.POST, error=refused)
        response.status_code = 409 if isinstance(refused, Stale) else 400
        return response
    messages.success(request, taken.done)
    for sentence in taken.stayed:
        messages.warning(request, sentence)
    return redirect(reverse("ratings", args=[code, period], query=request.GET))
