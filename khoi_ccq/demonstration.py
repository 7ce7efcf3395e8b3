"""A database that holds the demonstration has 221 accounts of one known password: it is never served for real."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from ledger.clock import holds_demonstration

from . import logs

SENTENCE = (
    "Cơ sở dữ liệu này chứa bản trình diễn, có các tài khoản mà ai cũng biết mật khẩu, nên không dùng khi chạy thật. "
    "Hãy đặt DATABASE_URL sang một cơ sở dữ liệu khác."
)


class RefusesDemonstration:
    """Asks once a process: a database in use cannot become one (load_demo fills an empty one alone)."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.is_clean = False

    def __call__(self, request):
        if not settings.PRODUCTION or self.is_clean:
            return self.get_response(request)
        if holds_demonstration():
            logs.operations.error(SENTENCE)
            return refusal(request)
        self.is_clean = True
        return self.get_response(request)


def refusal(request):
    if not request.accepts("text/html"):
        return JsonResponse({"error": SENTENCE}, status=503)
    context = {"title": "Không phục vụ bản trình diễn", "sentence": SENTENCE, "permanent": True}
    return HttpResponse(render_to_string("503.html", context), status=503)
