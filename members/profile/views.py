from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from members.merging.heirs import heir_of
from members.records import history as records_history
from members.visibility import sight

from . import page as profile
from .taking_back import TakingBack


@read_or_send
def take_back(request, pk, change):
    """What undoing an act would take back, what stands in the way, and why it shall be."""
    seen = sight(request.user, pk)
    page = TakingBack(request.user, seen, change, carry.sent(request))
    if request.method == "POST" and page.take():
        messages.success(request, f"Đã hủy việc “{page.change.words}”.")
        return redirect("member", pk)
    told = next(told for told in records_history.history_of(page.member) if told.change.pk == change)
    context = seen.context() | {"page": page, "member": page.member, "told": told, "form": page.form}
    return answer(request, "members/profile/take_back.html", context)


@require_safe
def member(request, pk):
    """A member's record, places and history; that of a merged record is the record it went into."""
    if heir := heir_of(pk):
        return redirect("member", sight(request.user, heir).member.pk)
    return render(request, "members/profile/member.html", profile.page_of(sight(request.user, pk)))
