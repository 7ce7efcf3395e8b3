"""The shape of some years in the height of a line of text: an SVG path, its last point, and what was missed on the way. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 116, 32, 5  # of the drawing, and what it keeps clear for its marks

Spot = tuple[str, str]  # (x, y) as an SVG attribute has them


@dataclass(frozen=True)
class SmallLine:
    """`paths`: cut where figures cannot be compared; `missed`: rings; `lone`: years without a neighbour to be tied to."""

    paths: tuple[str, ...]
    last: Spot
    missed: tuple[tuple[Spot, str], ...]
    lone: tuple[Spot, ...] = ()


def small_line(
    runs: Iterable[Sequence[tuple[int, float]]], missed: Collection[int] = (), until: int = 0
) -> SmallLine | None:
    """`runs`: [[(year, value), …], …], each comparable within itself; None when there are no two years.

    `until`: the year at the right edge where that is later than the last drawn, so that lines above each other tell the same years.
    """
    runs = [run for run in runs if run]
    points = [point for run in runs for point in run]
    if len(points) < 2:
        return None
    begins, ends = points[0][0], max(points[-1][0], until)
    low, high = min(v for _, v in points), max(v for _, v in points)

    def place(year: int, value: float) -> Spot:
        x = EDGE + (WIDTH - 2 * EDGE) * (year - begins) / (ends - begins)
        part = 0.5 if high == low else (value - low) / (high - low)
        return f"{x:.1f}", f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * part:.1f}"

    spots = [[place(*point) for point in run] for run in runs]
    return SmallLine(
        paths=tuple("M" + " L".join(f"{x} {y}" for x, y in run) for run in spots if len(run) > 1),
        last=spots[-1][-1],
        missed=tuple((place(y, v), str(y)) for y, v in points if y in missed),
        lone=tuple(run[0] for run in spots[:-1] if len(run) == 1),
    )
