from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .entry_page import EntryDesk


@read_or_send
def enter(request, code, year, errand):
    """Enters somebody new, or writes on the record of one who comes back."""
    page = frame(request.user, code, year)
    desk = EntryDesk(request.user, page, errand, request.GET.get("ho_so", ""), carry.sent(request))
    if request.method == "POST" and (member := desk.save()):
        messages.success(request, f"Đã ghi đồng chí {member.full_name}.")
        return redirect("member", member.pk)
    return answer(request, "members/register/entry.html", desk.context(), fine=bool(desk.turns))
