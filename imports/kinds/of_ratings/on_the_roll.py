"""Whom of the roll of a day a row is about: who has moved, left or died since is found as well as who is still there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from imports.columns.column import FileRow, RowOutcome, RowQuestion
from imports.kinds.who_is_who import SKIP, KnownPerson, is_sure
from ledger.numbers import day_in_words
from members.identity.likeness import alike, key_of_member, names_of
from members.models import Member

SAME_NAME = "cùng họ tên"
TOGETHER = 1000  # people who are looked for at once


class WhoWasOnRoll:
    """`cells`: {member id: id of their cell on `day`}; `codes`: {cell id: its code}."""

    def __init__(self, cells: Mapping[int, int], codes: Mapping[int, str], day: date) -> None:
        self.cells, self.codes, self.day = cells, codes, day
        self.members = Member.objects.in_bulk(cells)
        self._named: dict[str, list[Member]] = defaultdict(list)
        for member in self.members.values():
            for name in names_of(member):
                self._named[name].append(member)
        self._known: dict[int, list[KnownPerson]] = {}

    def look_for(self, rows: Iterable[tuple[FileRow, Member]]) -> None:
        """Reads together whom `rows` may be about, [(line, the person it tells of)]."""
        rows = list(rows)
        told = [(line, person) for line, person in rows if person.birth_date or person.card_number]
        for start in range(0, len(told), TOGETHER):
            some = told[start : start + TOGETHER]
            for (line, _), pairs in zip(some, alike([person for _, person in some]), strict=True):
                self._known[line.number] = [
                    KnownPerson(self.members[member.pk], why, self.cells[member.pk])
                    for member, why in pairs
                    if member.pk in self.cells
                ]
        for line, person in rows:
            if not (person.birth_date or person.card_number):
                self._known[line.number] = self._of_name(person)

    def _of_name(self, person: Member) -> list[KnownPerson]:
        found = {member.pk: member for name in names_of(person) for member in self._named[name]}
        return [KnownPerson(member, SAME_NAME, self.cells[pk]) for pk, member in found.items()]

    def settle(self, line: FileRow, person: Member, cell: int | None, answer: str) -> Member | None:
        """Whom the row is about; None where nobody is, where it is asked or passed over: the line then says so."""
        known = self._known.get(line.number, [])
        if answer == SKIP:
            line.outcome = RowOutcome.SKIP
            return None
        if chosen := next((k for k in known if key_of_member(k.member.pk) == answer), None):
            return chosen.member
        sure = [k for k in known if self._is_sure(k, person, cell)]
        if len(sure) == 1:
            return sure[0].member
        if known:
            line.ask(self._question(person, sure or known))
        else:
            line.refuse(
                f"{person.full_name} không có trong danh sách đảng viên ngày {day_in_words(self.day)}. "
                "Hãy xem lại họ tên, ngày sinh, số thẻ."
            )
        return None

    @staticmethod
    def _is_sure(known: KnownPerson, person: Member, cell: int | None) -> bool:
        if known.why == SAME_NAME:
            return known.cell == cell
        return is_sure(known, person, cell)

    def _question(self, person: Member, known: Sequence[KnownPerson]) -> RowQuestion:
        options = [(key_of_member(k.member.pk), f"Là {self._told(k)}") for k in known]
        return RowQuestion(f"{person.full_name} là ai?", (*options, (SKIP, "Bỏ qua dòng này")))

    def _told(self, known: KnownPerson) -> str:
        member = known.member
        return f"{member}, sinh {member.born}, {self.codes[self.cells[member.pk]]}, hồ sơ số {member.pk} ({known.why})"
