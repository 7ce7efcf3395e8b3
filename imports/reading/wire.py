"""Rows as the child process sends them: a line of JSON each, so that nothing it sends can do anything but be read.

Text, whole numbers, yes and no as they are; {"n": "1.5"} a number, {"d": "2018-12-14"} a day, {"t": …} a moment. Behind all
rows comes the last word: what the book is, or why it is not read.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

TAIL = 16  # digits behind the last word, which say where it begins

Cell = None | bool | int | Decimal | date | datetime | str


def as_text(text: str) -> str | None:
    """Text as it stands but for its line breaks and for signs that no database keeps; None for what says nothing."""
    text = text.replace("\0", "")
    if not text or text.isspace():
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def packed(row: list[Cell]) -> bytes:
    return json.dumps(row, default=_packed, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _packed(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return {"n": str(value)}


def unpacked(line: bytes) -> tuple[Cell, ...]:
    return tuple(json.loads(line, object_hook=_unpacked))


def _unpacked(found: dict[str, Any]) -> Cell:
    ((sign, text),) = found.items()
    if sign == "t":
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if sign == "d" else Decimal(text)


def say_last(file: BinaryIO, word: dict[str, Any], at: int) -> None:
    """`at`: how much was written to `file` before."""
    file.write(json.dumps(word).encode() + f"\n{at:0{TAIL}}".encode())


def last_word(file: BinaryIO) -> dict[str, Any]:
    """Raises OSError or ValueError when it was never said."""
    file.seek(-TAIL, 2)
    file.seek(int(file.read(TAIL)))
    found: dict[str, Any] = json.loads(file.readline())
    return found
