"""How workbooks of the importer are made: text stays text, dates are dates, nothing becomes a formula."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

LONGEST_CELL = 32_767  # signs; Excel takes no more, and XlsxWriter then writes nothing
HEADING = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#F3E9E2"}


@contextmanager
def new_workbook(buffer: BytesIO) -> Iterator[Any]:
    """An XlsxWriter workbook written into `buffer`."""
    from xlsxwriter import Workbook  # it takes a tenth of a second, which no other page waits for

    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        yield book
