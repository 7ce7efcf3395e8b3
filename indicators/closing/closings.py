"""The verb that freezes the figures of a locked period ("chốt số liệu"), and the one that takes it back (design §5)."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from indicators.measures import MEASURES
from indicators.models import Closing, TargetGroup
from indicators.self_check.recount import apart, recount, where
from indicators.verbs import FigureVerb
from ledger.acts import Refused, act, void
from ledger.models import Change, Document, User
from organizations import lineage
from organizations.models import OrganizationSpell
from organizations.successions import principals
from ratings.models import Period

from .frozen import figures_of, looked_at, rows_of, seal_of, window_of

EVE = timedelta(days=1)


def close_figures(period: Period, *, by: User, on: date, document: Document | None = None, reason: str = "") -> Closing:
    """Freezes the figures of `period`, a locked year, at every organization of its bloc at its cut-off. The Closing.

    Waits until nobody writes, so that it knows every act before its own and none after (shapes §8).
    """
    what = period.inline
    with act(FigureVerb.CLOSE, by=by, on=on, document=document, reason=reason, alone=True, detail=what) as change:
        period = Period.objects.select_related("scheme").get(pk=period.pk)
        _may_be_closed(period)
        figures = figures_of(period)
        also = {
            code for places in json.loads(figures)["figures"].values() for f in places.values() for code in f["with"]
        }
        rows = rows_of(period, also=also)
        _agree(period, json.loads(figures), json.loads(rows), looked_at(period, also=also))
        seal = seal_of(figures, rows)
        return Closing.objects.create(period=period, figures=figures, rows=rows, seal=seal, added=change)


def _may_be_closed(period: Period) -> None:
    if period.quarter:
        raise Refused(f"{period}: chỉ chốt số liệu của cả năm.")
    if not period.locked_id:
        raise Refused(f"{period} chưa khóa kỳ xếp loại. Hãy khóa kỳ rồi chốt số liệu.")
    if not TargetGroup.objects.filter(bloc=period.bloc_id, year=period.year).exists():
        raise Refused(f"{period} chưa đặt nhóm chỉ tiêu. Hãy đặt nhóm chỉ tiêu rồi chốt số liệu.")
    if Closing.objects.standing().filter(period=period).exists():
        raise Refused(f"Số liệu {period.inline} đã chốt. Muốn chốt lại, hãy hủy lần chốt cũ và nêu lý do.")


def _agree(
    period: Period, figures: dict[str, Any], rows: dict[str, dict[str, list[int]]], names: Mapping[int, str]
) -> None:
    """Refused where a number is not that of its rows, or these are not those of a recount. `names`: as `looked_at`."""
    wrong = apart(figures, rows)
    measures = [MEASURES[code] for code in rows]
    again = recount(measures, [window_of(period)])
    again = {(m, names[node]): pks for (m, node, _), pks in again.items() if node in names}
    listed = {(m, code): pks for m, places in rows.items() for code, pks in places.items()}
    for key in sorted(again.keys() | listed.keys()):
        if again.get(key, []) != listed.get(key, []):
            wrong.append((*key, len(listed.get(key, ())), len(again.get(key, ()))))
    if wrong:
        measure, code, number, behind = wrong[0]
        told = where(measure, code, told=f" ghi {number}, các dòng đứng sau có {behind}")
        raise Refused(
            f"Chưa chốt được số liệu {period.inline}: {told}; con số không khớp với các dòng. "
            "Hãy mở trang Tự kiểm tra và báo quản trị trước khi chốt."
        )


def withdraw(closing: Closing, *, by: User, on: date, document: Document | None = None, reason: str = "") -> None:
    """Takes a closing back, with its reason; it stays in the history."""
    if not reason:
        raise Refused("Hủy một lần chốt số liệu cần nêu lý do.")
    what = closing.period.inline
    with act(FigureVerb.WITHDRAW, by=by, on=on, document=document, reason=reason, alone=True, detail=what) as change:
        if not void(Closing.objects.filter(pk=closing.pk), change):
            raise Refused("Lần chốt này đã được hủy. Hãy tải lại trang.")


def closings_that_rest_on(change: Change) -> Iterator[str]:
    """Guard of ledger/undo.py: a year that was closed along the tree as `change` left it forbids undoing that.

    By a bloc in which what it changed stood then or since, or by one that answers for such a bloc.
    """
    spells = OrganizationSpell.objects.filter(Q(added=change) | Q(voided=change))
    touched = set(spells.values_list("organization", flat=True))
    if not touched:
        return
    blocs = lineage.blocs_since(touched, change.on - EVE)
    closed = Closing.objects.standing().filter(added__gt=change.pk, period__cutoff__gte=change.on)
    for closing in closed.select_related("period__bloc").order_by("period__cutoff", "pk"):
        if blocs.isdisjoint(principals(closing.period.bloc_id)):
            continue
        yield (
            f"Số liệu {closing.period.of_its_bloc} đã chốt theo cây tổ chức sau việc này. "
            "Hãy hủy lần chốt đó và nêu lý do, hoặc ghi một lần sắp xếp mới."
        )
