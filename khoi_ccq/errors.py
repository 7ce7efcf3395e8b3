"""Pages for what went wrong: what it is, what to do."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from ledger.web import carry

from . import resend
from .database import trouble_of
from .views import sign_in_again, signed_out

TOO_LARGE = (
    "Biểu mẫu vừa gửi quá lớn nên chưa được ghi điều gì. Hãy quay lại trang trước, ghi làm nhiều lần, mỗi lần ít dòng hơn; "
    "nếu vẫn vậy, báo quản trị."
)


def forbidden(request, exception=None):
    if not request.accepts("text/html"):
        return JsonResponse({"error": str(exception or "Không được phép.")}, status=403)
    return render(request, "403.html", {"why": str(exception or "")}, status=403)


def not_found(request, exception=None):
    why = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    if not request.accepts("text/html"):
        return JsonResponse({"error": why or "Không tìm thấy."}, status=404)
    return render(request, "404.html", {"why": why, "way": getattr(exception, "way", None)}, status=404)


def bad_request(request, exception=None):
    why = TOO_LARGE if isinstance(exception, (TooManyFieldsSent, RequestDataTooBig)) else ""
    if not request.accepts("text/html"):
        return JsonResponse({"error": why or "Dữ liệu gửi lên không đọc được."}, status=400)
    return render(request, "400.html", {"why": why}, status=400)


def failure(request):
    """Asks nothing of the database: it may be what failed, and this answer has no other to fall back on.

    A form comes back to be sent again: of a page that is not to be kept a browser keeps nothing that was typed either.
    """
    if trouble := trouble_of(sys.exception()):
        return unavailable(request, trouble)
    if form := resend.again(request):
        context = {"title": "Có lỗi ở máy chủ", "sentence": "", "advice": _advice(), "form": form}
        return HttpResponse(render_to_string("503.html", context), status=500)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request, trouble):
    """503: nothing was written; a form comes back to be sent again, a script is told to keep what it has."""
    advice, headers = _advice(), {"Retry-After": "10"}
    if not request.accepts("text/html"):
        words = f"{trouble.sentence} Việc vừa gửi chưa được ghi. {advice}"
        return JsonResponse({"error": words, "unsaved": True}, status=503, headers=headers)
    context = {"title": trouble.title, "sentence": trouble.sentence, "advice": advice, "form": resend.again(request)}
    unsent = request.method not in ("GET", "HEAD")
    context |= {"unsent": unsent, "onward": request.path if unsent else request.get_full_path()}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


def _advice():
    return f"Hãy thử lại sau ít phút; nếu vẫn vậy, báo quản trị kèm giờ xảy ra ({localtime():%H:%M})."


def csrf_failure(request, reason=""):
    """Nothing was written: the form comes back filled, by way of signing in where that is over; a script is told so."""
    why = "Trang đã mở quá lâu hoặc trình duyệt chặn cookie, nên việc vừa gửi chưa được ghi. Hãy tải lại trang rồi gửi lại."
    if not request.accepts("text/html"):
        signed_in = request.user.is_authenticated
        return JsonResponse({"error": why, "unsaved": True}, status=403) if signed_in else signed_out()
    packed = carry.parcel(request) or carry.pack(request)
    if packed and not request.user.is_authenticated:
        return sign_in_again(request, packed)
    carried = carry.unpack(packed)
    if carry.keep(request, carried):
        return redirect(carried["path"])
    return render(request, "403.html", {"why": why}, status=403)
