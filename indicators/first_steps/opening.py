"""Opening a year of a bloc in one act: its groups, the targets of the year before, its rating period (domain §6, §2.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.models import Indicator, Target, TargetGroup
from indicators.targets import targets
from indicators.verbs import FigureVerb
from ledger.acts import Refused, act
from ledger.models import User
from ledger.numbers import day_in_words, group
from organizations import lineage
from organizations.models import Organization
from ratings.models import Period
from ratings.periods import periods

MEASURED = ("kind", "numerator", "denominator", "unit")  # where these differ, a target of the year before says nothing
Key = tuple[str, str]  # codes of a group and of an indicator in it, which name it from year to year


@dataclass(frozen=True)
class YearToOpen:
    """What opening `year` makes. `groups`: names of those that are to be set, () where they stand already; `source`: the year
    they go on from, None for the usual ones; `copied`: {(Key, organization id): value} of targets that `source` had and the
    year has not; `period`: whether one is to be opened.
    """

    year: int
    groups: tuple[str, ...]
    source: int | None
    copied: Mapping[tuple[Key, int], Decimal]
    period: bool

    @property
    def makes_something(self) -> bool:
        return bool(self.groups or self.copied or self.period)


def plan_of(bloc: Organization, year: int, day: date) -> YearToOpen:
    """What is wanting of `year` in `bloc`, as the tree stands on `day`."""
    last, own = targets.latest_groups(bloc, year), targets.groups_in(bloc, year)
    rows = [] if own else _groups_to_come(last, year)
    opened = Period.objects.standing().filter(bloc=bloc, year=year, quarter__isnull=True).exists()
    return YearToOpen(
        year=year,
        groups=tuple(row["name"] for row in rows),
        source=last and last.year,
        copied=_copied(bloc, year, last, rows, day) if last else {},
        period=not opened,
    )


def _groups_to_come(last: TargetGroup | None, year: int) -> list[dict[str, Any]]:
    """They go on from the latest year; where a usual one reads otherwise since then, that one is set as it reads."""
    return targets.groups_after(last, year) if last else targets.eight_groups(year)


def _copied(
    bloc: Organization, year: int, last: TargetGroup, to_come: Iterable[Mapping[str, Any]], day: date
) -> dict[tuple[Key, int], Decimal]:
    inside = lineage.below([bloc.pk], day)
    standing = Target.objects.standing().filter(organization__in=inside).select_related("indicator__group")
    old = standing.filter(indicator__group__bloc=last.bloc_id, indicator__group__year=last.year)
    there = set(standing.filter(indicator__group__bloc=bloc, indicator__group__year=year).values_list(*_KEY))
    alike = {key: _measured(row) for key, row in _parts(to_come).items()}
    alike |= {_key(row): _measured(vars(row)) for row in _of_year(bloc, year)}
    return {
        (_key(row.indicator), row.organization_id): row.value
        for row in old.order_by("indicator__group__order", "indicator__code", "organization__code")
        if alike.get(_key(row.indicator)) == _measured(vars(row.indicator))
        and (*_key(row.indicator), row.organization_id) not in there
    }


_KEY = ("indicator__group__code", "indicator__code", "organization")


def _parts(groups: Iterable[Mapping[str, Any]]) -> dict[Key, Mapping[str, Any]]:
    return {(g["code"], columns["code"]): columns for g in groups for columns in g["indicators"]}


def _measured(columns: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(columns.get(name) or "" for name in MEASURED)


def _key(indicator: Indicator) -> Key:
    return indicator.group.code, indicator.code


def _of_year(bloc: Organization, year: int) -> list[Indicator]:
    rows = Indicator.objects.filter(group__bloc=bloc, group__year=year, group__retired__isnull=True)
    return list(rows.select_related("group"))


def open_year(year: int, bloc: Organization, *, by: User, on: date, with_targets: bool = False) -> str:
    """Makes what `plan_of` says, in one act; what was made, as a part of a sentence. `with_targets`: those of the year before,
    too. Refused when nothing is wanting, and before the period may be opened.
    """
    with act(FigureVerb.OPEN_YEAR, by=by, on=on, detail=str(year)) as change:
        plan = plan_of(bloc, year, on)
        copied = plan.copied if with_targets else {}
        if not (plan.groups or plan.period or copied):
            raise Refused(f"Năm {year} đã mở đủ, không còn gì để mở thêm.")
        if plan.groups:
            targets.set_groups_within(year, _groups_to_come(targets.latest_groups(bloc, year), year), bloc)
        if copied:
            targets.set_targets_within(_rows(copied, bloc, year), change)
        period = periods.open_within(year, change, bloc=bloc) if plan.period else None
    return _told(len(plan.groups), len(copied), period)


def _rows(
    copied: Mapping[tuple[Key, int], Decimal], bloc: Organization, year: int
) -> dict[tuple[Indicator, Organization], Decimal]:
    new = {_key(indicator): indicator for indicator in _of_year(bloc, year)}
    organizations = Organization.objects.in_bulk({organization for _, organization in copied})
    return {(new[key], organizations[organization]): value for (key, organization), value in copied.items()}


def _told(groups: int, copied: int, period: Period | None) -> str:
    parts = [f"{group(groups)} nhóm chỉ tiêu"] if groups else []
    parts += [f"{group(copied)} chỉ tiêu giao như năm trước"] if copied else []
    parts += [f"kỳ xếp loại, hạn của chi bộ {day_in_words(period.cell_due)}"] if period else []
    return "; ".join(parts)
