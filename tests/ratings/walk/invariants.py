"""What always holds in a year, found a second way from the rows."""

from collections import Counter, defaultdict
from math import floor

from django.db.models import F
from hypothesis.stateful import invariant

from members.models import Membership
from organizations import lineage
from ratings.judging.reading import Reading
from ratings.models import COUNTED, MemberRating, OrganizationRating, Period, Sheet, State, Step
from ratings.periods.progress import progress
from tests.ratings.desk import CELLS, GRASSROOTS

LEGAL = {
    ("draft", "submitted"),
    ("submitted", "endorsed"),
    ("endorsed", "decided"),
    ("decided", "accepted"),
    ("accepted", "locked"),
    *((state, "draft") for state in ("submitted", "endorsed", "decided", "accepted")),
}
STRAIGHT = {("draft", "decided"), ("submitted", "decided")}  # of cells that decide their own members


class RatingInvariants:
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
