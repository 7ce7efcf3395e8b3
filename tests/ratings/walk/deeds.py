"""What is done in a year: by whom, how, and how it is remembered for what must hold."""

from datetime import date, timedelta
from functools import partial

from django.db import transaction
from hypothesis import strategies as st

from ledger.acts import Refused
from ledger.models import Installation
from members.models import Exit, Membership
from members.register import arrivals, departures, moves
from organizations import lineage
from organizations.access import RATING_RIGHTS, Act, Capacity, capacities
from ratings import permits, workflow
from ratings.judging.reading import Reading
from ratings.models import MemberRating, OrganizationRating, Period, Sheet, State
from ratings.periods import periods
from ratings.sheets import draft
from ratings.sheets.correct import Correction, correct
from ratings.sheets.draft import LineEntry
from ratings.verbs import RatingVerb
from ratings.verdicts.verdicts import OrganizationVerdict, Proposal, propose, rate_organizations
from tests.ratings.desk import CELLS
from tests.ratings.walk.happening import COMMITTEES, RATED, WHY, happens, number, some

ROLES = ["SECRETARY", "COMMITTEE", "ORGANIZATION", "LEADER", "NOBODY"]
STEPS = {
    Act.SUBMIT: "submit",
    Act.ENDORSE: "endorse",
    Act.DECIDE: "decide",
    Act.RETURN: "send_back",
    Act.ACCEPT: "accept",
    Act.REOPEN: "send_back",
}


class RatingDeeds:
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

    @happens(luck=number, code=st.sampled_from(CELLS))
    def undo(self, luck, code):
        """Mostly by who typed last, else there is nothing of theirs to take back."""
        for sheet in self.sheets([code]):
            last = MemberRating.objects.filter(sheet=sheet).order_by("-changed").select_related("changed__by").first()
            user = last.changed.by if last and luck % 4 else self.ground.users["SECRETARY"][code]
            self.do("undo", lambda sheet=sheet, user=user: draft.undo(sheet, by=user, on=self.day))

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

    @happens(weight=2, luck=number, codes=some, reason=st.booleans())
    def sign_at_once(self, luck, codes, reason):
        """Endorsed and decided in one act; some may stay, and stay as they were."""
        user, asked = self.who(Act.DECIDE, codes[0], luck)
        sheets = [sheet for sheet in self.sheets(codes) if self.may(Act.RETURN, sheet, user, asked)]
        states = {sheet.pk: sheet.state for sheet in sheets}
        more = self.by(user, document=self.paper, reason=WHY if reason else "")
        kept = {}
        if self.do("at once", lambda: kept.update(workflow.endorse_and_decide(sheets, **more)), reason and WHY):
            now = {sheet.pk: sheet.state for sheet in self.sheets(codes)}
            assert {pk: now[pk] for pk in states} == {pk: states[pk] if pk in kept else State.DECIDED for pk in states}

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
