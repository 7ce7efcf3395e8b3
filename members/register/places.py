"""Verbs of the register of members: enroll, admit, transfer, leave (domain §4). On the roll: probation.py, states.py.

Each takes many rows, reads once for all, judges each by one pure rule and writes in bulk; one faulty row and nothing
is written. An act dated D holds from the start of D.
"""

from collections import defaultdict

from django.db.models import Q

from ledger.acts import Refused, act, close, require_past, supersede
from ledger.numbers import day as in_words
from ledger.spells import FOREVER
from members.candidates.alike import require_new
from members.life.due import paths
from members.models import (
    LEAVING,
    Admission,
    Entry,
    Exit,
    Member,
    Membership,
    Officialization,
    Post,
    Status,
)
from organizations import lineage

from .arriving import check_admitted, check_brought
from .bound_to_roll import refuse_to_leave_acts
from .onward import Courses, stays
from .ways_back import ADMISSIONS, ADMITTED_BEFORE, GONE, official_from, require_way_back

# Told of the Arrivals just written, inside the act.
WRITTEN = set()
# Told of the members whose place changed, inside the act that changed it. Higher floors add theirs.
FOLLOWERS = set()


def enroll(rows, *, by, on, document=None, reason=""):
    """Brings onto the roll people admitted before or elsewhere. Returns the members, saved."""
    rows = list(rows)
    with act("Ghi vào danh sách đảng viên", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        return bring(rows, change)


def bring(rows, change):
    """What `enroll` does, inside another verb's act."""
    for row in rows:
        check_brought(row)
    return arrive(rows, change)


def admit(rows, *, by, on, document=None, reason=""):
    """Admits people: the roll, the admission with both its dates and the youth-union flag frozen that day.

    `entry` of each row: ADMITTED, READMITTED or RESTORED; they belong to the cell from the ceremony.
    """
    rows = list(rows)
    with act("Kết nạp đảng viên", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        return take_in(rows, change)


def take_in(rows, change):
    """What `admit` does, inside another verb's act."""
    for row in rows:
        check_admitted(row)
    return arrive(rows, change)


def arrive(rows, change):
    """Writes Arrivals onto the roll inside another verb's act; who was on it before must have a way back.

    Raises PerhapsKnown for somebody who is perhaps written already, or waits in the pipeline.
    """
    require_new(rows, change.by)
    fresh = [row for row in rows if not row.member.pk]
    check_places([(row.organization, row.on, str(row.member)) for row in rows])
    known = [row.member for row in rows if row.member.pk]
    held, ways = lock(known), paths(known)
    for row in rows:
        if spells := held.get(row.member.pk):
            require_way_back(row, spells)
        since = ways[row.member.pk].since(row.on)
        if row.official and since and row.official < since:
            raise Refused(f"{row.member}: ngày chính thức trước ngày kết nạp.")
    new = [row.member for row in fresh]
    for member in new:
        member.added = change
    try:
        return _write_arrivals(rows, new, ways, change)
    except Exception:
        for member in new:  # nothing was kept, so the same people can be given again
            member.pk = None
        raise


def _write_arrivals(rows, new, ways, change):
    Member.objects.bulk_create(new)
    courses = Courses(row.organization.pk for row in rows)
    Membership.objects.bulk_create(
        stay for row in rows for stay in stays(row.member, courses, row.organization, row.on, row.entry, change)
    )
    before = [row for row in rows if row.before]
    Admission.objects.bulk_create(
        Admission(member=row.member, decided=row.before.decided, ceremony=row.before.ceremony, added=change)
        for row in before
    )
    Admission.objects.bulk_create(
        Admission(
            member=row.member,
            organization=None if row.entry in ADMITTED_BEFORE else row.organization,
            kind=ADMISSIONS.get(row.entry, Admission.Kind.ADMITTED),
            decided=row.decided,
            ceremony=row.ceremony,
            youth=row.youth,
            consent=row.consent,
            outside_since=row.before and row.before.left,
            added=change,
        )
        for row in rows
        if row.entry not in ADMITTED_BEFORE or not ways[row.member.pk].ceremonies
    )
    official = [(row.member, official_from(row, ways[row.member.pk])) for row in rows]
    official += [(row.member, row.before.official) for row in before]
    Officialization.objects.bulk_create(
        Officialization(member=member, on=day, added=change) for member, day in official if day
    )
    for follow in WRITTEN:
        follow(rows, change)
    tell([row.member for row in rows], change)
    return [row.member for row in rows]


def tell(members, change):
    """Tells the followers that the places of `members` may have changed, inside the act that changed them."""
    for follow in FOLLOWERS:
        follow({member.pk for member in members}, change)


def tell_undone(undone, undoing):
    """Follower of ledger/undo.py: the places of some members are again what they were."""
    moved = Member.objects.filter(Q(memberships__added=undone) | Q(memberships__voided=undone)).distinct()
    if members := list(moved):
        refuse_to_leave_acts({member.pk for member in members})
        tell(members, undoing)


def check_places(rows):
    """`rows`: (organization, day, whom). Raises Refused unless each organization stood that day and holds members."""
    rows = list(rows)
    for (_, _, whom), spell in zip(rows, lineage.require_standing(rows), strict=True):
        if not spell.holds_members:
            raise Refused(f"{whom}: {spell.name} không phải chi bộ; đảng viên sinh hoạt ở chi bộ.")


def lock(members):
    """Locks the members in order of id; {id: [standing membership spells]}."""
    ids = sorted({member.pk for member in members})
    if not ids:
        return {}
    list(Member.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk"))
    held = defaultdict(list)
    for spell in Membership.objects.current().filter(member__in=ids).select_related("organization").order_by("starts"):
        held[spell.member_id].append(spell)
    return held


def check_on_roll(held, member, day):
    """Refused unless `member` is on the roll on `day`. `held`: what `lock` gave."""
    if not any(spell.starts <= day < spell.ends for spell in held.get(member.pk, ())):
        raise Refused(why_absent(held.get(member.pk, ()), member, day))


def why_absent(spells, member, day):
    """The sentence that says why `member` is not on the roll on `day`. `spells`: all, in order of time."""
    before = [spell for spell in spells if spell.ends <= day]
    if before:
        gone = GONE.get(before[-1].exit, "đã rời chi bộ")
        return f"Đồng chí {member} {gone} ngày {in_words(before[-1].ends)}, không còn trong danh sách đảng viên."
    if later := [spell for spell in spells if spell.starts > day]:
        return (
            f"Đồng chí {member} vào danh sách đảng viên ngày {in_words(later[0].starts)}; "
            f"ngày {in_words(day)} chưa có tên."
        )
    return f"Đồng chí {member} không có tên trong danh sách đảng viên vào ngày {in_words(day)}."


def last_place(held, member, day):
    """The open membership of `member`, which must have begun before `day`."""
    require_past(day, member)
    spells = held.get(member.pk, ())
    spell = next((spell for spell in spells if spell.ends == FOREVER), None)
    if spell is None:
        # Who is gone for good is told so, also when the day asked for lies before they left.
        raise Refused(why_absent(spells, member, max([day, *(spell.ends for spell in spells)])))
    if spell.starts >= day:
        raise Refused(
            f"{member} đến chi bộ {spell.organization.code} ngày {in_words(spell.starts)}; ngày đi phải sau ngày đó."
        )
    return spell


def transfer(rows, *, by, on, document=None, reason=""):
    """Official transfer inside the bloc. `rows`: [(member, cell, day)]."""
    with act("Chuyển sinh hoạt chính thức", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        relocate(rows, change, Exit.MOVED, Entry.MOVED)


def relocate(rows, change, exit_, entry):
    """Closes the present membership and opens the next on the same day, inside another verb's act."""
    rows = list(rows)
    check_places([(cell, day, str(member)) for member, cell, day in rows])
    held = lock([member for member, _, _ in rows])
    old = []
    for member, cell, day in rows:
        spell = last_place(held, member, day)
        if spell.organization_id == cell.pk:
            raise Refused(f"{member} đang sinh hoạt ở chi bộ {cell.code}.")
        old.append((spell, {"ends": day, "exit": exit_}))
    supersede(old, change)
    courses = Courses(cell.pk for _, cell, _ in rows)
    Membership.objects.bulk_create(
        stay for member, cell, day in rows for stay in stays(member, courses, cell, day, entry, change)
    )
    tell([member for member, _, _ in rows], change)


def leave(rows, *, by, on, document=None, reason=""):
    """Takes people off the roll. `rows`: [(member, day, Exit)]; open statuses and posts end the same day."""
    with act("Ra khỏi danh sách đảng viên", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        depart(rows, change)


def depart(rows, change):
    """What `leave` does, inside another verb's act. Who is on probation is struck off, never expelled (domain §4.4)."""
    rows = list(rows)
    held = lock([member for member, _, _ in rows])
    ways = paths([member for member, _, why in rows if why == Exit.EXPELLED])
    closed = []
    for member, day, why in rows:
        if why not in LEAVING:
            raise Refused(f"{member}: lý do ra khỏi danh sách không hợp lệ.")
        closed.append((last_place(held, member, day), {"ends": day, "exit": why}))
        if why == Exit.EXPELLED and ways[member.pk].since(day):
            raise Refused(f"{member} đang dự bị; đảng viên dự bị không bị khai trừ mà bị xóa tên.")
    supersede(closed, change)
    refuse_to_leave_acts({member.pk for member, _, _ in rows})
    days = {member.pk: day for member, day, _ in rows}
    for model in (Status, Post):
        open_ = defaultdict(list)
        for spell in model.objects.current().filter(member__in=days, ends__gt=min(days.values())):
            open_[days[spell.member_id]].append(spell)
        for day, spells in open_.items():
            close(spells, change, day)
    tell([member for member, _, _ in rows], change)
