"""Verbs of who leaves the roll (domain §4.4)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ledger.acts import Refused, act, close, supersede
from ledger.models import Change, Document, User
from members.models import LEAVING, Exit, Member, Post, Status
from members.roll.probation_path import paths
from members.verbs import MemberVerb

from .bound_to_roll import refuse_to_leave_acts
from .places import last_place, lock, tell

ON_PAPER = (Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED)  # stand on a decision: whoever records them tells of its paper
Departure = tuple[Member, date, str]  # who, when, the Exit


def leave(rows: Iterable[Departure], *, by: User, on: date, document: Document | None = None, reason: str = "") -> None:
    """Takes people off the roll. `rows`: [(member, day, Exit)]; open statuses and posts end the same day."""
    with act(MemberVerb.LEAVE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        depart(rows, change)


def depart(rows: Iterable[Departure], change: Change, papers: Mapping[Member, Document] | None = None) -> None:
    """What `leave` does, inside another verb's act. Who is on probation is struck off, never expelled (domain §4.4).
    `papers`: of those who have one of their own.
    """
    own = papers or {}
    rows = list(rows)
    memberships = lock([member for member, _, _ in rows])
    ways = paths([member for member, _, why in rows if why == Exit.EXPELLED])
    closed = []
    for member, day, why in rows:
        if why not in LEAVING:
            raise Refused(f"{member}: lý do ra khỏi danh sách không hợp lệ.")
        said = {"ends": day, "exit": why, "exit_decision": own.get(member)}
        closed.append((last_place(memberships, member, day), said))
        if why == Exit.EXPELLED and ways[member.pk].since(day):
            raise Refused(f"{member} đang dự bị; đảng viên dự bị không bị khai trừ mà bị xóa tên.")
    supersede(closed, change)
    refuse_to_leave_acts({member.pk for member, _, _ in rows})
    days = {member.pk: day for member, day, _ in rows}
    for model in (Status, Post):
        open_ = defaultdict(list)
        for spell in model.objects.standing().filter(member__in=days, ends__gt=min(days.values())):
            open_[days[spell.member_id]].append(spell)
        for day, spells in open_.items():
            close(spells, change, day)
    tell([member for member, _, _ in rows], change)
