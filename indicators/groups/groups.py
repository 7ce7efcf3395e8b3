"""Verbs of the groups of a year: added, named, put in order, gone without, taken up again; not of a closed year.

Nothing is deleted: what a year goes without keeps its row, its history and the targets it had, now withdrawn.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F
from simple_history.utils import bulk_update_with_history

from indicators.models import Indicator, Target, TargetGroup
from indicators.targets.targets import blocs_in
from indicators.verbs import FigureVerb
from ledger.acts import Refused, act, void, wait_turn
from ledger.models import Change, Document, User
from ledger.text import clean, code_text
from ledger.web.opened import refuse_overtaken
from organizations.models import Organization

from .codes import code_of_group, code_of_indicator
from .rules import YearGroups, judge, judge_code, judge_name_of_group, require_open, settle

ASIDE = 1000  # added to the numbers of groups while they change places: two never have one number


def hold(bloc: Organization, year: int) -> YearGroups:
    """Inside an act: the groups of the year as nobody else changes them until its end. Refused where it is closed."""
    wait_turn([TargetGroup._meta.label, Target._meta.label])
    require_open(bloc.pk, year)
    return YearGroups(bloc, year)


def named(name: str, year: int) -> str:
    """What the words of an act leave open."""
    return f"“{clean(name)[:160]}” năm {year}"


def add_group(
    bloc: Organization,
    year: int,
    name: str,
    columns: Mapping[str, Any],
    *,
    by: User,
    on: date,
    code: str = "",
    document: Document | None = None,
    reason: str = "",
) -> TargetGroup:
    """A new group, last in order, with its headline indicator. `columns`: {column of Indicator: value} of that; `code` is
    found unless told.
    """
    detail = named(name, year)
    with act(FigureVerb.ADD_GROUP, by=by, on=on, document=document, reason=reason, detail=detail):
        held = hold(bloc, year)
        if blocs_in([bloc], year)[bloc.pk] != bloc.pk:
            raise Refused(f"{bloc.code} không phải đảng bộ khối trong năm {year}, nên không đặt nhóm chỉ tiêu.")
        judge_name_of_group(clean(name), held.groups, year)
        codes = {group.code for group in held.groups}
        if code := code_text(code):
            judge_code(code, codes, year)
        group = TargetGroup(bloc=bloc, year=year, order=len(held.groups) + 1, name=clean(name))
        group.code = code or code_of_group(group.name, bloc, year, codes)
        indicator = Indicator(group=group, **columns)
        settle(indicator, None)
        taken = {i.code for i in held.indicators}
        indicator.code = code_of_indicator(indicator.name, group, taken, headline=True)
        judge(indicator, [])
        store(group, by)
        indicator.group = group
        store(indicator, by)
        return group


def store(row: TargetGroup | Indicator, by: User) -> None:
    row._history_user = by
    row.save()


def rename_group(
    group: TargetGroup,
    name: str,
    *,
    by: User,
    on: date,
    opened: Mapping[str, str] | None = None,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """`opened`: {"group_name": name as the form showed it}; raises Overtaken when it is another by now."""
    detail = named(group.name, group.year)
    with act(FigureVerb.CHANGE_GROUP, by=by, on=on, document=document, reason=reason, detail=detail):
        held = hold(group.bloc, group.year)
        stored = held.group(group.pk)
        refuse_overtaken(
            "Nhóm này", opened or {}, {"group_name": stored.name}, lambda _: [f"tên nay là “{stored.name}”"]
        )
        put_name(stored, name, held, by)


def put_name(group: TargetGroup, name: str, held: YearGroups, by: User) -> None:
    """Inside an act: `name` for `group`, one of those held; nothing where it has it."""
    judge_name_of_group(clean(name), [other for other in held.groups if other.pk != group.pk], held.year)
    if clean(name) != group.name:
        group.name = clean(name)
        store(group, by)


def order_groups(
    bloc: Organization,
    year: int,
    codes: Sequence[str],
    *,
    by: User,
    on: date,
    opened: Sequence[str] | None = None,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """`codes`: of all groups in use, in the order wanted; `opened`: as the page showed them. Refused when another order
    stands by now.
    """
    with act(FigureVerb.ORDER_GROUPS, by=by, on=on, document=document, reason=reason, detail=str(year)):
        held = hold(bloc, year)
        groups = {group.code: group for group in held.groups}
        changed = opened is not None and list(opened) != list(groups)
        if changed or sorted(codes) != sorted(groups):
            raise Refused("Các nhóm chỉ tiêu vừa được người khác thêm bớt hoặc xếp lại. Hãy xem lại thứ tự rồi xếp.")
        _number([groups[code] for code in codes], by)


def _number(groups: Sequence[TargetGroup], by: User) -> None:
    """Inside an act: 1, 2, 3 … in this order."""
    moved = [(order, group) for order, group in enumerate(groups, start=1) if group.order != order]
    if not moved:
        return
    TargetGroup.objects.filter(pk__in=[group.pk for _, group in moved]).update(order=F("order") + ASIDE)
    for order, group in moved:
        group.order = order
    bulk_update_with_history([group for _, group in moved], TargetGroup, ["order"], default_user=by)


def retire_group(
    group: TargetGroup,
    *,
    by: User,
    on: date,
    withdraw: bool = False,
    document: Document | None = None,
    reason: str = "",
) -> int:
    """The year goes without `group` and its indicators from now on. Returns how many targets were withdrawn.

    `withdraw`: whether the targets that stand are taken back with it; Refused where there are some and it does not say so.
    """
    detail = named(group.name, group.year)
    with act(FigureVerb.RETIRE_GROUP, by=by, on=on, document=document, reason=reason, detail=detail) as change:
        held = hold(group.bloc, group.year)
        stored = held.group(group.pk)
        gone = withdraw_targets(stored.all_indicators, held, change, withdraw)
        for row in (*stored.all_indicators, stored):
            row.retired = change
            store(row, by)
        _number([other for other in held.groups if other.pk != stored.pk], by)
        return gone


def withdraw_targets(
    indicators: Sequence[Indicator], held: YearGroups, change: Change, said: bool, why: str = "Thôi dùng"
) -> int:
    """Inside an act: takes back the targets that stand for `indicators`. Refused where there are some and nobody `said` so."""
    standing = sum(held.targets[indicator.pk] for indicator in indicators)
    if not standing:
        return 0
    if not said:
        raise Refused(
            f"Đang có {standing} mức giao dựa vào đây. {why} thì các mức này phải thu hồi: "
            "hãy đánh dấu đồng ý thu hồi rồi gửi lại. Mức đã giao vẫn giữ trong lịch sử."
        )
    return void(Target.objects.filter(indicator__in=[i.pk for i in indicators]), change)


def restore_group(
    group: TargetGroup, *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """The year takes up again a group it went without, last in order, with the indicators that went with it.

    Targets that were withdrawn stay withdrawn.
    """
    detail = named(group.name, group.year)
    with act(FigureVerb.RESTORE_GROUP, by=by, on=on, document=document, reason=reason, detail=detail):
        held = hold(group.bloc, group.year)
        stored = TargetGroup.ever.filter(pk=group.pk, retired__isnull=False).first()
        if stored is None:
            raise Refused(f"Nhóm “{group.name}” đang dùng trong năm {group.year}. Hãy tải lại trang.")
        judge_name_of_group(stored.name, held.groups, held.year)
        judge_code(stored.code, {other.code for other in held.groups}, held.year)
        indicators = list(Indicator.ever.filter(group=stored, retired=stored.retired_id))
        for indicator in indicators:
            judge_code(indicator.code, {other.code for other in held.indicators}, held.year)
        stored.order = len(held.groups) + 1
        for row in (stored, *indicators):
            row.retired = None
            store(row, by)
