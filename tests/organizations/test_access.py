"""Who sees which organizations, on which day (design §7)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from ledger.models import User
from organizations.access import (
    Capacity,
    capacities,
    capacities_of,
    get_for,
    home_of,
    office_of,
    require_administrator,
    require_target_editor,
    visible_to,
)
from organizations.appoint import Office, appoint
from organizations.models import Role
from tests.world import START, TODAY, refused

DAY = date(2017, 7, 1)
BEFORE = DAY - timedelta(days=1)
BLOC_ROLES = [Role.ORGANIZATION, Role.INSPECTION, Role.LEADER]


def seen(user, on=TODAY):
    return set(visible_to(user, on).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [
        ("SECRETARY", "DB01-01", {"DB01-01"}),
        ("SECRETARY", "CB01", {"CB01"}),
        ("COMMITTEE", "DB01", {"DB01", "DB01-01", "DB01-02"}),
        ("COMMITTEE", "DB03", {"DB03", "BP01", "DB03-01", "DB03-02"}),
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
    with pytest.raises(PermissionDenied):
        require_target_editor(user)


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
    office = office_of(user)
    assert (office.edits_targets, office.sees_letter_rows) == (edits, rows)
    if edits:
        require_target_editor(user)
    else:
        with pytest.raises(PermissionDenied):
            require_target_editor(user)


def test_several_offices_add_up(world):
    user = world.user("SECRETARY", "DB01-01")
    appoint([Office(user=user, role="COMMITTEE", organization=world.org["DB02"])], **world.act(DAY))
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


def test_a_successor_sees_what_it_took_over(world):
    user, cell = world.user("COMMITTEE", "DB01"), world.user("SECRETARY", "DB01-01")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    own = {"DB01", "DB01-01", "DB01-02"}
    assert seen(user, DAY) == own | {"DB02", "DB02-01", "DB02-02"}
    assert seen(user, BEFORE) == own | {"DB02", "DB02-01", "DB02-02"}
    assert seen(cell, DAY) == {"DB01-01"}
    assert "DB03" not in seen(user, BEFORE)


def test_a_successor_of_a_successor_sees_both(world):
    user, other = world.user("COMMITTEE", "DB01"), world.user("COMMITTEE", "DB03")
    world.merge("CB01", "DB02", {"CB01": "DB02-01"}, BEFORE)
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": "DB01-01"}, DAY)
    assert {"DB02", "CB01"} <= seen(user, DAY)
    assert not {"DB02", "CB01"} & seen(other, DAY)


def stands(user, on, *organizations):
    """{code: how the user stands to it}"""
    return {o.code: held for o in organizations if (held := capacities_of(user, [o], on)[o.pk])}


def test_a_successor_acts_for_what_it_took_over(world):
    """DB02 ends after the day whose ratings are still open: its cells, the one that ended too, wait for DB01."""
    user, other = world.user("COMMITTEE", "DB01"), world.user("COMMITTEE", "DB03")
    cell, elsewhere = world.user("SECRETARY", "DB01-01"), world.user("SECRETARY", "DB01-02")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    old = [world.org[code] for code in ("DB02", "DB02-01", "DB02-02")]
    both = {Capacity.CELL, Capacity.COMMITTEE}
    assert stands(user, BEFORE, *old) == {"DB02": both, "DB02-01": both, "DB02-02": {Capacity.COMMITTEE}}
    assert stands(user, DAY, *old) == {"DB02-02": {Capacity.COMMITTEE}}
    for foreign in (other, cell, elsewhere):
        assert stands(foreign, BEFORE, *old) == {}


def test_a_cell_acts_for_the_cell_it_took_over(world):
    both = {Capacity.CELL, Capacity.COMMITTEE}
    heir, cell = world.user("SECRETARY", "CB02"), world.user("SECRETARY", "DB01-02")
    world.merge("CB01", "CB02", {"CB01": "CB02"}, DAY)
    world.merge("DB01-01", "DB01-02", {"DB01-01": "DB01-02"}, DAY)
    assert capacities(heir, world.org["CB01"], BEFORE) == both
    assert capacities(cell, world.org["DB01-01"], BEFORE) == {Capacity.CELL}


def test_a_successor_acts_for_what_its_predecessor_took_over(world):
    user = world.user("COMMITTEE", "DB01")
    world.merge("CB01", "DB02", {"CB01": "DB02-01"}, BEFORE)
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": "DB01-01"}, DAY)
    assert capacities(user, world.org["CB01"], START) == {Capacity.CELL, Capacity.COMMITTEE}


def test_a_successor_founded_later_acts_for_the_past(world):
    world.found(("DB04", "DBCS", "K"), on=BEFORE)
    user = world.user("COMMITTEE", "DB04", since=BEFORE)
    world.merge("DB02", "DB04", {"DB02-01": None, "DB02-02": None}, DAY)
    assert capacities(user, world.org["DB02-01"], START) == {Capacity.COMMITTEE}
    heir = world.user("SECRETARY", "CB01")
    assert capacities(heir, world.org["DB02-01"], START) == set()


def test_many_organizations_are_asked_at_once(world, django_assert_num_queries):
    user = world.user("COMMITTEE", "DB01")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    office_of(user)
    with django_assert_num_queries(4):  # the clock, what was taken over, lineage, kinds
        capacities_of(user, list(world.org.values()), BEFORE)


def test_whose_organization_ended_sees_its_past_alone(world):
    user = world.user("COMMITTEE", "DB02")
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    assert seen(user, BEFORE) == {"DB02", "DB02-01", "DB02-02"}
    assert seen(user, DAY) == set()


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


@pytest.mark.parametrize(
    ("role", "code", "sentence"),
    [
        ("LEADER", "DB01", "Lãnh đạo Đảng ủy Khối chỉ phân công ở Đảng bộ Khối."),
        ("INSPECTION", "CB01", "Ủy ban Kiểm tra Đảng ủy Khối chỉ phân công ở Đảng bộ Khối."),
        ("ORGANIZATION", "DB01-01", "Ban Tổ chức Đảng ủy Khối chỉ phân công ở Đảng bộ Khối."),
        ("COMMITTEE", "K", "Cấp ủy cơ sở chỉ phân công ở đảng bộ cơ sở hoặc chi bộ cơ sở."),
        ("COMMITTEE", "BP01", "Cấp ủy cơ sở chỉ phân công ở đảng bộ cơ sở hoặc chi bộ cơ sở."),
        ("SECRETARY", "DB01", "Bí thư chi bộ chỉ phân công ở chi bộ."),
    ],
)
def test_a_role_has_its_place(world, role, code, sentence):
    user = world.user()
    with refused(sentence):
        appoint([Office(user=user, role=role, organization=world.org[code])], **world.act())


def test_no_office_in_what_does_not_stand(world):
    user = world.user()
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    with refused("Tổ chức CB01 không tồn tại vào ngày này."):
        appoint([Office(user=user, role="SECRETARY", organization=world.org["CB01"])], **world.act(DAY))


def test_a_page_asks_for_the_office_once(world, django_assert_num_queries):
    user = world.user("COMMITTEE", "DB01")
    office_of(user)
    with django_assert_num_queries(1):  # the clock
        assert office_of(user).roles == {Role.COMMITTEE}
