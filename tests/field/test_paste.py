"""A paste never writes what was not said: neither onto a person who was not named nor a level the cell does not say."""

import csv
import io
import re

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.reorganize_forms import check_names, names_in
from ledger.acts import Refused
from ledger.text import clean, search_key
from members.models import Member
from ratings import pasting
from ratings.frame import desk as desk_of
from ratings.models import MemberRating
from ratings.rows import Row
from ratings.sheet import SheetPage
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
    rows = MemberRating.objects.filter(period=desk.period, voided__isnull=True, proposed__isnull=False)
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


def folded(text):
    return re.sub(r"[^a-z0-9 ]", "", search_key(text))


@pytest.fixture
def sheet_page(desk):
    """The page of the sheet, as if the cell held NAMES."""
    here = desk_of(desk.world.user("SECRETARY", "DB01-01"), "DB01-01", (2018, None))
    page = SheetPage(here)
    page.rows = [
        Row(member=Member(pk=n, full_name=name), line=None, known=None) for n, name in enumerate(NAMES, start=1)
    ]
    return page


def test_no_table_of_a_spreadsheet_names_who_was_not_named_nor_a_level_not_said(sheet_page):
    @settings(max_examples=300, deadline=None)
    @given(clipboards())
    def holds(clipboard):
        text, table = clipboard
        for row in pasting.parse(text, sheet_page)[0]:
            cells = [cell for cell in table[row.number - 1] if cell]
            if row.chosen is not None:
                said = folded(row.chosen.member.full_name)
                names = {folded(" ".join(cells[i:j])) for i in range(len(cells)) for j in range(i + 1, len(cells) + 1)}
                assert said in {re.sub(r"^\d+ +", "", name) for name in names}
            if "muc" in row.value:
                assert int(row.value["muc"]) in {RANK.get(search_key(cell.strip('"“” '))) for cell in cells}

    holds()


def test_no_text_whatever_names_who_was_not_named_nor_a_level_not_said(sheet_page):
    sign = st.sampled_from(['"', "“", "\t", "\n", "\r\n", ";", ",", " ", "   ", "\x00", "\ue000"])
    piece = st.one_of(PART, SAID, NOISE, sign, st.text(max_size=4))

    @settings(max_examples=500, deadline=None)
    @given(st.lists(piece, max_size=14).map("".join))
    def holds(text):
        try:
            rows, _ = pasting.parse(text, sheet_page)
        except Refused:
            return
        everything = folded(re.sub(r"[\t;,]", " ", text))
        for row in rows:
            if row.chosen is not None:
                assert folded(row.chosen.member.full_name) in re.sub(r" +", " ", everything)
            if "muc" in row.value:
                said = {key for key, rank in RANK.items() if str(rank) == row.value["muc"]}
                assert any(key in search_key(text) for key in said | {f"m{row.value['muc']}"})

    holds()
