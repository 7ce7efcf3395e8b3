"""The paper of one row, beside that of the whole file: its columns, and what a row says of it."""

from collections.abc import Iterable, Mapping

from imports.columns import cells
from imports.columns.column import FileRow, ImportColumn
from ledger.acts import Refused
from ledger.documents import Key, keep, key_of, paper_told
from ledger.models import Document

from .kind import Job

NUMBER = ImportColumn(
    name="so_qd",
    label="Số quyết định",
    read=cells.code_at_most(80),
    headings=("Số QĐ", "QĐ số", "Quyết định số", "Số văn bản", "Số, ký hiệu quyết định", "Số, ký hiệu văn bản"),
    note="Khi dòng này có văn bản riêng. Để trống thì theo văn bản của cả tệp.",
)
DATE = ImportColumn(
    name="ngay_qd",
    label="Ngày quyết định",
    read=cells.day,
    headings=("Ngày QĐ", "Ngày ban hành", "Ngày ký", "Ngày ký quyết định", "Ngày văn bản", "Ngày ban hành quyết định"),
)
ISSUER = ImportColumn(
    name="co_quan_qd",
    label="Cơ quan ban hành",
    read=cells.at_most(200),
    headings=(
        "Cơ quan ban hành quyết định",
        "Cơ quan ra quyết định",
        "Cơ quan quyết định",
        "Cấp ban hành",
        "Cấp quyết định",
        "Nơi ban hành",
    ),
    note="Để trống mà dòng có số quyết định thì lấy cơ quan ghi cho cả tệp.",
)
PAPER = (NUMBER, DATE, ISSUER)


def paper_of_row(line: FileRow, columns: tuple[ImportColumn, ImportColumn, ImportColumn], job: Job) -> Document | None:
    """The paper of its own, not saved, that a row tells of in `columns` of number, day and issuer.

    None for none, for that of the whole file, and where it is not told whole: the line is then refused. A day that says
    something else, too, tells of no paper without a number.
    """
    if any(column.name not in line.values for column in columns):
        return None  # a cell of it could not be read, which the line says
    number, day, issuer = (line.get(column.name) for column in columns)
    if not number and columns[1].name != DATE.name:
        return None
    told = (number, day, issuer or job.given.get("co_quan"))
    try:
        paper = paper_told({column.label: part for column, part in zip(columns, told, strict=True)})
    except Refused as why:
        for sentence in why.messages:
            line.refuse(sentence, columns[0])
        return None
    is_of_file = paper and job.document and key_of(paper) == key_of(job.document)
    return None if is_of_file else paper


def recorded(papers: Iterable[Document | None]) -> Mapping[Key, Document]:
    """{key: the Document} of `papers`, as ledger/documents.py: keep."""
    return keep(paper for paper in papers if paper)


def by_paper(paper: Document | None) -> str:
    """At the end of what is told of a row."""
    return f", theo văn bản số {paper}" if paper else ""
