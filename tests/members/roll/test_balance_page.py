"""The balance sheet: every number opens onto exactly its people, and moves inside cancel one level up."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Exit, Membership
from members.roll.balance import COLUMNS, people, sheet
from organizations.frame import frame
from tests.hand import signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world):
    world.admit("Trần Xuân", "DB01-01", date(2017, 5, 19))
    world.transfer("An", "DB01-02", date(2017, 6, 15))
    world.transfer("Chi", "DB02-01", date(2017, 7, 1))
    world.leave("Bình", date(2017, 8, 1), Exit.DIED)
    world.move("DB03-02", "DB02", date(2017, 3, 1))
    world.reader = world.user("ORGANIZATION", "K")
    return world


def cells(world, code, half=False):
    """{code: {column: n}} of the sheet of `code` in 2017."""
    found = sheet(frame(world.reader, code, 2017), half)
    return {spell.organization.code: {c.key: n for c, n in row if n} for spell, _, row in found.rows}


def test_a_move_inside_is_nothing_one_level_up(world):
    assert cells(world, "DB01") == {
        "DB01": {"vao-admitted": 1, "ra-moved": 1, "ra-died": 1},
        "DB01-01": {"vao-admitted": 1, "ra-moved": 1, "ra-died": 1},
        "DB01-02": {"vao-moved": 1, "ra-moved": 1},
    }
    assert cells(world, "K")["K"] == {"vao-admitted": 1, "ra-died": 1}
    assert cells(world, "K")["DB02"] == {"vao-moved": 1, "sap-xep": 2}
    assert cells(world, "K")["DB03"] == {"sap-xep": -2}


def test_half_a_year_ends_on_30_june(world):
    assert cells(world, "DB01", half=True)["DB01"] == {"vao-admitted": 1}


@pytest.mark.parametrize("code", ["K", "DB01", "DB02", "DB03", "DB01-01", "DB01-02", "DB02-01"])
def test_each_number_is_the_number_of_its_people(world, code):
    found = sheet(frame(world.reader, code, 2017), half=False)
    assert found.unbalanced == []
    for spell, flow, row in found.rows:
        for column, n in row:
            behind = people(spell.organization, column, found.first, found.last)
            assert sum(1 if p.came or column.came is not None else -1 for p in behind) == n
        total = sum(n if column.came is not False else -n for column, n in row)
        assert flow.opening + total == flow.closing


def test_counted_a_second_way(world):
    """Who came into DB01 in 2017: on the roll of a day and not of the day before, day by day."""
    day, came, went = date(2017, 1, 1), [], []
    while day <= date(2017, 12, 31):
        before, now = world.names("DB01", day - timedelta(days=1)), world.names("DB01", day)
        came += sorted(now - before)
        went += sorted(before - now)
        day += timedelta(days=1)
    org = world.org["DB01"]
    found = [p for c in COLUMNS for p in people(org, c, date(2017, 1, 1), date(2017, 12, 31))]
    assert sorted(p.member.full_name.split()[-1] for p in found if p.came) == sorted(came) == ["Xuân"]
    assert sorted(p.member.full_name.split()[-1] for p in found if not p.came) == sorted(went) == ["Bình", "Chi"]


def test_the_page_opens_a_cell_onto_its_people(world):
    client = signed_in_as(world.reader)
    page = client.get(reverse("balance", args=["DB01", 2017], query={"o": "DB01", "dong": "ra-moved"})).content.decode()
    opened = page[page.index('id="nguoi"') :]
    assert re.findall(r"<td>([^<]*)</td>", opened) == [
        "01/07/2017",
        "Tổ chức DB01-02, Tổ chức DB01",
        "Tổ chức DB02-01, Tổ chức DB02",
    ]
    assert re.findall(r'ho-so/\d+/">([^<]+)<', opened) == ["Lê Chi"]


def test_opening_and_closing_open_onto_the_roll_of_their_day(world):
    for role, code in (("ORGANIZATION", "K"), ("COMMITTEE", "DB01")):
        client = signed_in_as(world.user(role, code))
        page = client.get(reverse("balance", args=["DB01", 2017], query={"ky": "6-thang"})).content.decode()
        (opening,) = re.findall(r'href="([^"]+)" aria-label="[^"]+, đầu kỳ: 4"', page)
        closing = re.findall(r'href="([^"]+)" aria-label="[^"]+, cuối kỳ: (\d)"', page)
        assert 'id="so-luong">4 đảng viên.</p>' in client.get(opening).content.decode()
        for url, n in closing:
            assert f'id="so-luong">{n} đảng viên.</p>' in client.get(url).content.decode(), url


def test_an_opening_the_reader_may_not_see_is_no_link(world):
    client = signed_in_as(world.user("COMMITTEE", "DB02"))
    page = client.get(reverse("balance", args=["DB03-02", 2017])).content.decode()
    assert "cuối kỳ: 2" in page
    assert "đầu kỳ:" not in page


def test_who_is_out_of_reach_by_now_is_told_without_a_link(world):
    """Xuân was admitted to DB01-01, which is DB02's since: DB01 sees its past, but the page of nobody who stayed in it."""
    world.move("DB01-01", "DB02", date(2018, 3, 1))
    client = signed_in_as(world.user("COMMITTEE", "DB01"))
    asked = {"o": "DB01", "dong": "vao-admitted"}
    page = client.get(reverse("balance", args=["DB01", 2017], query=asked)).content.decode()
    assert "Trần Xuân" in page
    links = re.findall(r'href="(/dang-vien/ho-so/\d+/)"', page)
    for dong in ("ra-moved", "ra-died"):
        page = client.get(reverse("balance", args=["DB01", 2017], query={"o": "DB01", "dong": dong})).content.decode()
        links += re.findall(r'href="(/dang-vien/ho-so/\d+/)"', page)
    assert links == [reverse("member", args=[world.people["Chi"].pk])]
    assert client.get(links[0]).status_code == 200
    assert client.get(reverse("member", args=[world.people["Xuân"].pk])).status_code == 404


