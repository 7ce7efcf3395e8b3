"""Who sees which organizations, on which day (design §7)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from ledger.models import User
from ledger.spells import FOREVER
from ledger.undo import undo
from members.reorganizing.plan import Plan
from organizations.access import (
    BLOC_CAPACITIES,
    Act,
    Capacity,
    Keep,
    capacities,
    capacities_of,
    get_for,
    home_of,
    homes_of,
    may,
    may_keep,
    office_of,
    require_administrator,
    require_keep,
    sees_letters,
    visible_to,
)
from organizations.appoint import NewOffice, appoint
from organizations.models import Appointment, Role
from organizations.offices import ended_offices
from organizations.verbs import TreeVerb
from tests.world import START, TODAY, refused

DAY = date(2017, 7, 1)
BEFORE = DAY - timedelta(days=1)
OF_A_COMMITTEE = "Cấp ủy cơ sở, bộ phận chỉ phân công ở đảng bộ cơ sở, chi bộ cơ sở hoặc đảng bộ bộ phận."
AT_A_BLOC = "chỉ phân công ở Đảng bộ Khối, hoặc Đảng bộ tỉnh cho mọi đảng bộ trực thuộc."
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


def test_a_page_asks_for_the_office_once(world, django_assert_num_queries):
    user = world.user("COMMITTEE", "DB01")
    office_of(user)
    with django_assert_num_queries(1):  # the clock
        assert office_of(user).roles == {Role.COMMITTEE}


# Several blocs


@pytest.fixture
def two(world):
    """K and K2 below one province from DAY on; K2 has a committee of one cell. CB02 goes over to it."""
    world.found(("T", "TINH", None), ("K2", "KHOI", "T"), ("DB90", "DBCS", "K2"), ("DB90-01", "CBTT", "DB90"), on=DAY)
    world.move("K", "T", DAY)
    world.move("CB02", "K2", DAY)
    return world


K2 = {"K2", "DB90", "DB90-01", "CB02"}


@pytest.mark.parametrize("role", BLOC_ROLES)
def test_an_office_of_a_bloc_ends_at_its_bloc(two, role):
    first, second = two.user(role, "K"), two.user(role, "K2", since=DAY)
    everything = list(two.org.values())
    assert seen(first) == two.org.keys() - K2 - {"T"}
    assert seen(second) == K2
    assert (homes_of(first), homes_of(second)) == (["K"], ["K2"])
    held = {BLOC_CAPACITIES[role]}
    assert set(stands(first, TODAY, *everything)) == seen(first)
    assert stands(second, TODAY, *everything) == dict.fromkeys(K2, held)
    # What went over belongs to the old bloc on the days it hung there, and to the new one from then on.
    assert "CB02" in seen(first, BEFORE)
    assert stands(first, BEFORE, two.org["CB02"]) == {"CB02": held}
    assert seen(second, BEFORE) == set()


def test_an_office_above_the_blocs_reaches_both(two):
    user = two.user("ORGANIZATION", "T", since=DAY)
    assert seen(user) == set(two.org)
    assert stands(user, TODAY, *two.org.values()) == dict.fromkeys(two.org, {Capacity.DEPARTMENT})


def test_the_administration_is_at_home_in_every_bloc(two):
    user = User.objects.create_superuser("quan-tri")
    assert homes_of(user) == ["K", "K2"]
    assert seen(user) == set(two.org)
    assert stands(user, TODAY, *two.org.values()) == {}


def test_what_ended_in_a_bloc_stays_with_it(two):
    department, other = two.user("ORGANIZATION", "K"), two.user("ORGANIZATION", "K2", since=DAY)
    day = DAY + timedelta(days=30)
    two.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, day)
    old = [two.org[code] for code in ("DB02", "DB02-01")]
    assert {"DB02", "DB02-01"} <= seen(department)
    assert not {"DB02", "DB02-01"} & seen(other)
    assert stands(department, TODAY, *old) == {code: {Capacity.DEPARTMENT} for code in ("DB02", "DB02-01")}
    assert stands(other, TODAY, *old) == {}


def test_the_heir_of_a_bloc_has_what_hung_below_it(two):
    """K2 ends, K takes it over: all that hung below K2 is K's to see and to answer for, on those days too."""
    day = DAY + timedelta(days=60)
    user = two.user("ORGANIZATION", "K")
    above = {two.org[code].code: {"parent": "K"} for code in ("DB90", "CB02")}
    plan = Plan(verb=TreeVerb.MERGE, changed=above, ended=["K2"], successors={"K2": ("K",)})
    two.carry_out(plan, day)
    user = User.objects.get(pk=user.pk)
    assert seen(user) == two.org.keys() - {"T"}
    assert seen(user, DAY) >= K2
    assert stands(user, DAY, *(two.org[code] for code in K2)) == dict.fromkeys(K2, {Capacity.DEPARTMENT})
    assert may(Act.CORRECT, capacities(user, two.org["DB90-01"], DAY))


# What becomes of an office when its organization ends


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
