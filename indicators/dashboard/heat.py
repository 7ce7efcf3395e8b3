"""Every organization below on every group at once: what meets, exceeds, misses; those that miss most first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators import wording
from indicators.board import Board
from indicators.line import Line
from indicators.models import TargetGroup
from indicators.short import falls_short
from ledger.text import sort_key, within_sentence
from organizations.models import OrganizationSpell


@dataclass(frozen=True)
class Cell:
    """`words`: for who does not see the mark."""

    line: Line
    mark: str
    tone: str
    words: str
    value: str


@dataclass(frozen=True)
class HeatRow:
    place: OrganizationSpell
    cells: Sequence[Cell | None]
    short: int


@dataclass(frozen=True)
class HeatMap:
    """`groups`: those that any organization below has, in order; a cell of each in every row."""

    groups: Sequence[TargetGroup]
    rows: Sequence[HeatRow]


def heat_map(board: Board) -> HeatMap:
    """The organizations below the one of `board`, by the number of groups they miss, then by name."""
    groups = [g for g in board.groups if g.headlines]
    lines = {
        spell.organization_id: [board.lines.get((g.headlines[0].pk, spell.organization_id)) for g in groups]
        for spell in board.children
    }
    used = [i for i in range(len(groups)) if any(row[i] for row in lines.values())]
    rows = [_row(spell, [lines[spell.organization_id][i] for i in used]) for spell in board.children]
    return HeatMap([groups[i] for i in used], sorted(rows, key=lambda row: (-row.short, sort_key(row.place.name))))


def _row(spell: OrganizationSpell, lines: Sequence[Line | None]) -> HeatRow:
    short = sum(1 for line in lines if line and falls_short(line))
    return HeatRow(spell, [_cell(line) if line else None for line in lines], short)


def _cell(line: Line) -> Cell:
    words, value = wording.verdict(line), wording.value(line)
    if value != "–" and not line.state:
        words = f"{value}, {within_sentence(words)}"
    shown = "" if value == "–" or (line.state and line.result.target is None) else value
    return Cell(line, wording.mark(line), wording.tone(line), words, shown)
