"""The organizations below on one group, best first: named, drawn against one scale, each with its own target."""

from dataclasses import dataclass
from decimal import Decimal

from indicators import wording
from indicators.board import Board
from indicators.line import Line
from indicators.models import Indicator
from ledger.numbers import group
from ledger.text import sort_key
from organizations.models import OrganizationSpell


@dataclass(frozen=True)
class Rank:
    """One organization on the group. `amount`: what it is ordered by, None without a figure."""

    place: OrganizationSpell
    line: Line
    name: str
    name_key: str
    value: str
    amount: Decimal | int | None
    fraction: str
    target: str
    verdict: str
    tone: str
    mark: str
    length: str = ""  # of its bar, and where its target stands, in hundredths of the longest
    aim: str = ""


def ranking(board: Board, indicator: Indicator, kind: str = "") -> list[Rank]:
    """[Rank] of the organizations below on `indicator`, best first; those to whom it does not apply are absent."""
    spells = [spell for spell in board.children if not kind or spell.kind == kind]
    lines = [(spell, board.lines.get((indicator.pk, spell.organization_id))) for spell in spells]
    found = [(spell, line) for spell, line in lines if line]
    longest = max((_reach(line) for _, line in found), default=Decimal(0))
    ranks = [_rank(spell, line, longest) for spell, line in found]
    sign = -1 if indicator.direction == Indicator.Direction.AT_LEAST else 1
    return sorted(ranks, key=lambda r: (r.amount is None, sign * (r.amount or 0), r.name_key))


def _reach(line: Line) -> Decimal:
    return max(line.result.exact or Decimal(0), line.result.target or Decimal(0))


def _rank(spell: OrganizationSpell, line: Line, longest: Decimal) -> Rank:
    result = line.result
    is_text = bool(line.state) and result.target is None
    amount: Decimal | int | None = result.exact
    if is_text and line.state:
        amount = {True: 1, False: 0, None: None}[line.state.good]

    def part(value: Decimal | int | None) -> str:
        return "" if value is None or is_text or not longest else f"{100 * Decimal(value) / longest:.1f}"

    return Rank(
        place=spell,
        line=line,
        name=spell.name,
        name_key=sort_key(spell.name),
        value=wording.verdict(line) if is_text else wording.value(line),
        amount=amount,
        fraction="" if not result.denominator else f"{group(result.numerator)}/{group(result.denominator)}",
        target=wording.target(line),
        verdict=wording.verdict(line),
        tone=wording.tone(line),
        mark=wording.mark(line),
        length=part(result.exact),
        aim=part(result.target),
    )
