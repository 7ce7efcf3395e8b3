"""Organizations and accounts are called by name in the administration, and found without marks, in any order of words."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import User
from members.models import Admission, TransferOffer
from organizations.models import Appointment, Organization, StaffCount
from ratings.models import Level, Period
from tests.administration.pages import text, url
from tests.world import TODAY


def found(desk, model, typed):
    return list(desk.get(url(model, "changelist"), {"q": typed}).context["cl"].result_list)


def name_of(world, code):
    return world.org[code].spells.filter(voided__isnull=True).latest("starts").name


@pytest.mark.parametrize("model", [Appointment, Period, StaffCount, TransferOffer])
def test_no_organization_stands_as_a_bare_code(desk, rows, world, model):
    page = text(desk.get(url(model, "changelist")))
    row = model._base_manager.order_by("pk").first()
    place = getattr(row, "organization", None) or getattr(row, "bloc", None) or row.source
    assert f"({place.code})" in page
    assert name_of(world, place.code) in page
    assert f"({place.code})" in text(desk.get(url(model, "change", row.pk)))


def test_an_organization_is_found_by_words_of_its_names_its_superior_and_its_code(desk, world):
    name = name_of(world, "DB01-01")
    above = name_of(world, "DB01")
    for typed in [name, name.upper(), " ".join(reversed(name.split())), "db01-01", f"{above} {name}"]:
        assert world.org["DB01-01"] in found(desk, Organization, typed), typed
    assert world.org["DB01-01"] in found(desk, Organization, "DB01")
    assert found(desk, Organization, f"{name} khongcotuNay") == []


def test_what_is_about_an_organization_or_an_account_is_found_by_either(desk, world):
    user = world.user("SECRETARY", "DB01-01")
    User.objects.filter(pk=user.pk).update(display_name="Đặng Hòa")
    office = Appointment.objects.get(user=user)
    for typed in ["dang hoa", "hoa DB01", "db01-01", f"hòa {name_of(world, 'DB01-01')}"]:
        assert office in found(desk, Appointment, typed), typed
    assert office not in found(desk, Appointment, "hoa CB01")
    assert found(desk, User, "HOA dang") == [User.objects.get(pk=user.pk)]


def test_what_is_about_a_person_is_found_by_the_name(desk, world):
    world.admit("Đặng Hòa", "DB01-01", TODAY)
    for typed in ["dang hoa", "HÒA db01"]:
        assert [row.member.full_name for row in found(desk, Admission, typed)] == ["Đặng Hòa"], typed
    assert found(desk, Admission, "hoa cb01") == []


def test_a_choice_that_is_sought_is_called_by_its_name(desk, world):
    asked = {"app_label": "organizations", "model_name": "appointment", "field_name": "organization", "term": "db01 01"}
    answer = json.loads(desk.get(reverse("admin:autocomplete"), asked).content)
    assert f"{name_of(world, 'DB01-01')}, {name_of(world, 'DB01')} (DB01-01)" in [
        one["text"] for one in answer["results"]
    ]


def test_a_longer_list_asks_no_more(desk, world):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(url(Appointment, "changelist"))
        return len(queries)

    world.user("COMMITTEE", "DB01")
    few = asked()
    for code in ("DB01-01", "CB01", "DB02"):
        world.user("SECRETARY" if code != "DB02" else "COMMITTEE", code)
    assert asked() == few


def test_levels_say_words_and_no_letters_of_the_program(desk, rows):
    page = text(desk.get(url(Level, "changelist")))
    assert "Hoàn thành tốt nhiệm vụ" in page and " M2 " not in page
    assert " True " not in page and " False " not in page and "không" in page
