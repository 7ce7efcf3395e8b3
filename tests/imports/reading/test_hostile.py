"""What is sent in malice, or by mistake: refused in words that say what to do, by a process that ends when it takes too much."""

import random
import struct
import subprocess
import sys
import zlib
from zipfile import ZIP_BZIP2

import pytest

from imports.reading import faults
from imports.reading.open_file import ROOT, Unreadable

from .makers import (
    DECLARED,
    LIMITS,
    MAIN,
    SHEET,
    data,
    number,
    ods,
    opened,
    parts_of,
    raw_xlsx,
    read,
    xls,
    xlsx,
    zipped,
)

GOOD = xlsx(["Họ tên", "Ngày sinh"], ["Nguyễn An", "01/02/1950"])
ONE = data(f'<row r="1">{number("A1")}</row>')
OLD = xls(lambda book, sheet: sheet.write(0, 0, "Đảng bộ"))
ROW = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><sst {MAIN}><si><t>&i;</t></si></sst>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
SPREADSHEET_2003 = '<?xml version="1.0"?>\r\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
SOURCE = (
    '<table:table table:name="\'file:///x.ods\'#$A"><table:table-source xlink:href="file:///x.ods"/>'
    "<table:table-row><table:table-cell/></table:table-row></table:table>"
)


def ole(*streams):
    """A container whose directory names `streams`, at most three; none has anything in it."""
    free, end, of_table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sizes = struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    chains = struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + sizes + chains + struct.pack("<I", 0)

    def entry(number, name):
        root, last = number == 0, number == len(streams)
        beside, below = free if root or last else number + 1, 1 if root else free
        letters = name.encode("utf-16-le")
        told = (letters, len(letters) + 2, 5 if root else 2, 1, free, beside, below, end, 0)
        return struct.pack("<64sHBB3I36xIQ", *told)

    directory = b"".join(entry(number, name) for number, name in enumerate(["Root Entry", *streams]))
    table = struct.pack("<2I", of_table, end)
    return header.ljust(512, b"\xff") + table.ljust(512, b"\xff") + directory.ljust(512, b"\0")


def record(kind, payload):
    return struct.pack("<HH", kind, len(payload)) + payload


def with_record(kind, payload):
    """OLD with one more record in the book's own part, where the name of its writer stood."""
    writer = 0x5C
    at = OLD.index(struct.pack("<HH", writer, 112))
    told = record(kind, payload)
    told += record(writer, bytes(112 - len(told)))
    return OLD[:at] + told + OLD[at + len(told) :]


