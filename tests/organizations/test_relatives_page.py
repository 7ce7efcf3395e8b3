"""The profile leads from an organization to those it took over and to those that took it over."""

import re
from datetime import date

import pytest
from django.urls import reverse

from members.reorganizing import plan as plans
from members.reorganizing.carry_out import carry_out
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.hand import signed_in_as
from tests.world import START

pytestmark = pytest.mark.django_db
ON = date(2018, 7, 1)


def shown(world, code, role="ORGANIZATION", at="K", year=2018, since=START):
    """[(words, name, link or "")] of the panel."""
    client = signed_in_as(world.user(role, at, since))
    page = client.get(reverse("organization", args=[code, year])).content.decode()
    rows = re.findall(r"<dt>([^<]*)</dt><dd>(?:<a class=\"tap\" href=\"([^\"]*)\">)?([^<]*?)(?:</a>)? <small>", page)
    for _, link, _ in rows:
        assert not link or client.get(link).status_code == 200
    return [(words, name, link) for words, link, name in rows]


def test_a_merger_is_seen_from_both_sides(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ON)
    assert shown(world, "DB01") == [("Tiếp nhận", "Tổ chức CB01", "/to-chuc/CB01/2018/")]
    assert shown(world, "CB01") == [("Kế thừa chính", "Tổ chức DB01", "/to-chuc/DB01/2018/")]
    assert shown(world, "CB02") == []


def test_each_is_opened_in_the_year_in_which_it_stood(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2018, 1, 1))
    assert shown(world, "DB01") == [("Tiếp nhận", "Tổ chức CB01", "/to-chuc/CB01/2017/")]
    assert shown(world, "CB01", year=2017) == [("Kế thừa chính", "Tổ chức DB01", "/to-chuc/DB01/2018/")]


def test_a_division_names_the_principal_successor(world):
    founded = [Founding(code=code, name=f"Đảng bộ {code}", kind="DBCS", parent="K") for code in ("DB08", "DB09")]
    parents = {"DB01-01": "DB08", "DB01-02": "DB09"}
    carry_out(
        plans.splitting(Forest.on(ON), "DB01", founded, ends=True, parents=parents, principal="DB09"), **world.act(ON)
    )
    assert {(words, name) for words, name, _ in shown(world, "DB01")} == {
        ("Kế thừa chính", "Đảng bộ DB09"),
        ("Cùng kế thừa", "Đảng bộ DB08"),
    }
    assert shown(world, "DB08")[0][:2] == ("Tiếp nhận một phần", "Tổ chức DB01")


def test_what_was_split_off(world):
    founded = [Founding(code="DB08", name="Đảng bộ Tách", kind="DBCS", parent="K")]
    carry_out(plans.splitting(Forest.on(ON), "DB01", founded, ends=False, parents={"DB01-02": "DB08"}), **world.act(ON))
    assert shown(world, "DB01") == [("Tách thành", "Đảng bộ Tách", "/to-chuc/DB08/2018/")]
    assert shown(world, "DB08") == [("Tách ra từ", "Tổ chức DB01", "/to-chuc/DB01/2018/")]


def test_a_name_without_a_right_is_no_link(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ON)
    founded = [Founding(code="DB08", name="Đảng bộ Tách", kind="DBCS", parent="K")]
    world.carry_out(plans.splitting(Forest.on(ON), "DB02", founded, ends=False, parents={"DB02-02": "DB08"}), ON)
    assert shown(world, "DB08", "COMMITTEE", "DB08", since=ON) == [("Tách ra từ", "Tổ chức DB02", "")]
    assert shown(world, "DB01", "COMMITTEE", "DB01") == [("Tiếp nhận", "Tổ chức CB01", "/to-chuc/CB01/2018/")]
