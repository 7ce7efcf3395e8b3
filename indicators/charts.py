"""Pure: Results in, plotly figures out. Colours are names of the page's tokens; charts.js puts the colours in."""

import json
from decimal import Decimal

from plotly import graph_objects as go

from ledger.numbers import group, percent

from . import wording
from .comparable import runs

BANDS = ("var(--data)", "var(--data-2)", "var(--data-3)", "var(--data-4)")
TONE = {"up": "var(--good)", "ok": "var(--even)", "no": "var(--bad)", "none": "var(--data-3)", "wait": "var(--data-2)"}


def _layout(**more):
    axis = {"gridcolor": "var(--line)", "zerolinecolor": "var(--line)", "linecolor": "var(--line)", "fixedrange": True}
    layout = {
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


def _json(traces, layout):
    figure = {"data": [_plain(trace) for trace in traces], "layout": layout}
    return json.dumps(figure, ensure_ascii=False)


def _plain(trace):
    return trace.to_plotly_json()


def _years(values):
    return [str(y) for y in values]


def bullets(lines):
    """Each group as a bar of its target = 100; "" when nothing can be drawn."""
    drawn = [x for x in lines if x.result.value is not None and x.result.target]
    if not drawn:
        return ""
    share = [float(100 * x.result.exact / x.result.target) for x in drawn]
    names = [f"{x.group.order}. {x.group.name}" for x in drawn]
    words = [f"{wording.value(x)} · chỉ tiêu {wording.target(x)} · {wording.verdict(x).lower()}" for x in drawn]
    bar = go.Bar(
        x=share,
        y=names,
        orientation="h",
        width=0.5,
        marker={"color": [TONE[wording.tone(x)] for x in drawn]},
        text=[wording.value(x) for x in drawn],
        textposition="outside",
        cliponaxis=False,
        customdata=words,
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
    )
    line = {
        "type": "line",
        "x0": 100,
        "x1": 100,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": "var(--ink)", "width": 2},
    }
    return _json(
        [bar],
        _layout(
            shapes=[line],
            xaxis={"rangemode": "tozero", "ticksuffix": "%", "nticks": 3, "tickangle": 0},
            yaxis={"autorange": "reversed"},
            margin={"r": 44},
        ),
    )


def trend(lines, breaks, changed, unit, moving=()):
    """The years of one indicator with its targets; cut at `breaks`, marked in the years `changed`. `lines`: {year: Line}.

    A year still `moving` hangs on a dotted line.
    """
    named = set()
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
    return _json(
        traces,
        _layout(
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
            yaxis={"title": {"text": unit}, "ticksuffix": "%" if unit == "%" else "", **_whole(traces, unit)},
        ),
    )


def _whole(traces, unit):
    """Axis options that keep the marks of a small count whole."""
    most = max((max(trace.y) for trace in traces if len(trace.y)), default=0)
    return {"dtick": 1} if unit != "%" and most < 6 else {}


def _run(run, lines, named, moving):
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


def _note(place, text, above=0):
    """A word above the year at `place` on a category axis, which counts positions; `above`: pixels higher up."""
    return {
        "x": place, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "right" if place else "left", "xshift": 24, "showarrow": False, "text": text, "yshift": 18 + above,
        "font": {"size": 13, "color": "var(--ink-3)"},
    }  # fmt: skip


def levels(counted, labels, breaks):
    """Stacked shares of the four levels by year, marked where the scheme changed. `counted`: {year: [n, n, n, n]}."""
    years = [y for y, row in counted.items() if sum(row)]
    if not years:
        return ""
    traces = []
    for i, label in enumerate(labels):
        shares = [100 * counted[y][i] / sum(counted[y]) for y in years]
        traces.append(
            go.Bar(
                x=_years(years),
                y=shares,
                name=label,
                marker={"color": BANDS[i]},
                text=[percent(Decimal(100 * counted[y][i]) / sum(counted[y]), 1) if i < 2 else "" for y in years],
                textposition="inside",
                textangle=0,
                insidetextanchor="middle",
                constraintext="none",
                customdata=[[group(counted[y][i]), group(sum(counted[y]))] for y in years],
                hovertemplate="%{x} · " + label + ": %{y:.1f}% (%{customdata[0]}/%{customdata[1]})<extra></extra>",
            )
        )
    return _json(
        traces,
        _layout(
            barmode="stack",
            showlegend=True,
            legend={"orientation": "h", "y": -0.1, "traceorder": "normal"},
            annotations=[_note(years.index(y), "đổi cách xếp loại") for y in breaks if y in years],
            margin={"t": 40},
            xaxis={"type": "category"},
            yaxis={"ticksuffix": "%", "range": [0, 100], "dtick": 25},
        ),
    )


def ranked(ranks, unit):
    """The organizations best first, with the target of each."""
    drawn = [
        r for r in ranks if r.line.result.value is not None and not (r.line.state and r.line.result.target is None)
    ]
    if not drawn:
        return ""
    names = [r.place.organization.code for r in drawn]
    bars = go.Bar(
        x=names,
        y=[float(r.line.result.exact) for r in drawn],
        marker={"color": [TONE[r.tone] for r in drawn]},
        customdata=[[r.name, r.value, r.verdict] for r in drawn],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]} · %{customdata[2]}<extra></extra>",
    )
    traces = [bars]
    aims = [(r.place.organization.code, float(r.line.result.target)) for r in drawn if r.line.result.target is not None]
    if aims:
        traces.append(
            go.Scatter(
                x=[code for code, _ in aims],
                y=[value for _, value in aims],
                mode="markers",
                marker={"symbol": "line-ew-open", "size": 11, "color": "var(--ink)", "line": {"width": 2}},
                hovertemplate="Chỉ tiêu: %{y}<extra></extra>",
            )
        )
    return _json(
        traces,
        _layout(
            xaxis={"type": "category", "tickangle": -60, "tickfont": {"size": 12}},
            yaxis={"title": {"text": unit}, "ticksuffix": "%" if unit == "%" else "", "rangemode": "tozero"},
        ),
    )


