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


def test_who_has_not_handed_in(visit):
    """Each organization whose cells have not, with their names, what is done of it and until when."""
    visitor = visit("bantochuc")
    clicks, page = Clicks(visitor), visitor.page
    clicks.on(page.get_by_role("link", name="Bảng tiến độ"))
    line = page.locator(".roof-line", has_text="Đảng bộ Sở Xây dựng")
    expect(line).to_contain_text("3/6")
    expect(line).to_contain_text("Chờ 3 chi bộ nộp")
    expect(line).to_contain_text("Văn phòng, Thanh tra, Phòng Nghiệp vụ 2")
    expect(line).to_contain_text("20/12/2018")
    assert clicks.n <= 1
    line.click()
    expect(page.get_by_role("link", name="Chi bộ Thanh tra").first).to_be_visible()
    assert visitor.complaints == []


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
    year = page.get_by_role("link", name=re.compile("^Mở năm 2019"))
    if not year.count():  # who owes no ratings begins at the figures
        clicks.on(page.get_by_role("link", name=re.compile("^Việc cần làm")))
    clicks.on(year)
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


def test_four_sheets_are_endorsed_and_decided_by_one_document(visit):
    visitor = visit("danguy.DB02")
    clicks, page = Clicks(visitor), visitor.page
    expect(page.get_by_role("heading", name="4 phiếu chờ duyệt")).to_be_visible()
    clicks.on(page.get_by_role("link", name="Làm việc này"))
    clicks.on(page.get_by_text("Chọn cả 4 phiếu"))
    expect(page.locator("[name=phieu]:checked")).to_have_count(4)
    page.get_by_label("Số, ký hiệu quyết định").fill("15-QĐ/ĐU")
    page.get_by_label("Ngày ban hành").fill("14/12/2018")
    clicks.on(page.get_by_role("button", name="Thẩm định và quyết định các phiếu đã chọn"))
    expect(page.locator(".messages")).to_contain_text("Đã thẩm định và quyết định 4 phiếu theo số 15-QĐ/ĐU")
    expect(page.get_by_text("phiếu chờ duyệt")).to_have_count(0)
    assert clicks.n <= 5
    assert visitor.complaints == []
