"""Verbs of a scheme: a new version for the periods to come, and its use in one that is still open (design §6).

What a locked period reads is never changed: its version stands as it is, and the next one is edited.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from ratings.models import Cap, Level, MemberRating, OrganizationRating, Period, Reason, Rule, Scheme
from ratings.models.schemes import HeldByLocks
from ratings.verbs import RatingVerb

Row = TypeVar("Row", bound=HeldByLocks)


def new_version(scheme: Scheme, *, by: User, on: date, document: Document | None = None, reason: str = "") -> Scheme:
    """Copies `scheme`, whole, as the next version of its code, which is then edited. Returns the copy."""
    with act(RatingVerb.NEW_VERSION, by=by, on=on, document=document, reason=reason, alone=True):
        latest = Scheme.objects.filter(code=scheme.code).latest("version")
        if not latest.is_fixed:
            raise Refused(f"“{latest}” chưa có kỳ nào khóa theo nên vẫn sửa được. Hãy sửa ngay ở bản đó.")
        (copy,) = _copied([scheme], Scheme, by, version=latest.version + 1)
        for part, model in (("levels", Level), ("caps", Cap), ("reasons", Reason)):
            _copied(getattr(scheme, part).all(), model, by, scheme=copy)
        reasons = {row.code: row for row in copy.reasons.all()}
        for rule in scheme.rules.select_related("reason"):
            _copied([rule], Rule, by, scheme=copy, reason=rule.reason and reasons[rule.reason.code])
        return copy


def _copied(rows: Iterable[Row], model: type[Row], by: User, **differences: Any) -> list[Row]:
    copies = [model(**_columns(row, model) | differences) for row in rows]
    bulk_create_with_history(copies, model, default_user=by)
    return copies


def _columns(row: HeldByLocks, model: type[HeldByLocks]) -> dict[str, Any]:
    return {f.name: getattr(row, f.name) for f in model._meta.concrete_fields if not f.primary_key}


def adopt(
    period: Period, scheme: Scheme, *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Lets `period`, still open, read `scheme`, another version of the scheme it reads.

    Levels keep their rank, reasons their code; Refused where what is typed already would lose its meaning.
    """
    what = f"{scheme.numbered} của lược đồ cho {period.inline}"
    with act(RatingVerb.ADOPT, by=by, on=on, document=document, reason=reason, alone=True, detail=what) as change:
        period = Period.objects.locked().get(pk=period.pk)
        _may_read(period, scheme)
        rows = [row for model in (MemberRating, OrganizationRating) for row in _rated(model, period)]
        _keep_their_meaning(rows, period.scheme, scheme)
        _pass_on_reasons(rows, scheme, change)
        Period.objects.filter(pk=period.pk).update(scheme=scheme)


def _may_read(period: Period, scheme: Scheme) -> None:
    if period.locked_id or period.voided_id:
        raise Refused(f"{period} đã khóa, giữ bản lược đồ của mình.")
    if scheme.code != period.scheme.code:
        raise Refused(f"“{scheme}” không phải một bản của lược đồ mà {period.inline} đang đọc.")
    if scheme.pk == period.scheme_id:
        raise Refused(f"{period} đã đọc {scheme.numbered}.")


def _rated(model: type[MemberRating] | type[OrganizationRating], period: Period) -> QuerySet[Any]:
    rows = model.objects.locked().filter(period=period, voided__isnull=True)
    return rows.select_related("reason").order_by("pk")


def _keep_their_meaning(rows: Collection[MemberRating | OrganizationRating], old: Scheme, new: Scheme) -> None:
    ranks = {level.rank for level in new.levels.all()}
    lost = {level.rank for level in old.levels.all()} - ranks
    if lost:
        raise Refused(f"Bản mới không có mức {', '.join(map(str, sorted(lost)))}. Hãy thêm mức đó vào bản mới.")
    if old.cuts != new.cuts and (n := sum(row.points is not None for row in rows)):
        raise Refused(f"Bản mới đổi mốc điểm mà kỳ này đã có {n} dòng chấm điểm. Hãy để bản mới cho kỳ sau.")
    reasons = {reason.code: reason for reason in new.reasons.all()}
    for reason in {row.reason for row in rows if row.reason}:
        there = reasons.get(reason.code)
        if there is None or (there.kind, there.of_organizations) != (reason.kind, reason.of_organizations):
            n = sum(row.reason_id == reason.pk for row in rows)
            raise Refused(
                f"Lý do “{reason.label}” đang dùng ở {n} dòng của kỳ này mà bản mới không có, hoặc xếp vào loại khác. "
                "Hãy giữ lý do đó trong bản mới, hoặc sửa các dòng ấy trước."
            )


def _pass_on_reasons(rows: Iterable[MemberRating | OrganizationRating], scheme: Scheme, change: Change) -> None:
    reasons = {reason.code: reason for reason in scheme.reasons.all()}
    for model in (MemberRating, OrganizationRating):
        moved = [row for row in rows if isinstance(row, model) and row.reason_id]
        for row in moved:
            row.reason, row.changed = reasons[row.reason.code], change
        bulk_update_with_history(moved, model, ["reason", "changed"], default_user=change.by)
