"""Every address × role × own or foreign organization: what answers. A new address without its row fails."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.pages.conftest import ROLES

# status by role, in the order of ROLES: anonymous, nobody, secretary, committee, organization, inspection, leader, administrator
IN = 302
TABLE = {
    "healthz": [("/healthz", [200] * 8)],
    "login": [("/dang-nhap/", [200] + [302] * 7)],
    "password_change": [("/doi-mat-khau/", [IN] + [200] * 7)],
    "password_change_done": [("/doi-mat-khau/xong/", [IN] + [200] * 7)],
    "logout": [("/dang-xuat/", [IN] + [405] * 7)],
    "home": [("/", [IN, 200, 302, 302, 302, 302, 302, 302])],
    "first_steps": [("/bat-dau/", [IN, 403, 403, 403, 403, 403, 403, 200])],
    "choose": [
        ("/chi-tieu/?to_chuc=DB01-01&nam=2017", [IN, 404, 302, 302, 302, 302, 302, 302]),
        ("/chi-tieu/?to_chuc=DB02&nam=2017", [IN, 404, 404, 404, 302, 302, 302, 302]),
    ],
    "dashboard": [
        ("/chi-tieu/DB01-01/2017/", [IN, 404, 200, 200, 200, 200, 200, 200]),
        ("/chi-tieu/DB01/2017/", [IN, 404, 404, 200, 200, 200, 200, 200]),
        ("/chi-tieu/DB02/2017/", [IN, 404, 404, 404, 200, 200, 200, 200]),
        ("/chi-tieu/K/2017/", [IN, 404, 404, 404, 200, 200, 200, 200]),
    ],
    "indicator": [
        ("/chi-tieu/DB01-01/2017/KN/", [IN, 404, 200, 200, 200, 200, 200, 200]),
        ("/chi-tieu/DB02-01/2017/KN/", [IN, 404, 404, 404, 200, 200, 200, 200]),
        ("/chi-tieu/K/2017/DTTC/", [IN, 404, 404, 404, 200, 200, 200, 200]),
        # Below the bloc the letters are for the inspection department and the leader alone.
        ("/chi-tieu/DB01/2017/DTTC/", [IN, 404, 404, 404, 404, 200, 200, 404]),
    ],
    "targets": [
        ("/chi-tieu/DB01-01/2017/giao/", [IN, 404, 200, 200, 200, 200, 200, 200]),
        ("/chi-tieu/DB02/2017/giao/", [IN, 404, 404, 404, 200, 200, 200, 200]),
    ],
    "organization": [
        ("/to-chuc/DB01-01/2017/", [IN, 404, 200, 200, 200, 200, 200, 200]),
        ("/to-chuc/DB02/2017/", [IN, 404, 404, 404, 200, 200, 200, 200]),
    ],
    "people": [
        ("/dang-vien/DB01-01/2017/", [IN, 404, 200, 200, 200, 200, 200, 200]),
        ("/dang-vien/DB02-01/2017/", [IN, 404, 404, 404, 200, 200, 200, 200]),
    ],
    "admin": [("/quan-tri/", [302, 302, 302, 302, 302, 302, 302, 200])],
}
POSTS = [
    ("/chi-tieu/DB01/2017/giao/", [IN, 404, 404, 403, 400, 403, 403, 403]),
    ("/bat-dau/", [IN, 403, 403, 403, 403, 403, 403, 400]),
]


def addresses():
    """Names of all addresses of the site; the administration is one."""
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "namespace", None) == "admin":
            yield "admin"
        elif hasattr(pattern, "url_patterns"):
            yield from (inner.name for inner in pattern.url_patterns)
        else:
            yield pattern.name


def test_every_address_has_its_row():
    assert sorted(addresses()) == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_open_what(signed_in, role):
    client, place = signed_in(role), ROLES.index(role)
    rows = [row for rows in TABLE.values() for row in rows]
    found = {address: client.get(address).status_code for address, _ in rows}
    assert found == {address: expected[place] for address, expected in rows}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_send_what(signed_in, role):
    client, place = signed_in(role), ROLES.index(role)
    found = {address: client.post(address, {}).status_code for address, _ in POSTS}
    assert found == {address: expected[place] for address, expected in POSTS}


@pytest.mark.parametrize(
    ("role", "rows"), [("organization", False), ("administrator", False), ("inspection", True), ("leader", True)]
)
def test_rows_of_letters_open_for_two_roles(signed_in, role, rows):
    page = signed_in(role).get("/chi-tieu/K/2017/DTTC/").content.decode()
    assert ("01/ĐT" in page) is rows
    assert ("chỉ Ủy ban Kiểm tra và lãnh đạo Đảng ủy Khối được xem" in page) is not rows


def test_below_the_bloc_others_see_no_letters(signed_in):
    for role, seen in (("organization", False), ("committee", False), ("leader", True)):
        page = signed_in(role).get("/chi-tieu/DB01/2017/").content.decode()
        assert ("/chi-tieu/DB01/2017/DTTC/" in page) is seen
    heat = signed_in("organization").get("/chi-tieu/K/2017/").content.decode()
    assert not re.search(r"/chi-tieu/DB0\d/2017/DTTC/", heat)


def test_the_scope_follows_the_tree_of_the_year(site, signed_in):

    site.move("DB01-01", "DB02", date(2017, 7, 1))
    client = signed_in("committee")
    assert client.get("/chi-tieu/DB01-01/2016/").status_code == 200
    assert client.get("/chi-tieu/DB01-01/2017/").status_code == 404


def test_an_office_that_ended_opens_nothing(site, signed_in):
    user = site.user("COMMITTEE", "DB02")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/chi-tieu/DB02/2017/").status_code == 200
    site.dismiss(user, site.act()["on"])
    assert client.get("/chi-tieu/DB02/2017/").status_code == 404
    assert "Chưa được phân công" in client.get("/").content.decode()
