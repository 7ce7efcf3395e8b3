"""The panels of the dashboard, put together from one Board. Nothing here asks the database."""

from dataclasses import dataclass
from decimal import Decimal

from indicators import charts, wording
from indicators.comparable import breaks_of
from indicators.line import Line
from indicators.models import Indicator
from ledger.numbers import group
from ledger.text import sort_key
from organizations.models import OrganizationSpell

from .lead import lead
from .result_lines import result_line
from .short import falls_short
from .wanting import wanting


@dataclass(frozen=True)
class Rank:
    """One organization on the chosen indicator."""

    place: OrganizationSpell
    line: Line
    name: str
    name_key: str
    position: int
    value: str
    amount: Decimal | None
    fraction: str
    target: str
    verdict: str
    tone: str
    mark: str
    gap: object


@dataclass(frozen=True)
class Cell:
    line: object
    mark: str
    tone: str
    words: str


def results(board):
    """[ResultLine] of the groups, in order."""
    return [result_line(board, line, breaks_of(board, line.indicator)) for line in board.cards()]


def ranking(board, indicator, kind=""):
    """[Rank] of the organizations below on `indicator`, best first; those to whom it does not apply are absent."""
    lines = [(s, board.lines.get((indicator.pk, s.organization_id))) for s in board.children if _is(s, kind)]
    ranks = [_rank(i, spell, line) for i, (spell, line) in enumerate(lines) if line]
    sign = -1 if indicator.direction == Indicator.Direction.AT_LEAST else 1
    return sorted(ranks, key=lambda r: (r.amount is None, sign * (r.amount or 0), r.name_key))


def _is(spell, kind):
    return not kind or spell.kind == kind


def _rank(position, spell, line):
    result = line.result
    amount = result.exact
    if line.state and result.target is None:
        amount = {True: 1, False: 0, None: None}[line.state.good]
    return Rank(
        place=spell,
        line=line,
        name=spell.name,
        name_key=sort_key(spell.name),
        position=position,
        value=wording.verdict(line) if line.state and result.target is None else wording.value(line),
        amount=amount,
        fraction="" if not result.denominator else f"{group(result.numerator)}/{group(result.denominator)}",
        target=wording.target(line),
        verdict=wording.verdict(line),
        tone=wording.tone(line),
        mark=wording.mark(line),
        gap=None if result.target is None or amount is None else result.exact - result.target,
    )


def heat(board, kind=""):
    """(groups, [(spell, [Cell or None for each group])]) of the organizations below; groups nobody has are absent."""
    rows = []
    for spell in board.children:
        if _is(spell, kind):
            lines = [board.lines.get((g.headlines[0].pk, spell.organization_id)) for g in board.groups if g.headlines]
            rows.append((spell, [line and Cell(line, *_cell(line)) for line in lines]))
    groups = [g for g in board.groups if g.headlines]
    used = [i for i in range(len(groups)) if any(cells[i] for _, cells in rows)]
    return [groups[i] for i in used], [(spell, [cells[i] for i in used]) for spell, cells in rows]


def _cell(line):
    words = wording.verdict(line)
    if wording.value(line) != "–" and not line.state:
        words = f"{wording.value(line)}, {words[:1].lower()}{words[1:]}"
    return wording.mark(line), wording.tone(line), words


def context(board, form):
    """What the dashboard's template reads, for the form's choice of indicator and kind."""
    form.is_valid()
    lines = board.cards()
    chosen = next((x for x in lines if x.group.code == form.chosen("xep", "")), lines[0] if lines else None)
    kind = form.chosen("loai", "")
    ranks = ranking(board, chosen.indicator, kind) if chosen else []
    short = sum(1 for r in ranks if falls_short(r.line))
    judged = sum(1 for r in ranks if r.line.result.target is not None or r.line.state)
    ranked_all = len(ranks)
    only_short = bool(form.chosen("thieu", False))
    if only_short:
        ranks = [r for r in reversed(ranks) if falls_short(r.line)]
    heat_groups, heat_rows = heat(board, kind)
    unit = "%" if chosen and wording.is_ratio(chosen) else (chosen.indicator.unit if chosen else "")
    told = results(board)
    return {
        "board": board,
        "headline": wording.headline(board),
        "lead": lead(board),
        "results": told,
        "since": min((result.years.since for result in told if result.years), default=None),
        "any_missed": any(result.years and result.years.drawn.missed for result in told),
        "wanting": wanting(board),
        "form": form,
        "ranks": ranks,
        "ranked": charts.ranked(ranks, unit),
        "only_short": only_short,
        "ranked_all": ranked_all,
        "ranked_short": short,
        "ranked_judged": judged,
        "heat": heat_rows,
        "heat_groups": heat_groups,
    }
