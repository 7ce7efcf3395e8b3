"""Offices are given and ended in the administration through the verbs, and cannot go round them."""

import pytest

from ledger.acts import UNCHANGED
from ledger.models import Change, User
from organizations.access import office_of
from organizations.models import Appointment
from organizations.verbs import OfficeVerb
from tests.administration.pages import english, text, url
from tests.world import START, TODAY


def appointing(desk, user, role, organization):
    data = {"user": user.pk, "role": role, "organization": organization.pk}
    return desk.post(url(Appointment, "add"), data)


def test_an_appointment_goes_through_the_verb(desk, administrator, world):
    user, cell = world.user(), world.org["DB01-01"]
    response = appointing(desk, user, "SECRETARY", cell)
    assert response.status_code == 302
    made = Appointment.objects.get(user=user)
    assert (made.role, made.organization, made.starts, made.is_open) == ("SECRETARY", cell, TODAY, True)
    change = Change.objects.first()
    assert (made.added, change.words, change.by, change.on) == (change, "Phân công", administrator, TODAY)
    assert office_of(User.objects.get(pk=user.pk)).roles == {"SECRETARY"}


@pytest.mark.parametrize(
    ("role", "code", "sentence"),
    [
        (
            "LEADER",
            "DB01",
            "Lãnh đạo Đảng ủy Khối chỉ phân công ở Đảng bộ Khối, hoặc Đảng bộ tỉnh cho mọi đảng bộ trực thuộc.",
        ),
        (
            "COMMITTEE",
            "DB01-01",
            "Cấp ủy cơ sở, bộ phận chỉ phân công ở đảng bộ cơ sở, chi bộ cơ sở hoặc đảng bộ bộ phận.",
        ),
        ("SECRETARY", "K", "Bí thư chi bộ chỉ phân công ở chi bộ."),
        ("SECRETARY", "CB02", "Tổ chức CB02 không tồn tại vào ngày này."),
    ],
)
def test_a_wrong_place_is_refused_with_its_sentence(desk, rows, world, role, code, sentence):
    changes = Change.objects.count()
    response = appointing(desk, world.user(), role, world.org[code])
    assert response.status_code == 200
    assert sentence in text(response)
    assert not english(response)
    assert Change.objects.count() == changes


def test_a_second_role_at_one_organization_is_refused(desk, world):
    user = world.user("SECRETARY", "CB01")
    response = appointing(desk, user, "COMMITTEE", world.org["CB01"])
    assert f"{user} đã có vai trò tại CB01. Hãy thôi vai trò cũ trước." in text(response)
    assert Appointment.objects.filter(user=user).count() == 1


def test_the_action_ends_an_appointment_the_same_day(desk, administrator, world):
    user = world.user("COMMITTEE", "DB01")
    office = Appointment.objects.get(user=user)
    data = {"action": "end", "_selected_action": [office.pk]}
    response = desk.post(url(Appointment, "changelist"), data, follow=True)
    assert "Đã thôi 1 phân công." in text(response)
    assert not english(response)
    change = Change.objects.first()
    assert (change.words, change.by, change.on) == ("Thôi phân công", administrator, TODAY)
    office.refresh_from_db()
    assert office.voided == change
    kept = Appointment.objects.get(user=user, voided__isnull=True)
    assert (kept.starts, kept.ends) == (START, TODAY)
    assert not office_of(User.objects.get(pk=user.pk)).appointments
    # The past is not ended twice.
    data["_selected_action"] = [kept.pk]
    assert UNCHANGED in text(desk.post(url(Appointment, "changelist"), data, follow=True))
    assert Change.objects.filter(verb=OfficeVerb.DISMISS).count() == 1


def test_an_appointment_is_neither_rewritten_nor_deleted(desk, world):
    office = Appointment.objects.get(user=world.user("COMMITTEE", "DB01"))
    data = {"user": world.by.pk, "role": "COMMITTEE", "organization": world.org["DB02"].pk}
    assert desk.post(url(Appointment, "change", office.pk), data).status_code == 403
    assert desk.post(url(Appointment, "delete", office.pk), {"post": "yes"}).status_code == 403
    office.refresh_from_db()
    assert (office.organization, office.voided) == (world.org["DB01"], None)
