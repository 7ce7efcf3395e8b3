"""Verbs that rate organizations: propose, decide, record the yearly political task (design §6, domain §2.5)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import prefetch_related_objects
from simple_history.utils import bulk_update_with_history

from ledger.acts import Refused, act
from organizations import lineage

from .caps import places_of_organizations
from .guard import CLOSED, CapFull, Stale, check_level
from .models import OrganizationRating, Period, Reason

Tier = OrganizationRating.Tier


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an organization proposes for itself: a level (rank) or points. `version`: that of the row the writer saw."""

    organization: object
    level: int | None = None
    points: Decimal | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Level (rank 1–4) of an organization, or the reason why it is not rated.

    `difference`: why the level is not the one proposed. `version`: that of the row the writer saw.
    """

    organization: object
    level: int | None = None
    exemplary: bool = False
    reason: Reason | None = None
    difference: str = ""
    version: int | None = None


def propose(period, rows, *, by, on, document=None, reason=""):
    """Records what organizations propose for themselves, until they are decided. `rows`: [Proposal]."""
    rows = list(rows)
    with act("Tự đề nghị mức xếp loại", by=by, on=on, document=document, reason=reason) as change:
        stored = _open_rows(period, rows)
        prefetch_related_objects([period.scheme], "levels")
        for row in rows:
            line = stored[row.organization.pk]
            if line.decision_id:
                raise Refused(f"{row.organization.code} đã có quyết định xếp loại, không đổi đề nghị được nữa.")
            check_level(row.level, row.points, period.scheme)
            line.proposed = row.level if row.points is None else period.scheme.rank_of(row.points)
            line.points = row.points
        _write(stored, ["proposed", "points"], change)


def rate_organizations(period, rows, *, by, on, document, reason=""):
    """Records the decided ratings of organizations. Refused for one without a row in the period.

    A level that is not the one proposed needs its `difference`; beyond the scheme's cap on organizations, `reason`.
    """
    if document is None:
        raise Refused("Quyết định xếp loại tổ chức cần số, ngày và cơ quan ban hành.")
    rows = list(rows)
    with act("Xếp loại tổ chức đảng", by=by, on=on, document=document, reason=reason) as change:
        stored = _open_rows(period, rows)
        for row in rows:
            _check_verdict(row, stored[row.organization.pk], period)
            line = stored[row.organization.pk]
            line.level, line.exemplary, line.reason = row.level, row.exemplary, row.reason
            line.difference, line.decision = row.difference, document
        _write(stored, ["level", "exemplary", "reason", "difference", "decision"], change)
        if not reason:
            _hold_cap(period, stored.values(), min(on, period.cutoff))


def _check_verdict(row, line, period):
    code = row.organization.code
    if (row.level is None) == (row.reason is None):
        raise Refused(f"{code}: cần mức xếp loại hoặc lý do không xếp loại, không cả hai.")
    if row.level not in (None, 1, 2, 3, 4):
        raise Refused(f"{code}: mức xếp loại phải là một trong bốn mức của lược đồ.")
    if row.reason and not (row.reason.of_organizations and row.reason.scheme_id == period.scheme_id):
        raise Refused(f"{code}: lý do “{row.reason}” không dùng cho tổ chức trong kỳ này.")
    if row.exemplary and row.level != 1:
        raise Refused(f"{code}: tiêu biểu chỉ chọn trong số đạt mức cao nhất.")
    if row.level and line.proposed and row.level != line.proposed and not row.difference:
        raise Refused(f"{code}: mức quyết định khác mức tổ chức tự đề nghị cần ghi lý do.")


def _hold_cap(period, lines, day):
    # Who decides other organizations below the same parent waits here, and then counts ours too.
    Period.objects.select_for_update(no_key=True, of=("self",)).get(pk=period.pk)
    for tier in Tier:
        ids = [line.organization_id for line in lines if line.tier == tier]
        parents = set(lineage.places(day).filter(organization__in=ids).values_list("parent", flat=True)) - {None}
        for places in places_of_organizations(period, parents, day, tier).values():
            if places.left < 0:
                raise CapFull(places)


def record_tasks(period, results, *, by, on, document=None, reason="", versions=None):
    """`results`: {Organization: OrganizationRating.Task, or "" for none yet}, for grassroots organizations.

    `versions`: {organization id: version of the row the writer saw}.
    """
    with act("Ghi kết quả nhiệm vụ chính trị", by=by, on=on, document=document, reason=reason) as change:
        stored = _open_rows(period, [Proposal(organization=o, version=(versions or {}).get(o.pk)) for o in results])
        for organization, task in results.items():
            line = stored[organization.pk]
            if line.tier != Tier.GRASSROOTS:
                raise Refused(f"{organization.code}: kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng.")
            if task not in ("", *OrganizationRating.Task.values):
                raise Refused(f"{organization.code}: kết quả nhiệm vụ chính trị không hợp lệ.")
            line.task = task
        _write(stored, ["task"], change)


def _write(stored, columns, change):
    lines = list(stored.values())
    for line in lines:
        line.version, line.changed = line.version + 1, change
    bulk_update_with_history(lines, OrganizationRating, [*columns, "version", "changed"], default_user=change.by)


def _open_rows(period, rows):
    """{organization id: its row, locked}; Stale for those another wrote since the version given."""
    organizations = [row.organization for row in rows]
    found = OrganizationRating.objects.select_for_update(no_key=True, of=("self",)).filter(
        period=period, voided__isnull=True, organization__in=organizations
    )
    found = {row.organization_id: row for row in found.order_by("pk")}
    if Period.objects.filter(pk=period.pk, locked__isnull=False).exists():
        raise Refused(CLOSED)
    for organization in organizations:
        if organization.pk not in found:
            raise Refused(f"{organization.code} không thuộc diện xếp loại trong {period.inline}.")
    versions = {row.organization.pk: row.version for row in rows if row.version is not None}
    stale = {pk: found[pk] for pk, version in versions.items() if found[pk].version != version}
    if stale:
        raise Stale("Có tổ chức vừa được người khác ghi xếp loại. Hãy xem lại rồi ghi.", stale)
    return found
