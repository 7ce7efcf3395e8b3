"""Who answers for whom: what an organization took over, year by year (design §3).

Of several successors the principal one alone answers for figures; else they would count once for each.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from .models import WHOLES, Kind, Lineage, Organization, OrganizationSpell, Origin, Succession

Takeover = tuple[int, int, date]  # ids of successor and predecessor, and the day


def taken_over(spans: Mapping[int, tuple[date, date]]) -> dict[int, dict[int, list[int]]]:
    """{year: {organization id: [ids of those it took over in that year]}}, chains followed. `spans`: {year: (first, last)}.

    What stood below its successor, or below another that ended with it, is in their figures already; unless its
    successor in turn stands below the other's. A bloc that ended is no such other: its heir is no peer of theirs.
    """
    whole = OrganizationSpell.objects.standing().filter(organization=OuterRef("predecessor"), kind__in=WHOLES)
    told = Succession.objects.standing().filter(principal=True).annotate(whole=Exists(whole))
    told = list(told.order_by("on", "pk").values_list("successor_id", "predecessor_id", "on", "whole"))
    rows, wholes = [row[:3] for row in told], {old for _, old, _, whole in told if whole}
    below = _lines(rows)
    return {
        year: _chains([row for row in rows if first <= row[2] <= last], below, wholes)
        for year, (first, last) in spans.items()
    }


def _lines(rows: Collection[Takeover]) -> set[Takeover]:
    """{(organization, ancestor, day)}: whom predecessors stood below on the eve of their end, successors on any such day."""
    eves, heirs = {(old, on) for _, old, on in rows}, {new for new, _, _ in rows}
    turns = {on for _, _, on in rows}
    below = set()
    lines = Lineage.objects.standing().filter(organization__in={old for _, old, _ in rows} | heirs)
    for organization, ancestor, starts, ends in lines.values_list("organization_id", "ancestor_id", "starts", "ends"):
        if organization != ancestor and (organization, ends) in eves:
            below.add((organization, ancestor, ends))
        if organization != ancestor and organization in heirs:
            below |= {(organization, ancestor, day) for day in turns if starts <= day < ends}
    return below


def _chains(rows: Collection[Takeover], below: set[Takeover], wholes: set[int]) -> dict[int, list[int]]:
    direct = defaultdict(list)
    for new, old, on in rows:
        if not _counted_elsewhere(new, old, on, rows, below, wholes):
            direct[new].append(old)

    def chain(node: int) -> list[int]:
        return [x for old in direct.get(node, ()) for x in (old, *chain(old))]

    return {node: chain(node) for node in list(direct)}


def _counted_elsewhere(
    new: int, old: int, on: date, rows: Collection[Takeover], below: set[Takeover], wholes: set[int]
) -> bool:
    if (old, new, on) in below:
        return True
    above = [(heir, gone, day) for heir, gone, day in rows if (old, gone, on) in below]
    return any(heir == new or gone not in wholes and (new, heir, day) not in below for heir, gone, day in above)


def principals(organization: int) -> set[int]:
    """Ids of `organization` (an id) and of all it took over as the principal successor, chains followed. One query."""
    rows = Succession.objects.standing().filter(principal=True)
    old = defaultdict(set)
    for new, gone in rows.values_list("successor_id", "predecessor_id"):
        old[new].add(gone)
    reached, waiting = set(), [organization]
    while waiting:
        node = waiting.pop()
        reached.add(node)
        waiting += old[node] - reached
    return reached


def blocs_through(organization: Organization, days: Iterable[date]) -> dict[date, int | None]:
    """{day: id of the bloc whose periods and targets are those of `organization` on that day, or None}.

    The bloc above it; on a day on which it did not stand, the one above it nearest to that day, and where that bloc did
    not stand either, whom it took over or who took it over: the principal successor before others. One query, four where
    it did not stand on each of the days.
    """
    lines = Lineage.objects.standing().filter(organization=organization).order_by("starts")
    lines = lines.annotate(of_bloc=ExpressionWrapper(Q(ancestor__in=_blocs().values("organization")), BooleanField()))
    lines = list(lines.values_list("ancestor_id", "starts", "ends", "of_bloc"))
    life = [(starts, ends) for ancestor, starts, ends, _ in lines if ancestor == organization.pk]
    above = [line[:3] for line in lines if line[3]]
    kin = None
    bloc_on = {}
    for day in days:
        bloc_on[day] = next((bloc for bloc, starts, ends in above if starts <= day < ends), None)
        if bloc_on[day] is None and above and not any(starts <= day < ends for starts, ends in life):
            kin = kin or _Kin(_spans())
            nearest = above[0] if day < above[0][1] else above[-1]
            bloc_on[day] = kin.standing(nearest[0], day)
    return bloc_on


def blocs_before(bloc: Organization) -> set[int]:
    """Ids of the blocs that `bloc` took over, if only in part, or was split off from, chains followed."""
    earlier: set[int] = set()
    kin, waiting = _Kin(_spans()), [bloc.pk]
    while waiting:
        old = set(kin.before[waiting.pop()]) - earlier
        earlier |= old
        waiting += old
    return earlier


def _blocs() -> QuerySet[OrganizationSpell]:
    return OrganizationSpell.objects.standing().filter(kind=Kind.KHOI)


def _spans() -> dict[int, list[tuple[date, date]]]:
    """{bloc: [(starts, ends), … in order of time]}"""
    spans = defaultdict(list)
    for bloc, starts, ends in _blocs().order_by("starts").values_list("organization", "starts", "ends"):
        spans[bloc].append((starts, ends))
    return spans


class _Kin:
    """Blocs before and after others. `spans`: {bloc: [(starts, ends), … in order of time]}."""

    def __init__(self, spans: dict[int, list[tuple[date, date]]]) -> None:
        self.spans, self.before, self.after = spans, defaultdict(list), defaultdict(list)
        rows = Succession.objects.standing().filter(predecessor__in=spans, successor__in=spans)
        pairs = list(rows.order_by("-principal", "on", "pk").values_list("predecessor_id", "successor_id"))
        split = Origin.objects.standing().filter(organization__in=spans, source__in=spans)
        for old, new in [*pairs, *split.order_by("pk").values_list("source_id", "organization_id")]:
            self.before[new].append(old)
            self.after[old].append(new)

    def standing(self, bloc: int, day: date) -> int | None:
        """The bloc that stood on `day` at `bloc` or in its place, before it or after it; None where there was none."""
        waiting, seen = [bloc], set()
        while waiting:
            node = waiting.pop(0)
            if any(starts <= day < ends for starts, ends in self.spans[node]):
                return node
            seen.add(node)
            kin = self.before if day < self.spans[node][0][0] else self.after
            waiting += [other for other in kin[node] if other not in seen]
        return None
