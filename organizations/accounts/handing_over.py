"""Verbs by which an office passes from one person to the next, or is lent to a deputy, on days that may lie ahead."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ledger.acts import Refused, act, close, require_possible, wait_turn
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from organizations.appoint import NewOffice, check, give, not_for_oneself
from organizations.models import Appointment
from organizations.verbs import OfficeVerb

from .making import make, turns


@dataclass(frozen=True, kw_only=True)
class OfficeHandover:
    """The office of `appointment` is that of `to` from `starts` on. `to` may be an account not yet made (`making.unmade`)."""

    appointment: Appointment
    to: User
    starts: date


@dataclass(frozen=True, kw_only=True)
class Deputy:
    """`to` does what the holder of `appointment` may, beside him, from `starts` until the day before `ends`.

    `to` may be an account not yet made (`making.unmade`).
    """

    appointment: Appointment
    to: User
    starts: date
    ends: date


def hand_over(
    rows: Iterable[OfficeHandover], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Appointment]:
    """Ends each office on its day and gives it to the next person from then; its deputies end with it."""
    rows = list(rows)
    with act(OfficeVerb.HAND_OVER, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        new = [row.to for row in rows if row.to.pk is None]
        wait_turn(turns(new))
        held = _locked(row.appointment for row in rows)
        for row in rows:
            _may_pass(held[row.appointment.pk], row.to, row.starts, on)
        ending: dict[date, list[Appointment]] = defaultdict(list)
        for row in rows:
            ending[row.starts] += [held[row.appointment.pk], *_deputies_of(held[row.appointment.pk])]
        make(new, change)
        offices = [_office(held[row.appointment.pk], row) for row in rows]
        for day, spells in ending.items():
            close(spells, change, day)
        return _given(offices, change, by=by, on=on)


def deputize(
    rows: Iterable[Deputy], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Appointment]:
    """Gives each deputy the office for the time, while its holder keeps it."""
    rows = list(rows)
    with act(OfficeVerb.DEPUTIZE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        new = [row.to for row in rows if row.to.pk is None]
        wait_turn(turns(new))
        held = _locked(row.appointment for row in rows)
        for row in rows:
            _may_be_lent(held[row.appointment.pk], row, on)
        make(new, change)
        offices = [
            NewOffice(
                user=row.to,
                role=held[row.appointment.pk].role,
                organization=held[row.appointment.pk].organization,
                starts=row.starts,
                ends=row.ends,
                stands_in_for=held[row.appointment.pk].user,
            )
            for row in rows
        ]
        return _given(offices, change, by=by, on=on)


def _given(offices: Collection[NewOffice], change: Change, *, by: User, on: date) -> list[Appointment]:
    check(offices, on)
    not_for_oneself(offices, by=by)
    return give(offices, on, change, taken={by.pk})


def _locked(appointments: Iterable[Appointment]) -> dict[int, Appointment]:
    """{id: the Appointment as it stands}; Refused when one has changed since."""
    ids = {row.pk for row in appointments}
    rows = Appointment.objects.standing().filter(pk__in=ids).select_related("user", "organization")
    held = {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk")}
    if ids - held.keys():
        raise Refused("Vai trò này đã thay đổi từ lúc mở trang. Hãy tải lại trang.")
    return held


def _may_pass(row: Appointment, to: User, day: date, on: date) -> None:
    _possible(row, to, day, on)
    if day <= row.starts:
        raise Refused(
            f"{row.user.get_full_name()} giữ vai trò từ {day_in_words(row.starts)}; ngày bàn giao phải sau ngày ấy."
        )


def _may_be_lent(row: Appointment, deputy: Deputy, on: date) -> None:
    _possible(row, deputy.to, deputy.starts, on)
    require_possible(deputy.ends)
    if deputy.ends <= deputy.starts:
        raise Refused("Ngày thôi thay phải sau ngày bắt đầu thay.")
    if deputy.starts < row.starts or row.ends < deputy.ends:
        until = "" if row.ends == FOREVER else f" đến trước {day_in_words(row.ends)}"
        raise Refused(
            f"{row.user.get_full_name()} giữ vai trò từ {day_in_words(row.starts)}{until}. Chỉ giao người thay trong thời gian ấy."
        )


def _possible(row: Appointment, to: User, day: date, on: date) -> None:
    require_possible(day)
    if day < on:
        raise Refused(f"Ngày {day_in_words(day)} đã qua. Hãy chọn từ {day_in_words(on)} trở đi.")
    if row.stands_in_for_id:
        raise Refused(f"{row.user.get_full_name()} chỉ là người thay tạm thời. Hãy chọn người giữ vai trò.")
    if row.ends <= day:
        raise Refused(f"{row.user.get_full_name()} thôi giữ vai trò từ {day_in_words(row.ends)}. Hãy tải lại trang.")
    if to.pk == row.user_id:
        raise Refused(f"{to.get_full_name()} đang giữ chính vai trò này. Hãy chọn người khác.")
    if not to.is_active:
        raise Refused(f"Tài khoản {to.username} đã khóa. Hãy mở khóa ở trang quản trị hoặc chọn tài khoản khác.")


def _deputies_of(row: Appointment) -> list[Appointment]:
    deputies = Appointment.objects.standing().filter(
        stands_in_for=row.user_id, role=row.role, organization=row.organization_id
    )
    return list(deputies.order_by("pk"))


def _office(held: Appointment, row: OfficeHandover) -> NewOffice:
    return NewOffice(user=row.to, role=held.role, organization=held.organization, starts=row.starts, ends=held.ends)
