"""Who stood below whom, by which way, on which days. The only place that knows (design §3).

Derived from the spells by a pure function; stored so that every count is one join; compared by `differences`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Protocol, TypeAlias

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ledger.acts import Refused, void
from ledger.models import Change
from ledger.numbers import day_in_words

from .descent import Line, lineage_of
from .models import Kind, Lineage, Organization, OrganizationSpell

Nodes: TypeAlias = Iterable[int] | Iterable[Organization] | QuerySet[Any]  # what `__in` takes


class NamedPlace(Protocol):
    """A spell, or a Place of a Forest."""

    @property
    def name(self) -> str: ...
    @property
    def is_whole(self) -> bool: ...


def _derived() -> set[Line]:
    spells = defaultdict(list)
    rows = OrganizationSpell.objects.standing().values_list("organization_id", "parent_id", "starts", "ends")
    for organization, parent, starts, ends in rows:
        spells[organization].append((parent, starts, ends))
    return lineage_of(spells)


def _stored() -> dict[Line, int]:
    columns = ("organization_id", "ancestor_id", "via_id", "starts", "ends")
    return {tuple(row[1:]): row[0] for row in Lineage.objects.standing().values_list("id", *columns)}


def climb() -> Callable[[int, date], tuple[int, ...]]:
    """(organization id, day) → ids of all above it on that day, itself included; read off the spells once.

    What the stored lineage says, a second way: for checks that must not rest on it.
    """
    lines = defaultdict(list)
    for organization, ancestor, _, starts, ends in _derived():
        lines[organization].append((ancestor, starts, ends))

    @cache
    def above(organization: int, day: date) -> tuple[int, ...]:
        return tuple(ancestor for ancestor, starts, ends in lines[organization] if starts <= day < ends)

    return above


def differences() -> tuple[set[Line], set[Line]]:
    """(missing, surplus): what recomputation has and the table lacks, and the other way round. Both empty: sound."""
    derived, stored = _derived(), _stored()
    return derived - stored.keys(), stored.keys() - derived


def rebuild(change: Change) -> None:
    """Brings the stored lineage in line with the spells, inside the transaction of the verb that changed them."""
    derived, stored = _derived(), _stored()
    void(Lineage.objects.filter(pk__in=[stored[row] for row in stored.keys() - derived]), change)
    Lineage.objects.bulk_create(
        [
            Lineage(organization_id=o, ancestor_id=a, via_id=v, starts=s, ends=e, added=change)
            for o, a, v, s, e in sorted(derived - stored.keys())
        ]
    )


def below(organizations: Nodes, day: date) -> QuerySet[Lineage]:
    """Ids of all that stood below `organizations` on `day`, themselves included: a queryset for `__in`."""
    return Lineage.objects.on(day).filter(ancestor__in=organizations).values("organization")


def line_on(day: date | F, organization: str = "organization", *, eve: bool = False) -> dict[str, Any]:
    """Conditions, for one `.filter()`: the lines that led up from what the column `organization` names on `day`, a date or the F
    of a column, or on the day before. `above` and `via` are the columns at their other end.
    """
    line = organization + "__lineage__"
    starts, ends = ("starts__lt", "ends__gte") if eve else ("starts__lte", "ends__gt")
    return {line + "voided__isnull": True, line + starts: day, line + ends: day}


def above(organization: str = "organization") -> str:
    """The column of what stands at or above what the column `organization` names; beside `line_on` in one `.filter()`."""
    return organization + "__lineage__ancestor"


def via(organization: str = "organization") -> str:
    """The column of the part of `above` through which the line leads up to it."""
    return organization + "__lineage__via"


def stood_below(organization: str, day: str, nodes: Nodes, *, eve: bool = False) -> dict[str, Any]:
    """Conditions, for one `.filter()`: what the column `organization` names stood below one of `nodes` on the day of the column
    `day`, or on the day before.
    """
    return {above(organization) + "__in": nodes, **line_on(F(day), organization, eve=eve)}


def ended(day: date) -> QuerySet[Lineage]:
    """The lines of their last day of those that had ended by `day`."""
    spells = OrganizationSpell.objects.standing()
    later = spells.filter(organization=OuterRef("organization"), ends__gt=OuterRef("ends"))
    return Lineage.objects.standing().filter(~Exists(later), ends__lte=day)


def ancestors(day: date) -> dict[int, set[int]]:
    """{organization id: {ids of all above it on `day`, itself included}}"""
    above = defaultdict(set)
    for organization, ancestor in Lineage.objects.on(day).values_list("organization_id", "ancestor_id"):
        above[organization].add(ancestor)
    return above


def places(day: date) -> QuerySet[OrganizationSpell]:
    """Spells of all that stood on `day`."""
    return OrganizationSpell.objects.on(day).select_related("organization")


def require_standing(rows: Iterable[tuple[Organization, date, object]]) -> list[OrganizationSpell]:
    """`rows`: (organization, day, whom). The spell of each organization on its day, in order.

    Raises Refused, naming whom, for an organization that did not stand that day.
    """
    rows = list(rows)
    spells = defaultdict(list)
    for spell in OrganizationSpell.objects.standing().filter(organization__in={o.pk for o, _, _ in rows}):
        spells[spell.organization_id].append(spell)
    standing = []
    for organization, day, whom in rows:
        place = next((s for s in spells[organization.pk] if s.starts <= day < s.ends), None)
        if place is None:
            raise Refused(f"{whom}: tổ chức {organization.code} không tồn tại vào ngày {day_in_words(day)}.")
        standing.append(place)
    return standing


def place(organization: Organization, day: date) -> OrganizationSpell | None:
    """The spell that names `organization` on `day`: the one that holds, else the last one before, else the first.

    None for one that was never founded: its founding was undone.
    """
    spells = list(OrganizationSpell.objects.standing().filter(organization=organization).order_by("starts"))
    before = [spell for spell in spells if spell.starts <= day]
    return before[-1] if before else (spells[0] if spells else None)


def children(organization: Organization, day: date) -> QuerySet[OrganizationSpell]:
    """Spells of those directly under `organization` on `day`, in the office's order."""
    return places(day).filter(parent=organization).order_by("position", "organization__code")


