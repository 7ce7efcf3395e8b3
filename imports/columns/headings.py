"""Where the header of a sheet is and what its columns mean. A file is guessed at; a person says whether it was guessed right.

Merged titles and blank rows above the header are normal, so is a header of two rows of which the upper spans columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from imports.reading.book import Book, Cell
from ledger.legacy_text import Encoding, converted, guess
from ledger.text import clean

from .cells import shown
from .column import ImportColumn, loose_key

LOOKED_AT = 40  # rows from the top in which a header is sought
SAMPLE = 400  # rows by which the encoding of a column is judged
MOST_HEADER_ROWS = 2


@dataclass(frozen=True)
class Header:
    """Rows `first` to `first + rows - 1` of `sheet`, numbered from 1; `headings`: one a column, in Unicode."""

    sheet: int
    first: int
    rows: int
    headings: tuple[str, ...]


def top(book: Book, sheet: int, rows: int = LOOKED_AT) -> list[tuple[Cell, ...]]:
    """The first rows of a sheet."""
    return list(islice(book.rows(sheet), rows))


def find(book: Book, meanings: Mapping[str, str]) -> Header:
    """The likeliest header of a book. `meanings`: {heading key: column name}, as `meanings_of` gives them."""
    found = [header for sheet in range(len(book.sheets)) for header in _candidates(book, sheet)]
    if not found:
        return Header(0, 1, 1, ())
    return max(
        found,
        key=lambda header: (
            header.sheet not in book.hidden and _understood(header, meanings) > 0,
            _understood(header, meanings),
            -header.rows,
            -header.sheet,
        ),
    )


def header_at(book: Book, sheet: int, first: int, rows: int) -> Header:
    """The header that somebody pointed at; of nothing where there is no such row."""
    return _header(top(book, sheet, first + rows), sheet, first, rows)


def _candidates(book: Book, sheet: int) -> Iterable[Header]:
    rows = top(book, sheet)
    for first in range(1, len(rows) + 1):
        if not any(isinstance(cell, str) for cell in rows[first - 1]):
            continue
        for deep in range(1, MOST_HEADER_ROWS + 1):
            if first + deep - 1 <= len(rows):
                yield _header(rows, sheet, first, deep)


def _header(rows: Sequence[tuple[Cell, ...]], sheet: int, first: int, deep: int) -> Header:
    part = _in_unicode(rows[first - 1 : first - 1 + deep])
    width = max((len(row) for row in part), default=0)
    part = [row + [""] * (width - len(row)) for row in part]
    for row in part[:-1]:  # what spans columns is said of each of them
        for n in range(1, width):
            row[n] = row[n] or row[n - 1]
    return Header(
        sheet, first, deep, tuple(clean(" ".join(dict.fromkeys(column))) for column in zip(*part, strict=True))
    )


def _in_unicode(rows: Sequence[tuple[Cell, ...]]) -> list[list[str]]:
    """The texts of a header. All of it tells in which encoding it is, where one heading is too short to."""
    encoding = guess([cell for row in rows for cell in row if isinstance(cell, str)]).encoding

    def read(cell: Cell) -> str:
        if not isinstance(cell, str):
            return shown(cell)
        return shown(converted(cell, guess([cell]).encoding if encoding == Encoding.UNICODE else encoding))

    return [[read(cell) for cell in row] for row in rows]


def _understood(header: Header, meanings: Mapping[str, str]) -> int:
    return len({name for text in header.headings if (name := _meaning(text, meanings, in_part=header.rows > 1))})


def meanings_of(columns: Iterable[ImportColumn], remembered: Mapping[str, str]) -> dict[str, str]:
    """{heading key: column name}; what somebody said of a heading before goes first. `remembered`: {key: name or ""}."""
    own = {key: column.name for column in columns for key in sorted(column.keys())}
    return own | dict(remembered)


def matched(headings: Sequence[str], columns: Sequence[ImportColumn], meanings: Mapping[str, str]) -> list[str]:
    """[column name, or ""] of each heading: the whole of it, else its last part (a header of two rows), each column once
    unless two of the file make it up. What bears the column's own name goes before what is called otherwise (“Thứ tự” before
    “STT”), and what is called so wholly before what only ends so: “Số thẻ đảng viên” before “Ngày cấp thẻ đảng viên”.
    """
    joins = {column.name for column in columns if column.joins}
    own = {loose_key(column.label): column.name for column in columns}
    labels = {key: name for key, name in meanings.items() if own.get(key) == name}
    names = [""] * len(headings)
    for known, in_part in ((labels, False), (meanings, False), (meanings, True)):
        for n, text in enumerate(headings):
            name = _meaning(text, known, in_part=in_part)
            if not names[n] and (name in joins or name not in names):
                names[n] = name
    for n, text in enumerate(headings):
        if not text and n and names[n - 1] in joins:
            names[n] = names[n - 1]  # a heading that was merged over family and given name
    return names


def _meaning(text: str, meanings: Mapping[str, str], *, in_part: bool) -> str:
    key = loose_key(text)
    words = key.split()
    parts = [key, *(" ".join(words[n:]) for n in range(1, len(words) - 1) if in_part)]
    return next((meanings[part] for part in parts if part in meanings), "")


def encodings_of(rows: Sequence[Sequence[Cell]], width: int) -> list[Encoding]:
    """How each column is written, as far as its text tells."""
    return [guess(_texts(rows, n)).encoding for n in range(width)]


def _texts(rows: Sequence[Sequence[Cell]], n: int) -> list[str]:
    return [cell for row in rows if n < len(row) and isinstance(cell := row[n], str)]
