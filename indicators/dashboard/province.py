"""What the dashboard of a provincial organization shows: its blocs side by side, for it has no target groups of its own."""

from dataclasses import dataclass

from indicators import wording
from indicators.board import board
from indicators.staff.share import share_at
from organizations.models import Kind


@dataclass(frozen=True)
class BlocColumn:
    """A bloc of the year: `board`, of that year alone; `lines`: {code of a group: its headline Line}; `staff`: its StaffShare."""

    board: object
    lines: dict
    staff: object

    @property
    def place(self):
        return self.board.place

    @property
    def judged(self):
        """Whether it can be said how many groups it met."""
        return bool(self.board.score.of) and not self.board.year.unfinished


@dataclass(frozen=True)
class BlocFigure:
    """One group of one bloc as it is told: `value`, "" where the verdict says it; `tone` and `mark` of that."""

    value: str
    words: str
    tone: str
    mark: str


def side_by_side(spells, year):
    """([BlocColumn] of those of `spells` that are blocs, [(TargetGroup, [(BlocColumn, its BlocFigure or None)])] by order, then
    code)."""
    columns = [_column(spell, year) for spell in spells if spell.kind == Kind.KHOI]
    groups = {}
    for column in columns:
        for line in column.lines.values():
            groups.setdefault(line.group.code, line.group)
    in_order = sorted(groups.values(), key=lambda group: (group.order, group.code))
    return columns, [(g, [(column, _figure(column.lines.get(g.code))) for column in columns]) for g in in_order]


def _column(spell, year):
    bloc_board = board(spell.organization, year, years=[year])
    staff = share_at(spell, year, bloc_board.year.window.last, bloc_board.structure["members"])
    return BlocColumn(bloc_board, {line.group.code: line for line in bloc_board.cards()}, staff)


def _figure(line):
    if line is None:
        return None
    stated = line.state and line.result.target is None
    value = "" if stated or line.result.value is None else wording.value(line)
    return BlocFigure(value, wording.verdict(line), wording.tone(line), wording.mark(line))
