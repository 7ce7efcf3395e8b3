"""Random histories around closings: whatever is done, back-dated or voided, every invariant and both checks hold.

What changed since a closing is found a second way: act by act, the rows as known just before and at each act.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from indicators.closing.closings import close_figures
from indicators.closing.frozen import rows_of, window_of
from indicators.closing.since import Since
from indicators.measures import MEASURES, counts
from indicators.models import Closing
from inspections.checks.register import InspectionPlan, register_inspections
from inspections.models import Inspection, InspectionSubject
from ledger.acts import Refused, take_back
from ledger.models import Change, Document
from ledger.soundness import outcomes
from members.models import Exit, Membership
from members.register.arrivals import admit
from members.register.departures import leave
from members.register.moves import transfer
from members.reorganizing.carry_out import merge
from organizations import lineage, reorganize
from organizations.models import Kind, Organization
from organizations.reorganize import Founding
from ratings.models import MemberRating
from ratings.sheets.correct import Correction, correct
from tests.indicators.board import set_groups, set_targets
from tests.ratings.desk import Desk

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2016, 6, 1), date(2018, 11, 30)


class ClosingWalk:
    """Acts drawn by `seed` in the small world, whose year 2017 is locked and closed."""

    def __init__(self, world, seed):
        self.world, self.draw, self.n = world, Random(seed), 0
        self.kept = self.refused = 0
        self.paper = Document.objects.get_or_create(number="9-QĐ", date=date(2018, 2, 1), issuer="Đảng ủy Khối")[0]

    def day(self):
        return FIRST + timedelta(days=self.draw.randrange((LAST - FIRST).days))

    def cell(self, day):
        return self.draw.choice([s.organization for s in lineage.places(day) if s.holds_members])

    def member(self):
        rows = Membership.objects.standing().select_related("member").order_by("pk")
        return self.draw.choice(list(rows)).member

    def step(self):
        act = self.draw.choice(
            [self.admit, self.admit, self.transfer, self.transfer, self.leave, self.found, self.rename, self.move,
             self.merge, self.inspect, self.take_back, self.target, self.correct]
        )  # fmt: skip
        try:
            act()
        except Refused:
            self.refused += 1
        else:
            self.kept += 1

    def admit(self):
        self.n += 1
        day = self.day()
        row = self.world.newcomer(f"Lý Mới{self.n}", "K", day, youth=self.draw.random() < 0.5)
        admit([replace(row, organization=self.cell(day))], **self.world.act(day))

    def transfer(self):
        day = self.day()
        transfer([(self.member(), self.cell(day), day)], **self.world.act(day))

    def leave(self):
        day = self.day()
        leave([(self.member(), day, self.draw.choice([Exit.DIED, Exit.DEPARTED]))], **self.world.act(day))

    def found(self):
        self.n += 1
        day = self.day()
        above = self.draw.choice([s.organization for s in lineage.places(day) if s.kind == Kind.DBCS])
        row = Founding(code=f"CB9-{self.n}", name=f"Chi bộ mới {self.n}", kind=Kind.CBTT, parent=above.code)
        reorganize.found([row], **self.world.act(day))

    def rename(self):
        day = self.day()
        one = self.draw.choice(list(lineage.places(day))).organization
        reorganize.rename({one: f"Tên từ {day:%d/%m/%Y}"}, **self.world.act(day))

    def move(self):
        day = self.day()
        spells = list(lineage.places(day))
        cell = self.draw.choice([s.organization for s in spells if s.kind == Kind.CBTT])
        above = self.draw.choice([s.organization for s in spells if s.kind in (Kind.DBCS, Kind.DBBP)])
        reorganize.move({cell: above}, **self.world.act(day))

    def merge(self):
        day = self.day()
        committees = [s.organization for s in lineage.places(day) if s.kind == Kind.DBCS]
        if len(committees) < 2:
            raise Refused("Chỉ còn một đảng bộ.")
        old, new = self.draw.sample(committees, 2)
        below = lineage.places(day).filter(organization__in=lineage.below([old], day), kind=Kind.CBTT)
        merge([old], new, cells=dict.fromkeys((s.organization for s in below), None), **self.world.act(day))

    def inspect(self):
        self.n += 1
        kind = self.draw.choice(list(Inspection.Kind))
        day = date(2017, self.draw.randrange(1, 13), 5)
        subject = self.draw.choice(list(lineage.places(day).filter(parent__isnull=False))).organization
        row = InspectionPlan(
            year=2017, kind=kind, title=f"Cuộc {self.n}", conductor=self.world.org["K"], subjects=((subject, day),)
        )
        register_inspections([row], **self.world.act())

    def take_back(self):
        rows = list(InspectionSubject.objects.standing().order_by("pk"))
        if rows:
            one = InspectionSubject.objects.filter(pk=self.draw.choice(rows).pk)
            take_back(one, **self.world.act(reason="Ghi nhầm"))

    def target(self):
        set_targets(self.world, KN={"K": self.draw.randrange(1, 9)})

    def correct(self):
        rows = MemberRating.objects.standing().filter(period__year=2017, decided__isnull=False)
        row = self.draw.choice(list(rows.order_by("pk")))
        level = self.draw.choice([2, 3])
        correct([Correction(row=row, level=level)], **self.world.act(document=self.paper, reason="Xét lại"))


def flipped(closing):
    """{id of the act: {(measure, organization, id)}} of every difference between the days before and after an act."""
    period, found, before = closing.period, {}, None
    acts = [
        closing.added_id,
        *Change.objects.filter(pk__gt=closing.added_id).order_by("pk").values_list("pk", flat=True),
    ]
    for act in acts:
        rows = json.loads(rows_of(period, act))
        after = {(m, code, pk) for m, by_code in rows.items() for code, pks in by_code.items() for pk in pks}
        if before is not None:
            found[act] = before ^ after
        before = after
    return found


def told(since):
    """{id of the act: {(measure, organization): how many ids}} as the page names them."""
    return {
        named.change.pk: {(e.measure.name, e.organization): len(e.came) + len(e.went) for e in named.effects}
        for named in since.named
        if named.effects
    }


def check(closing):
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []
    since = Since(closing)
    assert since.sound
    final = since._differences(None)
    differing = {(m, code, pk) for (m, code), change in final.items() for ids in change for pk in ids}
    expected = {}
    for act, rows in flipped(closing).items():
        for measure, code, _ in rows & differing:
            of_act = expected.setdefault(act, {})
            key = MEASURES[measure].name, code
            of_act[key] = of_act.get(key, 0) + 1
    assert told(since) == expected
    nodes = {o.code: o.pk for o in Organization.objects.all()}
    window = window_of(closing.period)
    live = counts([MEASURES[m] for m in since.frozen], [window], nodes=nodes.values())
    for (measure, code), (new, gone) in final.items():
        assert len(since.frozen[measure].get(code, ())) + len(new) - len(gone) == live[measure, nodes[code], 2017]


def wander(world, seed, steps, every):
    walk, closing = begin(world, seed)
    for n in range(steps):
        walk.step()
        if n % every == every - 1:
            check(Closing.objects.get(pk=closing.pk))
    check(Closing.objects.get(pk=closing.pk))
    return walk


def begin(world, seed):
    set_groups(world, 2017)
    set_targets(world, KN={"K": 2}, DV_HTT={"K": 95})
    world.admit("Trần Xuân", "DB01-01", date(2017, 5, 19), youth=True)
    desk = Desk(world)
    desk.finish()
    desk.lock()
    return ClosingWalk(world, seed), close_figures(desk.period, **world.act())


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.deep) for n in (1, 2))])
def test_every_act_after_a_closing_is_named_and_nothing_else(world, seed):
    walk = wander(world, seed, steps=24, every=8)
    assert walk.kept > 8


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 106))
def test_long_histories(world, seed):
    walk = wander(world, seed, steps=250, every=25)
    assert walk.kept > 60
