"""Verbs of discipline: a form of it, and the expulsion that takes off the roll (domain §4.4)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from ledger.acts import Refused, act, require_past
from ledger.models import Document, User
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.models import Discipline, Exit, Member
from members.register.departures import depart
from members.register.places import check_on_roll, lock
from members.roll.probation_path import paths
from members.verbs import MemberVerb


def discipline(
    rows: Iterable[tuple[Member, int, date]], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Records disciplinary decisions. `rows`: [(member, Discipline.Kind, day)]; on probation no removal (domain §4.4)."""
    rows = list(rows)
    with act(MemberVerb.DISCIPLINE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        members = [member for member, _, _ in rows]
        memberships, ways = lock(members), paths(members)
        for member, kind, day in rows:
            require_past(day, member)
            check_on_roll(memberships, member, day)
            if kind == Discipline.Kind.REMOVAL and ways[member.pk].since(day):
                raise Refused(f"{member} đang dự bị; đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo.")
        _check_not_disciplined(rows)
        Discipline.objects.bulk_create(
            Discipline(member=member, kind=kind, on=day, added=change) for member, kind, day in rows
        )


def _check_not_disciplined(rows: Collection[tuple[Member, int, date]]) -> None:
    """Refused for a decision that stands already, or twice among `rows`: one member, form and day."""
    standing = Discipline.objects.standing().filter(
        member__in={member.pk for member, _, _ in rows}, on__in={day for _, _, day in rows}
    )
    known = set(standing.values_list("member", "kind", "on"))
    for member, kind, day in rows:
        if (member.pk, kind, day) in known:
            raise Refused(
                f"{member}: đã ghi kỷ luật {within_sentence(Discipline.Kind(kind).label)} ngày {day_in_words(day)}; không ghi thêm lần "
                "nữa. Nếu là quyết định khác, hãy xem lại hình thức và ngày."
            )
        known.add((member.pk, kind, day))


def expel(
    rows: Mapping[Member, date], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """The gravest discipline, which takes official members off the roll. `rows`: {member: day}."""
    with act(MemberVerb.EXPEL, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        depart([(member, day, Exit.EXPELLED) for member, day in rows.items()], change)
