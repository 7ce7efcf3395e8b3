"""Random histories under both lenses: whatever is merged, split, moved or ended, every bridge holds."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.checks.register import InspectionPlan as Work
from inspections.checks.register import register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from ledger.acts import Refused
from ledger.models import Change
from ledger.undo import undo
from members.models import Exit, Membership
from members.reorganizing.plan import dissolving, merging, splitting
from organizations.forest import Forest
from organizations.models import PARENTS, Kind
from organizations.reorganize import Founding
from tests.indicators.board import window
from tests.kept import kept
from tests.ratings.desk import Desk
from tests.world import TODAY, World

from .lens_checks import Both

WINDOWS = [window(2015), window(2016), window(2017), window(2018, TODAY)]
ACTS = ["admit", "admit", "transfer", "transfer", "leave", "letter", "work", "move", "merge", "merge", "split", "split",
        "part", "dissolve", "undo"]  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(1, 60), st.integers(0, 10**6), st.integers(0, 10**6)),
    min_size=10,
    max_size=26,
)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


class LensesWalk:
    """Plays acts in order of time on a world whose year 2015 is rated, and counts those that went through."""

    def __init__(self):
        self.world, self.day, self.done, self.n = kept(World), date(2016, 1, 5), Counter(), 0
        Desk(self.world, 2015).decide_all()

    def play(self, steps):
        for verb, days, which, where in steps:
            self.day = min(self.day + timedelta(days=days), TODAY)
            self.n += 1
            try:
                getattr(self, verb)(which, where)
                self.done[verb] += 1
            except Refused:
                self.done["refused"] += 1

    def code(self, number, *kinds):
        codes = sorted(code for code, place in Forest.on(self.day).items() if place.kind in kinds)
        if not codes:
            raise Refused("Không có.")
        return codes[number % len(codes)]

    def cell(self, number):
        return self.code(number, Kind.CBTT, Kind.CBCS)

    def members(self, code):
        rows = Membership.objects.on(self.day).filter(organization__code=code).order_by("pk")
        return [row.member for row in rows.select_related("member")]

    def someone(self, number):
        rows = list(Membership.objects.on(self.day).select_related("member").order_by("pk"))
        return rows[number % len(rows)].member

    def admit(self, which, where):
        self.world.admit(f"Lý N{self.n}", self.cell(which), self.day, youth=where % 2 == 0)

    def transfer(self, which, where):
        self.world.people["ai"] = self.someone(which)
        self.world.transfer("ai", self.cell(where), self.day)

    def leave(self, which, where):
        self.world.people["ai"] = self.someone(which)
        self.world.leave("ai", self.day, [Exit.DIED, Exit.DEPARTED][where % 2])

    def letter(self, which, where):
        about = self.world.organization(self.code(which, *Kind))
        row = ReceivedLetter(number=f"{self.n}", organization=about, received_on=self.day, accepted_on=self.day,
                       due_on=self.day + timedelta(days=where % 90))  # fmt: skip
        register_letters([row], **self.world.act())

    def work(self, which, where):
        by, subject = (self.world.organization(self.code(n, *Kind)) for n in (which, where))
        done = self.day if where % 3 else None
        row = Work(year=self.day.year, kind=list(Inspection.Kind)[which % 3], title=f"{self.n}", conductor=by,
                   subjects=((subject, done),))  # fmt: skip
        register_inspections([row], **self.world.act())

    def move(self, which, where):
        code = self.code(which, Kind.CBTT, Kind.DBBP)
        self.world.move(code, self.code(where, *PARENTS[Forest.on(self.day)[code].kind]), self.day)

    def merge(self, which, where):
        """A grassroots organization or a cell into another; of a committee's cells some go on."""
        forest = Forest.on(self.day)
        old, into = self.code(which, Kind.DBCS, Kind.CBCS, Kind.CBTT), self.code(where, Kind.DBCS, Kind.CBCS, Kind.CBTT)
        stay = [c for c in forest.below(into) if forest[c].holds_members and c not in forest.below(old)]
        cells = [c for c in forest.below(old) if forest[c].holds_members]
        people = {c: stay[where % len(stay)] for n, c in enumerate(cells) if stay and (c == old or (which + n) % 2)}
        self.world.carry_out(merging(forest, [old], into, people=people), self.day)

    def split(self, which, where):
        """A cell gives some of its people to a new one and goes on."""
        self._split(which, where, ends=False, new=1)

    def part(self, which, where):
        """A cell ends in two new ones."""
        self._split(which, where, ends=True, new=2)

    def _split(self, which, where, *, ends, new):
        forest, code = Forest.on(self.day), self.cell(which)
        rows = [
            Founding(
                code=f"N{self.n}-{k}", name=f"Chi bộ N{self.n}-{k}", kind=forest[code].kind, parent=forest[code].parent
            )
            for k in range(1, new + 1)
        ]
        heads = [row.code for row in rows] if ends else [None, rows[0].code]
        persons = {m.pk: to for n, m in enumerate(self.members(code)) if (to := heads[(where + n) % 2])}
        plan = splitting(forest, code, rows, ends=ends, persons=persons, principal=rows[where % new].code)
        self.world.carry_out(plan, self.day)

    def dissolve(self, which, where):
        """Its people each go to a cell of their own; who takes over is named or not."""
        forest, code = Forest.on(self.day), self.code(which, Kind.CBTT, Kind.CBCS, Kind.DBBP)
        persons = {m.pk: self.cell(where + n) for n, m in enumerate(self.members(code))}
        heirs = list(dict.fromkeys(self.cell(where + n) for n in range(where % 3)))
        parents = dict.fromkeys(forest.children(code), forest[code].parent)
        self.world.carry_out(dissolving(forest, code, persons=persons, successors=heirs, parents=parents), self.day)

    def undo(self, which, where):
        undo(Change.objects.filter(undone=None, undoable=True).first(), **self.world.act(self.day, reason="Ghi nhầm"))


def check(steps):
    with transaction.atomic():
        walk = LensesWalk()
        walk.play(steps)
        both = Both(WINDOWS, TODAY).check()
        both.check_rows(every=9)
        Both([window(2015), window(2016, date(2016, 8, 1))], date(2016, 8, 1)).check()
        transaction.set_rollback(True)
    return walk.done


@given(STEPS)
@settings(max_examples=5, suppress_health_check=QUIET)
def test_every_bridge_holds(db, steps):
    check(steps)


@pytest.mark.deep
@given(STEPS)
@settings(max_examples=250, suppress_health_check=QUIET)
def test_every_bridge_holds_in_many_lives(db, steps):
    check(steps)


def test_a_walk_does_walk(db):
    # Were every step refused, the property above would hold of nothing.
    steps = [(verb, 11, n, 7 * n + 3) for n in range(1, 7) for verb in sorted(set(ACTS) - {"undo"})]
    done = check([*steps, ("undo", 1, 0, 0)])
    assert all(done[verb] for verb in ACTS), done
