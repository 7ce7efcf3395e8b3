"""The organization and the year a row is about, as several kinds read them."""

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import FileRow, ImportColumn
from imports.columns.places import NamedPlaces
from organizations.models import OrganizationSpell

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
