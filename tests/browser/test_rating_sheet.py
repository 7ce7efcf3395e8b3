"""The rating sheet in a real browser: keyboard alone, touch alone, without scripts; the server gone, the session over.

Each test has a cell of its own in the open year 2018 of the demonstration, none of them begun.
"""

import json
import re
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .server import PASSWORD, ROOT

pytestmark = pytest.mark.browser


def sheet(code):
    return f"/xep-loai/{code}/2018/"


def stored(environment, code):
    """The row of `manage.py sheets` for the cell `code`: what is on the server, whatever the page says."""
    command = [sys.executable, "manage.py", "sheets", "--period", "2018", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return next(row for row in json.loads(done.stdout) if row["cell"] == code)


def end_sessions(environment, user):
    """The server forgets everyone's session, as when it has run out."""
    code = (
        "from django.contrib.sessions.models import Session; from ledger.models import User; "
        f"pk = str(User.objects.get(username={user!r}).pk); "
        "[s.delete() for s in Session.objects.all() if s.get_decoded().get('_auth_user_id') == pk]"
    )
    subprocess.run([sys.executable, "manage.py", "shell", "-c", code], cwd=ROOT, env=environment, check=True)


def rows(page):
    return page.locator("ul.rows > li[data-member]")


def all_saved(page):
    expect(page.locator("#da-luu")).to_have_text(re.compile("Mọi điều đã gõ đều đã lưu lúc"), timeout=20_000)


def test_fifteen_members_with_the_keyboard_alone(visit, demo_environment):
    visitor = visit("bithu.DB15-06")
    page, press = visitor.page, visitor.page.keyboard.press
    visitor.open(sheet("DB15-06"))
    assert rows(page).count() == 15
    for _ in range(80):
        press("Tab")
        if page.evaluate("document.activeElement.name || ''").startswith("muc_") and page.evaluate(
            "document.activeElement.closest('li') !== null"
        ):
            break
    levels = ["1"] + ["2"] * 12 + ["3"] * 2
    for i, level in enumerate(levels):
        press(level)
        expect(rows(page).nth(i).locator("input:checked")).to_have_value(level)
        press("ArrowDown")
    all_saved(page)
    expect(page.locator("#tong-ket")).to_contain_text("15 đồng chí: 1 xuất sắc, 12 tốt, 2 hoàn thành")
    assert page.evaluate("document.activeElement.value") == "nop"
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi gửi")
    for _ in range(60):
        press("Tab")
        if page.evaluate("document.activeElement.value") == "submit":
            break
    press("Enter")
    expect(page.locator(".messages")).to_contain_text("Đã nộp phiếu.")
    found = stored(demo_environment, "DB15-06")
    assert (found["state"], found["rated"], found["not_yet"]) == ("submitted", 15, 0)
    assert visitor.complaints == []


def test_the_same_by_touch_on_a_small_screen(visit, demo_environment):
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
    assert stored(demo_environment, "DB16-05")["state"] == "submitted"
    assert visitor.complaints == []


def test_the_same_without_javascript(visit, demo_environment):
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
    assert stored(demo_environment, "DB19-02")["state"] == "submitted"


def test_the_server_goes_and_comes_back(visit, own_server, demo_environment):
    visitor = visit("bithu.DB21-04", at=own_server.address)
    page = visitor.page
    visitor.open(sheet("DB21-04"))
    rows(page).nth(0).locator(".seg label").nth(1).click()
    all_saved(page)
    own_server.stop()
    for i in (1, 2, 3):
        rows(page).nth(i).locator(".seg label").nth(1).click()
    expect(page.locator("#ket-noi")).to_contain_text("Mất kết nối với máy chủ. 3 dòng chưa lưu")
    expect(rows(page).nth(2).locator(".st")).to_have_text("chưa lưu, đang giữ trên máy này")
    assert stored(demo_environment, "DB21-04")["rated"] == 1
    own_server.start()
    all_saved(page)
    expect(page.locator("#ket-noi")).to_be_hidden()
    assert stored(demo_environment, "DB21-04")["rated"] == 4


def test_the_page_is_closed_while_the_server_is_away(visit, own_server, demo_environment):
    visitor = visit("bithu.DB22-01", at=own_server.address)
    page = visitor.page
    visitor.open(sheet("DB22-01"))
    own_server.stop()
    rows(page).nth(0).locator(".seg label").nth(2).click()
    expect(page.locator("#ket-noi")).to_contain_text("Mất kết nối")
    page.goto("about:blank")
    own_server.start()
    visitor.open(sheet("DB22-01"))
    expect(rows(page).nth(0).locator("input:checked")).to_have_value("3")
    all_saved(page)
    assert stored(demo_environment, "DB22-01")["rated"] == 1


def test_the_database_goes_and_comes_back(visit, demo_environment):
    """The server answers that nothing was saved (khoi_ccq/errors.py: unavailable); the line waits and sends itself."""
    visitor = visit("bithu.DB20-03")
    page = visitor.page
    visitor.open(sheet("DB20-03"))
    away = {"status": 503, "content_type": "application/json", "body": json.dumps({"error": "…", "unsaved": True})}
    page.route("**/dong/", lambda route: route.fulfill(**away))
    rows(page).first.locator(".seg label").nth(1).click()
    expect(rows(page).first.locator(".st")).to_have_text("chưa lưu, đang giữ trên máy này")
    assert stored(demo_environment, "DB20-03")["rated"] == 0
    page.unroute("**/dong/")
    all_saved(page)
    assert stored(demo_environment, "DB20-03")["rated"] == 1


def test_the_session_ends_in_the_middle(visit, demo_environment):
    user = "bithu.DB23-04"
    visitor = visit(user)
    page = visitor.page
    visitor.open(sheet("DB23-04"))
    rows(page).nth(0).locator(".seg label").nth(1).click()
    all_saved(page)
    end_sessions(demo_environment, user)
    for i in (1, 2):
        rows(page).nth(i).locator(".seg label").nth(1).click()
    expect(page.locator("#ket-noi")).to_contain_text("Phiên làm việc đã hết. 2 dòng chưa lưu được giữ trên máy này")
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.fill("[name=username]", user)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page).to_have_url(re.compile("/xep-loai/DB23-04/2018/"))
    all_saved(page)
    assert stored(demo_environment, "DB23-04")["rated"] == 3


