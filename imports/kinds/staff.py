"""How many civil servants, public employees and workers organizations have in a year: one organization and year a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Q

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome
from imports.columns.places import PlacesInTime
from imports.reading.book import Cell
from imports.verbs import ImportVerb
from ledger import clock
from ledger.models import Change, User
from ledger.numbers import group
from ledger.text import search_key
from organizations.access import Keep
from organizations.models import Organization, StaffCount
from organizations.models.staff import bounded
from organizations.staff.counts import (
    NAMES,
    PARTS,
    StaffRow,
    judge,
    set_staff_within,
    standing_counts,
    why_not_numbers,
)

from .kind import ImportKind, Job, Rights, why_not
from .place_columns import ORGANIZATION, YEAR, organization_in

BOUNDS = {"tren", "hon"}


class NoStaff(Enum):
    """What stands in a cell of a row that withdraws what was entered for the year."""

    WITHDRAWN = "rút"


@dataclass(frozen=True)
class KnownTotal:
    """`at_least`: more than `number` is all that is known."""

    number: int
    at_least: bool


def part(cell: Cell) -> int | NoStaff | None:
    """A number of people, or “rút”. None for an empty cell."""
    return NoStaff.WITHDRAWN if cells.withdraws(cell) else cells.whole(cell)


def total(cell: Cell) -> KnownTotal | NoStaff | None:
    """A number of people: 5.230, or what is known of it: trên 5.000; or “rút”. None for an empty cell."""
    if cells.withdraws(cell):
        return NoStaff.WITHDRAWN
    first, _, rest = cells.text(cell).replace(">", "trên ").partition(" ")
    at_least = search_key(first) in BOUNDS
    number = cells.whole(rest.strip() if at_least else cell)
    if at_least and number is None:
        raise CellFault("Sau chữ “trên” cần có số, ví dụ trên 5.000.")
    return None if number is None else KnownTotal(number, at_least)


PART_COLUMNS = {
    "cong_chuc": ImportColumn(
        name="cong_chuc",
        label="Công chức",
        read=part,
        headings=("Số công chức", "Cán bộ, công chức", "CBCC", "CC", "Biên chế công chức"),
        example="120",
    ),
    "vien_chuc": ImportColumn(
        name="vien_chuc",
        label="Viên chức",
        read=part,
        headings=("Số viên chức", "VC", "Biên chế viên chức"),
        example="45",
    ),
    "lao_dong": ImportColumn(
        name="lao_dong",
        label="Người lao động",
        read=part,
        headings=("Số người lao động", "Lao động", "Lao động hợp đồng", "NLĐ", "Hợp đồng", "HĐLĐ"),
        example="12",
    ),
}
TOTAL = ImportColumn(
    name="tong_so",
    label="Tổng số",
    read=total,
    headings=("Tổng", "Cộng", "Tổng cộng", "Tổng số người", "Tổng số CBCCVC", "Tổng biên chế"),
    example="177",
    note=(
        "Đủ ba số thì để trống cũng được. Chỉ biết là trên một số thì viết trên 5.000. Muốn rút số đã ghi của năm ấy thì viết rút "
        "và để trống ba số."
    ),
)


class StaffImport(ImportKind):
    code, title = "bien-che", "Số công chức, viên chức, người lao động"
    help = "Mỗi dòng một tổ chức trong một năm. Ô trống giữ số đang ghi; viết “rút” ở cột Tổng số thì rút số đã ghi của năm ấy."
    verb, keep, chunk = ImportVerb.STAFF, Keep.STAFF, None
    columns = (ORGANIZATION, YEAR, *PART_COLUMNS.values(), TOTAL)

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights = PlacesInTime(job.user), Rights(job.user)

    def judge(self, lines: Sequence[FileRow]) -> None:
        said = []
        for line in lines:
            year = line.get(YEAR.name) or self.job.on.year
            organization = organization_in(line, self.places, year)
            if organization is None or not line.is_open:
                continue
            numbers = [number for name in (*PART_COLUMNS, TOTAL.name) if (number := line.get(name)) is not None]
            if NoStaff.WITHDRAWN in numbers and any(number is not NoStaff.WITHDRAWN for number in numbers):
                line.refuse(
                    "Dòng này vừa ghi số vừa viết “rút”. Hãy xóa các số nếu muốn rút, hoặc xóa chữ “rút”.", TOTAL
                )
            elif not numbers:
                line.outcome, line.told = RowOutcome.SKIP, f"{organization.code}, năm {year}: không có số nào"
            else:
                said.append((line, organization, year))
        stored = standing_counts((organization.pk, year) for _, organization, year in said)
        rows = [
            (line, _with_what_stands(line, stored.get((organization.pk, year)), organization, year))
            for line, organization, year in said
        ]
        self.rights.at_each((row.organization, self._day(row)) for _, row in rows)
        for (line, row), fault in zip(rows, judge([row for _, row in rows]), strict=True):
            if of_numbers := why_not_numbers(row):
                line.refuse(_sentence(of_numbers), TOTAL)
            elif fault:
                line.refuse(_sentence(fault), ORGANIZATION)
            self._judge(line, row, stored.get(row.key))

    def _judge(self, line: FileRow, row: StaffRow, stored: StaffCount | None) -> None:
        columns = row.columns
        stands = {name: getattr(stored, name) if stored else None for name in columns}
        line.changes = _differences(stands, columns)
        if line.changes and not self.rights.may(Keep.STAFF, row.organization, self._day(row)):
            line.refuse(why_not(Keep.STAFF, row.organization.code), ORGANIZATION)
        if not line.is_open:
            line.changes = []
            return
        if row.withdraws:
            line.told = f"{row.whom}: {'rút số đã ghi' if stored else 'không có số nào để rút'}"
        else:
            line.told = f"{row.whom}: {bounded(columns['total'], columns['at_least'])} người"
        line.aim = row
        if not line.changes:
            line.outcome = RowOutcome.SAME
        else:
            line.outcome = RowOutcome.CHANGE if stored else RowOutcome.CREATE

    def _day(self, row: StaffRow) -> date:
        """The last day of its year on which one may be asked for the right to it."""
        return self.places.last_day(row.organization, clock.last_day(row.year) or clock.today())

    @classmethod
    def is_theirs(cls, change: Change, user: User) -> bool:
        rows = StaffCount.objects.filter(Q(added=change) | Q(voided=change)).select_related("organization")
        rights, places = Rights(user), PlacesInTime(user)
        wanted = [(row.organization, places.last_day(row.organization, clock.today())) for row in rows]
        rights.at_each(wanted)
        return all(rights.may(Keep.STAFF, organization, day) for organization, day in wanted)

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        set_staff_within([line.aim for line in lines], change)


def _with_what_stands(line: FileRow, stored: StaffCount | None, organization: Organization, year: int) -> StaffRow:
    """What the row says, and of what it leaves blank what stands; a row that withdraws leaves nothing."""
    if NoStaff.WITHDRAWN in [line.get(name) for name in (*PART_COLUMNS, TOTAL.name)]:
        return StaffRow(organization=organization, year=year)
    civil_servants, public_employees, workers = (
        getattr(stored, name, None) if (said := line.get(column)) is None else said
        for name, column in zip(PARTS, PART_COLUMNS, strict=True)
    )
    row = StaffRow(
        organization=organization,
        year=year,
        civil_servants=civil_servants,
        public_employees=public_employees,
        workers=workers,
    )
    if said := line.get(TOTAL.name):
        return replace(row, total=said.number, at_least=said.at_least)
    if stored and None in row.parts:
        return replace(row, total=stored.total, at_least=stored.at_least)
    return row


def _differences(stands: dict[str, Any], wanted: dict[str, Any]) -> list[Difference]:
    told = [(NAMES[name], _shown(stands[name]), _shown(wanted[name])) for name in PARTS]
    told.append((NAMES["total"], *(bounded(of["total"], bool(of["at_least"])) for of in (stands, wanted))))
    return [Difference(_sentence(label), before, after) for label, before, after in told if before != after]


def _shown(number: int | None) -> str:
    return "–" if number is None else group(number)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
