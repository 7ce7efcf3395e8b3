"""The page of offices that were given: the leader takes note, an administrator confirms what another asked for himself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from ledger import clock
from ledger.acts import Refused
from ledger.models import User
from ledger.text import as_id
from organizations.verbs import OfficeVerb

from . import access, confirming, lineage
from .models import Appointment, AppointmentNotice, OfficeInQuestion, PendingAppointment


@dataclass(frozen=True)
class AppointmentLine:
    """An office in question with its words. `since`: its first day. `until`: the day before which it ends, None for none.
    `why_not`: why the reader may not confirm it, "" when he may.
    """

    row: OfficeInQuestion
    place: str
    how: str
    since: date
    until: date | None
    why_not: str = ""


class AppointmentsPage:
    def __init__(self, user: User) -> None:
        access.require_told_of_offices(user)
        self.user, self.error = user, ""
        self.notices, self.pending = confirming.notices_for(user), confirming.pending_for(user)

    def context(self) -> dict[str, Any]:
        rows = [*self.notices, *self.pending]
        self.names = lineage.labels({row.organization_id for row in rows}, clock.today())
        asked = PendingAppointment.objects.filter(voided__in=[row.added_id for row in self.notices])
        asked = {(row.voided_id, row.user_id) for row in asked}
        given = Appointment.objects.filter(added__in=[row.added_id for row in self.notices])
        self.given = {(row.added_id, row.user_id, row.organization_id): row for row in given}
        return {
            "notices": [self._line(row, _how(row, (row.added_id, row.user_id) in asked)) for row in self.notices],
            "pending": [self._line(row, "", confirming.why_not(row, self.user)) for row in self.pending],
            "leads": bool(self.notices) or not self.user.is_superuser,
            "error": self.error,
        }

    def _line(self, row: OfficeInQuestion, how: str, why_not: str = "") -> AppointmentLine:
        place = self.names.get(row.organization_id, row.organization.code)
        given = self.given.get((row.added_id, row.user_id, row.organization_id))
        since = given.starts if given else row.added.on
        until = given.ends if given and not given.is_open else None
        return AppointmentLine(row, place, how, since, until, why_not)

    def take(self, data: QueryDict) -> str:
        """Does what was sent; the sentence that says it is done, "" with `error` when it is refused."""
        try:
            return self._do(data.get("viec", ""), as_id(data.get("so", "")))
        except Refused as refused:
            self.error = " ".join(refused.messages)
            return ""

    def _do(self, what: str, pk: int | None) -> str:
        act: dict[str, Any] = {"by": self.user, "on": clock.today()}
        if what == "da-biet":
            shown = [row for row in self.notices if pk is None or row.pk <= pk]  # what came since was not seen yet
            return f"Đã ghi nhận {confirming.acknowledge(shown, **act)} phân công." if shown else ""
        pending = next((row for row in self.pending if row.pk == pk), None)
        if pending is None or what not in ("xac-nhan", "tu-choi"):
            raise Refused("Đề nghị này đã được giải quyết. Hãy tải lại trang.")
        if what == "xac-nhan":
            confirming.confirm(pending, **act)
            return f"Đã xác nhận: {pending.user.get_full_name()} · {pending}."
        confirming.decline(pending, **act)
        return f"Không xác nhận: {pending.user.get_full_name()} · {pending}."


def _how(notice: AppointmentNotice, was_asked_for: bool) -> str:
    by = notice.added.by
    if notice.added.verb == OfficeVerb.SET_PASSWORD:
        return f"{by.get_full_name()} đặt mật khẩu mới cho tài khoản này. Hãy hỏi người giữ vai trò có nhờ đặt lại không; nếu không, báo lãnh đạo cấp trên"
    if notice.user_id == by.pk:
        return "tự phân công cho mình, vì không có quản trị nào khác"
    return f"tự đề nghị, {by.get_full_name()} xác nhận" if was_asked_for else f"{by.get_full_name()} phân công"
