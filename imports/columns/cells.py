"""What one cell says, read strictly: a value, or a sentence that says what is wrong and what to do (domain §7.3–7.5).

Every reader takes a raw Cell whose text has been brought into Unicode, and raises `CellFault`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError

from imports.reading.book import Cell, is_error
from ledger import clock, days
from ledger.numbers import day_in_words, read_number
from ledger.text import clean, clean_lines, code_text, date_text, number_text, search_key
from members.identity.ages import why_no_birth
from members.models import CARD_NUMBER, Precision

Reader = Callable[[Cell], object]
WRITTEN_DATE = re.compile(r"(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{1,4})|(\d{4})-(\d{1,2})-(\d{1,2}))(?:[ T]\d.*)?")
MONTH_AND_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
YES, NO = (
    {"x", "co", "1", "v", "true", "dung", "la", "phai", "+", "✓", "✔", "√", "☑", "☒"},
    {"khong", "0", "false", "sai", "-"},
)
WITHDRAWS = {"rut", "rut lai", "rut so", "thu hoi", "bo giao"}
CARD_LENGTHS = (8, 12)
SERIAL_START = date(1899, 12, 30)  # from which spreadsheets count days
SERIAL_DAYS = range(7_000, 73_000)  # of a century and more up to 2099; what is less may be a year
MONTH_FIRST = "Có lẽ cả cột viết tháng trước ngày, khi đó những ngày khác của cột đọc được cũng sai; hãy đổi cả cột sang ngày/tháng/năm"


class CellFault(Exception):
    """What is wrong with a cell and what to do, as a sentence."""


def shown(cell: Cell) -> str:
    """A cell as people read it, on one line: 03/02/2018, 13,5, Có."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, int):
        return str(cell)  # 0 is something said
    if isinstance(cell, datetime):
        return day_in_words(cell.date())
    if isinstance(cell, date):
        return day_in_words(cell)
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    return clean(cell)


def text(cell: Cell) -> str:
    """One line of text; a wrapped cell's breaks are spaces."""
    said = shown(cell)
    if is_error(said):
        raise CellFault(f"Ô này là lỗi của bảng tính ({said}). Hãy sửa công thức, hoặc gõ giá trị vào ô.")
    return said


def at_most(length: int) -> Callable[[Cell], str]:
    """Reader of text of at most `length` signs."""

    def read(cell: Cell) -> str:
        said = text(cell)
        if len(said) > length:
            raise CellFault(f"Ô này dài {len(said)} ký tự, chỉ ghi được {length}. Hãy viết ngắn lại.")
        return said

    return read


def lines_at_most(length: int) -> Callable[[Cell], str]:
    """As `at_most`, for text of several lines, which stay."""
    read_line = at_most(length)

    def read(cell: Cell) -> str:
        said = read_line(cell)
        return clean_lines(cell) if isinstance(cell, str) else said

    return read


def code(cell: Cell) -> str:
    """A code or the number of a paper: every dash a hyphen."""
    return code_text(text(cell))


def code_at_most(length: int) -> Callable[[Cell], str]:
    """As `at_most`, for a code or the number of a paper."""
    read_line = at_most(length)
    return lambda cell: code_text(read_line(cell))


def day(cell: Cell) -> date | None:
    """A day: a date of the spreadsheet, or text day first. None for an empty cell."""
    found = _date(cell)
    if found and (fault := days.why_impossible(found)):
        raise CellFault(fault)
    return found


