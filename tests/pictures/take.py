"""Takes what a set holds: of each screen its text (NAME.txt) and, in a browser, its pictures (NAME.WIDTH-THEME.png)."""

import re
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.browser.server import Server
from tests.browser.visitor import Visitor, open_chromium

from . import demonstration
from .pages import normal_form
from .screens import every

WIDTHS = (360, 768, 1440)
PAPER = 718  # pixels between the margins of A4 upright
AS_SHOWN = {f"{width}-{theme}": (width, theme) for theme in ("light", "dark") for width in WIDTHS}
VIEWS = [*AS_SHOWN, "print"]
# Of plotly: a figure is drawn again a tenth of a second after its window has changed.
SETTLED = """() => document.fonts.status === "loaded" && (matchMedia("print").matches || [...document.querySelectorAll("[data-drawn] .main-svg")].every(
    svg => Math.abs(svg.getBoundingClientRect().width - svg.closest("[data-chart]").clientWidth) <= 1))"""


def take(target, *, only="", views=VIEWS, jobs=2):
    """Fills the directory `target`. `only`: a pattern that the names of the screens must match. Returns how many."""
    wanted = [screen for screen in every() if re.search(only, screen.name)]
    with tempfile.TemporaryDirectory(prefix="khoi_ccq_pictures.") as directory:
        environment = demonstration.load(directory)
        cookies = demonstration.sign_in({screen.user for screen in wanted})
        places = demonstration.places()
        shut = [told for screen in wanted if (told := write_text(screen, screen.path.format(**places), target))]
        if shut:
            raise SystemExit("\n".join(shut))
        if views:
            server = Server(environment)
            try:
                share = [(server.address, cookies, places, wanted[job::jobs], views, target) for job in range(jobs)]
                with ProcessPoolExecutor(jobs, get_context("spawn")) as workers:
                    list(workers.map(photograph, *zip(*share, strict=True)))
            finally:
                server.stop()
    return len(wanted)


def write_text(screen, path, target):
    """A sentence if the page does not answer as it should."""
    answer = demonstration.client(screen.user).get(path)
    if answer.status_code != screen.status:
        return f"{screen.name}: {path} trả lời {answer.status_code}"
    _place(screen, target, "txt").write_text("\n".join(normal_form(answer.content.decode())) + "\n")
    return ""


def _place(screen, target, ending):
    path = Path(target) / f"{screen.name}.{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def photograph(address, cookies, places, screens, views, target):
    """Pictures of `screens`, each as wide as a telephone, a tablet and a desk, by day, by night, and on paper."""
    with open_chromium() as chromium:
        visitors = {}
        for screen in screens:
            if screen.user not in visitors:
                visitors[screen.user] = _visitor(chromium, address, cookies[screen.user])
            _photograph(visitors[screen.user], screen, screen.path.format(**places), views, target)


def _visitor(chromium, address, cookies):
    visitor = Visitor(chromium, address, None)
    visitor.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return visitor


def _photograph(visitor, screen, address, views, target):
    page = visitor.page
    has_charts = True
    for view in views:
        width, theme = AS_SHOWN.get(view, (PAPER, "light"))
        page.emulate_media(media="screen", color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        if has_charts:  # a chart is drawn for the width and the colours that it meets; the rest follows by itself
            visitor.open(address)
            has_charts = visitor.draw() > 0
        if view == "print":
            page.emulate_media(media="print")
        _shoot(page, _place(screen, target, f"{view}.png"))


def _shoot(page, path):
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(SETTLED)
    page.screenshot(path=path, full_page=True, animations="disabled")
