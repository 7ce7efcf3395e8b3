"""A form whose writing failed for a reason that passes comes back in the page that says so, ready to be sent again.

Nothing of it is stored and nothing is asked of the database. Only a form of this site comes back: else the button
would send what a stranger wrote.
"""

from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware, get_token

from ledger.web.sent import is_secret

OMITTED = ("csrfmiddlewaretoken",)


class _Check(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return reason


def again(request):
    """{"action", "fields": [(name, value)]} of the form that `request` sent; None when there is none to send again."""
    if request.method != "POST" or not _is_ours(request):
        return None
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in OMITTED]
    except (SuspiciousOperation, UnreadablePostError):
        return None
    if request.FILES or any(is_secret(name) for name, _ in sent):
        return None
    return {"action": request.get_full_path(), "fields": [("csrfmiddlewaretoken", get_token(request)), *sent]}


def _is_ours(request):
    check = _Check(lambda request: None)
    check.process_request(request)
    return check.process_view(request, again, (), {}) is None
