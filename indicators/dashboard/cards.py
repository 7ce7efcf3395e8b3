"""What a card shows: a Line turned into words, proportions and the shape of its trend. Pure."""

from dataclasses import dataclass

from indicators import wording
from indicators.comparable import runs
from ledger.numbers import group

COUNTED = {True: "Được tính", False: "Không được tính", None: ""}
SPARK_WIDTH, SPARK_HEIGHT = 92, 26


@dataclass(frozen=True)
class Card:
    """`fill`, `aim`: parts of the scale 0–100, as text for an SVG attribute; "" when there is nothing to draw."""

    line: object
    value: str
    aside: str
    verdict: str
    mark: str
    tone: str
    target: str
    fill: str
    aim: str
    parts: tuple
    paths: tuple  # spark segments, broken where figures cannot be compared
    dot: tuple
    is_text: bool = False
    counted: str = ""  # beside a state: whether it counts in the bloc's figure
    correction: str = ""


def card(board, line, breaks):
    fill, aim = _scale(line)
    until = {y: x for y, x in board.trend(line.group.code).items() if y <= board.year.year}
    paths, dot = spark(until, breaks)
    text = bool(line.state) and line.result.target is None
    return Card(
        line=line,
        value=wording.value(line) if not text else wording.verdict(line),
        aside="" if text else _aside(line),
        verdict=wording.verdict(line),
        mark=wording.mark(line),
        tone=wording.tone(line),
        target=wording.target(line),
        fill="" if text else fill,
        aim=aim,
        parts=tuple(_part(part) for part in board.parts(line) if part.result.value is not None and not text),
        paths=() if text else paths,
        dot=dot,
        is_text=text,
        counted=COUNTED[line.state.good] if text else "",
        correction=wording.correction(line),
    )


def _aside(line):
    if not wording.is_ratio(line):
        return line.indicator.unit
    result = line.result
    if result.value is not None and result.exact != result.value and result.target is not None and result.by_rounding:
        return "chính xác " + wording.exact(line)
    return ""


def _part(part):
    result, corrected = part.result, wording.correction(part)
    text = f"{part.indicator.name} {wording.value(part)} ({group(result.numerator)}/{group(result.denominator)})"
    return f"{text}; {corrected}" if corrected else text


def _scale(line):
    value, target = line.result.value, line.result.target
    if value is None:
        return "", ""
    top = 100 if wording.is_ratio(line) and max(value, target or 0) > 60 else max(value, target or 0, 1) * 8 / 7
    return f"{100 * float(value) / float(top):.1f}", "" if target is None else f"{100 * float(target) / float(top):.1f}"


def spark(trend, breaks):
    """(SVG paths, (x, y) of the last point or ())."""
    points = [(year, float(v)) for run in runs(trend, breaks) for year, v in run]
    if len(points) < 2:
        return (), ()
    years = list(trend)
    low, high = min(v for _, v in points), max(v for _, v in points)

    def place(year, value):
        x = 3 + (SPARK_WIDTH - 6) * (year - years[0]) / ((years[-1] - years[0]) or 1)
        y = SPARK_HEIGHT / 2 if high == low else SPARK_HEIGHT - 3 - (SPARK_HEIGHT - 6) * (value - low) / (high - low)
        return f"{x:.1f}", f"{y:.1f}"

    paths = []
    for run in runs(trend, breaks):
        spots = [place(year, float(value)) for year, value in run]
        paths.append("M" + " L".join(f"{x} {y}" for x, y in spots))
    return tuple(paths), place(*points[-1])
