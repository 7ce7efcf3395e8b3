"""Pages for what went wrong: what it is, what to do."""

from django.http import JsonResponse
from django.shortcuts import redirect, render

from ledger import carry

from .views import sign_in_again


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
    return render(request, "400.html", status=400)


def failure(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    packed = carry.pack(request)
    if packed and not request.user.is_authenticated:
        return sign_in_again(request, packed)
    if packed and carry.keep(request, carry.unpack(packed)):
        return redirect(request.path)
    why = "Trang đã mở quá lâu hoặc trình duyệt chặn cookie. Hãy tải lại trang rồi gửi lại."
    return render(request, "403.html", {"why": why}, status=403)
