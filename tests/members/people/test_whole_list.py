"""The list of members opened whole, to be printed: all that match and nobody else, at the price of a page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.web import paging
from members.people import views
from members.register.arrivals import enroll
from tests.members.member_pages import browser, names, text, url
from tests.world import count_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(world):
    """120 people of the name Vũ in one cell: three pages."""
    enroll([world.arrival(f"Vũ An {n:03}", "DB01-01") for n in range(120)], **world.act())
    return world


def links(page):
    return re.findall(r'href="([^"]*\bin=1[^"]*)"[^>]*>([^<]+)<', text(page))


def test_all_that_match_stand_on_one_page_and_it_says_so(many):
    client = browser(many)
    paged = client.get(url("DB01-01"), {"ten": "vu", "page": "2"})
    assert len(names(paged)) == views.AT_ONCE == 50
    assert {(address, words.strip()) for address, words in links(paged)} == {
        ("?ten=vu&amp;page=2&amp;in=1", "In cả 120 dòng")
    }
    whole = client.get(url("DB01-01"), {"ten": "vu", "page": "2", "in": "1"})
    shown = names(whole)
    assert len(shown) == len(set(shown)) == 120
    assert [name for name in shown if "Vũ An" in name] == [f"Vũ An {n:03}" for n in range(120)]
    assert "Cả 120 dòng đang ở trên trang này để in." in text(whole)
    assert 'href="?ten=vu&amp;page=2">Xem từng trang' in text(whole)
    assert "120 dòng." in " ".join(text(whole).split()) and "trang 1/" not in text(whole)
    assert links(whole) == [] and 'aria-label="Trang của' not in text(whole)


def test_paper_says_by_what_it_is_narrowed_and_of_which_day(many):
    page = browser(many).get(url("DB01-01"), {"ten": "vu", "gioi": "F", "ngay": "01/12/2018", "in": "1"})
    said = " ".join(re.sub(r"<[^>]+>", " ", text(page)).split())
    assert "Lọc theo: Tìm họ tên, số thẻ: vu; Giới tính: Nữ." in said
    assert "Khối CCQ · xem vào ngày 01/12/2018 · in ngày 14/12/2018" in said
    assert "120 đảng viên khớp bộ lọc." in said


def test_whoever_may_not_see_the_page_does_not_see_it_whole(many):
    assert browser(many, "COMMITTEE", "DB02").get(url("DB01-01"), {"in": "1"}).status_code == 404
    own = browser(many, "SECRETARY", "DB01-02").get(url("DB01-02"), {"in": "1"})
    assert own.status_code == 200
    assert not [name for name in names(own) if name.startswith("Vũ An")]


def test_those_picked_are_printed_whole_too(many):
    page = browser(many).get(url("DB01-01", name="people_selected"), {"ten": "vu", "tat_ca": "1", "in": "1"})
    assert len(names(page)) == 120


def test_what_is_removed_or_kept_from_a_whole_list_is_the_list_page_by_page(many):
    page = text(browser(many).get(url("DB01-01"), {"ten": "vu", "gioi": "F", "in": "1"}))
    assert 'href="/dang-vien/DB01-01/2018/?ten=vu#ket-qua"' in page
    assert re.search(r'href="/dang-vien/DB01-01/2018/cach-xem/\?ten=vu&amp;gioi=F"', page)
    assert 'name="in"' not in page
    assert re.search(r'href="\?ten=vu&amp;gioi=F&amp;sort=-?born#bang"', page)


def test_the_whole_costs_as_many_queries_as_a_page(many):
    client = browser(many)

    def asked(**query):
        with CaptureQueriesContext(connection) as found:
            assert client.get(url("DB01-01"), query).status_code == 200
        return len(found)

    asked()
    few = asked(**{"in": "1"})
    assert few <= asked()
    enroll([many.arrival(f"Vũ Yên {n}", "DB01-01") for n in range(600)], **many.act())
    count_anew()
    assert asked(**{"in": "1"}) == few


def test_a_register_beyond_what_is_printed_at_once_is_refused_with_the_way_to_filter(many, monkeypatch):
    monkeypatch.setattr(paging, "MOST_WHOLE", 119)
    client = browser(many)
    refused = client.get(url("DB01-01"), {"ten": "vu", "in": "1"})
    assert refused.status_code == 404
    assert "Danh sách có 120 dòng, nhiều hơn 119 dòng in được một lần. Hãy lọc bớt rồi in từng phần." in text(refused)
    assert 'href="?ten=vu">Về danh sách để lọc' in text(refused)
    assert client.get(url("DB01-01"), {"ten": "vu an 00", "in": "1"}).status_code == 200


def test_a_list_of_one_page_offers_no_whole(many):
    page = browser(many).get(url("DB02-01"))
    assert links(page) == [] and "data-print" in text(page)


@pytest.mark.parametrize("typed", ["", "0", "2", "all"])
def test_anything_else_is_the_first_page(many, typed):
    assert len(names(browser(many).get(url("DB01-01"), {"in": typed}))) == views.AT_ONCE