def left(organization: Organization, first: date, last: date) -> list[OrganizationSpell]:
    """Last spells of those directly under `organization` for a time from `first` to `last`, but not on `last` itself."""
    spells = OrganizationSpell.objects.standing().filter(parent=organization, starts__lt=last, ends__gt=first)
    gone = spells.exclude(organization__in=places(last).filter(parent=organization).values("organization"))
    last_spells = {s.organization_id: s for s in gone.select_related("organization").order_by("starts")}
    return sorted(last_spells.values(), key=lambda s: (s.position, s.organization.code))


def path(organization: Organization, day: date) -> list[OrganizationSpell]:
    """Spells from the root down to `organization` on `day`; only itself when it no longer stood."""
    return _path(organization, day, places(day).filter(organization__in=_above(organization, day)))


def path_and_life(organization: Organization, day: date) -> tuple[list[OrganizationSpell], list[OrganizationSpell]]:
    """(its `path` on `day`, all its own spells in order of time), asked together."""
    above = Q(organization__in=_above(organization, day), starts__lte=day, ends__gt=day)
    near = OrganizationSpell.objects.standing().filter(Q(organization=organization) | above)
    spells = list(near.select_related("organization").order_by("starts"))
    life = [spell for spell in spells if spell.organization_id == organization.pk]
    return _path(organization, day, [spell for spell in spells if spell.starts <= day < spell.ends]), life


def path_and_children(organization: Organization, day: date) -> tuple[list[OrganizationSpell], list[OrganizationSpell]]:
    """(its `path`, its `children`) on `day`, asked together."""
    near = Q(organization__in=_above(organization, day)) | Q(parent=organization)
    spells = list(places(day).filter(near).order_by("position", "organization__code"))
    return _path(organization, day, spells), [spell for spell in spells if spell.parent_id == organization.pk]


def _above(organization: Organization, day: date) -> QuerySet[Lineage]:
    return Lineage.objects.on(day).filter(organization=organization).values("ancestor")


def _path(organization: Organization, day: date, spells: Iterable[OrganizationSpell]) -> list[OrganizationSpell]:
    by_id = {spell.organization_id: spell for spell in spells}
    upwards, spell = [], by_id.get(organization.pk)
    while spell:
        upwards.append(spell)
        spell = by_id.get(spell.parent_id)
    last = None if upwards else place(organization, day)
    return [last] if last else upwards[::-1]


def names(ids: Nodes, day: date) -> dict[int, OrganizationSpell]:
    """{id: spell} naming each of `ids` on `day`, or by its last name before it."""
    spells = OrganizationSpell.objects.standing().filter(organization__in=ids, starts__lte=day)
    return {spell.organization_id: spell for spell in spells.select_related("organization").order_by("starts")}


def label(here: NamedPlace, above: NamedPlace | None) -> str:
    """ "Chi bộ Văn phòng, Đảng bộ Sở Y tế": the name, with the one above unless that is a bloc or the province.

    `here`, `above`: spells or Places; `above` is None where nothing is.
    """
    return here.name if above is None or above.is_whole else f"{here.name}, {above.name}"


def labels(ids: Nodes, day: date) -> dict[int, str]:
    """{id: its `label` of that time}"""
    spells = names(ids, day)
    above = names({s.parent_id for s in spells.values() if s.parent_id}, day)
    return {pk: label(s, above.get(s.parent_id)) for pk, s in spells.items()}


