"""What an empty installation still wants, step by step; and who does each."""

from datetime import date

import pytest
from django.urls import reverse

from ledger.models import User
from organizations import lineage, reorganize
from organizations.models import Kind
from tests.hand import Hand, signed_in_as
from tests.indicators.board import set_groups, set_targets

STEPS = [
    "Đảng bộ Khối",
    "Người làm ở Ban Tổ chức",
    "Cây tổ chức",
    "Đảng viên",
    "Nhóm chỉ tiêu của năm",
    "Chỉ tiêu",
    "Tài khoản",
]


def told(client, **query):
    """{title: (done, what is told, [words of the ways])}"""
    page = client.get(reverse("first_steps", query=query))
    return {s.title: (s.done, s.told, [way.words for way in s.ways]) for s in page.context["progress"]}


@pytest.fixture
def administrator(db):
    return signed_in_as(User.objects.create_superuser("goc"))


def test_an_empty_installation_begins_with_its_bloc(administrator):
    assert list(told(administrator)) == STEPS
    assert {done for done, _, _ in told(administrator).values()} == {False}
    administrator.post(reverse("first_steps"), {"ten": "Đảng bộ Khối", "ngay_thanh_lap": "03/02/1992"})
    steps = told(administrator)
    assert list(steps) == STEPS
    assert [done for done, _, _ in steps.values()] == [True, *[False] * 6]
    assert steps["Người làm ở Ban Tổ chức"] == (
        False,
        "Chưa giao ai. Người này làm các bước dưới đây, trừ tài khoản.",
        ["Giao vai trò ở Đảng bộ Khối"],
    )
    assert told(administrator, nam=2018)["Nhóm chỉ tiêu của năm"][2] == ["Mở năm 2018"]
    assert steps["Cây tổ chức"] == (False, "Chưa có tổ chức nào.", [])  # the office's, not the administration's
    assert steps["Tài khoản"][2] == ["Nhập từ tệp", "Tệp ví dụ", "Tạo tài khoản, in phiếu đăng nhập"]


def test_each_step_tells_what_is_there_and_what_is_wanting(world):
    office = signed_in_as(world.user("ORGANIZATION", "K"))
    world.found(("DB09", "DBCS", "K"), ("CB09", "CBCS", "K"))
    steps = told(office, nam=2018)
    assert steps["Người làm ở Ban Tổ chức"][0]
    assert steps["Cây tổ chức"][:2] == (
        False,
        "7 tổ chức cơ sở đảng, 9 chi bộ. 1 đảng bộ cơ sở chưa có chi bộ: DB09.",
    )
    assert steps["Đảng viên"][:2] == (False, "16 đảng viên trong danh sách. 1 chi bộ chưa có ai: CB09.")
    assert steps["Đảng viên"][2] == ["Nhập từ tệp", "Tệp ví dụ", "Ghi từng người"]
    assert steps["Nhóm chỉ tiêu của năm"][:2] == (False, "Năm 2018 chưa mở.")
    office.post(reverse("first_steps"), {"nam": "2018"})
    assert told(office, nam=2018)["Nhóm chỉ tiêu của năm"][:2] == (
        True,
        "Năm 2018: 8 nhóm chỉ tiêu, kỳ xếp loại đã mở.",
    )
    set_targets(world, 2018, KN={"K": 3, "DB01": 1})
    assert told(office, nam=2018)["Chỉ tiêu"][:2] == (
        True,
        "Đảng bộ Khối đã có chỉ tiêu năm 2018; 1 trong 7 tổ chức cơ sở đảng đã được giao.",
    )


def test_the_ways_lead_somewhere(world):
    set_groups(world, 2018)
    set_groups(world, 2019)
    for user in (world.user("ORGANIZATION", "K"), User.objects.create_superuser("goc")):
        hand = Hand(user)
        for year in (2009, 2017, 2018, 2019):  # the last is ahead: its pages are not there yet
            page = hand.client.get(reverse("first_steps", query={"nam": year}))
            for step in page.context["progress"]:
                for way in step.ways:
                    address = way.address if way.address.startswith("/") else page.wsgi_request.get_full_path()
                    assert hand.client.get(address).status_code == 200, (year, way)


def test_of_a_year_ahead_it_is_told_from_when_targets_are_set(world):
    office = signed_in_as(world.user("ORGANIZATION", "K"))
    steps = told(office, nam=2019)
    assert steps["Chỉ tiêu"][1].endswith("Trang giao chỉ tiêu của năm mở từ ngày 01/01/2019.")
    assert steps["Nhóm chỉ tiêu của năm"][2] == ["Mở năm 2019"] and steps["Chỉ tiêu"][2] == []


def test_a_year_that_was_opened_is_what_the_page_goes_on_with(world):
    """Of two blocs, and of a year that is not this one: not of whatever comes first."""
    world.found(("K2", "KHOI", None))
    administrator = signed_in_as(User.objects.create_superuser("goc"))
    page = administrator.post(reverse("first_steps"), {"dang_bo": "K2", "nam": "2017"}, follow=True)
    assert (page.context["bloc"].organization.code, page.context["year"]) == ("K2", 2017)
    assert {s.title: s.told for s in page.context["progress"]}["Nhóm chỉ tiêu của năm"].startswith("Năm 2017: 8 nhóm")
    assert page.context["other_years"] == [2018, 2019]


def test_organizations_of_a_past_year_are_those_that_stood_in_it(world):
    set_groups(world, 2017)
    office = signed_in_as(world.user("ORGANIZATION", "K"))
    world.found(("CB09", "CBCS", "K"), on=date(2018, 3, 1))
    assert "0 trong 5 tổ chức" in told(office, nam=2017)["Chỉ tiêu"][1]


def test_a_code_that_is_taken_is_not_given_again(administrator):
    """As where the bloc before it has ended."""
    user = User.objects.get()
    province = reorganize.Founding(code="K", name="Đảng bộ tỉnh", kind=Kind.TINH)
    reorganize.found([province], by=user, on=date(1992, 1, 1))
    administrator.post(reverse("first_steps"), {"ten": "Đảng bộ Khối", "ngay_thanh_lap": "01/12/2018"})
    assert [spell.organization.code for spell in lineage.blocs(date(2018, 12, 14))] == ["K2"]
