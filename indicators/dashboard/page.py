"""The panels of the dashboard, put together from one Board. Nothing here asks the database."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst

from indicators import charts, wording
from indicators.comparable import breaks_of
from indicators.line import Line
from indicators.models import Indicator
from indicators.results import Verdict
from ledger.numbers import group
from ledger.text import sort_key
from organizations.models import OrganizationSpell

from .cards import card


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
class Behind:
    """A group with those below who are not in its numerator or short of their target."""

    line: object
    ranks: list
    verdict: str
    tone: str
    mark: str


@dataclass(frozen=True)
class Cell:
    line: object
    mark: str
    tone: str
    words: str


def cards(board):
    return [card(board, line, breaks_of(board, line.indicator)) for line in board.cards()]


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


def behind(board):
    """[Behind], the groups not met first; only groups where somebody below is behind, or that are not met."""
    groups = []
    for line in board.cards():
        ranks = [r for r in ranking(board, line.indicator) if _falls_short(r.line)]
        if ranks or _falls_short(line):
            ranks.sort(key=lambda r: (r.gap if r.gap is not None else 0, r.name_key))
            groups.append(Behind(line, ranks, wording.verdict(line), wording.tone(line), wording.mark(line)))
    return sorted(groups, key=lambda b: (b.tone != "no", b.line.group.order))


def _falls_short(line):
    if line.state and line.result.target is None:
        return line.state.good is False
    return line.verdict is Verdict.NOT_MET or _short_so_far(line)


def _short_so_far(line):
    return line.verdict is Verdict.PROVISIONAL and line.result.excess is not None and line.result.excess < 0


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


def summary(board):
    """The sentences of the verdict band: how many exceed and meet, the closest group, and the year before."""
    lines = board.cards()
    if board.year.unfinished:
        return [f"{capfirst(wording.provisional(board))}."]
    exceeded = [x for x in lines if x.verdict is Verdict.EXCEEDED]
    met = [x for x in lines if x.verdict in (Verdict.MET, Verdict.NONE_AROSE)]
    missed = [x for x in lines if x.verdict is Verdict.NOT_MET]
    parts = [
        f"{len(judged)} nhóm {word}"
        for judged, word in ((exceeded, "vượt"), (met, "đạt"), (missed, "chưa đạt"))
        if judged
    ]
    sentences = [", ".join(parts) + "."] if parts else []
    if missed:
        sentences.append("Chưa đạt: " + "; ".join(f"{x.group.name.lower()} ({wording.value(x)})" for x in missed) + ".")
    elif close := _closest(lines):
        sentences.append(
            f"Nhóm sát nhất: {close.group.name.lower()} ({wording.value(close)}, chỉ tiêu {wording.target(close)})."
        )
    return sentences


def _closest(lines):
    judged = [x for x in lines if x.verdict in (Verdict.EXCEEDED, Verdict.MET) and x.result.target]
    return min(judged, key=lambda x: x.result.exact / x.result.target, default=None)


def context(board, form):
    """What the dashboard's template reads, for the form's choice of indicator and kind."""
    form.is_valid()
    lines = board.cards()
    chosen = next((x for x in lines if x.group.code == form.chosen("xep", "")), lines[0] if lines else None)
    kind = form.chosen("loai", "")
    ranks = ranking(board, chosen.indicator, kind) if chosen else []
    short = sum(1 for r in ranks if _falls_short(r.line))
    judged = sum(1 for r in ranks if r.line.result.target is not None or r.line.state)
    heat_groups, heat_rows = heat(board, kind)
    unit = "%" if chosen and wording.is_ratio(chosen) else (chosen.indicator.unit if chosen else "")
    return {
        "board": board,
        "headline": wording.headline(board),
        "summary": summary(board),
        "band": _band(board),
        "cards": cards(board),
        "behind": behind(board),
        "bullets": charts.bullets(lines),
        "bullet_rows": [(x, wording.value(x), wording.target(x), wording.verdict(x)) for x in lines],
        "form": form,
        "ranks": ranks,
        "ranked": charts.ranked(ranks, unit),
        "ranked_short": short,
        "ranked_judged": judged,
        "heat": heat_rows,
        "heat_groups": heat_groups,
    }


def _band(board):
    if board.year.unfinished:
        return "wait"
    if not board.score.of:
        return "none"
    return "" if board.score.met == board.score.of else "no"
