"""The leader is told of every office that was given at the bloc, and of every password that opens one."""

import pytest
from django.urls import reverse

from ledger.acts import Refused
from ledger.models import User
from organizations import confirming
from organizations.appoint import appoint, dismiss
from organizations.models import AppointmentNotice
from tests.hand import Hand, signed_in_as
from tests.organizations.confirming.asking import anew, ask, row, told
from tests.world import START, TODAY, refused

pytestmark = pytest.mark.django_db


# What the leader is told


def test_the_leader_is_told_of_every_office_of_the_bloc(world, one, other, leader):
    friend = User.objects.create_user("nguoi-quen")
    appoint([row(world, friend)], by=one, on=TODAY)
    confirming.confirm(ask(world, one, role="ORGANIZATION"), by=other, on=TODAY)
    appoint([row(world, User.objects.create_user("bi-thu"), "SECRETARY", "CB01")], by=one, on=TODAY)
    assert told(leader) == [("nguoi-quen", "INSPECTION", "K"), ("quan-tri", "ORGANIZATION", "K")]
    assert told(one) == told(friend) == []
    shown = confirming.notices_for(anew(leader))
    assert confirming.acknowledge(shown, by=anew(leader), on=TODAY) == 2
    assert told(leader) == []
    with refused("Phân công này đã được ghi nhận, hoặc không phải để đồng chí ghi nhận."):
        confirming.acknowledge(shown, by=anew(leader), on=TODAY)


def test_a_leader_made_for_it_takes_note_of_nothing(world, one, leader):
    """Neither of himself nor of the next office, until the leader before him knows of him."""
    puppet = User.objects.create_user("nguoi-quen")
    appoint([row(world, puppet, "LEADER")], by=one, on=TODAY)
    appoint([row(world, one)], by=one, on=TODAY)
    assert told(puppet) == []
    assert told(leader) == [("nguoi-quen", "LEADER", "K"), ("quan-tri", "INSPECTION", "K")]
    with refused("Phân công này đã được ghi nhận, hoặc không phải để đồng chí ghi nhận."):
        confirming.acknowledge(list(AppointmentNotice.objects.all()), by=anew(puppet), on=TODAY)
    confirming.acknowledge(confirming.notices_for(anew(leader)), by=anew(leader), on=TODAY)
    appoint([row(world, User.objects.create_user("nua"), "ORGANIZATION")], by=one, on=TODAY)
    assert told(leader) == [("nua", "ORGANIZATION", "K")]
    assert told(puppet) == [(leader.username, "LEADER", "K"), ("nua", "ORGANIZATION", "K")]


def test_the_administrator_as_leader_is_told_of_others_alone(world, one, leader):
    dismiss(list(leader.appointments.standing()), by=one, on=TODAY)
    appoint([row(world, one, "LEADER")], by=one, on=TODAY)
    assert told(one) == [(leader.username, "LEADER", "K")]
    assert AppointmentNotice.objects.standing().filter(user=one).exists()
    after = world.user("LEADER", "K", TODAY)
    assert told(after) == []  # who came later is himself to be known first


@pytest.mark.parametrize(("role", "code", "is_told"), [("INSPECTION", "K", True), ("SECRETARY", "CB01", False)])
def test_the_leader_is_told_of_a_password_that_opens_an_office_of_the_bloc(world, one, leader, role, code, is_told):
    user = world.user(role, code)
    if given := confirming.notices_for(anew(leader)):
        confirming.acknowledge(given, by=anew(leader), on=TODAY)
    password = "mot-cau-dai-kho-doan"
    data = {"usable_password": "true", "password1": password, "password2": password, "set-password": "x"}
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    signed_in_as(one).post(address, data | {"password2": "khac"})
    assert told(leader) == []
    signed_in_as(one).post(address, data)
    assert told(leader) == ([(user.username, role, code)] if is_told else [])
    if is_told:
        hand = Hand(leader).open(reverse("appointments"))
        assert "Quản trị một đặt mật khẩu mới cho tài khoản này" in hand.text


def test_a_leader_whose_password_was_set_is_known_anew(world, one, leader):
    second = world.user("LEADER", "K", TODAY)
    confirming.acknowledge(confirming.notices_for(anew(leader)), by=anew(leader), on=TODAY)
    second.set_password("mot-cau-dai-kho-doan")
    confirming.tell_of_password(User, user=second, by=one)
    appoint([row(world, one)], by=one, on=TODAY)
    assert told(second) == []
    assert len(told(leader)) == 2


