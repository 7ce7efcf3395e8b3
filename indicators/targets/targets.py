"""Verbs of what the committee chooses: groups and indicators of a year, copied from the last, and their targets."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from indicators.models import Indicator, Target, TargetGroup
from indicators.verbs import FigureVerb
from ledger import clock
from ledger.acts import Refused, act, void, wait_turn
from ledger.models import Change, Document, User
from organizations import lineage
from organizations.models import Organization
from organizations.successions import blocs_before, blocs_through
from ratings.periods.periods import span

Place = tuple[Indicator, Organization]
Stored = dict[tuple[int, int], Target]  # {(indicator id, organization id): the Target that stands}
EIGHT_GROUPS = Path(__file__).parent / "data" / "eight_groups.json"


def eight_groups(year: int) -> list[dict[str, Any]]:
    """The groups a bloc usually sets (domain §6), as they read in `year`: the start of an empty installation."""
    groups = json.loads(EIGHT_GROUPS.read_text(encoding="utf-8"))
    return [g for g in groups if g.get("since", year) <= year <= g.get("until", year)]


def set_groups(
    year: int,
    groups: Iterable[Mapping[str, Any]],
    *,
    by: User,
    on: date,
    bloc: Organization | None = None,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Sets the groups of a year in which `bloc` (the only one unless told) has none.

    `groups`: [{code, name, indicators: [columns of Indicator]}].
    """
    with act(FigureVerb.SET_GROUPS, by=by, on=on, document=document, reason=reason, detail=str(year)):
        set_groups_within(year, groups, bloc or lineage.sole_bloc(on))


def set_groups_within(year: int, groups: Iterable[Mapping[str, Any]], bloc: Organization) -> None:
    """Inside another verb's act, as `set_groups`."""
    wait_turn([TargetGroup._meta.label])
    if TargetGroup.objects.filter(bloc=bloc, year=year).exists():
        raise Refused(f"Năm {year} đã có nhóm chỉ tiêu.")
    for order, group in enumerate(groups, start=1):
        columns = {"order": order, "code": group["code"], "name": group["name"]}
        row = TargetGroup.objects.create(bloc=bloc, year=year, **columns)
        for columns in group["indicators"]:
            indicator = Indicator(group=row, **columns)
            indicator.full_clean(exclude=["group"])
            indicator.save()


