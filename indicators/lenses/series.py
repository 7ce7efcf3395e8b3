"""One group of an organization over the years under either lens, and what the page says about it."""

from functools import cached_property

from django.urls import reverse

from indicators import charts, wording
from indicators.board import rule_of
from indicators.comparable import breaks_of, new_schemes, runs
from indicators.line import Line
from indicators.measures import MEASURES, counts
from indicators.models import Indicator
from indicators.results import judge
from ledger.numbers import day_in_words, group
from organizations import lineage
from organizations.models import Kind

from . import lens
from .bridge import Bridges

NOW = "hien-nay"  # of ?goc=


class Series:
    """`line`: the Line shown; `wanted`: what ?goc= says. The first lens is the Board's own; the second has no target."""

    def __init__(self, board, line, wanted=""):
        self.board, self.line, self.node = board, line, board.node
        self.lens = lens.read()
        self.ended = self.lens.ended.get(self.node)
        self.differs = self.lens.differs(self.node)
        self.is_whole = self.lens.is_whole(self.node)
        self.offered = self.differs and not self.ended
        self.restated = self.offered and wanted == NOW

    @cached_property
    def trend(self):
        """{year: Line} under the lens chosen."""
        lines = self.board.trend(self.line.group.code)
        return {year: x for year in self.indicators if (x := self._now(year, lines))} if self.restated else lines

    @cached_property
    def indicators(self):
        """{year: Indicator}: the headline of the group in each year, where it is of the same kind."""
        code, by_year = self.line.group.code, self.board.by_year
        groups = [(y.year, g) for y in self.board.years for g in by_year[y.year] if g.code == code]
        headlines = ((year, indicator) for year, group in groups for indicator in group.headlines)
        return {year: indicator for year, indicator in headlines if indicator.kind == self.line.indicator.kind}

    @cached_property
    def bridges(self):
        return Bridges(self.lens, self._measures, self._windows)

    @cached_property
    def then(self):
        """Counts of the first lens at the organization alone: without those it took over within a year."""
        return counts(self._measures, self._windows, nodes=[self.node])

    @cached_property
    def now(self):
        return self.bridges.now(self.then)

    @property
    def same(self):
        """Whether both lenses give the same in every year."""
        return not any(self.bridges.at(self.node, w.year) for w in self._windows)

    @property
    def _windows(self):
        return [y.window for y in self.board.years if y.year in self.indicators]

    @property
    def _measures(self):
        codes = {code for x in self.indicators.values() for code in (x.numerator, x.denominator) if code}
        return [MEASURES[code] for code in sorted(codes)]

    def result(self, year, found):
        """The Result of one year from `then` or `now`; held against no target."""
        indicator = self.indicators[year]
        n = found[indicator.numerator, self.node, year]
        d = found[indicator.denominator, self.node, year] if indicator.denominator else None
        return judge(rule_of(indicator), n, d, None)

    def is_state(self, line):
        """Whether no percentage is shown: one organization below the bloc has a state instead, unless set a target."""
        below = line.indicator.below == Indicator.Below.STATE and self.board.place.kind != Kind.KHOI
        return below and line.result.target is None

    def _now(self, year, lines):
        result = self.result(year, self.now)
        arose = self.indicators[year].below == Indicator.Below.OWN and (result.numerator or result.denominator)
        if year not in lines and not arose:
            return None
        return Line(indicator=self.indicators[year], node=self.node, year=year, result=result)

    @cached_property
    def changed(self):
        """Years to be marked: the tree below changed, or a reorganization brought or took something."""
        years = self.board.years[0].year, self.board.years[-1].year
        marked = {*lineage.years_of_change(self.board.place.organization, *years)}
        return sorted(y for y in marked | self.lens.years_of_change(self.node) if y in self.trend)

    def context(self):
        """What templates/indicators/lenses/trend.html reads."""
        breaks, schemes = (of(self.board, self.line.indicator) for of in (breaks_of, new_schemes))
        why = {year: "đổi cách xếp loại" if year in schemes else "đổi cách tính" for year in sorted(breaks)}
        return {
            "series": self,
            "trend": charts.trend(self._drawn, why, self.changed, self.board.moving, self._opens),
            "trend_said": self._said(),
            "trend_rows": [self._row(y, x) for y, x in self.trend.items()],
            "trend_changed": self.changed,
            "trend_breaks": sorted(schemes & self.trend.keys()),
            "trend_redefined": sorted((breaks - schemes) & self.trend.keys()),
        }

    def _said(self):
        """What the drawing shows: "Từ 62 năm 2013 lên 129 năm 2017."; "" of less than two years that compare."""
        closed = {y: x for y, x in self._drawn.items() if x.result.value is not None and y not in self.board.moving}
        found = runs(closed, breaks_of(self.board, self.line.indicator))
        if not found or len(found[-1]) < 2:
            return ""
        (since, first), (until, last) = found[-1][0], found[-1][-1]
        word = "bằng" if first == last else "lên" if first < last else "xuống"
        return f"Từ {wording.value(closed[since])} năm {since} {word} {wording.value(closed[until])} năm {until}."

    @property
    def _opens(self):
        """{year: address} of the group's page of each year."""
        code, group_code = self.board.place.organization.code, self.line.group.code
        return {year: reverse("indicator", args=[code, year, group_code]) for year in self.trend}

    @property
    def _drawn(self):
        return {y: x for y, x in self.trend.items() if not self.is_state(x)}

    def _row(self, year, line):
        result = line.result
        return {
            "year": year,
            "opens": self._opens[year],
            "value": "–" if self.is_state(line) else wording.value(line),
            "fraction": f"{group(result.numerator)}/{group(result.denominator)}" if result.denominator else "",
            "target": wording.target(line),
            "verdict": wording.verdict(line),
            "correction": wording.correction(line),
        }

    @cached_property
    def where_now(self):
        """Of an organization that ended: a sentence that says where its facts count now; "" of any other."""
        if not self.ended:
            return ""
        crossings = [x for y in self._windows for x in self.bridges.at(self.node, y.year) if x.old == self.node]
        places = {x.new for x in crossings} or self._successors()
        names = lineage.labels({pk for pk in places if pk}, self.lens.day)
        sentence = f"Tổ chức này kết thúc ngày {day_in_words(self.ended)} nên chỉ xem theo tổ chức lúc đó."
        if names:
            sentence += f" Số liệu của tổ chức nay tính ở {'; '.join(sorted(names.values()))}."
        return sentence + (" Có số liệu không quy về được cho riêng tổ chức nào." if None in places else "")

    def _successors(self):
        """Where facts of its last day would count: an organization's, and those of people nobody took along."""
        ways = [self.lens.way(self.node, self.ended - lens.A_DAY, who) for who in (None, lens.OF_NOBODY)]
        return {None if way.lost else way.now[-1] for way in ways}
