"""Verbs of who goes from one organization to another of this register (domain §4.4)."""

from collections.abc import Iterable, Mapping
from datetime import date

from ledger.acts import Refused, act, supersede
from ledger.models import Change, Document, User
from members.models import Entry, Exit, Member, Membership
from members.verbs import MemberVerb
from organizations.models import Organization

from .onward import Courses, stays
from .places import check_places, last_place, lock, tell


def transfer(
    rows: Iterable[tuple[Member, Organization, date]],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Official transfer inside the bloc. `rows`: [(member, cell, day)]."""
    with act(MemberVerb.TRANSFER, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        relocate(rows, change, Exit.MOVED, Entry.MOVED)


def relocate(
    rows: Iterable[tuple[Member, Organization, date]],
    change: Change,
    exit_: Exit,
    entry: Entry,
    papers: Mapping[Member, Document] | None = None,
) -> None:
    """Closes the present membership and opens the next on the same day, inside another verb's act. `papers`: of those who
    have one of their own.
    """
    own = papers or {}
    rows = list(rows)
    check_places([(cell, day, str(member)) for member, cell, day in rows])
    memberships = lock([member for member, _, _ in rows])
    old = []
    for member, cell, day in rows:
        spell = last_place(memberships, member, day)
        if spell.organization_id == cell.pk:
            raise Refused(f"{member} đang sinh hoạt ở chi bộ {cell.code}.")
        old.append((spell, {"ends": day, "exit": exit_}))
    supersede(old, change)
    courses = Courses(cell.pk for _, cell, _ in rows)
    Membership.objects.bulk_create(
        stay for member, cell, day in rows for stay in stays(member, courses, cell, day, entry, change, own.get(member))
    )
    tell([member for member, _, _ in rows], change)
