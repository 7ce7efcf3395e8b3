"""Verbs of the indicators of a group: added, changed, gone without, taken up again; not of a closed year.

A group has one headline; whichever else it has are parts beside it, told with it and set no target.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from typing import Any

from indicators.models import Indicator, TargetGroup
from indicators.verbs import FigureVerb
from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from ledger.text import code_text
from ledger.web.opened import refuse_overtaken

from .codes import code_of_indicator
from .groups import hold, named, put_name, store, withdraw_targets
from .rules import YearGroups, judge, judge_code, settle
from .told import CALLED, COLUMNS, said

NEEDS_ITS_HEADLINE = (
    "Nhóm nào cũng có một chỉ tiêu chính. Muốn đổi, hãy mở chỉ tiêu kèm của nhóm và lấy nó làm chỉ tiêu chính."
)


def texts(indicator: Indicator) -> dict[str, str]:
    """{column: its value as text} of an indicator and the name of its group, as a form carries them."""
    return {name: str(getattr(indicator, name)) for name in COLUMNS} | {"group_name": indicator.group.name}


def add_indicator(
    group: TargetGroup,
    columns: Mapping[str, Any],
    *,
    by: User,
    on: date,
    code: str = "",
    document: Document | None = None,
    reason: str = "",
) -> Indicator:
    """A part beside the headline of `group`. `columns`: {one of COLUMNS: value}; `code` is found unless told."""
    detail = named(columns.get("name", ""), group.year)
    with act(FigureVerb.ADD_INDICATOR, by=by, on=on, document=document, reason=reason, detail=detail):
        held = hold(group.bloc, group.year)
        stored = held.group(group.pk)
        if columns.get("headline"):
            raise Refused(f"Nhóm “{stored.name}” đã có chỉ tiêu chính. Chỉ tiêu thêm vào là chỉ tiêu kèm.")
        indicator = Indicator(group=stored, **columns)
        settle(indicator, _headline(stored))
        taken = {other.code for other in held.indicators}
        if code := code_text(code):
            judge_code(code, taken, held.year)
        indicator.code = code or code_of_indicator(indicator.name, stored, taken, headline=False)
        judge(indicator, stored.all_indicators)
        store(indicator, by)
        return indicator


def _headline(group: TargetGroup) -> Indicator:
    if not group.headlines:
        raise Refused(f"Nhóm “{group.name}” chưa có chỉ tiêu chính. Hãy thôi dùng nhóm và thêm lại.")
    return group.headlines[0]


def change_indicator(
    indicator: Indicator,
    columns: Mapping[str, Any],
    *,
    by: User,
    on: date,
    group_name: str | None = None,
    withdraw: bool = False,
    opened: Mapping[str, str] | None = None,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Writes what differs. `columns`: {one of COLUMNS: value}; `group_name`: of its group, with it; `opened`: `texts` as the
    form showed them. A part that becomes the headline makes the headline a part.

    Raises Overtaken when another changed it meanwhile. `withdraw`: whether targets that lose their meaning by it are taken
    back; Refused where there are such and it does not say so.
    """
    detail = named(indicator.name, indicator.group.year)
    with act(FigureVerb.CHANGE_INDICATOR, by=by, on=on, document=document, reason=reason, detail=detail) as change:
        held = hold(indicator.group.bloc, indicator.group.year)
        stored = held.indicator(indicator.pk)
        _check_not_overtaken(stored, opened or {})
        if group_name is not None:
            put_name(stored.group, group_name, held, by)
        before = _headline(stored.group)
        new, leads = _changed(stored, columns), columns.get("headline", stored.headline)
        if stored.headline and not leads:
            raise Refused(NEEDS_ITS_HEADLINE)
        if leads and not stored.headline:
            new.below, new.required = columns.get("below") or before.below, before.required
        settle(new, None if leads else before)
        beside = [other for other in stored.group.all_indicators if other.pk != stored.pk]
        judge(new, beside)
        _withdraw(stored, new, before, held, change, withdraw)
        if leads:
            _follow(new, beside, by)
        if any(getattr(new, name) != getattr(stored, name) for name in (*COLUMNS, "kind")):
            store(new, by)


def _changed(indicator: Indicator, columns: Mapping[str, Any]) -> Indicator:
    new = copy(indicator)
    for name, value in columns.items():
        setattr(new, name, value)
    return new


def _withdraw(
    stored: Indicator, new: Indicator, headline: Indicator, held: YearGroups, change: Change, said: bool
) -> None:
    """Targets are of a headline, and of its kind: what is none any more, or is counted otherwise, has none."""
    if new.headline and not stored.headline:
        withdraw_targets([headline], held, change, said, "Chỉ tiêu chính của nhóm đổi")
    elif new.kind != stored.kind:
        withdraw_targets([stored], held, change, said, "Đổi giữa số lượng và tỷ lệ")


def _follow(headline: Indicator, parts: Iterable[Indicator], by: User) -> None:
    """Inside an act: the parts beside `headline` are parts, and apply below the bloc as it does."""
    for part in parts:
        new = copy(part)
        settle(new, headline)
        judge(new, [])
        if any(getattr(new, name) != getattr(part, name) for name in COLUMNS):
            store(new, by)


def _check_not_overtaken(indicator: Indicator, opened: Mapping[str, str]) -> None:
    def told(others: Iterable[str]) -> list[str]:
        return [f"{CALLED[name]} nay là {said(indicator, name)}" for name in others]

    refuse_overtaken(f"Chỉ tiêu “{indicator.name}”", opened, texts(indicator), told)


def retire_indicator(
    indicator: Indicator,
    *,
    by: User,
    on: date,
    withdraw: bool = False,
    document: Document | None = None,
    reason: str = "",
) -> int:
    """The year goes without a part. Returns how many targets were withdrawn (of a time when it was the headline).

    Its headline a group keeps, or goes with it.
    """
    detail = named(indicator.name, indicator.group.year)
    with act(FigureVerb.RETIRE_INDICATOR, by=by, on=on, document=document, reason=reason, detail=detail) as change:
        held = hold(indicator.group.bloc, indicator.group.year)
        stored = held.indicator(indicator.pk)
        if stored.headline:
            raise Refused(f"{NEEDS_ITS_HEADLINE} Nếu không cần cả nhóm, hãy thôi dùng nhóm.")
        gone = withdraw_targets([stored], held, change, withdraw)
        stored.retired = change
        store(stored, by)
        return gone


def restore_indicator(
    indicator: Indicator, *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """The year takes up again a part it went without, in its group, which must be in use."""
    detail = named(indicator.name, indicator.group.year)
    with act(FigureVerb.RESTORE_INDICATOR, by=by, on=on, document=document, reason=reason, detail=detail):
        held = hold(indicator.group.bloc, indicator.group.year)
        group = held.group(indicator.group_id)
        stored = Indicator.ever.filter(pk=indicator.pk, retired__isnull=False).first()
        if stored is None:
            raise Refused(f"Chỉ tiêu “{indicator.name}” đang dùng trong năm {group.year}. Hãy tải lại trang.")
        judge_code(stored.code, {other.code for other in held.indicators}, held.year)
        stored.group, stored.retired = group, None
        settle(stored, _headline(group))
        judge(stored, group.all_indicators)
        store(stored, by)
