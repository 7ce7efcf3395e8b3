"""The sheets of an xlsx file looked over before they are read: how far they reach, which cells hold an error.

Source: ECMA-376 part 1, 18.3 (worksheets) and 12.3 (relationships).
"""

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from xml.parsers.expat import XMLParserType

from . import faults
from .extent import NOT_COMPUTED, Extent
from .faults import FileFault
from .limits import Limits
from .packages import Package

WORKBOOK, ITS_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
XML = re.compile(r"\.(xml|rels)$")
EMPTY_CELLS = re.compile(rb'(?:<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")?/>)+')  # formatted alone: there may be millions
COLUMN = {letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=1)}


def look_over(package: Package, limits: Limits) -> dict[str, Extent]:
    """{name of a sheet: its Extent}, in order. Every part is parsed once, so that none has a DTD or is cut off."""
    if any(name.startswith("xl/externallinks/") for name in package.parts):
        raise FileFault(faults.LINKS)
    where = _sheets(package)
    extents = {path: Extent(limits) for path in where.values()}
    for name in filter(XML.search, package.parts):
        if name in extents:
            package.parse(name, SheetParser(extents[name]).prepare, without=EMPTY_CELLS)
        else:
            package.parse(name)
    return {name: extents[path] for name, path in where.items()}


def _sheets(package: Package) -> dict[str, str]:
    """{name of a sheet: its part in the package}"""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            if attributes["name"] in sheets:
                raise ValueError(attributes["name"])
            sheets[attributes["name"]] = [value for key, value in attributes.items() if key.endswith(":id")][0]

    def target(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            path = posixpath.normpath(posixpath.join("/xl", attributes["Target"].replace("\\", "/")))
            targets[attributes["Id"]] = path.lstrip("/").lower()

    package.parse(WORKBOOK, _with(sheet))
    package.parse(ITS_RELATIONS, _with(target))
    try:
        return {name: targets[relation] for name, relation in sheets.items()}
    except KeyError as error:
        raise FileFault(faults.DAMAGED) from error


def _with(handler: Callable[[str, dict[str, str]], None]) -> Callable[[XMLParserType], None]:
    def prepare(parser: XMLParserType) -> None:
        parser.StartElementHandler = handler

    return prepare


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """From 0: "A" → 0, "XFD" → 16383. Raises ValueError or KeyError for what names no column."""
    if not 1 <= len(letters) <= 3:
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = 26 * number + COLUMN[letter]
    return number - 1


class SheetParser:
    """Takes in the elements of one sheet: called millions of times, so it does no more than it must."""

    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        self.row = -1
        self.reference, self.behind = "", 0  # the last cell that says where it stands, and how many came after it
        self.kind: str | None = None
        self.text: list[str] = []
        self.within = ""

    def prepare(self, parser: XMLParserType) -> None:
        self.parser = parser
        parser.StartElementHandler = self.first

    def first(self, tag: str, attributes: dict[str, str]) -> None:
        prefix = tag[: len(tag) - len(_local(tag))]
        self.tags = {f"{prefix}{name}": getattr(self, f"_{name}") for name in ("row", "c", "v", "f", "is")}
        self.parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if act := self.tags.get(tag):
            act(attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.reference, self.behind = "", -1

    def _c(self, attributes: dict[str, str]) -> None:
        self.kind, self.within = attributes.get("t"), ""
        if "r" in attributes:
            self.reference, self.behind = attributes["r"], 0
        else:
            self.behind += 1
        if self.kind == "e":
            self._listen()

    def _v(self, attributes: dict[str, str]) -> None:
        self.extent.fill(*self._place())
        self.within = "v"

    _is = _v

    def _f(self, attributes: dict[str, str]) -> None:
        self.extent.fill(*self._place())
        self.within = "f"
        self._listen()

    def _place(self) -> tuple[int, int]:
        """(row, column) of the cell, from 0."""
        letters = self.reference.rstrip("0123456789")
        row = int(self.reference[len(letters) :]) - 1 if letters else self.row
        return row, (column_number(letters) if letters else 0) + self.behind

    def _listen(self) -> None:
        """To what is written in this cell, until it ends."""
        self.text = []
        self.parser.CharacterDataHandler = self._written
        self.parser.EndElementHandler = self._end

    def _written(self, text: str) -> None:
        if self.within == "v":
            self.text.append(text)

    def _end(self, tag: str) -> None:
        if self.tags.get(tag) != self._c:
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        value = "".join(self.text).strip()
        if self.kind == "e":
            self.extent.mark(*self._place(), value or NOT_COMPUTED)
        elif not value and self.kind in (None, "n"):
            self.extent.mark(*self._place(), NOT_COMPUTED)
