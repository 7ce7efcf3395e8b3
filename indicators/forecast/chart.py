"""The forecast as a figure: admissions added up against the straight line to the target. Pure, as indicators/charts.py."""

from collections.abc import Sequence

from indicators.charts import Trace, as_json, layout_of, points, whole_marks
from ledger.numbers import group

from .forecast import Month


def cumulative(months: Sequence[Month]) -> str:
    """Admissions added up month by month against the straight line to the target. `months`: [Month]."""
    traces = [trace for trace in (_aim(months), _reached(months)) if trace["y"]]
    axes = {
        "xaxis": {"type": "category", "tickangle": 0},
        "yaxis": {"rangemode": "tozero", **whole_marks(traces, is_share=False)},
    }
    return as_json(traces, layout_of(margin={"t": 30, "r": 24}, **axes))


def _aim(months: Sequence[Month]) -> Trace:
    known = [(m, m.aim) for m in months if m.aim is not None]
    return points(
        [m.number for m, _ in known],
        [aim for _, aim in known],
        mode="lines",
        line={"color": "var(--ink-3)", "dash": "dot", "width": 2},
        hovertext=[f"Hết tháng {m.number} theo chỉ tiêu cần {group(m.aim_whole)}." for m, _ in known],
        hoverinfo="text",
    )


def _reached(months: Sequence[Month]) -> Trace:
    known = [(m, m.total) for m in months if m.total is not None]
    return points(
        [m.number for m, _ in known],
        [total for _, total in known],
        mode="lines+markers+text",
        line={"color": "var(--data)", "width": 3},
        marker={"size": 8, "color": "var(--data)"},
        text=[group(total) if m is known[-1][0] else "" for m, total in known],
        textposition=["bottom center" if m.aim and m.aim > total else "top center" for m, total in known],
        hovertext=[
            f"Đến tháng {m.number} đã kết nạp {group(total)}, trong tháng {group(m.came)}." for m, total in known
        ],
        hoverinfo="text",
    )
