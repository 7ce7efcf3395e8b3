"""Whether somebody about to be entered is written already: folded name and birth, or card number (domain §7.2)."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from ledger import clock
from ledger.numbers import day as in_words
from ledger.spells import FOREVER
from ledger.text import search_key
from organizations import lineage

from .models import Entry, Exit, Member, Membership, Precision

SAME_CARD, SAME_NAME_AND_BIRTH = "cùng số thẻ đảng viên", "cùng họ tên và ngày sinh"
SAME_NAME_AND_YEAR = "cùng họ tên, ngày sinh khớp trong phần đã ghi"


@dataclass(frozen=True)
class Likeness:
    """A member who is perhaps the same person. `places`: sentences; `is_here`: on a roll today."""

    member: Member
    why: str
    places: list
    is_here: bool


def resemblance(one, other):
    """Why two Members may be one person; "" when they are not alike. A day, month or year of birth counts as far as known."""
    if one.card_number and one.card_number == other.card_number:
        return SAME_CARD
    if not _names(one) & _names(other):
        return ""
    known = {one.birth_precision, other.birth_precision}
    if one.birth_date.year != other.birth_date.year:
        return ""
    if Precision.YEAR in known:
        return SAME_NAME_AND_YEAR
    if one.birth_date.month != other.birth_date.month:
        return ""
    if Precision.MONTH in known:
        return SAME_NAME_AND_YEAR
    return SAME_NAME_AND_BIRTH if one.birth_date.day == other.birth_date.day else ""


def _names(member):
    return {search_key(name) for name in (member.full_name, member.birth_name) if name}


def likely(person, among=None):
    """[Likeness] of those like `person`, a Member saved or not. Queries: one for them, three for where they were.

    `among`: a queryset of Members, when not all are asked.
    """
    wanted = Q()
    for name in _names(person):
        wanted |= Q(search_key__contains=name, birth_date__year=person.birth_date.year)
    if person.card_number:
        wanted |= Q(card_number=person.card_number)
    rows = Member.objects.all() if among is None else among
    rows = rows.filter(wanted, voided__isnull=True).exclude(pk=person.pk).order_by("sort_key", "pk")
    alike = [(member, why) for member in rows if (why := resemblance(person, member))]
    return described(alike)


def described(pairs):
    """[Likeness] of (member, why) pairs, with where and when each belongs or belonged."""
    today, spells = clock.today(), defaultdict(list)
    for spell in Membership.objects.current().filter(member__in=[m.pk for m, _ in pairs]).order_by("starts"):
        spells[spell.member_id].append(spell)
    names = lineage.labels_at((s.organization_id, s.starts) for held in spells.values() for s in held)
    return [
        Likeness(
            member,
            why,
            [_place(spell, names[spell.organization_id, spell.starts]) for spell in reversed(spells[member.pk])],
            any(spell.starts <= today < spell.ends for spell in spells[member.pk]),
        )
        for member, why in pairs
    ]


def _place(spell, name):
    if spell.ends == FOREVER:
        return f"{name}, từ {in_words(spell.starts)} đến nay"
    why = Exit(spell.exit).label if spell.exit else Entry(spell.entry).label
    return f"{name}, từ {in_words(spell.starts)} đến trước {in_words(spell.ends)} ({why[:1].lower()}{why[1:]})"
