"""Who looks at offices that an administrator gives: another administrator before he holds one himself, and the leader
of the bloc after each office that reaches it, whoever it was given to.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from ledger import clock
from ledger.acts import Refused, act, void
from ledger.models import Change, User
from organizations.verbs import OfficeVerb

from . import access
from .appoint import NewOffice, check, give, tell
from .models import Appointment, AppointmentNotice, Organization, PendingAppointment, Role
from .rights import BLOC_CAPACITIES, Capacity

TOLD = (Role.LEADER, Role.INSPECTION)


def propose(row: NewOffice, *, by: User, on: date, reason: str = "") -> PendingAppointment:
    """`row` (an Office) waits until another administrator confirms it. Returns the PendingAppointment."""
    with act(OfficeVerb.PROPOSE, by=by, on=on, reason=reason) as change:
        check([row], on)
        not_asked_for(row.user, row.organization)
        return PendingAppointment.objects.create(
            user=row.user, role=row.role, organization=row.organization, added=change
        )


def not_asked_for(user: User, organization: Organization) -> None:
    """Raises Refused when an office of `user` at `organization` already waits."""
    if PendingAppointment.objects.standing().filter(user=user, organization=organization).exists():
        raise Refused(f"Đề nghị phân công cho {user} tại {organization.code} đã có và đang chờ xác nhận.")


def confirm(pending: PendingAppointment, *, by: User, on: date, reason: str = "") -> Appointment:
    """Gives, from `on`, the office that was asked for."""
    with act(OfficeVerb.CONFIRM, by=by, on=on, reason=reason) as change:
        pending = _settle(pending, change)
        if why := why_not(pending, by):
            raise Refused(why)
        row = NewOffice(user=pending.user, role=pending.role, organization=pending.organization)
        check([row], on)
        return give([row], on, change, taken={pending.user_id})[0]


def decline(pending: PendingAppointment, *, by: User, on: date, reason: str = "") -> None:
    """By any administrator, who asked for it included."""
    with act(OfficeVerb.DECLINE, by=by, on=on, reason=reason) as change:
        _settle(pending, change)


def acknowledge(notices: Collection[AppointmentNotice], *, by: User, on: date) -> int:
    """The leader takes note of what `notices` tell. Returns how many were new."""
    with act(OfficeVerb.ACKNOWLEDGE, by=by, on=on) as change:
        mine = {notice.pk for notice in notices_for(by)}
        if any(notice.pk not in mine for notice in notices):
            raise Refused("Phân công này đã được ghi nhận, hoặc không phải để đồng chí ghi nhận.")
        return void(AppointmentNotice.objects.filter(pk__in=[notice.pk for notice in notices]), change)


def tell_of_password(sender: type[User], *, user: User, by: User, **kwargs: Any) -> None:
    """Who sets the password of an account can use its offices until its holder notices: the leader is told of it."""
    offices = access.bloc_offices_of(user)
    if not offices or not user.has_usable_password():
        return
    with act(OfficeVerb.SET_PASSWORD, by=by, on=clock.today()) as change:
        tell(offices, change)


def _settle(pending: PendingAppointment, change: Change) -> PendingAppointment:
    rows = PendingAppointment.objects.select_related("user", "organization", "added__by")
    locked = rows.select_for_update(of=("self",), no_key=True).get(pk=pending.pk)
    if not void(PendingAppointment.objects.filter(pk=locked.pk), change):
        raise Refused("Đề nghị này đã được giải quyết. Hãy tải lại trang.")
    return locked


def why_not(pending: PendingAppointment, user: User) -> str:
    """Why `user` may not confirm `pending`, as a sentence; "" when he may."""
    if user.pk in (pending.user_id, pending.added.by_id):
        return (
            "Việc phân công này phải do một quản trị khác xác nhận, không phải người đề nghị hay người được phân công."
        )
    if not _administers_since_before(user, pending.added.at):
        return (
            "Chỉ ai đã là quản trị, với mật khẩu của riêng mình, từ trước khi có đề nghị mới được xác nhận. "
            "Hãy nhờ quản trị khác, hoặc gửi lại đề nghị."
        )
    return ""


def _administers_since_before(user: User, moment: datetime) -> bool:
    """An account made, or given a new password, only to confirm what was asked before does not count."""
    if not user.is_superuser or not user.is_active or user.must_change_password:
        return False
    since = user.date_joined
    for line in user.history.order_by("-history_date", "-history_id"):
        if not line.is_superuser or not line.is_active or line.must_change_password:
            break
        since = line.history_date
    return since < moment


def pending_for(user: User) -> list[PendingAppointment]:
    """[PendingAppointment] that wait, for an administrator; [] for others."""
    if not user.is_superuser:
        return []
    rows = PendingAppointment.objects.standing()
    return list(rows.select_related("user", "organization", "added__by").order_by("pk"))


def notices_for(user: User) -> list[AppointmentNotice]:
    """[AppointmentNotice] that `user` is to take note of; [] for who is to take note of none, or is not yet known himself.

    A leader: of all but his own; of offices above his bloc those told to it, that no leader takes note of for another bloc.
    Who holds office in the inspection department: of a leader's account whose password was
    set since, for that of the only leader is told to nobody else.
    """
    open_ones = AppointmentNotice.objects.standing()
    known = [a for a in access.office_of(user).appointments if a.role in TOLD and _is_known(a, open_ones)]
    if not known:
        return []
    rows = open_ones.exclude(user=user).select_related("user", "organization", "added__by").order_by("pk")
    capacities = access.capacities_of(user, {row.organization for row in rows if row.bloc_id is None}, clock.today())
    mine, since = {BLOC_CAPACITIES[a.role] for a in known}, min(given_by(a) for a in known) if rows else 0
    led = set().union(*(access.office_of(user).answers_for[a.organization_id] for a in known if a.role == Role.LEADER))
    return [
        row
        for row in rows
        if (row.bloc_id in led if row.bloc_id else _is_for(capacities[row.organization_id] & mine, row, since))
    ]


def _is_for(capacities: set[Capacity], notice: AppointmentNotice, since: int) -> bool:
    of_a_leader = (
        notice.role == Role.LEADER and notice.added.verb == OfficeVerb.SET_PASSWORD and notice.added_id > since
    )
    return access.Capacity.LEADER in capacities or (of_a_leader and access.Capacity.INSPECTION in capacities)


def _is_known(appointment: Appointment, notices: QuerySet[AppointmentNotice]) -> bool:
    """The first leader is known to all; who came later is, once the notice of his own office was taken note of."""
    return _is_first(appointment) or not _told_of(appointment, notices).exists()


def _told_of(appointment: Appointment, notices: QuerySet[AppointmentNotice]) -> QuerySet[AppointmentNotice]:
    own = notices.filter(bloc=None)
    return own.filter(user=appointment.user_id, role=appointment.role, organization=appointment.organization_id)


def _is_first(appointment: Appointment) -> bool:
    """Whether it is a leader's, and no other leader of its organization who holds office today came before."""
    if appointment.role != Role.LEADER:
        return False
    leaders = Appointment.objects.on(clock.today()).filter(role=Role.LEADER, organization=appointment.organization_id)
    others = list(leaders.exclude(pk=appointment.pk))
    return not others or given_by(appointment) < min(map(given_by, others))


def given_by(appointment: Appointment) -> int:
    """Id of the act that gave the office; one that only set its end, or took that back, wrote its row anew."""
    same = {name: getattr(appointment, name) for name in ("user_id", "role", "organization_id", "starts")}
    before = Appointment.objects.filter(**same, voided=appointment.added_id).first()
    return given_by(before) if before else appointment.added_id


def waits_for(user: User) -> bool:
    """Whether something waits for `user` to look at: what a first page leads to before anything else."""
    return bool(notices_for(user)) or any(not why_not(row, user) for row in pending_for(user))
