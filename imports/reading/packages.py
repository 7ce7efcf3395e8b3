"""What an xlsx or ods file, a zip archive, holds; judged before anything is unpacked, and unpacked within bounds.

Sources: ECMA-376 part 2 (packages: no DTD, no encryption), OpenDocument 1.3 part 2.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from . import faults
from .faults import FileFault
from .limits import Limits

MOST_PARTS = 10_000
DENSE = 50 * 2**20  # a part unpacked to no more than this may be packed as tightly as it likes
MOST_TIMES = 400  # a column of a million formatted empty rows is packed 100 times, nothing but zeros 1,000 times
ENCRYPTED = 0x1
MACROS = re.compile(
    r"(^|/)vbaproject\.bin$|^xl/macrosheets/|^scripts/.*\w$|^basic/[^/]+/(?!script-lb\.xml$)[^/]+\.xml$"
)
# What the archive is, by a part that only it has; the first that fits.
NO_WORKBOOK = [
    (re.compile(r"^word/"), faults.WORD),
    (re.compile(r"^ppt/"), faults.SLIDES),
    (re.compile(r"^xl/workbook\.bin$|^index/.*\.iwa$"), faults.OLD),
]
MIMETYPES = {  # of OpenDocument, whose first part says it
    b"application/vnd.oasis.opendocument.text": faults.WORD,
    b"application/vnd.oasis.opendocument.presentation": faults.SLIDES,
}
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


class Package:
    """An archive whose table of contents is in order. Raises FileFault for one that is not, and for what is not read."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self.size = file.seek(0, 2)
        self.left = limits.unpacked_megabytes * 2**20
        try:
            self.zip = ZipFile(file)
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise FileFault(faults.DAMAGED) from error
        parts = self.zip.infolist()
        self._require_sound(parts)
        self.parts = {part.filename.replace("\\", "/").lower(): part for part in parts}
        if len(self.parts) != len(parts):
            raise FileFault(faults.DAMAGED)
        self.kind = self._kind()
        if any(map(MACROS.search, self.parts)):
            raise FileFault(faults.MACROS)

    def _require_sound(self, parts: list[ZipInfo]) -> None:
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise FileFault(faults.PASSWORD)
        if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
            raise FileFault(faults.DAMAGED)
        told = sum(part.file_size for part in parts)
        tight = (part for part in parts if part.file_size > DENSE)
        if (
            len(parts) > MOST_PARTS
            or told > self.left
            or sum(part.compress_size for part in parts) > self.size  # parts that lie over one another
            or any(part.file_size > MOST_TIMES * part.compress_size for part in tight)
        ):
            raise FileFault(faults.BOMB)

    def _kind(self) -> str:
        if "xl/workbook.xml" in self.parts:
            return "xlsx"
        if "encrypted-package" in self.parts:
            raise FileFault(faults.PASSWORD)
        if "mimetype" in self.parts:
            said = next(self.unpacked("mimetype"), b"").strip()
            if said == SPREADSHEET and "content.xml" in self.parts:
                return "ods"
            if said in MIMETYPES:
                raise FileFault(MIMETYPES[said])
        for sign, sentence in NO_WORKBOOK:
            if any(map(sign.search, self.parts)):
                raise FileFault(sentence)
        raise FileFault(faults.ARCHIVE)

    def unpacked(self, name: str) -> Iterator[bytes]:
        """The part `name` (lower case), piece by piece; counted against what may be unpacked."""
        try:
            with self.zip.open(self.parts[name]) as part:
                while piece := part.read(2**16):
                    self.left -= len(piece)
                    if self.left < 0:
                        raise FileFault(faults.BOMB)
                    yield piece
        except (
            KeyError,
            BadZipFile,
            NotImplementedError,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
            zlib.error,
        ) as error:
            raise FileFault(faults.DAMAGED) from error

    def parse(
        self,
        name: str,
        prepare: Callable[[expat.XMLParserType], None] = lambda parser: None,
        without: re.Pattern[bytes] | None = None,
    ) -> None:
        """Reads the part `name` as XML, once through. `prepare` hands the parser its handlers; `without`: whole elements that
        nobody need be told of, left out where they lie in one piece.

        Raises FileFault for XML that is not well formed or declares a DTD, in which entities stand.
        """
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.buffer_text = True
        prepare(parser)
        try:
            for piece in self.unpacked(name):
                parser.Parse(without.sub(b"", piece) if without else piece)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == OUT_OF_MEMORY:
                raise MemoryError from error
            raise FileFault(faults.DAMAGED) from error
        except (ValueError, LookupError) as error:  # of the handlers, and of an encoding that Python does not know
            raise FileFault(faults.DAMAGED) from error


OUT_OF_MEMORY = 1  # XML_ERROR_NO_MEMORY


def _refuse_doctype(*_: object) -> None:
    raise FileFault(faults.ENTITIES)
