"""Who sees letters: rows of the bloc for its inspection department and leaders, nothing below it for others."""

import re

import pytest
from django.urls import reverse

from tests.access.rows import ROLES

pytestmark = pytest.mark.django_db


def get_dttc(ask, code, year=2017):
    return ask.get(reverse("indicator", args=[code, year, "DTTC"]))


@pytest.mark.parametrize(
    ("role", "at_the_bloc", "below"),
    [
        ("secretary", 404, {"DB01-01": 404}),
        ("committee", 404, {"DB01": 404, "DB01-01": 404}),
        ("organization", 200, {"DB01": 404, "DB01-01": 404, "CB01": 404}),
        ("administrator", 200, {"DB01": 404, "DB01-01": 404, "CB01": 404}),
        ("inspection", 200, {"DB01": 200, "DB01-01": 200, "CB01": 200}),
        ("leader", 200, {"DB01": 200, "DB01-01": 200, "CB01": 200}),
    ],
)
def test_letters_page(browser_of, role, at_the_bloc, below):
    ask = browser_of(role)
    page = get_dttc(ask, "K")
    assert page.status_code == at_the_bloc
    for code, status in below.items():
        assert get_dttc(ask, code).status_code == status, code
    if at_the_bloc == 200:
        for part in ("tu-so", "mau-so", "khong-tinh"):
            text = ask.get(reverse("indicator", args=["K", 2017, "DTTC"], query={"hang": part})).content.decode()
            sees_rows = role in ("inspection", "leader")
            assert ("Đơn-" in text) == sees_rows, part
            assert ("chỉ Ủy ban Kiểm tra và lãnh đạo Đảng ủy Khối được xem" in text) != sees_rows
            assert ('id="gop"' in text) == sees_rows


@pytest.mark.parametrize("role", ROLES[2:])
def test_letters_on_dashboards(browser_of, role):
    """Neither card nor cell, nor rank, nor anything else speaks of letters below the bloc."""
    ask, sees = browser_of(role), role in ("inspection", "leader")
    for code in {"secretary": ["DB01-01"], "committee": ["DB01"]}.get(role, ["DB01", "CB01"]):
        text = ask.get(reverse("dashboard", args=[code, 2017])).content.decode()
        assert ("/DTTC/" in text) == sees, code
        assert ("đơn thư" in text.lower()) == sees, code
    if role not in ("secretary", "committee"):
        assert "/K/2017/DTTC/" in ask.get(reverse("dashboard", args=["K", 2017])).content.decode()
        text = ask.get(reverse("indicator", args=["K", 2017, "DTTC"])).content.decode()
        assert bool(re.search(r"/(?!K/)[\w-]+/2017/DTTC/", text)) == sees
        assert ("xep-sort" in text) == sees  # the ranking on letters
