"""Who sees which organizations, on which day, and with which rights (design §7)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from ledger.models import User
from organizations.access import (
    Keep,
    capacities,
    get_for,
    home_of,
    may_keep,
    office_of,
    require_administrator,
    require_keep,
    sees_letters,
)
from organizations.appoint import NewOffice, appoint
from organizations.models import Role
from tests.organizations.sight import BEFORE, BLOC_ROLES, DAY, seen
from tests.world import START, TODAY, refused


@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [
        ("SECRETARY", "DB01-01", {"DB01-01"}),
        ("SECRETARY", "CB01", {"CB01"}),
        ("COMMITTEE", "DB01", {"DB01", "DB01-01", "DB01-02"}),
        ("COMMITTEE", "DB03", {"DB03", "BP01", "DB03-01", "DB03-02"}),
        ("COMMITTEE", "BP01", {"BP01", "DB03-01"}),
        ("COMMITTEE", "CB02", {"CB02"}),
    ],
)
def test_below_the_bloc_one_sees_ones_own_subtree(world, role, code, sees):
    user = world.user(role, code)
    assert seen(user) == sees
    assert home_of(user) == code
    for other in sees:
        assert get_for(user, other, TODAY) == world.org[other]
    for foreign in set(world.org) - sees:
        with pytest.raises(Http404):
            get_for(user, foreign, TODAY)


@pytest.mark.parametrize("role", BLOC_ROLES)
def test_departments_of_the_bloc_see_all(world, role):
    user = world.user(role, "K")
    assert seen(user) == set(world.org)
    assert home_of(user) == "K"
    assert get_for(user, "DB03-01", TODAY) == world.org["DB03-01"]
    with pytest.raises(Http404):
        get_for(user, "DB99", TODAY)


def test_an_administrator_sees_all_without_an_office(world):
    user = User.objects.create_superuser("quan-tri")
    assert seen(user) == set(world.org)
    assert home_of(user) == "K"
    require_administrator(user)
    # No rating rights, no targets: an administrator looks after accounts and catalogues.
    for keep in Keep:
        with pytest.raises(PermissionDenied):
            require_keep(user, keep, world.org["K"], TODAY)


def test_without_an_office_one_sees_nothing(world):
    user = world.user()
    assert seen(user) == set()
    assert home_of(user) is None
    with pytest.raises(Http404):
        get_for(user, "DB01", TODAY)
    with pytest.raises(PermissionDenied):
        require_administrator(user)


def test_nobody_and_the_locked_out_see_nothing(world):
    user = world.user("LEADER", "K")
    user.is_active = False
    assert seen(user) == set()
    assert seen(AnonymousUser()) == set()


@pytest.mark.parametrize(
    ("role", "edits", "rows"),
    [
        ("ORGANIZATION", True, False),
        ("INSPECTION", False, True),
        ("LEADER", False, True),
        ("COMMITTEE", False, False),
        ("SECRETARY", False, False),
    ],
)
def test_rights_of_each_role(world, role, edits, rows):
    code = {"COMMITTEE": "DB01", "SECRETARY": "DB01-01"}.get(role, "K")
    user = world.user(role, code)
    assert office_of(user).reads_letters == rows
    for at in (code, "DB01-01"):
        held = capacities(user, world.org[at], TODAY)
        assert (may_keep(Keep.TARGETS, held), may_keep(Keep.FIGURES, held), sees_letters(held)) == (edits, edits, rows)
    if not edits:
        with pytest.raises(PermissionDenied):
            require_keep(user, Keep.TARGETS, world.org[code], TODAY)


def test_several_offices_add_up(world):
    user = world.user("SECRETARY", "DB01-01")
    appoint([NewOffice(user=user, role="COMMITTEE", organization=world.org["DB02"])], **world.act(DAY))
    user = User.objects.get(pk=user.pk)
    assert seen(user) == {"DB01-01", "DB02", "DB02-01", "DB02-02"}
    assert home_of(user) == "DB01-01"


def test_the_scope_is_the_subtree_of_that_day(world):
    old, new = world.user("COMMITTEE", "DB01"), world.user("COMMITTEE", "DB02")
    world.move("DB01-02", "DB02", DAY)
    assert seen(old, BEFORE) == {"DB01", "DB01-01", "DB01-02"}
    assert seen(old, DAY) == {"DB01", "DB01-01"}
    assert seen(new, BEFORE) == {"DB02", "DB02-01", "DB02-02"}
    assert seen(new, DAY) == {"DB02", "DB02-01", "DB02-02", "DB01-02"}
    assert get_for(old, "DB01-02", BEFORE) == world.org["DB01-02"]
    with pytest.raises(Http404):
        get_for(old, "DB01-02", DAY)
    with pytest.raises(Http404):
        get_for(new, "DB01-02", BEFORE)


def test_before_an_organization_stood_there_is_nothing_to_see(world):
    user = world.user("COMMITTEE", "DB01")
    assert seen(user, START - timedelta(days=1)) == set()


def test_access_ends_with_the_office_on_every_day(world):
    user = world.user("COMMITTEE", "DB01")
    assert seen(user, START) == {"DB01", "DB01-01", "DB01-02"}
    user = world.dismiss(user, TODAY)
    assert seen(user) == seen(user, START) == set()
    assert home_of(user) is None


def test_access_begins_with_the_office(world):
    user = world.user("LEADER", "K", since=TODAY)
    assert seen(user, START) == set(world.org)
    with refused("Ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."):
        world.user("LEADER", "K", since=TODAY + timedelta(days=1))


def test_a_page_asks_for_the_office_once(world, django_assert_num_queries):
    user = world.user("COMMITTEE", "DB01")
    office_of(user)
    with django_assert_num_queries(1):  # the clock
        assert office_of(user).roles == {Role.COMMITTEE}
