"""static/js/sheet/saving.js: rows sent one after the other; what comes of refusals, clashes and a server that is away."""

import json

import pytest
from playwright.sync_api import expect

from .sheets import KEY, choose, kept, member, points, row, saved, says, seg, sheet

pytestmark = pytest.mark.browser

ALL_SAVED = "Mọi điều đã gõ đều đã lưu lúc 8:05."


def tally(page):
    return page.locator("#da-luu")


def bar(page):
    return page.locator("#ket-noi")


def pass_time(page, milliseconds):
    page.clock.run_for(milliseconds)


@pytest.fixture
def timed(blank):
    """Time stands still until the test passes it."""
    blank.page.clock.install(time=0)
    blank.page.clock.pause_at(1000)
    return blank


def test_a_level_is_saved_as_it_is_chosen(blank):
    page = blank.open(sheet())
    blank.answer(**saved(version=4))
    choose(page, 1, 2)
    expect(says(page, 1)).to_have_text("✓ đã lưu 8:05")
    expect(tally(page)).to_have_text(ALL_SAVED)
    sent = [("muc_1", "2"), ("giai_trinh_1", ""), ("ly_do_1", ""), ("ghi_chu_1", ""), ("v_1", "3")]
    assert blank.sent == [[*sent, ("nguoi", "7"), ("dang_vien", "1")]]
    expect(page.locator("[name=v_1]")).to_have_value("4")
    expect(page.locator("#tong-ket b")).to_have_text("1")
    expect(page.locator("#khong-che p")).to_have_text("Còn 1 suất")
    assert kept(page) is None


def test_rows_go_one_after_the_other_and_the_cell_itself_too(blank):
    page = blank.open(sheet())
    for version in (4, 5, 10):
        blank.answer(**saved(version=version))
    page.evaluate(
        "for (const name of ['muc_1', 'muc_2', 'de_nghi']) document.querySelector(`[name=${name}][value='1']`).click()"
    )
    expect(tally(page)).to_have_text(ALL_SAVED)
    assert [dict(one).get("dang_vien") or dict(one)["to_chuc"] for one in blank.sent] == ["1", "2", "own"]
    expect(page.locator("[name=v_2]")).to_have_value("5")
    expect(page.locator("[name=v_to_chuc]")).to_have_value("10")


def test_what_changes_while_it_is_sent_is_sent_again_with_the_new_version(blank):
    page = blank.open(sheet())
    for version in (4, 5):
        blank.answer(**saved(version=version))
    page.evaluate("for (const rank of [1, 3]) document.querySelector(`[name=muc_1][value='${rank}']`).click()")
    expect(page.locator("[name=v_1]")).to_have_value("5")
    assert [(dict(one)["muc_1"], dict(one)["v_1"]) for one in blank.sent] == [("1", "3"), ("3", "4")]
    expect(says(page, 1)).to_have_text("✓ đã lưu 8:05")


def test_a_row_that_still_lacks_its_level_says_so(blank):
    page = blank.open(sheet())
    blank.answer(**saved(missing=[2]))
    row(page, 2).locator("summary").click()
    row(page, 2).locator("[name=ghi_chu_2]").fill("đi học")
    row(page, 2).locator("[name=ghi_chu_2]").blur()
    expect(says(page, 2)).to_have_text("chưa xếp loại")
    expect(row(page, 2)).to_have_class("open")
    expect(row(page, 1)).not_to_have_class("open")


def test_points_tell_their_level_and_rules_their_remarks(blank):
    page = blank.open(sheet(member(1, points("diem_1"))))
    blank.answer(**saved(points_level="tốt", findings=["Thứ nhất.", "Thứ hai."]))
    page.fill("[name=diem_1]", "85")
    page.locator("[name=diem_1]").blur()
    expect(page.locator("output")).to_have_text("tốt")
    assert row(page, 1).locator(".hint-row").all_inner_texts() == ["Thứ nhất.", "Thứ hai."]
    blank.answer(**saved(points_level="", findings=[]))
    page.fill("[name=diem_1]", "")
    page.locator("[name=diem_1]").blur()
    expect(page.locator(".hint-row")).to_have_count(0)
    expect(page.locator("output")).to_have_text("")


def test_what_is_typed_is_kept_at_once_and_sent_when_the_hand_rests(timed):
    page = timed.open(sheet(member(1, points("diem_1"))))
    timed.answer(**saved())
    page.locator("[name=diem_1]").press_sequentially("8")
    assert json.loads(kept(page))["1"]["diem_1"] == "8"
    pass_time(page, 1400)
    page.locator("[name=diem_1]").press_sequentially("5")
    pass_time(page, 1400)
    assert timed.sent == []
    pass_time(page, 200)
    expect(says(page, 1)).to_have_text("✓ đã lưu 8:05")
    assert dict(timed.sent[0])["diem_1"] == "85"


