"""From rows to Results: the figures of an organization and those below it, in a constant number of queries.

What a page shows comes out of `board`; nothing else joins counts with targets.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet

from organizations import lineage
from organizations.models import Kind, Organization, OrganizationSpell
from organizations.successions import taken_over
from ratings.models import COUNTED, Sheet

from .line import Line
from .measures import MEASURES, STRUCTURE, Measure, as_locked, counts
from .models import Indicator, Target, TargetGroup
from .published import Closed
from .results import IndicatorRule, Score, Verdict, judge, score
from .states import FigureState, states_of
from .years import Year, groups_of, known_years, the_years


@dataclass
class Board:
    """Figures of `place` (a spell) and its children for `year`, and of itself for every year of `years`."""

    place: OrganizationSpell
    year: Year
    years: list[Year]
    by_year: dict[int, list[TargetGroup]]
    children: list[OrganizationSpell]
    lines: dict[tuple[int, int], Line]  # {(indicator id, node): Line}
    structure: dict[str, int]  # {measure code: n}
    progress: tuple[int, int] = (0, 0)  # decided, all sheets
    names: dict[int, OrganizationSpell] = field(default_factory=dict)

    @property
    def node(self) -> int:
        return self.place.organization_id

    @property
    def groups(self) -> list[TargetGroup]:
        """Those of the year looked at."""
        return self.by_year[self.year.year]

    def of(self, node: int) -> list[Line]:
        """Lines of the groups' headline indicators at `node`, in order; groups that do not apply are absent."""
        return [line for g in self.groups for i in g.headlines if (line := self.lines.get((i.pk, node)))]

    @property
    def moving(self) -> set[int]:
        """Years whose figures are not final."""
        return {y.year for y in self.years if y.unfinished}

    def cards(self) -> list[Line]:
        return self.of(self.node)

    def parts(self, line: Line) -> list[Line]:
        """Sub-figures beside a headline: 13,7% excellent."""
        wanted = [i for i in line.group.all_indicators if not i.headline]
        return [self.lines[i.pk, line.node] for i in wanted if (i.pk, line.node) in self.lines]

    def trend(self, code: str) -> dict[int, Line]:
        """{year: Line} of the headline of the group `code` at the organization itself; of its kind in the year looked at alone,
        for numbers and rates make no line together.
        """
        kinds = {i.kind for group in self.groups if group.code == code for i in group.headlines}
        lines = {}
        for (_, node), line in self.lines.items():
            headline = node == self.node and line.indicator.headline and line.group.code == code
            if headline and (not kinds or line.indicator.kind in kinds):
                lines[line.year] = line
        return dict(sorted(lines.items()))

    @cached_property
    def score(self) -> Score:
        """The groups counted are those with a verdict: all of them at the bloc, those with a target below it."""
        verdicts = []
        for group in self.groups:
            required = [i for i in group.all_indicators if i.required]
            lines = [line for i in required if (line := self.lines.get((i.pk, self.node)))]
            if lines and (self.place.kind == Kind.KHOI or any(line.result.target is not None for line in lines)):
                verdicts.append([line.verdict for line in lines])
        return score(verdicts)


