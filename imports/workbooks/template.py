"""The workbook to fill for a kind of import, made from its columns: headings, drop-downs, examples, notes."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from imports.columns.column import ImportColumn
from imports.kinds.kind import ImportKind

from .paper import HEADING, new_workbook

ROWS = 2000  # with drop-downs
INLINE = 255  # signs that a list of a drop-down may have in its cell; longer ones stand on a sheet of their own


def workbook(kind: type[ImportKind]) -> bytes:
    buffer = BytesIO()
    with new_workbook(buffer) as book:
        sheet = book.add_worksheet("Dữ liệu")
        lists = book.add_worksheet("Danh mục")
        _headings(book, sheet, kind.columns)
        for n, column in enumerate(kind.columns):
            drop_down(sheet, lists, n, list(column.options()) if column.options else [], 1, ROWS)
        _guide(book, kind)
        lists.hide()
    return buffer.getvalue()


def _headings(book: Any, sheet: Any, columns: tuple[ImportColumn, ...]) -> None:
    heading, text = book.add_format(HEADING), book.add_format({"num_format": "@"})
    sheet.set_row(0, 32)
    for n, column in enumerate(columns):
        sheet.write_string(0, n, column.label + (" *" if column.needed else ""), heading)
        sheet.set_column(n, n, max(14, min(32, len(column.label) + 6)), text)
    sheet.freeze_panes(1, 1)


def drop_down(sheet: Any, lists: Any, n: int, words: Sequence[str], first: int, last: int) -> None:
    """One of `words` may be picked in column `n` from row `first` to `last`; what has commas, or is long, stands in `lists`."""
    if not words:
        return
    source: Any = words
    if len(",".join(words)) > INLINE or any("," in word for word in words):
        for row, word in enumerate(words):
            lists.write_string(row, n, word)
        letter = _letter(n)
        source = f"='Danh mục'!${letter}$1:${letter}${len(words)}"
    sheet.data_validation(first, n, last, n, {"validate": "list", "source": source, "error_type": "warning"})


def _letter(n: int) -> str:
    return chr(ord("A") + n) if n < 26 else chr(ord("A") + n // 26 - 1) + chr(ord("A") + n % 26)


def _guide(book: Any, kind: type[ImportKind]) -> None:
    sheet, heading = book.add_worksheet("Hướng dẫn"), book.add_format(HEADING)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 22)
    sheet.set_column(3, 3, 70)
    sheet.write_string(0, 0, kind.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, kind.help)
    for n, words in enumerate(("Cột", "Bắt buộc", "Ví dụ", "Ghi chú")):
        sheet.write_string(3, n, words, heading)
    for row, column in enumerate(kind.columns, start=4):
        for n, words in enumerate((column.label, "có" if column.needed else "", column.example, column.note_told)):
            sheet.write_string(row, n, words, wrapped)
