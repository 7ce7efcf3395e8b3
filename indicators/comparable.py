"""Which years may be drawn as one line: where the scheme of ratings changed, the line is broken."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from .board import Board
from .line import Line
from .measures import MEASURES
from .models import Indicator

Run = list[tuple[int, Decimal]]  # (year, value), comparable one with the next


def uses_ratings(indicator: Indicator) -> bool:
    return getattr(MEASURES[indicator.numerator].facts, "ratings", False)


def breaks_of(board: Board, indicator: Indicator) -> set[int]:
    """Years at which the figures cease to be comparable with the year before (domain §2.2)."""
    return new_schemes(board, indicator) | redefined(board, indicator)


def redefined(board: Board, indicator: Indicator) -> set[int]:
    """Years whose headline of the same group counts otherwise than that of the year before it."""
    years, before = set(), None
    for year in board.years:
        for headline in (i for g in board.by_year[year.year] if g.code == indicator.group.code for i in g.headlines):
            counted = headline.numerator, headline.denominator
            if before and counted != before:
                years.add(year.year)
            before = counted
    return years


def new_schemes(board: Board, indicator: Indicator) -> set[int]:
    """Years at which the scheme of ratings that it counts by is no longer comparable."""
    if not uses_ratings(indicator):
        return set()
    breaks, before = set(), None
    for year in board.years:
        comparable = year.scheme.comparable_group if year.scheme else before
        if before and comparable != before:
            breaks.add(year.year)
        before = comparable
    return breaks


def runs(trend: Mapping[int, Line], breaks: Collection[int]) -> list[Run]:
    """[[(year, value), …], …]: the trend cut where a figure is missing or cannot be compared with the one before."""
    finished: list[Run] = []
    run: Run = []
    for year, line in trend.items():
        if run and (year in breaks or line.result.value is None):
            finished.append(run)
            run = []
        if line.result.value is not None:
            run.append((year, line.result.value))
    return [*finished, run] if run else finished
