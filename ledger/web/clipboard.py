"""Text copied out of a spreadsheet: tabs between cells, quotes round a cell that holds a line break, quotes doubled in it.

The one reader of pasted text. Source: what Excel, LibreOffice and Google Sheets put on the clipboard is the standard
library's `excel-tab` dialect; a file of commas or semicolons opened as text and copied is the same with another mark.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from itertools import chain

from ledger.acts import Refused
from ledger.text import clean

MARKS = ("\t", ";", "  ", ",")  # between columns: a tab, else what parts the most rows; "  " stands for a wide gap
LAST = "\ue000"  # a private sign that nobody types: two cells of a row behind the text, unless a quote was left open
UNREADABLE = (
    "Không biết ô kết thúc ở đâu: có dấu nháy kép mở mà không đóng. Hãy chép lại trọn các ô từ bảng tính, hoặc bỏ dấu "
    "nháy ở đầu ô."
)


def rows(text: str, mark: str = "\t", each: Callable[[str], str] = clean) -> list[list[str]]:
    """[[cell]] of `text`, each cell cleaned, its own line breaks being spaces; empty cells at the end of a row dropped.

    A row that says nothing is [], so that the n-th row is the n-th of the spreadsheet. `each`: what is done to a cell
    instead of cleaning it. Raises Refused for an open quote.
    """
    if mark == "  ":
        text, mark = re.sub(r"[^\S\r\n\t]{3,}", "\t", text), "\t"
    grid = [_filled(row, each) for row in parted(StringIO(text, newline=""), mark)]
    while grid and not grid[-1]:
        grid.pop()
    return grid


def parted(lines: Iterable[str], mark: str) -> Iterator[list[str]]:
    """The rows of `lines` (each with the line break it ends in), one after the other, every cell as it stands.

    Raises Refused, after the rows before it, for an open quote.
    """
    whole = chain((line.replace(LAST, "") for line in lines), [LAST + mark + LAST])
    before: list[str] | None = None
    try:
        for row in csv.reader(whole, dialect="excel-tab", delimiter=mark, skipinitialspace=True):
            if before is not None:
                yield before
            before = row
    except csv.Error as error:
        raise Refused(UNREADABLE) from error
    if before != [LAST, LAST]:
        raise Refused(UNREADABLE)


def table(text: str, each: Callable[[str], str] = clean) -> list[list[str]]:
    """`rows` of text that may also be typed by hand or copied out of a text file: parted by what parts the most rows."""
    if "\t" in text:
        return rows(text, each=each)
    read, refused = {}, None
    for mark in MARKS:
        try:
            read[mark] = rows(text, mark, each)
        except Refused as error:
            refused = error
    best = parts_most(read)
    if best is None or refused and not _parts(read[best]):
        raise refused or Refused(UNREADABLE)
    return read[best]


def parts_most(read: Mapping[str, list[list[str]]]) -> str | None:
    """Of `read`, {mark: the rows of a text by it}, the mark that parts the most rows; the first of several."""
    return max(read, key=lambda mark: _parts(read[mark]), default=None)


def _parts(found: list[list[str]]) -> int:
    return sum(len(row) > 1 for row in found)


def _filled(row: list[str], each: Callable[[str], str]) -> list[str]:
    cells = [each(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells
