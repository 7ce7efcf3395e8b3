"""Random lives of a bloc: whatever is founded, merged, split, dissolved, turned and undone, all stays sound."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.acts import Refused
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.spells import FOREVER
from ledger.undo import undo
from members.models import LEAVING, Exit, Membership
from members.register import moves
from members.reorganizing import plan
from members.reorganizing.plan_bloc import ending, receiving, sending_away
from members.roll.flows import flows
from organizations import lineage
from organizations.forest import Forest
from organizations.models import CELLS, Kind, Organization, OrganizationSpell
from organizations.reorganize import Founding
from tests.kept import kept
from tests.standing import standing
from tests.world import START, World

TREE = ["found", "merge", "unite", "split", "split_up", "dissolve", "to_committee", "to_cell", "regrade", "section"]
TREE += ["lift", "move", "rename"]
BLOCS = ["second_root", "end", "receive", "send_away"]
STEPS = st.tuples(
    st.sampled_from([*TREE, *TREE, *BLOCS, "transfer", "admit"]),
    st.booleans(),  # whether it is undone at once, if it can be
    st.integers(1, 60),  # days since the last step
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)


class ReorganizationsWalk:
    """Plays steps on a world; `done` counts those that went through, and the undone."""

    def __init__(self):
        self.world, self.day, self.done, self.number = kept(World), START + timedelta(days=30), Counter(), 0

    def play(self, steps, check):
        for verb, back, days, one, other in steps:
            self.day += timedelta(days=days)
            self.forest, self.one, self.other = Forest.on(self.day), one, other
            before = standing() if back else None
            try:
                with transaction.atomic():
                    getattr(self, verb)()
                self.done[verb] += 1
            except Refused:
                self.done["refused"] += 1
            else:
                if back:
                    undo(Change.objects.latest("pk"), **self.world.act(self.day, reason="ghi nhầm"))
                    assert standing() == before, verb
                    self.done["undone"] += 1
            check(self)

    # What is drawn

    def pick(self, number, *kinds, but=()):
        codes = sorted(c for c, place in self.forest.items() if place.kind in kinds and c not in but)
        if not codes:
            raise Refused("none")
        return codes[number % len(codes)]

    def bloc(self):
        return self.pick(self.other, Kind.KHOI)

    def new(self, kind, parent):
        self.number += 1
        return Founding(code=f"N{self.number}", name=f"Tổ chức N{self.number}", kind=kind, parent=parent)

    def members(self, cell):
        rows = Membership.objects.on(self.day).filter(organization__code=cell).order_by("pk")
        return [row.member_id for row in rows]

    def carry_out(self, act):
        self.world.carry_out(act, self.day)

    # The verbs

    def found(self):
        cell = self.pick(self.one, Kind.CBTT)
        row = self.new(Kind.CBTT, self.forest[cell].parent)
        self.carry_out(plan.founding([row], persons=dict.fromkeys(self.members(cell)[:1], row.code)))

    def merge(self):
        old = self.pick(self.one, Kind.DBCS, Kind.CBCS)
        into = self.pick(self.other, Kind.DBCS, Kind.CBCS, but=(old,))
        self.carry_out(plan.merging(self.forest, (old,), into, people=self.into_cells(old, into)))

    def into_cells(self, old, into):
        """{cell of `old` that ends: cell of `into`}; every other goes on."""
        stay, people = self.forest.cells(into), {}
        for n, cell in enumerate(self.forest.cells(old)):
            if stay and (cell == old or (self.one + n) % 2 or self.forest[into].kind == Kind.CBCS):
                people[cell] = stay[(self.other + n) % len(stay)]
        return people

    def unite(self):
        one = self.pick(self.one, Kind.DBCS, Kind.CBCS)
        two = self.pick(self.other, Kind.DBCS, Kind.CBCS, but=(one,))
        head = self.new(Kind.DBCS, self.bloc())
        cell = self.new(Kind.CBTT, head.code)
        people = {c: cell.code for c in (one, two) if self.forest[c].holds_members}
        self.carry_out(plan.merging_anew(self.forest, (one, two), [head, cell], people=people))

    def split(self):
        old = self.pick(self.one, Kind.DBCS, Kind.CBCS, Kind.CBTT)
        place = self.forest[old]
        row = self.new(place.kind, place.parent)
        cells = self.forest.cells(old)
        if place.holds_members:
            persons = dict.fromkeys(self.members(old)[:1], row.code)
            return self.carry_out(plan.splitting(self.forest, old, [row], ends=False, persons=persons))
        below = [c for c in self.forest.children(old) if c in cells]
        parents = dict.fromkeys(below[: 1 + self.other % 2], row.code)
        return self.carry_out(plan.splitting(self.forest, old, [row], ends=False, parents=parents))

    def split_up(self):
        old = self.pick(self.one, Kind.CBCS, Kind.CBTT)
        place = self.forest[old]
        rows = [self.new(place.kind, place.parent) for _ in range(2)]
        persons = {pk: rows[n % 2].code for n, pk in enumerate(self.members(old))}
        self.carry_out(plan.splitting(self.forest, old, rows, ends=True, persons=persons, principal=rows[1].code))

    def dissolve(self):
        old = self.pick(self.one, Kind.DBCS, Kind.CBCS, Kind.CBTT, Kind.DBBP)
        cells = self.forest.cells(old)
        to = self.pick(self.other, *CELLS, but=cells)
        people = dict.fromkeys(cells, to)
        leaving = dict.fromkeys(self.members(cells[0])[:1] if cells else (), Exit.DEPARTED)
        act = plan.dissolving(self.forest, old, people=people, leaving=leaving, successors=(to,))
        self.carry_out(act)

    def to_committee(self):
        old = self.pick(self.one, Kind.CBCS)
        rows = [self.new(Kind.CBTT, old), self.new(Kind.CBTT, old)]
        persons = dict.fromkeys(self.members(old)[:1], rows[1].code)
        self.carry_out(plan.turning_into_committee(old, rows, into=rows[0].code, persons=persons))

    def to_cell(self):
        self.carry_out(plan.turning_into_cell(self.forest, self.pick(self.one, Kind.DBCS)))

    def regrade(self):
        old = self.pick(self.one, Kind.CBCS, Kind.CBTT)
        kind = Kind.CBTT if self.forest[old].kind == Kind.CBCS else Kind.CBCS
        above = self.bloc() if kind == Kind.CBCS else self.pick(self.other, Kind.DBCS)
        self.carry_out(plan.regrading(old, kind, above))

    def section(self):
        above = self.pick(self.one, Kind.DBCS)
        below = [c for c in self.forest.children(above) if self.forest[c].kind == Kind.CBTT]
        self.carry_out(plan.putting_section(self.new(Kind.DBBP, above), below))

    def lift(self):
        self.carry_out(plan.lifting_section(self.forest, self.pick(self.one, Kind.DBBP)))

    def move(self):
        old = self.pick(self.one, Kind.CBTT, Kind.DBBP)
        self.carry_out(plan.moving({old: self.pick(self.other, Kind.DBCS)}))

    def rename(self):
        self.carry_out(plan.renaming({self.pick(self.one, *Kind): f"Tên {self.other}"}))

    def second_root(self):
        self.carry_out(plan.founding([self.new(Kind.KHOI, None)]))

    def end(self):
        """A bloc ends; its organizations go to one that stands or to new ones, a committee split on the way, one sent away."""
        old = self.pick(self.one, Kind.KHOI)
        others = [c for c in self.forest if self.forest[c].kind == Kind.KHOI and c != old]
        founded = [self.new(Kind.KHOI, None) for _ in range(1 + self.other % 2)] if not others or self.other % 3 else []
        receivers = sorted([*others, *(row.code for row in founded)])
        parents = {c: receivers[n % len(receivers)] for n, c in enumerate(self.forest.children(old))}
        along = []
        for n, code in enumerate(sorted(parents)):
            cells = self.forest.children(code)
            if n % 4 == 1 and self.forest[code].kind == Kind.DBCS and cells:
                rows = [self.new(Kind.DBCS, receivers[k % len(receivers)]) for k in range(2)]
                goes = {cell: rows[k % 2].code for k, cell in enumerate(cells)}
                along.append(plan.splitting(self.forest, code, rows, ends=True, parents=goes))
                del parents[code]
            elif n % 4 == 3 and self.one % 2:
                along.append(sending_away(self.forest, {code: "nơi khác"}))
                del parents[code]
        self.carry_out(ending([old], parents, founded=founded, along=along))

    def receive(self):
        above = self.new(Kind.DBCS, self.bloc())
        cell = self.new(Kind.CBTT, above.code)
        people = [self.world.arrival(f"Vũ Theo{self.number} {n}", "K", self.day, entry="RECEIVED") for n in range(2)]
        gone = Membership.objects.standing().filter(exit__in=(Exit.SENT_AWAY, Exit.DEPARTED), ends__lt=self.day)
        back = gone.exclude(member__memberships__ends=FOREVER).select_related("member").order_by("pk").first()
        if back and self.one % 2:
            people.append(self.world.arrival("", "K", self.day, member=back.member, entry="RECEIVED"))
        self.carry_out(receiving([above, cell], "nơi khác", {cell.code: people}))

    def send_away(self):
        old = self.pick(self.one, Kind.DBCS, Kind.CBCS)
        if len([c for c in self.forest if self.forest[c].kind in CELLS]) < 4:
            raise Refused("few")
        self.carry_out(sending_away(self.forest, {old: "nơi khác"}))

    def transfer(self):
        old, to = self.pick(self.one, *CELLS), self.pick(self.other, *CELLS)
        people = Membership.objects.on(self.day).filter(organization__code=old).select_related("member").first()
        if people is None:
            raise Refused("none")
        moves.transfer([(people.member, self.world.org[to], self.day)], **self.world.act(self.day))

    def admit(self):
        self.number += 1
        self.world.admit(f"Vũ Mới{self.number}", self.pick(self.one, *CELLS), self.day)


def sound(walk):
    """What the self-check asks of registers, and two of its checks a second, naive way."""
    assert lineage.differences() == (set(), set())
    assert unsound(quick=True) == []
    one_cell_a_day(walk)
    flows_add_up(walk)


def unsound(*, quick):
    return [(o.title, o.findings) for o in outcomes(quick=quick) if not o.sound]


def one_cell_a_day(walk):
    stood = defaultdict(list)
    for spell in OrganizationSpell.objects.standing():
        if spell.holds_members:
            stood[spell.organization_id].append((spell.starts, spell.ends))
    held = defaultdict(list)
    for row in Membership.objects.standing():
        held[row.member_id].append((row.starts, row.ends, row.organization_id))
    away = defaultdict(list)  # between leaving the roll and coming back onto it
    for row in Membership.objects.standing().filter(exit__in=LEAVING):
        back = [starts for starts, _, _ in held[row.member_id] if starts >= row.ends]
        away[row.member_id].append((row.ends, min(back, default=FOREVER)))
    for member, spells in held.items():
        first, last = min(s for s, _, _ in spells), max(e for _, e, _ in spells)
        turns = {d for s, e, _ in spells for d in (s, e)}
        turns |= {d for _, _, o in spells for span in stood[o] for d in span}
        for day in sorted(d for turn in turns - {FOREVER} for d in (turn, turn - timedelta(days=1))):
            here = [o for s, e, o in spells if s <= day < e]
            assert len(here) == (first <= day < last and not any(s <= day < e for s, e in away[member]))
            assert all(any(s <= day < e for s, e in stood[o]) for o in here)


def flows_add_up(walk):
    """Flows of the year: of all roots, who came and went from outside; each organization balances; parts sum."""
    first, last = date(walk.day.year, 1, 1), walk.day
    found = flows(Organization.objects.standing(), first, last)
    assert all(flow.balances for flow in found.values())
    roots = set(OrganizationSpell.objects.standing().filter(parent=None).values_list("organization", flat=True))
    wholes = [found[pk] for pk in roots]
    spells = list(Membership.objects.standing().values_list("member", "starts", "ends"))
    began, ended = {(m, s) for m, s, _ in spells}, {(m, e) for m, _, e in spells}
    came = sum(n for flow in wholes for kind, n in flow.arrivals.items() if kind != "MOVED")
    went = sum(n for flow in wholes for kind, n in flow.departures.items() if kind != "MOVED")
    assert came == sum(first <= day <= last for _, day in began - ended)
    assert went == sum(first <= day <= last for _, day in ended - began)
    assert sum(flow.reorganized for flow in wholes) == 0
    for day, name in ((first - timedelta(days=1), "opening"), (last, "closing")):
        forest = Forest.on(day)
        rolls = Counter(Membership.objects.on(day).values_list("organization__code", flat=True))
        parts = [
            sum(rolls[c] for c in forest.below(child))
            for root in forest
            if forest[root].parent is None
            for child in forest.children(root)
        ]
        assert sum(parts) == sum(getattr(flow, name) for flow in wholes) == sum(rolls.values())


def live(steps):
    with transaction.atomic():
        walk = ReorganizationsWalk()
        walk.play(steps, sound)
        assert unsound(quick=False) == []  # figures and texts, too, once at the end
        transaction.set_rollback(True)
    return walk.done


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@given(st.lists(STEPS, min_size=5, max_size=9))
@settings(max_examples=5, suppress_health_check=QUIET)
def test_every_life_is_sound(db, steps):
    live(steps)


@pytest.mark.deep
@given(st.lists(STEPS, min_size=10, max_size=24))
@settings(max_examples=60, suppress_health_check=QUIET)
def test_long_lives_are_sound(db, steps):
    live(steps)


def test_a_walk_does_walk(db):
    """Were every step refused, the properties above would hold of nothing."""
    steps = [
        (verb, n % 3 == 0, 25, 5 * n + 1, 11 * n + 3) for n in range(3) for verb in [*TREE, *BLOCS, "transfer", "admit"]
    ]
    done = live(steps)
    assert all(done[verb] for verb in [*TREE, *BLOCS, "transfer", "admit"]), done
    assert done["undone"] >= 5, done
