"""The columns of the list of members: which are shown, how they sort, what a page of them costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.people import views
from members.register.arrivals import enroll
from tests.members.member_pages import browser, names, text, url
from tests.members.people.crowds import found, rows
from tests.world import count_anew

pytestmark = pytest.mark.django_db

# Columns


def test_the_columns_asked_for_are_shown_beside_the_name(crowd):
    client = browser(crowd)
    page = client.get(url(), {"cot": ["theory", "post", "religion", "official", "occupation", "qualification"]})
    heads = re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+?)\s*<", text(page))
    assert heads == [
        "Chọn",
        "Họ và tên",
        "Tôn giáo",
        "Chính thức",
        "Chuyên môn",
        "Lý luận chính trị",
        "Nghề nghiệp",
        "Chức vụ đảng",
    ]
    assert "Bí thư" in text(page)
    ticked = re.findall(r'name="cot" value="(\w+)"[^>]* checked', text(page))
    assert sorted(ticked) == ["occupation", "official", "post", "qualification", "religion", "theory"]
    usual = client.get(url())
    assert [c.name for c in usual.context["table"].columns] == [
        "pick",
        "name",
        "born",
        "sex",
        "ethnic",
        "cell",
        "admitted",
        "standing",
    ]


@pytest.mark.parametrize(
    "column",
    [
        "born",
        "sex",
        "ethnic",
        "religion",
        "cell",
        "admitted",
        "decided",
        "official",
        "qualification",
        "theory",
        "occupation",
        "post",
        "card",
    ],
)
def test_any_column_sorts_and_ties_are_broken_by_name_and_key(crowd, column, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 25)
    client = browser(crowd)
    pages = [found(client, cot=column, sort=column, page=str(n)) for n in (1, 2)]
    again = [found(client, cot=column, sort=column, page=str(n)) for n in (1, 2)]
    assert pages == again
    listed = pages[0] + pages[1]
    assert len(listed) == len(rows(crowd))
    back = found(client, cot=column, sort=f"-{column}") + found(client, cot=column, sort=f"-{column}", page="2")
    assert sorted(back) == sorted(listed)


# What it costs


def queries(client, **query):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url("DB01-01"), query)
        assert page.status_code == 200
    return [entry["sql"] for entry in asked.captured_queries]


EVERYTHING = {
    "ten": "an",
    "tuoi": "36-40",
    "dien": "chinh-thuc",
    "dan_toc": "01",
    "cot": ["born", "religion", "cell", "post", "card", "theory", "official"],
    "sort": "-post",
}


def test_a_page_costs_the_same_at_fifty_and_at_five_thousand_rows(world):
    client = browser(world)
    enroll([world.arrival(f"Vũ An {n}", "DB01-01") for n in range(50)], **world.act())
    few = queries(client, **EVERYTHING)
    enroll([world.arrival(f"Vũ An {n}", "DB01-01") for n in range(50, 5000)], **world.act())
    count_anew()
    many = queries(client, **EVERYTHING)
    assert len(many) == len(few)
    page = client.get(url("DB01-01"), EVERYTHING)
    assert page.context["list"].tally.total > 4900
    assert len(names(page)) == views.AT_ONCE == 50
    listing = [sql for sql in many if 'FROM "members_membership"' in sql and "COUNT(" not in sql and "LIMIT" not in sql]
    assert all("sort_key" not in sql for sql in listing), "rows of the roll are read beyond the page shown"
    chosen = {**EVERYTHING, "tat_ca": "1"}
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url("DB01-01", name="people_selected"), chosen)
    assert page.context["tally"].total > 4900
    assert len(names(page)) == views.AT_ONCE == 50
    assert len(asked) <= len(few) + 4


def test_more_columns_cost_no_more_queries(world, department):
    department.get(url("DB01-01"))
    assert len(queries(department, cot=["post", "card", "religion"])) == len(queries(department))
