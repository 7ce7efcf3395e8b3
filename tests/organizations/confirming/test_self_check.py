"""What the self-check finds of offices in a database that came before."""

from datetime import date

import pytest
from django.urls import reverse

from ledger.models import Change, User
from ledger.soundness import outcomes
from ledger.spells import FOREVER
from organizations import confirming
from organizations.appoint import appoint, dismiss
from organizations.models import Appointment, AppointmentNotice
from tests.organizations.confirming.asking import ask, row
from tests.world import START, TODAY

pytestmark = pytest.mark.django_db


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
