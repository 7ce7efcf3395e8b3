"""Verbs of the register of members: enroll, admit, make official, transfer, status, post, leave (domain §4).

Each takes many rows, reads once for all, judges each by one pure rule and writes in bulk; one faulty row and nothing
is written. An act dated D holds from the start of D.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from ledger.acts import Refused, act, close, not_ahead, supersede
from ledger.numbers import day as in_words
from ledger.spells import FOREVER
from organizations import lineage

from .models import LEAVING, Admission, Discipline, Entry, Exit, Member, Membership, Officialization, Post, Status

# Told of the members whose place changed, inside the act that changed it. Higher floors add theirs.
FOLLOWERS = set()


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A person who comes onto the roll. `member` unsaved, or saved when they were known before.

    Dates: `on` from which they belong to `organization`; `decided`, `ceremony` of their admission; `official`
    when they were recognised, None while on probation.
    """

    member: Member
    organization: object
    on: date
    decided: date
    ceremony: date
    official: date | None = None
    youth: bool = False
    entry: str = Entry.OPENING


def enroll(rows, *, by, on, document=None, reason=""):
    """Brings onto the roll people admitted before or elsewhere. Returns the members, saved."""
    rows = list(rows)
    with act("Ghi vào danh sách đảng viên", by=by, on=on, document=document, reason=reason) as change:
        for row in rows:
            _check_dates(row)
            if row.entry not in (Entry.OPENING, Entry.ARRIVED):
                raise Refused(f"{row.member}: dùng việc kết nạp để ghi người mới vào Đảng.")
            if row.on < row.ceremony:
                raise Refused(f"{row.member}: ngày vào danh sách {in_words(row.on)} trước ngày kết nạp.")
        return _arrive(rows, change, admitted_here=False)


def admit(rows, *, by, on, document=None, reason=""):
    """Admits people: the roll, the admission with both its dates and the youth-union flag frozen that day.

    `entry` of each row: ADMITTED, READMITTED or RESTORED; they belong to the cell from the ceremony.
    """
    rows = list(rows)
    with act("Kết nạp đảng viên", by=by, on=on, document=document, reason=reason) as change:
        for row in rows:
            _check_dates(row)
            if row.entry not in (Entry.ADMITTED, Entry.READMITTED, Entry.RESTORED):
                raise Refused(f"{row.member}: hình thức kết nạp không hợp lệ.")
            if row.on != row.ceremony:
                raise Refused(f"{row.member}: sinh hoạt tại chi bộ tính từ ngày làm lễ kết nạp.")
            if row.member.age(row.ceremony) < 18:
                raise Refused(f"{row.member} chưa đủ 18 tuổi vào ngày kết nạp {in_words(row.ceremony)}.")
        return _arrive(rows, change, admitted_here=True)


def _check_dates(row):
    for day in (row.on, row.ceremony, row.official):
        if day:
            not_ahead(day, row.member)
    if row.ceremony < row.decided:
        raise Refused(
            f"{row.member}: ngày làm lễ {in_words(row.ceremony)} trước ngày quyết định {in_words(row.decided)}."
        )
    if row.official and row.official < row.ceremony:
        raise Refused(f"{row.member}: ngày chính thức trước ngày kết nạp.")


def _arrive(rows, change, *, admitted_here):
    check_places([(row.organization, row.on, str(row.member)) for row in rows])
    known = [row.member for row in rows if row.member.pk]
    held = _lock(known)
    for row in rows:
        if any(spell.ends > row.on for spell in held.get(row.member.pk, ())):
            raise Refused(f"{row.member} đang sinh hoạt ở một chi bộ; không ghi thêm lần nữa.")
    new = [row.member for row in rows if not row.member.pk]
    for member in new:
        member.added = change
    try:
        return _write_arrivals(rows, new, change, admitted_here)
    except Exception:
        for member in new:  # nothing was kept, so the same people can be given again
            member.pk = None
        raise


def _write_arrivals(rows, new, change, admitted_here):
    Member.objects.bulk_create(new)
    Membership.objects.bulk_create(
        Membership(member=row.member, organization=row.organization, entry=row.entry, starts=row.on, added=change)
        for row in rows
    )
    kinds = {Entry.READMITTED: Admission.Kind.READMITTED, Entry.RESTORED: Admission.Kind.RESTORED}
    Admission.objects.bulk_create(
        Admission(
            member=row.member,
            organization=row.organization if admitted_here else None,
            kind=kinds.get(row.entry, Admission.Kind.ADMITTED),
            decided=row.decided,
            ceremony=row.ceremony,
            youth=row.youth,
            added=change,
        )
        for row in rows
    )
    Officialization.objects.bulk_create(
        Officialization(member=row.member, on=row.official, added=change) for row in rows if row.official
    )
    _tell([row.member for row in rows], change)
    return [row.member for row in rows]


