"""Verbs that give and take offices."""

from dataclasses import dataclass

from ledger.acts import Refused, act, close

from . import lineage
from .access import BLOC_ROLES
from .models import Appointment, Kind, Role


@dataclass(frozen=True, kw_only=True)
class Office:
    user: object
    role: str
    organization: object


def appoint(rows, *, by, on, document=None, reason=""):
    """Gives each user the role at the organization from `on`."""
    rows = list(rows)
    with act("Phân công", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        check(rows, on)
        return Appointment.objects.bulk_create(
            [
                Appointment(user=row.user, role=row.role, organization=row.organization, starts=on, added=change)
                for row in rows
            ]
        )


def check(rows, on):
    """Raises Refused unless each role fits its organization on `on` and the user holds none there yet."""
    ids = {row.organization.pk for row in rows}
    kinds = {s.organization_id: Kind(s.kind) for s in lineage.places(on).filter(organization__in=ids)}
    held = set(
        Appointment.objects.current()
        .filter(organization__in=ids, user__in={row.user.pk for row in rows}, ends__gt=on)
        .values_list("user_id", "organization_id")
    )
    for row in rows:
        _check(row, kinds.get(row.organization.pk))
        if (row.user.pk, row.organization.pk) in held:
            raise Refused(f"{row.user} đã có vai trò tại {row.organization.code}. Hãy thôi vai trò cũ trước.")


def _check(row, kind):
    if kind is None:
        raise Refused(f"Tổ chức {row.organization.code} không tồn tại vào ngày này.")
    label = Role(row.role).label
    if row.role in BLOC_ROLES and kind != Kind.KHOI:
        raise Refused(f"{label} chỉ phân công ở Đảng bộ Khối.")
    if row.role == Role.COMMITTEE and not kind.is_grassroots:
        raise Refused(f"{label} chỉ phân công ở đảng bộ cơ sở hoặc chi bộ cơ sở.")
    if row.role == Role.SECRETARY and not kind.holds_members:
        raise Refused(f"{label} chỉ phân công ở chi bộ.")


def dismiss(appointments, *, by, on, document=None, reason=""):
    """Ends appointments: access ends the same day."""
    with act("Thôi phân công", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        close(appointments, change, on)
