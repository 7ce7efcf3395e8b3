"""The page of all offices: who holds them, who has not signed in yet; accounts for those without a holder in one press."""

from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict

from ledger import clock, undo
from ledger.acts import Refused
from ledger.models import Change, User
from ledger.text import as_id, clean
from ledger.web.paging import page_of
from organizations import access
from organizations.models import Appointment
from organizations.verbs import OfficeVerb

from . import roster
from .opening import latest_act, open_accounts, renew_slips
from .roster import STATES, Seat
from .slips import Slip

ON_A_PAGE = 50
RECENT = 5


class AccountsPage:
    """`asked`: the query string. After `take`: `slips` to print, or `done`, or `errors`: sentences."""

    def __init__(self, user: User, asked: QueryDict, sent: QueryDict | None) -> None:
        access.require_administrator(user)
        self.user, self.sent, self.today = user, sent, clock.today()
        self.state = asked.get("xem", "") if asked.get("xem", "") in STATES else ""
        self.asked, self.text = asked, clean(asked.get("tim", ""))
        self.seats = roster.seats(self.today)
        self.ticked = set(sent.getlist("chon")) if sent else set()
        self.slips: list[Slip] = []
        self.errors: list[str] = []
        self.done = ""

    def take(self) -> None:
        if self.sent is None:
            return
        acts = {
            "tao-tat-ca": self._open_all,
            "tao": self._open_ticked,
            "in-moi": self._print_first,
            "in-lai-tat-ca": self._renew_all,
            "in-lai": self._renew_ticked,
            "huy": self._undo,
        }
        try:
            acts.get(self.sent.get("viec", ""), self._unknown)()
        except Refused as refused:
            self.errors = refused.messages

    def _unknown(self) -> None:
        raise Refused("Việc này nay không làm được nữa. Hãy tải lại trang.")

    def _open_all(self) -> None:
        self._open([seat for seat in self.seats if seat.may_be_opened], "Không còn vai trò nào chưa có người giữ.")

    def _open_ticked(self) -> None:
        chosen = [seat for seat in self._chosen() if seat.may_be_opened]
        self._open(chosen, "Hãy đánh dấu ít nhất một vai trò chưa có ai, rồi bấm lại.")

    def _open(self, seats: list[Seat], none: str) -> None:
        rows = [seat.account for seat in seats if seat.account]
        if not rows:
            raise Refused(none)
        self.slips = open_accounts(rows, by=self.user, on=self.today)

    def _print_first(self) -> None:
        self._renew(self._without_slip(), "Tài khoản nào cũng đã có phiếu.")

    def _renew_all(self) -> None:
        self._renew(self._unused(), "Không còn phiếu nào chưa dùng.")

    def _renew_ticked(self) -> None:
        rows = [row for seat in self._chosen() for row in seat.never_signed_in]
        self._renew(rows, "Hãy đánh dấu ít nhất một vai trò có tài khoản chưa đăng nhập, rồi bấm lại.")

    def _without_slip(self) -> list[Appointment]:
        rows = [row for seat in self.seats for row in seat.without_slip]
        return list({row.user_id: row for row in rows}.values())

    def _unused(self) -> list[Appointment]:
        """Offices whose slip lies unused: what is printed anew for all at once, accounts opened otherwise left alone."""
        rows = [row for seat in self.seats for row in seat.never_signed_in if _has_slip(row.user)]
        return list({row.user_id: row for row in rows}.values())

    def _renew(self, rows: list[Appointment], none: str) -> None:
        if not rows:
            raise Refused(none)
        assert self.sent is not None
        self.slips = renew_slips(rows, by=self.user, on=self.today, since=as_id(self.sent.get("luc_mo", "")) or 0)

    def _chosen(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.key in self.ticked]

    def _undo(self) -> None:
        assert self.sent is not None
        pk = as_id(self.sent.get("so", ""))
        change = next((change for change in self._recent() if change.pk == pk), None)
        if change is None:
            raise Refused("Lần tạo này đã được hủy hoặc không còn trong danh sách. Hãy tải lại trang.")
        undo.undo(change, by=self.user, on=self.today, reason=clean(self.sent.get("ly_do", "")))
        self.done = f"Đã hủy lần tạo {change.accounts} tài khoản; những tài khoản chưa dùng đã khóa."

    def _recent(self) -> list[Change]:
        """The latest acts that made accounts, with `accounts` and `used`: how many, and how many of them have signed in."""
        changes = Change.objects.filter(verb=OfficeVerb.OPEN_ACCOUNTS, undone=None).select_related("by")
        changes = list(changes.order_by("-pk")[:RECENT])
        rows = Appointment.objects.filter(added__in=changes).values("added").order_by()
        used = Count("pk", filter=Q(user__last_login__isnull=False))
        counts = {
            pk: (n, used) for pk, n, used in rows.annotate(n=Count("pk"), used=used).values_list("added", "n", "used")
        }
        for change in changes:
            change.accounts, change.used = counts.get(change.pk, (0, 0))
        return changes

    def context(self) -> dict[str, Any]:
        shown = [seat for seat in self.seats if STATES[self.state][1](seat)]
        shown = roster.found(shown, self.text) if self.text else shown
        page = page_of(shown, self.asked, field="page", per_page=ON_A_PAGE)
        states = [(key, words, sum(map(holds, self.seats))) for key, (words, holds) in STATES.items()]
        return {
            "page": page,
            "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "states": states,
            "state": self.state,
            "text": self.text,
            "ticked": self.ticked,
            "vacant": sum(seat.may_be_opened for seat in self.seats),
            "unused": len(self._unused()),
            "without_slip": len(self._without_slip()),
            "resting": any(seat.never_signed_in for seat in self.seats),
            "recent": self._recent(),
            "opened": latest_act(),
            "errors": self.errors,
        }


def _has_slip(user: User) -> bool:
    return user.must_change_password and user.has_usable_password()
