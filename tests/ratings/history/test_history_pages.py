"""History of a sheet and of a member, as each role meets them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import User
from ratings.history.member_page import page_of
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from tests.ratings.desk import Desk
from tests.ratings.history.of_2017 import text, url


def of_member(desk, name):
    return reverse("member_ratings", args=[desk.world.people[name].pk])


# History


def test_the_history_of_a_sheet_latest_first(signed_in):
    page = text(signed_in("SECRETARY", "DB01-01").get(url("rating_history", "DB01-01")))
    steps = ["khóa kỳ xếp loại", "tiếp nhận phiếu", "quyết định xếp loại đảng viên theo số 1-QĐ/XL", "thẩm định phiếu"]
    steps += ["nộp phiếu", "nhập xếp loại, 2 đồng chí", "mở kỳ xếp loại"]
    assert sorted(page.index(step) for step in steps) == [page.index(step) for step in steps]
    assert "đồng chí Lê An từ chưa xếp loại thành “Hoàn thành tốt nhiệm vụ”" in page
    assert "(Hiệu lực từ 16/01/2018.)" in page


@pytest.mark.parametrize(
    ("role", "place", "code", "status"),
    [
        ("SECRETARY", "DB01-01", "DB01-02", 404),
        ("SECRETARY", "DB01-01", "DB01", 404),
        ("COMMITTEE", "DB01", "DB01-02", 200),
        ("COMMITTEE", "DB01", "DB01", 200),
        ("COMMITTEE", "DB02", "DB01-02", 404),
        ("INSPECTION", "K", "DB01-02", 200),
        ("LEADER", "K", "K", 200),
        (None, None, "DB01-02", 404),
    ],
)
def test_whose_history_is_seen(signed_in, role, place, code, status):
    client = signed_in(role, place)
    assert client.get(url("rating_history", code)).status_code == status
    assert client.post(url("rating_history", code)).status_code == 405


def test_a_year_without_a_period_has_no_history(signed_in):
    assert signed_in("LEADER", "K").get(url("rating_history", "DB01", 2016)).status_code == 404


def test_a_long_history_comes_in_pages(desk, signed_in):
    open_year = Desk(desk.world, 2018)
    for n in range(35):
        entry = LineEntry(level=2 + n % 2)
        draft.rate({open_year.sheet("DB01-01"): {desk.world.people["An"].pk: entry}}, **open_year.by())
    client = signed_in("SECRETARY", "DB01-01")
    first = client.get(url("rating_history", "DB01-01", 2018))
    assert len(first.context["page"].object_list) == 30
    assert "36 việc." in text(first)
    second = client.get(url("rating_history", "DB01-01", 2018), {"trang": "2"})
    assert len(second.context["page"].object_list) == 6
    for number in ("3", "0", "-1", "x", "9" * 30, "²"):
        answer = client.get(url("rating_history", "DB01-01", 2018), {"trang": number})
        assert answer.status_code == 404, number
        assert "Lịch sử không có trang này. Hãy mở lại trang đầu." in text(answer)


def test_as_many_queries_for_a_long_history(desk, signed_in):
    open_year = Desk(desk.world, 2018)
    client = signed_in("SECRETARY", "DB01-01")

    def asked():
        client.get(url("rating_history", "DB01-01", 2018))
        with CaptureQueriesContext(connection) as found:
            client.get(url("rating_history", "DB01-01", 2018))
        return len(found)

    open_year.rate(An=2)
    before = asked()
    for n in range(12):
        desk.world.enroll(f"Trần M{n}", "DB01-01", date(2018, 2, 1))
        open_year.rate(**{f"M{n}": 2})
    assert asked() == before


# One member


def test_a_member_year_by_year_with_the_break_of_schemes(desk, signed_in):
    open_year = Desk(desk.world, 2018)
    open_year.rate(An=3)
    page = text(signed_in("SECRETARY", "DB01-01").get(of_member(desk, "An")))
    assert page.index("Năm 2018: “Hoàn thành nhiệm vụ”") < page.index("Năm 2017: “Hoàn thành tốt nhiệm vụ”")
    assert page.count("Từ kỳ này theo lược đồ khác, không so sánh được với các kỳ trước.") == 1
    assert "kỳ chưa khóa" in page
    assert "quyết định “Hoàn thành tốt nhiệm vụ” như chi bộ đề nghị" in page


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        ("SECRETARY", "DB01-01", 200),
        ("COMMITTEE", "DB01", 200),
        ("INSPECTION", "K", 200),
        ("SECRETARY", "DB01-02", 404),
        ("COMMITTEE", "DB02", 404),
        (None, None, 404),
    ],
)
def test_whose_members_are_seen(desk, signed_in, role, place, status):
    assert signed_in(role, place).get(of_member(desk, "An")).status_code == status


def test_a_member_there_is_not(signed_in):
    client = signed_in("LEADER", "K")
    for pk in (0, 10**6, 10**30):
        answer = client.get(reverse("member_ratings", args=[pk]))
        assert answer.status_code == 404
        assert "Không tìm thấy đảng viên này trong phạm vi của đồng chí." in text(answer)


def test_the_cell_left_sees_what_it_gave_and_no_more(desk, signed_in):
    desk.world.transfer("An", "DB02-01", date(2018, 2, 1))
    open_year = Desk(desk.world, 2018)
    open_year.rate(An=3)
    before = text(signed_in("SECRETARY", "DB01-01").get(of_member(desk, "An")))
    assert "Năm 2017: “Hoàn thành tốt nhiệm vụ”" in before
    assert "Năm 2018" not in before
    now = signed_in("SECRETARY", "DB02-01").get(of_member(desk, "An"))
    assert "Năm 2018: “Hoàn thành nhiệm vụ”" in text(now)
    assert "Năm 2017: “Hoàn thành tốt nhiệm vụ”" in text(now)
    assert [len(row.told) for row in now.context["rows"]] == [1, 0]


def test_who_left_is_still_seen_by_the_cell_and_whoever_took_it_over(desk, signed_in):
    desk.world.leave("An", date(2018, 2, 1))
    desk.world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, date(2018, 6, 1))
    for role, place in (("COMMITTEE", "DB02"), ("INSPECTION", "K")):
        answer = signed_in(role, place).get(of_member(desk, "An"))
        assert "Năm 2017: “Hoàn thành tốt nhiệm vụ”" in text(answer), role
    assert signed_in("SECRETARY", "DB02-02").get(of_member(desk, "An")).status_code == 404


def test_as_many_queries_for_many_years(desk):
    user = desk.world.user("SECRETARY", "DB01-01")

    def asked():
        with CaptureQueriesContext(connection) as found:
            rows = page_of(User.objects.get(pk=user.pk), desk.world.people["An"].pk)["rows"]
        return len(rows), len(found)

    years, before = asked()
    for year in (2015, 2016, 2018):
        Desk(desk.world, year).rate(An=2)
    assert asked() == (years + 3, before)
