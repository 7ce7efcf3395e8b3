"""The rating sheet in a real browser: keyboard alone, touch alone, without scripts; a column pasted; nothing cut.

Each test has a cell of its own in the open year 2018 of the demonstration, none of them begun.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.sheets import all_saved, rows, sheet, stored

pytestmark = pytest.mark.browser


def test_fifteen_members_with_the_keyboard_alone(visit, interpreter):
    visitor = visit("bithu.DB15-06")
    page, press = visitor.page, visitor.page.keyboard.press
    visitor.open(sheet("DB15-06"))
    assert rows(page).count() == 15
    expect(rows(page).first.locator(".seg input").first).to_be_focused()
    levels = ["1"] + ["2"] * 12 + ["3"] * 2
    for i, level in enumerate(levels):
        press(level)
        expect(rows(page).nth(i).locator("input:checked")).to_have_value(level)
        press("ArrowDown")
    all_saved(page)
    expect(page.locator("#tong-ket")).to_contain_text("15 đồng chí: 1 xuất sắc, 12 tốt, 2 hoàn thành")
    assert page.evaluate("document.activeElement.name") == "de_nghi"  # after the last member the cell itself
    press("ArrowDown")
    beyond = 1 + _tab_to(page, "nop")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi gửi")
    beyond += _tab_to(page, "submit")
    press("Enter")
    assert beyond + len(levels) + 2 <= 40  # the keys that are neither a level nor text
    expect(page.locator(".messages")).to_contain_text("Đã nộp phiếu.")
    found = stored(interpreter, "DB15-06")
    assert (found["state"], found["rated"], found["not_yet"]) == ("submitted", 15, 0)
    assert visitor.complaints == []


def _tab_to(page, value):
    """How many times Tab is pressed until the button with `value` has the focus."""
    for pressed in range(60):
        if page.evaluate("document.activeElement.value") == value:
            return pressed
        page.keyboard.press("Tab")
    raise AssertionError(value)


@pytest.mark.parametrize(("code", "login"), [("DB05-06", "bithu.DB05-06")])
def test_six_people_stand_above_the_bar(visit, code, login):
    visitor = visit(login, viewport={"width": 1366, "height": 768})
    page = visitor.page
    visitor.open(sheet(code))

    def above():
        bar = page.locator(".submit").bounding_box()["y"]
        boxes = [row.bounding_box() for row in rows(page).all()]
        return sum(box["y"] >= 0 and box["y"] + box["height"] <= bar for box in boxes)

    assert above() >= 6
    page.get_by_role("button", name="Đặt cho tất cả người còn lại").click()
    expect(page.locator(".messages")).to_contain_text("Đã đặt mức cho")
    assert above() >= 6
    assert visitor.complaints == []


def test_a_person_takes_little_room_on_a_phone(visit):
    visitor = visit("bithu.DB18-03", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    visitor.open(sheet("DB18-03"))
    plain = [row for row in rows(visitor.page).all() if not row.locator(".hint-row").count()]
    assert len(plain) > 3
    assert max(row.bounding_box()["height"] for row in plain) <= 100


def test_the_same_by_touch_on_a_small_screen(visit, interpreter):
    visitor = visit("bithu.DB16-05", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = visitor.page
    visitor.open(sheet("DB16-05"))
    assert rows(page).count() == 15
    for i in range(15):
        box = rows(page).nth(i).locator(".seg label").nth(1)
        assert box.bounding_box()["height"] >= 44
        box.tap()
    all_saved(page)
    assert visitor.overflow() <= 0
    page.get_by_role("button", name="Xem lại và nộp").tap()
    page.get_by_role("button", name=re.compile("^Nộp lên")).tap()
    expect(page.locator(".messages")).to_contain_text("Đã nộp phiếu.")
    assert stored(interpreter, "DB16-05")["state"] == "submitted"
    assert visitor.complaints == []


def test_the_same_without_javascript(visit, interpreter):
    visitor = visit("bithu.DB19-02", java_script_enabled=False)
    page = visitor.page
    visitor.open(sheet("DB19-02"))
    rows(page).nth(0).locator(".seg label").nth(2).click()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Đã lưu 1 dòng.")
    page.get_by_role("button", name="Đặt cho tất cả người còn lại").click()
    expect(page.locator(".messages")).to_contain_text("Đã đặt mức cho 13 đồng chí còn lại.")
    expect(page.locator(".messages")).to_contain_text("Còn 1 đồng chí mà hồ sơ ghi lý do không xếp loại")
    page.get_by_role("button", name="Xác nhận không xếp loại").click()
    rows(page).nth(1).locator(".seg label").nth(0).click()
    page.get_by_role("button", name="Xem lại và nộp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi gửi")
    expect(page.locator("#xem-lai h2").first).to_contain_text(
        "15 đồng chí: 1 xuất sắc, 12 tốt, 1 hoàn thành; 1 không thuộc diện"
    )
    page.get_by_role("button", name=re.compile("^Nộp lên")).click()
    expect(page.locator(".messages")).to_contain_text("Đã nộp phiếu.")
    assert stored(interpreter, "DB19-02")["state"] == "submitted"


def test_a_level_and_a_reason_let_each_other_go_and_undo_brings_back(visit):
    visitor = visit("bithu.DB25-01")
    page = visitor.page
    visitor.open(sheet("DB25-01"))
    row = rows(page).nth(0)
    row.locator(".seg label").nth(1).click()
    all_saved(page)
    row.locator("summary").click()
    row.get_by_label("Lý do không xếp loại").select_option(label="Vắng mặt, chưa kiểm điểm")
    expect(row.locator("input:checked")).to_have_count(0)
    all_saved(page)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".messages")).to_contain_text("Đã hoàn tác việc vừa làm.")
    expect(rows(page).nth(0).locator("input:checked")).to_have_value("2")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(rows(page).nth(0).locator("input:checked")).to_have_count(0)
    assert visitor.complaints == []


def test_the_last_place_and_the_written_reason(visit):
    """CB31: sixteen members, three places; the fourth asks why, and with a reason it is kept."""
    visitor = visit("bithu.CB31")
    page = visitor.page
    visitor.open(sheet("CB31"))
    expect(page.locator("#khong-che")).to_contain_text("Còn 3 suất")
    for i in range(3):
        rows(page).nth(i).locator(".seg label").nth(0).click()
    expect(page.locator("#khong-che")).to_contain_text("Còn 0 suất")
    row = rows(page).nth(3)
    row.locator(".seg label").nth(0).click()
    expect(row.locator(".st")).to_contain_text("Muốn giữ nguyên phải nêu lý do.")
    expect(row.locator("input:checked")).to_have_value("1")
    page.get_by_label("Lý do vượt số suất xuất sắc").fill("Dẫn đầu phong trào thi đua toàn tỉnh")
    page.keyboard.press("Tab")
    expect(page.locator("#khong-che")).to_contain_text("Vượt 1 suất")
    expect(page.locator("#khong-che")).to_contain_text("Dẫn đầu phong trào thi đua toàn tỉnh")


def test_a_pasted_column(visit):
    visitor = visit("bithu.CB16")
    page = visitor.page
    visitor.open(sheet("CB16"))
    names = rows(page).locator(".who-is b").all_inner_texts()
    page.locator(".tools summary", has_text="Việc khác").click()
    page.get_by_role("link", name="Dán từ bảng tính").click()
    column = [f"1\t{names[0]}\tHTXSNV", f"2\t{names[1].lower()}\tTốt", f"3\t{names[2]}\tgiỏi", "4\tNgười Không Có\tTốt"]
    page.get_by_label("Nội dung chép từ bảng tính").fill("\n".join(column))
    page.get_by_role("button", name="Đọc các dòng").click()
    table = page.locator("table")
    expect(table).to_contain_text("Không thấy mức xếp loại")
    expect(table).to_contain_text("Không có ai tên như vậy trong chi bộ.")
    page.get_by_role("button", name="Ghi các dòng đọc được").click()
    expect(page.locator(".messages")).to_contain_text("Đã ghi 2 dòng từ bảng tính.")
    expect(rows(page).nth(0).locator("input:checked")).to_have_value("1")
    expect(rows(page).nth(1).locator("input:checked")).to_have_value("2")
    assert visitor.complaints == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_axe_finds_nothing_and_nothing_is_cut(visit, width):
    visitor = visit("bithu.DB13-02", viewport={"width": width, "height": 900}, bypass_csp=True)
    for path in (sheet("DB13-02"), sheet("DB13-02") + "?xem-lai=1", sheet("DB13-02") + "dan/"):
        visitor.open(path)
        assert visitor.overflow() <= 0, path
        found = Axe().run(visitor.page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_large_type_cuts_nothing(visit):
    """Twice the size, as browsers enlarge: half the width is left."""
    visitor = visit("bithu.DB13-02", viewport={"width": 640, "height": 450}, device_scale_factor=2)
    visitor.open(sheet("DB13-02"))
    assert visitor.overflow() <= 0
    clipped = visitor.page.evaluate(
        "[...document.querySelectorAll('.seg span, .who-is b, .submit p')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert clipped == 0


def test_walking_through_the_reasons_chooses_nothing_before_enter(visit):
    visitor = visit("bithu.DB24-03")
    page, press = visitor.page, visitor.page.keyboard.press
    visitor.open(sheet("DB24-03"))
    row = rows(page).nth(3)
    row.locator(".seg label").nth(1).click()
    all_saved(page)
    press("0")
    press("ArrowDown")
    press("ArrowDown")
    expect(row.locator("input:checked")).to_have_value("2")
    press("Enter")
    expect(row.locator("input:checked")).to_have_count(0)
    all_saved(page)
