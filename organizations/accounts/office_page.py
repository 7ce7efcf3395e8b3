"""The page of the offices of one organization: handed over, lent to a deputy, given, ended, on days that may lie ahead."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import QueryDict

from ledger import clock, undo
from ledger.models import User
from ledger.numbers import day_in_words
from ledger.web.page_acts import PageAct, PageActs
from organizations import access, lineage
from organizations.appoint import NewOffice, appoint, dismiss
from organizations.models import Appointment
from organizations.verbs import OfficeVerb

from . import forms, roster
from .handing_over import Deputy, OfficeHandover, deputize, hand_over
from .making import unmade
from .naming import PREFIX
from .opening import NewAccount, latest_act, open_accounts, renew_slips
from .roster import Seat, never_used
from .slips import Slip, slips

CALLED_OFF = (OfficeVerb.HAND_OVER, OfficeVerb.DEPUTIZE)


class OfficePage:
    """`asked`: the query string; `sent`: what was sent, or carried through the sign-in page, or None. After `take`: `slips`."""

    def __init__(self, user: User, code: str, asked: Any, sent: QueryDict | None) -> None:
        access.require_administrator(user)
        self.user, self.today = user, clock.today()
        self.organization = access.get_for(user, code, self.today)
        self.seats = roster.seats(self.today, [self.organization])
        self.slips: list[Slip] = []
        self.errands = PageActs(self._offered(), sent, asked)

    def take(self) -> str:
        """Does the act that was sent; what it tells, or "" when it was refused."""
        return self.errands.take()

    def context(self) -> dict[str, Any]:
        label = lineage.labels([self.organization.pk], self.today)
        return {
            "label": label.get(self.organization.pk, self.organization.code),
            "code": self.organization.code,
            "seats": [(seat, self._rows(seat), self.errands.offered.get(_giving(seat))) for seat in self.seats],
            "errands": self.errands,
        }

    def _rows(self, seat: Seat) -> list[tuple[roster.HolderLine, list[PageAct]]]:
        offered = self.errands.offered
        return [
            (line, [act for name, act in offered.items() if name.rpartition("-")[2] == str(line.row.pk)])
            for line in seat.lines
        ]

    def _offered(self) -> Iterator[PageAct]:
        for seat in self.seats:
            if seat.is_vacant or seat.is_of_a_bloc:
                yield self._gives(seat)
            for row in seat.held:
                yield from self._about(seat, row)

    def _gives(self, seat: Seat) -> PageAct:
        return PageAct(
            name=_giving(seat),
            label=f"Giao vai trò: {seat.title}" if seat.is_vacant else "Giao thêm cho người khác",
            button="Giao vai trò",
            form=lambda data: self._form(forms.SuccessorForm, seat, data),
            do=partial(self._give, seat),
        )

    def _about(self, seat: Seat, row: Appointment) -> Iterator[PageAct]:
        who = row.user.get_full_name()
        if row.stands_in_for_id is None:
            yield PageAct(
                name=f"ban-giao-{row.pk}",
                label="Bàn giao",
                button="Ghi bàn giao",
                help=f"{who} giữ vai trò đến hết ngày trước ngày bàn giao; người nhận giữ từ ngày ấy.",
                form=lambda data: self._form(forms.SuccessorForm, seat, data),
                do=partial(self._hand_over, seat, row),
            )
            yield PageAct(
                name=f"thay-{row.pk}",
                label="Giao người thay tạm thời",
                button="Giao người thay",
                help=f"{who} vẫn giữ vai trò; người thay làm được mọi việc của vai trò này trong thời gian ghi dưới đây.",
                form=lambda data: self._form(forms.DeputyForm, seat, data),
                do=partial(self._deputize, seat, row),
            )
        if row.starts > self.today and row.added.verb in CALLED_OFF and row.added.undoable and not row.added.undone_id:
            yield PageAct(
                name=f"huy-{row.pk}",
                label="Hủy việc sắp tới này",
                button="Hủy",
                help=f"Việc “{row.added.words}” ghi ngày {day_in_words(row.added.at)} bị hủy; mọi thứ trở lại như trước đó.",
                form=forms.CallOffForm,
                do=partial(self._call_off, row),
            )
        yield PageAct(
            name=f"thoi-{row.pk}",
            label="Thôi vai trò",
            button="Ghi thôi vai trò",
            help=f"{who} không còn vào được vai trò này từ ngày ghi dưới đây.",
            form=lambda data: forms.EndForm(data, initial={"tu_ngay": self.today}),
            do=partial(self._end, row),
        )
        if never_used(row.user):
            yield PageAct(
                name=f"in-lai-{row.pk}",
                label="In lại phiếu đăng nhập",
                button="Đặt mật khẩu mới và in phiếu",
                help="Phiếu đã in trước đây không còn dùng được.",
                form=lambda data: forms.RenewForm(data, initial={"luc_mo": latest_act()}),
                do=partial(self._renew, row),
            )

    def _form(self, form: type[forms.SuccessorForm], seat: Seat, data: QueryDict | None) -> forms.SuccessorForm:
        initial = {"tu_ngay": self.today, "ten_moi": roster.next_username(seat)}
        if form is forms.SuccessorForm:
            initial["ho_ten"] = seat.known if seat.is_vacant else seat.other_secretary
        return form(data, initial=initial)

    def _give(self, seat: Seat, form: forms.SuccessorForm) -> str:
        if form.user is None:
            name = form.new
            row = NewAccount(
                username=name.username,
                display_name=name.display_name,
                role=seat.role,
                code=seat.code,
                starts=form.starts,
            )
            self.slips = open_accounts([row], **form.act(self.user))
            return f"Đã tạo tài khoản {name.username}: {seat.title}, từ {day_in_words(form.starts)}."
        office = NewOffice(user=form.user, role=seat.role, organization=self.organization, starts=form.starts)
        appoint([office], **form.act(self.user))
        return f"Đã giao cho {form.user.get_full_name()}: {seat.title}, từ {day_in_words(form.starts)}."

    def _hand_over(self, seat: Seat, row: Appointment, form: forms.SuccessorForm) -> str:
        to, password = self._receiver(form)
        (made,) = hand_over([OfficeHandover(appointment=row, to=to, starts=form.starts)], **form.act(self.user))
        self._print(made, password)
        return f"Đã ghi: {seat.title} bàn giao cho {to.get_full_name()} từ {day_in_words(form.starts)}."

    def _deputize(self, seat: Seat, row: Appointment, form: forms.DeputyForm) -> str:
        to, password = self._receiver(form)
        deputy = Deputy(appointment=row, to=to, starts=form.starts, ends=form.ends)
        (made,) = deputize([deputy], **form.act(self.user))
        self._print(made, password)
        return (
            f"Đã ghi: {to.get_full_name()} thay {row.user.get_full_name()} từ {day_in_words(form.starts)} "
            f"đến hết {day_in_words(form.cleaned_data['den_ngay'])}."
        )

    def _receiver(self, form: forms.SuccessorForm) -> tuple[User, str]:
        """(the account, its password good once): "" for one that there is already."""
        return (form.user, "") if form.user else unmade([form.new])[0]

    def _print(self, made: Appointment, password: str) -> None:
        if password:
            self.slips = slips([made], [password])

    def _end(self, row: Appointment, form: forms.EndForm) -> str:
        dismiss([row], ends=form.ends, **form.act(self.user))
        return f"Đã ghi: {row.user.get_full_name()} thôi vai trò từ {day_in_words(form.ends)}."

    def _renew(self, row: Appointment, form: forms.RenewForm) -> str:
        self.slips = renew_slips([row], by=self.user, on=self.today, since=form.cleaned_data["luc_mo"])
        return f"Đã đặt mật khẩu mới cho {row.user.username}."

    def _call_off(self, row: Appointment, form: forms.CallOffForm) -> str:
        undo.undo(row.added, by=self.user, on=self.today, reason=form.cleaned_data["ly_do"])
        return f"Đã hủy việc “{row.added.words}”."


def _giving(seat: Seat) -> str:
    """The name of the act that gives the office."""
    return f"giao-{PREFIX[seat.role]}"
