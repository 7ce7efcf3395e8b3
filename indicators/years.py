"""A year as it is looked at from an organization: its window, whose period it is, the groups of the bloc above it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from ledger import clock
from organizations import lineage
from organizations.models import Organization
from organizations.successions import blocs_through
from ratings.models import MemberRating, OrganizationRating, Period, Scheme
from ratings.periods.periods import span

from .facts import Window
from .models import TargetGroup


@dataclass(frozen=True)
class Year:
    """A year as it is looked at: its window, its period (or None) and whether its figures are still moving.

    `corrected`: whether ratings were corrected since its period was locked. `bloc`: id of the bloc whose period and
    groups they are, None where it is looked at from nowhere.
    """

    year: int
    window: Window
    period: Period | None
    unfinished: bool
    corrected: bool = False
    bloc: int | None = None

    @property
    def scheme(self) -> Scheme | None:
        return self.period and self.period.scheme


def known_years(organizations: Iterable[int] | None = None) -> list[int]:
    """Years that have groups, in order: of any bloc, or of those that ever stood above or below `organizations` (ids)."""
    rows = TargetGroup.objects.all()
    if organizations is not None:
        rows = rows.filter(bloc__in=lineage.blocs_ever(organizations))
    return list(rows.values_list("year", flat=True).distinct().order_by("year"))


def the_years(years: Iterable[int], as_of: date | None = None, *, at: Organization | None = None) -> dict[int, Year]:
    """{year: Year}. Without `as_of` a year is looked at on its cut-off or today, whichever comes first.

    With `as_of`, the tree and states are those of that day, flows run up to it, and only the ratings of periods
    already cut off are looked at (design §3). `at`: the Organization from which one looks: the period is that of the bloc
    above it on the last day looked at.
    """
    days = as_of or clock.today()
    windows = {year: _window(year, days, rated=as_of is None) for year in years}
    blocs = blocs_through(at, {w.last for w in windows.values()}) if at else {}
    of_year = {year: blocs.get(w.last) for year, w in windows.items()}
    periods = {(p.bloc_id, p.year): p for p in _periods(of_year)}
    return {year: _year(w, of_year[year], periods.get((of_year[year], year))) for year, w in windows.items()}


def _window(year: int, day: date, *, rated: bool) -> Window:
    first, cutoff = span(year)
    return Window(year, first, max(min(cutoff, day), first), rated=rated or cutoff <= day)


def _year(window: Window, bloc: int | None, period: Period | None) -> Year:
    _, cutoff = span(window.year)
    unfinished = window.last < cutoff or period is None or period.locked_id is None
    corrected = period is not None and period.corrected
    return Year(window.year, window, period, unfinished, corrected=corrected, bloc=bloc)


def _periods(of_year: Mapping[int, int | None]) -> QuerySet[Period]:
    """The whole years of `of_year` ({year: id of a bloc or None})."""
    wanted = {"year__in": of_year.keys(), "bloc__in": set(of_year.values()) - {None}}
    rows = Period.objects.standing().filter(**wanted, quarter__isnull=True)
    later = [
        Exists(model.objects.filter(period=OuterRef("pk"), added__gt=OuterRef("locked")))
        for model in (MemberRating, OrganizationRating)
    ]
    return rows.select_related("scheme").annotate(corrected=later[0] | later[1])


def groups_of(blocs: Mapping[int, int | None]) -> dict[int, list[TargetGroup]]:
    """{year: [TargetGroup]} each with `all_indicators` and `headlines`. `blocs`: {year: id of the bloc, or None}."""
    groups = defaultdict(list)
    rows = TargetGroup.objects.filter(year__in=blocs.keys(), bloc__in=set(blocs.values()) - {None})
    for group in rows.prefetch_related("indicators"):
        if group.bloc_id != blocs[group.year]:
            continue
        group.all_indicators = list(group.indicators.all())
        for indicator in group.all_indicators:
            indicator.group = group
        group.headlines = [i for i in group.all_indicators if i.headline]
        groups[group.year].append(group)
    return groups
