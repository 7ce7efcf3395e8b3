"""The one navigation: where each page stands, what each role is offered, the way to the same page elsewhere."""

import re

import pytest
from django.urls import get_resolver, reverse

from khoi_ccq.navigation.places import NOWHERE, OF_ONE_CELL, PLACES
from tests.access.rows import OFFICES, patterns

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\s+href="([^"]+)"\s*(aria-current="\w+")?\s*>(.*?)</a>', re.DOTALL)
MENU = {
    "organization": "K",
    "inspection": "K",
    "leader": "K",
    "administrator": "K",
    "committee": "DB01",
    "secretary": "DB01-01",
}


def nav(page, label):
    """[(address, whether it is where one is, words)] of a navigation of the page."""
    found = re.search(rf'<nav class="[^"]+" aria-label="{label}[^"]*">(.*?)</nav>', page.content.decode(), re.DOTALL)
    links = LINK.findall(found[1]) if found else []
    return [(url, bool(current), re.sub(r"<[^>]+>", "", words).strip()) for url, current, words in links]


def here(links):
    return [words for _, current, words in links if current]


@pytest.mark.parametrize("places", [PLACES, OF_ONE_CELL], ids=["all", "of one cell"])
def test_every_page_stands_in_one_place_or_is_named_as_standing_in_none(places):
    held = [name for place in places for page in place.pages for name in (page.opens, *page.also)]
    assert len(held) == len(set(held))
    assert set(held) | NOWHERE == {name for name, _ in patterns(get_resolver()) if not name.startswith("admin:")}
    assert not NOWHERE & set(held)


def test_there_are_five_places_of_six_pages_at_most():
    assert [place.label for place in PLACES] == ["Kết quả", "Xếp loại", "Đảng viên", "Tổ chức", "Kiểm tra"]
    assert [place.label for place in OF_ONE_CELL] == ["Xếp loại", "Đảng viên", "Chi bộ của tôi"]
    assert max(len(place.pages) for place in PLACES + OF_ONE_CELL) == 6


@pytest.mark.parametrize("role", MENU)
def test_all_that_is_offered_opens_and_says_where_one_is(browser_of, role):
    ask, asked = browser_of(role), set()
    todo = [reverse("dashboard", args=[MENU[role], 2018])]
    while todo:
        asked.add(url := todo.pop())
        page = ask.get(url)
        assert page.status_code == 200, url
        places, inside = nav(page, "Chính"), nav(page, "Trong mục")
        assert (len(here(places)), len(here(inside))) == (1, 1), url
        assert len(places) == (3 if role == "secretary" else 5)
        todo += [address for address, _, _ in places + inside if address not in asked and address not in todo]
    assert len(asked) >= 14


@pytest.mark.parametrize("role", ["nobody", *OFFICES, "administrator"])
def test_files_are_offered_to_whom_they_open(browser_of, role):
    ask = browser_of(role)
    offered = f'href="{reverse("imports")}"' in ask.get(reverse("password_change")).content.decode()
    assert offered == (ask.get(reverse("imports")).status_code == 200)


def test_the_same_head_stands_on_pages_about_no_organization(browser_of):
    ask = browser_of("administrator")
    own = [reverse(place.pages[0].opens, args=["K", 2018]) for place in PLACES]
    for url, status in ((reverse("password_change"), 200), ("/khong-co/", 404), (reverse("admin:index"), 200)):
        page = ask.get(url)
        assert page.status_code == status
        assert [address for address, _, _ in nav(page, "Chính")] == own
        assert here(nav(page, "Chính")) == []


def test_who_has_no_office_is_offered_no_place(browser_of):
    assert nav(browser_of("nobody").get(reverse("home")), "Chính") == []


def test_the_year_and_the_day_looked_at_go_along(browser_of):
    ask = browser_of("organization")
    page = ask.get(reverse("people", args=["DB01", 2017]), {"ngay": "01/07/2017"})
    inside = {words: url for url, _, words in nav(page, "Trong mục")}
    assert inside["Dự bị"].startswith(reverse("probation", args=["DB01", 2017]) + "?ngay=")
    assert inside["Biến động"] == reverse("balance", args=["DB01", 2017])
    assert {words: url for url, _, words in nav(page, "Chính")}["Kết quả"] == reverse("dashboard", args=["DB01", 2017])


def test_a_record_stands_in_its_list(browser_of, site):
    page = browser_of("organization").get(reverse("member", args=[site.people["An"].pk]))
    assert (here(nav(page, "Chính")), here(nav(page, "Trong mục"))) == (["Đảng viên"], ["Danh sách"])


def others(ask, code, of, **headers):
    page = ask.get(reverse("turn", args=[code, 2017]), {"tu": of}, **headers)
    assert page.status_code == 200
    _, _, listed = page.content.decode().partition('<div class="others">')
    return page, re.findall(r'<li><a href="([^"]+)"', listed)


def test_another_organization_opens_the_same_page(browser_of):
    ask = browser_of("organization")
    page = ask.get(reverse("balance", args=["DB01", 2017]))
    way = reverse("turn", args=["DB01", 2017], query={"tu": reverse("balance", args=["DB01", 2017])})
    assert f'href="{way}"'.replace("&", "&amp;") in page.content.decode()
    page, rows = others(ask, "DB01", reverse("balance", args=["DB01", 2017]))
    assert {reverse("balance", args=[code, 2017]) for code in ("K", "DB02", "DB01-01")} <= set(rows)
    assert [word for word in ("Cấp trên", "Trực thuộc", "Cùng cấp") if f"<p>{word}</p>" in page.content.decode()] == [
        "Cấp trên",
        "Trực thuộc",
        "Cùng cấp",
    ]
    assert {ask.get(url).status_code for url in rows} == {200}


def test_asked_by_the_page_itself_the_list_alone_comes(browser_of):
    page, _ = others(browser_of("organization"), "K", "/x", headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()


@pytest.mark.parametrize(
    "of", ["", "x", "/khong-co/", "https://khac.vn/dang-vien/K/2017/", "//[", "\x00", "/viec-can-lam/"]
)
def test_from_what_is_no_page_of_an_organization_one_comes_to_its_results(browser_of, of):
    _, rows = others(browser_of("organization"), "K", of)
    expected = "people" if "dang-vien" in of else "dashboard"
    assert reverse(expected, args=["DB01", 2017]) in rows


def test_nobody_is_led_beyond_their_reach(browser_of):
    _, rows = others(browser_of("committee"), "DB01", reverse("people", args=["DB01", 2017]))
    assert rows
    assert {url.split("/")[2][:4] for url in rows} == {"DB01"}
    page = browser_of("secretary").get(reverse("people", args=["DB01-01", 2017]))
    assert reverse("turn", args=["DB01-01", 2017]) not in page.content.decode()


def test_where_a_page_is_about_no_year_the_latest_is_opened(browser_of):
    page = browser_of("leader").get(reverse("self_check"))
    assert nav(page, "Chính")[0][0] == reverse("dashboard", args=["K", 2018])
