"""The sheets of an ods file looked over before they are read: how far they reach, which cells hold an error.

Source: OpenDocument 1.3 part 3, 9.1; what LibreOffice writes for an error is an empty text whose type, in its own name
space, is "error", and the error as the text of the cell.
"""

from xml.parsers.expat import XMLParserType

from . import faults
from .extent import NOT_COMPUTED, Extent
from .faults import FileFault
from .limits import Limits
from .packages import Package

CONTENT, MANIFEST = "content.xml", "meta-inf/manifest.xml"
LONGEST_MANIFEST = 2**20
VALUE = "office:value-type"


def look_over(package: Package, limits: Limits) -> list[Extent]:
    """An Extent for each sheet, in order."""
    if MANIFEST in package.parts and b"encryption-data" in _beginning(package, MANIFEST):
        raise FileFault(faults.PASSWORD)
    content = Content(limits)
    package.parse(CONTENT, content.prepare)
    return content.extents


def _beginning(package: Package, name: str) -> bytes:
    found = b""
    for piece in package.unpacked(name):
        found += piece
        if len(found) > LONGEST_MANIFEST:
            break
    return found


class Content:
    """Takes in the elements of the document's content."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.extents: list[Extent] = []
        self.row = self.rows = 0
        self.column = self.columns = 0
        self.text: list[str] = []
        self.tags = {
            "table:table": self._table,
            "table:table-source": self._source,
            "table:table-row": self._row,
            "table:table-cell": self._cell,
            "table:covered-table-cell": self._cell,
        }

    def prepare(self, parser: XMLParserType) -> None:
        self.parser = parser
        parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if act := self.tags.get(tag):
            act(attributes)

    def _table(self, attributes: dict[str, str]) -> None:
        self.extents.append(Extent(self.limits))
        self.row, self.rows = 0, 0

    def _source(self, attributes: dict[str, str]) -> None:
        raise FileFault(faults.LINKS)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row += self.rows
        self.rows = int(attributes.get("table:number-rows-repeated", 1))
        self.column, self.columns = 0, 0

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column += self.columns
        self.columns = int(attributes.get("table:number-columns-repeated", 1))
        if rows := attributes.get("table:number-rows-spanned"):
            self.extents[-1].spans.append((self.row, self.column, self.row + int(rows) - 1))
        if attributes.get("calcext:value-type") == "error":
            self.text = []
            self.parser.CharacterDataHandler = self.text.append
            self.parser.EndElementHandler = self._end
        elif VALUE in attributes:
            self._fill()
        elif "table:formula" in attributes:
            self._mark(NOT_COMPUTED)

    def _fill(self) -> None:
        extent = self.extents[-1]
        extent.fill(self.row, self.column)
        extent.fill(self.row + self.rows - 1, self.column + self.columns - 1)

    def _mark(self, error: str) -> None:
        self._fill()
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                self.extents[-1].mark(row, column, error)

    def _end(self, tag: str) -> None:
        if not tag.endswith("table-cell"):
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        self._mark("".join(self.text).strip() or NOT_COMPUTED)
