"""Targets by file: a column an indicator or a row a target; blanks left alone, withdrawals, shares, whose they are."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.kinds.registry import kind_of
from imports.runs import store
from indicators import wording
from indicators.models import Target
from ledger.acts import Refused
from ledger.undo import undo
from tests.imports.by_file import job, looked_at, table, written
from tests.indicators.board import indicator, lines, set_groups, set_targets
from tests.world import TODAY

PAPER = {"so": "12-NQ/ĐUK", "ngay": "03/02/2018", "co_quan": "Đảng ủy Khối"}
ON = date(2018, 2, 3)
HEADER = (
    "Đảng bộ, chi bộ",
    "KN",
    "Đảng viên mới là đoàn viên thanh niên",
    "Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên",
)
ROWS = [
    HEADER,
    ("K", "115", "60%", "95"),
    ("Tổ chức DB01", "5", "", "92,5"),
    ("DB02", "", "", ""),
    ("CB01", "1", "", ""),
    ("Cộng", "6", "", ""),
]


@pytest.fixture
def office(world):
    set_groups(world, 2017, 2018)
    return world.user("ORGANIZATION", "K")


def standing(year=2018):
    """{(code of the organization, code of the indicator): value}, row by row."""
    rows = Target.objects.filter(voided=None, indicator__group__year=year)
    return {(t.organization.code, t.indicator.code): t.value for t in rows.select_related("organization", "indicator")}


def test_targets_of_a_year_come_with_one_document_and_once(world, office):
    brought = written("chi-tieu", table(*ROWS), office, on=ON, **PAPER)
    assert brought.counts == {"tao": 3, "bo": 1}
    assert standing() == {
        ("K", "KN"): 115,
        ("K", "KN-TN"): 60,
        ("K", "DV-HTT"): 95,
        ("DB01", "KN"): 5,
        ("DB01", "DV-HTT"): Decimal("92.5"),
        ("CB01", "KN"): 1,
    }
    assert set(Target.objects.values_list("added__verb", "added__document__number")) == {
        ("imports.targets", "12-NQ/ĐUK")
    }
    assert wording.target(lines(world, "DB01", 2018)["KN"]) == "5"
    assert brought.rows[2]["changes"][1] == ["Tỷ lệ đảng viên mới là đoàn viên thanh niên", "chưa giao", "60%"]
    again = looked_at("chi-tieu", table(*ROWS), office, on=ON, **PAPER)
    assert again.counts == {"giu": 3, "bo": 1}


def test_a_row_a_target_of_any_year(office):
    rows = [
        ("Đơn vị", "Năm", "Tên chỉ tiêu", "Mức"),
        ("DB01", "2017", "KN", "3"),
        ("DB01", "", "Kết nạp đảng viên mới", "4"),
        ("DB02", "2018", "tỷ lệ đảng viên mới là đoàn viên thanh niên", "70"),
    ]
    assert written("chi-tieu", table(*rows), office, on=ON, **PAPER).counts == {"tao": 3}
    assert standing(2017) == {("DB01", "KN"): 3}
    assert standing(2018) == {("DB01", "KN"): 4, ("DB02", "KN-TN"): 70}


def test_a_change_is_shown_a_blank_left_and_a_word_withdraws(world, office):
    set_targets(world, 2018, KN={"K": 110, "DB01": 5, "DB02": 4}, DV_HTT={"DB01": 90})
    rows = [
        HEADER,
        ("DB01", "6", "", ""),
        ("DB02", "Thu hồi", "", ""),
        ("K", "110", "", ""),
        ("CB01", "thu hồi", "", ""),
    ]
    found = looked_at("chi-tieu", table(*rows), office, on=ON, **PAPER)
    assert found.counts == {"sua": 2, "giu": 2}
    assert found.rows[2]["changes"] == [["Đảng viên mới kết nạp", "5", "6"]]
    assert found.rows[3]["changes"] == [["Đảng viên mới kết nạp", "4", "chưa giao"]]
    written("chi-tieu", table(*rows), office, on=ON, **PAPER)
    assert standing() == {("K", "KN"): 110, ("DB01", "KN"): 6, ("DB01", "DV-HTT"): 90}


def test_shares_of_one_are_asked_about_and_taken_as_was_said(office):
    rows = [HEADER, ("K", "", "0,6", "1")]
    found = looked_at("chi-tieu", table(*rows), office, on=ON, **PAPER)
    assert found.reasons(2) == [
        f"Là {share}% hay {typed}%? Hãy chọn ở mục “Tỷ lệ từ 0 đến 1” của bước chọn cột, hoặc sửa ô này."
        for share, typed in (("60", "0,6"), ("100", "1"))
    ]
    written("chi-tieu", table(*rows), office, on=ON, ty_le_nho="phan_tram", **PAPER)
    assert standing() == {("K", "KN-TN"): 60, ("K", "DV-HTT"): 100}
    written("chi-tieu", table(*rows), office, on=ON, ty_le_nho="nhu_ghi", **PAPER)
    assert standing() == {("K", "KN-TN"): Decimal("0.6"), ("K", "DV-HTT"): 1}


@pytest.mark.parametrize(
    ("header", "row", "column", "says"),
    [
        (HEADER, ("DB01", "2,5", "", ""), "Đảng viên mới kết nạp", "Số lượng là số nguyên"),
        (HEADER, ("DB01", "-1", "", ""), "Đảng viên mới kết nạp", "không được âm"),
        (HEADER, ("DB01", "năm", "", ""), "Đảng viên mới kết nạp", "Không đọc được số"),
        (HEADER, ("DB01", "99999999", "", ""), "Đảng viên mới kết nạp", "quá lớn"),
        (HEADER, ("DB01", "", "60,123", ""), "Tỷ lệ đảng viên mới là đoàn viên thanh niên", "hai chữ số lẻ"),
        (HEADER, ("DB01", "", "101", ""), "Tỷ lệ đảng viên mới là đoàn viên thanh niên", "vượt quá 100%"),
        (HEADER, ("DB77", "1", "", ""), "Tổ chức", "Không có tổ chức “DB77” trong năm 2018"),
        (HEADER, ("CB02", "1", "", ""), "", "đã ghi ở dòng 2"),
        (("Đơn vị", "Năm", "KN", "x"), ("DB01", "2016", "1", "x"), "Năm", "chưa đặt nhóm chỉ tiêu cho năm 2016"),
        (("Đơn vị", "Năm", "Chỉ tiêu", "Mức"), ("DB01", "", "KNX", "1"), "Chỉ tiêu", "Có: KN, KN-TN"),
        (("Đơn vị", "KN", "Chỉ tiêu", "Mức"), ("DB01", "", "", "1"), "Chỉ tiêu", "không rõ của chỉ tiêu nào"),
        (("Đơn vị", "KN", "Chỉ tiêu", "Mức"), ("DB01", "3", "KN", "1"), "Mức giao", "hai mức trên một dòng"),
    ],
)
def test_each_fault_is_told_with_its_column(office, header, row, column, says):
    first = ("CB02", "1", "", "") if header is HEADER else ("CB02", "", "", "")
    found = looked_at("chi-tieu", table(header, first, row), office, on=ON, **PAPER)
    assert found.columns(3) == [column]
    assert says in found.reasons(3)[0]


def test_targets_need_their_document(office):
    with pytest.raises(Refused, match="văn bản giao chỉ tiêu"):
        looked_at("chi-tieu", table(*ROWS), office, on=ON)


def test_only_the_department_sets_targets(world, office):
    kind = kind_of("chi-tieu")
    others = [("COMMITTEE", "DB01"), ("INSPECTION", "K"), ("LEADER", "K"), ("SECRETARY", "DB01-01")]
    assert [kind.is_open_to(world.user(*who)) for who in others] == [False] * 4
    assert kind.is_open_to(office)


def test_targets_are_taken_back_whole(world, office):
    set_targets(world, 2018, KN={"K": 110, "DB01": 4})
    before = standing()
    brought = written("chi-tieu", table(*ROWS, ("DB03", "thu hồi", "", "")), office, on=ON, **PAPER)
    assert standing() != before
    undo(brought.run.change, by=office, on=TODAY, reason="Nhầm tệp")
    assert standing() == before


def test_the_columns_are_the_indicators_of_all_years(office):
    labels = [column.label for column in kind_of("chi-tieu").columns]
    assert labels[:3] == ["Tổ chức", "Năm", "Đảng viên mới kết nạp"] and labels[-2:] == ["Chỉ tiêu", "Mức giao"]
    assert len(labels) == len(set(labels)) == 4 + len({"KN", "KN-TN", "TSVM", "DV-HTT", "KTGS", "DTTC", "TCD", "NVCT"})
    assert indicator("TSVM", 2017).name != indicator("TSVM", 2018).name  # one column, called by either name
    rows = [("Đơn vị", "Năm", indicator("TSVM", 2017).name, "x"), ("K", "2017", "93", "x"), ("K", "2018", "94", "x")]
    written("chi-tieu", table(*rows), office, on=ON, **PAPER)
    assert (standing(2017), standing(2018)) == ({("K", "TSVM"): 93}, {("K", "TSVM"): 94})


def test_the_queries_do_not_grow_with_the_rows(office):
    def asked(*codes):
        run = looked_at("chi-tieu", table(HEADER, *((code, "1", "", "") for code in codes)), office, on=ON, **PAPER).run
        with CaptureQueriesContext(connection) as queries:
            store.look(run, job(run))
        return len(queries)

    assert asked("DB01", "DB02") == asked("K", "DB01", "DB02", "DB03", "CB01", "CB02")
