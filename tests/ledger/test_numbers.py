"""How typed numbers are read: one reader for targets, points, people and cells of files."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.numbers import group, read_number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("115", "115"),
        ("1.200", "1200"),
        ("1.234.567,5", "1234567.5"),
        ("62,5", "62.5"),
        ("62.5", "62.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("60,123", "60.123"),
        ("-3", "-3"),
        (" 95 % ", "95"),
    ],
)
def test_a_number_as_offices_write_it(said, number):
    assert read_number(said) == Decimal(number)


@pytest.mark.parametrize("said", ["1,200", "1,234.5", "1.23,4", "1.2.3", "1e5", "NaN", "5%%", "mười", "9" * 31])
def test_what_is_no_number_or_might_be_two(said):
    with pytest.raises(ValueError, match="."):
        read_number(said)


@given(st.decimals(0, 10**9, places=2))
def test_what_is_shown_is_read_back(number):
    assert read_number(group(number)) == number
