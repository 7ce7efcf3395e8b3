"""Verbs about who stays on the roll: statuses, discipline (domain §4.4). Posts: posts.py."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import months
from ledger.acts import Refused, act, close, require_past, require_possible
from ledger.models import Change, Document, Spell, User
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from members.models import Member, Membership, Status
from members.register.places import Held, check_on_roll, lock
from members.verbs import MemberVerb
from organizations import lineage
from organizations.models import Organization

Kind = Status.Kind
ON_PAPER = (Kind.EXEMPT, Kind.SUSPENDED)  # stand on a decision: whoever records them tells of its paper


@dataclass(frozen=True)
class NewStatus:
    """`member` is in the status `kind` from `since` until `until`; `host`, `host_name`: as of `set_status`."""

    member: Member
    kind: Kind
    since: date
    until: date = FOREVER
    host: Organization | None = None
    host_name: str = ""


def set_status(
    members: Iterable[Member],
    kind: int,
    *,
    by: User,
    on: date,
    until: date = FOREVER,
    host: Organization | None = None,
    host_name: str = "",
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Exempts, suspends, records sickness or a temporary transfer from `on`; each must be on the roll that day.

    `host`, `host_name`: where a temporary transfer leads, an organization of the bloc or the name of one outside.
    """
    kind = Kind(kind)
    rows = [(NewStatus(member, kind, on, until, host, host_name), None) for member in members]
    verb, what = _verb(kind)
    with act(verb, by=by, on=on, document=document, reason=reason, undoable=True, detail=what) as change:
        begin_within(rows, change)


def begin_within(brought: Iterable[tuple[NewStatus, Document | None]], change: Change) -> None:
    """What `set_status` does, inside another verb's act, each on a day of its own. `brought`: [(what begins, its own paper)]."""
    brought = list(brought)
    rows = [row for row, _ in brought]
    for row in rows:
        _check_days(row)
        _check_host(row.kind, row.since, row.until, row.host, row.host_name)
    memberships = lock([row.member for row in rows])
    statuses = defaultdict(list)
    for was in Status.objects.standing().filter(member__in={row.member.pk for row in rows}):
        statuses[was.member_id, was.kind].append(was)
    for row in rows:
        check_on_roll(memberships, row.member, row.since)
        known = statuses[row.member.pk, row.kind]
        before = next((was for was in known if was.starts < row.until and was.ends > row.since), None)
        _may_begin(row.member, row.kind, before, row.host, _cell(memberships, row.member, row.since))
    Status.objects.bulk_create(
        Status(
            member=row.member,
            kind=row.kind,
            starts=row.since,
            ends=min(row.until, run_of(memberships[row.member.pk], row.since)),
            host=row.host,
            host_name=row.host_name,
            decision=paper,
            added=change,
        )
        for row, paper in brought
    )


def _check_days(row: NewStatus) -> None:
    require_past(row.since, row.member)
    if row.until <= row.since:
        raise Refused(
            f"{row.kind.label}: ngày kết thúc {day_in_words(row.until)} phải sau ngày bắt đầu {day_in_words(row.since)}."
        )
    if row.until != FOREVER:
        require_possible(row.until, row.kind.label)


def _verb(kind: Kind, *, ends: bool = False) -> tuple[MemberVerb, str]:
    """(the verb that sets or ends a status of `kind`, the detail of its words)"""
    if kind == Kind.TEMPORARY:
        return (MemberVerb.END_TEMPORARY_TRANSFER if ends else MemberVerb.TRANSFER_FOR_A_TIME), ""
    return (MemberVerb.LIFT_STATUS if ends else MemberVerb.SET_STATUS), kind.label


def _check_host(kind: Kind, on: date, until: date, host: Organization | None, host_name: str) -> None:
    if kind != Kind.TEMPORARY:
        if host or host_name:
            raise Refused(f"{kind.label}: chỉ chuyển sinh hoạt tạm thời mới có nơi đến.")
        return
    if bool(host) == bool(host_name):
        raise Refused("Chuyển sinh hoạt tạm thời cần một nơi đến: một chi bộ của Khối hoặc tên một nơi ngoài Khối.")
    if until == FOREVER:
        raise Refused("Chuyển sinh hoạt tạm thời cần ngày kết thúc.")
    if host:
        lineage.require_standing([(host, on, "Chuyển sinh hoạt tạm thời")])


