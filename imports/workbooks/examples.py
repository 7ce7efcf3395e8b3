"""The demonstration's own data as workbooks, to be looked at and tried out: invented people, files as an office has them.

They were written down from the demonstration, which stands above this app (`manage.py demo_workbooks --renew`), and are
kept as text: one table a file, headings in its first row, days as 31/12/2017; what is of one rating period lies in a folder of
its own. The index says in which order an empty installation takes them in, and what is typed beside each.
"""

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import Http404

from imports.kinds.registry import kind_of

from .paper import HEADING, new_workbook

KEPT = Path(__file__).parent / "data"
INDEX = "index.json"
DAY, NUMBER = re.compile(r"\d\d/\d\d/\d{4}"), re.compile(r"[1-9]\d{0,4}|0")


@dataclass(frozen=True, kw_only=True)
class Example:
    """`name`: of its file, without its ending; `kind`: code of its kind of import; `day`, `paper` (number, day, issuer),
    `period` (2017): what is typed for the whole file, days as text; `note`: what is to be known before it is taken in.
    """

    name: str
    kind: str
    title: str
    day: str
    paper: tuple[str, str, str] | tuple[()] = ()
    period: str = ""
    note: str = ""
    rows: int = 0

    @property
    def typed(self) -> str:
        """What is typed for the whole file, as a sentence."""
        told = [f"Ghi cho cả tệp: ngày {self.day}"]
        if self.period:
            told.append(f"kỳ xếp loại năm {self.period}")
        if self.paper:
            number, day, issuer = self.paper
            told.append(f"văn bản số {number} ngày {day} của {issuer}")
        return ", ".join(told) + "."

    @property
    def kept_at(self) -> str:
        """Where its table lies below the folder of all."""
        return "/".join(filter(None, (self.period, f"{self.name}.csv")))

    @property
    def file_name(self) -> str:
        return f"{self.name}.xlsx"


@cache
def examples() -> tuple[Example, ...]:
    """All of them, in the order in which an empty installation takes them in."""
    kept = json.loads((KEPT / INDEX).read_text(encoding="utf-8"))
    return tuple(Example(**one | {"paper": tuple(one.get("paper", ()))}) for one in kept)


def example_of(name: str) -> Example:
    """The example `name`; 404 for none."""
    found = next((one for one in examples() if one.name == name), None)
    if found is None:
        raise Http404("Không có tệp ví dụ này. Hãy chọn lại từ trang Tệp ví dụ.")
    return found


def table_of(example: Example) -> list[list[str]]:
    """Its rows of cells as text, the headings first."""
    with (KEPT / example.kept_at).open(encoding="utf-8", newline="") as kept:
        return list(csv.reader(kept))


@cache
def workbook(example: Example) -> bytes:
    """As an office would have it: a title, what is typed beside it, the table; days are days, small numbers numbers."""
    header, *rows = table_of(example)
    buffer = BytesIO()
    with new_workbook(buffer) as book:
        sheet = book.add_worksheet("Dữ liệu")
        title, heading = book.add_format({"bold": True, "font_size": 14}), book.add_format(HEADING)
        sheet.write_string(0, 0, f"{kind_of(example.kind).title}: {example.title}", title)
        sheet.write_string(1, 0, " ".join(filter(None, (example.typed, example.note))))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for n, words in enumerate(header):
            sheet.write_string(3, n, words, heading)
            sheet.set_column(n, n, _width([words, *(row[n] for row in rows[:200])]))
        for at, row in enumerate(rows, start=4):
            for n, said in enumerate(row):
                _write(sheet, at, n, said, day)
        sheet.freeze_panes(4, 1)
    return buffer.getvalue()


def _write(sheet: Any, at: int, n: int, said: str, day: Any) -> None:
    if DAY.fullmatch(said):
        sheet.write_datetime(at, n, datetime.strptime(said, "%d/%m/%Y"), day)  # noqa: DTZ007
    elif NUMBER.fullmatch(said):
        sheet.write_number(at, n, int(said))
    elif said:
        sheet.write_string(at, n, said)


def _width(words: Sequence[str]) -> int:
    return max(8, min(40, max(map(len, words)) + 2))


@cache
def all_together() -> bytes:
    """A zip of all the workbooks."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for example in examples():
            archive.writestr(example.file_name, workbook(example))
    return buffer.getvalue()
