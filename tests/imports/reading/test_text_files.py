"""csv and other text: whatever its encoding and its mark, and without holding it whole; pasted cells alike."""

import tracemalloc
import unicodedata

import pytest

from imports.reading import faults
from imports.reading.open_file import Unreadable, open_book, open_pasted
from ledger.web import clipboard

from .makers import LIMITS, opened, read

ROWS = [("Họ tên", "Năm sinh"), ("Nguyễn Ái Quốc", "1890"), (), ("Đỗ Thị Hoa", "1950")]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize("mark", list("\t;,|"))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_marks_and_line_breaks(encoding, told, mark, end):
    text = "".join(f"{mark.join(row)}{mark if row else ''}{end}" for row in [*ROWS, (), ()])
    book = opened(text.encode(encoding), "x.csv")
    assert (book.sheets, book.kind, book.encoding) == (("Dữ liệu",), "csv", told)
    assert list(book.rows(0)) == ROWS


def test_the_bytes_of_an_old_encoding_arrive_as_the_signs_that_excel_shows():
    legacy = "NguyÔn V¨n §øc;Qu\u00adèc;“VNI”: Ñaûng boä\x81\n"
    book = opened(legacy.encode("latin-1", errors="ignore").replace(b"VNI", b"\x93VNI\x94"), "x.csv")
    assert book.encoding == "Windows-1252"
    assert list(book.rows(0)) == [("NguyÔn V¨n §øc", "Qu\u00adèc", "“VNI”: Ñaûng boä\x81")]


TEXT = "Họ tên;Chi bộ\nNguyễn Văn Đức;Văn phòng\nTrần Thị Hương;Tổ chức\nLê Quang Đạo;Xây dựng\nĐỗ Ước;Nội vụ\n"


def _in_code_page(text):
    """Letters composed, tones apart, as Windows has it: a second, naive way."""
    tones = "\u0300\u0309\u0303\u0301\u0323"
    parts = [unicodedata.normalize("NFD", sign) for sign in text]
    bare = [unicodedata.normalize("NFC", "".join(mark for mark in part if mark not in tones)) for part in parts]
    toned = ["".join(mark for mark in part if mark in tones) for part in parts]
    return "".join(letter + tone for letter, tone in zip(bare, toned, strict=True)).encode("cp1258")


def test_the_code_page_of_a_vietnamese_windows():
    book = opened(_in_code_page(TEXT), "x.csv")
    assert book.encoding == "Windows-1258"
    found = [[unicodedata.normalize("NFC", cell) for cell in row] for row in book.rows(0)]
    assert found == [line.split(";") for line in TEXT.splitlines()]


@pytest.mark.parametrize(
    "old", ["Hä tªn;Chi bé\nNguyÔn V¨n §øc;Quy ho¹ch", "Hoï teân\nNguyeãn Vaên Ñöùc\nLeâ Quì", "Hélène"]
)
def test_an_old_font_is_not_taken_for_it(old):
    assert opened(old.encode("latin-1"), "x.csv").encoding == "Windows-1252"


def test_quotes_hold_marks_and_line_breaks():
    text = '"Chi bộ ""A"", xã\r\nB",1\n "Hoa, Lan", 2\nTư "Bền" An,3\n'
    assert read(text.encode(), "x.csv") == [[('Chi bộ "A", xã\nB', "1"), ("Hoa, Lan", "2"), ('Tư "Bền" An', "3")]]


def test_a_file_may_say_its_mark():
    assert read(b"sep=|\n1,5|2;5\n", "x.csv") == [[(), ("1,5", "2;5")]]


def test_a_decimal_comma_is_no_mark():
    assert read("Điểm;Hạng\n1,5;2,5\n7,5;1,0\n".encode(), "x.csv") == [
        [("Điểm", "Hạng"), ("1,5", "2,5"), ("7,5", "1,0")]
    ]


def test_lines_that_nothing_parts_are_one_column():
    assert read("Nguyễn Văn An\nĐỗ Hoa\n".encode(), "x.txt") == [[("Nguyễn Văn An",), ("Đỗ Hoa",)]]


LONG = "x" * 200_000


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", faults.EMPTY),
        (b"  \n;;\n\n", faults.EMPTY),
        (b"\xef\xbb\xbf", faults.EMPTY),
        ("\ufeff".encode("utf-16-le"), faults.EMPTY),
        (b"a;b\n\0;c\n", faults.unknown("x.csv")),
        ("a;b".encode("utf-16-le"), faults.unknown("x.csv")),  # and says no encoding
        (b"\xff\xfea\0;\xd8\xd8", faults.DAMAGED),
        (bytes(range(256)), faults.unknown("x.csv")),
        (f"a;{LONG}\n".encode(), faults.LONG_LINE),
        (b'a;"' + b"b\n" * 100_000, clipboard.UNREADABLE),
        (b'"b\n",' * 300_000, faults.LONG_LINE),
        (b'a;"b\nc;d\n', clipboard.UNREADABLE),
        (b"a;b\n" * 11, faults.too_many_rows(10)),
        (b"a" + b";a" * 5, faults.too_many_columns(5)),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(data, sentence):
    with pytest.raises(Unreadable) as refused:
        opened(data, "x.csv", LIMITS._replace(rows=10, columns=5))
    assert refused.value.messages == [sentence]


def test_blank_lines_at_the_end_are_no_rows():
    assert read(b"a;b\n" + b";\n" * 50 + b"c;d\n" + b"\n" * 500, "x.csv", LIMITS._replace(rows=52))[0][51] == ("c", "d")


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "x.csv"
    line = "Nguyễn Văn An;01/02/1950;001234\n"

    def most(lines):
        path.write_text(line * lines, encoding="utf-8")
        tracemalloc.start()
        book = open_book("x.csv", path, LIMITS)
        assert sum(1 for _ in book.rows(0)) == lines
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    most(10)
    assert most(8_000) < 1.2 * most(2_000)


def test_no_such_file(tmp_path):
    for path in (tmp_path, tmp_path / "không có.csv"):
        with pytest.raises(Unreadable, match="Không mở được tệp"):
            open_book("x.csv", path, LIMITS)


def test_pasted_cells_are_not_cleaned():
    book = open_pasted('NguyÔn\tQu\u00adèc\t\n\n"Tổ 1\r\nấp"\tb\n')
    assert (book.kind, book.sheets) == ("text", ("Dữ liệu",))
    assert list(book.rows(0)) == list(book.rows(0)) == [("NguyÔn", "Qu\u00adèc"), (), ("Tổ 1\nấp", "b")]


@pytest.mark.parametrize(("text", "sentence"), [(" \n\t", faults.NOTHING_PASTED), ('a\t"b', clipboard.UNREADABLE)])
def test_what_cannot_be_pasted(text, sentence):
    with pytest.raises(Unreadable) as refused:
        open_pasted(text)
    assert refused.value.messages == [sentence]
