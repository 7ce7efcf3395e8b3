"""Which row wrote of whom, held against a dictionary; and where it is kept."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from imports.columns.row_numbers import HELD, RowNumbers


@given(st.lists(st.integers(1, 30)))
def test_the_first_row_of_each_is_known_in_whatever_order_they_come(members):
    numbers, plain = RowNumbers(), {}
    for row, member in enumerate(members):
        assert numbers.first(member, row) == plain.setdefault(member, row)


def test_a_long_file_holds_no_more_than_a_short_one():
    numbers = RowNumbers()
    numbers.first(1, 1)
    tracemalloc.start()
    try:
        for n in range(2, 20_000):
            numbers.first(n, n)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 2**16  # of Python; the database holds its own pages
    (pages,) = numbers._kept.execute("PRAGMA cache_size").fetchone()
    assert pages == -HELD
