"""The one reader of pasted text: what spreadsheets put on the clipboard comes out as the cells they had."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.acts import Refused
from ledger.text import clean
from ledger.web import clipboard

CELL = st.text(alphabet="aĐ \t\n\r\"'“,;1", max_size=8)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_what_a_spreadsheet_writes_is_read_as_it_was(table, end):
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator=end, quoting=csv.QUOTE_ALL).writerows(table)
    expected = [[clean(cell) for cell in row] for row in table]
    found = clipboard.rows(out.getvalue())
    assert [row + [""] * (len(full) - len(row)) for row, full in zip(found, expected, strict=False)] == expected[
        : len(found)
    ]
    assert not any(any(row) for row in expected[len(found) :])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("\r\n\r\n", []),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ('a\t"b\r\nc"\t\t\t\r\n', [["a", "b c"]]),
        ('"nói ""vâng"""\tb', [['nói "vâng"', "b"]]),
        ('cao 5" 2\tb', [['cao 5" 2', "b"]]),
        ("a\n\nb", [["a"], [], ["b"]]),
        ("a\t\u200b\xa0\nb", [["a"], ["b"]]),
        ("\ue000\tb", [["", "b"]]),
    ],
)
def test_rows(text, rows):
    assert clipboard.rows(text) == rows


@pytest.mark.parametrize("text", ['a\t"b\nc\td', '"', 'a,"b\nc,d', "a\t" + "b" * 200_000])
def test_where_a_cell_ends_is_never_guessed(text):
    with pytest.raises(Refused):
        clipboard.table(text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Lê An, hoàn thành\nVõ Bình, tốt", [["Lê An", "hoàn thành"], ["Võ Bình", "tốt"]]),
        ('1;"Lê; An";"hoàn thành\ntốt"', [["1", "Lê; An", "hoàn thành tốt"]]),
        ('1,"Lê An","hoàn thành\ntốt"', [["1", "Lê An", "hoàn thành tốt"]]),
        ("Lê An     tốt, đề nghị khen", [["Lê An", "tốt, đề nghị khen"]]),
        ("Lê An, ủy viên\ttốt; khá", [["Lê An, ủy viên", "tốt; khá"]]),
        ("Lê An", [["Lê An"]]),
    ],
)
def test_text_of_other_origin_is_parted_by_what_parts_it(text, rows):
    assert clipboard.table(text) == rows