def test_the_inspection_department_is_told_of_the_only_leader_s_password(world, one, leader):
    """For the leader finds no more than that his own no longer opens, and whoever opens with it takes note in his name."""
    inspector = world.user("INSPECTION", "K")
    if given := confirming.notices_for(anew(leader)):
        confirming.acknowledge(given, by=anew(leader), on=TODAY)
    leader.set_password("mot-cau-dai-kho-doan")
    leader.save()
    confirming.tell_of_password(User, user=leader, by=one)
    later = User.objects.create_user("dat-sau")
    appoint([row(world, later)], by=one, on=TODAY)
    assert told(leader) == [("dat-sau", "INSPECTION", "K")]
    assert told(later) == []
    assert told(inspector) == [(leader.username, "LEADER", "K")]
    confirming.acknowledge(confirming.notices_for(anew(leader)), by=anew(leader), on=TODAY)
    assert told(later) == []  # who was appointed for it is told of nothing earlier
    page = signed_in_as(anew(inspector)).get(reverse("home"), follow=True)
    assert page.redirect_chain[0][0] == reverse("appointments")
    assert "Quản trị một đặt mật khẩu mới cho tài khoản này" in page.content.decode()
    confirming.acknowledge(confirming.notices_for(anew(inspector)), by=anew(inspector), on=TODAY)
    assert told(inspector) == []


def test_a_password_that_cannot_be_told_of_is_not_set(world, one, leader, monkeypatch):
    def fails(**kwargs):
        raise Refused("Sổ đang bận.")

    monkeypatch.setattr("ledger.admin.password_given.send", lambda sender, **kwargs: fails(**kwargs))
    data = {"usable_password": "true", "password1": "mot-cau-dai", "password2": "mot-cau-dai", "set-password": "x"}
    browser = signed_in_as(one, raise_request_exception=False)
    assert browser.post(reverse("admin:auth_user_password_change", args=[leader.pk]), data).status_code == 500
    assert not anew(leader).check_password("mot-cau-dai")
    assert not anew(leader).must_change_password


# Several blocs


@pytest.fixture
def province(world):
    """T above K3 and K4; K and K2 stand beside."""
    world.found(("T", "TINH", None), ("K2", "KHOI", None), ("K3", "KHOI", "T"), ("K4", "KHOI", "T"))
    return world


def took_note(user):
    rows = confirming.notices_for(anew(user))
    return confirming.acknowledge(rows, by=anew(user), on=TODAY) if rows else 0


def test_the_leader_is_not_told_of_offices_of_another_bloc(province, one, leader):
    appoint([row(province, one, code="K2")], by=one, on=TODAY)
    assert told(leader) == []
    assert told(province.user("LEADER", "K2", START)) == [("quan-tri", "INSPECTION", "K2")]
    with refused("Phân công này đã được ghi nhận, hoặc không phải để đồng chí ghi nhận."):
        confirming.acknowledge(list(AppointmentNotice.objects.all()), by=anew(leader), on=TODAY)


def test_an_office_of_the_province_is_told_to_the_leader_of_each_bloc_below(province, one, leader):
    """It reads what each of them has, so that no other leader takes note in his stead, not that of the province either."""
    leaders = {code: province.user("LEADER", code, START) for code in ("K2", "K3", "K4", "T")}
    for user in leaders.values():
        took_note(user)
    appoint([row(province, one, code="T")], by=one, on=TODAY)
    notice = [("quan-tri", "INSPECTION", "T")]
    assert {code: told(user) for code, user in leaders.items()} == {"K2": [], "K3": notice, "K4": notice, "T": notice}
    assert told(leader) == told(one) == []
    assert [took_note(leaders[code]) for code in ("T", "K3")] == [1, 1]
    assert {code: told(user) for code, user in leaders.items()} == {"K2": [], "K3": [], "K4": notice, "T": []}
    hand = Hand(leaders["K4"]).open(reverse("appointments"))
    assert "Quản trị một (quan-tri): Ủy ban Kiểm tra Đảng ủy Khối · Tổ chức T" in hand.text
    hand.press("da-biet")
    assert told(leaders["K4"]) == []


def test_a_puppet_who_leads_the_province_hides_nothing(province, one):
    below = province.user("LEADER", "K3", START)
    puppet = User.objects.create_user("nguoi-quen")
    appoint([row(province, puppet, "LEADER", "T")], by=one, on=TODAY)
    appoint([row(province, one, code="T")], by=one, on=TODAY)
    took_note(puppet)
    assert told(below) == [("nguoi-quen", "LEADER", "T"), ("quan-tri", "INSPECTION", "T")]


def test_a_second_leader_of_the_province_is_known_by_the_first(province, one):
    """Though a bloc below has nobody yet who takes note for it."""
    first, second = (province.user("LEADER", "T", day) for day in (START, TODAY))
    assert told(second) == []
    took_note(first)
    appoint([row(province, one, code="T")], by=one, on=TODAY)
    assert ("quan-tri", "INSPECTION", "T") in told(second)


def test_a_password_that_opens_an_office_of_the_province_is_told_below(province, one):
    below, user = province.user("LEADER", "K3", START), province.user("INSPECTION", "T", START)
    took_note(below)
    user.set_password("mot-cau-dai-kho-doan")
    confirming.tell_of_password(User, user=user, by=one)
    assert told(below) == [(user.username, "INSPECTION", "T")]
