"""What is printed, from a machine set to dark: nothing cut at the edge of the sheet, all rows of a list, heads repeated."""

import re

import pytest

pytestmark = pytest.mark.browser

NOT_NOW = "window.print = () => {}"  # a test asks for the sheets itself
UPRIGHT, FLAT = 710, 1039  # what the margins leave of the width of A4, in CSS pixels
# [words] of what stands out of the sheet.
CUT = """width => [...document.querySelectorAll("main *, .of-paper")].filter(
    one => one.checkVisibility() && one.getBoundingClientRect().right > width + 1 && !one.closest("svg, .hush, .said")
).map(one => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`)"""


def sheets(page):
    """The number of sheets the page is printed on."""
    return len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))


def on_paper(visitor, path, width=UPRIGHT):
    visitor.context.add_init_script(NOT_NOW)
    visitor.open(path)
    visitor.page.emulate_media(media="print")
    visitor.page.set_viewport_size({"width": width, "height": 1000})
    return visitor.page


@pytest.mark.parametrize(
    ("login", "path", "width"),
    [
        ("quantri", "/dang-vien/DB01/2018/?in=1", UPRIGHT),
        (
            "quantri",
            "/dang-vien/DB01/2018/?in=1&cot="
            + "&cot=".join("born sex ethnic cell admitted decided official standing post card".split()),
            FLAT,
        ),
        ("quantri", "/bien-dong/K/2018/", FLAT),
    ],
)
def test_nothing_is_cut_at_the_edge(visit, login, path, width):
    page = on_paper(visit(login, color_scheme="dark"), path, width)
    assert page.evaluate(CUT, width) == []


def test_a_whole_list_has_all_rows_on_numbered_sheets_with_its_head(visit):
    page = on_paper(visit("quantri", color_scheme="dark"), "/dang-vien/DB01/2018/?in=1&dien=chinh-thuc")
    rows = page.locator(".people tbody tr").count()
    assert rows > 100
    assert page.locator(".of-paper").is_visible() and page.get_by_text("Lọc theo: Diện: Chính thức.").is_visible()
    assert not page.locator(".whole-list").is_visible() and not page.locator(".filter-bar").is_visible()
    head = page.locator(".people thead")
    assert head.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    assert page.locator(".people tbody tr").first.evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    assert rows / 40 < sheets(page) < rows / 20
