"""A random year: whoever does whatever, no illegal state, no lost line, and every count is that of the rows."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import partial
from math import floor

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ledger.acts import Refused
from ledger.models import Installation
from members.models import Exit, Membership
from members.register import arrivals, departures, moves
from organizations import lineage
from organizations.access import RATING_RIGHTS, Act, Capacity, capacities
from ratings import permits, workflow
from ratings.judging.reading import Reading
from ratings.models import COUNTED, MemberRating, OrganizationRating, Period, Sheet, State, Step
from ratings.periods import periods
from ratings.periods.progress import progress
from ratings.sheets import draft
from ratings.sheets.correct import Correction, correct
from ratings.sheets.draft import LineEntry
from ratings.verbs import RatingVerb
from ratings.verdicts.verdicts import OrganizationVerdict, Proposal, propose, rate_organizations
from tests.world import World

from .desk import CELLS, GRASSROOTS, SECTIONS, SUBORDINATE, Desk

COMMITTEES = ("DB01", "DB02", "DB03")
RATED = (*CELLS, *SECTIONS, *COMMITTEES)
ROLES = ["SECRETARY", "COMMITTEE", "ORGANIZATION", "LEADER", "NOBODY"]
STEPS = {
    Act.SUBMIT: "submit",
    Act.ENDORSE: "endorse",
    Act.DECIDE: "decide",
    Act.RETURN: "send_back",
    Act.ACCEPT: "accept",
    Act.REOPEN: "send_back",
}
LEGAL = {
    ("draft", "submitted"),
    ("submitted", "endorsed"),
    ("endorsed", "decided"),
    ("decided", "accepted"),
    ("accepted", "locked"),
    *((state, "draft") for state in ("submitted", "endorsed", "decided", "accepted")),
}
STRAIGHT = {("draft", "decided"), ("submitted", "decided")}  # of cells that decide their own members
WHY = "Tập thể đã cân nhắc"
number = st.integers(0, 10**6)
some = st.lists(st.sampled_from(CELLS), min_size=1, max_size=4, unique=True)


ACTS = []


def happens(*, weight=1, **told):
    """One of the things that happen, `weight` times as often as others; `told`: what it is told."""

    def chosen(method):
        ACTS.extend(st.tuples(st.just(method.__name__), st.fixed_dictionaries(told)) for _ in range(weight))
        return method

    return chosen


class WalkGround:
    """The small world with an account for every office; every walk begins here and is taken back at its end."""

    def __init__(self):
        self.world = World()
        for n in range(6):
            self.world.enroll(f"Vũ Thêm{n}", ("DB01-01", "DB01-02")[n % 2])
        user = self.world.user
        self.users = {
            "SECRETARY": {code: user("SECRETARY", code) for code in CELLS},
            "COMMITTEE": {code: user("COMMITTEE", code) for code in COMMITTEES},
            "ORGANIZATION": {"K": user("ORGANIZATION", "K")},
            "LEADER": {"K": user("LEADER", "K")},
            "NOBODY": {"K": user()},
        }
        self.done = Counter()

    def walk(self, examples, steps):
        class Walk(RatingYear):
            ground = self

        run_state_machine_as_test(
            Walk,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                phases=[Phase.generate],  # to shrink a walk takes minutes; its steps are printed as they are
                suppress_health_check=list(HealthCheck),
            ),
        )


class RatingYear(RuleBasedStateMachine):
    ground = None

    def __init__(self):
        super().__init__()
        self.taken_back = transaction.atomic()
        self.taken_back.__enter__()
        self.world, self.done = self.ground.world, self.ground.done
        self.people, self.gone = sorted(self.world.people.values(), key=lambda member: member.pk), []
        self.day = date(2018, 12, 22)
        Installation.objects.update(demo_day=self.day)
        self.desk = Desk(self.world, 2018)
        self.period, self.paper = self.desk.period, self.desk.paper
        self.typed, self.histories, self.excess, self.frozen = set(), 0, {}, None
        self.excuse = None  # why the step just taken may exceed a cap: a written reason, or nobody chose

    def teardown(self):
        transaction.set_rollback(True)
        self.taken_back.__exit__(None, None, None)

    @initialize(stage=st.integers(0, 6))
    def begin(self, stage):
        """Somewhere on the way: blank, filled, submitted, endorsed, decided, accepted, ready to be locked."""
        steps = (
            self.desk.rate_all,
            lambda: self.desk.submit(*SUBORDINATE),
            lambda: self.desk.endorse(*SUBORDINATE),
            self.desk.decide,
            self.desk.accept,
            self.be_ready,
        )
        for step in steps[:stage]:
            step()
        self.typed |= set(MemberRating.objects.filter(period=self.period).values_list("sheet_id", "member_id"))

    def be_ready(self):
        self.rate_them(RATED, 2)
        self.days_pass(12)

    # How an act is done

    def who(self, act, code, luck):
        """(user, whether the rights are asked): mostly whose it is, now and then anybody, or a command that asks nobody."""
        if luck % 8 == 0:
            return self.world.by, False
        if luck % 8 == 1:
            office = list(self.ground.users[ROLES[luck % len(ROLES)]].values())
            return office[luck % len(office)], True
        role = {Capacity.CELL: "SECRETARY", Capacity.COMMITTEE: "COMMITTEE", Capacity.DEPARTMENT: "ORGANIZATION"}
        office = self.ground.users[role[RATING_RIGHTS[act][-1]]]
        own = code if code in office else code[:4]
        return office.get(own) or self.ground.users["SECRETARY"].get(code) or office["K"], True

    def may(self, act, sheet, user, asked):
        if not asked:
            return True
        held = capacities(user, sheet.organization, self.day)
        kind = lineage.places(self.day).get(organization=sheet.organization).kind
        return permits.of_sheet(act, sheet, kind, held).allowed

    def do(self, name, work, excuse=None):
        self.excuse = excuse
        try:
            with transaction.atomic():
                work()
        except Refused as refused:
            assert refused.messages and all(refused.messages)
            self.done[f"{name} refused"] += 1
            return False
        self.done[name] += 1
        return True

    def sheets(self, codes):
        found = Sheet.objects.standing().filter(period=self.period, organization__code__in=codes)
        return list(found.select_related("organization"))

    def member(self, code, at):
        roll = Membership.objects.on(min(self.day, self.period.cutoff)).filter(organization__code=code)
        ids = sorted(roll.values_list("member_id", flat=True))
        return ids[at % len(ids)] if ids else None

    def by(self, user=None, **more):
        return {"by": user or self.world.by, "on": self.day, **more}

    def entry(self, at, version=None):
        kind, why = at % 9, WHY if at % 2 else None
        if kind < 6:
            return LineEntry(level=(1, 1, 2, 2, 3, 4)[kind], justification=why, version=version)
        code = {6: "mien", 7: "vang_mat", 8: None}[kind]
        return LineEntry(reason=code and self.desk.why(code), note=f"lần {at}", version=version)

    def rate(self, name, user, sheet, entries, over_cap, verb=RatingVerb.RATE):
        reasons = {sheet.pk: WHY} if over_cap else None
        work = partial(draft.rate, {sheet: entries}, over_cap=reasons, verb=verb, **self.by(user))
        if self.do(name, work, over_cap and WHY):
            kept = MemberRating.objects.filter(sheet=sheet, member__in=entries)
            self.typed |= set(kept.values_list("sheet_id", "member_id"))

    # The acts

    @happens(days=st.integers(0, 4))
    def some_days_pass(self, days):
        self.days_pass(days)

    def days_pass(self, days):
        self.excuse = None
        self.day = min(self.day + timedelta(days=days), date(2019, 1, 20))
        Installation.objects.update(demo_day=self.day)

    @happens(weight=4, luck=number, at=number, code=st.sampled_from(CELLS), what=number, over_cap=st.booleans())
    def type_one(self, luck, at, code, what, over_cap):
        user, asked = self.who(Act.RATE, code, luck)
        for sheet in self.sheets([code]):
            member = self.member(code, what)
            if member is None or not self.may(Act.RATE, sheet, user, asked):
                return
            line = MemberRating.objects.standing().filter(sheet=sheet, member=member).first()
            stands = line.version if line else 0
            version = (None, stands, stands, stands + 1)[at % 4]
            self.rate("type", user, sheet, {member: self.entry(what, version)}, over_cap)

    @happens(code=st.sampled_from(CELLS), level=st.sampled_from([1, 2, 2, None]), over_cap=st.booleans())
    def type_all(self, code, level, over_cap):
        user = self.ground.users["SECRETARY"][code]
        for sheet in self.sheets([code]):
            roll = Membership.objects.on(min(self.day, self.period.cutoff)).filter(organization__code=code)
            entries = {m: LineEntry(level=level, justification=WHY) for m in roll.values_list("member_id", flat=True)}
            if self.may(Act.RATE, sheet, user, True):
                self.rate("type all", user, sheet, entries, over_cap, RatingVerb.REST)

    @happens(code=st.sampled_from(CELLS))
    def undo(self, code):
        user = self.ground.users["SECRETARY"][code]
        for sheet in self.sheets([code]):
            self.do("undo", lambda sheet=sheet: draft.undo(sheet, by=user, on=self.day))

    @happens(code=st.sampled_from(CELLS), text=st.sampled_from(["", WHY]))
    def explain(self, code, text):
        for sheet in self.sheets([code]):
            self.do("explain", lambda sheet=sheet: draft.explain(sheet, text, **self.by()))

    @happens(weight=6, luck=number, at=number, codes=some, reason=st.booleans())
    def step(self, luck, at, codes, reason):
        first = self.sheets(codes[:1])
        fitting = [act for act in STEPS if first and first[0].state in permits.OWN_STATES[act] | permits.STATES[act]]
        act = fitting[at % len(fitting)] if fitting and luck % 5 else list(STEPS)[at % len(STEPS)]
        user, asked = self.who(act, codes[0], luck)
        sheets = [sheet for sheet in self.sheets(codes) if self.may(act, sheet, user, asked)]
        self.take(act, user, sheets, WHY if reason else "", ("seen", "unseen", "stale", "seen")[luck % 4], at)

    def take(self, act, user, sheets, reason, looked="unseen", at=0):
        reading = Reading(Period.objects.get(pk=self.period.pk), sheets, min(self.day, self.period.cutoff))
        seen = {sheet.pk: reading.fingerprint(sheet) for sheet in sheets}
        more = {"reason": reason, "seen": None if looked == "unseen" else seen if looked == "seen" else {}}
        if act == Act.DECIDE:
            lines = [line for sheet in sheets for line in reading.counted(sheet.organization_id) if line.proposed]
            other = {(x.organization_id, x.member_id): (1 + (at + x.member_id) % 4, WHY) for x in lines[: at % 3]}
            more |= {"document": self.paper, "levels": other}
        nobody_chose = "the decision is gone" if STEPS[act] == "send_back" else None
        work = partial(getattr(workflow, STEPS[act]), sheets, **self.by(user, **more))
        did = self.do(STEPS[act], work, nobody_chose or reason)
        assert not (did and looked == "stale" and sheets)

    @happens(weight=2, turn=st.sampled_from(["fill", "fill", "submit", "endorse", "decide", "accept", "rate", "all"]))
    def everyone_does_their_part(self, turn):
        if turn in ("fill", "all"):
            for sheet in self.sheets(CELLS):
                reading = Reading(self.period, [sheet], min(self.day, self.period.cutoff))
                missing = reading.missing(sheet.organization_id)
                if missing and sheet.state == State.DRAFT:
                    entry = LineEntry(level=2, justification=WHY)
                    self.rate("fill", None, sheet, dict.fromkeys(missing, entry), over_cap=False)
                    self.all_is_well()
        for act in (Act.SUBMIT, Act.ENDORSE, Act.DECIDE, Act.ACCEPT):
            if turn in (STEPS[act], "all"):
                for sheet in self.sheets(CELLS):
                    kind = lineage.places(self.day).get(organization=sheet.organization).kind
                    if sheet.state in (permits.OWN_STATES if kind == "CBCS" else permits.STATES)[act]:
                        self.take(act, None, [sheet], WHY)
                        self.all_is_well()
        if turn in ("rate", "all"):
            self.rate_them(RATED, 2)

    def rate_them(self, codes, level):
        rows = OrganizationRating.objects.standing().filter(period=self.period, organization__code__in=codes)
        rows = [OrganizationVerdict(organization=row.organization, level=level, difference=WHY) for row in rows]
        work = partial(rate_organizations, self.period, rows, **self.by(document=self.paper))
        self.do("rate organizations", work)

    @happens(code=st.sampled_from(RATED), level=st.integers(1, 4))
    def organization(self, code, level):
        row = Proposal(organization=self.world.org[code], level=level)
        if level % 2:
            self.rate_them([code], level)
        else:
            self.do("propose", lambda: propose(self.period, [row], **self.by()))

    # People and places

    def someone(self, at):
        return self.people[at % len(self.people)]

    @happens(at=number, to=st.sampled_from(CELLS), back=st.integers(0, 6))
    def transfer(self, at, to, back):
        row = (self.someone(at), self.world.org[to], self.day - timedelta(days=back))
        self.do("transfer", lambda: moves.transfer([row], **self.by()), "the roll")

    @happens(at=number, back=st.integers(0, 6), why=st.sampled_from([Exit.DIED, Exit.DEPARTED]))
    def leave(self, at, back, why):
        row = (self.someone(at), self.day - timedelta(days=back), why)
        if self.do("leave", lambda: departures.leave([row], **self.by()), "the roll"):
            self.gone.append(row[0])

    @happens(at=number, code=st.sampled_from(CELLS))
    def come_back(self, at, code):
        people = self.gone or self.people
        row = self.world.arrival("", code, self.day, member=people[at % len(people)], entry="ARRIVED")
        self.do("come back", lambda: arrivals.enroll([row], **self.by()), "the roll")

    @happens(code=st.sampled_from(CELLS))
    def admit(self, code):
        row = self.world.newcomer("Trần Mới", code, self.day)
        if self.do("admit", lambda: arrivals.admit([row], **self.by()), "the roll"):
            self.people.append(row.member)

    @happens(code=st.sampled_from([c for c in CELLS if "-" in c]), to=st.sampled_from(COMMITTEES))
    def move(self, code, to):
        self.do("move", lambda: self.world.move(code, to, self.day), "the tree")

    # The end

    @happens(weight=2)
    def lock(self):
        if self.do("lock", lambda: periods.lock(self.period, **self.by())):
            self.frozen = self.rows()

    @happens(weight=2, at=number, level=st.integers(1, 4))
    def correct(self, at, level):
        lines = MemberRating.objects.standing().filter(period=self.period, on_roll=True).order_by("pk")
        if not lines:
            return
        row = lines[at % len(lines)]
        more = self.by(document=self.paper, reason=WHY)
        if self.do("correct", lambda: correct([Correction(row=row, level=level)], **more), "a correction"):
            old, new = MemberRating.objects.get(pk=row.pk), self.line_of(row.member)
            assert self.frozen and old.voided == new.added and new.decided == level
            self.frozen = self.rows()

    def line_of(self, member):
        return MemberRating.objects.get(period=self.period, member=member, voided__isnull=True, on_roll=True)

    @rule(what=st.one_of(ACTS))
    def something_happens(self, what):
        name, told = what
        getattr(self, name)(**told)

    # What always holds

    def rows(self):
        """All that ratings of the period say."""
        return {
            model.__name__: sorted(model.objects.filter(period=self.period).values_list(*columns))
            for model, columns in (
                (MemberRating, ("pk", "version", "decided", "on_roll", "voided_id")),
                (OrganizationRating, ("pk", "version", "tier", "level", "voided_id")),
                (Sheet, ("pk", "version", "state", "voided_id")),
            )
        }

    @invariant()
    def all_is_well(self):
        day = min(self.day, self.period.cutoff)
        period = Period.objects.get(pk=self.period.pk)
        sheets = self.sheets(CELLS)
        lines = list(MemberRating.objects.filter(period=period).select_related("reason"))
        self.states_are_reached_step_by_step(sheets)
        self.no_line_is_lost(lines)
        standing = [line for line in lines if line.voided_id is None]
        self.decisions_stand_where_they_are_made(sheets, standing)
        if period.locked_id:
            assert self.rows() == self.frozen
            assert {sheet.state for sheet in sheets} == {State.LOCKED}
        else:
            rolls = self.roll_by_roll(day)
            self.counts_are_those_of_the_rows(period, sheets, standing, rolls, day)
            self.the_cap_is_kept(standing, rolls, day)

    def states_are_reached_step_by_step(self, sheets):
        kinds = dict(lineage.places(self.day).values_list("organization_id", "kind"))
        way = defaultdict(list)
        for step in Step.objects.filter(sheet__period=self.period).exclude(before=F("after")).order_by("pk"):
            way[step.sheet_id].append((step.before, step.after))
        for sheet in sheets:
            state = State.DRAFT
            for before, after in way[sheet.pk]:
                own = kinds[sheet.organization_id] == "CBCS"
                assert before == state and ((before, after) in LEGAL or own and (before, after) in STRAIGHT)
                state = after
            assert sheet.state == state

    def no_line_is_lost(self, lines):
        assert self.typed <= {(line.sheet_id, line.member_id) for line in lines}
        kept = MemberRating.history.filter(period=self.period).count()
        assert kept >= self.histories
        self.histories = kept
        once = Counter((line.sheet_id, line.member_id) for line in lines if line.voided_id is None)
        assert not once or max(once.values()) == 1

    def decisions_stand_where_they_are_made(self, sheets, lines):
        states = {sheet.pk: sheet.state for sheet in sheets}
        for line in lines:
            if line.proposed is not None:
                assert (line.decided is not None) == (states[line.sheet_id] in COUNTED)
        for sheet in sheets:
            assert (sheet.decision_id is not None) == (sheet.state in COUNTED)

    def roll_by_roll(self, day):
        rolls = defaultdict(set)
        for spell in Membership.objects.standing():
            if spell.starts <= day < spell.ends:
                rolls[spell.organization_id].add(spell.member_id)
        return rolls

    def counts_are_those_of_the_rows(self, period, sheets, lines, rolls, day):
        reading = Reading(period, sheets, day)
        told = {row.sheet.pk: row for row in progress(period)}
        for line in lines:
            assert line.on_roll == (line.member_id in rolls[line.organization_id])
        for sheet in sheets:
            cell = sheet.organization_id
            mine = {x.member_id: x for x in lines if x.sheet_id == sheet.pk and x.member_id in rolls[cell]}
            rated = sum(x.level is not None for x in mine.values())
            out = sum(x.reason is not None and x.reason.kind == "EXCLUDED" for x in mine.values())
            tally, row = reading.tally(cell), told[sheet.pk]
            counted = (len(rolls[cell]), rated, out, len(rolls[cell]) - rated - out)
            assert (tally["roll"], tally["rated"], tally["out_of_scope"], tally["not_yet"]) == counted
            assert (row.roll, row.rated, row.out_of_scope, row.not_yet) == counted
            assert len(row.missing) == row.not_yet
            assert sum(tally[rank] for rank in (1, 2, 3, 4)) == rated

    def the_cap_is_kept(self, lines, rolls, day):
        """20% of those at the two highest levels, who is not rated yet among them, below each grassroots organization."""
        places = {spell.organization_id: spell for spell in lineage.places(day)}
        states = dict(Sheet.objects.filter(period=self.period).values_list("pk", "state"))
        excused = Sheet.objects.standing().filter(period=self.period).exclude(over_cap="")
        excused = {self.roof(places, sheet.organization_id) for sheet in excused}
        base, top = Counter(), Counter()
        for cell, members in rolls.items():
            base[self.roof(places, cell)] += len(members)
        for line in lines:
            if line.member_id not in rolls[line.organization_id]:
                continue
            roof, decided = self.roof(places, line.organization_id), states[line.sheet_id] in COUNTED
            top[roof] += line.level == 1
            excluded = line.reason and (line.reason.kind == "EXCLUDED" or decided)
            base[roof] -= bool(excluded or (line.level or 0) > 2)
        now = {roof: top[roof] - floor(base[roof] * 20 / 100) for roof in base}
        for roof, excess in now.items():
            fair = self.excuse or roof in excused
            assert fair or excess <= max(0, self.excess.get(roof, 0))
        self.excess = now

    def roof(self, places, cell):
        while places[cell].organization.code not in GRASSROOTS:
            cell = places[cell].parent_id
        return cell


# Whatever the walks are, they must have done things: a short run most of them, a long one all.
ACTS_DONE = {
    *("type", "type all", "undo", "explain", "submit", "endorse", "decide", "accept", "send_back", "propose"),
    *("rate organizations", "transfer", "leave", "come back", "admit", "move", "lock", "correct"),
}


def test_a_random_year(db):
    ground = WalkGround()
    before = Sheet.objects.count(), Membership.objects.count()
    ground.walk(examples=14, steps=25)
    assert (Sheet.objects.count(), Membership.objects.count()) == before
    assert len(ACTS_DONE & set(ground.done)) >= 10, ground.done


@pytest.mark.deep
def test_thousands_of_steps(db):
    ground = WalkGround()
    ground.walk(examples=150, steps=40)
    assert set(ground.done) >= ACTS_DONE, ground.done