def test_the_session_ends_without_javascript(visit, demo_environment):
    user = "bithu.DB18-03"
    visitor = visit(user, java_script_enabled=False)
    page = visitor.page
    visitor.open(sheet("DB18-03"))
    for i, level in enumerate((0, 1, 2)):
        rows(page).nth(i).locator(".seg label").nth(level).click()
    rows(page).nth(1).locator("summary").click()
    rows(page).nth(1).get_by_label("Ghi chú").fill("Tiến bộ nhiều")
    end_sessions(demo_environment, user)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    expect(page.locator(".keeps")).to_contain_text("Những gì đồng chí vừa gõ vẫn được giữ")
    page.fill("[name=username]", user)
    page.fill("[name=password]", "sai-mat-khau")
    page.click("main button")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator(".messages")).to_contain_text("Những gì đồng chí đã gõ còn nguyên dưới đây")
    for i, level in enumerate(("1", "2", "3")):
        expect(rows(page).nth(i).locator("input:checked")).to_have_value(level)
    expect(rows(page).nth(1).get_by_label("Ghi chú")).to_have_value("Tiến bộ nhiều")
    assert stored(demo_environment, "DB18-03")["rated"] == 0
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Đã lưu 3 dòng.")
    assert stored(demo_environment, "DB18-03")["rated"] == 3


def test_nobody_else_is_given_the_form(visit, demo_environment):
    visitor = visit("bithu.DB18-01", java_script_enabled=False)
    page = visitor.page
    visitor.open(sheet("DB18-01"))
    rows(page).nth(0).locator(".seg label").nth(1).click()
    end_sessions(demo_environment, "bithu.DB18-01")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.fill("[name=username]", "danguy.DB18")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator(".messages")).to_contain_text("Nội dung gõ dở thuộc tài khoản khác")
    assert stored(demo_environment, "DB18-01")["rated"] == 0


def test_two_browsers_on_one_line(visit):
    first, second = visit("bithu.DB17-04"), visit("bithu.DB17-04")
    for visitor in (first, second):
        visitor.open(sheet("DB17-04"))
    rows(first.page).nth(0).locator(".seg label").nth(1).click()
    all_saved(first.page)
    row = rows(second.page).nth(0)
    row.locator(".seg label").nth(2).click()
    expect(row.locator(".st")).to_contain_text("vừa ghi “tốt”. Của đồng chí vẫn ở đây, chưa lưu.")
    expect(row.locator("input:checked")).to_have_value("3")
    row.get_by_role("button", name="Giữ của tôi").click()
    all_saved(second.page)
    first.page.reload()
    expect(rows(first.page).nth(0).locator("input:checked")).to_have_value("3")


