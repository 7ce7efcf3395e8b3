"""What a file holds, however it was written: sheets of rows of cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from weakref import finalize

from . import wire
from .extent import ERRORS_OF_EXCEL, NOT_COMPUTED
from .wire import Cell

BLOCK = 2**20  # bytes of rows read at once
_ERRORS = {
    *ERRORS_OF_EXCEL.values(),
    NOT_COMPUTED,
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
}


def is_error(cell: Cell) -> bool:
    """Whether the cell holds what Excel shows instead of a value: #REF!, #N/A, or a formula that was never computed."""
    return isinstance(cell, str) and (cell in _ERRORS or cell.startswith("Err:"))


@dataclass(frozen=True)
class Book:
    """`sheets`: their names; `kind`: "xlsx", "xls", "ods", "csv" or, pasted, "text"; `hidden`: numbers of hidden sheets.

    `encoding`: in which a text file was read, one of the names in text_file.py; "" of anything else.
    """

    sheets: tuple[str, ...]
    kind: str
    _rows: Callable[[int], Iterator[tuple[Cell, ...]]] = field(repr=False, compare=False)
    encoding: str = ""
    hidden: frozenset[int] = frozenset()

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the sheets; a hidden one says that it is."""
        return tuple(f"{name} (trang ẩn)" if n in self.hidden else name for n, name in enumerate(self.sheets))

    def rows(self, sheet: int) -> Iterator[tuple[Cell, ...]]:
        """The rows of the sheet of that number, in order: the n-th is row n of the sheet, a blank one is ().

        Empty cells at the end of a row and blank rows at the end of a sheet are left out. Text is not cleaned: a soft hyphen
        is ư in an old encoding. Can be asked for again and again.
        """
        if not 0 <= sheet < len(self.sheets):
            raise IndexError(sheet)
        return self._rows(sheet)


class Spool:
    """The rows of a workbook as its child process left them, in a file without a name that goes when the Book goes."""

    def __init__(self, file: BinaryIO, starts: list[int]) -> None:
        self.file, self.starts = file, starts
        finalize(self, file.close)

    def rows(self, sheet: int) -> Iterator[tuple[Cell, ...]]:
        at, end = self.starts[sheet : sheet + 2]
        while at < end:
            self.file.seek(at)  # anew for each block: others may be reading beside
            for line in self.file.readlines(BLOCK):
                if at >= end:
                    return
                at += len(line)
                yield wire.unpacked(line)
