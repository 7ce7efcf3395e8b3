"""An office of a bloc ends at its bloc; one above reaches both (design §7)."""

from datetime import timedelta

import pytest

from ledger.models import User
from members.reorganizing.plan import Plan
from organizations.access import BLOC_CAPACITIES, Act, Capacity, capacities, homes_of, may
from organizations.verbs import TreeVerb
from tests.organizations.sight import BEFORE, BLOC_ROLES, DAY, seen, stands
from tests.world import TODAY


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
