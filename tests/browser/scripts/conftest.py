"""Modules of static/js on a page with nothing else: no server, no database; what they ask for is answered here."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.conftest import ROOT

SITE = "http://khoi.test"


class Blank:
    """One page at khoi.test. `sent`: what was posted, as lists of pairs; each takes the next of `answers`."""

    def __init__(self, context):
        self.sent, self.answers, self.faults = [], [], []
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.route(f"{SITE}/**", self._answer)
        self.html = ""

    def open(self, html="", path="/"):
        self.html = html
        self.page.goto(SITE + path, wait_until="load")
        return self.page

    def run(self, module, body, arg=None):
        """What `body` returns, a script that knows the exports of static/js/`module` as `it` and `arg`."""
        script = f"async arg => {{ const it = await import('/static/js/{module}'); {body} }}"
        return self.page.evaluate(script, arg)

    def answer(self, status=200, **words):
        """The next thing posted is answered with `words`; status 0: not at all."""
        self.answers.append((status, words))

    def _answer(self, route, request):
        path = urlsplit(request.url).path
        if request.method == "POST":
            self.sent.append(parse_qsl(request.post_data, keep_blank_values=True))
            if request.is_navigation_request():
                route.fulfill(content_type="text/html", body="<p>Đã gửi</p>")
                return
            status, words = self.answers.pop(0) if self.answers else (0, {})
            if status:
                route.fulfill(status=status, content_type="application/json", body=json.dumps(words))
            else:
                route.abort("connectionrefused")
        elif path.startswith("/static/"):
            route.fulfill(path=ROOT / path[1:], content_type="text/javascript")
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=self.html)


@pytest.fixture
def blank(chromium):
    context = chromium.new_context(locale="vi-VN")
    context.set_default_timeout(30_000)
    page = Blank(context)
    yield page
    context.close()
    assert page.faults == []
