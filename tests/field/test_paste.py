"""A paste never writes what was not said: neither onto a person who was not named nor a level the cell does not say."""

import csv
import io
import re

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.acts import Refused
from ledger.text import clean, search_key
from ledger.web import clipboard
from members.models import Member
from ratings.frame import rating_frame
from ratings.models import MemberRating, Scheme
from ratings.sheets import pasting
from ratings.sheets.page import SheetPage
from ratings.sheets.rows import SheetRow
from reorganizations.forms import check_names, names_in
from tests.hand import signed_in_as
from tests.ratings.desk import Desk
from tests.world import TODAY

PASTE = reverse("rating_paste", args=["DB01-01", (2018, None)])
LEVELS = {
    1: ["1", "XS", "HTXSNV", "xuất sắc", "Hoàn thành xuất sắc nhiệm vụ"],
    2: ["2", "T", "HTTNV", "tốt", "Hoàn thành tốt nhiệm vụ"],
    3: ["3", "H", "HTNV", "hoàn thành", "Hoàn thành nhiệm vụ"],
    4: ["4", "K", "KHTNV", "không hoàn thành", "Không hoàn thành nhiệm vụ"],
}
RANK = {search_key(words): rank for rank, several in LEVELS.items() for words in several}


@pytest.fixture
def desk(world):
    """The open year 2018; DB01-01 holds Lê An, Võ Bình and those enrolled here."""
    world.enroll("Nguyễn Văn Hải", "DB01-01", TODAY)
    world.enroll("Lê Anh Xuân", "DB01-01", TODAY)
    world.enroll("Nguyễn Bích Ánh", "DB01-01", TODAY)
    return Desk(world, 2018)


@pytest.fixture
def secretary(desk):
    return signed_in_as(desk.world.user("SECRETARY", "DB01-01"))


def read(secretary, text):
    return secretary.post(PASTE, {"cot": text}).context["rows"]


def pressed(secretary, text):
    """What a secretary sends who presses the button without looking: everything that the page had preselected."""
    page = secretary.post(PASTE, {"cot": text}).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(nguoi_\d+|v_\d+)" value="(\d+)">', page))
    for name, select in re.findall(r'(?s)<select id="nguoi_\d+" name="(nguoi_\d+)">(.*?)</select>', page):
        assert " selected" not in select, name
    return secretary.post(PASTE, sent | {"cot": text, "xac_nhan": "1"}, follow=True)


def written(desk):
    rows = MemberRating.objects.standing().filter(period=desk.period, proposed__isnull=False)
    return dict(rows.values_list("member__full_name", "proposed"))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_of_two_lines_is_one_cell(desk, secretary, end):
    pressed(secretary, f'Nguyễn Bích Ánh\t"Hoàn thành{end}xuất sắc nhiệm vụ"\t\t{end}"Lê{end}An"\t"Tốt"{end}')
    assert written(desk) == {"Nguyễn Bích Ánh": 1, "Lê An": 2}


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn\tAn\tKHTNV",
        "Nguyễn\tVăn\tAn\tKHTNV",
        "Nguyễn Văn\t\tAn\tKHTNV",
        "1\tNguyễn Văn\tAn\tKHTNV",
        "Lê Xuân Anh\tKHTNV",
        "Lê Xuân\tAnh\tKHTNV",
        "Lê An\tĐức\tKHTNV",
        "Hải\tKHTNV",
        "Nguyễn Hải Văn\tKHTNV",
        "Nguyễn Văn Hải Hải\tKHTNV",
        "Họ đệm\tTên\tXếp loại\nNguyễn Văn\tAn\tKHTNV",
        "Họ và tên\t\tXếp loại\nLê\tXuân Anh\tKHTNV",
        "Nguyễn Văn Hải Anh\tKHTNV",
    ],
)
def test_who_was_not_named_is_at_most_a_guess(desk, secretary, text):
    (row,) = read(secretary, text)
    assert row.chosen is None
    answer = pressed(secretary, text)
    assert written(desk) == {}
    if row.candidates:
        assert row.guessed
        assert "Chưa chắc là ai" in answer.content.decode()
        assert "còn 1 dòng chưa chọn người: hãy chọn, hoặc đánh dấu bỏ qua" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguyễn Văn\tHải\tKHTNV", "Nguyễn Văn Hải"),
        ("Nguyễn\tVăn\tHải\tKHTNV", "Nguyễn Văn Hải"),
        ("7.\tNguyễn Văn\t\tHải\t1971\tKHTNV\tcần xem lại", "Nguyễn Văn Hải"),
        ("NGUYEN VAN HAI\tKHTNV", "Nguyễn Văn Hải"),
        ("STT\tHọ và tên\tChức vụ\tXếp loại\n1\tLê An\tBí thư\tKHTNV", "Lê An"),
        ("STT\tHọ đệm\tTên\tSố con\tMức\n1\tLê Anh\tXuân\t2\tKHTNV", "Lê Anh Xuân"),
        ("STT\tHọ và tên\t\tMức\n1\tLê Anh\tXuân\tKHTNV", "Lê Anh Xuân"),
    ],
)
def test_columns_of_family_and_given_name_are_one_name(desk, secretary, text, name):
    pressed(secretary, text)
    assert written(desk) == {name: 4}