@pytest.mark.parametrize("status", [0, 500, 503])
def test_a_server_that_is_away_is_asked_again_and_nothing_is_lost(timed, status):
    page = timed.open(sheet())
    for _ in range(4):
        timed.answer(status)
    choose(page, 1, 2)
    expect(bar(page)).to_contain_text("Mất kết nối với máy chủ. 1 dòng chưa lưu đang được giữ trên máy này")
    expect(says(page, 1)).to_have_text("chưa lưu, đang giữ trên máy này")
    expect(tally(page)).to_have_text("1 dòng chưa lưu, đang giữ trên máy này")
    assert json.loads(kept(page))["1"]["muc_1"] == "2"
    for i, pause in enumerate((1500, 3000, 5000)):
        pass_time(page, pause - 1)
        assert len(timed.sent) == i + 1
        page.evaluate("document.querySelector('#ket-noi p').id = 'truoc'")
        pass_time(page, 1)
        expect(page.locator("#truoc")).to_have_count(0)
    timed.answer(**saved())
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(tally(page)).to_have_text(ALL_SAVED)
    expect(bar(page)).to_be_hidden()
    assert kept(page) is None


def test_an_answer_that_is_no_answer_of_ours_counts_as_none(blank):
    page = blank.open(sheet())
    page.route("**/dong", lambda route: route.fulfill(content_type="text/html", body="<p>Tường lửa</p>"))
    choose(page, 1, 2)
    expect(bar(page)).to_contain_text("Mất kết nối với máy chủ.")


def test_a_token_that_is_too_old_is_said_in_the_row(blank):
    page = blank.open(sheet())
    page.route("**/dong", lambda route: route.fulfill(status=403, content_type="text/html", body="<p>CSRF</p>"))
    choose(page, 1, 2)
    expect(says(page, 1)).to_contain_text("Chưa lưu. Trang đã mở quá lâu. Hãy tải lại trang")
    expect(tally(page)).to_have_text("1 dòng chưa lưu: xem lý do ở từng dòng")


def test_after_the_end_of_the_session_rows_wait_for_the_same_account(blank):
    page = blank.open(sheet())
    blank.answer(401)
    choose(page, 1, 2)
    expect(bar(page)).to_contain_text("Phiên làm việc đã hết. 1 dòng chưa lưu được giữ trên máy này")
    expect(bar(page).get_by_role("link", name="Đăng nhập lại")).to_have_attribute("href", "/dang-nhap/?next=/")
    choose(page, 2, 2)
    expect(bar(page)).to_contain_text("2 dòng chưa lưu")
    assert len(blank.sent) == 1
    for version in (4, 4):
        blank.answer(**saved(version=version))
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(tally(page)).to_have_text(ALL_SAVED)
    expect(bar(page)).to_be_hidden()


def test_what_a_rule_refuses_waits_for_the_person(blank):
    page = blank.open(sheet())
    blank.answer(400, error="Cần lý do giữ mức này.", needs="giai_trinh")
    choose(page, 1, 1)
    expect(says(page, 1)).to_have_text("Chưa lưu. Cần lý do giữ mức này.")
    expect(row(page, 1)).to_have_class("bad")
    expect(page.locator("[name=giai_trinh_1]")).to_be_focused()
    blank.answer(**saved())
    choose(page, 2, 2)
    expect(says(page, 2)).to_have_text("✓ đã lưu 8:05")
    expect(tally(page)).to_have_text("1 dòng chưa lưu: xem lý do ở từng dòng")
    blank.answer(**saved())
    page.fill("[name=giai_trinh_1]", "được tập thể bình chọn")
    page.locator("[name=giai_trinh_1]").blur()
    expect(tally(page)).to_have_text(ALL_SAVED)
    assert [dict(one)["dang_vien"] for one in blank.sent] == ["1", "2", "1"]


def test_over_the_cap_the_reason_goes_with_each_row_and_outlives_the_page(blank):
    page = blank.open(sheet())
    blank.answer(400, error="Quá số suất.", needs="vuot")
    choose(page, 1, 1)
    expect(page.locator("[name=vuot]")).to_be_focused()
    page.locator("[name=vuot]").press_sequentially("có thành tích")
    assert kept(page, f"{KEY}.vuot") == "có thành tích"
    blank.answer(400, error="Quá số suất.", needs="vuot")
    page.reload()
    expect(page.locator("[name=vuot]")).to_have_value("có thành tích")
    expect(says(page, 1)).to_have_text("Chưa lưu. Quá số suất.")
    blank.answer(**saved())
    page.fill("[name=vuot]", "có thành tích đột xuất")
    page.locator("[name=vuot]").blur()
    expect(tally(page)).to_have_text(ALL_SAVED)
    assert [dict(one).get("vuot") for one in blank.sent] == [None, "có thành tích", "có thành tích đột xuất"]
    assert kept(page, f"{KEY}.vuot") is None


