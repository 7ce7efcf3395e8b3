"""A successor sees what it took over and acts for it (design §7)."""

from organizations.access import Capacity, capacities, capacities_of, office_of
from tests.organizations.sight import BEFORE, DAY, seen, stands
from tests.world import START


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
