"""A table of targets pasted from a spreadsheet: what was said is filled in, what is doubtful is asked, the rest is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.models import Indicator, TargetGroup
from indicators.targets import pasting
from ledger.acts import Refused
from ledger.text import search_key
from organizations.models import Organization, OrganizationSpell
from tests.indicators.board import indicator
from tests.indicators.targets.conftest import GRID, PAPER, cell, value_of
from tests.indicators.targets.test_grid_page import standing
from tests.world import START

TABLE = (
    "CHỈ TIÊU GIAO NĂM\n"
    "TT\tMã\tTên tổ chức\tKết nạp đảng viên\tTỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên\n"
    "1\tDB01\tTổ chức DB01\t4\t96,5%\n"
    "2\tdb02\t\t2\t\n"
    "3\t\tto chuc cb01\t1\t95\n"
    "4\t\tTổ chức lạ\t3\t95\n"
    "5\tDB03\tTổ chức DB03\tnhiều\t95\n"
    "\tTổng cộng\t\t10\t\n"
)


def read(hand, text):
    return hand.press("doc", dan=text)


def rows_of(hand):
    return [(row.number, row.chosen and row.chosen.organization.code, row.problem) for row in table_of(hand).rows]


def table_of(hand):
    return hand.page.context["table"]


def test_rows_are_matched_by_code_and_by_name_and_columns_by_their_titles(year, hand):
    read(hand, TABLE)
    assert rows_of(hand) == [
        (1, None, pasting.UNKNOWN),
        (3, "DB01", ""),
        (4, "DB02", ""),
        (5, "CB01", ""),
        (6, None, pasting.UNKNOWN),
        (7, "DB03", ""),
        (8, None, "Dòng cộng của bảng, không phải của một tổ chức."),
    ]
    assert [column.picked for column in table_of(hand).columns] == [
        indicator(code, 2018).pk for code in ("KN", "DV-HTT")
    ]
    hand.press("dien")
    assert "Đã điền 6 ô từ bảng dán, chưa ghi." in hand.text
    assert standing() == {("DB01", "KN"): 3}
    hand.press("ghi", **PAPER)
    assert standing() == {
        ("DB01", "KN"): 4,
        ("DB01", "DV-HTT"): 96.5,
        ("DB02", "KN"): 2,
        ("CB01", "KN"): 1,
        ("CB01", "DV-HTT"): 95,
        ("DB03", "DV-HTT"): 95,
    }


def test_remarks_and_dashes_beside_the_numbers_take_nothing_away(year, hand):
    read(hand, "Mã\tKN\tDV-HTT\tGhi chú\nDB01\t4\t–\tmới thành lập\nDB02\t-\t95%\t\nDB03\t2\tnhiều\t\n")
    assert rows_of(hand) == [(2, "DB01", ""), (3, "DB02", ""), (4, "DB03", "“nhiều” không phải là số.")]
    hand.press("dien")
    assert [value_of(hand, cell(year, code)) for code in ("DB01", "DB02")] == ["4", ""]
    assert value_of(hand, cell(year, "DB02", "DV-HTT")) == "95%"


def test_what_was_typed_outlives_reading_and_filling(year, hand):
    typed = {cell(year, "DB03"): "7", "so": "5-NQ"}
    hand.press("doc", dan="DB02\t2", **typed)
    assert [value_of(hand, name) for name in typed] == ["7", "5-NQ"]
    hand.press("dien", **{f"cot_{table_of(hand).columns[0].place}": str(indicator("KN", 2018).pk)})
    assert [value_of(hand, name) for name in (*typed, cell(year, "DB02"))] == ["7", "5-NQ", "2"]
    assert "Chưa ghi được" not in hand.text


def test_a_column_without_a_title_is_asked(year, hand):
    read(hand, "DB01\t4\nDB02\t2\n")
    (column,) = table_of(hand).columns
    assert (column.picked, column.samples) == (None, "4; 2")
    hand.press("dien", refused=True)
    assert "Hãy chọn từng cột số là mức của chỉ tiêu nào, hoặc bỏ qua cột đó." in hand.text
    hand.press("dien", cot_1="0", refused=True)
    assert "Mọi cột số đều bỏ qua, nên không có gì để điền." in hand.text
    hand.press("dien", cot_1=str(indicator("KTGS", 2018).pk))
    assert value_of(hand, cell(year, "DB02", "KTGS")) == "2"
    read(hand, "DB01\t4\t5")
    both = dict.fromkeys(("cot_1", "cot_2"), str(indicator("KN", 2018).pk))
    hand.press("dien", refused=True, **both)
    assert "Hai cột được chọn cho cùng một chỉ tiêu." in hand.text


def test_a_title_that_fits_two_indicators_names_none(year, hand):
    read(hand, "Mã\tTỷ lệ đảng viên\tĐảng viên mới kết nạp\nDB01\t95\t4\n")
    assert [column.picked for column in table_of(hand).columns] == [None, indicator("KN", 2018).pk]


def test_who_may_be_several_is_asked_and_nobody_is_chosen_unsaid(year, hand):
    year.rename("DB01", "Đảng bộ Sở Tài chính", START.replace(year=2018))
    year.rename("CB01", "Chi bộ Sở Tài chính", START.replace(year=2018))
    year.rename("DB02", "Đảng bộ Sở Y tế", START.replace(year=2018))
    hand.open(GRID)
    read(hand, "Tổ chức\tKN\nSở Tài chính\t4\nĐảng uỷ Sở Y tế\t5\nY tế\t6\nChi bộ Sở Tài chính\t1\n")
    rows = table_of(hand).rows
    assert [sorted(p.organization.code for p in row.candidates) for row in rows] == [
        ["CB01", "DB01"],
        ["DB02"],
        ["DB02"],
        ["CB01"],
    ]
    assert [row.chosen is not None for row in rows] == [False, True, False, True]
    hand.press("dien", refused=True, bo_4="on")
    assert "Còn 1 dòng chưa chọn tổ chức: hãy chọn, hoặc đánh dấu bỏ qua." in hand.text
    assert value_of(hand, cell(year, "DB02")) == "5"
    chosen = next(p.pk for p in rows[0].candidates if p.organization.code == "DB01")
    hand.press("dien", to_chuc_2=str(chosen), bo_4="on")
    assert [value_of(hand, cell(year, code)) for code in ("DB01", "DB02", "CB01")] == ["4", "5", "1"]


def test_two_rows_for_one_organization(year, hand):
    read(hand, "Mã\tKN\nDB01\t4\nTổ chức DB01\t5\n")
    assert rows_of(hand)[1] == (3, "DB01", "Trùng với dòng 2, không ghi dòng này.")
    hand.press("dien")
    assert value_of(hand, cell(year, "DB01")) == "4"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Không đọc được dòng nào."),
        ("\u200b\n\t\n", "Không đọc được dòng nào."),
        ('"DB01\t4', "có dấu nháy kép mở mà không đóng"),
        ("DB01\t4\n" * 2001, "Đã dán 2001 dòng, chỉ đọc 2000 dòng đầu."),
    ],
)
def test_what_cannot_be_read_is_told(hand, text, sentence):
    hand.press("doc", dan=text, refused=True)
    assert sentence in hand.text


PLACES = [
    OrganizationSpell(pk=n, name=name, organization=Organization(code=f"DB{n:02}"))
    for n, name in enumerate(["Đảng bộ Sở Y tế", "Đảng bộ Sở Tài chính", "Chi bộ Sở Tài chính", "Đảng bộ Y"], start=1)
]
WORDS = [p.name for p in PLACES] + [p.organization.code for p in PLACES] + ["Sở", "Y tế", "sở y tế", "Tổng", "1", "2."]
INDICATOR = Indicator(pk=1, code="KN", name="Kết nạp", group=TargetGroup(code="KN", name="Kết nạp đảng viên"))
CELLS = st.one_of(st.sampled_from(WORDS), st.sampled_from(["5", "62,5%", "1.200", "nan", "-", ""]), st.text(max_size=4))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=4))
def test_no_text_names_what_was_not_said(table):
    """Who is chosen has its code or its name in a cell of the row, the word for its kind aside; values are of the row."""
    text = "\n".join("\t".join(row) for row in table)
    try:
        read = pasting.read(text, PLACES, [INDICATOR])
    except Refused:
        return
    for row in read.rows:
        said = {search_key(part) for part in row.text.split(" · ")}
        if row.chosen:
            name = search_key(row.chosen.name)
            named = {search_key(row.chosen.organization.code), name, name.split(" ", 2)[2]}
            assert named & {word.removeprefix("dang bo ").removeprefix("chi bo ") for word in said} | named & said
        assert set(row.values.values()) <= set(row.text.split(" · "))
