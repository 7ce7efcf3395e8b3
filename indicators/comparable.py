"""Which years may be drawn as one line: where the scheme of ratings changed, the line is broken."""

from .measures import MEASURES


def uses_ratings(indicator):
    return getattr(MEASURES[indicator.numerator].facts, "ratings", False)


def breaks_of(board, indicator):
    """Years at which the figures cease to be comparable with the year before (domain §2.2)."""
    if not uses_ratings(indicator):
        return set()
    found, before = set(), None
    for year in board.years:
        comparable = year.scheme.comparable_group if year.scheme else before
        if before and comparable != before:
            found.add(year.year)
        before = comparable
    return found


def runs(trend, breaks):
    """[[(year, value), …], …]: the trend cut where a figure is missing or cannot be compared with the one before."""
    found, here = [], []
    for year, line in trend.items():
        if here and (year in breaks or line.result.value is None):
            found.append(here)
            here = []
        if line.result.value is not None:
            here.append((year, line.result.value))
    return [*found, here] if here else found
