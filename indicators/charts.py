"""Pure: Results in, plotly figures out. Colours are names of the page's tokens; charts.js puts the colours in."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from plotly import graph_objects as go
from plotly.basedatatypes import BaseTraceType

from . import wording
from .comparable import Run, runs
from .line import Line

BANDS = ("var(--data)", "var(--data-2)", "var(--data-3)", "var(--data-4)")
TONE = {"up": "var(--good)", "ok": "var(--good)", "no": "var(--bad)", "none": "var(--data-3)", "wait": "var(--data-2)"}


def layout_of(**more: Any) -> dict[str, Any]:
    """What every figure looks like, with `more` of its own."""
    axis = {"gridcolor": "var(--line)", "zerolinecolor": "var(--line)", "linecolor": "var(--line)", "fixedrange": True}
    layout: dict[str, Any] = {
        "font": {"family": "Noto Sans, Segoe UI, DejaVu Sans, sans-serif", "size": 14, "color": "var(--ink-2)"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "separators": ",.",
        "hoverlabel": {"font": {"size": 14}},
        "dragmode": False,
        "showlegend": False,
        "xaxis": {**axis, "automargin": True},
        "yaxis": {**axis, "automargin": True},
    }
    for name, value in more.items():
        layout[name] = {**layout[name], **value} if name in ("xaxis", "yaxis", "margin") else value
    return layout


def as_json(traces: Iterable[BaseTraceType], layout: dict[str, Any]) -> str:
    """The figure as charts.js reads it."""
    figure = {"data": [trace.to_plotly_json() for trace in traces], "layout": layout}
    return json.dumps(figure, ensure_ascii=False)


def _years(values: Iterable[int]) -> list[str]:
    return [str(y) for y in values]


def trend(
    lines: Mapping[int, Line],
    breaks: Collection[int],
    changed: Collection[int],
    unit: str,
    moving: Collection[int] = (),
) -> str:
    """The years of one indicator with its targets; cut at `breaks`, marked in the years `changed`. `lines`: {year: Line}.

    A year still `moving` hangs on a dotted line.
    """
    named: set[str] = set()
    traces = [trace for run in runs(lines, breaks) for trace in _run(run, lines, named, moving)]
    aims = [(y, x.result.target) for y, x in lines.items() if x.result.target is not None]
    if aims:
        traces.append(
            go.Scatter(
                x=_years(y for y, _ in aims),
                y=[float(t) for _, t in aims],
                mode="lines+markers",
                line={"color": "var(--ink-3)", "dash": "dot", "width": 1.5},
                marker={"symbol": "line-ew-open", "size": 13, "color": "var(--ink-3)"},
                name="Chỉ tiêu",
                hovertemplate="Chỉ tiêu %{x}: %{y}<extra></extra>",
            )
        )
    if not traces:
        return ""
    years = _years(lines)
    notes = [_note(years.index(str(y)), "sắp xếp tổ chức") for y in changed if y in lines]
    above = 18 if notes else 0  # on a narrow screen the two would run into each other
    notes += [_note(years.index(str(y)), "đổi cách xếp loại", above) for y in breaks if y in lines]
    return as_json(
        traces,
        layout_of(
            showlegend=True,
            legend={"orientation": "h", "y": -0.18},
            annotations=notes,
            margin={"t": 44 + above},
            xaxis={
                "type": "category",
                "categoryorder": "array",
                "categoryarray": years,
                "range": [-0.5, len(years) - 0.5],
            },
            yaxis={"title": {"text": unit}, "ticksuffix": "%" if unit == "%" else "", **whole_marks(traces, unit)},
        ),
    )


def whole_marks(traces: Iterable[BaseTraceType], unit: str) -> dict[str, Any]:
    """Axis options that keep the marks of a small count whole."""
    most = max((max(trace.y) for trace in traces if len(trace.y)), default=0)
    return {"dtick": 1} if unit != "%" and most < 6 else {}


def _run(run: Run, lines: Mapping[int, Line], named: set[str], moving: Collection[int]) -> Iterator[BaseTraceType]:
    """Traces of one unbroken run: the closed years solid, the last step to a moving year dotted.

    `named`: which kinds of line the legend already has.
    """
    spans = [(run[:-1], "solid"), (run[-2:], "dot")] if run[-1][0] in moving else [(run, "solid")]
    for points, dash in spans:
        if not points:
            continue
        own = points[-1:] if dash == "dot" else points
        labels = [wording.value(lines[y]) if (y, v) in own else "" for y, v in points]
        shapes = ["circle-open" if dash == "dot" and (y, v) in own else "circle" for y, v in points]
        yield go.Scatter(
            x=_years(y for y, _ in points),
            y=[float(v) for _, v in points],
            mode="lines+markers+text",
            text=labels,
            textposition="top center",
            line={"color": "var(--data)", "width": 3, "dash": dash},
            marker={"size": 10, "color": "var(--data)", "symbol": shapes},
            name="Tạm tính" if dash == "dot" else "Kết quả",
            legendgroup=dash,
            showlegend=dash not in named,
            cliponaxis=False,
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
        named.add(dash)


def _note(place: int, text: str, above: int = 0) -> dict[str, Any]:
    """A word above the year at `place` on a category axis, which counts positions; `above`: pixels higher up."""
    return {
        "x": place, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "right" if place else "left", "xshift": 24, "showarrow": False, "text": text, "yshift": 18 + above,
        "font": {"size": 13, "color": "var(--ink-3)"},
    }  # fmt: skip