def copy_groups(
    year: int,
    *,
    by: User,
    on: date,
    bloc: Organization | None = None,
    source: int | None = None,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Sets the groups of `year` as they stand in `source`, the latest year before it unless told; targets are not copied.

    Of `bloc` (the only one unless told), or where it had none before, of one it took over or was split off from, in this
    year too.
    """
    bloc = bloc or lineage.sole_bloc(on)
    last = latest_groups(bloc, year) if source is None else groups_in(bloc, source)
    if last is None and source is None:
        raise Refused(f"Trước năm {year} chưa có năm nào để sao chép nhóm chỉ tiêu.")
    if last is None:
        raise Refused(f"Năm {source} không có nhóm chỉ tiêu để sao chép. Hãy chọn năm khác.")
    set_groups(year, _groups_beside(last), bloc=bloc, by=by, on=on, document=document, reason=reason)


def groups_after(last: TargetGroup, year: int) -> list[dict[str, Any]]:
    """What `year` goes on with: the groups that stand beside `last`. One of the usual groups that reads otherwise since then is
    taken as it reads now, one that is new is added, one that is gone is left out; what the committee chose in the others,
    and that it does without some, goes on.
    """
    before, now = ({group["code"]: group for group in eight_groups(y)} for y in (last.year, year))
    own = {group["code"]: group for group in _groups_beside(last)}
    changed = {code for code in own if before.get(code) != now.get(code)}
    kept = {code: now.get(code) if code in changed else group for code, group in own.items()}
    new = {code: group for code, group in now.items() if code not in before}
    return [group for group in (kept | new).values() if group]


def _groups_beside(last: TargetGroup) -> list[dict[str, Any]]:
    """The groups of the year of `last` in its bloc, itself among them, as `set_groups` takes them."""
    columns = [f.attname for f in Indicator._meta.concrete_fields if f.name not in ("id", "group", "retired")]
    rows = (
        TargetGroup.objects.filter(bloc=last.bloc_id, year=last.year).order_by("order").prefetch_related("indicators")
    )
    return [{"code": g.code, "name": g.name, "indicators": list(g.indicators.values(*columns))} for g in rows]


def groups_in(bloc: Organization, year: int) -> TargetGroup | None:
    """A TargetGroup of `year` in `bloc`; None where there are none."""
    return TargetGroup.objects.filter(bloc=bloc, year=year).order_by("order").first()


def latest_groups(bloc: Organization, year: int) -> TargetGroup | None:
    """A TargetGroup of the groups that `year` would go on from in `bloc`; None where there are none."""
    before = TargetGroup.objects.order_by("-year", "order")
    own = before.filter(bloc=bloc, year__lt=year).first()
    return own or before.filter(bloc__in=blocs_before(bloc), year__lte=year).first()


def set_targets(
    rows: Mapping[tuple[Indicator, Organization], Decimal | int | str | None],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    instead_of: Mapping[tuple[Indicator, Organization], Decimal | None] | None = None,
) -> None:
    """`rows`: {(Indicator, Organization): value, or None to withdraw}. The old value is voided, never overwritten.

    `instead_of`: of some of them what stood, or None, when they were decided on. Refused where another has set something
    else since; and when all of them stand already: an act that says nothing is a form sent twice.
    """
    with act(FigureVerb.SET_TARGETS, by=by, on=on, document=document, reason=reason) as change:
        if not set_targets_within(rows, change, instead_of):
            raise Refused("Chỉ tiêu đang giao đã đúng như vậy, nên không có gì để ghi.")


def set_targets_within(
    rows: Mapping[Place, Decimal | int | str | None],
    change: Change,
    instead_of: Mapping[Place, Decimal | None] | None = None,
) -> int:
    """Inside another verb's act, as `set_targets`: how many targets were withdrawn or set."""
    wait_turn([Target._meta.label])
    rows = _as_they_stand(rows)
    for (indicator, organization), value in rows.items():
        if fault := fault_of(indicator, value):
            raise Refused(f"{_named(indicator, organization)}: {fault}")
    _check_blocs(rows)
    wanted = {(i.pk, o.pk): None if v is None else Decimal(v) for (i, o), v in rows.items()}
    old = _locked({i for i, _ in wanted})
    for (indicator, organization), was in (instead_of or {}).items():
        key = indicator.pk, organization.pk
        if (old[key].value if key in old else None) not in (was, wanted[key]):
            raise _overtaken(indicator, organization)
    return _write(wanted, old, change)


def _as_they_stand(rows: Mapping[Place, Any]) -> dict[Place, Any]:
    """`rows` with each indicator as it is now. Refused where the year goes without one of them by now."""
    stored = Indicator.objects.select_related("group").in_bulk({indicator.pk for indicator, _ in rows})
    for indicator, _ in rows:
        if indicator.pk not in stored:
            raise Refused(f"Chỉ tiêu “{indicator.name}” vừa thôi dùng trong năm. Hãy tải lại trang.")
    return {(stored[indicator.pk], organization): value for (indicator, organization), value in rows.items()}


def _locked(indicators: Iterable[int]) -> Stored:
    """{(indicator id, organization id): Target} standing, locked for writing."""
    stored = Target.objects.standing().filter(indicator__in=indicators)
    return {(t.indicator_id, t.organization_id): t for t in stored.select_for_update(of=("self",)).order_by("pk")}


def _write(wanted: Mapping[tuple[int, int], Decimal | None], old: Stored, change: Change) -> int:
    """How many targets were withdrawn or set."""
    gone = [old[key].pk for key, value in wanted.items() if key in old and old[key].value != value]
    void(Target.objects.filter(pk__in=gone), change)
    made = Target.objects.bulk_create(
        Target(indicator_id=i, organization_id=o, value=value, added=change)
        for (i, o), value in wanted.items()
        if value is not None and ((i, o) not in old or old[i, o].value != value)
    )
    return len(gone) + len(made)


def fault_of(indicator: Indicator, value: Decimal | int | str | None) -> str:
    """Why `value` can be no target of `indicator`, as the end of a sentence; "" where it can."""
    if value is None:
        return ""
    if Decimal(value) < 0:
        return "mức giao không được âm."
    if indicator.kind == Indicator.Kind.RATIO and Decimal(value) > 100:
        return "tỷ lệ không vượt quá 100%."
    if indicator.kind == Indicator.Kind.COUNT and Decimal(value) != int(Decimal(value)):
        return "số lượng là số nguyên."
    return ""


def _check_blocs(rows: Iterable[tuple[Indicator, Organization]]) -> None:
    """Refused where an indicator is not of the bloc whose targets are the organization's in that year."""
    of_years = defaultdict(set)
    for indicator, organization in rows:
        of_years[indicator.group.year].add(organization)
    kept = {year: blocs_in(organizations, year) for year, organizations in of_years.items()}
    for indicator, organization in rows:
        group = indicator.group
        if kept[group.year][organization.pk] != group.bloc_id:
            named = _named(indicator, organization)
            raise Refused(f"{named}: chỉ tiêu năm {group.year} này là của đảng bộ khác.")


def blocs_in(organizations: Collection[Organization], year: int) -> dict[int, int | None]:
    """{organization id: id of the bloc whose targets of `year` are its own, or None}. One query for all that stood then."""
    day = min(clock.today(), span(year)[1])
    standing = lineage.blocs_of([o.pk for o in organizations], day)
    gone = {o.pk: blocs_through(o, [day])[day] for o in organizations if o.pk not in standing}
    return gone | standing


def ids_of(codes: Iterable[str]) -> list[int]:
    """Ids of the organizations `codes`."""
    return list(Organization.objects.standing().filter(code__in=codes).values_list("pk", flat=True))


def of_those_that_end(organizations: Collection[int], day: date) -> list[Target]:
    """Standing Targets of `organizations` (ids) for the year of `day` and later: what their end must say something of."""
    rows = Target.objects.filter(organization__in=organizations, indicator__group__year__gte=day.year)
    rows = rows.filter(voided__isnull=True).select_related("indicator__group", "organization")
    return list(rows.order_by("indicator__group__year", "indicator__group__order", "organization__code"))


def passes_by_itself(indicator: Indicator) -> bool:
    """Whether a successor usually takes on what was set: a count adds to its own, a rate cannot (design §3)."""
    return indicator.kind == Indicator.Kind.COUNT


def hand_on(rows: Mapping[Target, Organization | None], change: Change) -> None:
    """Inside another verb's act. `rows`: {Target of an organization that ends: successor, or None to withdraw it}."""
    old = _locked({target.indicator_id for target in rows})
    wanted: dict[tuple[int, int], Decimal | None] = {}
    passed = defaultdict(list)
    for target, successor in rows.items():
        standing = old.get((target.indicator_id, target.organization_id))
        if standing is None or standing.pk != target.pk:
            raise _overtaken(target.indicator, target.organization)
        wanted[target.indicator_id, target.organization_id] = None
        if successor:
            passed[_of_the_bloc_of(successor, target), successor].append(target)
    old |= _locked({indicator.pk for indicator, _ in passed})
    for (indicator, successor), targets in passed.items():
        own = old.get((indicator.pk, successor.pk))
        value = taken_on(indicator, own and own.value, [target.value for target in targets])
        if value is None:
            codes = sorted({*(target.organization.code for target in targets), *([successor.code] if own else [])})
            raise Refused(
                f"{indicator.name} năm {indicator.group.year}: mức của {' và '.join(codes)} khác nhau, tỷ lệ không cộng "
                "được. Hãy chọn thu hồi, rồi giao lại cho tổ chức kế thừa."
            )
        wanted[indicator.pk, successor.pk] = value
    _write(wanted, old, change)


def _of_the_bloc_of(successor: Organization, target: Target) -> Indicator:
    """The Indicator that `target` is of in the successor's bloc. Refused where that has none of its kind in the year."""
    indicator = target.indicator
    year = indicator.group.year
    bloc = blocs_in([successor], year)[successor.pk]
    if bloc == indicator.group.bloc_id:
        return indicator
    counterpart = Indicator.objects.filter(group__bloc=bloc, group__year=year, code=indicator.code, kind=indicator.kind)
    if counterpart := counterpart.select_related("group").first():
        return counterpart
    raise Refused(
        f"{_named(indicator, target.organization)}: đảng bộ của {successor.code} chưa đặt nhóm chỉ tiêu này cho năm {year}, nên mức giao không "
        "chuyển sang được. Hãy chọn thu hồi, rồi giao lại."
    )


def taken_on(indicator: Indicator, own: Decimal | None, passed: Collection[Decimal]) -> Decimal | None:
    """What stands for a successor with `own` (or None) that takes on `passed`: counts add up, rates only if all alike.

    None where rates differ.
    """
    if passes_by_itself(indicator):
        return sum(passed, own or Decimal(0))
    rates = {*passed, *([] if own is None else [own])}
    return rates.pop() if len(rates) == 1 else None


def _named(indicator: Indicator, organization: Organization) -> str:
    return f"{indicator.name} ({organization.code})"


def _overtaken(indicator: Indicator, organization: Organization) -> Refused:
    return Refused(f"{_named(indicator, organization)}: mức giao vừa được người khác thay. Hãy xem lại.")
