"""Where the header is, what the columns are, which rows are rows."""

import pytest

from imports.columns.layout import AS_TYPED, AS_USUAL, FileRows, Layout, lines
from imports.kinds.members import MembersImport
from imports.kinds.organizations import OrganizationsImport
from imports.reading.open_file import open_pasted
from ledger.legacy_text import Encoding
from tests.imports.by_file import table
from tests.imports.reading.makers import opened, written

pytestmark = pytest.mark.django_db
COLUMNS = MembersImport.columns


def guessed(*rows, remembered=None):
    book = open_pasted(table(*rows))
    return book, Layout.guessed(book, COLUMNS, remembered or {})


HEADER = ("STT", "Họ và đệm", "Tên", "Nam/Nữ", "Ngày, tháng, năm sinh", "Số thẻ ĐV", "NVĐ", "Ghi chú")
NAMES = ["", "ho_ten", "ho_ten", "gioi_tinh", "ngay_sinh", "so_the", "ngay_le", ""]


def test_a_header_below_titles_and_blank_rows_is_found():
    book, layout = guessed(
        ("ĐẢNG BỘ KHỐI",), ("DANH SÁCH ĐẢNG VIÊN", "", "", "", ""), (), HEADER, ("1", "Lê Văn", "An", "Nam", "1980")
    )
    assert (layout.header, layout.header_rows, layout.names) == (4, 1, NAMES)
    (line,) = lines(book, layout, COLUMNS)
    assert (line.number, line.get("ho_ten"), line.texts["ngay_sinh"]) == (5, "Lê Văn An", "1980")


def test_a_header_of_two_rows_of_which_the_upper_spans():
    book, layout = guessed(
        ("Họ và tên", "", "Ngày", "", "Chi bộ"),
        ("", "", "Vào Đảng", "Chính thức", ""),
        ("Lê", "An", "01/02/2010", "", "A"),
    )
    assert layout.names == ["ho_ten", "ho_ten", "ngay_le", "chinh_thuc", "chi_bo"]
    assert next(lines(book, layout, COLUMNS)).get("ho_ten") == "Lê An"


def test_the_header_again_is_no_row_and_rows_of_one_cell_are_told():
    rows = FileRows(
        *guessed(HEADER, ("I. Chi bộ Văn phòng",), ("1", "Lê Văn", "An", "Nam", "1980"), HEADER, ("Lê Văn Bình",)),
        COLUMNS,
    )
    for _ in range(2):
        assert [line.number for line in rows] == [3]
        assert list(rows.remarks()) == [
            "Dòng 2, 5 chỉ có một ô, nên coi là tiêu đề, dòng cộng hay chữ ký và không đọc."
        ]


def test_headings_in_an_old_encoding_are_told_by_all_of_them():
    book, layout = guessed(
        ("Hä tªn", "Chi bé", "D©n téc", "Ng\u00adêi giíi thiÖu"),
        ("NguyÔn V¨n §øc", "V¨n phßng", "Kinh", ""),
    )
    assert layout.names == ["ho_ten", "chi_bo", "dan_toc", ""]
    assert layout.headings[3] == "Người giới thiệu"


def test_what_is_called_so_wholly_goes_before_what_only_ends_so():
    _, layout = guessed(("Họ tên", "Ngày cấp thẻ đảng viên", "Số thẻ đảng viên"), ("Lê An", "01/01/2001", "00123456"))
    assert layout.names == ["ho_ten", "", "so_the"]


def test_what_bears_the_name_of_the_column_goes_before_what_is_called_otherwise():
    book = open_pasted(table(("STT", "Mã", "Tên tổ chức đảng", "Thứ tự"), ("1", "DB01", "Đảng bộ A", "3")))
    columns = OrganizationsImport.columns
    layout = Layout.guessed(book, columns, {})
    assert layout.names == ["", "ma", "ten", "thu_tu"]
    assert [line.get("thu_tu") for line in lines(book, layout, columns)] == [3]
    assert Layout.guessed(open_pasted(table(("STT", "Tên"), ("1", "A"))), columns, {}).names == ["thu_tu", "ten"]
    said = {"stt": "thu_tu", "thu tu": ""}
    assert Layout.guessed(book, columns, said).names == ["thu_tu", "ma", "ten", ""]


def test_a_lower_row_of_the_header_is_enough_to_find_it():
    book, layout = guessed(
        ("STT", "Họ tên", "Quá trình", "", "Chi bộ"),
        ("", "", "Ngày vào Đảng", "Ngày chính thức", ""),
        ("1", "Lê An", "01/02/2010", "", "A"),
    )
    assert (layout.header, layout.header_rows) == (1, 2)
    assert layout.names == ["", "ho_ten", "ngay_le", "chinh_thuc", "chi_bo"]
    assert [line.number for line in lines(book, layout, COLUMNS)] == [3]


