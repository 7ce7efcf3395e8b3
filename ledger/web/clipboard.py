"""Text copied out of a spreadsheet: tabs between cells, quotes round a cell that holds a line break, quotes doubled in it.

The one reader of pasted text. Source: what Excel, LibreOffice and Google Sheets put on the clipboard is the standard
library's `excel-tab` dialect; a file of commas or semicolons opened as text and copied is the same with another mark.
"""

import csv
import re
from io import StringIO

from ledger.acts import Refused
from ledger.text import clean

MARKS = ("\t", ";", "  ", ",")  # between columns: a tab, else what parts the most rows; "  " stands for a wide gap
LAST = "\ue000"  # a private sign that nobody types: a row of its own behind the text, unless a quote was left open
UNREADABLE = (
    "Không biết ô kết thúc ở đâu: có dấu nháy kép mở mà không đóng. Hãy chép lại trọn các ô từ bảng tính, hoặc bỏ dấu "
    "nháy ở đầu ô."
)


def rows(text: str, mark: str = "\t") -> list[list[str]]:
    """[[cell]] of `text`, each cell cleaned, its own line breaks being spaces; empty cells at the end of a row dropped.

    A row that says nothing is [], so that the n-th row is the n-th of the spreadsheet. Raises Refused for an open quote.
    """
    if mark == "  ":
        text, mark = re.sub(r"[^\S\r\n\t]{3,}", "\t", text), "\t"
    lines = StringIO(f"{text.replace(LAST, '')}\n{LAST}", newline="")
    try:
        grid = list(csv.reader(lines, dialect="excel-tab", delimiter=mark, skipinitialspace=True))
    except csv.Error as error:
        raise Refused(UNREADABLE) from error
    if grid.pop() != [LAST]:
        raise Refused(UNREADABLE)
    grid = [_filled(row) for row in grid]
    while grid and not grid[-1]:
        grid.pop()
    return grid


def table(text: str) -> list[list[str]]:
    """`rows` of text that may also be typed by hand or copied out of a text file: parted by what parts the most rows."""
    if "\t" in text:
        return rows(text)
    read, refused = {}, None
    for mark in MARKS:
        try:
            read[mark] = rows(text, mark)
        except Refused as error:
            refused = error
    best = max(read, key=lambda mark: _parted(read[mark]), default=None)
    if best is None or refused and not _parted(read[best]):
        raise refused or Refused(UNREADABLE)
    return read[best]


def _parted(found: list[list[str]]) -> int:
    return sum(len(row) > 1 for row in found)


def _filled(row: list[str]) -> list[str]:
    cells = [clean(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells
