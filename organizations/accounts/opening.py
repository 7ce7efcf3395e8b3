"""Verbs that make accounts with their offices, and hand an account that was never used a new password."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from ledger import clock, days
from ledger.acts import Refused, act, wait_turn
from ledger.models import Change, Document, User
from organizations import lineage
from organizations.access import bloc_offices_of
from organizations.appoint import NewOffice, give, tell, why_not_here
from organizations.models import Appointment, Organization, Role
from organizations.rights import BLOC_ROLES
from organizations.verbs import OfficeVerb

from .making import Name, judge_names, make, turns, unmade
from .slips import Slip, new_password, slips


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """An account that is to be, with its office. `code`: of the organization; `starts`: the day of the act unless told."""

    username: str
    display_name: str
    role: str
    code: str
    starts: date | None = None

    @property
    def name(self) -> Name:
        return Name(self.username, self.display_name)


def open_accounts(
    rows: Iterable[NewAccount], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Slip]:
    """Makes each account, with a password good once, and gives it its office. Returns a Slip for each, in order."""
    rows = list(rows)
    made = unmade(row.name for row in rows)
    with act(OfficeVerb.OPEN_ACCOUNTS, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        offices = open_within(rows, [user for user, _ in made], change)
        return slips(offices, [password for _, password in made])


def open_within(rows: Sequence[NewAccount], users: Sequence[User], change: Change) -> list[NewOffice]:
    """Inside another verb's act: writes `users`, the account of each of `rows`, and gives each its office, in order."""
    wait_turn([*(row.code for row in rows), *turns(users)])
    faults = judge_accounts(rows, change.on)
    if any(faults):
        raise Refused([sentence for sentences in faults for sentence in sentences])
    make(users, change)
    organizations = _organizations(rows)
    offices = [
        NewOffice(user=user, role=row.role, organization=organizations[row.code], starts=row.starts)
        for user, row in zip(users, rows, strict=True)
    ]
    give(offices, change.on, change, taken=set())
    return offices


def _organizations(rows: Iterable[NewAccount]) -> dict[str, Organization]:
    return {o.code: o for o in Organization.objects.standing().filter(code__in={row.code for row in rows})}


def judge_accounts(rows: Sequence[NewAccount], on: date) -> list[list[str]]:
    """For each of `rows` the sentences that forbid it, none where it may be. Number of queries: constant."""
    names, offices = judge_names([row.name for row in rows]), judge_offices(rows, on)
    return [[*of_its_name, *of_its_office] for of_its_name, of_its_office in zip(names, offices, strict=True)]


def judge_offices(rows: Sequence[NewAccount], on: date) -> list[list[str]]:
    """As `judge_accounts`, of the offices alone."""
    with clock.fixed():
        ground = _Ground(rows, on)
        return [list(ground.faults(number, row)) for number, row in enumerate(rows)]


class _Ground:
    """What the offices of `rows` are judged by."""

    def __init__(self, rows: Sequence[NewAccount], on: date) -> None:
        self.on, self.organizations = on, _organizations(rows)
        self.lives = lineage.lives([o.pk for o in self.organizations.values()])
        self.held = held_at(self.lives, on)
        self.first: dict[str, int] = {}  # {code: the first row that asks for its office}
        for number, row in enumerate(rows):
            if row.role not in BLOC_ROLES:
                self.first.setdefault(row.code, number)

    def faults(self, number: int, row: NewAccount) -> Iterator[str]:
        day = row.starts or self.on
        if row.role not in Role.values:
            yield f"Không có vai trò “{row.role}”. Hãy chọn một trong: {', '.join(Role.labels)}."
            return
        if row.code not in self.organizations:
            yield f"Không có tổ chức nào mang mã {row.code}. Hãy xem lại mã."
            return
        pk = self.organizations[row.code].pk
        if fault := days.why_impossible(day) or why_not_here(row.role, row.code, self.lives[pk], day):
            yield fault
        elif row.role not in BLOC_ROLES:
            yield from (held_by(holder) for holder in self.held[pk][:1])
            if self.first[row.code] != number:
                yield f"Vai trò ở {row.code} đã có ở dòng trên. Mỗi vai trò chỉ tạo một tài khoản."


def held_at(organizations: Iterable[int], day: date) -> Mapping[int, list[Appointment]]:
    """{organization id: the offices held there on `day` or later, those of deputies left out}, the earliest first."""
    rows = Appointment.objects.standing().filter(organization__in=list(organizations), ends__gt=day, stands_in_for=None)
    held = defaultdict(list)
    for row in rows.select_related("user", "organization").order_by("starts", "pk"):
        held[row.organization_id].append(row)
    return held


def held_by(row: Appointment) -> str:
    """Sentence for an office that is held already."""
    return (
        f"Vai trò ở {row.organization.code} đã có {row.user.get_full_name()} ({row.user.username}). "
        "Hãy bàn giao thay vì tạo thêm."
    )


NOT_RENEWED = (
    "Không in lại phiếu cho {}: tài khoản đã đăng nhập, đã khóa hoặc là tài khoản quản trị. "
    "Nếu quên mật khẩu, hãy đặt mật khẩu mới ở trang quản trị."
)


PRINTED_SINCE = (
    "Từ lúc mở trang đã có phiếu được in; in nữa thì phiếu ấy hỏng. Nếu vẫn cần in lại, hãy tải lại trang rồi bấm."
)


def renew_slips(appointments: Collection[Appointment], *, by: User, on: date, since: int | None = None) -> list[Slip]:
    """A new password good once for the account of each office; Refused for one that has signed in, as for administrators.

    `since`: id of the latest act when it was asked for. Refused where slips were printed later: a page sent once more, or
    read anew, would spoil what is on paper.
    """
    offices = list({row.user_id: row for row in appointments}.values())
    passwords = [new_password() for _ in offices]
    for office, password in zip(offices, passwords, strict=True):
        office.user.give_password(password, clock.today())
    with act(OfficeVerb.SET_PASSWORD, by=by, on=on) as change:
        users = {office.user_id: office.user for office in offices}
        never_used = User.objects.filter(last_login=None, is_active=True, is_superuser=False, pk__in=users)
        still = {user.pk for user in never_used.select_for_update(no_key=True).order_by("pk")}
        if since is not None and _printed(since, change):
            raise Refused(PRINTED_SINCE)
        if used := [user for pk, user in users.items() if pk not in still]:
            raise Refused([NOT_RENEWED.format(user) for user in used])
        for user in users.values():
            user.save(update_fields=["password", "must_change_password", "password_given_on"])
        tell([office for user in users.values() for office in bloc_offices_of(user)], change)
        return slips(offices, passwords)


def latest_act() -> int:
    """Id of the latest act: what `since` of `renew_slips` is told by a page."""
    return Change.objects.aggregate(latest=Max("pk"))["latest"] or 0


def _printed(since: int, change: Change) -> bool:
    acts = Change.objects.filter(verb__in=(OfficeVerb.OPEN_ACCOUNTS, OfficeVerb.SET_PASSWORD), undone=None)
    return acts.filter(pk__gt=since, pk__lt=change.pk).exists()
