"""The page of one sheet: each member with what was typed, what the record says and what the rules ask."""

from collections import defaultdict
from functools import cached_property

from django.db.models import F

from ledger.numbers import day_in_words
from members.identity.homonyms import tell_apart
from members.models import Member
from organizations import lineage
from organizations.models import Kind
from ratings.judging.reading import Reading
from ratings.models import COUNTED, MemberRating, Reason, Rule, Sheet, State, Step, Strength
from ratings.periods.deadlines import Deadline
from ratings.permits import sheet_permits
from ratings.verbs import RatingVerb
from ratings.verdicts.elsewhere import said_before

from .rows import SheetRow, mark_of, readback, typed_of, words_of

YEARS_SHOWN = 3


class SheetPage:
    """One sheet as `here` sees it. `read`: the Reading of the verb that has just written on it."""

    def __init__(self, here, read=None):
        self.here, self.period = here, here.period
        self.sheet = (
            Sheet.objects.standing()
            .filter(period=here.period, organization=here.organization)
            .select_related("organization", "decision")
            .first()
        )
        self.reading = Reading(self.period, [self.sheet] if self.sheet else [], here.day)
        if read:
            self.reading.go_on_from(read)
        self.cell = here.organization.pk

    @cached_property
    def permits(self):
        return sheet_permits(self.sheet, self.here.place.kind, self.here.held)

    @property
    def book(self):
        return self.reading.book

    @cached_property
    def decides_itself(self):
        return self.here.place.kind == Kind.CBCS

    @cached_property
    def roof(self):
        """Spell of the grassroots organization at or above the cell."""
        return next((s for s in reversed(self.here.page.path) if s.is_grassroots), self.here.place)

    @cached_property
    def section(self):
        """Spell of the section committee right above the cell, or None."""
        above = self.here.page.path[-2:-1]
        return next((s for s in above if s.kind == Kind.DBBP), None)

    def line_of(self, member):
        """The standing line of the member with the id `member`, on the roll or not; None where there is none."""
        return self.reading.lines[self.cell].get(member)

    @cached_property
    def rows(self):
        members = Member.objects.filter(pk__in=self.reading.rolls[self.cell]).order_by("sort_key", "pk")
        members = tell_apart(members, self.here.user)
        others, past_lines = self._other_lines(), self._lines_as_seen()
        return [self._row(member, others, past_lines) for member in members]

    def _row(self, member, others, seen):
        line, known = self.reading.lines[self.cell].get(member.pk), self.reading.known[member.pk]
        years = range(self.period.year - YEARS_SHOWN, self.period.year)
        settled = line is not None and line.is_settled
        row = SheetRow(
            member=member,
            line=line,
            known=known,
            suggestion=None if settled else self.book.suggestion(known, self.period.cutoff),
            other=None if settled else others.get(member.pk),
            past=[(year, *mark_of(known.past.get(year))) for year in years],
            findings=self.book.of_line(line, known, self.period) if settled else [],
            before=seen.get(member.pk),
            typed=typed_of(line),
        )
        book = self.book
        row.deciding = line.proposed if line else None
        row.corrected = bool(line and self.period.locked_id and line.added.verb == RatingVerb.CORRECT)
        row.words = words_of(line, book) if line else ""
        row.other_words = words_of(row.other, book) if row.other else ""
        row.before_words = words_of(row.before, book) if row.before else ""
        row.level_word = book.levels[line.level].short if settled and line.level else ""
        row.decided_words = book.levels[line.decided].short if line and line.decided else row.words
        return row

    def _other_lines(self):
        """{member id: their latest line on another sheet of the same time, as this one would take it over}.

        Of whatever cell and bloc, a sheet that was taken back with its cell included: who came, or whose cell came to
        another bloc, keeps what was decided before once the cell has confirmed it.
        """
        missing = self.reading.missing(self.cell)
        if not missing:
            return {}
        lines = MemberRating.objects.filter(member__in=missing, period__voided__isnull=True)
        lines = lines.filter(period__year=self.period.year, period__quarter=self.period.quarter)
        lines = lines.exclude(sheet=self.sheet).select_related("reason").order_by("pk")
        latest = {line.member_id: line for line in lines if line.is_settled}
        names = lineage.labels({line.organization_id for line in latest.values()}, self.here.day)
        reasons = {reason.code: reason for reason in self.book.reasons}
        for line in latest.values():
            line.place_name = names[line.organization_id]
            line.points = line.points if line.level == line.proposed else None
            line.proposed, line.reason = line.level, line.reason and reasons.get(line.reason.code)
        return {member: line for member, line in latest.items() if line.is_settled}

    def _lines_as_seen(self):
        """{member id: their line in history as it was when last returned or endorsed}, of the lines changed since."""
        if not self.was_seen or self.sheet.state == State.LOCKED:
            return {}
        changed = {m: x for m, x in self.reading.lines[self.cell].items() if x.version != x.seen}
        rows = MemberRating.history.filter(sheet=self.sheet, member__in=changed).select_related("reason")
        as_seen = dict.fromkeys(changed)
        for row in rows.order_by("history_id"):
            if row.version <= changed[row.member_id].seen:
                as_seen[row.member_id] = row
        return {m: row or MemberRating() for m, row in as_seen.items()}

    @cached_property
    def was_seen(self):
        """Whether somebody above has returned or endorsed the sheet before."""
        steps = Step.objects.standing().filter(sheet=self.sheet).exclude(before=F("after"))
        return steps.filter(after__in=(State.DRAFT, State.ENDORSED)).exists()

    @cached_property
    def gone(self):
        """[(member, line)] of those whose line stands and who are off the roll."""
        lines = self.reading.lines[self.cell]
        away = Member.objects.filter(pk__in=[m for m in lines if m not in self.reading.rolls[self.cell]])
        away = tell_apart(away.order_by("sort_key", "pk"), self.here.user)
        return [(member, lines[member.pk]) for member in away]

    @cached_property
    def tally(self):
        return self.reading.tally(self.cell)

    @cached_property
    def missing(self):
        return [row for row in self.rows if not row.is_settled]

    @property
    def done(self):
        return self.tally["roll"] - len(self.reading.missing(self.cell))

    @property
    def readback(self):
        return readback(self.tally, self.book.levels)

    @cached_property
    def places(self):
        """Places of the roof's cap, or None."""
        return self.reading.places.get(self.roof.organization_id)

    @cached_property
    def whole(self):
        """Findings on the sheet as a whole."""
        return self.book.of_sheet(self.reading.counted(self.cell), self.organization)

    @property
    def asks_explanation(self):
        return any(f.strength == Strength.ASK for f in self.whole)

    @property
    def organization(self):
        """The cell's own OrganizationRating."""
        return self.reading.organizations.get(self.cell)

    @property
    def fingerprint(self):
        return self.reading.fingerprint(self.sheet)

    @property
    def reasons(self):
        """Reasons for leaving a member out or putting them off."""
        kinds = (Reason.Kind.EXCLUDED, Reason.Kind.POSTPONED)
        return [r for r in self.book.reasons if r.kind in kinds and not r.of_organizations]

    @property
    def due(self):
        return self.period.committee_due if self.decides_itself else self.period.cell_due

    @property
    def subtitle(self):
        """ "Chi bộ Văn phòng · Đảng bộ Sở Tài chính · nháp · hạn 20/12/2018 (còn 6 ngày)"."""
        parts = [self.here.place.name] + ([] if self.decides_itself else [self.roof.name])
        parts.append(State(self.sheet.state).label)
        if self.sheet.state == State.DRAFT:
            parts.append(f"hạn {day_in_words(self.due)} ({Deadline(self.due).words})")
        return " · ".join(parts)

    @property
    def is_decided(self):
        return self.sheet.state in COUNTED

    # The cap, as the bar above the rows shows it

    cap_full = False  # the form was refused for want of places

    @property
    def wants_over_cap(self):
        return self.cap_full or bool(self.sheet.over_cap)

    @property
    def over(self):
        return -self.places.left

    @property
    def cap_fill(self):
        """Width of the bar, 0–100."""
        return min(100, 100 * self.places.top // self.places.most) if self.places.most else 100 * bool(self.places.top)

    @property
    def cap_basis(self):
        return next((rule.legal_basis for rule in self.book.of(Rule.Code.CAP)), "")

    # The cell's own rating

    @property
    def own_proposal(self):
        own = self.organization
        if own.proposed is None:
            return "chưa đề nghị"
        word = self.book.levels[own.proposed].organization_label
        return word if own.points is None else f"{self.own_points} điểm, {word}"

    @cached_property
    def own_before(self):
        """What another bloc's period of the same time says of the cell, a Before, until this one says something; or None."""
        if self.organization.proposed is not None:
            return None
        return said_before(self.period, [self.cell]).get(self.cell)

    @property
    def own_words(self):
        own = self.organization
        if own.level is None:
            return own.reason.label if own.reason else "chưa xếp loại"
        return self.book.levels[own.level].organization_label + (" tiêu biểu" if own.exemplary else "")

    sent: dict[str, str] = {}  # a form that came back: what it carried for the cell's own rating is shown again

    @property
    def own_choice(self):
        return self.sent.get("de_nghi") or str(self.organization.proposed or "")

    @property
    def own_task(self):
        return self.sent.get("nhiem_vu", self.organization.task)

    @property
    def own_points(self):
        return "" if self.organization.points is None else f"{self.organization.points.normalize():f}".replace(".", ",")

    # The read-back

    @property
    def level_list(self):
        return sorted(self.book.levels.items())

    @property
    def by_value(self):
        """[(level or reason in words, [names])] in the order of the levels."""
        names_by_value = defaultdict(list)
        for row in self.rows:
            line = row.line
            key = (9, "chưa xếp loại") if not row.is_settled else (5, row.words)
            if line is not None and line.level is not None:
                key = (line.level, self.book.levels[line.level].short)
            names_by_value[key].append(row.member.called)
        return [(words, names) for (_, words), names in sorted(names_by_value.items())]

    @property
    def all_findings(self):
        """Sentences of all that the rules note, the sheet's own first."""
        lines = [f"{row.member.called}: {finding.sentence}" for row in self.rows for finding in row.findings]
        return [finding.sentence for finding in self.whole] + lines
