"""The dashboard on paper and on a phone: few sheets, nothing beyond its panel."""

import re

import pytest

pytestmark = pytest.mark.browser

MARGIN = "10mm"  # what a browser leaves by itself
ROOM = {"top": MARGIN, "right": MARGIN, "bottom": MARGIN, "left": MARGIN}
# [words] of each table of results, bars or small lines that stands out of the room its panel gives.
BEYOND = """() => [...document.querySelectorAll(".panel .bars, .panel .results")].filter(table => {
    const panel = table.closest(".panel"), edge = parseFloat(getComputedStyle(panel).paddingRight);
    return table.getBoundingClientRect().right > panel.getBoundingClientRect().right - edge + 1;
}).map(table => table.textContent.trim().slice(0, 30))"""


@pytest.mark.parametrize(
    ("login", "path", "most"),
    [
        ("lanhdao", "/chi-tieu/K/2017/", 2),
        ("lanhdao", "/chi-tieu/K/2018/", 2),
        ("danguy.DB01", "/chi-tieu/DB01/2017/", 2),
        ("bithu.DB01-01", "/chi-tieu/DB01-01/2017/", 1),
    ],
)
def test_it_is_printed_on_few_sheets(visit, login, path, most):
    visitor = visit(login, color_scheme="dark")
    visitor.open(path)
    printed = visitor.page.pdf(format="A4", margin=ROOM)
    assert len(re.findall(rb"/Type /Page\b", printed)) <= most
    visitor.page.emulate_media(media="print")
    visitor.page.set_viewport_size({"width": 718, "height": 1047})  # what the margins leave of a sheet
    assert visitor.page.evaluate(BEYOND) == []


@pytest.mark.parametrize(("login", "path"), [("lanhdao", "/chi-tieu/K/2017/"), ("danguy.DB01", "/chi-tieu/DB01/2018/")])
def test_no_bar_leaves_its_panel_on_a_phone(visit, login, path):
    visitor = visit(login, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    visitor.open(path)
    assert visitor.page.locator(".panel .bars").count() > 5
    assert visitor.page.evaluate(BEYOND) == []
