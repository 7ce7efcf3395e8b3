"""The organization and the year a row is about, as several kinds read them."""

from datetime import date

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import FileRow, ImportColumn, RowOutcome, loose_key
from imports.columns.places import NamedPlaces, PlacesInTime
from indicators.targets.pasting import TOTALS
from organizations.models import Organization, OrganizationSpell

ORGANIZATION = ImportColumn(
    name="to_chuc",
    label="Tổ chức",
    read=cells.text,
    headings=(
        "Mã",
        "Mã tổ chức",
        "Tổ chức đảng",
        "Tên tổ chức",
        "Tên tổ chức đảng",
        "Tổ chức cơ sở đảng",
        "Đơn vị",
        "Tên đơn vị",
        "Chi, đảng bộ",
        "Chi bộ, đảng bộ",
        "Đảng bộ, chi bộ",
        "Tên chi, đảng bộ",
    ),
    needed=True,
    example="DB05",
    note="Mã, hoặc tên như trong danh sách tổ chức.",
)
YEAR = ImportColumn(
    name="nam",
    label="Năm",
    read=cells.year,
    headings=("Năm số liệu", "Năm giao", "Của năm"),
    example="2018",
    note="Để trống thì lấy năm của ngày ghi cho cả tệp.",
)


def place_of(line: FileRow, places: NamedPlaces, above: str = "") -> OrganizationSpell | None:
    """The spell of what ORGANIZATION names in `line`; None where it names none, which the line then says."""
    if not (said := line.get(ORGANIZATION.name)):
        return None
    try:
        return places.find(said, above)
    except CellFault as fault:
        line.refuse(str(fault), ORGANIZATION)
        return None


def organization_in(line: FileRow, places: PlacesInTime, year: int) -> Organization | None:
    """What ORGANIZATION names of those that stood in `year`; None where it names none, which the line then says.

    The row in which a table adds up is no organization's, and is passed over.
    """
    if not (said := line.get(ORGANIZATION.name)):
        return None
    if loose_key(said) in TOTALS:
        line.outcome, line.told = RowOutcome.SKIP, f"{said}: dòng cộng của bảng"
        return None
    try:
        return places.find(said, date(year, 1, 1), date(year, 12, 31))
    except CellFault as fault:
        line.refuse(str(fault), ORGANIZATION)
        return None
