"""No text that a clipboard may hold, drawn by chance, names who was not named, nor a level or points that were not said."""

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.acts import Refused
from ledger.text import clean, search_key
from ledger.web import clipboard
from members.models import Member
from ratings.frame import rating_frame
from ratings.models import Scheme
from ratings.sheets import pasting
from ratings.sheets.page import SheetPage
from ratings.sheets.rows import SheetRow

LEVELS = {
    1: ["1", "XS", "HTXSNV", "xuất sắc", "Hoàn thành xuất sắc nhiệm vụ"],
    2: ["2", "T", "HTTNV", "tốt", "Hoàn thành tốt nhiệm vụ"],
    3: ["3", "H", "HTNV", "hoàn thành", "Hoàn thành nhiệm vụ"],
    4: ["4", "K", "KHTNV", "không hoàn thành", "Không hoàn thành nhiệm vụ"],
}
RANK = {search_key(words): rank for rank, several in LEVELS.items() for words in several}
NAMES = [
    "Lê An",
    "Lê Ân",
    "Lê Anh Xuân",
    "Lê Xuân Anh",
    "Nguyễn Văn Hải",
    "Nguyễn Văn",
    "Nguyễn Văn Tốt",
    "Hoàn Thành",
]
PART = st.sampled_from(sorted({part for name in NAMES for part in (name, *name.split())}))
SAID = st.sampled_from([words for several in LEVELS.values() for words in several])
WORDS = RANK | {f"m{rank}": rank for rank in LEVELS} | {"htxs": 1, "htt": 2, "ht": 3, "kht": 4, "yk": 4}
POINTS = st.sampled_from(["80", "55,5", "100", "7.25", "101", "12345", "1"])
NOISE = st.one_of(
    st.text(alphabet='aTK1 4\n"\t;,“”', max_size=6), st.sampled_from(["Bí thư", "1971", "nhiệm vụ", "Không"])
)
BROKEN = st.builds(
    lambda text, sign: text.replace(" ", sign), st.one_of(PART, SAID), st.sampled_from(["\n", "\r\n", "\u2028"])
)
CELLS = st.lists(st.one_of(PART, SAID, BROKEN, NOISE), min_size=1, max_size=5)


@st.composite
def clipboards(draw):
    """(text, its cells): what a spreadsheet would write of the cells."""
    table = draw(st.lists(CELLS, min_size=1, max_size=4))
    out = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    csv.writer(out, dialect="excel-tab", lineterminator=end).writerows([*row, ""] for row in table)
    return out.getvalue(), [[clean(cell) for cell in row] for row in table]


def lines_of(text, mark):
    """{row number: [cell]} of `text` parted by `mark`, None for what a spreadsheet writes; empty cells left out.

    Cut here a second way; what stands in quotes, which is a grammar, is left to the one reader of it.
    """
    if '"' in text:
        table = clipboard.rows(text, mark)
    else:
        lines = re.split(r"\r\n|\r|\n", text.replace("\ue000", ""))
        table = [re.split(r"[^\S\r\n\t]{3,}|\t" if mark == "  " else mark, line) for line in lines]
    cells = [[clean(cell).strip("\"“”' ") for cell in row] for row in table]
    return {n: [cell for cell in row if cell] for n, row in enumerate(cells, start=1)}


def says(row, cell):
    """Whether `cell` says what `row` would write: the level of a word, or the points themselves."""
    if "diem" in row.value:
        return cell == row.value["diem"]
    return str(WORDS.get(search_key(cell))) == row.value["muc"]


def is_said(row, cells):
    """Whether `cells`, of one row, hold the whole name of who was chosen, accents aside, in cells side by side, and what
    is written in a cell behind it.
    """
    written = "muc" in row.value or "diem" in row.value
    if row.chosen is None:
        return not written or any(says(row, cell) for cell in cells)
    name, ends = search_key(row.chosen.member.full_name), []
    for i in range(len(cells)):
        for j in range(i + 1, len(cells) + 1):
            said = re.sub(r"^\d+[.)]?\s+", "", " ".join(cells[i:j]))
            if search_key(said) == name:
                ends.append(j)
    return any(not written or any(says(row, cell) for cell in cells[j:]) for j in ends)


