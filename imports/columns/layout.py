"""How a file is read: its sheet, its header, what each column is and how it is written; and its rows, read so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice, zip_longest
from typing import Any, Self

from imports.reading.book import Book, Cell
from ledger.legacy_text import Encoding, converted
from ledger.text import within_sentence
from members.identity.names import capitalised, oddity

from .cells import CellFault, shown
from .column import FileRow, ImportColumn
from .headings import SAMPLE, Header, encodings_of, find, matched, meanings_of

AS_USUAL, AS_TYPED = "thuong", "giu"
COUNTING = re.compile(r"\(?(\d{1,3}|[A-Z])\)?")  # the row that numbers the columns, below a header
LOST = re.compile("[?\ufffd]")  # in the place of a letter that a code page has not
FEW_PASSED = 20  # numbers that are told
FEW_COLUMNS = 3  # where more are read, a row of one filled cell is a title, a total or a signature


@dataclass
class Layout:
    """`names`, `encodings`: one a column of the sheet; `blanks`: {column: what its empty cells say}; `capitals`: how names
    that look mistyped are written, "" while nobody has said.
    """

    sheet: int = 0
    header: int = 1
    header_rows: int = 1
    headings: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    encodings: list[str] = field(default_factory=list)
    blanks: dict[str, str] = field(default_factory=dict)
    capitals: str = ""

    @classmethod
    def guessed(cls, book: Book, columns: Sequence[ImportColumn], remembered: Mapping[str, str]) -> Self:
        meanings = meanings_of(columns, remembered)
        return cls.of(book, find(book, meanings), columns, remembered)

    @classmethod
    def of(cls, book: Book, header: Header, columns: Sequence[ImportColumn], remembered: Mapping[str, str]) -> Self:
        """With the columns that the headings of `header` mean."""
        meanings = meanings_of(columns, remembered)
        start = header.first - 1 + header.rows
        below = list(islice(book.rows(header.sheet), start, start + SAMPLE))
        width = max(len(header.headings), max((len(row) for row in below), default=0))
        texts = [*header.headings, *[""] * (width - len(header.headings))]
        return cls(
            sheet=header.sheet,
            header=header.first,
            header_rows=header.rows,
            headings=texts,
            names=matched(texts, columns, meanings),
            encodings=[str(encoding) for encoding in encodings_of(below, width)],
        )

    @classmethod
    def stored(cls, data: Mapping[str, Any]) -> Self:
        return cls(**data)

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    def missing(self, columns: Sequence[ImportColumn]) -> list[ImportColumn]:
        """Columns that must be there and are neither in the file nor said of it whole."""
        return [c for c in columns if c.needed and c.name not in self.names and not self.blanks.get(c.name)]

    def is_legacy(self, n: int) -> bool:
        """Whether column `n` (from 0) is in an old encoding."""
        return n < len(self.encodings) and self.encodings[n] != Encoding.UNICODE

    def unicode(self, n: int, cell: Cell) -> Cell:
        """The cell of column `n` (from 0), its text brought into Unicode."""
        if not isinstance(cell, str) or not self.is_legacy(n):
            return cell
        return converted(cell, Encoding(self.encodings[n]))


def lines(
    book: Book, layout: Layout, columns: Sequence[ImportColumn], passed: list[int] | None = None
) -> Iterator[FileRow]:
    """The rows below the header, each cell read; titles, totals, signatures, the header again and blank rows among them are
    passed over. `passed` takes the numbers of those of one filled cell, which might have been meant.
    """
    by_name = {column.name: column for column in columns}
    places = [(n, by_name[name]) for n, name in enumerate(layout.names) if name in by_name]
    start = layout.header - 1 + layout.header_rows if layout.header else 0
    for number, row in enumerate(islice(book.rows(layout.sheet), start, None), start=start + 1):
        said = [shown(layout.unicode(n, cell)) for n, cell in enumerate(row)]
        filled = [text for text in said if text]
        if len(filled) == 1 and len(places) > FEW_COLUMNS:
            if passed is not None:
                passed.append(number)
        elif filled and not _is_of_the_table(said, filled, number - start, layout):
            yield _line(number, row, layout, places, columns)


def _is_of_the_table(said: Sequence[str], filled: Sequence[str], nth: int, layout: Layout) -> bool:
    """Whether a row numbers the columns, or is the header again, as on top of each printed page."""
    if len(filled) <= 1:
        return False
    if all(not text or text == heading for text, heading in zip_longest(said, layout.headings, fillvalue="")):
        return True
    return nth == 1 and len(filled) > FEW_COLUMNS and all(COUNTING.fullmatch(text) for text in filled)


class FileRows:
    """The rows of a file, as `lines` gives them; and what is to be said of those that it passes over."""

    def __init__(self, book: Book, layout: Layout, columns: Sequence[ImportColumn]) -> None:
        self._read = book, layout, columns
        self._passed: list[int] = []

    def __iter__(self) -> Iterator[FileRow]:
        self._passed.clear()
        return lines(*self._read, self._passed)

    def remarks(self) -> Iterator[str]:
        """Once it was gone through."""
        if not (numbers := self._passed):
            return
        told = ", ".join(map(str, numbers[:FEW_PASSED]))
        more = f" và {len(numbers) - FEW_PASSED} dòng nữa" if len(numbers) > FEW_PASSED else ""
        yield f"Dòng {told}{more} chỉ có một ô, nên coi là tiêu đề, dòng cộng hay chữ ký và không đọc."


def _line(
    number: int,
    row: Sequence[Cell],
    layout: Layout,
    places: Sequence[tuple[int, ImportColumn]],
    columns: Sequence[ImportColumn],
) -> FileRow:
    line = FileRow(number)
    cells: dict[str, Cell] = {}
    for n, column in places:
        cell = layout.unicode(n, row[n]) if n < len(row) else None
        if column.is_name and layout.is_legacy(n) and isinstance(cell, str):
            cell = " ".join(word[:1].upper() + word[1:] for word in cell.split())  # a font may have no capital for it
        if column.name in cells and column.joins:
            cell = " ".join(filter(None, (shown(cells[column.name]), shown(cell))))
        cells[column.name] = cell
    for column in columns:
        cell = cells.get(column.name)
        said = shown(cell)
        if not said:
            cell = layout.blanks.get(column.name) or None
            said = shown(cell)
        line.texts[column.name] = said
        _read(line, column, cell, layout.capitals)
    return line


def _read(line: FileRow, column: ImportColumn, cell: Cell, capitals: str) -> None:
    try:
        value = column.read(cell)
    except CellFault as fault:
        line.refuse(str(fault), column)
        return
    if column.needed and value in (None, ""):
        line.refuse(f"Ô này để trống. Hãy ghi {within_sentence(column.label)}.", column)
        return
    if column.is_name and value and LOST.search(value):
        line.refuse(
            "Họ tên mất chữ, vì tệp đã được lưu ở dạng không giữ được chữ tiếng Việt. Hãy gõ lại ô này, hoặc xin tệp gốc.",
            column,
        )
        return
    if column.is_name and value and (what := oddity(value)):
        value = _name(line, column, value, what, capitals)
    if value not in (None, "") and shown_differs(line.texts[column.name], value):
        line.notes.append(f"{column.label}: {line.texts[column.name]} → {value}")
    line.values[column.name] = value


def _name(line: FileRow, column: ImportColumn, value: str, what: str, capitals: str) -> str:
    if capitals == AS_USUAL and (usual := capitalised(value)) != value:
        return usual
    if capitals != AS_TYPED:
        line.refuse(f"Họ tên viết {what}. Hãy chọn cách ghi ở phần “Họ tên viết hoa”, hoặc sửa ô này.", column)
    return value


def shown_differs(said: str, value: object) -> bool:
    """Whether a text was written otherwise than the file has it: a name in capitals, a card without its zeros.

    A choice is no text: its value is a code that nobody typed.
    """
    return type(value) is str and value != said
