"""Verbs that give and take offices. Who would give one to himself waits for another (organizations/confirming.py)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ledger import clock
from ledger.acts import Refused, act, close
from ledger.models import Change, Document, User
from organizations.verbs import OfficeVerb

from . import lineage
from .models import CELLS, COMMITTEES, WHOLES, Appointment, AppointmentNotice, Kind, Organization, Role
from .rights import BLOC_ROLES


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    user: User
    role: str
    organization: Organization


def appoint(
    rows: Iterable[NewOffice], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Appointment]:
    """Gives each user the role at the organization from `on`."""
    rows = list(rows)
    with act(OfficeVerb.APPOINT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        check(rows, on)
        if any(must_wait(row.user, by=by) for row in rows):
            raise Refused("Tự phân công cho mình phải được một quản trị khác xác nhận. Hãy gửi đề nghị phân công.")
        return give(rows, on, change, taken={by.pk})


def give(rows: Collection[NewOffice], on: date, change: Change, *, taken: set[int]) -> list[Appointment]:
    """The Appointments that `change` gives. `taken`: ids of users who would hold what they gave themselves."""
    tell([row for row in rows if row.role in BLOC_ROLES or row.user.pk in taken], change)
    return Appointment.objects.bulk_create(
        Appointment(user=row.user, role=row.role, organization=row.organization, starts=on, added=change)
        for row in rows
    )


def tell(offices: Collection[NewOffice | Appointment], change: Change) -> None:
    """The leader of each of `offices` (Office or Appointment) is to take note of it; so is, for itself, the leader of each
    bloc that it reaches from above.
    """
    above = {row.organization.pk for row in offices if row.role in BLOC_ROLES}
    below = lineage.blocs_below(above, clock.today())
    AppointmentNotice.objects.bulk_create(
        AppointmentNotice(user=row.user, role=row.role, organization=row.organization, bloc_id=bloc, added=change)
        for row in offices
        for bloc in (None, *below.get(row.organization.pk, ()))
    )


def must_wait(user: User, *, by: User) -> bool:
    """Whether `by` would give `user` a right that is his own, while another administrator could look at it."""
    return user.pk == by.pk and User.objects.filter(is_superuser=True, is_active=True).exclude(pk=by.pk).exists()


def check(rows: Collection[NewOffice], on: date) -> None:
    """Raises Refused unless each role fits its organization on `on` and the user holds none there yet."""
    ids = {row.organization.pk for row in rows}
    kinds = {s.organization_id: Kind(s.kind) for s in lineage.places(on).filter(organization__in=ids)}
    appointed = set(
        Appointment.objects.standing()
        .filter(organization__in=ids, user__in={row.user.pk for row in rows}, ends__gt=on)
        .values_list("user_id", "organization_id")
    )
    for row in rows:
        _check(row, kinds.get(row.organization.pk))
        if (row.user.pk, row.organization.pk) in appointed:
            raise Refused(f"{row.user} đã có vai trò tại {row.organization.code}. Hãy thôi vai trò cũ trước.")


def _check(row: NewOffice, kind: Kind | None) -> None:
    if kind is None:
        raise Refused(f"Tổ chức {row.organization.code} không tồn tại vào ngày này.")
    if not fits(row.role, kind):
        where = next(words for roles, _, words in PLACES if row.role in roles)
        raise Refused(f"{Role(row.role).label} chỉ phân công ở {where}.")


PLACES = (  # roles, the kinds of organization they are held at, how these are told
    (BLOC_ROLES, WHOLES, "Đảng bộ Khối, hoặc Đảng bộ tỉnh cho mọi đảng bộ trực thuộc"),
    ({Role.COMMITTEE}, COMMITTEES, "đảng bộ cơ sở, chi bộ cơ sở hoặc đảng bộ bộ phận"),
    ({Role.SECRETARY}, CELLS, "chi bộ"),
)


def fits(role: str, kind: Kind) -> bool:
    """Whether an organization of `kind` has the office `role`."""
    return any(role in roles and kind in kinds for roles, kinds, _ in PLACES)


def end_with(organizations: Iterable[Organization], change: Change, on: date) -> None:
    """Inside the act of another verb: the offices at `organizations`, which end on `on`, end with them."""
    close(list(Appointment.objects.standing().filter(organization__in=organizations, ends__gt=on)), change, on)


def dismiss(
    appointments: Iterable[Appointment], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Ends appointments: access ends the same day."""
    with act(OfficeVerb.DISMISS, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        close(appointments, change, on)
