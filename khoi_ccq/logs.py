"""One line an event: when, how grave, during which request. No names, no query strings, no rows of the database."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

operations = logging.getLogger("khoi_ccq.operations")
sign_in = logging.getLogger("khoi_ccq.sign_in")

_request = ContextVar("request_on_the_line", default="-")


class RequestOnTheLine:
    """Middleware: whatever is logged meanwhile names the request by a number of its own, its method and its path."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.on_the_line = f"{token_hex(4)} {request.method} {ascii(request.path)[1:-1]}"
        with during(request.on_the_line):
            return self.get_response(request)


@contextmanager
def during(words):
    token = _request.set(words)
    try:
        yield
    finally:
        _request.reset(token)


class NamesTheRequest(logging.Filter):
    def filter(self, record):
        # Django tells of an answer of 400 or more when all middleware is done, and names the request itself.
        record.during = getattr(getattr(record, "request", None), "on_the_line", _request.get())
        return True


class WithoutRows(logging.Formatter):
    """Leaves out of a traceback what PostgreSQL repeats of rows and statements, to the last of its lines."""

    KEPT_BACK = ("DETAIL:", "CONTEXT:", "HINT:", "QUERY:", "LINE ")
    GOES_ON = (
        "Traceback (most recent call last):",
        "During handling of the above exception, another exception occurred:",
        "The above exception was the direct cause of the following exception:",
    )

    def formatException(self, ei):
        told, kept_back = [], False
        for line in super().formatException(ei).splitlines():
            if line.startswith(self.KEPT_BACK) or line in self.GOES_ON:
                kept_back = line not in self.GOES_ON
            if not kept_back:
                told.append(line)
        return "\n".join(told)