HOSTILE = {
    "nothing": (b"", faults.EMPTY),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", faults.PDF),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", faults.PICTURE),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", faults.PICTURE),
    "rar": (b"Rar!\x1a\x07\x01\0", faults.ARCHIVE),
    "rtf": (b"{\\rtf1\\ansi", faults.WORD),
    "program": (b"MZ\x90\0\3\0\0\0", faults.unknown("danh sach.xlsx")),
    "web page": (b"\xef\xbb\xbf\r\n<html><table><tr><td>1", faults.WEB_PAGE),
    "web page in UTF-16": ("\ufeff<!DOCTYPE html>".encode("utf-16-le"), faults.WEB_PAGE),
    "saved web page": (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", faults.WEB_PAGE),
    "XML of Excel 2003": (SPREADSHEET_2003.encode(), faults.WEB_PAGE),
    "Excel 4": (b"\x09\x04\x06\x00\0\0\x10\0\0\0", faults.OLD),
    "zip": (zipped({"a.xlsx": GOOD}), faults.ARCHIVE),
    "empty zip": (zipped({}), faults.ARCHIVE),
    "docx": (zipped({"[Content_Types].xml": "", "word/document.xml": "<a/>"}), faults.WORD),
    "pptx": (zipped({"ppt/presentation.xml": "<a/>"}), faults.SLIDES),
    "odt": (ods(ROW, mimetype="application/vnd.oasis.opendocument.text"), faults.WORD),
    "xlsb": (zipped({"xl/workbook.bin": "x"}), faults.OLD),
    "cut off": (GOOD[: len(GOOD) // 2], faults.DAMAGED),
    "cut off at the end": (GOOD[:-30], faults.DAMAGED),
    "a part cut off": (raw_xlsx("", **{"xl__worksheets__sheet1.xml": "<worksheet><sheetData><row"}), faults.DAMAGED),
    "no such part": (zipped({k: v for k, v in parts_of(ONE).items() if k != SHEET}), faults.DAMAGED),
    "a sheet named twice": (
        raw_xlsx(ONE, **{"xl__workbook.xml": parts_of("")["xl/workbook.xml"].replace("</sheets>", '<sheet name="Trang 1" r:id="rId1"/></sheets>')}),
        faults.DAMAGED,
    ),
    "a place that is none": (raw_xlsx(data(f'<row r="1">{number("ABCD1")}</row>')), faults.DAMAGED),
    "another packing": (zipped(parts_of(ONE), ZIP_BZIP2), faults.DAMAGED),
    "macros": (raw_xlsx(ONE, **{"xl__vbaProject.bin": "x"}), faults.MACROS),
    "macros of Excel 4": (raw_xlsx(ONE, **{"xl__macrosheets__sheet1.xml": "<a/>"}), faults.MACROS),
    "macros of LibreOffice": (ods(ROW, **{"Basic/Standard/Module1.xml": "<a/>"}), faults.MACROS),
    "links": (raw_xlsx(ONE, **{"xl__externalLinks__externalLink1.xml": "<a/>"}), faults.LINKS),
    "links of LibreOffice": (ods(ROW, SOURCE), faults.LINKS),
    "billion laughs": (raw_xlsx(ONE, **{"xl__sharedStrings.xml": LAUGHS}), faults.ENTITIES),
    "laughs in UTF-16": (raw_xlsx(ONE, **{"xl__styles.xml": LAUGHS.encode("utf-16")}), faults.ENTITIES),
    "a file from outside": (raw_xlsx(ONE, **{"xl__workbook.xml": OUTSIDE}), faults.ENTITIES),
    "entities of LibreOffice": (ods(ROW, **{"content.xml": OUTSIDE}), faults.ENTITIES),
    "a password": (ole("EncryptedPackage", "EncryptionInfo"), faults.PASSWORD),
    "a password of LibreOffice": (ods(ROW, **{"META-INF/manifest.xml": "<a><manifest:encryption-data/></a>"}), faults.PASSWORD),
    "a password of LibreOffice 24": (zipped({"mimetype": "x", "encrypted-package": "x"}), faults.PASSWORD),
    "doc": (ole("WordDocument", "1Table"), faults.WORD),
    "ppt": (ole("PowerPoint Document"), faults.SLIDES),
    "some container": (ole("Data"), faults.OLD),
    "old macros": (ole("Workbook", "_VBA_PROJECT_CUR"), faults.MACROS),
    "old password": (with_record(0x2F, b"\0" * 6), faults.PASSWORD),
    "old macros of Excel 4": (with_record(0x85, struct.pack("<IBBBB", 0, 0, 1, 0, 0)), faults.MACROS),
    "old links": (with_record(0x1AE, struct.pack("<HH", 1, 8) + b"\0\1x.xls  "), faults.LINKS),
    "old and cut off": (OLD[:2048], faults.DAMAGED),
    "too many rows": (raw_xlsx(data(f'<row r="100001">{number("A100001")}</row>')), faults.too_many_rows(100_000)),
    "too many columns": (raw_xlsx(data(f'<row r="1">{number("CW1")}</row>')), faults.too_many_columns(100)),
    "the last corner": (raw_xlsx(data(f'<row r="1">{number("A1")}</row><row r="9">{number("XFD9")}</row>')), faults.too_many_columns(100)),
    "too many cells": (raw_xlsx(data(f'<row r="1">{number("CV1")}</row><row r="20000">{number("A20000")}</row>')), faults.too_many_cells(1_000_000)),
    "rows repeated": (ods(ROW.replace("-row>", '-row table:number-rows-repeated="900000">', 1)), faults.too_many_rows(100_000)),
    "columns repeated": (ods(ROW.replace("-cell ", '-cell table:number-columns-repeated="900" ', 1)), faults.too_many_columns(100)),
    "old and too wide": (xls(lambda book, sheet: sheet.write(0, 200, 1)), faults.too_many_columns(100)),
}  # fmt: skip


@pytest.mark.parametrize(("made", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_refused_in_words(made, sentence):
    with pytest.raises(Unreadable) as refused:
        opened(made)
    assert refused.value.messages == [sentence]


# What is packed so tightly, or lies so one part over another, that nothing good can come of it.
BOMBS = {
    "nothing but blanks": (lambda: raw_xlsx(" " * 51 * 2**20), LIMITS),
    "more than may be unpacked": (lambda: raw_xlsx(ONE + " " * 2**21), LIMITS._replace(unpacked_megabytes=2)),
    "thousands of parts": (lambda: zipped(parts_of(ONE) | {f"xl/{n}": "" for n in range(10_001)}), LIMITS),
    "one part for many": (lambda: overlapping(), LIMITS),
}


def overlapping():
    """An archive of two names for one place (D. Fifield, A better zip bomb, 2019), which is longer than the archive."""
    made = zipped(
        parts_of(ONE) | {"xl/a": random.Random(1).randbytes(9_000), "xl/b": random.Random(2).randbytes(8_000)}
    )
    names = [made.rindex(name) for name in (b"xl/a", b"xl/b")]
    one = made[names[0] - 46 + 16 : names[0]]
    return made[: names[1] - 46 + 16] + one + made[names[1] :]


@pytest.mark.parametrize(("made", "limits"), BOMBS.values(), ids=BOMBS)
def test_bombs(made, limits):
    with pytest.raises(Unreadable) as refused:
        opened(made(), limits=limits)
    assert refused.value.messages == [faults.BOMB]


def lying(name, told):
    """A good file whose part `name` says that it has `told` bytes, with the sum of so many; there are more."""
    parts = parts_of(ONE)
    made = bytearray(zipped(parts))
    begins = parts[name].encode()[:told]
    for sign, sum_at, name_at in ((b"PK\x03\x04", 14, 30), (b"PK\x01\x02", 16, 46)):
        at = next(
            at
            for at in range(len(made))
            if made[at : at + 4] == sign and made[at + name_at :].startswith(name.encode())
        )
        struct.pack_into("<I", made, at + sum_at, zlib.crc32(begins))
        struct.pack_into("<I", made, at + sum_at + 8, told)
    return bytes(made)


def test_a_part_that_is_longer_than_it_says():
    whole = len(parts_of(ONE)[SHEET])
    with pytest.raises(Unreadable, match="bị hỏng hoặc bị cụt"):
        opened(lying(SHEET, whole - 5))
    assert read(lying(SHEET, whole)) == [[(1,)]]


def test_memory_has_an_end():
    """Where one text of ten megabytes stands in two hundred cells."""
    long = f"{DECLARED}<sst {MAIN}><si><t>{random.Random(1).randbytes(2**12).hex() * 1280}</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 201))
    made = raw_xlsx(data(cells), **{"xl__sharedStrings.xml": long})
    with pytest.raises(Unreadable) as refused:
        opened(made)
    assert refused.value.messages == [faults.TOO_BIG]


@pytest.mark.parametrize("seconds", [0, pytest.param(1, marks=pytest.mark.deep)])
def test_time_has_an_end(seconds):
    """By the clock, and by what is computed: sixty thousand rows of a hundred columns."""
    cells = "".join(
        f'<row r="{n}">{number(f"A{n}")}{number(f"CV{n}")}</row>' for n in range(1, 60_001 if seconds else 2)
    )
    with pytest.raises(Unreadable) as refused:
        opened(raw_xlsx(data(cells)), limits=LIMITS._replace(seconds=seconds, cells=10**9))
    assert refused.value.messages == [faults.TOO_SLOW]


def test_a_heavy_file_is_not_even_begun():
    with pytest.raises(Unreadable, match="Tệp nặng 6 MB, quá giới hạn 5 MB. Hãy "):
        opened(b"x" * (5 * 2**20 + 1))


def test_the_reader_of_workbooks_needs_neither_the_site_nor_its_secrets():
    code = "import sys, imports.reading.child; assert not {'django', 'python_calamine'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, check=True)


def test_a_process_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Unreadable) as refused:
        opened(GOOD)
    assert refused.value.messages == [faults.TOO_BIG]
