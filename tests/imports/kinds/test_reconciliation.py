"""A file of the national database held against the register: who is only here, only there, differs in what."""

from datetime import date

import pytest
from django.urls import reverse

from imports.kinds.persons import COLUMNS
from imports.kinds.reconciliation import DAYS
from imports.kinds.registry import kind_of
from imports.reading.open_file import open_book
from imports.runs import store
from imports.workbooks import returned
from members.models import Member
from tests.hand import Hand
from tests.imports.by_file import answered, looked_at, table, written

ON = date(2018, 6, 1)
HEADER = ("Họ tên", "Ngày sinh", "Chi bộ", "NVĐ", "Chức vụ", "Trình độ CM")
AN = ("Lê An", "15/06/1980", "DB01-01", "19/05/2010", "Chuyên viên", "Thạc sĩ")
LA = ("Trần Lạ", "01/01/1975", "DB01-01", "19/05/2010", "", "")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def test_each_is_told_and_nothing_is_taken_over_unasked(office):
    brought = looked_at("doi-chieu", table(HEADER, AN, LA), office, on=ON)
    assert brought.counts == {"hoi": 1, "bo": 1}
    assert [words for _, words in brought.rows[2]["question"]["options"]] == [
        "Chuyên môn: sổ ghi Chưa qua đào tạo; tệp ghi Thạc sĩ",
        "Nghề nghiệp, vị trí: sổ ghi không ghi; tệp ghi “Chuyên viên”",
        "Giữ như sổ",
    ]
    assert "sổ không có người này" in brought.reasons(3)[0]
    assert brought.report["remarks"] == ["Chỉ có trong sổ: Võ Bình, sinh 15/06/1980, DB01-01."]


def test_one_value_is_taken_over_and_the_other_stays_on_the_list_to_send_up(world, office):
    brought = looked_at("doi-chieu", table(HEADER, AN), office, on=ON)
    brought = answered(brought, row_2="chuyen_mon")
    assert brought.counts == {"sua": 1}
    assert brought.rows[2]["changes"] == [["Chuyên môn", "Chưa qua đào tạo", "Thạc sĩ"]]
    assert brought.rows[2]["faults"] == [["Nghề nghiệp, vị trí", "“Chuyên viên”", "Sổ ghi không ghi."]]
    run = store.write(brought.run, store.job_of(brought.run, kind_of("doi-chieu"), office))
    an = Member.objects.get(pk=world.people["An"].pk)
    assert (an.qualification, an.occupation) == (5, "")
    book = open_book("can-sua.xlsx", returned.workbook(run, kind_of("doi-chieu")), store.limits())
    header, row = book.rows(0)
    assert row[header.index(returned.WHY)] == "Nghề nghiệp, vị trí: Sổ ghi không ghi."
    assert [cells[0] for cells in book.rows(1)] == ["Chỉ có trong sổ: Võ Bình, sinh 15/06/1980, DB01-01."]


def test_a_whole_column_is_taken_over(world, office):
    others = ("Võ Bình", "15/06/1980", "DB01-01", "19/05/2010", "Kế toán", "Cao đẳng")
    written("doi-chieu", table(HEADER, AN, others), office, on=ON, nhan_chuyen_mon="on")
    levels = Member.objects.filter(memberships__organization__code="DB01-01").order_by("full_name")
    assert list(levels.values_list("qualification", "occupation")) == [(5, ""), (3, "")]


def test_columns_to_take_over_are_ticked_in_two_groups(office):
    hand = Hand(office)
    hand.open(reverse("imports")).press(None, loai="doi-chieu", dan=table(HEADER, AN))
    given = hand.page.context["given"]
    groups = {heading: [box.name for box in boxes] for heading, boxes in given.groups}
    ticked = {f"nhan_{name}" for name in (*COLUMNS, *DAYS)}
    assert {name for names in groups.values() for name in names} == ticked
    assert groups["Ngày vào Đảng: nhận theo tệp cả cột"] == [f"nhan_{name}" for name in DAYS]
    assert all(f"<legend>{heading}</legend>" in hand.page.content.decode() for heading in groups)


def test_what_is_kept_as_it_is_here_is_not_asked_again(office):
    brought = answered(looked_at("doi-chieu", table(HEADER, AN), office, on=ON), row_2="so")
    assert brought.counts == {"bo": 1}
    assert len(brought.rows[2]["faults"]) == 2


def test_places_and_days_that_differ_are_told(world, office):
    world.leave("Bình", date(2018, 2, 1))
    rows = [
        (*AN[:2], "DB02-01", "20/05/2010", "", ""),
        ("Võ Bình", "15/06/1980", "DB01-01", "19/05/2010", "", ""),
        ("Lê Chi", "15/06/1980", "DB01-02", "19/05/2010", "", ""),
    ]
    brought = answered(looked_at("doi-chieu", table(HEADER, *rows), office, on=ON), row_2=f"dv{world.people['An'].pk}")
    assert brought.rows[2]["faults"] == [
        ["Chi bộ", "DB02-01", "Sổ ghi DB01-01."],
        ["Ngày vào Đảng", "20/05/2010", "Sổ ghi 19/05/2010."],
    ]
    assert brought.counts["giu"] == 1


def test_a_committee_reconciles_its_own_and_learns_of_nobody_else(world):
    committee = world.user("COMMITTEE", "DB01")
    rows = [AN, ("Lê Hà", "15/06/1980", "DB02-02", "19/05/2010", "", "Thạc sĩ")]
    brought = looked_at("doi-chieu", table(HEADER, *rows), committee, on=ON)
    assert brought.rows[3]["outcome"] == "bo" and "sổ không có người này" in brought.reasons(3)[0]
    assert not any("DB02" in sentence for sentence in brought.report["remarks"])
