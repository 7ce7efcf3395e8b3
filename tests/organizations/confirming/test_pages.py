"""The pages on which an office is asked for, confirmed and taken note of."""

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import User
from organizations.appoint import appoint
from organizations.models import Appointment
from tests.hand import Hand, signed_in_as
from tests.organizations.confirming.asking import ask, row, told
from tests.world import START, TODAY

pytestmark = pytest.mark.django_db


def appoint_on_the_page(user, role, organization, as_):
    data = {"user": user.pk, "role": role, "organization": organization.pk}
    return signed_in_as(as_).post(reverse("admin:organizations_appointment_add"), data, follow=True)


def test_the_administration_asks_the_other_administrator(world, one, other):
    page = appoint_on_the_page(one, "INSPECTION", world.org["K"], one)
    assert page.redirect_chain[-1][0] == reverse("appointments")
    text = page.content.decode()
    assert "Phân công cho chính mình chỉ có hiệu lực khi một quản trị khác xác nhận" in text
    assert "Rút đề nghị" in text
    assert "Xác nhận</button>" not in text
    assert not Appointment.objects.filter(user=one).exists()
    again = appoint_on_the_page(one, "LEADER", world.org["K"], one)
    assert "đã có và đang chờ xác nhận" in again.content.decode()

    hand = Hand(other).open(reverse("home"))
    assert hand.page.redirect_chain[0][0] == reverse("appointments")
    hand.press("xac-nhan")
    assert "Đã xác nhận: Quản trị một · Ủy ban Kiểm tra Đảng ủy Khối" in hand.text
    assert Appointment.objects.get(user=one).role == "INSPECTION"
    listed = signed_in_as(other).get(reverse("admin:organizations_pendingappointment_changelist"))
    assert "Xác nhận phân công" in listed.content.decode()


@pytest.mark.parametrize("who", ["one", "other"])
def test_what_was_asked_for_is_declined_or_taken_back(world, one, other, who):
    ask(world, one)
    hand = Hand({"one": one, "other": other}[who]).open(reverse("appointments"))
    hand.press("tu-choi")
    assert "Không xác nhận: Quản trị một" in hand.text
    assert not Appointment.objects.filter(user=one).exists()


def test_the_first_page_of_the_leader_tells_until_he_took_note(world, one, leader):
    appoint([row(world, one)], by=one, on=TODAY)
    hand = Hand(leader)
    page = hand.client.get(reverse("home"))
    assert page.url == reverse("appointments")
    hand.open(page.url)
    assert "Quản trị một (quan-tri): Ủy ban Kiểm tra Đảng ủy Khối" in hand.text
    assert "Tự phân công cho mình, vì không có quản trị nào khác" in hand.text
    appoint([row(world, User.objects.create_user("nguoi-quen"))], by=one, on=TODAY)  # after the page was drawn
    hand.press("da-biet")
    assert "Đã ghi nhận 1 phân công." in hand.text
    assert told(leader) == [("nguoi-quen", "INSPECTION", "K")]
    hand.open(reverse("appointments")).press("da-biet")
    assert hand.client.get(reverse("home")).url != reverse("appointments")


@pytest.mark.parametrize(
    "sent", [{}, {"viec": "xac-nhan"}, {"viec": "xac-nhan", "so": "x"}, {"viec": "gi-do", "so": "1"}]
)
def test_nonsense_is_refused_with_a_sentence(world, one, sent):
    page = signed_in_as(one).post(reverse("appointments"), sent)
    assert page.status_code == 400
    assert "Đề nghị này đã được giải quyết" in page.content.decode()


@pytest.mark.parametrize("what", ["da-biet", "xac-nhan", "tu-choi"])
def test_the_page_is_for_leaders_and_administrators(world, one, other, what):
    pending = ask(world, one)
    for who in (world.user("ORGANIZATION", "K", START), world.user("SECRETARY", "CB01", START)):
        page = signed_in_as(who).post(reverse("appointments"), {"viec": what, "so": pending.pk})
        assert page.status_code == 403
    assert Client().post(reverse("appointments"), {"viec": what, "so": pending.pk}).status_code == 302
    pending.refresh_from_db()
    assert pending.voided is None


def test_a_leader_confirms_nothing(world, one, other, leader):
    pending = ask(world, one)
    page = signed_in_as(leader).post(reverse("appointments"), {"viec": "xac-nhan", "so": pending.pk})
    assert page.status_code == 400
    assert not Appointment.objects.filter(user=one).exists()
