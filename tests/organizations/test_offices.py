"""Where each office may be held, and what becomes of it when its organization ends."""

import pytest

from ledger.models import User
from ledger.spells import FOREVER
from ledger.undo import undo
from organizations.access import office_of
from organizations.appoint import NewOffice, appoint
from organizations.models import Appointment
from organizations.offices import ended_offices
from tests.organizations.sight import BEFORE, DAY, seen
from tests.world import START, TODAY, refused

OF_A_COMMITTEE = "Cấp ủy cơ sở, bộ phận chỉ phân công ở đảng bộ cơ sở, chi bộ cơ sở hoặc đảng bộ bộ phận."
AT_A_BLOC = "chỉ phân công ở Đảng bộ Khối, hoặc Đảng bộ tỉnh cho mọi đảng bộ trực thuộc."


def test_an_office_ends_with_its_organization(world):
    user = world.user("COMMITTEE", "DB02")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    assert seen(user, BEFORE) == seen(user, DAY) == set()
    assert office_of(user).appointments == []
    row = Appointment.objects.standing().get(user=user)
    assert (row.starts, row.ends) == (START, DAY)


def test_an_office_that_was_left_running_at_what_ended_gives_nothing(world):
    """As databases have it whose reorganizations were recorded before offices ended with them."""
    user = world.user("COMMITTEE", "DB02")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    Appointment.objects.standing().filter(user=user).update(ends=FOREVER)
    user = User.objects.get(pk=user.pk)
    assert seen(user, BEFORE) == seen(user) == set()
    assert [(o.name, o.on, [heir.code for heir in o.heirs]) for o in ended_offices(user)] == [
        ("Tổ chức DB02", DAY, ["DB01"])
    ]


@pytest.mark.parametrize(
    ("role", "code", "sentence"),
    [
        ("LEADER", "DB01", f"Lãnh đạo Đảng ủy Khối {AT_A_BLOC}"),
        ("INSPECTION", "CB01", f"Ủy ban Kiểm tra Đảng ủy Khối {AT_A_BLOC}"),
        ("ORGANIZATION", "DB01-01", f"Ban Tổ chức Đảng ủy Khối {AT_A_BLOC}"),
        ("COMMITTEE", "K", OF_A_COMMITTEE),
        ("COMMITTEE", "DB01-01", OF_A_COMMITTEE),
        ("SECRETARY", "DB01", "Bí thư chi bộ chỉ phân công ở chi bộ."),
    ],
)
def test_a_role_has_its_place(world, role, code, sentence):
    user = world.user()
    with refused(sentence):
        appoint([NewOffice(user=user, role=role, organization=world.org[code])], **world.act())


def test_no_office_in_what_does_not_stand(world):
    user = world.user()
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    with refused("Tổ chức CB01 không tồn tại vào ngày này."):
        appoint([NewOffice(user=user, role="SECRETARY", organization=world.org["CB01"])], **world.act(DAY))


def test_undoing_the_end_gives_the_office_back(world):
    user = world.user("COMMITTEE", "DB02")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    change = Appointment.objects.standing().get(user=user).added
    undo(change, by=world.by, on=TODAY, reason="Ghi nhầm")
    user = User.objects.get(pk=user.pk)
    assert seen(user) == {"DB02", "DB02-01", "DB02-02"}
    assert ended_offices() == []


def test_who_held_what_ended_is_named_with_the_heirs_that_lack_it(world):
    cell, committee = world.user("SECRETARY", "CB01"), world.user("COMMITTEE", "DB02")
    world.user("SECRETARY", "CB02")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    world.merge("CB01", "CB02", {"CB01": "CB02"}, DAY)
    found = {o.user: (o.role, o.name, o.on, [(h.code, h.held) for h in o.heirs]) for o in ended_offices()}
    assert found == {
        committee: ("COMMITTEE", "Tổ chức DB02", DAY, [("DB01", False)]),
        cell: ("SECRETARY", "Tổ chức CB01", DAY, [("CB02", True)]),
    }
    world.user("COMMITTEE", "DB01")
    assert not any(office.lacking for office in ended_offices())


def test_an_office_that_was_given_up_before_is_nobody_s_to_be_told_of(world):
    user = world.user("COMMITTEE", "DB02")
    world.dismiss(user, BEFORE)
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    assert ended_offices() == []
