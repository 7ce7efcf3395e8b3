"""The board by committee: of each grassroots organization how many sheets are done, for whom the others wait and until when."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst

from ledger import clock
from ledger.numbers import day_in_words
from ratings.models import COUNTED, State

from .deadlines import Deadline
from .progress import Progress
from .standing import SheetStanding, chip_of

PHASES = {
    "cell": "chờ {n} chi bộ nộp",
    "itself": "chờ chi bộ quyết định",
    "committee": "chờ {who} duyệt {n} phiếu",
    "bloc": "{n} phiếu chờ tiếp nhận",
}  # in the order of the way


def _phase(row):
    if row.sheet.state in COUNTED:
        return "bloc"
    if row.is_own_roof:
        return "itself"
    return "cell" if row.sheet.state == State.DRAFT else "committee"


@dataclass(frozen=True)
class CellOnBoard:
    """A cell unfolded: since when it stands where it does; `names`: who is missing; `accepts`: whether the reader may accept it."""

    row: Progress
    standing: SheetStanding
    names: tuple[str, ...]
    accepts: bool

    @property
    def chip(self):
        return chip_of(self.row.sheet)


@dataclass(frozen=True)
class WaitingSheets:
    """Sheets of one organization that wait for the same: "chờ 4 chi bộ nộp" until `deadline`. `rows`: [Progress]."""

    phase: str
    words: str
    deadline: Deadline
    rows: list

    @property
    def names(self):
        return ", ".join(row.place.name for row in self.rows)

    @property
    def short_names(self):
        """Without the word that each begins with."""
        return ", ".join(capfirst(row.place.name.removeprefix("Chi bộ ")) for row in self.rows)


@dataclass(frozen=True)
class RoofOnBoard:
    """A grassroots organization (`place`) with the Progress of all its cells (`sheets`), and those that the filters keep (`cells`)."""

    place: object
    sheets: list
    cells: list

    @property
    def decided(self):
        return sum(row.is_decided for row in self.sheets)

    @property
    def late(self):
        return sum(row.is_late for row in self.sheets)

    @cached_property
    def waiting(self):
        """[WaitingSheets] in the order of the way; none once all are accepted."""
        found = defaultdict(list)
        for row in self.sheets:
            if row.sheet.state not in (State.ACCEPTED, State.LOCKED):
                who = "đảng ủy" if row.waits_for == row.roof.committee else row.waits_for
                phase = _phase(row)
                found[phase, who if phase == "committee" else ""].append(row)
        order = list(PHASES)
        return [_waiting(*key, found[key]) for key in sorted(found, key=lambda key: order.index(key[0]))]

    @property
    def waits(self):
        """ "chờ 4 chi bộ nộp · 4 phiếu chờ tiếp nhận" """
        return " · ".join(part.words for part in self.waiting)

    @property
    def below(self):
        """Those of `waiting` with which a cell or a committee has still to do something."""
        return [part for part in self.waiting if part.phase != "bloc"]

    @property
    def deadline(self):
        """The first to be kept, None once all are accepted."""
        return next((part.deadline for part in self.waiting), None)

    @property
    def to_hand_in(self):
        """Names of the cells that have not handed in; "" where all have."""
        return next((part.short_names for part in self.waiting if part.phase == "cell"), "")

    @property
    def to_remind(self):
        """[Progress] of those that wait for a cell or a committee."""
        return [row for part in self.below for row in part.rows]

    @property
    def reminded(self):
        """The last day on which the reader's view of its cells tells of a reminder; None without."""
        return max((cell.standing.reminded for cell in self.cells if cell.standing.reminded), default=None)

    @property
    def reminder(self):
        """A letter to copy or to print; it names no member."""
        return reminder(self.place.committee, self.below)


def _waiting(phase, who, rows):
    return WaitingSheets(phase, PHASES[phase].format(n=len(rows), who=who), rows[0].deadline, rows)


def to_hand_in(rows):
    """[WaitingSheets] of the cells of `rows` ([Progress]), which have not handed in."""
    return [_waiting("cell", "", rows)] if rows else []


def reminder(whom, parts):
    """The lines of a letter to `whom` about the sheets of `parts` ([WaitingSheets])."""
    rows = [row for part in parts for row in part.rows]
    period, today = rows[0].sheet.period, day_in_words(clock.today())
    lines = [f"Kính gửi {whom},", f"Đến ngày {today}, xếp loại {period.inline} còn {len(rows)} phiếu chưa xong:"]
    for part in parts:
        lines.append(f"- {part.words}, hạn {day_in_words(part.deadline.due)} ({part.deadline.words}): {part.names}.")
    late = any(part.deadline.is_late for part in parts)
    return "\n".join([*lines, f"Đề nghị hoàn thành {'ngay vì đã quá hạn' if late else 'đúng hạn'}."])


def roofs_of(rows, kept):
    """[RoofOnBoard] of the grassroots organizations above `rows` ([Progress], in the office's order) of whose cells some are
    kept. `kept`: {sheet id: CellOnBoard}.
    """
    by_roof = defaultdict(list)
    for row in rows:
        by_roof[row.roof.organization_id].append(row)
    found = [
        RoofOnBoard(of[0].roof, of, [kept[row.sheet.pk] for row in of if row.sheet.pk in kept])
        for of in by_roof.values()
    ]
    return [roof for roof in found if roof.cells]
