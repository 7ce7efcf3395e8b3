"""What was typed is not lost when a session ends: the sign-in page carries the form and it opens again, filled.

A form that wants this has the hidden field `nguoi` ({% typed_by %}): who it was drawn for, signed. Nobody else's form
is ever opened again, and what comes back is only shown, with a word that nothing was written; its writer sends it once
more.
"""

from typing import TypedDict

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, QueryDict

from ledger.models import User

FIELD = "nguoi"
CARRIED = "mang_theo"
SALT = "ledger.carry.writer"
PARCEL = "ledger.carry.parcel"
KEPT = "carried"
OMITTED = {"csrfmiddlewaretoken"}
NOT_SENT = (
    "Việc vừa gửi chưa được ghi, vì trang đã mở quá lâu hoặc phiên làm việc đã hết. Những gì đồng chí đã gõ còn nguyên "
    "dưới đây; hãy xem lại rồi bấm nút để gửi lại."
)


class Parcel(TypedDict):
    """A form on its way: where it was sent, {field: values}, the id of who typed it."""

    path: str
    fields: dict[str, list[str]]
    user: int


def token(user: User) -> str:
    return signing.dumps(user.pk, salt=SALT)


def writer(data: QueryDict) -> int | None:
    """Id of the user a form was drawn for, or None."""
    try:
        return signing.loads(data.get(FIELD, ""), salt=SALT)
    except signing.BadSignature:
        return None


def pack(request: HttpRequest) -> str:
    """The form that `request` sent, signed, for a hidden field; "" when it is not one that is carried."""
    if request.method != "POST" or writer(request.POST) is None:
        return ""
    fields = {name: values for name, values in request.POST.lists() if name not in OMITTED}
    return signing.dumps(
        {"path": request.path, "fields": fields, "user": writer(request.POST)}, salt=PARCEL, compress=True
    )


def parcel(request: HttpRequest) -> str:
    """The packed form that the sign-in page of `request` carries; "" where it carries none."""
    text = request.POST.get(CARRIED, "")
    return text if unpack(text) else ""


def unpack(text: str | None) -> Parcel | None:
    """{"path", "fields", "user"} or None."""
    try:
        return signing.loads(text or "", salt=PARCEL, max_age=7 * 24 * 3600)
    except signing.BadSignature:
        return None


def keep(request: HttpRequest, carried: Parcel | None) -> bool:
    """Puts a carried form into the session of the user who typed it; whether it was theirs."""
    if carried is None or carried["user"] != request.user.pk:
        return False
    request.session[KEPT] = carried
    return True


def sent(request: HttpRequest) -> QueryDict | None:
    """The form that `request` sends, or the one carried to its page; None when there is neither."""
    return request.POST if request.method == "POST" else take(request)


def take(request: HttpRequest) -> QueryDict | None:
    """The QueryDict carried to this page or to one below it, once, and says on it that it was not sent; None without."""
    carried = request.session.get(KEPT)
    if not carried or request.method not in ("GET", "HEAD") or not carried["path"].startswith(request.path):
        return None
    del request.session[KEPT]
    messages.warning(request, NOT_SENT)
    fields = QueryDict(mutable=True)
    for name, values in carried["fields"].items():
        fields.setlist(name, values)
    return fields
