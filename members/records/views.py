"""Pages that write records: amend one, merge two, enter somebody new, act on those picked, keep ways of looking."""

from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send

from .page import RecordDesk


def _status(request):
    """A form that came back was refused."""
    return 400 if request.method == "POST" else 200


@read_or_send
def record(request, pk):
    """Amends one record."""
    desk = RecordDesk(request.user, pk, carry.sent(request))
    if request.method == "POST" and desk.save():
        messages.success(request, f"Đã sửa hồ sơ của đồng chí {desk.form.cleaned_data['ho_ten']}.")
        return redirect("member", pk)
    return answer(request, "members/records/record.html", desk.context())