def test_two_browsers_and_the_second_gives_way(visit):
    first, second = visit("bithu.DB17-04"), visit("bithu.DB17-04")
    for visitor in (first, second):
        visitor.open(sheet("DB17-04"))
    rows(first.page).nth(1).locator(".seg label").nth(1).click()
    all_saved(first.page)
    row = rows(second.page).nth(1)
    row.locator(".seg label").nth(2).click()
    row.get_by_role("button", name="Lấy của người kia").click()
    expect(row.locator("input:checked")).to_have_value("2")
    row.locator(".seg label").nth(3).click()
    all_saved(second.page)


def test_two_browsers_without_javascript(visit):
    first, second = (visit("bithu.DB24-03", java_script_enabled=False) for _ in range(2))
    for visitor in (first, second):
        visitor.open(sheet("DB24-03"))
    for visitor, level in ((first, 1), (second, 2)):
        rows(visitor.page).nth(0).locator(".seg label").nth(level).click()
        visitor.page.get_by_role("button", name="Lưu", exact=True).click()
    row = rows(second.page).nth(0)
    expect(row.locator(".st")).to_contain_text("vừa ghi “tốt”.")
    expect(row.locator("input:checked")).to_have_value("3")
    second.page.get_by_role("button", name="Lưu", exact=True).click()
    expect(second.page.locator(".messages")).to_contain_text("Đã lưu 1 dòng.")


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


def test_what_was_kept_here_does_not_write_over_what_another_wrote_meanwhile(visit, own_server):
    first = visit("bithu.DB13-02", at=own_server.address)
    first.open(sheet("DB13-02"))
    own_server.stop()
    rows(first.page).nth(0).locator(".seg label").nth(2).click()
    expect(first.page.locator("#ket-noi")).to_contain_text("Mất kết nối")
    first.page.goto("about:blank")
    own_server.start()
    second = visit("bithu.DB13-02")
    second.open(sheet("DB13-02"))
    rows(second.page).nth(0).locator(".seg label").nth(1).click()
    all_saved(second.page)
    first.open(sheet("DB13-02"))
    row = rows(first.page).nth(0)
    expect(row.locator(".st")).to_contain_text("vừa ghi “tốt”. Của đồng chí vẫn ở đây, chưa lưu.")
    expect(row.locator("input:checked")).to_have_value("3")
    second.page.reload()
    expect(rows(second.page).nth(0).locator("input:checked")).to_have_value("2")


def test_a_line_kept_for_somebody_who_left_does_not_hold_the_sheet(visit):
    visitor = visit("bithu.DB24-03")
    page = visitor.page
    visitor.open(sheet("DB24-03"))
    page.evaluate(
        """() => {
            const form = document.querySelector("form[data-sheet]");
            localStorage.setItem(`khoi.${form.dataset.user}.${form.dataset.sheet}`, '{"999999": {"muc_999999": "2"}}');
        }"""
    )
    page.reload()
    expect(page.locator("#ket-noi")).to_contain_text("1 dòng gõ lần trước thuộc người không còn trong danh sách")
    page.get_by_role("button", name="Xem lại và nộp").click()
    expect(page.locator("[role=alert]")).to_contain_text("chưa xếp loại")


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


def test_a_note_half_typed_when_the_page_is_left(visit):
    visitor = visit("bithu.DB24-03")
    page = visitor.page
    visitor.open(sheet("DB24-03"))
    row = rows(page).nth(4)
    row.locator(".seg label").nth(1).click()
    all_saved(page)
    row.locator("summary").click()
    row.get_by_label("Ghi chú").press_sequentially("Đi học xa")
    visitor.open("/viec-can-lam/")
    visitor.open(sheet("DB24-03"))
    expect(rows(page).nth(4).get_by_label("Ghi chú")).to_have_value("Đi học xa")
    all_saved(page)
    page.reload()
    expect(rows(page).nth(4).get_by_label("Ghi chú")).to_have_value("Đi học xa")


def test_places_taken_next_door_are_seen_without_touching_the_page(visit):
    """DB24-01 and DB24-03 share the places of DB24; whoever comes back to the window sees what is left."""
    one, other = visit("bithu.DB24-01"), visit("bithu.DB24-03")
    one.open(sheet("DB24-01"))
    before = one.page.locator("#khong-che b").first.inner_text()
    other.open(sheet("DB24-03"))
    rows(other.page).nth(6).locator(".seg label").nth(0).click()
    all_saved(other.page)
    now = other.page.locator("#khong-che b").first.inner_text()
    assert now != before
    one.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(one.page.locator("#khong-che b").first).to_have_text(now)
    assert one.complaints == []
