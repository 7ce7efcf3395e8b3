"""What the line of a target group shows: a Line turned into words, a bar and the shape of its years. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from indicators import wording
from indicators.board import Board
from indicators.comparable import runs
from indicators.line import Line
from indicators.results import Verdict

from .short import falls_short

COUNTED = {True: "Được tính", False: "Không được tính", None: ""}
WIDTH, HEIGHT, EDGE = 116, 32, 5  # of the drawing of the years, and what it keeps clear for its marks
AIM = 76  # where the bars have their common target, in hundredths of their width

Spot = tuple[str, str]  # (x, y) as an SVG attribute has them


@dataclass(frozen=True)
class Years:
    """The years of one result as they are drawn: `paths` cut where figures cannot be compared; `missed`: rings.

    `since`, `first`: the year and value they begin with; `words`: the same for who does not see them.
    """

    paths: tuple[str, ...]
    last: Spot
    missed: tuple[tuple[Spot, str], ...]
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
        years=None if text else years(until, breaks),
        short=_short(board, line) if board.children else None,
        so_far=wording.so_far(line),
        is_text=text,
        counted=COUNTED[line.state.good] if text and line.state else "",
        correction=wording.correction(line),
    )


def _short(board: Board, line: Line) -> int:
    below = (board.lines.get((line.indicator.pk, spell.organization_id)) for spell in board.children)
    return sum(falls_short(x) for x in below if x)


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


def years(trend: Mapping[int, Line], breaks: Collection[int]) -> Years | None:
    """How the years of `trend` are drawn; None when there are no two of them."""
    drawn = runs(trend, breaks)
    points = [(year, float(v)) for run in drawn for year, v in run]
    if len(points) < 2:
        return None
    begins, ends = points[0][0], points[-1][0]
    low, high = min(v for _, v in points), max(v for _, v in points)

    def place(year: int, value: Any) -> Spot:
        x = EDGE + (WIDTH - 2 * EDGE) * (year - begins) / (ends - begins)
        part = 0.5 if high == low else (float(value) - low) / (high - low)
        return f"{x:.1f}", f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * part:.1f}"

    spots = [[place(*point) for point in run] for run in drawn]
    missed = tuple((place(y, v), str(y)) for y, v in points if trend[y].verdict is Verdict.NOT_MET)
    said = [f"{y} {wording.value(trend[y])}{', chưa đạt' * (trend[y].verdict is Verdict.NOT_MET)}" for y, _ in points]
    return Years(
        paths=tuple("M" + " L".join(f"{x} {y}" for x, y in run) for run in spots),
        last=spots[-1][-1],
        missed=missed,
        since=begins,
        first=wording.value(trend[begins]),
        words="; ".join(said),
    )