def board(
    organization: Organization,
    year: int,
    *,
    years: Iterable[int] | None = None,
    as_of: date | None = None,
    letters: bool = True,
) -> Board:
    """The Board of `organization` in `year`. `letters`: whether letters are shown below the bloc."""
    by_year = the_years(sorted({year, *(years or known_years())}), as_of, at=organization)
    groups = groups_of({y: x.bloc for y, x in by_year.items()})
    by_year = {y: x for y, x in by_year.items() if y == year or groups[y]}
    shown_year, years = by_year[year], list(by_year)
    path, children = lineage.path_and_children(organization, shown_year.window.last)
    shown = {organization.pk: path[-1], **{s.organization_id: s for s in children}}
    predecessors = taken_over({y: (x.window.first, x.window.last) for y, x in by_year.items()})
    nodes = {*shown, *(old for by_node in predecessors.values() for new in shown for old in by_node.get(new, ()))}
    indicators = [i for y in years for g in groups[y] for i in g.all_indicators]
    wanted = {MEASURES[code] for i in indicators for code in (i.numerator, i.denominator) if code}
    counted = counts([*wanted, *STRUCTURE], [y.window for y in by_year.values()], nodes=nodes)
    targets = standing_targets(indicators, {*nodes, *(s.organization_id for s in path)})
    states = states_of(shown, shown_year)
    then = _at_lock(wanted, by_year.values(), nodes)
    states_then = states_of(shown, shown_year, at_lock=True) if shown_year.corrected else {}
    closed = Closed.of(shown_year.period)
    lines = {}
    for indicator in indicators:
        y = by_year[indicator.group.year]
        for node, place in shown.items():
            if node != organization.pk and y.year != year:
                continue
            old = predecessors[y.year].get(node, ())
            line = _line(indicator, y, node, place, counted, targets, path, old, letters, states)
            if line and y.corrected and as_locked(MEASURES[indicator.numerator]):
                before = _line(indicator, y, node, place, then, targets, path, old, letters, states_then)
                line = replace(line, published=before if before and before.shown != line.shown else None)
            if line and y.year == year:
                line = closed.beside(line, place.organization.code)
            if line:
                lines[indicator.pk, node] = line
    return Board(
        place=path[-1],
        year=shown_year,
        years=[by_year[y] for y in years],
        by_year=groups,
        children=children,
        lines=lines,
        structure={m.code: counted[m.code, organization.pk, year] for m in STRUCTURE},
        progress=_progress(organization, shown_year) if shown_year.unfinished and shown_year.window.rated else (0, 0),
        names=lineage.names({o for old in predecessors[year].values() for o in old}, shown_year.window.last),
    )


def tried(indicators: Iterable[Indicator], organization: Organization, year: int) -> list[Line | None]:
    """What each of `indicators`, stored or only thought of, comes to at `organization` in `year`, held against no target.

    None where it would not be shown, or where the organization stood at no time of the year.
    """
    indicators, shown = list(indicators), the_years([year], at=organization)[year]
    first, last = shown.window.first, shown.window.last
    path = lineage.path(organization, last)
    if not path or not path[-1].starts <= last or path[-1].ends <= first:
        return [None] * len(indicators)
    old = taken_over({year: (first, last)})[year].get(organization.pk, ())
    measures = {MEASURES[code] for i in indicators for code in (i.numerator, i.denominator) if code}
    found = counts(measures, [shown.window], nodes={organization.pk, *old})
    return [_line(i, shown, organization.pk, path[-1], found, {}, path, old, True, {}) for i in indicators]


def _at_lock(
    measures: Iterable[Measure], years: Iterable[Year], nodes: Iterable[int]
) -> Mapping[tuple[str, int, int], int]:
    """The counts of `measures` as known at the lock, for the years corrected since; empty where none was."""
    windows = [y.window for y in years if y.corrected]
    return counts(filter(None, map(as_locked, measures)), windows, nodes=nodes) if windows else {}


def standing_targets(indicators: Iterable[Indicator], nodes: Iterable[int]) -> dict[tuple[int, int], Decimal]:
    """{(indicator id, organization id): its own target} of `nodes`, ids. One query."""
    rows = Target.objects.standing().filter(indicator__in=[i.pk for i in indicators], organization__in=nodes)
    return {(i, o): value for i, o, value in rows.values_list("indicator_id", "organization_id", "value")}


def rule_of(indicator: Indicator) -> IndicatorRule:
    return IndicatorRule(
        ratio=indicator.kind == Indicator.Kind.RATIO,
        at_least=indicator.direction == Indicator.Direction.AT_LEAST,
        decimals=indicator.decimals,
        exact=indicator.rule == Indicator.Rule.EXACT,
        empty_is_met=indicator.empty_is_met,
    )


