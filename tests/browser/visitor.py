"""The system's Chromium, and somebody who visits the site in it."""

import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from .server import PASSWORD

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@contextmanager
def open_chromium():
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise RuntimeError("no Chromium: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()


class Visitor:
    """One signed-in page that notes every complaint of the browser and every request that leaves the machine."""

    def __init__(self, chromium, address, user, **options):
        self.address, self.complaints = address, []
        self.context = chromium.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "locale": "vi-VN", "reduced_motion": "reduce", **options}
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("request", self._asked)
        if user:
            self.open("/dang-nhap/")
            self.page.fill("[name=username]", user)
            self.page.fill("[name=password]", PASSWORD)
            self.page.click("main button")
            self.page.wait_for_url(lambda url: "dang-nhap" not in url)

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"left the machine: {request.url}")

    def open(self, path):
        return self.page.goto(self.address + path, wait_until="load")

    def draw(self):
        """Brings each chart into view and waits until it is drawn; returns how many."""
        charts = self.page.locator("[data-chart]")
        for i in range(charts.count()):
            charts.nth(i).scroll_into_view_if_needed()
            self.page.wait_for_function("i => document.querySelectorAll('[data-chart]')[i].dataset.drawn", arg=i)
        return charts.count()

    def overflow(self):
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
