from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from ledger.web.messages import leading_to

from .page import MemberActionPage


@read_or_send
def errand(request, pk, viec):
    """One act about a member: its form, and the verb when it is sent."""
    page = MemberActionPage(request.user, pk, viec, carry.sent(request))
    if request.method == "POST" and page.take():
        history = reverse("member", args=[pk]) + "#lich-su"
        messages.success(request, leading_to(history, page.done))
        if page.warning:
            messages.warning(request, page.warning)
        return redirect("member", pk)
    return answer(request, "members/actions/errand.html", page.context())
