"""The process that reads a workbook, so that whatever the file does befalls this process alone.

    python -m imports.reading.child KIND LIMITS < file > rows

KIND: "zip" or "ole"; LIMITS: the numbers of a Limits as JSON. Its own memory and time are bounded before the file is looked
at. Rows go out as wire.py says, sheet after sheet; the last word is what the book is and where each sheet begins, or the
sentence why it is not read. Neither Django nor a database here.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, BinaryIO

from . import faults, ods, xls, xlsx
from .extent import NOT_A_NUMBER, Extent, require_within
from .faults import FileFault
from .limits import Limits
from .packages import Package
from .spans import Spans
from .wire import Cell, as_text, packed, say_last

MIDNIGHT = time()


def main() -> None:
    kind, limits = sys.argv[1], Limits(*json.loads(sys.argv[2]))
    _confine(limits)
    rows = Outlet(sys.stdout.buffer, limits.unpacked_megabytes * 2**20)
    with open(0, "rb", closefd=False) as file:
        say_last(sys.stdout.buffer, answer(kind, file, limits, rows), rows.written)
    sys.stdout.buffer.flush()


def _confine(limits: Limits) -> None:
    """Where the system can (not on Windows): the memory and the time of this process, and no core left behind."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: limits.memory_megabytes * 2**20,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, hard))


class Outlet:
    """Where rows are written, and how much was."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self.file, self.most, self.written = file, most, 0

    def write(self, line: bytes) -> None:
        self.written += len(line)
        if self.written > self.most:
            self.written -= len(line)
            raise FileFault(faults.TOO_BIG)
        self.file.write(line)


def answer(kind: str, file: BinaryIO, limits: Limits, rows: Outlet) -> dict[str, Any]:
    """The last word. Never raises: a panic of the library is no Exception."""
    try:
        return _read(kind, file, limits, rows)
    except FileFault as fault:
        return {"refused": str(fault)}
    except MemoryError:
        return {"refused": faults.TOO_BIG}
    except BaseException:
        return {"refused": faults.DAMAGED}


def _read(kind: str, file: BinaryIO, limits: Limits, rows: Outlet) -> dict[str, Any]:
    extents: dict[str, Extent] | list[Extent]
    if kind == "ole":
        kind, extents = "xls", xls.look_over(file, limits)
    else:
        package = Package(file, limits)
        kind = package.kind
        extents = xlsx.look_over(package, limits) if kind == "xlsx" else ods.look_over(package, limits)
    require_within([*extents.values()] if isinstance(extents, dict) else extents, limits)
    file.seek(0)
    return {"kind": kind, **_sheets(file, extents, rows)}


def _sheets(file: BinaryIO, extents: dict[str, Extent] | list[Extent], rows: Outlet) -> dict[str, Any]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    names: list[str] = []
    hidden: list[int] = []
    starts: list[int] = []
    try:
        book = CalamineWorkbook.from_filelike(file)
        if len(book.sheets_metadata) != len(extents):
            raise FileFault(faults.DAMAGED)
        for number, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            extent = extents[about.name] if isinstance(extents, dict) else extents[number]
            if about.visible != SheetVisibleEnum.Visible:
                hidden.append(len(names))
            names.append(about.name)
            starts.append(rows.written)
            for row in _rows(book.get_sheet_by_index(number), extent):
                rows.write(packed(row))
    except PasswordError as error:
        raise FileFault(faults.PASSWORD) from error
    except CalamineError as error:
        raise FileFault(faults.DAMAGED) from error
    if not names:
        raise FileFault(faults.NO_SHEET)
    return {"sheets": names, "hidden": hidden, "starts": [*starts, rows.written]}


def _rows(sheet: Any, extent: Extent) -> Iterator[list[Cell]]:
    """The rows of a sheet of the library from its first to its last filled one; the library leaves out empty columns
    before the first filled one, and what is wrong with a cell.
    """
    blank, spans = (
        0,
        Spans([*extent.spans, *((top, left, last) for (top, left), (last, _) in sheet.merged_cell_ranges or ())]),
    )
    for number, found in enumerate(_grid(sheet, extent)):
        row = [cell(value) for value in found]
        for column, error in extent.errors.get(number, {}).items():
            row.extend([None] * (column + 1 - len(row)))
            row[column] = error
        spans.fill(number, row)
        while row and row[-1] is None:
            row.pop()
        if not row:
            blank += 1
            continue
        yield from ([] for _ in range(blank))
        blank = 0
        yield row


def _grid(sheet: Any, extent: Extent) -> Iterator[list[Any]]:
    read = 0
    if sheet.start:
        before = [""] * sheet.start[1]
        for row in sheet.iter_rows():
            read += 1
            yield before + row
    yield from ([] for _ in range(read, extent.rows))


def cell(value: Any) -> Cell:
    """A value of the library as a Cell."""
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time):
        return _clock(value.hour, value.minute, value.second)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return _clock(*divmod(minutes, 60), seconds)
    found: Cell = value
    return found


def _number(value: float) -> Cell:
    """To the fifteen digits that Excel reckons with: 0.30000000000000004 is 0.3."""
    if not isfinite(value):
        return NOT_A_NUMBER
    number = Decimal(f"{value:.15g}")
    return int(number) if number == number.to_integral_value() else number


def _moment(value: datetime) -> date | datetime:
    """To the second: a moment of Excel is a fraction of a day."""
    value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return value.date() if value.time() == MIDNIGHT else value


def _clock(hours: int, minutes: int, seconds: int) -> str:
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


if __name__ == "__main__":
    main()
