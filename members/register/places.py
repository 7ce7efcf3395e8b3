"""Verbs of the register of members: enroll, admit, transfer, leave (domain §4). On the roll: members/life.

Each takes many rows, reads once for all, judges each by one pure rule and writes in bulk; one faulty row and nothing
is written. An act dated D holds from the start of D.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from ledger.acts import Refused, require_past
from ledger.hooks import Hook
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from members.models import (
    Member,
    Membership,
)
from organizations import lineage
from organizations.models import Organization

from .arriving import Arrival
from .bound_to_roll import refuse_to_leave_acts
from .ways_back import GONE

# Told of the Arrivals just written, inside the act.
WRITTEN: Hook[Callable[[Sequence[Arrival], Change], object]] = Hook("members.register.places.WRITTEN", "rows, change")
# Told of the members whose place changed, inside the act that changed it. Higher floors add theirs.
FOLLOWERS: Hook[Callable[[set[int], Change], object]] = Hook("members.register.places.FOLLOWERS", "members, change")

Held = Mapping[int, Sequence[Membership]]  # what `lock` gives


def tell(members: Iterable[Member], change: Change) -> None:
    """Tells the followers that the places of `members` may have changed, inside the act that changed them."""
    for follow in FOLLOWERS:
        follow({member.pk for member in members}, change)


def tell_undone(undone: Change, undoing: Change) -> None:
    """Follower of ledger/undo.py: the places of some members are again what they were."""
    moved = Member.objects.filter(Q(memberships__added=undone) | Q(memberships__voided=undone)).distinct()
    if members := list(moved):
        refuse_to_leave_acts({member.pk for member in members})
        tell(members, undoing)


def check_places(rows: Iterable[tuple[Organization, date, object]]) -> None:
    """`rows`: (organization, day, whom). Raises Refused unless each organization stood that day and holds members."""
    rows = list(rows)
    for (_, _, whom), spell in zip(rows, lineage.require_standing(rows), strict=True):
        if not spell.holds_members:
            raise Refused(f"{whom}: {spell.name} không phải chi bộ; đảng viên sinh hoạt ở chi bộ.")


def lock(members: Iterable[Member]) -> Held:
    """Locks the members in order of id; {id: [standing membership spells]}."""
    ids = sorted({member.pk for member in members})
    if not ids:
        return {}
    list(Member.objects.locked().filter(pk__in=ids).order_by("pk"))
    memberships = defaultdict(list)
    for spell in Membership.objects.standing().filter(member__in=ids).select_related("organization").order_by("starts"):
        memberships[spell.member_id].append(spell)
    return memberships


def check_on_roll(held: Held, member: Member, day: date) -> None:
    """Refused unless `member` is on the roll on `day`. `held`: what `lock` gave."""
    if not any(spell.starts <= day < spell.ends for spell in held.get(member.pk, ())):
        raise Refused(why_absent(held.get(member.pk, ()), member, day))


def why_absent(spells: Sequence[Membership], member: Member, day: date) -> str:
    """The sentence that says why `member` is not on the roll on `day`. `spells`: all, in order of time."""
    before = [spell for spell in spells if spell.ends <= day]
    if before:
        gone = GONE.get(before[-1].exit, "đã rời chi bộ")
        return f"Đồng chí {member} {gone} ngày {day_in_words(before[-1].ends)}, không còn trong danh sách đảng viên."
    if later := [spell for spell in spells if spell.starts > day]:
        return (
            f"Đồng chí {member} vào danh sách đảng viên ngày {day_in_words(later[0].starts)}; "
            f"ngày {day_in_words(day)} chưa có tên."
        )
    return f"Đồng chí {member} không có tên trong danh sách đảng viên vào ngày {day_in_words(day)}."


def last_place(held: Held, member: Member, day: date) -> Membership:
    """The open membership of `member`, which must have begun before `day`."""
    require_past(day, member)
    spells = held.get(member.pk, ())
    spell = next((spell for spell in spells if spell.ends == FOREVER), None)
    if spell is None:
        # Who is gone for good is told so, also when the day asked for lies before they left.
        raise Refused(why_absent(spells, member, max([day, *(spell.ends for spell in spells)])))
    if spell.starts >= day:
        raise Refused(
            f"{member} đến chi bộ {spell.organization.code} ngày {day_in_words(spell.starts)}; ngày đi phải sau ngày đó."
        )
    return spell
