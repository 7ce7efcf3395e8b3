"""The same person twice: two equal requests at once make one person and tell the second; who is perhaps the same is shown."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import CandidateRecord, Member, Membership
from members.register import arrivals
from tests.field.twice import one_is_told, send_at_once
from tests.members.register.test_writers import at_once
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = [pytest.param(3, id="3"), pytest.param(50, id="50", marks=pytest.mark.deep)]
PERSON = {"gioi_tinh": "F", "dan_toc": "01", "ngay_sinh": "15/06/1990", "chuyen_mon": "4", "ly_luan": "1"}
PAPER = {"so": "12-QĐ/ĐUK", "ngay": "01/03/2018", "co_quan": "Đảng ủy Khối"}
ADMITTED = {**PERSON, **PAPER, "chi_bo": "CB01", "ngay_le": "19/05/2018", "hinh_thuc": "ADMITTED"}
ARRIVED = {
    **PERSON,
    **PAPER,
    "chi_bo": "CB01",
    "tu_ngay": "02/04/2018",
    "quyet_dinh": "01/05/2012",
    "ngay_le": "19/05/2012",
    "chinh_thuc": "19/05/2013",
}
RECOMMENDED = {"viec": "gioi-thieu", "gioi": "F", "ngay_sinh": "15/06/1990", "doan_vien": "co", "chi_bo": "DB01-01"}


def names(count):
    """Names that no rule takes for each other."""
    letters = "ABCDEGHIKLMNOPQRSTUVX"  # Y is found as I is
    return [f"Hồ {letters[n // len(letters)]}ân {letters[n % len(letters)]}uân" for n in range(count)]


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize(("errand", "typed"), [("ket-nap", ADMITTED), ("chuyen-den", ARRIVED)])
def test_a_double_click_enters_one_person(rounds, errand, typed):
    world = World()
    user = world.user("ORGANIZATION", "K")
    address = reverse("enter", args=["K", 2018, errand])
    for name in names(rounds):
        told = one_is_told(send_at_once(user, address, {"ho_ten": name, **typed}))
        (member,) = Member.objects.filter(full_name=name)
        assert Membership.objects.filter(member=member).count() == 1
        assert f"{name}, sinh 15/06/1990, có thể đã được ghi: hồ sơ số {member.pk} (cùng họ tên và ngày sinh)." in told
        assert "Đồng chí này đang có tên trong danh sách, không ghi mới được." in told


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_double_click_recommends_one_candidate(rounds):
    world = World()
    user = world.user("SECRETARY", "DB01-01")
    address = reverse("candidates", args=["DB01-01", 2018])
    for name in names(rounds):
        told = one_is_told(send_at_once(user, address, {"ho_ten": name, "tu_ngay": "02/04/2018", **RECOMMENDED}))
        assert f"{name}, sinh 15/06/1990, đã có trong nguồn kết nạp của DB01-01." in told
        assert CandidateRecord.objects.filter(full_name=name).count() == 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_who_type_what_is_only_alike_are_told_too(rounds):
    """The name spelled otherwise and a digit slipped: the two acts still wait for each other."""
    world = World()
    for name in names(rounds):
        rows = [
            world.newcomer(word, cell, date(2018, 5, 19), born=born, others=frozenset())
            for word, cell, born in ((name, "CB01", date(1990, 6, 15)), (name.upper(), "CB02", date(1990, 6, 16)))
        ]
        results = at_once(*(lambda row=row: arrivals.admit([row], **world.act()) for row in rows))
        assert results.count("done") == 1, results
        assert any("có thể đã được ghi" in said for said in results), results