@pytest.mark.parametrize("text", ["Nguyễn Văn\tAn\tKHTNV", "Nguyễn Văn\tAn", "Nguyễn Văn An\tKHTNV"])
def test_who_differs_in_the_given_name_alone_is_offered_and_not_chosen(desk, secretary, text):
    (row,) = read(secretary, text)
    assert ([one.member.full_name for one in row.candidates], row.chosen) == (["Nguyễn Văn Hải"], None)
    said = f"Chưa chắc là ai (đã dán: {row.name}). Có phải:"
    assert said in secretary.post(PASTE, {"cot": text}).content.decode()
    pressed(secretary, text)
    assert written(desk) == {}


def test_a_family_name_alone_offers_nobody_of_another_given_name(desk, secretary):
    (row,) = read(secretary, "Nguyễn Thị Hoa\tT")
    assert (row.candidates, row.problem) == ([], "Không có ai tên như vậy trong chi bộ.")


def test_a_guess_that_is_confirmed_is_written(desk, secretary):
    (row,) = read(secretary, "Lê Xuân Anh\tT")
    assert [one.member.full_name for one in row.candidates] == ["Lê Anh Xuân"]
    pk = desk.world.people["Xuân"].pk
    secretary.post(PASTE, {"cot": "Lê Xuân Anh\tT", "xac_nhan": "1", "nguoi_1": pk})
    assert written(desk) == {"Lê Anh Xuân": 2}


def test_nobody_whom_the_row_cannot_mean_is_written(desk, secretary):
    secretary.post(PASTE, {"cot": "Lê An\tT", "xac_nhan": "1", "nguoi_1": desk.world.people["Bình"].pk})
    assert written(desk) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Lê An\tHoàn thành\nxuất sắc nhiệm vụ",
        'Lê An\t"Hoàn thành\nxuất sắc nhiệm vụ',
        'Lê An; x "Hoàn thành\nxuất sắc nhiệm vụ"',
        'Lê An,x,"Hoàn thành\nxuất sắc nhiệm vụ',
        "Lê An\tHoàn thành xuất sắc\tTốt",
        "\tHọ và tên\tMức\n3\tLê An\t",
        "Họ và tên\tSố con\tMức\nLê An\t3\t",
        "Lê An\tKhông rõ\nVõ Bình\t5",
    ],
)
def test_a_level_that_is_not_said_is_not_written(desk, secretary, text):
    pressed(secretary, text)
    assert written(desk) == {}


def test_what_cannot_be_read_stays_in_the_field(desk, secretary):
    text = 'Lê An\t"Tốt\nVõ Bình\tTốt'
    answer = secretary.post(PASTE, {"cot": text})
    assert answer.status_code == 400
    assert "có dấu nháy kép mở mà không đóng" in answer.content.decode()
    assert answer.context["text"] == text


def test_one_name_that_begins_another_is_asked_about(desk, secretary):
    desk.world.enroll("Nguyễn Văn", "DB01-01", TODAY)
    desk.world.enroll("Nguyễn Văn Tốt", "DB01-01", TODAY)
    (row,) = read(secretary, "Nguyễn Văn\tTốt\tK")
    assert (len(row.candidates), row.chosen) == (2, None)


def test_names_of_cells_may_be_pasted_as_a_column():
    assert names_in('1\t"Chi bộ\r\nVăn phòng, Tổng hợp"\r\n2.\tChi bộ Kế hoạch\r\n\r\n') == [
        "Chi bộ Văn phòng, Tổng hợp",
        "Chi bộ Kế hoạch",
    ]
    with pytest.raises(Refused, match="dấu nháy"):
        check_names('"Chi bộ A\nChi bộ B')


# No clipboard text at all

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
