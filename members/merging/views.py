from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send

from .page import MergePage


@read_or_send
def merge(request, pk):
    """Merges a second record into this one, after a preview; parts again what was merged."""
    page = MergePage(request.user, pk, request.GET, carry.sent(request))
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        return redirect("member", pk)
    return answer(request, "members/merging/merge.html", page.context())
