"""Verbs that rate organizations and record their yearly political task."""

from dataclasses import dataclass

from simple_history.utils import bulk_update_with_history

from ledger.acts import Refused, act

from .models import OrganizationRating, Period, Reason


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Level (rank 1–4) of an organization, or the reason why it is not rated."""

    organization: object
    level: int | None = None
    exemplary: bool = False
    reason: Reason | None = None


def rate_organizations(period, rows, *, by, on, document, reason=""):
    """Records the decided ratings of organizations. Refused for one without a row in the period."""
    if document is None:
        raise Refused("Quyết định xếp loại tổ chức cần số, ngày và cơ quan ban hành.")
    rows = list(rows)
    with act("Xếp loại tổ chức đảng", by=by, on=on, document=document, reason=reason):
        stored = _open_rows(period, [row.organization for row in rows])
        for row in rows:
            if (row.level is None) == (row.reason is None):
                raise Refused(f"{row.organization.code}: cần mức xếp loại hoặc lý do không xếp loại, không cả hai.")
            if row.level not in (None, 1, 2, 3, 4):
                raise Refused(f"{row.organization.code}: mức xếp loại phải là một trong bốn mức của lược đồ.")
            if row.reason and not (row.reason.of_organizations and row.reason.scheme_id == period.scheme_id):
                raise Refused(f"{row.organization.code}: lý do “{row.reason}” không dùng cho tổ chức trong kỳ này.")
            if row.exemplary and row.level != 1:
                raise Refused(f"{row.organization.code}: tiêu biểu chỉ chọn trong số đạt mức cao nhất.")
            line = stored[row.organization.pk]
            line.level, line.exemplary, line.reason = row.level, row.exemplary, row.reason
            line.decision, line.version = document, line.version + 1
        fields = ["level", "exemplary", "reason", "decision", "version"]
        bulk_update_with_history(list(stored.values()), OrganizationRating, fields, default_user=by)


def record_tasks(period, results, *, by, on, document=None, reason=""):
    """`results`: {Organization: OrganizationRating.Task}, for grassroots organizations."""
    with act("Ghi kết quả nhiệm vụ chính trị", by=by, on=on, document=document, reason=reason):
        stored = _open_rows(period, list(results))
        for organization, task in results.items():
            line = stored[organization.pk]
            if line.tier != OrganizationRating.Tier.GRASSROOTS:
                raise Refused(f"{organization.code}: kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng.")
            if task not in OrganizationRating.Task.values:
                raise Refused(f"{organization.code}: kết quả nhiệm vụ chính trị không hợp lệ.")
            line.task, line.version = task, line.version + 1
        bulk_update_with_history(list(stored.values()), OrganizationRating, ["task", "version"], default_user=by)


def _open_rows(period, organizations):
    if Period.objects.filter(pk=period.pk, locked__isnull=False).exists():
        raise Refused(f"{period} đã khóa; chỉ còn ghi điều chỉnh bổ sung.")
    rows = OrganizationRating.objects.select_for_update(no_key=True, of=("self",)).filter(
        period=period, voided__isnull=True, organization__in=organizations
    )
    found = {row.organization_id: row for row in rows.order_by("pk")}
    for organization in organizations:
        if organization.pk not in found:
            raise Refused(f"{organization.code} không thuộc diện xếp loại trong {str(period).lower()}.")
    return found
