"""Which years may be drawn as one line: where the scheme of ratings changed, the line is broken."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from .board import Board
from .line import Line
from .measures import MEASURES
from .models import Indicator
from .years import Year

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
    return scheme_changes(board.years) if uses_ratings(indicator) else set()


def scheme_changes(years: Iterable[Year]) -> set[int]:
    """Those of `years`, in order, whose scheme of ratings cannot be compared with the one before; one without goes on."""
    breaks, before = set(), None
    for year in years:
        comparable = year.scheme.comparable_group if year.scheme else before
        if before and comparable != before:
            breaks.add(year.year)
        before = comparable
    return breaks


def cut(years: Iterable[int], breaks: Collection[int]) -> list[list[int]]:
    """`years`, in order, in pieces: each of `breaks` begins one."""
    pieces: list[list[int]] = []
    for year in years:
        if year in breaks or not pieces:
            pieces.append([])
        pieces[-1].append(year)
    return pieces


def runs(trend: Mapping[int, Line], breaks: Collection[int]) -> list[Run]:
    """[[(year, value), …], …]: the trend cut where a figure is missing or cannot be compared with the one before."""
    told = {year: line.result.value for year, line in trend.items() if line.result.value is not None}
    after_gaps = {year for before, year in pairwise(trend) if before not in told}
    return [[(year, told[year]) for year in piece] for piece in cut(told, {*breaks, *after_gaps})]
