"""A paste never writes what was not said: neither onto a person who was not named nor a level the cell does not say."""

import re

import pytest
from django.urls import reverse

from ledger.acts import Refused
from ratings.models import MemberRating
from reorganizations.forms import check_names, names_in
from tests.hand import signed_in_as
from tests.world import TODAY

PASTE = reverse("rating_paste", args=["DB01-01", (2018, None)])


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
