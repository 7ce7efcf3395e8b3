"""Who the members are, as figures: ages by sex, shares of a whole. Pure, as indicators/charts.py."""

from collections.abc import Mapping, Sequence

from plotly import graph_objects as go

from indicators.charts import as_json, layout_of
from ledger.numbers import group

Band = tuple[int, int | None]  # of age: from, to


def ages(bands: Sequence[Band], counted: Mapping[tuple[Band, str], int]) -> str:
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
    return as_json(
        traces,
        layout_of(
            barmode="relative",
            bargap=0.25,
            showlegend=True,
            legend={"orientation": "h", "y": -0.06},
            xaxis={"showticklabels": False, "showgrid": False},
        ),
    )


def band_name(band: Band) -> str:
    return f"trên {band[0] - 1}" if band[1] is None else f"{band[0]}–{band[1]}"


def shares(counted: Mapping[str, int]) -> str:
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
    return as_json(
        [bar],
        layout_of(
            yaxis={"autorange": "reversed"}, xaxis={"showticklabels": False, "showgrid": False}, margin={"r": 52}
        ),
    )
