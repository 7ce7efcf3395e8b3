"""Whom of the register a row is about: by the number of the card, present or former; else by folded name, birth and cell
(domain §4.2, §7.2). What is not clear is asked.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from imports.columns.column import FileRow, RowOutcome, RowQuestion
from ledger.models import User
from members.identity.likeness import (
    DAY_AND_MONTH,
    ONE_DIGIT,
    SAME_CARD,
    SAME_NAME_AND_BIRTH,
    SAME_NAME_AND_YEAR,
    alike,
    key_of_member,
    names_of,
)
from members.models import Member, Membership
from members.visibility import open_to_writer

NEW, SKIP = "khac", "bo"


@dataclass
class KnownPerson:
    """Somebody of the register whom a row may be about. `cell`: id of the one that counts for them, None for none."""

    member: Member
    why: str
    cell: int | None


class WhoIsWho:
    """Whom of the register each of some rows is about, asked together, within the reach of `user`."""

    def __init__(self, user: User, rows: Sequence[tuple[FileRow, Member]]) -> None:
        rows = [(line, person) for line, person in rows if person.birth_date or person.card_number]
        self._alike: dict[int, list[tuple[Member, str]]] = {}
        told = alike([person for _, person in rows]) if rows else []
        seen = open_to_writer(user, {member.pk for pairs in told for member, _ in pairs})
        for (line, _), pairs in zip(rows, told, strict=True):
            self._alike[line.number] = [(member, why) for member, why in pairs if member.pk in seen]
        near = [member for pairs in self._alike.values() for member, _ in pairs]
        prefetch_related_objects(near, "ethnic_group", "religion")  # each is held against its row, word by word
        ids = {member.pk for member in near}
        self.spells: dict[int, list[Membership]] = defaultdict(list)
        spells = Membership.objects.standing().filter(member__in=ids).select_related("organization").order_by("starts")
        for spell in spells:
            self.spells[spell.member_id].append(spell)
        self.last = {pk: own[-1] for pk, own in self.spells.items()}

    def near(self, line: FileRow, earlier: int | None = None) -> list[KnownPerson]:
        """Each with the cell of today, or that of the id `earlier` where they were in it once."""
        return [
            KnownPerson(member, why, self._cell(member, earlier)) for member, why in self._alike.get(line.number, ())
        ]

    def _cell(self, member: Member, earlier: int | None) -> int | None:
        if earlier in {spell.organization_id for spell in self.spells[member.pk]}:
            return earlier
        spell = self.last.get(member.pk)
        return spell.organization_id if spell and spell.is_open else None

    def settle(
        self,
        line: FileRow,
        person: Member,
        cell: int | None,
        answer: str,
        *,
        once: bool = False,
        earlier: bool = False,
    ) -> Member | None:
        """Whom the row is about; None for somebody new, and where it is asked or passed over: the line then says so.

        `once`: `cell` (an id) only tells namesakes apart, by who was in it once; `earlier`: who was in it once is found there.
        """
        known = self.near(line, cell if earlier else None)
        if answer == SKIP:
            line.outcome = RowOutcome.SKIP
            return None
        if chosen := next((k for k in known if key_of_member(k.member.pk) == answer), None):
            return chosen.member
        sure = [k for k in known if is_sure(k, person, None if once else cell)]
        if once and len(sure) > 1:
            sure = [k for k in sure if cell in {spell.organization_id for spell in self.spells[k.member.pk]}] or sure
        if len(sure) == 1:  # also where it was said to be another: who is sure now was written since
            return sure[0].member
        if answer == NEW:
            return None
        if known:
            line.ask(self._question(person, sure or known))
        return None

    def _question(self, person: Member, known: Sequence[KnownPerson]) -> RowQuestion:
        options = [(key_of_member(k.member.pk), f"Là {self._told(k)}") for k in known]
        options += [(NEW, "Là người khác, chưa có trong sổ"), (SKIP, "Bỏ qua dòng này")]
        return RowQuestion(f"{person.full_name} có thể đã có trong sổ.", tuple(options))

    def _told(self, known: KnownPerson) -> str:
        spell = self.last.get(known.member.pk)
        where = f", {spell.organization.code}" if spell else ""
        return f"{known.member}, sinh {known.member.born}{where}, hồ sơ số {known.member.pk} ({known.why})"


def is_sure(known: KnownPerson, person: Member, cell: int | None) -> bool:
    """Whether it needs no question: the card with the name or the birth; name and birth in the cell that the row names."""
    if known.why == SAME_CARD:
        same_birth = person.birth_date is None or known.member.birth_date == person.birth_date
        return same_birth or bool(names_of(known.member) & names_of(person))
    if known.why in (DAY_AND_MONTH, ONE_DIGIT):
        return False
    if known.why in (SAME_NAME_AND_BIRTH, SAME_NAME_AND_YEAR):
        return cell is None or known.cell == cell
    return bool(names_of(known.member) & names_of(person))  # a card given back, under the same name
