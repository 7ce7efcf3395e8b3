"""The column that is pasted from a spreadsheet."""

import pytest
from django.urls import reverse

from tests.ratings.sheets.page.form import pk, text
from tests.world import TODAY

PASTE = reverse("rating_paste", args=["DB01-01", (2018, None)])


def test_names_are_matched_without_accents_and_the_ambiguous_are_asked(desk, secretary):
    desk.world.enroll("Lê Ân", "DB01-01", TODAY)
    desk.world.enroll("Vũ Ánh", "DB01-01", TODAY)
    column = "TT\n1\tLE AN\tHTXSNV\n2\tvo binh\txs\n3\tVũ Ánh\tVắng mặt, chưa kiểm điểm\n4\tLê Ân\tT\n5\tLê\t2\tH"
    answer = secretary.post(PASTE, {"cot": column})
    rows = answer.context["rows"]
    assert [(r.name, len(r.candidates), r.value, r.problem) for r in rows] == [
        ("LE AN", 2, {"muc": "1"}, ""),
        ("vo binh", 1, {"muc": "1"}, ""),
        ("Vũ Ánh", 1, {"ly_do": str(desk.why("vang_mat").pk)}, ""),
        ("Lê Ân", 1, {"muc": "2"}, ""),
        ("Lê", 2, {}, "Có hơn một mức trên cùng một dòng."),
    ]
    sent = {"cot": column, "xac_nhan": "1", "nguoi_2": pk(desk, "An"), "nguoi_3": pk(desk, "Bình")}
    sent |= {"nguoi_4": pk(desk, "Ánh"), "nguoi_5": pk(desk, "Ân"), "bo_5": "on"}
    answer = secretary.post(PASTE, sent)
    assert "Đã ghi 2 dòng; còn 1 dòng chưa ghi" in text(answer)
    assert "có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép" in text(answer)
    assert (desk.line("An").proposed, desk.line("Ánh").reason.code) == (1, "vang_mat")
    assert not desk.world.people["Bình"].ratings.exists()
    assert not desk.world.people["Ân"].ratings.exists()


def test_two_rows_for_one_person(desk, secretary):
    column = "Lê An\tT\nlê an\tH"
    assert "Trùng với dòng 1, không ghi dòng này." in text(secretary.post(PASTE, {"cot": column}))
    sent = {"cot": column, "xac_nhan": "1", "nguoi_1": pk(desk, "An"), "nguoi_2": pk(desk, "An")}
    assert "Có hai dòng cho cùng một người. Hãy bỏ một dòng." in text(secretary.post(PASTE, sent))
    assert "Không đọc được dòng nào" in text(secretary.post(PASTE, {"cot": "\u200b"}))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('"Lê An"\t"Tốt"', "2"),
        ("Lê An, Hoàn thành tốt nhiệm vụ", "2"),
        ("Đồng chí Lê An;HTNV", "3"),
        ("1. Lê An   Đảng viên đủ tư cách, hoàn thành tốt nhiệm vụ", "2"),
        ("LÊ AN\tM4", "4"),
        ("Le\u0302 An\tto\u0302\u0301t", "2"),
    ],
)
def test_levels_are_read_as_offices_write_them(desk, secretary, line, value):
    (row,) = secretary.post(PASTE, {"cot": line}).context["rows"]
    assert (row.value, row.problem) == ({"muc": value}, "")


def test_a_reason_may_be_begun_and_what_it_replaces_is_told(desk, secretary):
    desk.rate(An=2)
    answer = secretary.post(PASTE, {"cot": "Lê An\tVắng mặt\nVõ Bình\tXS"})
    said = [row.words for row in answer.context["rows"]]
    assert said == ["không xếp loại: Vắng mặt, chưa kiểm điểm (thay cho: tốt)", "xuất sắc"]
    for words in said:
        assert words in text(answer)


def test_too_many_lines_are_told(desk, secretary):
    answer = secretary.post(PASTE, {"cot": "Lê An\tT\n" * 301})
    assert "Đã dán 301 dòng, chỉ đọc 300 dòng đầu." in text(answer)
