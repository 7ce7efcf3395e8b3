"""The tree of organizations as it stood on any day: who is below whom, how many people, what a search finds."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.roll.on_a_day import below
from tests.hand import signed_in_as
from tests.world import ORGANIZATIONS, PEOPLE

pytestmark = pytest.mark.django_db
NODE = re.compile(
    r"<details|</details>|<(?:b|a [^>]*|span)>Tổ chức ([\w-]+)</(?:b|a|span)> <small>([^<]*)(?:<a [^>]*>(\d+))?"
)


def browser(world, role="ORGANIZATION", code="K"):
    return signed_in_as(world.user(role, code))


def text(ask, code, year=2017, **query):
    response = ask.get(reverse("tree", args=[code, year], query=query))
    assert response.status_code == 200
    return response.content.decode()


def shown(page):
    """[(depth, code, people)] of the tree on a page, from above."""
    found, depth = [], 0
    for match in NODE.finditer(page[page.index('<ul class="tree">') :]):
        if match[0].startswith("<details"):
            depth += 1
        elif match[0].startswith("</details"):
            depth -= 1
        else:
            is_leaf = match[3] is not None
            people = int(match[3] or re.search(r"(\d+) đảng viên", match[2])[1])
            found.append((depth + is_leaf - 1, match[1], people))
    return found


def test_the_tree_of_a_day(world):
    world.move("DB03-02", "DB02", date(2017, 3, 1))
    ask = browser(world)
    assert shown(text(ask, "DB03", ngay="28/02/2017")) == [
        (0, "DB03", 4), (1, "BP01", 2), (2, "DB03-01", 2), (1, "DB03-02", 2)
    ]  # fmt: skip
    assert shown(text(ask, "DB03", ngay="01/03/2017")) == [(0, "DB03", 2), (1, "BP01", 2), (2, "DB03-01", 2)]
    assert (1, "DB03-02", 2) in shown(text(ask, "DB02"))


def test_every_organization_and_every_person_is_there_once(world):
    found = shown(text(browser(world), "K"))
    assert sorted(code for _, code, _ in found) == sorted(code for code, _, _ in ORGANIZATIONS)
    counted = {code: below(world.org[code], date(2017, 12, 31)).count() for code, _, _ in ORGANIZATIONS}
    assert {code: people for _, code, people in found} == counted
    assert counted["K"] == sum(map(len, PEOPLE.values()))


def test_the_sums_of_the_bloc(world):
    page = text(browser(world), "K")
    stat = re.search(r'(?s)<div class="stat">(.*?)</div>', page)[1]
    assert re.findall(r"<b>(\d+)</b>([^<]+)", stat) == [
        ("5", "tổ chức cơ sở đảng"),
        ("8", "chi bộ"),
        ("16", "đảng viên"),
    ]


def test_the_days_of_change_are_links_to_the_day_and_to_its_eve(world):
    world.move("DB03-02", "DB02", date(2017, 3, 1))
    ask = browser(world)
    assert 'href="?ngay=01/03/2017"' in text(ask, "K") and 'href="?ngay=28/02/2017"' in text(ask, "K")
    assert "cây này thay đổi" not in text(ask, "K", 2016)
    assert "cây này thay đổi" not in text(ask, "DB01")


@pytest.mark.parametrize(
    ("typed", "told", "kept"),
    [
        ("bp01", "Tìm thấy <b>1</b> tổ chức", ["K", "DB03", "BP01", "DB03-01"]),
        ("to chuc db02-0", "Tìm thấy <b>2</b> tổ chức", ["K", "DB02", "DB02-01", "DB02-02"]),
        ("Y TẾ", "Tìm thấy <b>1</b> tổ chức", ["K", "CB01"]),
        ("khong co", "Không tìm thấy tổ chức nào có “khong co”", []),
    ],
)
def test_searching_keeps_what_is_found_and_what_stands_above_it(world, typed, told, kept):
    world.rename("CB01", "Tổ chức CB01 y tế", date(2017, 2, 1))
    page = text(browser(world), "K", tim=typed).replace("CB01 y tế", "CB01")
    assert told in page
    assert [code for _, code, _ in shown(page)] == kept if kept else '<ul class="tree">' not in page
    if kept:
        assert shown(page)[0] == (0, "K", 16)  # of the whole, not of what was found


def test_who_left_in_the_year_has_no_link_that_does_not_open(world):
    """DB03-02 stood below DB03 in January; since March it is the business of DB02."""
    world.move("DB03-02", "DB02", date(2017, 3, 1))
    ask = browser(world, "COMMITTEE", "DB03")
    page = text(ask, "DB03", ngay="15/01/2017")
    assert "Tổ chức DB03-02" in page
    links = re.findall(r'href="(/[^"?]*/DB[^"]*)"', page)
    assert len(links) > 8
    assert {link: status for link in links if (status := ask.get(link).status_code) != 200} == {}


def test_a_day_that_cannot_be_is_told_and_the_tree_stands(world):
    page = text(browser(world), "K", ngay="14/06/2016")
    assert "Ngày 14/06/2016 không thuộc năm 2017. Hãy chọn năm ở trên trước." in page
    assert len(shown(page)) == len(ORGANIZATIONS)


def test_what_ended_before_the_day_says_so(world):
    world.merge("CB02", "DB01", {"CB02": "DB01-01"}, date(2017, 7, 1))
    ask = browser(world)
    assert "Vào ngày này Tổ chức CB02 không còn hoạt động." in text(ask, "CB02")
    assert "CB02" in [code for _, code, _ in shown(text(ask, "K", ngay="30/06/2017"))]
    assert "CB02" not in [code for _, code, _ in shown(text(ask, "K"))]


def test_the_tree_costs_the_same_at_any_size(world):
    ask = browser(world)
    text(ask, "K", tim="to chuc")

    def asked():
        with CaptureQueriesContext(connection) as found:
            page = text(ask, "K", tim="to chuc")
        return len(found), len(shown(page))

    few, size = asked()
    world.found(*((f"DB01-{n:03}", "CBTT", "DB01") for n in range(100, 300)))
    many, larger = asked()
    assert (many, larger) == (few, size + 200)
