"""A table of the demonstration as it is kept for the importer: headings and rows of text, with what is typed beside it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from imports.workbooks.examples import Example
from ledger.models import Document
from ledger.numbers import day_in_words
from members.models import Member

Row = Sequence[Any]
WHO = "Họ và tên|Ngày sinh|Số thẻ đảng viên"


@dataclass(frozen=True)
class ExampleTable:
    """`header`: headings, | between them; `rows`: cells of every type."""

    example: Example
    header: str
    rows: Sequence[Row]

    @property
    def text(self) -> str:
        out = StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.header.split("|"))
        writer.writerows([_said(cell) for cell in row] for row in self.rows)
        return out.getvalue()


def _said(cell: Any) -> str:
    if cell is None:
        return ""
    return day_in_words(cell) if isinstance(cell, date) else str(cell)


def example(
    kind: str, title: str, day: date, *, name: str = "", paper: Document | None = None, period: str = "", note: str = ""
) -> Example:
    """The Example of a table, its name yet without its number in the order of all."""
    told = (paper.number, day_in_words(paper.date), paper.issuer) if paper else ()
    return Example(
        name=name or kind, kind=kind, title=title, day=day_in_words(day), paper=told, period=period, note=note
    )


def who(m: Member) -> Row:
    """By what somebody of the register is found again."""
    return m.full_name, m.born, m.card_number