def test_of_sheets_alike_the_one_in_sight_is_read():
    def fill(book):
        for name in ("Bản cũ", "Bản mới"):
            book.add_worksheet(name).write_row(0, 0, ["Họ tên", "Chi bộ"])
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
        book.worksheets()[0].hide()

    book = opened(written(fill))
    assert Layout.guessed(book, COLUMNS, {}).sheet == 1
    assert book.labels == ("Bản cũ (trang ẩn)", "Bản mới")


def test_what_somebody_said_of_a_heading_is_remembered_first():
    _, layout = guessed(("Họ tên", "Mốc"), ("Lê An", "01/02/2010"), remembered={"moc": "ngay_le"})
    assert layout.names == ["ho_ten", "ngay_le"]
    _, layout = guessed(("Họ tên", "Tên"), ("Lê An", "An"), remembered={"ten": ""})
    assert layout.names == ["ho_ten", ""]


def test_titles_totals_and_the_row_that_counts_the_columns_are_no_rows():
    book, layout = guessed(
        HEADER,
        ("1", "2", "3", "4", "5", "6", "7", "8"),
        ("I. Chi bộ Văn phòng",),
        ("1", "Lê Văn", "An", "Nam", "1980", "", "", ""),
        (),
        ("Tổng cộng",),
        ("", "", "", "", "", "", "Bí thư"),
    )
    assert [line.number for line in lines(book, layout, COLUMNS)] == [4]


def test_a_column_in_an_old_encoding_is_read_and_one_in_unicode_is_left():
    book, layout = guessed(
        ("Họ tên", "Chi bộ"),
        ("NguyÔn V¨n §øc", "Chi bộ Văn phòng"),
        ("TrÇn ThÞ H­¬ng", "Chi bộ Thanh tra"),
        ("Lª Quang §¹o", "Chi bộ Nghiệp vụ"),
    )
    assert layout.encodings == [Encoding.TCVN3, Encoding.UNICODE]
    assert [line.get("ho_ten") for line in lines(book, layout, COLUMNS)] == [
        "Nguyễn Văn Đức",
        "Trần Thị Hương",
        "Lê Quang Đạo",
    ]


def test_names_in_capitals_are_asked_about_or_written_as_was_said():
    book, layout = guessed(("Họ tên", "Chi bộ"), ("NGUYỄN THỊ HỒNG", "A"))
    (line,) = lines(book, layout, COLUMNS)
    assert [fault.why for fault in line.faults][0].startswith("Họ tên viết toàn chữ hoa")
    layout.capitals = AS_USUAL
    (line,) = lines(book, layout, COLUMNS)
    assert line.get("ho_ten") == "Nguyễn Thị Hồng"


@pytest.mark.parametrize("name", ["Nguy?n V?n An", "Nguy\ufffdn An"])
def test_a_name_that_lost_letters_is_refused_whatever_was_said(name):
    book, layout = guessed(("Họ tên", "Chi bộ"), (name, "A"))
    for layout.capitals in ("", AS_TYPED, AS_USUAL):
        (line,) = lines(book, layout, COLUMNS)
        assert [fault.why for fault in line.faults][0].startswith("Họ tên mất chữ")


def test_an_empty_cell_says_what_was_said_of_all_empty_cells():
    book, layout = guessed(("Họ tên", "Dân tộc"), ("Lê An", ""), ("Lê Bình", "Chăm"))
    layout.blanks = {"dan_toc": "Kinh", "ton_giao": "Không"}
    assert [(line.get("dan_toc"), line.get("ton_giao")) for line in lines(book, layout, COLUMNS)] == [
        ("Kinh", "Không"),
        ("Chăm", "Không"),
    ]


def test_a_given_name_in_a_column_of_its_own_gets_the_capital_that_its_font_has_not():
    book, layout = guessed(
        ("Họ và đệm", "Tên", "Chi bộ"),
        ("NguyÔn V¨n", "§øc", "A"),
        ("TrÇn ThÞ Hång", "¸nh", "A"),
        ("Lª H÷u", "H¹nh", "A"),
        ("Ph¹m ThÕ", "V­îng", "A"),
    )
    assert layout.encodings[:2] == [Encoding.TCVN3, Encoding.TCVN3]
    assert [line.get("ho_ten") for line in lines(book, layout, COLUMNS)] == [
        "Nguyễn Văn Đức",
        "Trần Thị Hồng Ánh",
        "Lê Hữu Hạnh",
        "Phạm Thế Vượng",
    ]
