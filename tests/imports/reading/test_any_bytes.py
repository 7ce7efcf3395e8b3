"""Whatever bytes are sent, drawn by chance or a good file broken by chance: a Book within its limits, or a sentence."""

import random
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.reading import child, wire
from imports.reading.open_file import Unreadable, open_book, open_pasted
from imports.reading.sniff import OLE, ZIP

from .makers import LIMITS, data, number, ods, raw_xlsx, xls, xlsx, zipped

SMALL = LIMITS._replace(rows=1_000, columns=50, cells=20_000, unpacked_megabytes=20)
CELL = '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>Hoa</text:p></table:table-cell>'
GOOD = [
    xlsx(["Họ tên", "Sinh"], ["An", date(2018, 12, 14)], [], [None, 1.5, True]),
    raw_xlsx(data(f'<row r="3">{number("B3")}<c t="e"><v>#REF!</v></c><c t="inlineStr"><is><t>a</t></is></c></row>')),
    ods(f'<table:table-row table:number-rows-repeated="3">{CELL}</table:table-row>'),
    xls(lambda book, sheet: [sheet.write(row, column, f"Ô {row}") for row in range(9) for column in range(3)]),
]
TEXTS = [
    "Họ tên;Sinh\nAn;1950\n".encode(),
    "\ufeffa\tb\r\n".encode("utf-16-le"),
    b'x,"y\nz"\n',
    "NguyÔn\n".encode("latin-1"),
]
SAID = [
    "<c>",
    "</c>",
    "<v>9</v>",
    'r="A1"',
    'r="ZZZ9999999"',
    't="e"',
    't="s"',
    "99999999999",
    "-1",
    "&a;",
    "<!DOCTYPE a>",
    "\0",
    "",
]
KINDS = None | bool | int | Decimal | date | datetime | str

strange = st.binary(max_size=60) | st.text("a;,\t\"\n\r|=' \0é", max_size=60).map(str.encode)


@st.composite
def broken(draw, good):
    """One of `good`, cut, overwritten or with something put into it, at some places."""
    made = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(made)))
        way = draw(st.integers(0, 2))
        made[at : at if way == 0 else at + draw(st.integers(0, 40)) if way == 1 else len(made)] = draw(strange)
    return bytes(made)


@st.composite
def broken_within(draw):
    """A good package in which a part says something else at some places."""
    with ZipFile(BytesIO(draw(st.sampled_from(GOOD[:3])))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(parts)))
        said = parts[name]
        at = draw(st.integers(0, len(said)))
        word = draw(st.sampled_from(SAID)).encode() if draw(st.booleans()) else draw(st.binary(max_size=5))
        parts[name] = said[:at] + word + said[at + draw(st.integers(0, 12)) :]
    return zipped(parts)


def holds(rows):
    for place, row in enumerate(rows, start=1):
        assert place <= SMALL.rows and len(row) <= SMALL.columns
        assert all(isinstance(cell, KINDS) for cell in row)
        assert row == () or row[-1] is not None


def read_here(made):
    """As the process that reads workbooks does, but in this one, which is a hundred times quicker."""
    kind = {ZIP: "zip", OLE[:4]: "ole"}.get(made[:4])
    if not kind:
        return
    out = BytesIO()
    told = child.answer(kind, BytesIO(made), SMALL, child.Outlet(out, 2**20))
    if "refused" in told:
        assert told["refused"].endswith(".") and ". Hãy " in told["refused"]
    else:
        lines = out.getvalue()
        for begins, ends in zip(told["starts"], told["starts"][1:], strict=False):
            holds(map(wire.unpacked, lines[begins:ends].splitlines()))


def read_apart(made):
    try:
        book = open_book("x", made, SMALL)
    except Unreadable as refused:
        assert "Hãy " in refused.messages[0]
        return
    for sheet in range(len(book.sheets)):
        holds(book.rows(sheet))


def test_any_bytes():
    @settings(max_examples=100)
    @given(st.binary(max_size=300) | broken(TEXTS))
    def one_by_one(made):
        read_apart(made)

    one_by_one()


@pytest.mark.parametrize("examples", [150, pytest.param(5_000, marks=pytest.mark.deep)])
def test_broken_workbooks(examples):
    @settings(max_examples=examples)
    @given(broken(GOOD) | broken_within())
    def one_by_one(made):
        read_here(made)

    one_by_one()


@pytest.mark.parametrize("seed", range(8))
def test_broken_workbooks_apart(seed):
    chance = random.Random(seed)
    made = bytearray(chance.choice(GOOD))
    for _ in range(3):
        at = chance.randrange(len(made))
        made[at : at + chance.randrange(9)] = chance.randbytes(chance.randrange(9))
    read_apart(bytes(made))


@settings(max_examples=100)
@given(st.text("a;,\t\"\n\r|=' \0é\ue000", max_size=60))
def test_any_pasted_text(text):
    try:
        holds(open_pasted(text).rows(0))
    except Unreadable as refused:
        assert "Hãy " in refused.messages[0]