def _date(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = date_text(text(cell))
    if not said:
        return None
    if isinstance(cell, int) and cell in SERIAL_DAYS:
        meant = day_in_words(SERIAL_START + timedelta(days=cell))
        raise CellFault(
            f"Không đọc được ngày: ô chỉ có số {cell}. Nếu là ngày {meant} thì hãy đổi định dạng ô sang Ngày rồi nhập lại."
        )
    found = WRITTEN_DATE.fullmatch(said)
    if not found:
        raise CellFault("Không đọc được ngày. Hãy viết ngày/tháng/năm, ví dụ 03/02/2018.")
    if found[3] and len(found[3]) == 2:
        raise CellFault("Năm chỉ có hai chữ số nên không biết thế kỷ nào. Hãy viết đủ bốn chữ số, ví dụ 03/02/1998.")
    if found[3] and len(found[3]) != 4:
        raise CellFault("Năm không đủ bốn chữ số. Hãy viết đủ, ví dụ 03/02/1998.")
    year, month, number = (found[4], found[5], found[6]) if found[4] else (found[3], found[2], found[1])
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        what = MONTH_FIRST if found[3] and int(number) <= 12 < int(month) <= 31 else "Ngày viết trước tháng"
        raise CellFault(f"Không có ngày này trong lịch. {what}, ví dụ 03/02/2018.") from None


def birth(cell: Cell) -> tuple[date, Precision] | None:
    """A birth as far as it is known: 15/06/1980, 06/1980, 1980. None for an empty cell."""
    said = date_text(text(cell)) if not isinstance(cell, date) else ""
    if not isinstance(cell, date) and not said:
        return None
    if re.fullmatch(r"\d{4}", said):
        found, precision = date(int(said) or 1, 1, 1), Precision.YEAR
    elif parts := MONTH_AND_YEAR.fullmatch(said):
        if not 1 <= int(parts[1]) <= 12 or not int(parts[2]):
            raise CellFault("Tháng sinh không đúng. Chỉ biết tháng thì viết 06/1980; chỉ biết năm thì 1980.")
        found, precision = date(int(parts[2]), int(parts[1]), 1), Precision.MONTH
    else:
        found, precision = _date(cell) or date.min, Precision.DAY
    if isinstance(cell, date) and (year_typed := _year_taken_for_a_day(cell)):
        raise CellFault(
            f"Ô này định dạng ngày mà chỉ gõ năm {year_typed}, nên thành {shown(cell)}. Hãy đổi định dạng ô sang Văn bản rồi gõ "
            f"lại {year_typed}."
        )
    if fault := why_no_birth(found):
        raise CellFault(fault)
    return found, precision


def _year_taken_for_a_day(cell: date) -> int:
    """The year that was typed into a cell formatted as a day, which counts it in days from 1900; 0 where none was."""
    typed = (date(cell.year, cell.month, cell.day) - SERIAL_START).days
    return typed if 1900 <= typed <= clock.today().year else 0


def card(cell: Cell) -> str:
    """The number of a Party card; zeros that a spreadsheet dropped from its front are put back."""
    said = number_text(text(cell))
    if said.isascii() and said.isdecimal() and len(said) < CARD_LENGTHS[-1]:
        said = said.zfill(next(length for length in CARD_LENGTHS if length >= len(said))) if len(said) > 4 else said
    if said:
        try:
            CARD_NUMBER(said)
        except ValidationError as wrong:
            raise CellFault(wrong.messages[0]) from None
    return said


def number(cell: Cell) -> Decimal | None:
    """A number as offices write it: 62,5, 1.200, 95%. None for an empty cell."""
    if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        return Decimal(cell)
    try:
        return read_number(text(cell))
    except ValueError:
        raise CellFault("Không đọc được số. Hãy viết như 115, 1.200 hoặc 62,5.") from None


def whole(cell: Cell) -> int | None:
    """A whole number, not below zero. None for an empty cell."""
    found = number(cell)
    if found is None:
        return None
    if found != int(found) or found < 0:
        raise CellFault("Cần một số nguyên không âm, ví dụ 115.")
    return int(found)


def withdraws(cell: Cell) -> bool:
    """Whether it says in place of a number that the one which stands is withdrawn: “rút”, “thu hồi”."""
    return search_key(text(cell)) in WITHDRAWS


def year(cell: Cell) -> int | None:
    """A year of four digits. None for an empty cell."""
    found = whole(cell)
    if found is not None and not 1900 <= found <= 2200:
        raise CellFault("Năm không đúng. Hãy viết bốn chữ số, ví dụ 2017.")
    return found


def yes(cell: Cell) -> bool | None:
    """A cross, “có”, 1; “không”, 0. None for an empty cell."""
    if isinstance(cell, bool):
        return cell
    said = search_key(text(cell))
    if not said:
        return None
    if said in YES or said in NO:
        return said in YES
    raise CellFault("Chỉ hiểu “x” hoặc “có”, “không” hoặc để trống.")


def one_of(options: Mapping[str, object], *, spoken: str) -> Reader:
    """Reader of a choice by its words, without regard to case or marks. `options`: {words or code: value}."""
    by_key = {search_key(words): value for words, value in options.items()}

    def read(cell: Cell) -> object:
        said = text(cell)
        if not said:
            return None
        if (key := search_key(said)) in by_key:
            return by_key[key]
        raise CellFault(f"Không hiểu “{said}”. {spoken}")

    return read
