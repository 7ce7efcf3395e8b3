from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .entry_page import EntryPage


@read_or_send
def enter(request, code, year, errand):
    """Enters somebody new, or writes on the record of one who comes back."""
    page = frame(request.user, code, year)
    entry = EntryPage(request.user, page, errand, request.GET.get("ho_so", ""), carry.sent(request))
    if request.method == "POST" and (member := entry.take()):
        messages.success(request, f"Đã ghi đồng chí {member.full_name}.")
        return redirect("member", member.pk)
    return answer(request, "members/register/entry.html", entry.context(), fine=bool(entry.turns))
