"""Random years of a bloc: whatever verbs are played, the stored lineage is the recomputed one, day by day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.acts import Refused
from ledger.spells import FOREVER
from organizations import lineage
from organizations.models import CELLS, PARENTS, Kind, Lineage, OrganizationSpell
from tests.kept import kept
from tests.world import START, World

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["found", "rename", "move", "move", "merge", "merge"]),
        st.integers(0, 40),  # days since the last step
        st.integers(0, 10**6),  # which organization
        st.integers(0, 10**6),  # where to
    ),
    min_size=6,
    max_size=14,
)


class LineageWalk:
    """Plays steps on a world and counts those that went through."""

    def __init__(self):
        self.world, self.day, self.done, self.number = kept(World), START + timedelta(days=30), Counter(), 100

    def play(self, steps):
        for verb, days, which, where in steps:
            self.day += timedelta(days=days)
            try:
                getattr(self, verb)(which, where)
                self.done[verb] += 1
            except Refused:  # two changes of one place on a day, mostly
                self.done["refused"] += 1

    def standing(self, *kinds):
        places = lineage.places(self.day).filter(kind__in=kinds).order_by("pk")
        return [spell.organization.code for spell in places]

    def pick(self, which, *kinds):
        codes = self.standing(*kinds)
        return codes[which % len(codes)]

    def found(self, which, where):
        kind = [Kind.CBTT, Kind.DBBP, Kind.DBCS, Kind.CBCS][which % 4]
        self.number += 1
        self.world.found((f"N{self.number}", kind, self.pick(where, *PARENTS[kind])), on=self.day)

    def rename(self, which, where):
        self.world.rename(self.pick(which, *Kind.values), f"Tên {where}", self.day)

    def move(self, which, where):
        code = self.pick(which, Kind.CBTT, Kind.DBBP)
        kind = lineage.places(self.day).get(organization__code=code).kind
        self.world.move(code, self.pick(where, *PARENTS[Kind(kind)]), self.day)

    def cells(self, code):
        below = lineage.below([self.world.org[code]], self.day)
        return lineage.places(self.day).filter(organization__in=below, kind__in=CELLS).order_by("pk")

    def merge(self, which, where):
        old, new = self.pick(which, Kind.DBCS, Kind.CBCS), self.pick(where, Kind.DBCS)
        if old == new:
            raise Refused("itself")
        stay = [spell.organization.code for spell in self.cells(new)]
        cells = {}
        for number, spell in enumerate(self.cells(old)):
            goes_on = spell.kind == Kind.CBTT and (which + number) % 2 == 0
            cells[spell.organization.code] = None if goes_on or not stay else stay[where % len(stay)]
        self.world.merge(old, new, cells, self.day)


def naive(spells, day):
    """{(organization, ancestor, via)} on `day`, by climbing from each organization that stood."""
    parents = {o: parent for o, parent, starts, ends in spells if starts <= day < ends}
    found = set()
    for organization in parents:
        node, via = organization, organization
        while node is not None:
            found.add((organization, node, via))
            node, via = parents.get(node), node
    return found


def check(steps):
    with transaction.atomic():
        walk = LineageWalk()
        walk.play(steps)
        assert lineage.differences() == (set(), set())
        spells = set(OrganizationSpell.objects.standing().values_list("organization_id", "parent_id", "starts", "ends"))
        stored = Lineage.objects.standing().values_list("organization_id", "ancestor_id", "via_id", "starts", "ends")
        stored = list(stored)
        # Between two days on which a spell begins or ends nothing changes, so these days are all days.
        turns = {day for *_, starts, ends in spells for day in (starts, ends) if day != FOREVER}
        for day in sorted(turns | {day - timedelta(days=1) for day in turns}):
            assert {row[:3] for row in stored if row[3] <= day < row[4]} == naive(spells, day)
        transaction.set_rollback(True)
    return walk.done


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(STEPS)
@settings(max_examples=15, suppress_health_check=QUIET)
def test_the_lineage_is_what_the_spells_say(db, steps):
    check(steps)


@pytest.mark.deep
@given(STEPS)
@settings(max_examples=200, suppress_health_check=QUIET)
def test_the_lineage_is_what_the_spells_say_after_two_hundred_lives(db, steps):
    check(steps)


def test_a_walk_does_walk(db):
    # Were every step refused, the property above would hold of nothing.
    steps = [(verb, 20, n, 7 * n + 3) for n in range(1, 5) for verb in ("found", "rename", "move", "merge")]
    done = check(steps)
    assert all(done[verb] >= 2 for verb in ("found", "rename", "move", "merge")), done


def test_the_section_committee_moves_with_its_cell_and_the_cell_moves_on(world):
    day = date(2016, 5, 1)
    world.move("BP01", "DB01", day)
    world.move("DB03-01", "DB02", day + timedelta(days=10))
    assert lineage.differences() == (set(), set())
    rows = Lineage.objects.standing().filter(organization=world.org["DB03-01"], ancestor=world.org["K"])
    ways = sorted((row.starts, row.ends, row.via.code) for row in rows)
    assert ways == [
        (START, day, "DB03"),
        (day, day + timedelta(days=10), "DB01"),
        (day + timedelta(days=10), FOREVER, "DB02"),
    ]
