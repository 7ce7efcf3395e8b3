"""What the page of a committee shows: its cells on their way, what may be done with them now, and why not otherwise."""

from dataclasses import dataclass
from functools import cached_property

from organizations import lineage
from organizations.access import Act
from ratings.judging.caps import places_of_members
from ratings.judging.reading import Reading
from ratings.models import State
from ratings.periods.deadlines import Deadline, remind_days_of
from ratings.periods.progress import Progress, by_state, progress
from ratings.permits import of_sheet

TONES = {
    State.DRAFT: ("none", "ring"),
    State.SUBMITTED: ("wait", "running"),
    State.ENDORSED: ("wait", "half"),
    State.DECIDED: ("ok", "met"),
    State.ACCEPTED: ("up", "met"),
    State.LOCKED: ("up", "locked"),
}
ERRANDS = {
    Act.ENDORSE: ("Thẩm định", "Phiếu chờ thẩm định", "Đọc phiếu rồi đánh dấu những phiếu đồng ý thẩm định."),
    Act.DECIDE: (
        "Quyết định",
        "Phiếu chờ quyết định",
        "Một văn bản dùng cho mọi phiếu được đánh dấu; mức được ghi đúng như chi bộ đề nghị. "
        "Muốn quyết định khác cho từng đồng chí, bấm tên chi bộ.",
    ),
    Act.RETURN: ("Trả lại", "Trả lại phiếu", "Phiếu trở về nháp để chi bộ sửa; chi bộ đọc được lý do."),
}


@dataclass(frozen=True)
class CellRow:
    """One cell: `levels` reads "1 xuất sắc, 10 tốt"."""

    progress: Progress
    levels: str

    @property
    def place(self):
        return self.progress.place

    @property
    def key(self):
        """As a form sends it."""
        return str(self.sheet.pk)

    @property
    def sheet(self):
        return self.progress.sheet

    @property
    def chip(self):
        tone, mark = TONES[State(self.sheet.state)]
        return {"tone": tone, "mark": mark, "words": State(self.sheet.state).label}


def _levels(tally, levels):
    return ", ".join(f"{tally[rank]} {level.short}" for rank, level in sorted(levels.items()) if tally[rank])


@dataclass(frozen=True)
class SheetsAct:
    """One act on several sheets: `rows` are those it may be done to now; `why` says why there are none."""

    act: Act
    rows: list
    why: tuple

    @property
    def code(self):
        return self.act.name.lower()

    @property
    def words(self):
        return dict(zip(("button", "title", "hint"), ERRANDS[self.act], strict=True))


class CommitteePage:
    """The cells below the organization of `here` in its period."""

    def __init__(self, here):
        self.here, self.period = here, here.period

    @cached_property
    def rows(self):
        """[CellRow] in the office's order."""
        below = set(lineage.below([self.here.organization], self.here.day).values_list("organization", flat=True))
        cells = progress(self.period, below)
        reading = Reading(self.period, [row.sheet for row in cells], self.here.day)
        levels = reading.book.levels
        return [CellRow(row, _levels(reading.tally(row.sheet.organization_id), levels)) for row in cells]

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
        """Cells that have written why they exceed the cap, or an explanation."""
        return [row for row in self.rows if row.sheet.over_cap or row.sheet.explanation]

    @cached_property
    def places(self):
        """How the cap on members stands in the whole organization; None where the scheme sets none."""
        cells = [row.sheet.organization_id for row in self.rows]
        return next(iter(places_of_members(self.period, cells, self.here.day).values()), None)

    @cached_property
    def errands(self):
        return [self._errand(act) for act in ERRANDS]

    @property
    def barred(self):
        """The errands that cannot be done to any sheet now."""
        return [errand for errand in self.errands if not errand.rows]

    def _errand(self, act):
        permits = [(row, of_sheet(act, row.sheet, row.place.kind, self.here.held)) for row in self.rows]
        able = [row for row, permit in permits if permit.allowed]
        return SheetsAct(act, able, () if able else tuple(dict.fromkeys(permit.why for _, permit in permits)))

    @property
    def over(self):
        return -self.places.left

    @property
    def main_errand(self):
        """The one whose button is the page's own: the first that can be done."""
        return next((errand for errand in self.errands if errand.rows), None)

    @cached_property
    def deadline(self):
        return Deadline(self.period.committee_due, remind_days_of(self.period))

    @property
    def decided(self):
        return sum(row.progress.is_decided for row in self.rows)
