"""What the line of a target group shows: a Line turned into words, a bar and the shape of its years. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from indicators import wording
from indicators.board import Board
from indicators.comparable import runs
from indicators.line import Line
from indicators.results import Verdict
from indicators.short import falls_short
from ledger.numbers import group

from .pace import due_by
from .small_line import SmallLine, small_line

COUNTED = {True: "Được tính", False: "Không được tính", None: ""}
AIM = 76  # where the bars have their common target, in hundredths of their width


@dataclass(frozen=True)
class Years:
    """The years of one result: `drawn`, with a ring where it was missed; `since`, `first`: the year and value they begin with;
    `words`: the same for who does not see them.
    """

    drawn: SmallLine
    since: int
    first: str
    words: str


@dataclass(frozen=True)
class ResultLine:
    """`fill`: length of the bar in hundredths, as an SVG attribute; "" when there is nothing to draw.

    `short`: how many organizations below fall short, None where nobody stands below; `so_far`: what is wanting in a
    year that still runs.
    """

    line: Line
    value: str
    aside: str
    verdict: str
    mark: str
    tone: str
    target: str
    fill: str
    parts: tuple[str, ...]
    years: Years | None
    short: int | None
    so_far: str
    is_text: bool = False
    counted: str = ""  # beside a state: whether it counts in the bloc's figure
    correction: str = ""
    aim: int = AIM


def result_line(board: Board, line: Line, breaks: Collection[int]) -> ResultLine:
    until = {y: x for y, x in board.trend(line.group.code).items() if y <= board.year.year}
    text = bool(line.state) and line.result.target is None
    return ResultLine(
        line=line,
        value=wording.verdict(line) if text else wording.value(line),
        aside="" if text else _aside(line),
        verdict=wording.verdict(line),
        mark=wording.mark(line),
        tone=wording.tone(line),
        target=wording.target(line),
        fill="" if text else _fill(line),
        parts=() if text else tuple(_part(part) for part in board.parts(line) if part.result.value is not None),
        years=None if text else years(until, breaks, board.year.year),
        short=_short(board, line) if board.children else None,
        so_far=_so_far(line, board.year.window.last),
        is_text=text,
        counted=COUNTED[line.state.good] if text and line.state else "",
        correction=wording.correction(line),
    )


def _short(board: Board, line: Line) -> int:
    below = (board.lines.get((line.indicator.pk, spell.organization_id)) for spell in board.children)
    return sum(falls_short(x) for x in below if x)


def _so_far(line: Line, day: date) -> str:
    """ "còn 12, hôm nay cần 114": what is wanting, and where a count that is behind should stand by now."""
    told, due = wording.so_far(line), due_by(line, day)
    behind = due is not None and line.result.value is not None and line.result.value < due
    return f"{told}, hôm nay cần {group(due)}" if behind else told


def _aside(line: Line) -> str:
    return f"chính xác {wording.exact(line)}" if line.result.by_rounding else ""


def _part(part: Line) -> str:
    corrected = wording.correction(part)
    text = f"{part.indicator.name} {wording.value(part)}"
    return f"{text} ({corrected})" if corrected else text


def _fill(line: Line) -> str:
    """The result beside its target, which stands at AIM; what is far beyond ends at the edge."""
    value, target = line.result.exact, line.result.target
    if value is None or not target:
        return ""
    return f"{min(100.0, AIM * float(value) / float(target)):.1f}"


def years(trend: Mapping[int, Line], breaks: Collection[int], until: int = 0) -> Years | None:
    """How the years of `trend` are drawn, with the year `until` at the right; None when there are no two of them."""
    missed = {year for year, line in trend.items() if line.verdict is Verdict.NOT_MET}
    spans = [[(year, float(value)) for year, value in run] for run in runs(trend, breaks)]
    drawn = small_line(spans, missed, until)
    if drawn is None:
        return None
    told = [year for span in spans for year, _ in span]
    return Years(
        drawn=drawn,
        since=told[0],
        first=wording.value(trend[told[0]]),
        words="; ".join(f"{y} {wording.value(trend[y])}{', chưa đạt' * (y in missed)}" for y in told),
    )