def labels_at(wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """{(organization id, day): its label of that day, as `labels` gives it} for many days, in two queries.

    `wanted`: (organization id, day) pairs.
    """
    wanted = set(wanted)
    spells = lives({pk for pk, _ in wanted})
    above = lives({s.parent_id for life in spells.values() for s in life if s.parent_id})

    def named(known: Mapping[int, Sequence[OrganizationSpell]], pk: int, day: date) -> OrganizationSpell | None:
        return next((s for s in reversed(known.get(pk, ())) if s.starts <= day), None)

    label_of = {}
    for pk, day in wanted:
        if spell := named(spells, pk, day):
            label_of[pk, day] = label(spell, named(above, spell.parent_id, day))
    return label_of


def lives(ids: Nodes) -> dict[int, list[OrganizationSpell]]:
    """{organization id: its spells in order of time}"""
    spells = defaultdict(list)
    for spell in OrganizationSpell.objects.standing().filter(organization__in=ids).order_by("starts"):
        spells[spell.organization_id].append(spell)
    return spells


def years_of_change(organization: Organization, first: int, last: int) -> list[int]:
    """Years from `first` to `last` in which the tree below `organization` changed after it was first founded."""
    spells = OrganizationSpell.objects.standing().filter(
        organization__lineage__ancestor=organization, organization__lineage__voided__isnull=True
    )
    days = [d for pair in spells.values_list("starts", "ends") for d in pair]
    founded = min(days, default=None)
    return sorted({d.year for d in days if d != founded and first <= d.year <= last})


def roots(day: date) -> QuerySet[OrganizationSpell]:
    return places(day).filter(parent__isnull=True).order_by("position", "organization__code")


def blocs(day: date) -> QuerySet[OrganizationSpell]:
    """Spells of the blocs that stood on `day`, in the office's order: each has offices, periods and targets of its own."""
    return places(day).filter(kind=Kind.KHOI).order_by("position", "organization__code")


def blocs_of(organizations: Nodes, day: date) -> dict[int, int]:
    """{organization id: id of the bloc at or above it on `day`}; none for what stood in no bloc. One query."""
    lines = Lineage.objects.on(day).filter(organization__in=organizations)
    lines = lines.filter(ancestor__in=blocs(day).order_by().values("organization"))
    return dict(lines.values_list("organization_id", "ancestor_id"))


def blocs_below(organizations: Nodes, day: date) -> dict[int, list[int]]:
    """{organization id: [ids of the blocs below it on `day`, itself left out]}; none for what has no bloc below. One query."""
    below: dict[int, list[int]] = {}
    lines = Lineage.objects.on(day).filter(ancestor__in=organizations).exclude(organization=F("ancestor"))
    lines = lines.filter(organization__in=blocs(day).order_by().values("organization")).order_by("organization")
    for bloc, above in lines.values_list("organization_id", "ancestor_id"):
        below.setdefault(above, []).append(bloc)
    return below


def within(organization: int, first: date, last: date, known: int | None = None) -> set[int]:
    """Ids of all that stood below `organization` (an id), itself included, at some time from `first` to `last`, or ended there
    before. As known at the Change with the id `known`, now unless told.
    """
    rows = Lineage.objects.as_known(known).filter(starts__lte=last)
    lines = rows.filter(ancestor=organization).values_list("organization_id", "ends")
    life = dict(rows.filter(ancestor=F("organization")).order_by("starts").values_list("organization_id", "ends"))
    return {pk for pk, ends in lines if ends > first or ends == life[pk]}


def sole_bloc(day: date) -> Organization:
    """The bloc of an act that names none: the only one there is. Refused where there are several, or none."""
    spells = list(blocs(day).select_related("organization"))
    if len(spells) == 1:
        return spells[0].organization
    if not spells:
        raise Refused(f"Chưa có Đảng bộ Khối nào vào ngày {day_in_words(day)}. Hãy thành lập Đảng bộ Khối trước.")
    codes = ", ".join(spell.organization.code for spell in spells)
    raise Refused(f"Có {len(spells)} đảng bộ ({codes}). Hãy nêu việc này của đảng bộ nào.")


def blocs_ever(organizations: Nodes) -> QuerySet[OrganizationSpell]:
    """Ids of the blocs that at any time stood above or below `organizations` (ids), themselves included: for `__in`."""
    lines = Lineage.objects.standing()
    above = lines.filter(organization__in=organizations).values("ancestor")
    below = lines.filter(ancestor__in=organizations).values("organization")
    near = Q(organization__in=above) | Q(organization__in=below)
    return OrganizationSpell.objects.standing().filter(near, kind=Kind.KHOI).values("organization")


def blocs_since(organizations: Nodes, day: date) -> set[int]:
    """{ids of the blocs at or above one of `organizations` (ids) on `day` or later}"""
    blocs = OrganizationSpell.objects.standing().filter(kind=Kind.KHOI).values("organization")
    lines = Lineage.objects.standing().filter(organization__in=organizations, ancestor__in=blocs, ends__gt=day)
    return set(lines.values_list("ancestor_id", flat=True))


def bloc_of(organization: Organization, day: date) -> OrganizationSpell | None:
    """The spell of the bloc at or above `organization` on `day`, or None."""
    return blocs(day).filter(organization__in=_above(organization, day)).first()
