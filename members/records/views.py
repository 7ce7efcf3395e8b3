"""Pages that write records: amend one, merge two, enter somebody new, act on those picked, keep ways of looking."""

from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send

from .page import RecordPage


def _status(request):
    """A form that came back was refused."""
    return 400 if request.method == "POST" else 200


@read_or_send
def record(request, pk):
    """Amends one record."""
    page = RecordPage(request.user, pk, carry.sent(request))
    if request.method == "POST" and page.take():
        messages.success(request, f"Đã sửa hồ sơ của đồng chí {page.form.cleaned_data['ho_ten']}.")
        return redirect("member", pk)
    return answer(request, "members/records/record.html", page.context())
