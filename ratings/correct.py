"""The one act left after the lock: a correction with its old value, new value, reason and document (design §6).

The old row is voided and a new one inserted, so what was published can still be read as it stood at the lock.
"""

from dataclasses import dataclass

from simple_history.utils import bulk_create_with_history

from ledger.acts import Refused, act, void

from .models import MemberRating, OrganizationRating, Period, Reason


@dataclass(frozen=True, kw_only=True)
class Correction:
    """`row`: a standing MemberRating or OrganizationRating of a locked period. `level` (rank) or `left_out`, not both."""

    row: object
    level: int | None = None
    left_out: Reason | None = None
    exemplary: bool = False


def correct(rows, *, by, on, document, reason):
    """Replaces locked ratings. `rows`: [Correction]. Returns the new rows."""
    rows = list(rows)
    if document is None:
        raise Refused("Điều chỉnh sau khi khóa kỳ cần số, ngày và cơ quan ban hành của văn bản.")
    if not reason:
        raise Refused("Điều chỉnh sau khi khóa kỳ cần nêu lý do.")
    with act("Điều chỉnh bổ sung xếp loại", by=by, on=on, document=document, reason=reason) as change:
        made = []
        for model in (MemberRating, OrganizationRating):
            mine = [row for row in rows if isinstance(row.row, model)]
            made += _replace(model, mine, change)
        return made


def _replace(model, rows, change):
    if not rows:
        return []
    ids = [row.row.pk for row in rows]
    standing = model.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids, voided__isnull=True)
    standing = {row.pk: row for row in standing.select_related("organization", "period").order_by("pk")}
    made = [_corrected(row, standing.get(row.row.pk), change) for row in rows]
    void(model.objects.filter(pk__in=ids), change)
    bulk_create_with_history(made, model, default_user=change.by)
    return made


def _corrected(row, old, change):
    if old is None:
        raise Refused("Dòng này vừa được điều chỉnh bởi người khác. Hãy mở lại trang.")
    period = Period.objects.select_related("scheme").get(pk=old.period_id)
    if not period.locked_id:
        raise Refused(f"{period} chưa khóa; hãy sửa trên phiếu.")
    if (row.level is None) == (row.left_out is None) or row.level not in (None, 1, 2, 3, 4):
        raise Refused("Chọn một mức xếp loại hoặc một lý do không xếp loại.")
    of_organizations = isinstance(old, OrganizationRating)
    if row.left_out and (
        row.left_out.scheme_id != period.scheme_id
        or row.left_out.kind == Reason.Kind.CEILING
        or row.left_out.of_organizations != of_organizations
    ):
        raise Refused(f"Lý do “{row.left_out}” không dùng được ở đây.")
    new = {"reason": row.left_out, "version": old.version + 1, "added": change, "voided": None, "changed": change}
    if of_organizations:
        if row.exemplary and row.level != 1:
            raise Refused(f"{old.organization.code}: tiêu biểu chỉ chọn trong số đạt mức cao nhất.")
        new |= {"level": row.level, "exemplary": row.exemplary, "decision": change.document, "difference": ""}
        same = (old.level, old.reason_id, old.exemplary) == (row.level, row.left_out and row.left_out.pk, row.exemplary)
    else:
        new |= {"decided": row.level, "difference": ""}
        new["proposed"] = None if row.left_out else old.proposed or row.level
        same = (old.decided, old.reason_id) == (row.level, row.left_out and row.left_out.pk)
    if same:
        raise Refused("Mức mới trùng với mức đang ghi, không có gì để điều chỉnh.")
    kept = {
        f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.name != "id" and f.name not in new
    }
    return type(old)(**kept, **new)


def corrections(period):
    """[(old row, new row)] of all that was corrected since the lock of `period`, latest first. Two queries."""
    found = []
    for model in (MemberRating, OrganizationRating):
        new = model.objects.filter(period=period, added__gt=period.locked_id or 0, added__verb__startswith="Điều chỉnh")
        key = "member_id" if model is MemberRating else "organization_id"
        old = {
            (row.voided_id, getattr(row, key)): row
            for row in model.objects.filter(period=period, voided__in=new.values("added")).select_related("reason")
        }
        related = ["organization", "reason", "added__document", "added__by"]
        related += ["member"] if model is MemberRating else []
        for row in new.select_related(*related):
            found.append((old.get((row.added_id, getattr(row, key))), row))
    return sorted(found, key=lambda pair: -pair[1].added_id)
