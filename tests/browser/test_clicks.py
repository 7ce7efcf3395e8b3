"""How many clicks a task takes from the page after sign-in; a key pressed to type or to choose a suggestion is none."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.sheets import all_saved, rows

pytestmark = pytest.mark.browser


class Clicks:
    """Clicks on what a Visitor sees, and counts them."""

    def __init__(self, visitor):
        self.page, self.n = visitor.page, 0

    def on(self, locator):
        self.n += 1
        locator.click()


def test_which_group_is_missed_and_who_causes_it(visit):
    visitor = visit("bantochuc")
    clicks, page = Clicks(visitor), visitor.page
    clicks.on(page.get_by_role("link", name="Kết quả", exact=True).first)
    expect(page.locator(".results tbody tr")).to_have_count(8)
    expect(page.locator("#noi-can-de-y tbody th").first).to_be_visible()
    assert clicks.n <= 1


@pytest.mark.parametrize("words", ["bui an", "an bui"])
def test_somebody_is_found_and_their_ratings_read(visit, words):
    visitor = visit("bantochuc")
    clicks, page = Clicks(visitor), visitor.page
    page.keyboard.press("/")
    page.keyboard.type(words)
    clicks.on(page.get_by_role("option", name=re.compile("Bùi Công An")))
    expect(page).to_have_url(re.compile("/dang-vien/ho-so/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("^Bùi Công An$"))
    clicks.on(page.get_by_role("link", name=re.compile("^Xếp loại")).last)
    expect(page).to_have_url(re.compile(r"/dang-vien/\d+/xep-loai/"))
    assert clicks.n <= 2


def test_every_decided_sheet_is_accepted(visit):
    visitor = visit("bantochuc")
    clicks, page = Clicks(visitor), visitor.page
    clicks.on(page.get_by_role("link", name="Làm việc này"))
    clicks.on(page.get_by_role("button", name=re.compile("^Tiếp nhận (tất )?cả")))
    expect(page.locator(".messages")).to_contain_text("60 phiếu")
    assert clicks.n <= 2


def test_the_next_year_is_opened(visit):
    visitor = visit("bantochuc")
    clicks, page = Clicks(visitor), visitor.page
    clicks.on(page.get_by_role("link", name=re.compile("^Mở năm 2019")))
    clicks.on(page.get_by_role("button", name="Mở năm"))
    expect(page.locator(".messages")).to_contain_text(re.compile("Đã mở năm 2019.*8 nhóm chỉ tiêu.*kỳ xếp loại"))
    assert clicks.n <= 3


def test_a_sheet_is_filled_and_handed_in(visit):
    """Everyone good, two but excellent, the cell itself: as many clicks for any number of people."""
    visitor = visit("bithu.DB16-01")
    clicks, page = Clicks(visitor), visitor.page
    clicks.on(page.get_by_role("link", name="Làm việc này"))
    clicks.on(page.get_by_role("button", name="Đặt cho tất cả người còn lại"))
    expect(page.locator(".messages")).to_contain_text("Đã đặt mức cho")
    for i in (2, 3):
        clicks.on(rows(page).nth(i).locator(".seg label").first)
    clicks.on(page.locator("[data-own] .seg label").nth(1))
    all_saved(page)
    clicks.on(page.get_by_role("button", name="Xem lại và nộp"))
    clicks.on(page.get_by_role("button", name=re.compile("^Nộp lên")))
    expect(page.locator(".messages")).to_contain_text("Đã nộp phiếu.")
    assert clicks.n <= 7
    assert visitor.complaints == []