def only_what_is_said(text, page):
    """Fails unless, parted by one of the marks, every row of `text` says what was read in it."""
    try:
        rows, _ = pasting.parse(text, page)
    except Refused:
        return
    marks = ["\t"] if "\t" in text else [";", "  ", ","]
    read = [lines_of(text, mark) for mark in marks if _closed(text, mark)]
    assert any(all(is_said(row, lines.get(row.number, [])) for row in rows) for lines in read), rows


def _closed(text, mark):
    try:
        clipboard.rows(text, mark)
    except Refused:
        return False
    return True


@pytest.fixture
def sheet_page(desk):
    """The page of the sheet, as if the cell held NAMES."""
    here = rating_frame(desk.world.user("SECRETARY", "DB01-01"), "DB01-01", (2018, None))
    page = SheetPage(here)
    page.rows = [
        SheetRow(member=Member(pk=n, full_name=name), line=None, known=None) for n, name in enumerate(NAMES, start=1)
    ]
    return page


@pytest.fixture
def page_by_points(sheet_page):
    """The same sheet under the scheme of 2025, by points."""
    sheet_page.period.scheme = Scheme.objects.get(code="2025")
    assert sheet_page.period.scheme.by_points
    return sheet_page


def test_no_table_of_a_spreadsheet_names_who_was_not_named_nor_a_level_not_said(sheet_page):
    @settings(max_examples=300, deadline=None)
    @given(clipboards())
    def holds(clipboard):
        text, table = clipboard
        for row in pasting.parse(text, sheet_page)[0]:
            cells = [cell.strip('"“” ') for cell in table[row.number - 1] if cell]
            assert is_said(row, cells)

    holds()


@pytest.mark.parametrize("mark", ["\t", ";", ", ", "   "])
@pytest.mark.parametrize(("page", "said", "value"), [("sheet_page", "T", "muc"), ("page_by_points", "80", "diem")])
def test_what_is_parted_by_hand_is_chosen(request, mark, page, said, value):
    """So that the walks around it do not hold for want of anybody chosen."""
    page, text = request.getfixturevalue(page), mark.join(["1", "Lê Anh Xuân", said])
    (row,) = pasting.parse(text, page)[0]
    assert (row.chosen.member.full_name, row.value) == ("Lê Anh Xuân", {value: "2" if value == "muc" else said})
    only_what_is_said(text, page)


def parted(cells):
    """Text of a table parted by one of the marks, nothing in quotes."""
    return st.tuples(
        st.sampled_from(["\t", ";", "; ", ",", ", ", "   ", "      "]),
        st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4),
    ).map(lambda drawn: "\n".join(drawn[0].join(row) for row in drawn[1]))


ANY = st.one_of(
    st.sampled_from(['"', "“", "\t", "\n", "\r\n", ";", ",", " ", "   ", "\x00", "\ue000"]),
    *(PART, SAID, NOISE, st.text(max_size=4)),
)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(parted(st.one_of(PART, SAID, NOISE)), id="parted"),
        pytest.param(st.lists(ANY, max_size=14).map("".join), id="whatever"),
    ],
)
def test_no_text_names_who_was_not_named_nor_a_level_not_said(sheet_page, texts):
    @settings(max_examples=300, deadline=None)
    @given(texts)
    def holds(text):
        only_what_is_said(text, sheet_page)

    holds()


def test_no_text_names_who_was_not_named_nor_points_not_said(page_by_points):
    @settings(max_examples=300, deadline=None)
    @given(parted(st.one_of(PART, POINTS, SAID, NOISE)))
    def holds(text):
        only_what_is_said(text, page_by_points)

    holds()
