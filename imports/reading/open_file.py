"""A file somebody sends, or cells pasted from one, become a Book; or a sentence says why not and what to do.

Whatever the file is, nothing else happens: a workbook is read by a process of its own (child.py) that ends when it takes too
much, a file of text row by row. A file is known by what is in it; its name is never a path.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from ledger.acts import Refused
from ledger.web import clipboard

from . import faults, sniff
from .book import Book, Spool
from .faults import FileFault
from .limits import Limits
from .scratch import Scratch
from .text_file import TextFile, kept
from .wire import last_word

__all__ = ["Limits", "Unreadable", "open_book", "open_pasted"]

ROOT = Path(__file__).resolve().parents[2]
ONE_SHEET = ("Dữ liệu",)
# What a process of Python needs to start; the secrets of the site stay here.
ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0)  # what a process ends with that may compute no longer; none on Windows
WAITED = 3  # times the seconds it may compute: the machine may have other things to do


class Unreadable(Refused):
    """A file that is not read, with a sentence for who sent it."""


def open_book(name: str, data: bytes | Path | Scratch, limits: Limits) -> Book:
    """The Book that is in `data`, the file itself or where it lies; `name`: as its sender called it.

    The file is looked over as a whole here, so that Book.rows raises nothing. Raises Unreadable.
    """
    try:
        scratch = _opened(data)
        if scratch.size > limits.megabytes * 2**20:
            raise FileFault(faults.too_heavy(scratch.size, limits.megabytes))
        with scratch.open() as file:
            kind = sniff.kind(file.read(sniff.HEAD))
        if kind != "text":
            return _workbook(kind, scratch.file, limits)
        text = TextFile(scratch, limits, name)
        return Book(ONE_SHEET, "csv", lambda _: text.rows(), encoding=text.encoding)
    except FileFault as fault:
        raise Unreadable(str(fault)) from fault
    except Refused as refused:
        raise Unreadable(" ".join(refused.messages)) from refused
    except OSError as error:
        raise Unreadable(faults.UNOPENED) from error


def open_pasted(text: str, limits: Limits | None = None) -> Book:
    """The cells pasted as `text`. Raises Unreadable for an open quote, past a limit, or when there is nothing."""
    try:
        rows = [kept(row) for row in clipboard.table(text, each=str)]
    except Refused as refused:
        raise Unreadable(" ".join(refused.messages)) from refused
    if not any(rows):
        raise Unreadable(faults.NOTHING_PASTED)
    if limits and max(map(len, rows)) > limits.columns:
        raise Unreadable(faults.too_many_columns(limits.columns))
    return Book(ONE_SHEET, "text", lambda _: iter(rows))


def _opened(data: bytes | Path | Scratch) -> Scratch:
    if isinstance(data, Scratch):
        return data
    return Scratch(data.open("rb")) if isinstance(data, Path) else Scratch.holding([data])


def _workbook(kind: str, file: BinaryIO, limits: Limits) -> Book:
    """The Book in `file`, a regular file, read by a process of its own."""
    spool = TemporaryFile()  # noqa: SIM115 it lives as long as the Book
    try:
        told = _read_apart(kind, file, limits, spool)
    except BaseException:
        spool.close()
        raise
    rows = Spool(spool, told["starts"]).rows
    return Book(tuple(told["sheets"]), told["kind"], rows, hidden=frozenset(told["hidden"]))


def _read_apart(kind: str, file: BinaryIO, limits: Limits, spool: BinaryIO) -> dict[str, Any]:
    """Rows in `spool`, and the last word of the process that wrote them. Raises FileFault."""
    file.seek(0)
    command = [sys.executable, "-m", "imports.reading.child", kind, json.dumps(limits)]
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(
            command, stdin=file, stdout=spool, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment,
            timeout=WAITED * limits.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise FileFault(faults.TOO_SLOW) from error
    try:
        told = last_word(spool)
    except (OSError, ValueError) as error:
        raise FileFault(faults.TOO_SLOW if done.returncode == OUT_OF_TIME else faults.TOO_BIG) from error
    if refused := told.get("refused"):
        raise FileFault(refused)
    return told
