"""What one cell says, or why it cannot be read (domain §7.3–7.5)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.columns import cells
from imports.columns.cells import CellFault

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/02/2018", date(2018, 2, 3)),
        ("3-2-2018", date(2018, 2, 3)),
        ("03.02.2018", date(2018, 2, 3)),
        (" 03 – 02 – 2018\u200e", date(2018, 2, 3)),
        ("2018-02-03", date(2018, 2, 3)),
        ("2018-02-03 00:00:00", date(2018, 2, 3)),
        ("03/02/2018 0:00", date(2018, 2, 3)),
        (date(2018, 2, 3), date(2018, 2, 3)),
        (datetime(2018, 2, 3, 7, 30), date(2018, 2, 3)),  # noqa: DTZ001
        ("15/12/2017", date(2017, 12, 15)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_day_first(cell, day):
    assert cells.day(cell) == day


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("03/02/18", "Năm chỉ có hai chữ số"),
        ("03/02/198", "Năm không đủ bốn chữ số"),
        ("31/02/2018", "Không có ngày này"),
        ("02/13/2018", "Không có ngày này"),
        ("02/13/2018", "Có lẽ cả cột viết tháng trước ngày"),
        ("tháng 2/2018", "Không đọc được ngày"),
        (43134, "Không đọc được ngày"),
        (43134, "Nếu là ngày 03/02/2018"),
        (2018, "Hãy viết ngày/tháng/năm"),
        ("01/01/1800", "ngày sớm nhất"),
        ("#REF!", "lỗi của bảng tính"),
    ],
)
def test_what_is_no_day_is_said(cell, says):
    with pytest.raises(CellFault, match=says):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("15/06/1980", (date(1980, 6, 15), "D")),
        ("06/1980", (date(1980, 6, 1), "M")),
        ("1980", (date(1980, 1, 1), "Y")),
        (1980, (date(1980, 1, 1), "Y")),
        (date(1980, 6, 15), (date(1980, 6, 15), "D")),
    ],
)
def test_a_birth_is_read_as_far_as_it_is_known(cell, born):
    assert cells.birth(cell) == born


@pytest.mark.parametrize("cell", ["80", "13/1980", "0000", "15/06/80", "12/03/2030", "1850"])
def test_an_impossible_birth_is_refused(cell):
    with pytest.raises(CellFault):
        cells.birth(cell)


def test_a_year_typed_into_a_cell_that_is_formatted_as_a_day_is_told():
    with pytest.raises(CellFault, match="chỉ gõ năm 1965"):
        cells.birth(date(1905, 5, 18))  # 1965 days after 30/12/1899
    assert cells.birth(date(1951, 11, 1)) == (date(1951, 11, 1), "D")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("00123456", "00123456"),
        (123456, "00123456"),
        ("1234567", "01234567"),
        (12345678901, "012345678901"),
        ("12 345 678", "12345678"),
        ("", ""),
    ],
)
def test_a_card_gets_back_the_zeros_that_a_spreadsheet_dropped(cell, number):
    assert cells.card(cell) == number


@pytest.mark.parametrize("cell", ["1234", "1234567890123", "AB123456", Decimal("12345678.5")])
def test_what_is_no_card_is_refused(cell):
    with pytest.raises(CellFault):
        cells.card(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("62,5", "62.5"), ("1.200", "1200"), ("95%", "95"), ("1.234,5", "1234.5"), (115, "115"), ("12.5", "12.5")],
)
def test_numbers_are_read_as_offices_write_them(cell, number):
    assert cells.number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["1,200", "1,234.5", "1.23,4", "12.34.5", "1e5", "١٢"])
def test_what_is_no_number_of_theirs_or_two_of_them_is_refused(cell):
    with pytest.raises(CellFault, match="Không đọc được số"):
        cells.number(cell)


@pytest.mark.parametrize(
    ("cell", "said"), [("x", True), ("Có", True), (1, True), ("✓", True), ("không", False), ("", None)]
)
def test_a_cross_is_yes(cell, said):
    assert cells.yes(cell) is said


@given(
    st.one_of(st.text(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.dates(), st.booleans())
)
def test_whatever_a_cell_holds_is_read_or_refused_in_words(cell):
    for read in (cells.text, cells.day, cells.birth, cells.card, cells.number, cells.whole, cells.year, cells.yes):
        try:
            read(cell)
        except CellFault as fault:
            assert str(fault)[0].isupper() and str(fault).endswith((".", ")"))


def test_nought_is_something_said():
    assert (cells.shown(0), cells.shown(Decimal(0)), cells.whole(0), cells.shown(None)) == ("0", "0", 0, "")
