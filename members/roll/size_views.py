from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ledger import clock
from ledger.web import carry

from .size_page import ApprovalPage


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request, code, rule):
    """The superior's written consent to an organization outside the usual size: its paper and its day."""
    posted = request.method == "POST"
    page = ApprovalPage(request.user, code, rule, carry.sent(request))
    if posted and page.write():
        messages.success(request, f"Đã ghi văn bản đồng ý cho {page.frame.place.name}.")
        return redirect("organization", code, clock.today().year)
    return render(request, "members/approval.html", page.context(), status=400 if posted else 200)