def _may_begin(member: Member, kind: Kind, before: Status | None, host: Organization | None, cell: int) -> None:
    if before:
        since = f"từ {day_in_words(before.starts)}" + (
            "" if before.is_open else f" đến trước {day_in_words(before.ends)}"
        )
        raise Refused(f"{member} đã được ghi “{kind.label}” {since}; không ghi thêm lần nữa.")
    if host and host.pk == cell:
        raise Refused(f"{member} đang sinh hoạt chính thức ở {host.code}; nơi tạm thời phải là nơi khác.")


def _cell(held: Held, member: Member, day: date) -> int:
    return next(spell.organization_id for spell in held[member.pk] if spell.starts <= day < spell.ends)


def run_of(spells: Sequence[Spell], day: date) -> date:
    """The first day from `day` on which none of `spells`, in order of time, holds."""
    for spell in spells:
        if spell.starts <= day < spell.ends:
            day = spell.ends
    return day


def unusual_stay(starts: date, ends: date, *, studying: bool) -> str:
    """What is unusual in the length of a temporary transfer, as a sentence; "" when nothing is.

    Three months to under a year, for full-time study three months to two years (QĐ 232-QĐ/TW 2025, 6.3.2; domain §4.4).
    """
    shortest, longest = months.after(starts, 3), months.after(starts, 24 if studying else 12)
    if ends < shortest:
        return "Thời gian tạm thời ngắn hơn 03 tháng theo quy định; hãy xem lại nếu ghi nhầm ngày."
    if ends > longest or (ends == longest and not studying):
        usual = "không quá 02 năm khi học tập trung" if studying else "dưới 01 năm"
        return f"Thời gian tạm thời dài hơn quy định ({usual}); nếu ở lâu dài, hãy chuyển sinh hoạt chính thức."
    return ""


def exempt(members: Iterable[Member], **act_: Any) -> None:
    set_status(members, Kind.EXEMPT, **act_)


def suspend(members: Iterable[Member], **act_: Any) -> None:
    set_status(members, Kind.SUSPENDED, **act_)


def lift_status(
    members: Iterable[Member], kind: int, *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Ends the open status `kind` of each member on `on`."""
    kind = Kind(kind)
    verb, what = _verb(kind, ends=True)
    with act(verb, by=by, on=on, document=document, reason=reason, undoable=True, detail=what) as change:
        lift_within([(member, kind, on) for member in members], change)


def lift_within(rows: Iterable[tuple[Member, Kind, date]], change: Change) -> None:
    """What `lift_status` does, inside another verb's act. `rows`: [(member, kind, the day it ends)]."""
    rows = list(rows)
    lock([member for member, _, _ in rows])
    statuses = defaultdict(list)
    for spell in Status.objects.standing().filter(member__in={member.pk for member, _, _ in rows}):
        statuses[spell.member_id, spell.kind].append(spell)
    ending = defaultdict(list)
    for member, kind, day in rows:
        require_past(day, member)
        spell = next((was for was in statuses[member.pk, kind] if was.starts <= day < was.ends), None)
        if spell is None:
            raise Refused(f"{member} không ở trạng thái “{kind.label}” vào ngày {day_in_words(day)}.")
        if spell.starts == day:
            raise Refused(f"{member}: “{kind.label}” từ chính ngày {day_in_words(day)}; ngày thôi phải sau ngày đó.")
        ending[day].append(spell)
    for day, spells in ending.items():
        close(spells, change, day)


def come_to_stay(members: Collection[int], change: Change) -> None:
    """Follower of members/register/places.py: who moved into the host of a temporary transfer is no guest there any more.

    `members`: ids.
    """
    guests = list(Status.objects.standing().filter(member__in=members, kind=Kind.TEMPORARY, host__isnull=False))
    if not guests:
        return
    stays = {}
    for spell in Membership.objects.standing().filter(member__in=[row.member_id for row in guests], added=change):
        stays[spell.member_id, spell.organization_id] = spell
    ending = defaultdict(list)
    for row in guests:
        spell = stays.get((row.member_id, row.host_id))
        if spell and row.starts < spell.ends:
            ending[spell.starts].append(row)
    for day, rows in ending.items():
        close(rows, change, day)
