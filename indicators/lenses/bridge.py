"""The bridge between the two lenses: theo tổ chức lúc đó + what came − what went = quy về tổ chức hiện nay (lens.py).

Only facts at places that a reorganization touched are read; wherever else a fact stood, both lenses count it alike. So
the second figure is the first with what crossed, and the rows behind each crossing are exactly those it tells.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.lookups import Exact

from .lens import OF_NOBODY


@dataclass
class Crossing:
    """What went from `old` to `new` (ids; None where no one took it over) in these reorganizations.

    `steps`: ((day, Event), …). `moved`: ids of what took its facts along. `counts`: {measure code: n}. `places`: ids of
    the organizations where its facts happened.
    """

    old: int | None
    new: int | None
    steps: tuple
    moved: set = field(default_factory=set)
    counts: Counter = field(default_factory=Counter)
    places: set = field(default_factory=set)

    @property
    def key(self):
        """How an address names it."""
        return key_of(self.old, self.new, self.steps)


def key_of(old, new, steps):
    return "_".join(
        [
            str(old or ""),
            str(new or ""),
            *(f"{day.isoformat().replace('-', '')}{event.name[:2].lower()}" for day, event in steps),
        ]
    )


class Bridges:
    """The facts of `measures` in `windows` that reorganizations touched, read once: bridges of any organization."""

    def __init__(self, lens, measures, windows):
        self.lens = lens
        self.measures = {m.code: m for m in measures}
        self.windows = {w.year: w for w in windows}
        self.facts = list(self._read()) if lens.touched else []

    def now(self, then):
        """Counts of the second lens, {(measure code, node, year): n}, from those of the first; any number of nodes."""
        totals = Counter(then)
        for year, way, counts in self.facts:
            for code, n in counts.items():
                for node in set(way.now) - set(way.then):
                    totals[code, node, year] += n
                for node in set(way.then) - set(way.now):
                    totals[code, node, year] -= n
        return totals

    def at(self, node, year):
        """[Crossing] into (`new` is `node`) and out of (`old` is `node`) an organization: its bridge."""
        return self._crossings(year, lambda way: self._crossed_at(node, way))

    def inside(self, root, year):
        """[Crossing] between those directly below `root`, and to where no one took it over."""
        return self._crossings(year, lambda way: self._crossed_inside(root, way))

    def rows(self, measure, year, node, key, *, inside=False):
        """Queryset of the rows of `measure` behind the crossing that `key` names, each with `why`; None when there is none."""
        crossed = self._crossed_inside if inside else self._crossed_at
        for rows in measure.facts.placed([self.windows[year]]):
            spots = self._touched(rows.annotate(why=measure.why).filter(why=""), measure.facts)
            mine = []
            for pk, *spot in spots.values_list("pk", measure.facts.organization, "day", "whose"):
                crossing = crossed(node, self._way(measure.facts, *spot))
                if crossing and key_of(*crossing[:3]) == key:
                    mine.append(pk)
            if mine:
                return rows.annotate(why=measure.why).filter(node=F(measure.facts.organization), pk__in=mine)
        return None

    def _read(self):
        """(year, Way, {measure code: n}) of every kind of fact touched, in one query a family."""
        for facts in dict.fromkeys(m.facts for m in self.measures.values()):
            mine = [m for m in self.measures.values() if m.facts is facts]
            tallies = {f"n{i}": Count("pk", filter=Q(Exact(m.why, Value("")))) for i, m in enumerate(mine)}
            parts = [
                self._touched(rows, facts)
                .order_by()
                .values_list(facts.organization, "in_year", "day", "whose")
                .annotate(**tallies)
                for rows in facts.placed(self.windows.values())
            ]
            if not parts:
                continue
            for place, year, day, whose, *tally in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
                counts = {m.code: n for m, n in zip(mine, tally, strict=True) if n}
                if counts:
                    yield year, self._way(facts, place, day, whose), counts

    def _touched(self, rows, facts):
        """The rows at touched places, once each: at their own node. `whose`: the person, where one may have been taken along."""
        whose = Value(OF_NOBODY, IntegerField())
        if facts.person and self.lens.personal:
            followed = When(**{facts.organization + "__in": self.lens.personal}, then=F(facts.person))
            whose = Case(followed, default=whose, output_field=IntegerField())
        return rows.filter(node=F(facts.organization), node__in=self.lens.touched).annotate(whose=whose)

    def _way(self, facts, place, day, whose):
        return self.lens.way(place, day, whose if facts.person else None, own=facts.own)

    def _crossings(self, year, crossed):
        crossings = {}
        for of_year, way, counts in self.facts:
            if of_year != year or not (spot := crossed(way)):
                continue
            old, new, steps, moved = spot
            crossing = crossings.setdefault((old, new, steps), Crossing(old, new, steps))
            crossing.counts += Counter(counts)
            crossing.moved |= moved
            crossing.places.add(way.then[-1])
        return list(crossings.values())

    def _crossed_at(self, node, way):
        """(old, new, steps, moved) of a Way that crosses the border of `node` for good; None for any other."""
        if (node in way.then) == (node in way.now):
            return None
        stops = [self._beside(node, path) for path in way.paths]
        return _crossed(way, stops, lost=way.lost and node not in way.now)

    def _beside(self, node, path):
        """Where `path` leads, seen from `node`: itself, a cell for a cell, else the first that is not above both."""
        if node in path or not path:
            return node if path else None
        if self.lens.holds_members(node):
            return path[-1]
        above = self.lens.last_path(node)
        return next((o for o in path if o not in above), path[-1])

    def _crossed_inside(self, root, way):
        """As `_crossed_at`, between those directly below `root`."""
        if root not in way.then and root not in way.now:
            return None
        return _crossed(way, [self._below(root, path) for path in way.paths], lost=way.lost)

    def _below(self, root, path):
        """The one directly below `root` on `path`; `root` for its own facts, another whole for what hung there."""
        if root not in path or path[-1] == root:
            return self._beside(root, path)
        return path[path.index(root) + 1]


def _crossed(way, stops, *, lost):
    if lost:
        stops = [*stops[:-1], None]
    if stops[0] == stops[-1]:
        return None
    steps = [step for step, a, b in zip(way.steps, stops, stops[1:], strict=False) if a != b]
    events = tuple(dict.fromkeys((step.day, step.event) for step in steps))
    return stops[0], stops[-1], events, {step.organization for step in steps}
