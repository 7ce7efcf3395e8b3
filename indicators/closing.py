"""The verb that freezes the figures of a locked period ("chốt số liệu"), and the one that takes it back (design §5)."""

import json

from django.db.models import Q

from ledger.acts import Refused, act, void
from organizations.models import Organization, OrganizationSpell
from ratings.models import Period

from .frozen import figures_of, rows_of, seal_of, window_of
from .measures import MEASURES
from .models import Closing, TargetGroup
from .recount import apart, recount, where


def close_figures(period, *, by, on, document=None, reason=""):
    """Freezes the figures of `period`, a locked year, at every organization that stood at its cut-off. The Closing.

    Waits until nobody writes, so that it knows every act before its own and none after (shapes §8).
    """
    verb = f"Chốt số liệu {period.inline}"
    with act(verb, by=by, on=on, document=document, reason=reason, alone=True) as change:
        period = Period.objects.select_related("scheme").get(pk=period.pk)
        _may_be_closed(period)
        figures, rows = figures_of(period), rows_of(window_of(period))
        _agree(period, json.loads(figures), json.loads(rows))
        seal = seal_of(figures, rows)
        return Closing.objects.create(period=period, figures=figures, rows=rows, seal=seal, added=change)


def _may_be_closed(period):
    if period.quarter:
        raise Refused(f"{period}: chỉ chốt số liệu của cả năm.")
    if not period.locked_id:
        raise Refused(f"{period} chưa khóa kỳ xếp loại. Hãy khóa kỳ rồi chốt số liệu.")
    if not TargetGroup.objects.filter(year=period.year).exists():
        raise Refused(f"{period} chưa đặt nhóm chỉ tiêu. Hãy đặt nhóm chỉ tiêu rồi chốt số liệu.")
    if Closing.objects.filter(period=period, voided__isnull=True).exists():
        raise Refused(f"Số liệu {period.inline} đã chốt. Muốn chốt lại, hãy hủy lần chốt cũ và nêu lý do.")


def _agree(period, figures, rows):
    """Refused where a number is not that of its rows, or these are not those of a recount."""
    wrong = apart(figures, rows)
    names = dict(Organization.objects.values_list("pk", "code"))
    measures = [MEASURES[code] for code in rows]
    again = {(m, names[node]): pks for (m, node, _), pks in recount(measures, [window_of(period)]).items()}
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


def withdraw(closing, *, by, on, document=None, reason=""):
    """Takes a closing back, with its reason; it stays in the history."""
    if not reason:
        raise Refused("Hủy một lần chốt số liệu cần nêu lý do.")
    verb = f"Hủy chốt số liệu {closing.period.inline}"
    with act(verb, by=by, on=on, document=document, reason=reason, alone=True) as change:
        if not void(Closing.objects.filter(pk=closing.pk), change):
            raise Refused("Lần chốt này đã được hủy. Hãy tải lại trang.")


def closings_that_rest_on(change):
    """Guard of ledger/undo.py: a year that was closed along the tree as `change` left it forbids undoing that."""
    if not OrganizationSpell.objects.filter(Q(added=change) | Q(voided=change)).exists():
        return
    closed = Closing.objects.filter(voided__isnull=True, added__gt=change.pk, period__cutoff__gte=change.on)
    for closing in closed.select_related("period").order_by("period__cutoff"):
        yield (
            f"Số liệu {closing.period.inline} đã chốt theo cây tổ chức sau việc này. "
            "Hãy hủy lần chốt đó và nêu lý do, hoặc ghi một lần sắp xếp mới."
        )
