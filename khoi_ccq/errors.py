"""Pages for what went wrong: what it is, what to do."""

from django.shortcuts import render


def forbidden(request, exception=None):
    return render(request, "403.html", {"why": str(exception or "")}, status=403)


def not_found(request, exception=None):
    why = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"why": why}, status=404)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def failure(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    why = "Trang đã mở quá lâu hoặc trình duyệt chặn cookie. Hãy tải lại trang rồi gửi lại."
    return render(request, "403.html", {"why": why}, status=403)
