"""Where to look: the organizations below by the number of groups in which they fall short. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators import wording
from indicators.board import Board
from indicators.line import Line
from indicators.models import TargetGroup
from indicators.short import falls_short, is_judged
from ledger.numbers import group
from ledger.text import sort_key
from organizations.models import OrganizationSpell

AT_ONCE = 10  # rows shown before the rest is folded


@dataclass(frozen=True)
class WantingCell:
    """One group of one organization: `value` "50%", then `fraction` "4/8"."""

    line: Line
    value: str
    fraction: str
    short: bool


@dataclass(frozen=True)
class WantingRow:
    """`cells`: for each group shown a WantingCell, None where the group does not apply; `short`: in how many it falls short."""

    place: OrganizationSpell
    cells: Sequence[tuple[TargetGroup, WantingCell | None]]
    short: int
    judged: bool


@dataclass(frozen=True)
class Wanting:
    """The organizations below: short in `several` groups (more of them first), in `one`, in `none`, and `unjudged` in all."""

    groups: Sequence[TargetGroup]
    several: Sequence[WantingRow]
    one: Sequence[WantingRow]
    none: Sequence[WantingRow]
    unjudged: Sequence[WantingRow]

    @property
    def words(self) -> str:
        """ "8 nơi thiếu từ hai nhóm trở lên, 26 nơi thiếu một nhóm, 22 nơi không thiếu nhóm nào."."""
        told = [
            (self.several, "thiếu từ hai nhóm trở lên"),
            (self.one, "thiếu một nhóm"),
            (self.none, "không thiếu nhóm nào"),
            (self.unjudged, "chưa có gì để so"),
        ]
        parts = [f"{group(len(rows))} nơi {words}" for rows, words in told if rows]
        return ", ".join(parts) + "."

    @property
    def first(self) -> Sequence[WantingRow]:
        return self.several[:AT_ONCE]

    @property
    def rest(self) -> Sequence[WantingRow]:
        return self.several[AT_ONCE:]


def wanting(board: Board) -> Wanting | None:
    """None where nobody stands below, or the year has no groups."""
    groups = [g for g in board.groups if g.headlines]
    if not board.children or not groups:
        return None
    lines = {
        s.organization_id: [board.lines.get((g.headlines[0].pk, s.organization_id)) for g in groups]
        for s in board.children
    }
    missed = [i for i in range(len(groups)) if any((line := x[i]) and falls_short(line) for x in lines.values())]
    rows = [
        _row(spell, [(groups[i], lines[spell.organization_id][i]) for i in missed], lines) for spell in board.children
    ]
    rows.sort(key=lambda row: (-row.short, sort_key(row.place.name)))
    return Wanting(
        groups=[groups[i] for i in missed],
        several=[row for row in rows if row.short > 1],
        one=[row for row in rows if row.short == 1],
        none=[row for row in rows if not row.short and row.judged],
        unjudged=[row for row in rows if not row.short and not row.judged],
    )


def _row(spell, found, lines):
    cells = [(g, line and _cell(line)) for g, line in found]
    judged = any(line and is_judged(line) for line in lines[spell.organization_id])
    return WantingRow(spell, cells, sum(1 for _, cell in cells if cell and cell.short), judged)


def _cell(line: Line) -> WantingCell:
    result = line.result
    if line.state and result.target is None:
        return WantingCell(line, wording.verdict(line), "", falls_short(line))
    fraction = ""
    if result.denominator:
        fraction = f"{group(result.numerator)}/{group(result.denominator)}"
    elif result.denominator is None and result.target is not None:
        fraction = f"/{wording.target(line)}"
    return WantingCell(line, wording.value(line), fraction, falls_short(line))