CLASH = {
    "error": "",
    "who": "đồng chí Hoa",
    "theirs": "tốt",
    "version": 8,
    "typed": {"muc": "2", "ghi_chu": "ghi trước"},
}


def test_of_two_writers_both_values_are_shown_and_mine_can_stay(blank):
    page = blank.open(sheet())
    blank.answer(409, **CLASH)
    choose(page, 1, 1)
    expect(says(page, 1)).to_have_text("đồng chí Hoa vừa ghi “tốt”. Của đồng chí vẫn ở đây, chưa lưu.")
    blank.answer(**saved(version=9))
    row(page, 1).get_by_role("button", name="Giữ của tôi").click()
    expect(tally(page)).to_have_text(ALL_SAVED)
    assert [dict(one)["v_1"] for one in blank.sent] == ["3", "8"]
    expect(row(page, 1).locator(".clash")).to_have_count(0)


def test_or_theirs_is_taken(blank):
    page = blank.open(sheet())
    blank.answer(409, **CLASH)
    choose(page, 1, 1)
    row(page, 1).get_by_role("button", name="Lấy của người kia").click()
    expect(says(page, 1)).to_have_text("✓ đã lấy mức của người kia")
    expect(row(page, 1).locator(".seg input:checked")).to_have_value("2")
    expect(page.locator("[name=ghi_chu_1]")).to_have_value("ghi trước")
    expect(page.locator("[name=v_1]")).to_have_value("8")
    assert kept(page) is None
    assert len(blank.sent) == 1


def test_what_an_earlier_visit_kept_is_sent_with_the_version_it_saw(blank):
    earlier = {"1": {"muc_1": "2", "ghi_chu_1": "nghỉ ốm", "v_1": "2"}, "99": {"muc_99": "1"}}
    page = blank.open("")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(earlier)])
    blank.answer(**saved())
    blank.open(sheet())
    expect(tally(page)).to_have_text(ALL_SAVED)
    assert [(dict(one)["dang_vien"], dict(one)["v_1"], dict(one)["muc_1"]) for one in blank.sent] == [("1", "2", "2")]
    expect(row(page, 1).locator("details")).to_have_attribute("open", "")
    assert kept(page) is None


def test_rows_of_people_no_longer_on_the_sheet_are_told_and_let_go(blank):
    page = blank.open("")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps({"99": {"muc_99": "1"}})])
    blank.open(sheet())
    expect(bar(page)).to_contain_text("1 dòng gõ lần trước thuộc người không còn trong danh sách của chi bộ")
    assert (blank.sent, kept(page)) == ([], None)


def test_what_is_kept_for_another_account_or_sheet_is_left_alone(blank):
    page = blank.open("")
    page.evaluate('() => localStorage.setItem(\'khoi.8.40\', \'{"1": {"muc_1": "2"}}\')')
    blank.open(sheet())
    expect(tally(page)).to_have_text("")
    assert kept(page, "khoi.8.40") is not None


def test_what_came_back_unsaved_with_the_page_is_sent(blank):
    blank.answer(**saved())
    level = seg("muc_1").replace('value="3"', 'value="3" checked')
    page = blank.open(
        sheet(member(1, level, "data-unsaved", "chưa lưu"), member(2, seg("muc_2"), "data-unsaved", "Sai"))
    )
    expect(tally(page)).to_have_text(ALL_SAVED)
    assert [(dict(one)["dang_vien"], dict(one)["muc_1"]) for one in blank.sent] == [("1", "3")]


def test_a_button_that_turns_the_page_waits_until_all_is_saved(blank):
    page = blank.open(sheet())
    blank.answer(**saved())
    page.evaluate("document.querySelector('[name=muc_1]').click(); document.querySelector('button[value=nop]').click()")
    page.wait_for_url("**/phieu")
    assert [dict(one).get("dang_vien") or dict(one)["viec"] for one in blank.sent] == ["1", "nop"]


def test_a_store_that_is_forbidden_stops_nothing(blank):
    blank.page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page = blank.open(sheet())
    blank.answer(**saved())
    choose(page, 1, 2)
    expect(tally(page)).to_have_text(ALL_SAVED)
