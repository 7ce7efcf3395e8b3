"""Verbs that give and take offices. Who would give one to himself waits for another (organizations/confirming.py)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ledger import clock
from ledger.acts import Refused, act, close, require_possible
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from organizations.verbs import OfficeVerb

from . import lineage
from .models import (
    CELLS,
    COMMITTEES,
    WHOLES,
    Appointment,
    AppointmentNotice,
    Kind,
    Organization,
    OrganizationSpell,
    Role,
)
from .rights import BLOC_ROLES

OWN = "Tự phân công cho mình phải được một quản trị khác xác nhận. Hãy gửi đề nghị phân công."


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    """`starts`: the day of the act unless told; it may lie ahead. `stands_in_for`: whose deputy, until `ends`."""

    user: User
    role: str
    organization: Organization
    starts: date | None = None
    ends: date = FOREVER
    stands_in_for: User | None = None


def appoint(
    rows: Iterable[NewOffice], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Appointment]:
    """Gives each user the role at the organization from its day."""
    rows = list(rows)
    with act(OfficeVerb.APPOINT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        check(rows, on)
        not_for_oneself(rows, by=by)
        return give(rows, on, change, taken={by.pk})


def give(rows: Collection[NewOffice], on: date, change: Change, *, taken: set[int]) -> list[Appointment]:
    """The Appointments that `change` gives. `taken`: ids of users who would hold what they gave themselves."""
    tell([row for row in rows if row.role in BLOC_ROLES or row.user.pk in taken], change)
    return Appointment.objects.bulk_create(
        Appointment(
            user=row.user,
            role=row.role,
            organization=row.organization,
            starts=row.starts or on,
            ends=row.ends,
            stands_in_for=row.stands_in_for,
            added=change,
        )
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


def not_for_oneself(rows: Iterable[NewOffice], *, by: User) -> None:
    """Raises Refused where `by` would give one of `rows` to himself and another is to confirm it."""
    if any(must_wait(row.user, by=by) for row in rows):
        raise Refused(OWN)


def check(rows: Collection[NewOffice], on: date) -> None:
    """Raises Refused unless each role fits its organization on its first day and the user holds none there in its time."""
    lives = lineage.lives({row.organization.pk for row in rows})
    held = Appointment.objects.standing().filter(
        organization__in=lives,
        user__in={row.user.pk for row in rows},
        ends__gt=min((_day(row, on) for row in rows), default=on),
    )
    times = defaultdict(list)
    for user, organization, starts, ends in held.values_list("user_id", "organization_id", "starts", "ends"):
        times[user, organization].append((starts, ends))
    for row in rows:
        day = _day(row, on)
        require_possible(day)
        if why := why_not_here(row.role, row.organization.code, lives[row.organization.pk], day):
            raise Refused(why)
        if any(starts < row.ends and day < ends for starts, ends in times[row.user.pk, row.organization.pk]):
            raise Refused(f"{row.user} đã có vai trò tại {row.organization.code}. Hãy thôi vai trò cũ trước.")


def _day(row: NewOffice, on: date) -> date:
    return row.starts or on


def why_not_here(role: str, code: str, life: Iterable[OrganizationSpell], day: date) -> str:
    """Why the organization `code`, whose spells are `life`, has no office `role` on `day`, as a sentence; "" when it has."""
    kind = next((Kind(spell.kind) for spell in life if spell.starts <= day < spell.ends), None)
    if kind is None:
        return f"Tổ chức {code} không tồn tại vào ngày này."
    if fits(role, kind):
        return ""
    where = next(words for roles, _, words in PLACES if role in roles)
    return f"{Role(role).label} chỉ phân công ở {where}."


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
    appointments: Iterable[Appointment],
    *,
    by: User,
    on: date,
    ends: date | None = None,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Ends appointments: access ends the same day, or on `ends`, a day ahead."""
    day = ends or on
    with act(OfficeVerb.DISMISS, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        require_possible(day)
        if day < on:
            raise Refused(f"Ngày {day_in_words(day)} đã qua. Hãy chọn từ {day_in_words(on)} trở đi.")
        close(appointments, change, day)
