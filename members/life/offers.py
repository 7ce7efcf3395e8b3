"""Verbs of a transfer inside the bloc that has two sides: offered by one cell, answered by another (domain §4.4).

In transit the person counts at the origin. Who moves at once, both sides agreed, goes by `register.transfer`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from ledger.acts import Refused, act, supersede
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from members.models import Entry, Exit, Member, Membership, TransferOffer
from members.register.moves import relocate
from members.register.places import Held, check_on_roll, check_places, lock
from members.verbs import MemberVerb
from organizations.models import Organization

Answer = TransferOffer.Answer


def offer(
    rows: Mapping[Member, Organization], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[TransferOffer]:
    """Offers members to other cells on `on`. `rows`: {member: cell}. Returns the offers."""
    with act(MemberVerb.OFFER, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        check_places([(cell, on, str(member)) for member, cell in rows.items()])
        memberships = lock(rows)
        waiting = {row.member_id: row for row in waiting_for(rows)}
        sources = {member: _source(memberships, member, cell, on, waiting) for member, cell in rows.items()}
        return TransferOffer.objects.bulk_create(
            TransferOffer(member=member, source=sources[member], target=cell, offered=on, added=change)
            for member, cell in rows.items()
        )


def waiting_for(members: Iterable[Member] | Iterable[int]) -> QuerySet[TransferOffer]:
    """Offers of `members` that wait for an answer."""
    rows = TransferOffer.objects.standing().filter(answer=Answer.WAITING, member__in=list(members))
    return rows.select_related("member", "source", "target")


def _source(
    held: Held, member: Member, cell: Organization, on: date, waiting: Mapping[int, TransferOffer]
) -> Organization:
    check_on_roll(held, member, on)
    spell = held[member.pk][-1]
    if spell.starts > on:
        raise Refused(
            f"{member} đến chi bộ {spell.organization.code} ngày {day_in_words(spell.starts)}; ngày giới thiệu không thể trước ngày đó."
        )
    if not spell.is_open:
        check_on_roll(held, member, spell.ends)
    if spell.organization_id == cell.pk:
        raise Refused(f"{member} đang sinh hoạt ở chi bộ {cell.code}.")
    if before := waiting.get(member.pk):
        raise Refused(
            f"{member} đã được giới thiệu đến chi bộ {before.target.code} ngày {day_in_words(before.offered)} "
            "và đang chờ trả lời. Hãy rút giới thiệu đó trước."
        )
    return spell.organization


def accept(
    offers: Iterable[TransferOffer], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """The receiving cells take the people in: each belongs to the target from `on`."""
    with act(MemberVerb.ACCEPT_OFFER, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        accepted = _answer(offers, Answer.ACCEPTED, on, change)
        relocate([(row.member, row.target, on) for row in accepted], change, Exit.MOVED, Entry.MOVED)


def refuse(
    offers: Iterable[TransferOffer], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """The receiving cells do not take the people in; they stay where they are."""
    if not reason:
        raise Refused("Không tiếp nhận cần nêu lý do.")
    with act(MemberVerb.REFUSE_OFFER, by=by, on=on, document=document, reason=reason, undoable=True) as c:
        _answer(offers, Answer.REFUSED, on, c)


def withdraw(
    offers: Iterable[TransferOffer], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """The sending cells take their offers back."""
    with act(MemberVerb.WITHDRAW_OFFER, by=by, on=on, document=document, reason=reason, undoable=True) as c:
        _answer(offers, Answer.WITHDRAWN, on, c)


def _answer(offers: Iterable[TransferOffer], answer: Answer, on: date, change: Change) -> list[TransferOffer]:
    """Writes the answer to each offer, as it stands once its member is locked; the offers."""
    offers = list(offers)
    memberships = lock([row.member for row in offers])
    standing = TransferOffer.objects.standing().filter(pk__in=[row.pk for row in offers])
    locked = {row.pk: row for row in standing.select_related("member", "source", "target")}
    for row in offers:
        if row.pk not in locked or locked[row.pk].answer:
            raise Refused(_settled(row))
        check_on_roll(memberships, row.member, on)
        if on < row.offered:
            raise Refused(
                f"{row.member} được giới thiệu ngày {day_in_words(row.offered)}; ngày trả lời không thể trước ngày đó."
            )
    supersede([(locked[row.pk], {"answer": answer, "answered": on}) for row in offers], change)
    return [locked[row.pk] for row in offers]


def _settled(row: TransferOffer) -> str:
    """The sentence that says how the offer `row`, which waits no longer, was settled."""
    same = {"member": row.member_id, "source": row.source_id, "target": row.target_id, "offered": row.offered}
    now = TransferOffer.objects.standing().filter(**same).order_by("pk").last()
    how = f"{now.get_answer_display()} (ngày {day_in_words(now.answered)})" if now and now.answer else "Đã hủy"
    return f"Giới thiệu chuyển sinh hoạt của đồng chí {row.member} không còn chờ trả lời: {how}."


def lapse(members: Collection[int], change: Change) -> None:
    """Follower of members/register/places.py: an offer of someone who has left its source, whichever way, waits no longer.

    `members`: ids.
    """
    rows = list(waiting_for(members))
    if not rows:
        return
    places = Membership.objects.standing().filter(member__in=[row.member_id for row in rows]).order_by("starts")
    last = {spell.member_id: spell for spell in places}
    left = {spell.member_id: spell for spell in places if not spell.is_open}
    gone = [row for row in rows if not _is_at_source(row, last.get(row.member_id))]
    supersede([(row, {"answer": Answer.LAPSED, "answered": _lapsed(row, left, change)}) for row in gone], change)


def _is_at_source(row: TransferOffer, spell: Membership | None) -> bool:
    return spell is not None and spell.is_open and spell.organization_id == row.source_id


def _lapsed(row: TransferOffer, left: Mapping[int, Membership], change: Change) -> date:
    spell = left.get(row.member_id)
    return max(row.offered, spell.ends if spell else change.on)
