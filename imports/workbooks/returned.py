"""The rows of a file that were not written, with the reason beside each: corrected, it is fed in again."""

from typing import Any

from imports.kinds.kind import ImportKind
from imports.models import ImportRun
from imports.reading.scratch import Scratch
from imports.runs.report import faulty_rows

from .paper import HEADING, LONGEST_CELL, new_workbook

WHY, ROW = "Vì sao chưa ghi được", "Dòng trong tệp cũ"


def workbook(run: ImportRun, kind: type[ImportKind]) -> Scratch:
    """An xlsx file."""
    file = Scratch.empty()
    with new_workbook(file.file, row_by_row=True) as book:
        sheet = book.add_worksheet("Cần sửa")
        heading, text = book.add_format(HEADING), book.add_format({"num_format": "@", "valign": "top"})
        wrong = book.add_format({"num_format": "@", "bg_color": "#F8D7DA", "valign": "top"})
        why = book.add_format({"text_wrap": True, "valign": "top"})
        titles = [column.label for column in kind.columns] + [WHY, ROW]
        for n, title in enumerate(titles):
            sheet.write_string(0, n, title, heading)
        sheet.set_column(0, len(titles) - 3, 18)
        sheet.set_column(len(titles) - 2, len(titles) - 2, 70)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(faulty_rows(run), start=1):
            faulty = {column for column, _, _ in row.get("faults", [])}
            for n, column in enumerate(kind.columns):
                said = row["texts"].get(column.name, "")
                sheet.write_string(number, n, said[:LONGEST_CELL], wrong if column.label in faulty else text)
            sheet.write_string(number, len(titles) - 2, _reasons(row)[:LONGEST_CELL], why)
            sheet.write_number(number, len(titles) - 1, row["number"])
        _remarks(book, run.report.get("remarks", []))
    return file


def _remarks(book: Any, sentences: list[str]) -> None:
    if not sentences:
        return
    sheet = book.add_worksheet("Cả tệp")
    sheet.set_column(0, 0, 100)
    for n, sentence in enumerate(sentences):
        sheet.write_string(n, 0, sentence[:LONGEST_CELL])


def _reasons(row: dict[str, Any]) -> str:
    told = [f"{column}: {why}" if column else why for column, _, why in row.get("faults", [])]
    if "question" in row:
        told += [row["question"]["text"], *(words for _, words in row["question"]["options"])]
    return "\n".join(told)
