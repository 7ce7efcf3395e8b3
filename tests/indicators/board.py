"""Reading the figures of the small world."""

from datetime import date

from indicators.board import board
from indicators.facts import Window
from indicators.measures import MEASURES, counts
from indicators.models import Indicator
from indicators.targets import targets


def window(year, last=None):
    return Window(year, date(year, 1, 1), last or date(year, 12, 31))


def counted(world, measures, code, year=2017, last=None):
    """The counts of `measures` (codes in one string) at the organization `code`, in their order."""
    codes, node = measures.split(), world.org[code].pk
    found = counts([MEASURES[c] for c in codes], [window(year, last)], nodes=[node])
    return [found[c, node, year] for c in codes]


def set_groups(world, *years):
    for year in years:
        targets.set_groups(year, targets.eight_groups(year), **world.act())


def indicator(code, year=2017):
    return Indicator.objects.get(group__year=year, code=code)


def set_targets(world, year=2017, **values):
    """`values`: code of the indicator with _ for -: {code of the organization: value}."""
    rows = {
        (indicator(code.replace("_", "-"), year), world.org[place]): value
        for code, places in values.items()
        for place, value in places.items()
    }
    targets.set_targets(rows, **world.act())


def lines(world, code, year=2017, **more):
    """{code of the indicator: Line} at the organization `code`, sub-figures included."""
    seen = board(world.org[code], year, **more)
    return {
        line.indicator.code: line for (_, node), line in seen.lines.items() if node == seen.node and line.year == year
    }


def row(world, parent, code, year=2017):
    """{code of the group: Line} of `code` as a row on the page of its parent."""
    return {line.group.code: line for line in board(world.org[parent], year).of(world.org[code].pk)}
