"""Whom of the register each row is about, for kinds that bring nobody new: the card, or name and birth."""

from collections.abc import Mapping, Sequence

from imports.columns.column import FileRow
from members.models import Member
from organizations.models import Organization

from .kind import ImportKind
from .persons import person_of, told_name
from .who_is_who import WhoIsWho


def tells_who(kind: ImportKind, line: FileRow) -> bool:
    """Whether the row says enough to find somebody by; else it is refused. Says of the row whom it names."""
    line.told = line.texts["ho_ten"] or line.texts["so_the"]
    if line.get("so_the") or (line.get("ho_ten") and line.get("ngay_sinh")):
        return True
    line.refuse("Cần số thẻ đảng viên, hoặc họ tên và ngày sinh.", kind.column("ho_ten"))
    return False


def known_people(
    kind: ImportKind, lines: Sequence[FileRow], cells: Mapping[int, Organization | None]
) -> tuple[WhoIsWho, list[tuple[FileRow, Member]]]:
    """(who was looked for, [(row, whom it is about)] of those that are clear); of the others the rows say why not.

    `cells`: {row number: the cell by which namesakes are told apart}.
    """
    people = [(line, person_of(line)) for line in lines]
    who = WhoIsWho(kind.job.user, people)
    found = []
    for line, person in people:
        cell = cells.get(line.number)
        answer = kind.job.answers.get(line.number, "")
        if member := who.settle(line, person, cell and cell.pk, answer, once=True):
            found.append((line, member))
        elif line.is_open:
            name = told_name(person) if person.full_name else f"người có số thẻ {person.card_number}"
            line.refuse(f"Không có {name} trong sổ, trong phạm vi của đồng chí.")
    return who, found
