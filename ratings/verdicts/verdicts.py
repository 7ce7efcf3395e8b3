"""Verbs that rate organizations: propose, decide, record the yearly political task (design §6, domain §2.5)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import prefetch_related_objects
from simple_history.utils import bulk_update_with_history

from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from organizations.models import Organization
from ratings.judging.caps import Places, places_of_organizations, strength_of_cap
from ratings.judging.locking import CLOSED, CapFull, Stale, check_level, text
from ratings.models import OrganizationRating, Period, Reason, Strength
from ratings.verbs import RatingVerb

Tier = OrganizationRating.Tier


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an organization proposes for itself: a level (rank) or points. `version`: that of the row the writer saw."""

    organization: Organization
    level: int | None = None
    points: Decimal | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class OrganizationVerdict:
    """Level (rank 1–4) of an organization, or the reason why it is not rated.

    `difference`: why the level is not the one proposed. `version`: that of the row the writer saw. `decision`: its paper,
    where another than that of the act.
    """

    organization: Organization
    level: int | None = None
    exemplary: bool = False
    reason: Reason | None = None
    difference: str = ""
    version: int | None = None
    decision: Document | None = None


def propose(
    period: Period, rows: Iterable[Proposal], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Records what organizations propose for themselves, until they are decided. `rows`: [Proposal]."""
    rows, reason = list(rows), text(Change, "reason", reason)
    with act(RatingVerb.PROPOSE, by=by, on=on, document=document, reason=reason) as change:
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


def rate_organizations(
    period: Period,
    rows: Iterable[OrganizationVerdict],
    *,
    by: User,
    on: date,
    document: Document | None,
    reason: str = "",
) -> None:
    """Records the decided ratings of organizations. Refused for one without a row in the period.

    A level that is not the one proposed needs its `difference`; more than before beyond the scheme's cap on
    organizations, `reason`.
    """
    rows, reason = list(rows), text(Change, "reason", reason)
    with act(RatingVerb.RATE_ORGANIZATIONS, by=by, on=on, document=document, reason=reason) as change:
        rate_within(period, rows, change, answered=bool(reason))


def rate_within(
    period: Period, rows: Collection[OrganizationVerdict], change: Change, *, answered: bool = False
) -> None:
    """What `rate_organizations` does, inside another verb's act. `answered`: somebody wrote why a cap is exceeded."""
    if any((row.decision or change.document) is None for row in rows):
        raise Refused("Quyết định xếp loại tổ chức cần số, ngày và cơ quan ban hành.")
    stored = _open_rows(period, rows)
    cap = _OrganizationCap(period, stored.values(), min(change.on, period.cutoff))
    for row in rows:
        line = stored[row.organization.pk]
        difference = text(OrganizationRating, "difference", row.difference)
        check_verdict(row, line, difference, period)
        line.level, line.exemplary, line.reason = row.level, row.exemplary, row.reason
        line.difference, line.decision = difference, row.decision or change.document
    _write(stored, ["level", "exemplary", "reason", "difference", "decision"], change)
    cap.hold(answered=answered)


def check_verdict(row: OrganizationVerdict, line: OrganizationRating, difference: str, period: Period) -> None:
    """Refused for a verdict that cannot be given to `line`, whatever the others are."""
    code = row.organization.code
    if (row.level is None) == (row.reason is None):
        raise Refused(f"{code}: cần mức xếp loại hoặc lý do không xếp loại, không cả hai.")
    if row.level not in (None, 1, 2, 3, 4):
        raise Refused(f"{code}: mức xếp loại phải là một trong bốn mức của lược đồ.")
    if row.reason and not (row.reason.of_organizations and row.reason.scheme_id == period.scheme_id):
        raise Refused(f"{code}: lý do “{row.reason}” không dùng cho tổ chức trong kỳ này.")
    if row.reason and row.reason.kind == Reason.Kind.CEILING:
        raise Refused(f"{code}: lý do “{row.reason}” chỉ giới hạn mức, không thay cho mức xếp loại.")
    if row.exemplary and row.level != 1:
        raise Refused(f"{code}: tiêu biểu chỉ chọn trong số đạt mức cao nhất.")
    if row.level and line.proposed and row.level != line.proposed and not difference:
        raise Refused(f"{code}: mức quyết định khác mức tổ chức tự đề nghị cần ghi lý do.")


class _OrganizationCap:
    """The cap on organizations above `lines`, read before they are written and held afterwards."""

    def __init__(self, period: Period, lines: Collection[OrganizationRating], day: date) -> None:
        self.period, self.day = period, day
        self.ids = {tier: [x.organization_id for x in lines if x.tier == tier] for tier in Tier}
        self.strength = strength_of_cap(period)
        if self.strength != Strength.NOTE:
            _await_others(period)
            self.before = {roof: places.left for roof, places in self._places()}

    def _places(self) -> list[tuple[tuple[Tier, int], Places]]:
        return [
            ((tier, roof), places)
            for tier, ids in self.ids.items()
            for roof, places in places_of_organizations(self.period, tier, ids, self.day).items()
        ]

    def hold(self, *, answered: bool) -> None:
        """Refused where a roof is over its cap, and more so than before, unless that is `answered`."""
        if self.strength == Strength.NOTE or answered and self.strength == Strength.ASK:
            return
        for roof, places in self._places():
            if places.left >= min(0, self.before[roof]):
                continue
            if self.strength == Strength.BLOCK:
                raise Refused(places.forbidden)
            raise CapFull(places)


def _await_others(period: Period) -> None:
    """Who decides other organizations below the same roof waits here, and then counts ours too."""
    Period.objects.locked().get(pk=period.pk)


def record_tasks(
    period: Period,
    results: Mapping[Organization, str],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    versions: Mapping[int, int | None] | None = None,
) -> None:
    """`results`: {Organization: OrganizationRating.Task, or "" for none yet}, for grassroots organizations.

    `versions`: {organization id: version of the row the writer saw}.
    """
    reason = text(Change, "reason", reason)
    with act(RatingVerb.RECORD_TASKS, by=by, on=on, document=document, reason=reason) as change:
        record_within(period, results, change, versions=versions)


def record_within(
    period: Period,
    results: Mapping[Organization, str],
    change: Change,
    *,
    versions: Mapping[int, int | None] | None = None,
) -> None:
    """What `record_tasks` does, inside another verb's act."""
    stored = _open_rows(period, [Proposal(organization=o, version=(versions or {}).get(o.pk)) for o in results])
    for organization, task in results.items():
        line = stored[organization.pk]
        if line.tier != Tier.GRASSROOTS:
            raise Refused(f"{organization.code}: kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng.")
        if task not in ("", *OrganizationRating.Task.values):
            raise Refused(f"{organization.code}: kết quả nhiệm vụ chính trị không hợp lệ.")
        line.task = task
    _write(stored, ["task"], change)


def _write(stored: Mapping[int, OrganizationRating], columns: Iterable[str], change: Change) -> None:
    lines = list(stored.values())
    for line in lines:
        line.version, line.changed = line.version + 1, change
    bulk_update_with_history(lines, OrganizationRating, [*columns, "version", "changed"], default_user=change.by)


def _open_rows(period: Period, rows: Collection[Proposal | OrganizationVerdict]) -> dict[int, OrganizationRating]:
    """{organization id: its row, locked}; Stale for those another wrote since the version given."""
    organizations = [row.organization for row in rows]
    ratings = OrganizationRating.objects.locked().standing().filter(period=period, organization__in=organizations)
    ratings = {row.organization_id: row for row in ratings.order_by("pk")}
    if Period.objects.filter(pk=period.pk, locked__isnull=False).exists():
        raise Refused(CLOSED)
    for organization in organizations:
        if organization.pk not in ratings:
            raise Refused(f"{organization.code} không thuộc diện xếp loại trong {period.inline}.")
    versions = {row.organization.pk: row.version for row in rows if row.version is not None}
    stale = {pk: ratings[pk] for pk, version in versions.items() if ratings[pk].version != version}
    if stale:
        raise Stale("Có tổ chức vừa được người khác ghi xếp loại. Hãy xem lại rồi ghi.", stale)
    return ratings