def _line(
    indicator: Indicator,
    year: Year,
    node: int,
    place: OrganizationSpell,
    found: Mapping[tuple[str, int, int], int],
    targets: Mapping[tuple[int, int], Decimal],
    path: Sequence[OrganizationSpell],
    old: Sequence[int],
    letters: bool,
    states: Mapping[tuple[str, int], FigureState],
) -> Line | None:
    at_bloc = place.kind == Kind.KHOI
    below = indicator.below
    if below == Indicator.Below.LETTERS and not (at_bloc or letters):
        return None
    if below == Indicator.Below.STATE and not (at_bloc or place.is_grassroots):
        return None
    answers_for = (node, *old)
    n = sum(found[indicator.numerator, x, year.year] for x in answers_for)
    d = sum(found[indicator.denominator, x, year.year] for x in answers_for) if indicator.denominator else None
    own = targets.get((indicator.pk, node))
    target, inherited = own, False
    if own is None and not at_bloc and below == Indicator.Below.INHERIT:
        above = [targets.get((indicator.pk, s.organization_id)) for s in reversed(path) if s.organization_id != node]
        target = next((t for t in above if t is not None), None)
        inherited = target is not None
    if below == Indicator.Below.OWN and not at_bloc and own is None and not d and indicator.denominator:
        return None
    if below == Indicator.Below.STATE and not at_bloc:
        target = own
    codes = [c for c in (indicator.numerator, indicator.denominator) if c]
    counted = tuple(x for x in old if any(found[code, x, year.year] for code in codes))
    return Line(
        indicator=indicator,
        node=node,
        year=year.year,
        result=judge(rule_of(indicator), n, d, target, unfinished=year.unfinished),
        state=_state(indicator, node, states, FigureState.of(n, d)) if below == "STATE" and not at_bloc else None,
        inherited=inherited,
        predecessors=counted,
    )


def _state(
    indicator: Indicator, node: int, states: Mapping[tuple[str, int], FigureState], counted: FigureState
) -> FigureState:
    state = states.get((indicator.numerator, node), counted)
    return state if indicator.headline else state.of_part()


def _progress(organization: Organization, year: Year) -> tuple[int, int]:
    """(decided, all) sheets below `organization`, along the tree of the day looked at."""
    if year.period is None:
        return 0, 0
    cells = lineage.below([organization], year.window.last)
    rows = Sheet.objects.standing().filter(period=year.period, organization__in=cells)
    tally = rows.aggregate(decided=Count("pk", filter=Q(state__in=COUNTED)), all=Count("pk"))
    return tally["decided"], tally["all"]


def contributions(
    indicator: Indicator, organization: Organization, year: Year, also: Iterable[int] = ()
) -> dict[int, tuple[int, int | None]]:
    """{via: (numerator, denominator or None)}: the parts of the organization's figure; they sum to it.

    `also`: ids of predecessors it answers for, each a part of its own.
    """
    codes = [c for c in (indicator.numerator, indicator.denominator) if c]
    counted = counts([MEASURES[c] for c in codes], [year.window], nodes=[organization.pk], by="via")
    if also:
        counted |= counts([MEASURES[c] for c in codes], [year.window], nodes=also)
    nodes = {node for _, node, _ in counted}
    return {
        node: (
            counted[indicator.numerator, node, year.year],
            counted[indicator.denominator, node, year.year] if indicator.denominator else None,
        )
        for node in nodes
    }


def left_out(
    indicator: Indicator, organization: Organization, year: Year, also: Iterable[int] = ()
) -> list[tuple[str, int]]:
    """[(reason, n)] of the rows beside the base of an indicator (its denominator, or the count itself)."""
    base = MEASURES[indicator.denominator or indicator.numerator]
    rows = base.excluded(organization, year.window, also).order_by().values("why").annotate(n=Count("pk"))
    return sorted(((row["why"], row["n"]) for row in rows), key=lambda row: (-row[1], row[0]))


def documents(indicator: Indicator, organization: Organization) -> Target | None:
    """The Target standing for an indicator at an organization, with its Change and document, or None."""
    rows = Target.objects.standing().filter(indicator=indicator, organization=organization)
    return rows.select_related("added__document", "added__by").first()


def level_counts(organization: Organization, years: Iterable[Year], *, of_members: bool = True) -> dict[int, list[int]]:
    """{year: [n at rank 1, 2, 3, 4]} of the ratings counted at `organization`."""
    stem = "rated" if of_members else "organizations"
    measures = [MEASURES[f"{stem}_{rank}"] for rank in (1, 2, 3, 4)]
    counted = counts(measures, [y.window for y in years], nodes=[organization.pk])
    return {y.year: [counted[m.code, organization.pk, y.year] for m in measures] for y in years}


def targets_history(organization: Organization) -> QuerySet[Target]:
    """Targets of an organization over the years, those withdrawn or replaced included, latest first."""
    rows = Target.objects.filter(organization=organization).select_related(
        "indicator__group", "added__document", "voided"
    )
    return rows.order_by("-indicator__group__year", F("indicator__group__order"), "-added_id")


__all__ = [
    "Board",
    "Line",
    "Verdict",
    "Year",
    "board",
    "contributions",
    "known_years",
    "level_counts",
    "the_years",
    "tried",
]