def ages(bands, counted):
    """Age bands by sex, men to the left. `counted`: {(band, "M"/"F"): n}."""
    names = [band_name(b) for b in bands]
    traces = []
    for sex, label, sign, colour in (("M", "Nam", -1, "var(--data)"), ("F", "Nữ", 1, "var(--data-4)")):
        numbers = [counted[b, sex] for b in bands]
        traces.append(
            go.Bar(
                x=[sign * n for n in numbers],
                y=names,
                orientation="h",
                name=label,
                marker={"color": colour},
                text=[group(n) for n in numbers],
                textposition="auto",
                hovertemplate="%{y} tuổi, " + label + ": %{text}<extra></extra>",
            )
        )
    return _json(
        traces,
        _layout(
            barmode="relative",
            bargap=0.25,
            showlegend=True,
            legend={"orientation": "h", "y": -0.06},
            xaxis={"showticklabels": False, "showgrid": False},
        ),
    )


def band_name(band):
    return f"trên {band[0] - 1}" if band[1] is None else f"{band[0]}–{band[1]}"


def shares(counted):
    """Horizontal bars of {label: n}, as given."""
    if not counted:
        return ""
    bar = go.Bar(
        x=list(counted.values()),
        y=list(counted),
        orientation="h",
        marker={"color": "var(--data)"},
        text=[group(n) for n in counted.values()],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    return _json(
        [bar],
        _layout(yaxis={"autorange": "reversed"}, xaxis={"showticklabels": False, "showgrid": False}, margin={"r": 52}),
    )


def cumulative(months):
    """Admissions added up month by month against the straight line to the target. `months`: [forecast.Month]."""
    drawn = [
        ("Theo chỉ tiêu", [m.aim for m in months], {"color": "var(--ink-3)", "dash": "dot", "width": 1.5}, "lines"),
        ("Đã kết nạp", [m.total for m in months], {"color": "var(--data)", "width": 3}, "lines+markers"),
    ]
    traces = [
        go.Scatter(
            x=[str(m.number) for m in months][: len(known)],
            y=known,
            name=name,
            mode=mode,
            line=line,
            marker={"size": 8, "color": "var(--data)"},
            hovertemplate="Cuối tháng %{x}: %{y:.0f}<extra></extra>",
        )
        for name, values, line, mode in drawn
        if any(known := [float(v) for v in values if v is not None])
    ]
    axes = {"xaxis": {"type": "category", "tickangle": 0}, "yaxis": {"rangemode": "tozero", **_whole(traces, "người")}}
    return _json(traces, _layout(showlegend=True, legend={"orientation": "h", "y": -0.18}, **axes)) if traces else ""
