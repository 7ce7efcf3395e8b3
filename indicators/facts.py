"""Families of facts: rows of one table, each in a year, an organization, on a day (design §3, shapes §1).

An event counts where it happened, along the tree of its day. What is entered or planned for a period, or holds at its
end, counts along the tree of the cut-off. Work counts for who conducted it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, IntegerField, Q, QuerySet, Value, When

from ledger.as_known import standing

Known = int | F | None  # id of the Change up to which acts are known, or a column that names it; None: all


@dataclass(frozen=True)
class Window:
    """The days a year's figures look at.

    `last` is the cut-off, or the earlier day asked for. `rated`: whether ratings of the year's period are looked at.
    `known`: id of the Change up to which acts are known; None: all of them.
    """

    year: int
    first: date
    last: date
    rated: bool = True
    known: int | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Facts:
    """`rows(known)`: queryset of the facts as known, or `rows(window)` for Standing.

    `organization`: path to the organization. `own`: counts for that organization alone, not for those above.
    `identity`: column that names what is counted, whichever row of it stands: a spell ended later is a row anew.
    `reads`: columns that conditions read of such a row. `person`: column of the person whom such a fact is about, "" for
    an organization's: the two are followed differently through a reorganization (indicators/lenses/lens.py).
    `kept`: condition that a row must meet on its `day` to be its organization's still.
    `version`: raised by whoever changes what `rows` or the placing of a family means, so that a closing can tell a
    changed definition from changed figures.
    """

    code: str
    rows: Callable[[Any], QuerySet[Any]]
    organization: str = "organization"
    own: bool = False
    identity: str = "pk"
    reads: tuple[str, ...] = ()
    person: str = ""
    kept: Q | None = None
    version: int = 1

    def placed(self, windows: Collection[Window]) -> Iterator[QuerySet[Any]]:
        """Every fact, once for each organization above it on its day: annotated in_year, day, node, via."""
        up = self.organization + "__lineage__"
        for rows in self.held(windows):
            if self.own:
                yield rows.annotate(node=F(self.organization), via=F(self.organization))
                continue
            on_its_day = {up + "starts__lte": F("day"), up + "ends__gt": F("day")}
            known = standing(_known(windows), up)
            yield rows.filter(known, **on_its_day).annotate(node=F(up + "ancestor"), via=F(up + "via"))

    def held(self, windows: Collection[Window]) -> Iterator[QuerySet[Any]]:
        """What `dated` gives, without what was no longer its organization's on the day, or not yet."""
        for rows in self.dated(windows):
            yield rows.filter(self.kept) if self.kept else rows

    def dated(self, windows: Collection[Window]) -> Iterator[QuerySet[Any]]:
        raise NotImplementedError


@dataclass(frozen=True, eq=False, kw_only=True)
class Events(Facts):
    """What happened on a day. `day`: name of the date column or annotation.

    `place`: the day whose tree it counts along, when its organization need not stand on `day` itself.
    """

    day: str
    place: str = ""

    def dated(self, windows: Collection[Window]) -> Iterator[QuerySet[Any]]:
        _refuse_overlap(windows)
        within = [When(**{f"{self.day}__gte": w.first, f"{self.day}__lte": w.last}, then=w.year) for w in windows]
        rows = self.rows(_known(windows)).annotate(
            in_year=Case(*within, output_field=IntegerField()), day=F(self.place or self.day)
        )
        yield rows.filter(in_year__isnull=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Entries(Facts):
    """What was entered or planned for a year. `year`: path to the year. `ratings`: seen only in rated windows."""

    year: str
    ratings: bool = False

    def dated(self, windows: Collection[Window]) -> Iterator[QuerySet[Any]]:
        _refuse_overlap(windows)
        windows = [w for w in windows if w.rated or not self.ratings]
        if not windows:
            return
        last = [When(Q(**{self.year: w.year}), then=Value(w.last)) for w in windows]
        rows = self.rows(_known(windows)).filter(**{self.year + "__in": [w.year for w in windows]})
        yield rows.annotate(in_year=F(self.year), day=Case(*last, output_field=DateField()))


@dataclass(frozen=True, eq=False, kw_only=True)
class StandingFacts(Facts):
    """What holds on the last day itself: `rows(window)`, one branch a window."""

    def dated(self, windows: Collection[Window]) -> Iterator[QuerySet[Any]]:
        for w in windows:
            yield self.rows(w).annotate(in_year=Value(w.year, IntegerField()), day=Value(w.last, DateField()))


def _known(windows: Collection[Window]) -> int | None:
    """The one Change up to which all of `windows` look; several need one call each."""
    changes = {w.known for w in windows}
    if len(changes) > 1:
        raise ValueError("windows known at different acts need one call each")
    return changes.pop() if changes else None


def _refuse_overlap(windows: Collection[Window]) -> None:
    spans = sorted((w.first, w.last) for w in windows)
    if any(later[0] <= earlier[1] for earlier, later in zip(spans, spans[1:], strict=False)):
        raise ValueError("overlapping windows need one call each")
