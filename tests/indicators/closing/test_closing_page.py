"""The page where a year is closed, read as minutes, and taken back."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Closing
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Letter
from ledger.models import Change, Document, User
from ledger.web import carry
from members.models import Admission, Exit
from members.register import arrivals
from tests.hand import signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.ratings.desk import Desk

pytestmark = pytest.mark.django_db
PAPER = {"viec": "chot", "so": "3-BB/BTC", "ngay": "20/01/2018", "co_quan": "Ban Tổ chức Đảng ủy Khối"}


@pytest.fixture
def desk(world):
    set_groups(world, 2017)
    set_targets(world, KN={"K": 1})
    world.admit("Trần Xuân", "DB01-01", date(2017, 5, 19))
    desk = Desk(world)
    desk.finish()
    return desk


def browser(world, role, code="K"):
    return signed_in_as(world.user(role, code))


def url(code="K", year=2017):
    return reverse("closing", args=[code, year])


def text(response):
    return response.content.decode()


def test_a_year_is_closed_and_read_as_minutes(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    assert "Số liệu năm 2017 chưa chốt" in text(ask.get(url()))
    sent = ask.post(url(), PAPER)
    assert (sent.status_code, sent.url) == (302, url())
    page = text(ask.get(url()))
    assert "Từ khi chốt: không có gì thay đổi" in page
    assert "3-BB/BTC ngày 20/01/2018 của Ban Tổ chức Đảng ủy Khối" in page
    assert Closing.objects.get().seal in page
    assert "còn nguyên" in page and "không khớp" not in page


def test_what_is_typed_late_is_named_and_shown_beside_the_published_figure(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    ask.post(url(), PAPER)
    desk.world.admit("Trần Yến", "DB01-02", date(2017, 9, 2))
    page = text(ask.get(url()))
    assert "Từ khi chốt: 1 thay đổi" in page
    yen = f'<a href="{reverse("member", args=[desk.world.people["Yến"].pk])}">Trần Yến</a>'
    assert f"Đảng viên mới kết nạp (theo ngày làm lễ): thêm 1 ({yen})." in page
    indicator = text(ask.get(reverse("indicator", args=["K", 2017, "KN"])))
    assert "Đã công bố 1, chốt ngày 14/12/2018; nay 2." in indicator
    dashboard = text(ask.get(reverse("dashboard", args=["K", 2017])))
    assert "đã công bố 1, chốt ngày 14/12/2018; nay 2" in dashboard
    beside = text(ask.get(url("DB02")))
    assert "Không đổi số của tổ chức này, chỉ đổi ở tổ chức khác." in beside


def test_a_year_still_open_says_what_to_do(desk):
    ask = browser(desk.world, "ORGANIZATION")
    page = text(ask.get(url()))
    assert (
        "chưa khóa. Khóa kỳ xong mới chốt được số liệu." in page
        and f'href="{reverse("periods", query={"dang_bo": "K"})}"' in page
    )
    other = text(browser(desk.world, "COMMITTEE", "DB01").get(url("DB01")))
    assert "Ban Tổ chức Đảng ủy Khối khóa kỳ." in other and reverse("periods") not in other
    refused = ask.post(url(), PAPER)
    assert refused.status_code == 400
    assert "Năm 2017 chưa khóa kỳ xếp loại. Hãy khóa kỳ rồi chốt số liệu." in text(refused)
    assert not Document.objects.filter(number=PAPER["so"]).exists()
    assert not Closing.objects.exists()


def test_a_form_with_a_mistake_keeps_what_was_typed(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    answer = ask.post(url(), {**PAPER, "ngay": "32/01/2018"})
    assert answer.status_code == 400
    assert 'value="3-BB/BTC"' in text(answer)
    assert 'value="32/01/2018"' in text(answer)


def test_a_closing_is_taken_back_with_a_reason_alone(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    ask.post(url(), PAPER)
    assert ask.post(url(), {"viec": "huy", "ly_do": " "}).status_code == 400
    assert ask.post(url(), {"viec": "huy", "ly_do": "Bổ sung hồ sơ"}).status_code == 302
    page = text(ask.get(url()))
    assert "Số liệu năm 2017 chưa chốt" in page
    assert "Bổ sung hồ sơ" in page


def test_others_read_and_do_not_close(desk):
    desk.lock()
    browser(desk.world, "ORGANIZATION").post(url(), PAPER)
    ask = browser(desk.world, "COMMITTEE", "DB01")
    page = text(ask.get(url("DB01")))
    assert "Số liệu năm 2017 đã chốt" in page
    assert "Hủy lần chốt" not in page
    assert "tố cáo" not in page
    assert ask.post(url("DB01"), PAPER).status_code == 403


def letter(world, code="DB02", number="7/ĐT", **more):
    known = {"accepted_on": date(2017, 3, 5), "due_on": date(2017, 6, 1), "resolved_on": date(2017, 5, 1)}
    row = ReceivedLetter(number=number, organization=world.org[code], received_on=date(2017, 3, 1), **known)
    register_letters([row], **world.act(**more))


@pytest.mark.parametrize(
    ("role", "place", "seen"),
    [
        ("INSPECTION", "K", {"verb": True, "count": True, "row": True}),
        ("LEADER", "DB02", {"verb": True, "count": True, "row": True}),
        ("ORGANIZATION", "K", {"verb": False, "count": True, "row": False}),
        ("ORGANIZATION", "DB02", {"verb": False, "count": False, "row": False}),
        ("COMMITTEE", "DB02", {"verb": False, "count": False, "row": False}),
        ("COMMITTEE", "DB01", {"verb": False, "count": False, "row": False}),
    ],
)
def test_letters_are_told_since_a_closing_where_they_may_be_read(desk, role, place, seen):
    desk.lock()
    browser(desk.world, "ORGANIZATION").post(url(), PAPER)
    letter(desk.world, reason="Đơn tố cáo đồng chí Đức")
    page = text(browser(desk.world, role, place if role == "COMMITTEE" else "K").get(url(place)))
    assert "Từ khi chốt: 1 thay đổi" in page
    told = {
        "verb": "Đơn tố cáo đồng chí Đức" in page,
        "count": "Đơn thư tố cáo giải quyết đúng hạn: thêm 1" in page,
        "row": "7/ĐT, Tổ chức DB02" in page,
    }
    assert told == seen
    assert ("Có 1 thay đổi không thuộc số liệu hiện ở trang này." in page) == (not seen["count"])
    assert ("Một việc Ủy ban Kiểm tra đã ghi" in page) == (seen["count"] and not seen["verb"])


def test_what_does_not_recompute_is_named_but_not_whom_a_letter_is_about(desk):
    letter(desk.world, "DB02-01")
    desk.lock()
    browser(desk.world, "ORGANIZATION").post(url(), PAPER)
    Letter.objects.update(received_on=date(2016, 3, 1), resolved_on=date(2016, 5, 1))
    Admission.objects.filter(member=desk.world.people["Xuân"]).update(ceremony=date(2016, 5, 19))
    page = text(browser(desk.world, "COMMITTEE", "DB01").get(url("DB01")))
    assert "Đảng viên mới kết nạp (theo ngày làm lễ) ở DB01" in page
    assert "Đơn thư tố cáo giải quyết đúng hạn ở một tổ chức" in page
    assert "DB02-01" not in page and "letters_" not in page


def test_the_reason_of_an_act_elsewhere_is_told_to_the_bloc_alone(desk):
    desk.lock()
    browser(desk.world, "ORGANIZATION").post(url(), PAPER)
    desk.world.leave("Hà", date(2017, 7, 1), Exit.STRUCK)
    verb = Change.objects.latest("pk").words
    assert "Không đổi số của tổ chức này" in text(browser(desk.world, "LEADER").get(url("DB01")))
    page = text(browser(desk.world, "COMMITTEE", "DB01").get(url("DB01")))
    assert "Có 1 thay đổi không thuộc số liệu hiện ở trang này." in page
    assert verb not in page
    assert verb in text(browser(desk.world, "COMMITTEE", "DB02").get(url("DB02")))


def test_a_target_set_since_is_told_where_it_was_set(desk):
    desk.lock()
    browser(desk.world, "ORGANIZATION").post(url(), PAPER)
    set_targets(desk.world, KN={"DB01": 2})
    said = "Đổi mức giao hoặc tổ chức kế thừa."
    for code, here in (("DB01", True), ("DB02", False)):
        assert (said in text(browser(desk.world, "COMMITTEE", code).get(url(code)))) == here


def test_many_rows_of_one_act_are_counted_after_the_first(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    ask.post(url(), PAPER)
    rows = [desk.world.newcomer(f"Trần M{n:02}", "DB01-02", date(2017, 9, 2)) for n in range(15)]
    arrivals.admit(rows, **desk.world.act(date(2017, 9, 2)))
    page = text(ask.get(url()))
    assert "Đảng viên mới kết nạp (theo ngày làm lễ): thêm 15 (" in page
    assert page.count(" và 3 nữa).") == page.count("thêm 15 (")


def test_as_many_queries_for_many_changes(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    ask.post(url(), PAPER)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            ask.get(url())
        return len(queries)

    desk.world.admit("Trần Yến", "DB01-02", date(2017, 9, 2))
    letter(desk.world)
    before = asked()
    for n in range(3):
        desk.world.admit(f"Trần M{n}", "DB02-02", date(2017, 9, 3))
        letter(desk.world, number=f"{n}/ĐT")
    assert asked() == before


def test_a_second_click_says_what_stands(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    ask.post(url(), PAPER)
    again = ask.post(url(), PAPER)
    assert again.status_code == 400 and "Chưa chốt được, vì số liệu năm 2017 đã chốt từ trước." in text(again)
    ask.post(url(), {"viec": "huy", "ly_do": "Bổ sung hồ sơ"})
    again = ask.post(url(), {"viec": "huy", "ly_do": "Bổ sung hồ sơ"})
    assert again.status_code == 400
    assert "Số liệu năm 2017 chưa chốt, hoặc lần chốt đã được hủy. Hãy tải lại trang." in text(again)


def test_a_closing_typed_before_a_session_ended_opens_filled(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    writer = User.objects.latest("pk")
    session = ask.session
    session[carry.KEPT] = {"path": url(), "fields": {name: [value] for name, value in PAPER.items()}, "user": writer.pk}
    session.save()
    page = ask.get(url())
    assert page.status_code == 200 and 'value="3-BB/BTC"' in text(page)
    assert carry.writer({carry.FIELD: re.search(r'name="nguoi" value="([^"]+)"', text(page))[1]}) == writer.pk
    assert not Closing.objects.exists()
