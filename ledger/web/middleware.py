from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, UnreadablePostError

from ledger import clock

from .sent import cleaned


class CleanAtTheDoor:
    """Query strings and forms are cleaned once, so that no page and no field can forget it (ledger/web/sent.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.GET:
            request.GET = cleaned(request.GET)
        if request.method == "POST":
            self._clean_form(request)
        return self.get_response(request)

    def _clean_form(self, request: HttpRequest) -> None:
        try:
            request.POST = cleaned(request.POST)
        except UnreadablePostError:
            return  # whoever sent it has gone; the page finds that out itself


class OneDayPerRequest:
    """Asks for the day once a request: a page that begins before midnight ends on the same day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/static/", "/healthz")):
            return self.get_response(request)
        with clock.fixed():
            return self.get_response(request)
