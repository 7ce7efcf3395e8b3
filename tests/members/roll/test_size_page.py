"""Organizations of an unusual size are noted on the profile; the superior's consent is recorded there."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.models import Approval, SizeRule
from tests.hand import Hand
from tests.world import recorded

pytestmark = pytest.mark.django_db
PAPER = {"so": "9-CV/TU", "ngay": "01/12/2018", "co_quan": "Tỉnh ủy", "tu_ngay": "10/12/2018", "ly_do": ""}


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def profile(hand, code, year=2018):
    return hand.open(reverse("organization", args=[code, year])).text


def test_who_is_too_few_is_noted_with_the_form_beside_it(hand):
    text = profile(hand, "DB01-01")
    assert "Tổ chức DB01-01 có 2 đảng viên chính thức, ít hơn 3; cần văn bản đồng ý của cấp trên." in text
    text = profile(hand, "DB01")
    assert "Tổ chức DB01 có 4 đảng viên, ít hơn 30; cần văn bản đồng ý của cấp trên." in text
    assert "Tổ chức DB01-02 có 2 đảng viên chính thức, ít hơn 3" in text
    assert "Tổ chức DB02" not in text


def test_a_grassroots_cell_with_thirty_is_noted(world, hand):
    for n in range(27):
        world.enroll(f"Vũ Xuân-{n}", "CB01")
    assert "Số lượng đảng viên cần lưu ý" not in profile(hand, "CB01")
    world.enroll("Vũ Yến", "CB01")
    assert "Tổ chức CB01 có 30 đảng viên, nhiều hơn 29; cần văn bản đồng ý của cấp trên." in profile(hand, "CB01")


def test_the_consent_is_recorded_with_its_paper(world, hand):
    rule = SizeRule.objects.get(kind="CBTT", official=True)
    address = reverse("approve_size", args=["DB01-01", rule.pk])
    profile(hand, "DB01-01")
    assert address in hand.page.content.decode()
    hand.open(address)
    before = recorded()
    hand.press(None, refused=True, **PAPER | {"so": ""})
    assert recorded() == before
    assert 'value="Tỉnh ủy"' in hand.page.content.decode()
    hand.press(None, **PAPER)
    assert "Đã ghi văn bản đồng ý cho Tổ chức DB01-01." in hand.text
    assert "ít hơn 3; đã có văn bản đồng ý 9-CV/TU ngày 01/12/2018 của Tỉnh ủy." in hand.text
    assert (Approval.objects.get().starts, Approval.objects.get().organization) == (
        date(2018, 12, 10),
        world.org["DB01-01"],
    )


def test_what_needs_no_consent_has_no_form(world, hand):
    rule = SizeRule.objects.get(kind="CBCS", official=False)
    for code, pk in (("CB01", rule.pk), ("DB01-01", rule.pk), ("DB01-01", 10**9)):
        assert hand.client.get(reverse("approve_size", args=[code, pk])).status_code == 404


def test_others_read_the_note_without_the_form(world):
    hand = Hand(world.user("SECRETARY", "DB01-01"))
    assert "ít hơn 3; cần văn bản đồng ý của cấp trên." in profile(hand, "DB01-01")
    assert "Ghi văn bản đồng ý" not in hand.text and "Sắp xếp tổ chức" not in hand.text
    assert "Hủy việc này" not in hand.text


def test_the_profile_costs_the_same_at_any_size(world, hand):
    profile(hand, "K")

    def asked():
        with CaptureQueriesContext(connection) as found:
            profile(hand, "K")
        return len(found)

    few = asked()
    world.found(*((f"CB{n}", "CBCS", "K") for n in range(100, 300)))
    assert asked() == few
