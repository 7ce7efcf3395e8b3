"""The page where a year is closed, read as minutes, and taken back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Closing
from tests.indicators.board import set_groups, set_targets
from tests.ratings.desk import Desk

pytestmark = pytest.mark.django_db
PAPER = {"viec": "chot", "number": "3-BB/BTC", "date": "20/01/2018", "issuer": "Ban Tổ chức Đảng ủy Khối"}


@pytest.fixture
def desk(world):
    set_groups(world, 2017)
    set_targets(world, KN={"K": 1})
    world.admit("Trần Xuân", "DB01-01", date(2017, 5, 19))
    desk = Desk(world)
    desk.finish()
    return desk


def browser(world, role, code="K"):
    client = Client()
    client.force_login(world.user(role, code))
    return client


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
    assert "Đảng viên mới kết nạp (theo ngày làm lễ): thêm 1." in page
    dashboard = text(ask.get(reverse("dashboard", args=["K", 2017])))
    assert "đã công bố 1, chốt ngày 14/12/2018; nay 2" in dashboard
    beside = text(ask.get(url("DB02")))
    assert "Không đổi số của tổ chức này, chỉ đổi ở tổ chức khác." in beside


def test_a_year_still_open_says_what_to_do(desk):
    ask = browser(desk.world, "ORGANIZATION")
    page = text(ask.get(url()))
    assert "chưa khóa. Khóa kỳ xong mới chốt được số liệu." in page and f'href="{reverse("periods")}"' in page
    other = text(browser(desk.world, "COMMITTEE", "DB01").get(url("DB01")))
    assert "Ban Tổ chức Đảng ủy Khối khóa kỳ." in other and reverse("periods") not in other
    refused = ask.post(url(), PAPER)
    assert refused.status_code == 400
    assert "Năm 2017 chưa khóa kỳ xếp loại. Hãy khóa kỳ rồi chốt số liệu." in text(refused)
    assert not Closing.objects.exists()


def test_a_form_with_a_mistake_keeps_what_was_typed(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    answer = ask.post(url(), {**PAPER, "date": "32/01/2018"})
    assert answer.status_code == 400
    assert 'value="3-BB/BTC"' in text(answer)
    assert 'value="32/01/2018"' in text(answer)


def test_a_closing_is_taken_back_with_a_reason_alone(desk):
    desk.lock()
    ask = browser(desk.world, "ORGANIZATION")
    ask.post(url(), PAPER)
    assert ask.post(url(), {"viec": "huy", "reason": " "}).status_code == 400
    assert ask.post(url(), {"viec": "huy", "reason": "Bổ sung hồ sơ"}).status_code == 302
    page = text(ask.get(url()))
    assert "Số liệu năm 2017 chưa chốt" in page
    assert "Bổ sung hồ sơ" in page


def test_others_read_and_do_not_close(desk):
    desk.lock()
    browser(desk.world, "ORGANIZATION").post(url(), PAPER)
    ask = browser(desk.world, "COMMITTEE", "DB01")
    page = text(ask.get(url("DB01")))
    assert "Số liệu đã chốt" in page
    assert "Hủy lần chốt" not in page
    assert "tố cáo" not in page
    assert ask.post(url("DB01"), PAPER).status_code == 403
