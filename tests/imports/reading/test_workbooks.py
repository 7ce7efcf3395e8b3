"""What offices send every day is read as they see it in Excel: values, dates of both epochs, errors, places of cells."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt

from imports.reading.book import is_error
from imports.reading.extent import NOT_COMPUTED

from .makers import LIMITS, data, number, ods, opened, raw_xlsx, read, written, xls, xlsx

DAY = date(2018, 12, 14)
MOMENT = datetime(2018, 12, 14, 13, 5)  # noqa: DTZ001 a workbook knows no zone


def test_a_row_keeps_its_place_however_much_is_blank_before_it():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range("B2:D2", "DANH SÁCH ĐẢNG VIÊN")
        sheet.write_row("C5", ["Họ tên", "", "Số thẻ"])
        sheet.write("A900", None, book.add_format({"bold": True}))
        sheet.write("C6", "  ")

    assert read(written(fill)) == [[(), (None, "DANH SÁCH ĐẢNG VIÊN"), (), (), (None, None, "Họ tên", None, "Số thẻ")]]


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_of_both_epochs(date_1904):
    def fill(book):
        sheet = book.add_worksheet()
        kinds = {"dd/mm/yyyy": DAY, "dd/mm/yyyy hh:mm": MOMENT, "h:mm": time(8, 30)}
        kinds |= {"[h]:mm": timedelta(hours=30), "h:mm:ss": time(8, 30, 5)}
        for column, (form, value) in enumerate(kinds.items()):
            sheet.write_datetime(0, column, value, book.add_format({"num_format": form}))

    row = (DAY, MOMENT, "08:30", "30:00", "08:30:05")
    assert read(written(fill, date_1904=date_1904)) == [[row]]


@pytest.mark.parametrize("dates_1904", [0, 1])
def test_dates_of_both_epochs_in_an_old_file(dates_1904):
    shown = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    made = xls(lambda book, sheet: sheet.write(0, 1, (DAY - date(1904, 1, 1)).days, shown), dates_1904=dates_1904)
    assert read(made) == [[(None, DAY if dates_1904 else DAY - timedelta(days=1462))]]


def test_numbers_are_what_excel_shows():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [7, 7.0, 0.1 + 0.2, 79001234567, -2.5, True])
        sheet.write_number(1, 0, 0.85, book.add_format({"num_format": "0%"}))
        sheet.write_number(1, 1, 123, book.add_format({"num_format": "000000"}))

    (rows,) = read(written(fill))
    assert rows == [(7, 7, Decimal("0.3"), 79001234567, Decimal("-2.5"), True), (Decimal("0.85"), 123)]
    assert [type(cell) for cell in rows[0]] == [int, int, Decimal, int, Decimal, bool]


def test_the_noise_of_binary_fractions_is_left_out():
    stored = number("A1", "0.30000000000000004") + number("B1", "1.1000000000000001") + number("C1", "1e999")
    assert read(raw_xlsx(data(f"<row>{stored}</row>"))) == [[(Decimal("0.3"), Decimal("1.1"), "#NUM!")]]


def test_text_is_not_touched_but_for_its_line_breaks():
    raw = "NguyÔn ¸i Qu\u00adèc  "
    assert read(xlsx([raw, "Tổ 1\r\nấp 2", "a\u0301", "14/12/2018", "001234"])) == [
        [(raw, "Tổ 1\nấp 2", "a\u0301", "14/12/2018", "001234")]
    ]


def test_formulas_by_what_they_gave_and_errors_as_they_are_shown():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="Đảng"&" bộ"', None, "Đảng bộ")
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E2", "=X!A1", None, "#REF!")

    (rows,) = read(written(fill))
    assert rows == [(2, "Đảng bộ"), (None, None, "#DIV/0!", None, "#REF!")]
    assert [is_error(cell) for cell in rows[1]] == [False, False, True, False, True]


def test_a_formula_never_computed_is_no_empty_cell():
    cells = '<c r="A1"><f>B1+1</f></c><c r="B1"><f>B2</f><v></v></c><c r="C1" t="str"><f>""</f><v></v></c>' + number(
        "D1"
    )
    (rows,) = read(raw_xlsx(data(f'<row r="1">{cells}</row>')))
    assert rows == [(NOT_COMPUTED, NOT_COMPUTED, None, 1)] and is_error(rows[0][0])


def test_cells_that_do_not_say_where_they_stand():
    rows = f'<row><c/><c t="e"><v>#N/A</v></c></row><row r="4">{number("B4")}<c><v>2</v></c><c t="e"><v>#REF!</v></c></row>'
    assert read(raw_xlsx(data(rows))) == [[(None, "#N/A"), (), (), (None, 1, 2, "#REF!")]]


def test_tags_of_another_name_space():
    sheet = '<x:sheetData><x:row r="2"><x:c r="B2" t="e"><x:v>#NAME?</x:v></x:c></x:row></x:sheetData>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    made = raw_xlsx("", **{"xl__worksheets__sheet1.xml": f'<x:worksheet xmlns:x="{space}">{sheet}</x:worksheet>'})
    assert read(made) == [[(), (None, "#NAME?")]]


def test_errors_and_types_of_an_old_file():
    def fill(book, sheet):
        sheet.write(1, 2, 0.1 + 0.2)
        sheet.write(1, 3, "Đảng bộ\r\nxã")
        sheet.write(1, 4, True)
        sheet.row(1).set_cell_error(5, "#REF!")
        sheet.row(1).set_cell_number(7, 5)
        book.add_sheet("Ẩn").visibility = 1

    book = opened(xls(fill), "x.xls")
    assert (book.kind, book.sheets, book.hidden) == ("xls", ("Trang 1", "Ẩn"), {1})
    assert list(book.rows(0)) == [(), (None, None, Decimal("0.3"), "Đảng bộ\nxã", True, "#REF!", None, 5)]
    assert list(book.rows(1)) == []


def test_an_ods_file():
    rows = """
      <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
      <table:table-row>
        <table:table-cell office:value-type="string"><text:p>Tổ 1</text:p><text:p>ấp 2</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="2.5"/>
        <table:table-cell office:value-type="date" office:date-value="2018-12-14"/>
        <table:table-cell office:value-type="date" office:date-value="2018-12-14T00:00:00"/>
        <table:table-cell office:value-type="percentage" office:value="0.85"/>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"/>
        <table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>
        <table:table-cell table:formula="of:=[.#REF!]" office:value-type="string" office:string-value=""
          calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]"/>
        <table:table-cell table:number-columns-repeated="16000"/>
      </table:table-row>
      <table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/>
      </table:table-row>"""
    book = opened(ods("".join(line.strip() + " " * line.endswith('""') for line in rows.splitlines())), "x.ods")
    half = Decimal("2.5")
    assert book.kind == "ods"
    assert list(book.rows(0)) == [
        (),
        (),
        ("Tổ 1\nấp 2", half, half, DAY, DAY, Decimal("0.85"), True, "08:30", "#REF!", NOT_COMPUTED),
    ]


def test_sheets_in_order_and_which_are_hidden():
    def fill(book):
        for name in ("Danh sách", "Ẩn", "Trống"):
            book.add_worksheet(name).write(0, 0, name if name != "Trống" else None)
        book.get_worksheet_by_name("Ẩn").hide()
        book.add_chartsheet("Biểu đồ").set_chart(_chart(book))

    book = opened(written(fill))
    assert (book.sheets, book.kind, book.hidden, book.encoding) == (("Danh sách", "Ẩn", "Trống"), "xlsx", {1}, "")
    assert [list(book.rows(number)) for number in range(3)] == [[("Danh sách",)], [("Ẩn",)], []]
    with pytest.raises(IndexError):
        book.rows(3)


def _chart(book):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Danh sách'!$A$1:$A$2"})
    return chart


def test_two_may_read_one_book_beside_each_other():
    book = opened(xlsx(*([n, "x" * 100] for n in range(20_000))))
    one, other = book.rows(0), book.rows(0)
    assert all(next(one) == next(other) == (n, "x" * 100) for n in range(20_000))


@pytest.mark.parametrize("name", ["x.xls", "x.csv", "x.docx", "../../etc/passwd", "a\0b\n.xlsx", ""])
def test_a_file_is_known_by_what_is_in_it(name, tmp_path):
    made = xlsx(["Đảng bộ"])
    (tmp_path / "tep").write_bytes(made)
    assert read(made, name) == read(Path(tmp_path / "tep"), name) == [[("Đảng bộ",)]]


@pytest.mark.parametrize("rows", [20_000, pytest.param(1_048_576, marks=pytest.mark.deep)])
def test_rows_that_are_formatted_alone_are_no_rows(rows):
    blank = "".join(f'<row r="{n}" ht="15"><c r="A{n}" s="1"/><c r="CV{n}" s="1"/></row>' for n in range(3, rows + 1))
    made = raw_xlsx(data(f'<row r="1">{number("A1")}</row>{blank}'))
    assert read(made, limits=LIMITS._replace(rows=1_000, megabytes=50)) == [[(1,)]]
