"""How workbooks of the importer are made: text stays text, dates are dates, nothing becomes a formula."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

LONGEST_CELL = 32_767  # signs; Excel takes no more, and XlsxWriter then writes nothing
HEADING = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#F3E9E2"}


@contextmanager
def new_workbook(file: BinaryIO, *, row_by_row: bool = False) -> Iterator[Any]:
    """An XlsxWriter workbook written into `file`. `row_by_row`: each row is written in turn and not held."""
    from xlsxwriter import Workbook  # it takes a tenth of a second, which no other page waits for

    held = {"constant_memory": True} if row_by_row else {"in_memory": True}
    with Workbook(file, held | {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        yield book
