"""Nobody gives himself an office unseen: another administrator confirms it, and the leader is told."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ledger.acts import Refused
from ledger.models import Change, User
from ledger.soundness import outcomes
from ledger.spells import FOREVER
from organizations import confirming
from organizations.access import office_of
from organizations.appoint import NewOffice, appoint, dismiss
from organizations.models import Appointment, AppointmentNotice, PendingAppointment
from tests.hand import Hand, signed_in_as
from tests.world import START, TODAY, refused

pytestmark = pytest.mark.django_db
SELF = "Tự phân công cho mình phải được một quản trị khác xác nhận. Hãy gửi đề nghị phân công."


@pytest.fixture
def one(world):
    return User.objects.create_superuser("quan-tri", display_name="Quản trị một")


@pytest.fixture
def other(world):
    return User.objects.create_superuser("quan-tri-2", display_name="Quản trị hai")


@pytest.fixture
def leader(world):
    return world.user("LEADER", "K")


def row(world, user, role="INSPECTION", code="K"):
    return NewOffice(user=user, role=role, organization=world.org[code])


def ask(world, user, **more):
    return confirming.propose(row(world, user, **more), by=user, on=TODAY)


def anew(user):
    """As the next request finds the account."""
    return User.objects.get(pk=user.pk)


def told(user):
    return [(n.user.username, n.role, n.organization.code) for n in confirming.notices_for(anew(user))]


# One's own office


@pytest.mark.parametrize(("role", "code"), [("INSPECTION", "K"), ("COMMITTEE", "DB01"), ("SECRETARY", "CB01")])
def test_an_office_for_oneself_waits_where_there_is_another_administrator(world, one, other, role, code):
    with refused(SELF):
        appoint([row(world, one, role, code)], by=one, on=TODAY)
    with refused(SELF):  # among others, too
        appoint([row(world, world.by, "SECRETARY", "CB02"), row(world, one, role, code)], by=one, on=TODAY)
    pending = ask(world, one, role=role, code=code)
    assert not office_of(anew(one)).appointments
    made = confirming.confirm(pending, by=other, on=TODAY)
    assert (made.user, made.role, made.organization.code, made.starts) == (one, role, code, TODAY)
    assert office_of(anew(one)).roles == {role}
    pending.refresh_from_db()
    assert pending.voided == made.added


def test_asking_gives_no_sight_of_letters(world, one, other):
    ask(world, one)
    assert signed_in_as(one).get(reverse("letters", args=["K", 2018])).status_code == 403


def test_an_office_for_oneself_does_not_wait_where_there_is_nobody_to_ask(world, one, leader):
    appoint([row(world, one)], by=one, on=TODAY)
    assert told(leader) == [("quan-tri", "INSPECTION", "K")]


def test_who_is_switched_off_is_nobody_to_ask(world, one, other):
    other.is_active = False
    other.save()
    appoint([row(world, one)], by=one, on=TODAY)


def test_who_asked_does_not_confirm(world, one, other):
    pending = ask(world, one)
    with refused(
        "Việc phân công này phải do một quản trị khác xác nhận, không phải người đề nghị hay người được phân công."
    ):
        confirming.confirm(pending, by=one, on=TODAY)


@pytest.mark.parametrize("made", ["afterwards", "promoted", "switched on", "given a password", "no administrator"])
def test_an_administrator_made_for_it_does_not_confirm(world, one, other, made):
    helper = User.objects.create_user("nguoi-giup", is_superuser=made != "promoted", is_active=made != "switched on")
    pending = ask(world, one)
    if made == "afterwards":
        helper = User.objects.create_superuser("moi-tao")
    helper.is_superuser, helper.is_active = made != "no administrator", True
    helper.must_change_password = made == "given a password"
    helper.save()
    if made == "given a password":  # and changed by who had set it
        helper.must_change_password = False
        helper.save()
    with refused(
        "Chỉ ai đã là quản trị, với mật khẩu của riêng mình, từ trước khi có đề nghị mới được xác nhận. "
        "Hãy nhờ quản trị khác, hoặc gửi lại đề nghị."
    ):
        confirming.confirm(pending, by=anew(helper), on=TODAY)
    confirming.confirm(pending, by=other, on=TODAY)


def test_what_is_settled_is_settled(world, one, other):
    pending = ask(world, one)
    confirming.decline(pending, by=one, on=TODAY)
    for settle in (confirming.confirm, confirming.decline):
        with refused("Đề nghị này đã được giải quyết. Hãy tải lại trang."):
            settle(pending, by=other, on=TODAY)
    confirming.confirm(ask(world, one), by=other, on=TODAY)  # asked again


def test_one_thing_is_asked_for_once(world, one, other):
    ask(world, one)
    with refused("Đề nghị phân công cho quan-tri tại K đã có và đang chờ xác nhận."):
        ask(world, one, role="LEADER")


def test_what_no_longer_fits_is_not_confirmed(world, one, other):
    pending = ask(world, one, role="SECRETARY", code="CB02")
    world.merge("CB02", "DB02", {"CB02": "DB02-01"}, TODAY)
    with pytest.raises(Refused, match="CB02"):
        confirming.confirm(pending, by=other, on=TODAY)
    assert PendingAppointment.objects.get().voided is None


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


# What stands in a database that came before


def looked_at():
    """[(sentence, address, certain)] of the self-check about offices."""
    return [(f.sentence, f.url, o.certain) for o in outcomes() for f in o.findings]


def test_an_office_given_to_oneself_unseen_is_found(world, one, other, leader):
    (made,) = appoint([row(world, one)], by=other, on=START)
    assert looked_at() == []
    Change.objects.filter(pk=made.added_id).update(by=one)
    assert looked_at() == []  # seen: the leader was told
    AppointmentNotice.objects.filter(added=made.added_id).delete()
    sentence = (
        "Quản trị một, Ủy ban Kiểm tra Đảng ủy Khối ở K: tự phân công cho mình từ 01/01/2015, chưa báo lãnh đạo và không "
        "có quản trị khác xác nhận. Hãy báo lãnh đạo xem lại; nếu không đúng: hãy thôi phân công này ở trang quản trị, "
        "mục Phân công."
    )
    assert looked_at() == [(sentence, reverse("organization", args=["K", 2018]), False)]
    dismiss([made], by=other, on=TODAY)
    assert looked_at() == []


def test_an_office_that_was_confirmed_or_alone_given_is_seen(world, one, other, leader):
    confirming.confirm(ask(world, one), by=other, on=TODAY)
    User.objects.filter(pk=one.pk).update(is_active=False)
    appoint([row(world, other, "SECRETARY", "CB01")], by=other, on=TODAY)
    assert looked_at() == []


@pytest.mark.parametrize(("ends", "is_found"), [(FOREVER, True), (TODAY, False)])
def test_an_office_left_running_at_what_ended_is_found(world, ends, is_found):
    day = date(2018, 3, 1)
    user = world.user("COMMITTEE", "DB02")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, day)
    assert looked_at() == []
    held = Appointment.objects.standing().filter(user=user)
    held.update(ends=ends)
    sentence = (
        f"{user.get_full_name()}, Cấp ủy cơ sở, bộ phận ở DB02: tổ chức đã kết thúc ngày 01/03/2018 mà vai trò còn để đến nay. "
        "Hãy thôi phân công này ở trang quản trị, mục Phân công."
    )
    assert looked_at() == ([(sentence, reverse("organization", args=["DB02", 2018]), True)] if is_found else [])
    if is_found:
        dismiss(list(held), **world.act())
        assert looked_at() == []


# The pages


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