def _tell(members, change):
    for follow in FOLLOWERS:
        follow({member.pk for member in members}, change)


def check_places(rows):
    """`rows`: (organization, day, whom). Raises Refused unless each organization stood that day and holds members."""
    rows = list(rows)
    for (_, _, whom), spell in zip(rows, lineage.require_standing(rows), strict=True):
        if not spell.holds_members:
            raise Refused(f"{whom}: {spell.name} không phải chi bộ; đảng viên sinh hoạt ở chi bộ.")


def _lock(members):
    """Locks the members in order of id; {id: [standing membership spells]}."""
    ids = sorted({member.pk for member in members})
    if not ids:
        return {}
    list(Member.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk"))
    held = defaultdict(list)
    for spell in Membership.objects.current().filter(member__in=ids).select_related("organization").order_by("starts"):
        held[spell.member_id].append(spell)
    return held


def _last(held, member, day):
    """The open membership of `member`, which must have begun before `day`."""
    not_ahead(day, member)
    spell = next((spell for spell in held.get(member.pk, ()) if spell.ends == FOREVER), None)
    if spell is None:
        raise Refused(f"{member} không có tên trong danh sách đảng viên vào ngày {in_words(day)}.")
    if spell.starts >= day:
        raise Refused(
            f"{member} đến chi bộ {spell.organization.code} ngày {in_words(spell.starts)}; ngày đi phải sau ngày đó."
        )
    return spell


def make_official(rows, *, by, on, document=None, reason=""):
    """`rows`: {member: day}. Twelve months of probation count from the ceremony (domain §4.3)."""
    with act("Công nhận đảng viên chính thức", by=by, on=on, document=document, reason=reason) as change:
        held = _lock(rows)
        ids = [member.pk for member in rows]
        ceremonies = dict(
            Admission.objects.filter(voided__isnull=True, member__in=ids)
            .order_by("ceremony")
            .values_list("member_id", "ceremony")
        )
        done = set(Officialization.objects.filter(voided__isnull=True, member__in=ids).values_list("member_id", "on"))
        for member, day in rows.items():
            not_ahead(day, member)
            _check_on_roll(held, member, day)
            ceremony = ceremonies.get(member.pk)
            if ceremony is None or any(pk == member.pk and was >= ceremony for pk, was in done):
                raise Refused(f"{member} không ở trong thời gian dự bị.")
            if day < _a_year_after(ceremony):
                raise Refused(f"{member} kết nạp ngày {in_words(ceremony)}, chưa đủ 12 tháng dự bị.")
        Officialization.objects.bulk_create(
            Officialization(member=member, on=day, added=change) for member, day in rows.items()
        )


def _a_year_after(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def transfer(rows, *, by, on, document=None, reason=""):
    """Official transfer inside the bloc. `rows`: [(member, cell, day)]."""
    with act("Chuyển sinh hoạt chính thức", by=by, on=on, document=document, reason=reason) as change:
        relocate(rows, change, Exit.MOVED, Entry.MOVED)


def relocate(rows, change, exit_, entry):
    """Closes the present membership and opens the next on the same day, inside another verb's act."""
    rows = list(rows)
    check_places([(cell, day, str(member)) for member, cell, day in rows])
    held = _lock([member for member, _, _ in rows])
    old = []
    for member, cell, day in rows:
        spell = _last(held, member, day)
        if spell.organization_id == cell.pk:
            raise Refused(f"{member} đang sinh hoạt ở chi bộ {cell.code}.")
        old.append((spell, {"ends": day, "exit": exit_}))
    supersede(old, change)
    Membership.objects.bulk_create(
        Membership(member=member, organization=cell, entry=entry, starts=day, added=change)
        for member, cell, day in rows
    )
    _tell([member for member, _, _ in rows], change)


def leave(rows, *, by, on, document=None, reason=""):
    """Takes people off the roll. `rows`: [(member, day, Exit)]; open statuses and posts end the same day."""
    rows = list(rows)
    with act("Ra khỏi danh sách đảng viên", by=by, on=on, document=document, reason=reason) as change:
        held = _lock([member for member, _, _ in rows])
        closed = []
        for member, day, why in rows:
            if why not in LEAVING:
                raise Refused(f"{member}: lý do ra khỏi danh sách không hợp lệ.")
            closed.append((_last(held, member, day), {"ends": day, "exit": why}))
        supersede(closed, change)
        days = {member.pk: day for member, day, _ in rows}
        for model in (Status, Post):
            open_ = defaultdict(list)
            for spell in model.objects.current().filter(member__in=days, ends__gt=min(days.values())):
                open_[days[spell.member_id]].append(spell)
            for day, spells in open_.items():
                close(spells, change, day)
        _tell([member for member, _, _ in rows], change)


def _check_on_roll(held, member, day):
    if not any(spell.starts <= day < spell.ends for spell in held.get(member.pk, ())):
        raise Refused(f"{member} không có tên trong danh sách đảng viên vào ngày {in_words(day)}.")


def set_status(members, kind, *, by, on, until=FOREVER, document=None, reason=""):
    """Exempts, suspends, records sickness or a temporary transfer from `on`; each must be on the roll that day."""
    members = list(members)
    with act(Status.Kind(kind).label, by=by, on=on, document=document, reason=reason) as change:
        held = _lock(members)
        for member in members:
            _check_on_roll(held, member, on)
        Status.objects.bulk_create(
            Status(member=member, kind=kind, starts=on, ends=until, added=change) for member in members
        )


def exempt(members, **act_):
    set_status(members, Status.Kind.EXEMPT, **act_)


def suspend(members, **act_):
    set_status(members, Status.Kind.SUSPENDED, **act_)


def lift_status(members, kind, *, by, on, document=None, reason=""):
    """Ends the open status `kind` of each member on `on`."""
    members = list(members)
    with act("Thôi: " + Status.Kind(kind).label, by=by, on=on, document=document, reason=reason) as change:
        _lock(members)
        spells = list(Status.objects.on(on).filter(member__in=members, kind=kind))
        missing = {m.pk for m in members} - {spell.member_id for spell in spells}
        for member in members:
            if member.pk in missing:
                raise Refused(f"{member} không ở trạng thái này vào ngày {in_words(on)}.")
        close(spells, change, on)


def discipline(rows, *, by, on, document=None, reason=""):
    """Records disciplinary decisions. `rows`: [(member, Discipline.Kind, day)]; on probation no removal (domain §4.4)."""
    rows = list(rows)
    with act("Kỷ luật đảng viên", by=by, on=on, document=document, reason=reason) as change:
        members = [member for member, _, _ in rows]
        held = _lock(members)
        official = defaultdict(list)
        for pk, day in Officialization.objects.filter(voided__isnull=True, member__in=members).values_list(
            "member_id", "on"
        ):
            official[pk].append(day)
        for member, kind, day in rows:
            not_ahead(day, member)
            _check_on_roll(held, member, day)
            if kind == Discipline.Kind.REMOVAL and not any(was <= day for was in official[member.pk]):
                raise Refused(f"{member} đang dự bị; đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo.")
        Discipline.objects.bulk_create(
            Discipline(member=member, kind=kind, on=day, added=change) for member, kind, day in rows
        )


def post(rows, *, by, on, document=None, reason=""):
    """Gives posts. `rows`: [(member, organization, Post.Kind)]; a post is held in the line above one's own cell."""
    rows = list(rows)
    with act("Giữ chức vụ đảng", by=by, on=on, document=document, reason=reason) as change:
        held = _lock([member for member, _, _ in rows])
        above = lineage.ancestors(on)
        for member, organization, _ in rows:
            _check_on_roll(held, member, on)
            cell = next(s.organization_id for s in held[member.pk] if s.starts <= on < s.ends)
            if organization.pk not in above[cell]:
                raise Refused(f"{member} không sinh hoạt trong tổ chức {organization.code} vào ngày {in_words(on)}.")
        Post.objects.bulk_create(
            Post(member=m, organization=o, kind=kind, starts=on, added=change) for m, o, kind in rows
        )


def people_left_behind(organizations, day):
    """Guard of organizations/reorganize.py: nobody, and no admission, may remain in an organization that ends."""
    codes = {o.pk: o.code for o in organizations}
    still = Membership.objects.current().filter(organization__in=codes, ends__gt=day)
    for pk in set(still.values_list("organization_id", flat=True)):
        yield f"Tổ chức {codes[pk]} còn đảng viên sau ngày {in_words(day)}. Hãy chỉ định nơi tiếp nhận."
    later = Admission.objects.filter(voided__isnull=True, organization__in=codes, ceremony__gte=day)
    for pk in set(later.values_list("organization_id", flat=True)):
        yield f"Tổ chức {codes[pk]} có người kết nạp từ ngày {in_words(day)} trở đi; ngày kết thúc phải sau đó."
