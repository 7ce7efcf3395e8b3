"""Pure: Results in, figures out as plotly.js takes them. Colours are names of the page's tokens; charts.js puts the colours in.

A trace may hold "opens": the address that a click on each of its points leads to, in the order of its points.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ledger.text import within_sentence

from . import wording
from .comparable import Run, runs
from .line import Line

Trace = dict[str, Any]
NOTE = 22  # pixels of a word above the drawing: each has a row of its own, so that no two meet on a phone
PAPER = "rgba(0,0,0,0)"


def layout_of(**more: Any) -> dict[str, Any]:
    """What every figure looks like, with `more` of its own."""
    axis = {"gridcolor": "var(--line)", "zerolinecolor": "var(--line)", "linecolor": "var(--line)", "fixedrange": True}
    layout: dict[str, Any] = {
        "font": {"family": "Inter, Noto Sans, Segoe UI, sans-serif", "size": 15, "color": "var(--ink-2)"},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "separators": ",.",
        "hoverlabel": {
            "bgcolor": "var(--card)",
            "bordercolor": "var(--line-2)",
            "font": {"size": 15, "color": "var(--ink)"},
            "align": "left",
        },
        "dragmode": False,
        "showlegend": False,
        "xaxis": {**axis, "automargin": True},
        "yaxis": {**axis, "automargin": True},
    }
    for name, value in more.items():
        layout[name] = {**layout[name], **value} if name in ("xaxis", "yaxis", "margin") else value
    return layout


def points(places: Iterable[object], values: Iterable[object], **more: Any) -> Trace:
    """Points at `places` (words) of `values`, tied or not as `more` says."""
    numbers = [None if value is None else float(str(value)) for value in values]
    return {"type": "scatter", "x": [str(place) for place in places], "y": numbers, "cliponaxis": False, **more}


def as_json(traces: Sequence[Trace], layout: dict[str, Any]) -> str:
    """The figure as charts.js reads it; "" of no trace."""
    return json.dumps({"data": list(traces), "layout": layout}, ensure_ascii=False) if traces else ""


def trend(
    lines: Mapping[int, Line],
    breaks: Mapping[int, str],
    changed: Collection[int],
    moving: Collection[int] = (),
    opens: Mapping[int, str] | None = None,
) -> str:
    """The years of one indicator with its targets; cut at `breaks` {year: why}, marked in the years `changed`. `lines`: {year: Line}.

    A year still `moving` hangs on a dotted line; `opens`: {year: address}.
    """
    opens = opens or {}
    traces = [trace for run in runs(lines, breaks) for trace in _run(run, lines, moving, opens)]
    if aims := {y: line for y, line in lines.items() if line.result.target is not None}:
        traces.append(_targets(aims, opens))
    if not traces:
        return ""
    is_share = any(wording.is_ratio(line) for line in lines.values())
    years = [str(year) for year in lines]
    notes: list[tuple[float, str]] = [(years.index(str(y)), "sắp xếp tổ chức") for y in changed if y in lines]
    notes += [(years.index(str(y)) - 0.5, why) for y, why in breaks.items() if y in lines and str(y) != years[0]]
    axis: dict[str, Any] = {"type": "category", "categoryorder": "array", "categoryarray": years, "showgrid": False}
    axis |= {"range": [-0.5, len(years) - 0.5]}
    return as_json(
        traces,
        layout_of(
            annotations=[_note(place, text, row, len(years)) for row, (place, text) in enumerate(sorted(notes))],
            shapes=[_tie(place) for place, _ in notes],
            margin={"t": 34 + NOTE * len(notes)},
            xaxis=axis,
            yaxis={
                "ticksuffix": "%" if is_share else "",
                **whole_marks(traces, is_share=is_share),
                "range": _room(traces),
            },
        ),
    )


def _height(lines: Mapping[int, Line]) -> Decimal:
    """From the least to the most of what is drawn, results and targets alike."""
    drawn = [x for line in lines.values() for x in (line.result.value, line.result.target) if x is not None]
    return Decimal(max(drawn)) - Decimal(min(drawn))


def _room(traces: Iterable[Trace]) -> list[float]:
    """The span of an axis that leaves room for words above and below the points; it begins at nothing where they are near it."""
    values = [y for trace in traces for y in trace["y"] if y is not None]
    low, high = min(values), max(values)
    margin = (high - low) * 0.25 or max(high * 0.1, 1)
    return [low - margin if low >= margin else 0 if low else -margin, high + margin]


def whole_marks(traces: Iterable[Trace], *, is_share: bool) -> dict[str, Any]:
    """Axis options that keep the marks of a small count whole."""
    most = max((y for trace in traces for y in trace["y"] if y is not None), default=0)
    return {"dtick": 1} if not is_share and most < 6 else {}


def _run(run: Run, lines: Mapping[int, Line], moving: Collection[int], opens: Mapping[int, str]) -> Iterator[Trace]:
    """Traces of one unbroken run: the closed years solid, the last step to a moving year dotted."""
    spans = [(run[:-1], "solid"), (run[-2:], "dot")] if run[-1][0] in moving else [(run, "solid")]
    for span, dash in spans:
        if not span:
            continue
        own = span[-1:] if dash == "dot" else span
        yield points(
            [y for y, _ in span],
            [v for _, v in span],
            name="Tạm tính" if dash == "dot" else "Kết quả",
            mode="lines+markers+text",
            text=[wording.value(lines[y]) if (y, v) in own else "" for y, v in span],
            textposition=_beside([v for _, v in span], [lines[y].result.target for y, _ in span], _height(lines)),
            line={"color": "var(--data)", "width": 3, "dash": dash},
            marker={
                "size": 10,
                "color": "var(--data)",
                "symbol": ["circle-open" if dash == "dot" and each in own else "circle" for each in span],
            },
            hovertext=[told(lines[y]) for y, _ in span],
            hoverinfo="text",
            opens=[opens.get(y, "") for y, _ in span],
        )


def _beside(values: Sequence[Decimal], aims: Sequence[Decimal | None], height: Decimal) -> list[str]:
    """Where the word of each point stands: away from a target close to it, else below what the line comes down to, above all
    else. `height`: of the whole drawing, in the unit of the values.
    """
    pairs = zip([None, *values], values, [*values[1:], None], aims, strict=False)
    return [
        "bottom center" if _is_low(before, value, after, aim, height) else "top center"
        for before, value, after, aim in pairs
    ]


def _is_low(
    before: Decimal | None, value: Decimal, after: Decimal | None, aim: Decimal | None, height: Decimal
) -> bool:
    if aim is not None and 0 < abs(aim - value) < height / 6:
        return aim > value
    beside = [x for x in (before, after) if x is not None]
    return bool(beside) and all(x > value for x in beside)


def told(line: Line) -> str:
    """What a point says: "Năm 2017: 129 đảng viên mới. Chỉ tiêu 115: vượt 12%."."""
    unit = "" if wording.is_ratio(line) else f" {line.indicator.unit}"
    judged = (
        f" Chỉ tiêu {wording.target(line)}: {within_sentence(wording.verdict(line))}." if wording.target(line) else ""
    )
    return f"Năm {line.year}: {wording.value(line)}{unit}.{judged}"


def _targets(aims: Mapping[int, Line], opens: Mapping[int, str]) -> Trace:
    return points(
        aims,
        [line.result.target for line in aims.values()],
        name="Chỉ tiêu",
        mode="markers",
        marker={
            "symbol": "line-ew-open",
            "size": 22,
            "color": "var(--ink-2)",
            "line": {"width": 2, "color": "var(--ink-2)"},
        },
        hovertext=[f"Chỉ tiêu năm {y}: {wording.target(line)}." for y, line in aims.items()],
        hoverinfo="text",
        opens=[opens.get(y, "") for y in aims],
    )


def _note(place: float, text: str, row: int, years: int) -> dict[str, Any]:
    """A word above `place` on a category axis, which counts positions; it leans to where there is room."""
    late = place > (years - 1) / 2
    return {
        "x": place,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "right" if late else "left",
        "yshift": 18 + NOTE * row,
        "showarrow": False,
        "text": text,
        "font": {"size": 15, "color": "var(--ink-2)"},
    }


def _tie(place: float) -> dict[str, Any]:
    """The line from a word down to its year."""
    line = {"color": "var(--line-2)", "width": 1.5, "dash": "dot"}
    return {
        "type": "line",
        "x0": place,
        "x1": place,
        "yref": "paper",
        "y0": 0,
        "y1": 1.08,
        "line": line,
        "layer": "below",
    }
