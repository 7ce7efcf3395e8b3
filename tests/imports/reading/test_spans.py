"""Cells merged over rows, in the files of each program."""

import pytest

from .makers import ods, read, written, xls

SAID = [("Chi bộ", "Họ tên"), ("Văn phòng", "An"), ("Văn phòng", "Bình"), ("Thanh tra", "Chi")]


def _xlsx():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 1, "Danh sách")
        sheet.write_row(1, 0, SAID[0])
        sheet.merge_range(2, 0, 3, 0, "Văn phòng")
        sheet.write(4, 0, "Thanh tra")
        sheet.write_column(2, 1, ["An", "Bình", "Chi"])

    return written(fill)


def _xls():
    def fill(_, sheet):
        sheet.write_merge(0, 0, 0, 1, "Danh sách")
        sheet.write(1, 0, "Chi bộ")
        sheet.write_merge(2, 3, 0, 0, "Văn phòng")
        sheet.write(4, 0, "Thanh tra")
        for number, name in enumerate(("Họ tên", "An", "Bình", "Chi"), start=1):
            sheet.write(number, 1, name)

    return xls(fill)


def _ods():
    def cell(text, more=""):
        return f'<table:table-cell {more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    covered, spans = "<table:covered-table-cell/>", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    rows = [
        cell("Danh sách", 'table:number-rows-spanned="1" table:number-columns-spanned="2"') + covered,
        cell("Chi bộ") + cell("Họ tên"),
        cell("Văn phòng", spans) + cell("An"),
        covered + cell("Bình"),
        cell("Thanh tra") + cell("Chi"),
    ]
    return ods("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))


@pytest.mark.parametrize("made", [_xlsx, _xls, _ods])
def test_what_spans_rows_is_said_of_each_and_what_spans_columns_of_the_first(made):
    assert read(made()) == [[("Danh sách",), *SAID]]
