"""What an empty installation still wants, step by step; and who does each."""

import pytest
from django.urls import reverse

from ledger.models import User
from tests.hand import Hand, signed_in_as
from tests.indicators.board import set_groups, set_targets


def told(client, **query):
    """{title: (done, what is told, [words of the ways])}"""
    page = client.get(reverse("first_steps", query=query))
    return {s.title: (s.done, s.told, [way.words for way in s.ways]) for s in page.context["progress"]}


@pytest.fixture
def administrator(db):
    return signed_in_as(User.objects.create_superuser("goc"))


def test_an_empty_installation_begins_with_its_bloc(administrator):
    assert told(administrator) == {}
    administrator.post(reverse("first_steps"), {"ten": "Đảng bộ Khối", "ngay_thanh_lap": "03/02/1992"})
    steps = told(administrator)
    assert list(steps) == ["Đảng bộ Khối", "Cây tổ chức", "Đảng viên", "Nhóm chỉ tiêu của năm", "Chỉ tiêu", "Tài khoản"]
    assert [done for done, _, _ in steps.values()] == [True, False, False, False, False, False]
    assert steps["Cây tổ chức"] == (False, "Chưa có tổ chức nào.", [])  # the office's, not the administration's
    assert steps["Tài khoản"][2] == ["Nhập từ tệp", "Tệp ví dụ", "Tạo tài khoản, in phiếu đăng nhập"]


def test_each_step_tells_what_is_there_and_what_is_wanting(world):
    office = signed_in_as(world.user("ORGANIZATION", "K"))
    world.found(("DB09", "DBCS", "K"), ("CB09", "CBCS", "K"))
    steps = told(office, nam=2018)
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
    hand = Hand(world.user("ORGANIZATION", "K"))
    page = hand.client.get(reverse("first_steps", query={"nam": 2018}))
    for step in page.context["progress"]:
        for way in step.ways:
            assert hand.client.get(way.address).status_code == 200, way
