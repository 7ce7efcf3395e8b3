"""The forecast as a figure: admissions added up against the straight line to the target. Pure, as indicators/charts.py."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from plotly import graph_objects as go

from indicators.charts import as_json, layout_of, whole_marks

from .forecast import Month


def cumulative(months: Sequence[Month]) -> str:
    """Admissions added up month by month against the straight line to the target. `months`: [Month]."""
    drawn: list[tuple[str, Sequence[Decimal | int | None], dict[str, Any], str]] = [
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
    axes = {
        "xaxis": {"type": "category", "tickangle": 0},
        "yaxis": {"rangemode": "tozero", **whole_marks(traces, "người")},
    }
    return (
        as_json(traces, layout_of(showlegend=True, legend={"orientation": "h", "y": -0.18}, **axes)) if traces else ""
    )
