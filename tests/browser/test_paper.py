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
        ("quantri", "/nguon-ket-nap/K/2018/?in=1", UPRIGHT),
        ("quantri", "/chi-tieu/K/2018/du-bao/", UPRIGHT),
        ("quantri", "/chi-tieu/K/2018/KN/", UPRIGHT),
        ("quantri", "/chi-tieu/K/2017/tung-noi/", UPRIGHT),
        ("quantri", "/cay-to-chuc/K/2018/", UPRIGHT),
        ("quantri", "/kiem-tra/K/2018/danh-sach/?in=1", UPRIGHT),
        ("quantri", "/xep-loai/K/2018/?in=1", UPRIGHT),
        ("bithu.DB03-01", "/xep-loai/DB03-01/2018/", UPRIGHT),
        ("danguy.DB01", "/xep-loai/DB01-01/2018/", UPRIGHT),
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


SIGNED = ".signatures p"


def test_a_draft_is_one_sheet_with_its_levels_ticked_its_cap_and_room_to_sign(visit):
    page = on_paper(visit("bithu.DB03-01", color_scheme="dark"), "/xep-loai/DB03-01/2018/")
    ticks = page.evaluate("""() => [...document.querySelectorAll(".rating .seg span")].map(
        one => getComputedStyle(one, "::before").content.slice(1, 2)
    )""")
    chosen = page.locator(".rating .seg input:checked").count()
    left_out = page.locator('.rating [name^="ly_do_"] option:checked:not([value=""], [value="0"])').count()
    assert chosen and left_out
    assert (ticks.count("☑"), set(ticks)) == (chosen + left_out, {"☐", "☑"})
    assert page.locator("#khong-che p").is_visible() and "xuất sắc" in page.locator("#tong-ket").inner_text()
    assert page.locator(SIGNED).all_inner_texts() == ["Người ghi", "T/M chi bộ\nBí thư"]
    assert page.evaluate("getComputedStyle(document.querySelector('.submit')).position") == "static"
    assert page.locator(".submit button:visible, .tools:visible, .rows details:visible").count() == 0
    assert sheets(page) == 1


def test_a_decided_sheet_is_signed_by_the_committee_too(visit):
    page = on_paper(visit("danguy.DB01", color_scheme="dark"), "/xep-loai/DB01-01/2018/")
    assert page.locator(SIGNED).all_inner_texts()[2:] == ["T/M Đảng ủy Sở Kế hoạch và Đầu tư"]
    assert page.locator("main form table td").first.is_visible()
    assert sheets(page) == 1


def test_what_is_folded_on_the_screen_is_printed_but_for_the_tree(visit):
    visitor = visit("quantri", color_scheme="dark")
    visitor.open("/kiem-tra/K/2018/")
    folded = visitor.page.locator("details.who-list:not([open]) li")
    assert folded.count() > 20
    shown = "lines => lines.filter(line => line.checkVisibility({contentVisibilityAuto: true})).length"
    assert folded.evaluate_all(shown) == 0
    page = on_paper(visitor, "/kiem-tra/K/2018/")
    assert folded.evaluate_all(shown) == folded.count()
    on_paper(visitor, "/cay-to-chuc/K/2018/")
    leaves = page.locator(".tree details details:not([open]) .leaf")
    assert leaves.count() > 100 and leaves.evaluate_all(shown) == 0
    assert "9 tổ chức trực thuộc" in page.locator(".tree details details summary").first.inner_text()
    assert sheets(page) == 2


def test_the_board_is_a_line_for_each_committee_also_for_who_reminds_them(visit):
    page = on_paper(visit("bantochuc", color_scheme="dark"), "/xep-loai/K/2018/?in=1")
    lines = page.locator(".roof-line:visible")
    assert lines.count() == page.locator(".roof").count() == 56
    assert sheets(page) <= 4
