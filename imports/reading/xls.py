"""The sheets of an xls file looked over before they are read: how far they reach, which cells hold an error.

Sources: [MS-CFB] (the container, read by olefile), [MS-XLS] 2.1.7 (streams), 2.4 (records).
"""

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from
from typing import BinaryIO

import olefile

from . import faults
from .extent import ERRORS_OF_EXCEL, NOT_A_NUMBER, Extent
from .faults import FileFault
from .limits import Limits

BOF, EOF, FILEPASS, BOUNDSHEET, SUPBOOK, FORMULA, BOOLERR, MULRK = 0x809, 0x0A, 0x2F, 0x85, 0x1AE, 0x06, 0x205, 0xBD
FORMULAS = {FORMULA, 0x206, 0x406}
FILLED = {0x203, 0x204, 0xD6, 0x27E, 0xFD, BOOLERR, *FORMULAS}  # number, text (three ways), a short number
VERSIONS = {0x500, 0x600}  # Excel 5 and 95, 97 to 2003
WITH_CODE = {0x01, 0x06}  # kinds of sheets: macros of Excel 4, a module
OWN, ADD_IN = 0x401, 0x3A01  # a book of references that is this one, or built in
SAYS_WHAT_IT_IS = [
    ("encryptedpackage", faults.PASSWORD),
    ("worddocument", faults.WORD),
    ("powerpoint document", faults.SLIDES),
]


def look_over(file: BinaryIO, limits: Limits) -> list[Extent]:
    """An Extent for each sheet, in order."""
    try:
        book = _book(file)
        return [_extent(book, at, limits) for at in _sheets(book)]
    except (StructError, ValueError, IndexError) as error:
        raise FileFault(faults.DAMAGED) from error


def _book(file: BinaryIO) -> bytes:
    """The stream in which all sheets stand."""
    try:
        with olefile.OleFileIO(file) as container:
            names = {"/".join(path).lower() for path in container.listdir(storages=True)}
            for name, sentence in SAYS_WHAT_IT_IS:
                if name in names:
                    raise FileFault(sentence)
            if any("vba" in name.split("/") or name.startswith(("_vba_project", "macros")) for name in names):
                raise FileFault(faults.MACROS)
            stream = next((name for name in ("workbook", "book") if name in names), None)
            if stream is None:
                raise FileFault(faults.OLD)
            return container.openstream(stream).read()
    except (OSError, TypeError, AttributeError, KeyError, RecursionError, OverflowError) as error:
        raise FileFault(faults.DAMAGED) from error


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, where its data begin, how long they are) of the records from `at` to the end of what begins there."""
    depth = 0
    while True:
        kind, length = unpack_from("<HH", book, at)
        if at + 4 + length > len(book):
            raise ValueError(at)
        yield kind, at + 4, length
        depth += (kind == BOF) - (kind == EOF)
        if depth < 1:
            return
        at += 4 + length


def _sheets(book: bytes) -> list[int]:
    """Where in `book` each sheet begins."""
    kind, _, version = unpack_from("<HHH", book)
    if kind != BOF or version not in VERSIONS:
        raise FileFault(faults.OLD)
    sheets = []
    for kind, at, length in _records(book, 0):
        if kind == FILEPASS:
            raise FileFault(faults.PASSWORD)
        if kind == BOUNDSHEET:
            place, _, sort = unpack_from("<IBB", book, at)
            if sort in WITH_CODE:
                raise FileFault(faults.MACROS)
            sheets.append(place)
        elif kind == SUPBOOK and _is_outside(book, at, length):
            raise FileFault(faults.LINKS)
    return sheets


def _is_outside(book: bytes, at: int, length: int) -> bool:
    letters = unpack_from("<HH", book, at)[1]
    return letters not in (OWN, ADD_IN) and letters > 1  # a path of one sign is this book, or none


def _extent(book: bytes, at: int, limits: Limits) -> Extent:
    extent = Extent(limits)
    if unpack_from("<H", book, at)[0] != BOF:
        raise ValueError(at)
    depth = 0
    for kind, place, length in _records(book, at):
        depth += (kind == BOF) - (kind == EOF)
        if depth > 1:
            continue  # a chart in the sheet has cells of its own
        if kind == MULRK:
            row, first = unpack_from("<HH", book, place)
            extent.fill(row, first + (length - 6) // 6 - 1)
        elif kind in FILLED:
            row, column = unpack_from("<HH", book, place)
            if error := _error(book, kind, place):
                extent.mark(row, column, error)
            else:
                extent.fill(row, column)
    return extent


def _error(book: bytes, kind: int, at: int) -> str:
    """What is wrong with the cell of the record; "" for a cell with a value."""
    if kind == BOOLERR:
        code, is_error = unpack_from("<BB", book, at + 6)
        return ERRORS_OF_EXCEL.get(code, NOT_A_NUMBER) if is_error else ""
    if kind in FORMULAS:
        result = book[at + 6 : at + 14]
        if result[6:] == b"\xff\xff" and result[0] == 2:
            return ERRORS_OF_EXCEL.get(result[2], NOT_A_NUMBER)
    return ""
