"""csv and other files of text, row by row, so that memory does not grow with the file.

Cells end where ledger/web/clipboard.py says, the one reader of such text.
"""

from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterable, Iterator
from io import BufferedReader, TextIOWrapper
from itertools import islice

from ledger.acts import Refused
from ledger.web import clipboard

from . import faults
from .faults import FileFault
from .limits import Limits
from .scratch import Scratch
from .sniff import UTF_16
from .windows_1258 import is_code_page
from .wire import Cell, as_text

MARKS = ("\t", ";", ",", "|")  # between columns; ";" before ",", which also stands within numbers
SAMPLE = 500  # lines by which the mark is found
SAMPLE_SIGNS = 2**18
LONGEST_LINE = 2**17  # signs; the csv module takes no longer cell either
LONGEST_ROW = 2**20  # signs of a row whose cells hold line breaks
UTF_8_SAID, UTF_16_SAID, BYTES_SAID = "UTF-8", "UTF-16", "Windows-1252"  # what Book.encoding says
CODE_PAGE, CODE_PAGE_SAID = "cp1258", "Windows-1258"
# Byte by byte, and nothing is lost: the five bytes that Windows-1252 leaves open stand for themselves.
OF_WINDOWS = {byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xA0)}
NO_TEXT = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b\x1e\x1f"))


class TextFile:
    """A file of text, looked over from beginning to end. Raises FileFault, or Refused for an open quote."""

    def __init__(self, file: Scratch, limits: Limits, name: str) -> None:
        self.file, self.limits, self.name = file, limits, name
        self.codec, self.encoding = self._encoding()
        sample = _sample(self._lines())
        if self.codec == "latin-1" and is_code_page(sample):
            self.codec, self.encoding = CODE_PAGE, CODE_PAGE_SAID
            sample = _sample(self._lines())
        self.names_mark = bool(sample) and sample[0].strip().lower() in {f"sep={mark}" for mark in MARKS}
        self.mark = sample[0].strip()[-1] if self.names_mark else _mark(sample)
        if not sum(1 for _ in self.rows()):
            raise FileFault(faults.EMPTY)

    def _encoding(self) -> tuple[str, str]:
        """(codec, what is said of it): the one that fits the whole file."""
        with self.file.open() as file:
            if file.read(2) in UTF_16:
                return "utf-16", UTF_16_SAID
        if self._fits("utf-8"):
            return "utf-8-sig", UTF_8_SAID
        return "latin-1", BYTES_SAID

    def _fits(self, codec: str) -> bool:
        decoder = getincrementaldecoder(codec)()
        fits = True
        with self.file.open() as file:
            while piece := file.read(2**16):
                if piece != piece.translate(None, NO_TEXT):
                    raise FileFault(faults.unknown(self.name))
                fits = fits and _decodes(decoder, piece)
        return fits and _decodes(decoder, b"", final=True)

    def _lines(self) -> Iterator[str]:
        """Each with its line break. Raises FileFault for one that is too long to be of a table."""
        with self.file.open() as file, self._text(file) as text:
            try:
                while line := text.readline(LONGEST_LINE):
                    if len(line) == LONGEST_LINE:
                        raise FileFault(faults.LONG_LINE)
                    if "\0" in line:
                        raise FileFault(faults.unknown(self.name))
                    yield line.translate(OF_WINDOWS) if self.codec == "latin-1" else line
            except UnicodeError as error:
                raise FileFault(faults.DAMAGED) from error

    def _text(self, file: BufferedReader) -> TextIOWrapper:
        """`file` as text; a byte that the code page leaves open is told in the cell where it stands."""
        errors = "replace" if self.codec == CODE_PAGE else "strict"
        return TextIOWrapper(file, encoding=self.codec, errors=errors, newline="")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """As Book.rows gives them."""
        lines, blank = Measured(self._lines()), 0
        for number, found in enumerate(clipboard.parted(lines, self.mark), start=1):
            lines.signs = 0
            row = kept(found)
            if not row or self.names_mark and number == 1:
                blank += 1
                continue
            if number > self.limits.rows:
                raise FileFault(faults.too_many_rows(self.limits.rows))
            if len(row) > self.limits.columns:
                raise FileFault(faults.too_many_columns(self.limits.columns))
            yield from ((),) * blank
            blank = 0
            yield row


class Measured:
    """Lines, of which those of one row must not hold too much; `signs` is set to 0 when a row has ended."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.signs = lines, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.signs += len(line)
            if self.signs > LONGEST_ROW:
                raise FileFault(faults.LONG_LINE)
            yield line


def _decodes(decoder: IncrementalDecoder, piece: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _sample(lines: Iterator[str]) -> list[str]:
    """The first lines, by which the mark is found."""
    sample, signs = [], 0
    for line in islice(lines, SAMPLE):
        sample.append(line)
        signs += len(line)
        if signs > SAMPLE_SIGNS:
            break
    return sample


def _mark(sample: list[str]) -> str:
    return clipboard.parts_most({mark: _tried(sample, mark) for mark in MARKS}) or MARKS[0]


def _tried(sample: list[str], mark: str) -> list[list[str]]:
    found = []
    try:
        for row in clipboard.parted(sample, mark):
            found.append(row)
    except Refused:
        found.append(["", ""])  # a cell that began behind a mark, and did not end yet
    return found


def kept(row: Iterable[str]) -> tuple[Cell, ...]:
    """A row as a Book has it."""
    cells = [as_text(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)
