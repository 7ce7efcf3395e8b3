"""Pages that write records: amend one, merge two, enter somebody new, act on those picked, keep ways of looking."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ledger.web import carry
from ledger.web.paging import paged
from members.merging.page import MergeDesk
from members.people.saved_views_page import ViewsDesk
from members.people.selection import Selection
from members.register.entry_page import EntryDesk
from organizations.frame import frame

from .page import RecordDesk

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _status(request):
    """A form that came back was refused."""
    return 400 if request.method == "POST" else 200


@FORM
def record(request, pk):
    """Amends one record."""
    desk = RecordDesk(request.user, pk, carry.sent(request))
    if request.method == "POST" and desk.save():
        messages.success(request, f"Đã sửa hồ sơ của đồng chí {desk.form.cleaned_data['ho_ten']}.")
        return redirect("member", pk)
    return render(request, "members/record.html", desk.context(), status=_status(request))


@FORM
def merge(request, pk):
    """Merges a second record into this one, after a preview; parts again what was merged."""
    desk = MergeDesk(request.user, pk, request.GET, carry.sent(request))
    if request.method == "POST" and (done := desk.save()):
        messages.success(request, done)
        return redirect("member", pk)
    return render(request, "members/merge.html", desk.context(), status=_status(request))


@FORM
def enter(request, code, year, errand):
    """Enters somebody new, or writes on the record of one who comes back."""
    page = frame(request.user, code, year)
    desk = EntryDesk(request.user, page, errand, request.GET.get("ho_so", ""), carry.sent(request))
    if request.method == "POST" and (member := desk.save()):
        messages.success(request, f"Đã ghi đồng chí {member.full_name}.")
        return redirect("member", member.pk)
    status = 200 if desk.turns else _status(request)
    return render(request, "members/entry.html", desk.context(), status=status)


@FORM
def selected(request, code, year):
    """Those picked from the list: counts, and the acts that take many."""
    desk = Selection(request.user, code, year, request.GET, carry.sent(request))
    if request.method == "POST" and (done := desk.save()):
        messages.success(request, done)
        return redirect(reverse("people", args=[code, year]) + desk.on_day)
    context = desk.context() | {"table": paged(request, desk.list.table(desk.rows, pick=False))}
    return render(request, "members/selected.html", context, status=_status(request))


@FORM
def saved_views(request, code, year):
    """Keeps, renames, shares and removes one's ways of looking at the list."""
    desk = ViewsDesk(request.user, code, year, request.GET.urlencode(), carry.sent(request))
    if request.method == "POST" and (done := desk.save()):
        messages.success(request, done)
        return redirect("saved_views", code, year)
    return render(request, "members/saved.html", desk.context(), status=_status(request))
