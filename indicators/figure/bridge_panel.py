"""The panel "Cầu nối": how one year's figure under the first lens becomes that under the second, line by line."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from indicators import measures, wording
from indicators.line import Line
from indicators.measures import MEASURES
from ledger.numbers import day_in_words, group
from ledger.text import as_year
from organizations import access, lineage

from . import tables
from .rows import with_related

NAMED = 3  # so many of those that a line took along are named, the others counted
NO_SUCH = "Cầu nối của năm này không có dòng như vậy. Hãy mở lại cầu nối rồi bấm vào con số."


@dataclass(frozen=True)
class BridgeRow:
    """One line of the bridge. `amounts`: [(part, signed text, key of the crossing to open or "")]."""

    label: str
    event: str
    amounts: list


class BridgePanel:
    """`series`: of the group shown. ?cau= names the year, ?mo= the line opened onto its rows."""

    def __init__(self, series, page, request):
        self.series, self.page, self.request = series, page, request
        self.year = self._year(request.GET.get("cau", ""))
        self.indicator = series.indicators[self.year]
        self.codes = {"tu-so": self.indicator.numerator}
        if self.indicator.denominator:
            self.codes["mau-so"] = self.indicator.denominator
        # Below the bloc letters are shown to few, so between those below it as well.
        self.closed = MEASURES[self.indicator.numerator].facts is measures.LETTERS and not page.sees_letters
        self.lines = self._telling(series.bridges.at(series.node, self.year))
        self.inside = self._telling(self._between_parts(self.year))
        crossings = [*self.lines, *self.inside]
        self.names = lineage.labels({pk for x in crossings for pk in (x.old, x.new) if pk}, series.lens.day)
        self.moved = lineage.names({pk for x in crossings for pk in x.moved}, series.lens.day)

    def _year(self, text):
        known = self.series.indicators
        if not text:
            return self.series.line.year
        year = as_year(text)
        if year not in known:
            raise Http404("Nhóm chỉ tiêu này không có cầu nối của năm như vậy.")
        return year

    def _telling(self, crossings):
        return [x for x in crossings if any(x.counts[code] for code in self.codes.values())]

    def context(self):
        """What templates/indicators/figure/bridge.html reads."""
        return {
            "bridge": self,
            "bridge_years": [y for y in self.series.indicators if self._differs(y) or y == self.year],
            "bridge_then": self._figure(self.series.then),
            "bridge_now": self._figure(self.series.now),
            "bridge_rows": [self._row(x, self._label(x), sign=self._sign(x)) for x in self._ordered(self.lines)],
            "bridge_inside": [self._row(x, self._between(x)) for x in self._ordered(self.inside)],
            "bridge_parts": self._parts(),
            "bridge_opened": self._opened(),
        }

    @property
    def answered_for(self):
        """Names of those whose figures of the year the organization's own card holds too."""
        line = self.series.board.trend(self.series.line.group.code).get(self.year)
        old = line.predecessors if line else ()
        return sorted(lineage.labels(old, self.series.lens.day).values()) if old else []

    def _between_parts(self, year):
        told = self.series.is_whole and not self.closed
        return self.series.bridges.inside(self.series.node, year) if told else []

    def _differs(self, year):
        return bool(self.series.bridges.at(self.series.node, year) or self._between_parts(year))

    def _figure(self, found):
        """(value, [(part, count)]) of the year."""
        result = self.series.result(self.year, found)
        line = Line(indicator=self.indicator, node=self.series.node, year=self.year, result=result)
        values = {"tu-so": result.numerator, "mau-so": result.denominator}
        has_share = wording.is_ratio(line) and not self.series.is_state(line)
        return (wording.value(line) if has_share else ""), [group(values[part]) for part in self.codes]

    def _sign(self, crossing):
        return 1 if crossing.new == self.series.node else -1

    def _ordered(self, crossings):
        """What came before what went, lost last; by event, then name."""
        node = self.series.node
        return sorted(
            crossings,
            key=lambda x: (x.new is None, x.old == node, x.steps, self.names.get(x.old, ""), self.names.get(x.new, "")),
        )

    def _label(self, crossing):
        if crossing.new is None:
            return "− không quy về được"
        came = crossing.new == self.series.node
        return f"+ từ {self.names[crossing.old]}" if came else f"− sang {self.names[crossing.new]}"

    def _between(self, crossing):
        new = f"sang {self.names[crossing.new]}" if crossing.new else "không quy về được"
        return f"từ {self.names[crossing.old]} {new}"

    def _row(self, crossing, label, *, sign=None):
        amounts = []
        for part, code in self.codes.items():
            n = crossing.counts[code]
            amounts.append(
                (part, signed(sign * n) if sign else group(n), crossing.key if n and self._opens(crossing) else "")
            )
        return BridgeRow(label, self._event(crossing), amounts)

    def _opens(self, crossing):
        """Rows that the organization's own figure counts stand on its page already; others as their place may be seen."""
        return not self.closed and (crossing.old == self.series.node or crossing.places <= self._visible)

    @cached_property
    def _visible(self):
        """Ids of the places whose rows the user may open in the year."""
        places = set().union(*(x.places for x in [*self.lines, *self.inside]))
        seen = access.visible_to(self.request.user, self._window.last)
        return set(seen.filter(pk__in=places).values_list("pk", flat=True))

    @property
    def _window(self):
        return self._of_year.window

    @property
    def _of_year(self):
        return next(y for y in self.series.board.years if y.year == self.year)

    def _event(self, crossing):
        text = ", rồi ".join(f"{event} ngày {day_in_words(on)}" for on, event in crossing.steps)
        with_ = sorted(self.moved[pk].name for pk in crossing.moved if pk not in (crossing.old, crossing.new))
        more = f" và {group(len(with_) - NAMED)} tổ chức khác" if len(with_) > NAMED else ""
        return f"{text} ({'; '.join(with_[:NAMED])}{more})" if with_ else text

    def _parts(self):
        """[(name, [signed text])] of how each part of a whole differs; they, and what is lost, sum to nothing."""
        change = {code: Counter() for code in self.codes.values()}
        for crossing in self.inside:
            for code, counter in change.items():
                counter[crossing.old] -= crossing.counts[code]
                counter[crossing.new] += crossing.counts[code]
        parts = {pk for x in self.inside for pk in (x.old, x.new)}
        ordered = sorted(parts, key=lambda pk: (pk is None, self.names.get(pk, "")))
        rows = [(self.names.get(pk, "Không quy về được"), [signed(c[pk]) for c in change.values()]) for pk in ordered]
        return [*rows, ("Cộng", [signed(c.total()) for c in change.values()])] if rows else []

    def _opened(self):
        """(label, event, table) of the line that ?mo= names, `trong` for one between the parts; None where none is named."""
        asked = self.request.GET
        key, part, inside = asked.get("mo", ""), asked.get("phan", "tu-so"), "trong" in asked
        if not key:
            return None
        crossing = next((x for x in (self.inside if inside else self.lines) if x.key == key), None)
        if crossing is None or part not in self.codes or not self._opens(crossing):
            raise Http404(NO_SUCH)
        measure = MEASURES[self.codes[part]]
        rows = self.series.bridges.rows(measure, self.year, self.series.node, key, inside=inside)
        if rows is None:
            raise Http404(NO_SUCH)
        rows, scheme = with_related(rows, measure.facts), self._of_year.scheme
        table = tables.paged_rows(self.request, self.indicator, rows, part, scheme, prefix="cau-")
        label = self._between(crossing) if inside else self._label(crossing)
        return label, self._event(crossing), table


def signed(n):
    return f"+{group(n)}" if n > 0 else f"−{group(-n)}" if n < 0 else "0"
