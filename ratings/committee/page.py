"""What the page of a committee shows: its cells on their way, what may be done with them now, and why not otherwise."""

from dataclasses import dataclass
from functools import cached_property

from organizations import lineage
from organizations.access import Act, Capacity, may
from ratings.judging.caps import places_of_members
from ratings.judging.reading import Reading
from ratings.models import State
from ratings.periods.committees import reminder, to_hand_in
from ratings.periods.deadlines import Deadline, remind_days_of
from ratings.periods.progress import Progress, by_state, progress, sections_in_office
from ratings.periods.standing import chip_of, standing_of
from ratings.permits import of_sheet

from .approval import SheetToSign, proposed, remarks

ERRANDS = {Act.ENDORSE: "Thẩm định", Act.DECIDE: "Quyết định", Act.RETURN: "Trả lại"}


@dataclass(frozen=True)
class CellRow:
    """One cell: `levels` reads "1 xuất sắc, 10 tốt"."""

    progress: Progress
    levels: str

    @property
    def place(self):
        return self.progress.place

    @property
    def sheet(self):
        return self.progress.sheet

    @property
    def chip(self):
        return chip_of(self.sheet)


def _levels(tally, levels):
    return ", ".join(f"{tally[rank]} {level.short}" for rank, level in sorted(levels.items()) if tally[rank])


class CommitteePage:
    """The cells below the organization of `here` in its period."""

    def __init__(self, here):
        self.here, self.period = here, here.period

    @cached_property
    def _progress(self):
        """[Progress] of the cells in the office's order."""
        below = set(lineage.below([self.here.organization], self.here.day).values_list("organization", flat=True))
        return progress(self.period, below)

    @cached_property
    def _reading(self):
        return Reading(self.period, [row.sheet for row in self._progress], self.here.day)

    @cached_property
    def rows(self):
        """[CellRow] in the office's order."""
        reading = self._reading
        levels = reading.book.levels
        return [CellRow(row, _levels(reading.tally(row.sheet.organization_id), levels)) for row in self._progress]

    # What is signed

    @property
    def decides(self):
        """Whether the reader decides; else they endorse what goes on to who does."""
        return may(Act.DECIDE, self.here.held)

    @cached_property
    def to_sign(self):
        """[SheetToSign] of what waits for the reader, what has remarks first."""
        acts = (Act.ENDORSE, Act.DECIDE) if self.decides else (Act.ENDORSE,)
        waiting = [row for row in self._progress if any(self._permit(act, row).allowed for act in acts)]
        came = standing_of(row.sheet for row in waiting)
        rows = [self._to_sign(row, came[row.sheet.pk].since) for row in waiting]
        return sorted(rows, key=lambda row: (bool(row.first), not row.remarks))

    def _to_sign(self, row, came):
        reading = self._reading
        section = self._sections.get(row.place.parent_id) if row.sheet.state == State.SUBMITTED else None
        proposes = proposed([reading.tally(row.sheet.organization_id)], reading.book.levels)
        return SheetToSign(row, proposes, came, section.committee if section else "", remarks(row, reading))

    @cached_property
    def _sections(self):
        """{section id: its spell} of the section committees between here and the cells that somebody holds an office at."""
        between = {row.place.parent_id for row in self._progress} - {self.here.organization.pk}
        if not between or Capacity.SECTION in self.here.held:
            return {}
        spells = list(lineage.places(self.here.day).filter(organization__in=between))
        held = sections_in_office(spells)
        return {spell.organization_id: spell for spell in spells if spell.organization_id in held}

    @cached_property
    def together(self):
        """[SheetToSign] of those that one tick takes."""
        return [row for row in self.to_sign if row.goes]

    @property
    def together_keys(self):
        return ",".join(row.key for row in self.together)

    @property
    def together_proposed(self):
        reading = self._reading
        return proposed([reading.tally(row.sheet.organization_id) for row in self.together], reading.book.levels)

    @property
    def others(self):
        """[CellRow] of those that are not to be signed now."""
        return [row for row in self.rows if row.sheet.pk not in self._now]

    @property
    def _now(self):
        return {row.sheet.pk for row in self.to_sign}

    @property
    def asks_reason(self):
        return any(row.asks for row in self.to_sign) or (self.places is not None and self.places.left < 0)

    @property
    def to_remind(self):
        """[Progress] of the cells below that have not handed in, where the reader is of their committee."""
        if self.period.locked_id or not may(Act.ENDORSE, self.here.held):
            return []
        return [row for row in self._progress if row.sheet.state == State.DRAFT and not row.is_own_roof]

    @property
    def reminder(self):
        """A letter to the cells to copy or to print."""
        return reminder("các chi bộ", to_hand_in(self.to_remind))

    @property
    def has_drafts(self):
        """Whether a sheet of its cells is still to be filled in."""
        return any(row.sheet.state == State.DRAFT for row in self.rows)

    @property
    def states(self):
        """[(words, n)] of the states that occur, in the order of the way."""
        return [(state.label, n) for state, n in by_state([row.progress for row in self.rows]) if n]

    @property
    def late(self):
        return [row for row in self.rows if row.progress.is_late]

    @property
    def remarks(self):
        """Cells that have written why they exceed the cap, or an explanation, and are not to be signed now."""
        return [row for row in self.others if row.sheet.over_cap or row.sheet.explanation]

    @cached_property
    def places(self):
        """How the cap on members stands in the whole organization; None where the scheme sets none."""
        cells = [row.sheet.organization_id for row in self.rows]
        return next(iter(places_of_members(self.period, cells, self.here.day).values()), None)

    @property
    def barred(self):
        """[(what cannot be done to any sheet now, [sentences that say why])], where nothing waits for the reader."""
        if self.to_sign:
            return []
        whys = [(words, [self._permit(act, row) for row in self._progress]) for act, words in ERRANDS.items()]
        return [(words, list(dict.fromkeys(p.why for p in permits))) for words, permits in whys if not _any(permits)]

    def _permit(self, act, row):
        return of_sheet(act, row.sheet, row.place.kind, self.here.held)

    @property
    def over(self):
        return -self.places.left

    @cached_property
    def deadline(self):
        return Deadline(self.period.committee_due, remind_days_of(self.period))

    @property
    def decided(self):
        return sum(row.progress.is_decided for row in self.rows)


def _any(permits):
    return any(permit.allowed for permit in permits)
