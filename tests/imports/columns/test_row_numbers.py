"""Which row wrote of whom, held against a dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from imports.columns.row_numbers import RowNumbers


@given(st.lists(st.integers(1, 30)))
def test_the_first_row_of_each_is_known_in_whatever_order_they_come(members):
    numbers, plain = RowNumbers(), {}
    for row, member in enumerate(members):
        assert numbers.first(member, row) == plain.setdefault(member, row)


def test_ids_that_rise_stand_in_arrays_alone():
    numbers = RowNumbers()
    for n in range(1000):
        numbers.first(10 + n, n)
    assert (len(numbers.ids), numbers.out_of_turn) == (1000, {})