@pytest.mark.parametrize("query", [{"o": "DB02", "dong": "ra-moved"}, {"o": "DB01", "dong": "x"}, {"o": "DB01"}])
def test_a_cell_that_is_not_there_is_told(world, query):
    client = signed_in_as(world.reader)
    answer = client.get(reverse("balance", args=["DB01", 2017], query=query))
    assert answer.status_code == 404
    assert "không có ô như vậy" in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_people_or_days(world):
    def asked():
        page = frame(world.reader, "K", 2017)
        with CaptureQueriesContext(connection) as found:
            seen = sheet(page, half=False)
            people(world.org["K"], COLUMNS[1], seen.first, seen.last)
        return len(found)

    few = asked()
    for n in range(20):
        world.admit(f"Lý Mới{n}", "DB01-01", date(2017, 9, 1 + n))
    assert Membership.objects.standing().filter(starts__year=2017).count() > 20
    assert asked() == few


def test_what_no_longer_hangs_below_is_a_row_that_says_so(world):
    """DB03-02 went to DB02 on 01/03/2017, CB01 into DB01 in 2018; the openings and the closings sum to the whole."""
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2018, 6, 1))
    for year, place, gone in ((2017, "DB03", {"DB03-02"}), (2018, "K", {"CB01"}), (2017, "K", set())):
        found = sheet(frame(world.reader, place, year), half=False)
        (_, whole, _), *parts = found.rows
        assert {s.organization.code for s, _, _ in parts if s.organization_id in found.gone} == gone
        assert sum(flow.opening for _, flow, _ in parts) == whole.opening
        if place == "K":
            assert sum(flow.closing for _, flow, _ in parts) == whole.closing
    client = signed_in_as(world.reader)
    page = client.get(reverse("balance", args=["K", 2018])).content.decode()
    assert page.count("không còn trực thuộc vào cuối kỳ") == 1


def test_half_a_year_is_told_by_the_name_of_its_end(world):
    world.rename("DB01", "Đảng bộ Mới", date(2017, 9, 1))
    names = {half: sheet(frame(world.reader, "DB01", 2017), half).rows[0][0].name for half in (True, False)}
    assert names == {True: "Tổ chức DB01", False: "Đảng bộ Mới"}


def test_every_opening_and_closing_opens_where_the_reader_may_look(world):
    """The committee of DB03 reads DB03-02 as it was before it went to DB02, and no page of it since."""
    client = signed_in_as(world.user("COMMITTEE", "DB03"))
    page = client.get(reverse("balance", args=["DB03", 2017])).content.decode()
    links = set(re.findall(r'href="(/dang-vien/[^"]+|/bien-dong/[^"?]+)"', page))
    assert reverse("people", args=["DB03-02", 2016]) in links
    assert reverse("balance", args=["DB03-02", 2017]) not in links
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} == {200}
