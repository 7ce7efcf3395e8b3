"""Nobody gives himself an office unseen: another administrator confirms it."""

import pytest
from django.urls import reverse

from ledger.acts import Refused
from ledger.models import User
from organizations import confirming
from organizations.access import office_of
from organizations.appoint import appoint
from organizations.models import PendingAppointment
from tests.hand import signed_in_as
from tests.organizations.confirming.asking import anew, ask, row, told
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db
SELF = "Tự phân công cho mình phải được một quản trị khác xác nhận. Hãy gửi đề nghị phân công."


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
