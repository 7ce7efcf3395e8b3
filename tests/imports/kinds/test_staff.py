"""Numbers of staff by file: blanks keep what stands, bounds, what contradicts itself, whose it is."""

from datetime import date

import pytest

from imports.kinds.kind import NOT_HIS
from imports.runs import store
from ledger.undo import undo
from organizations.models import StaffCount
from tests.imports.by_file import looked_at, table, written
from tests.organizations.staff.entering import enter, standing
from tests.world import TODAY, refused

HEADER = ("Đơn vị", "Năm", "Công chức", "Viên chức", "HĐLĐ", "Tổng cộng")
ROWS = [
    HEADER,
    ("DB01", "2017", "30", "10", "5", ""),
    ("Tổ chức DB02", "2017", "", "", "", "trên 5.000"),
    ("DB03", "2016", "12", "", "", "40"),
    ("CB01", "", "", "", "", "1.234"),
    ("Tổng cộng", "", "42", "10", "5", "99"),
]


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def parts(code, year):
    row = StaffCount.objects.get(voided=None, organization__code=code, year=year)
    return row.civil_servants, row.public_employees, row.workers, row.total, row.at_least


def test_numbers_come_in_one_act_and_once(office):
    brought = written("bien-che", table(*ROWS), office, on=date(2018, 12, 1))
    assert brought.counts == {"tao": 4, "bo": 1}
    assert standing(2017) == {"DB01": "45", "DB02": "trên 5.000"}
    assert (standing(2016), standing(2018)) == ({"DB03": "40"}, {"CB01": "1.234"})
    assert set(StaffCount.objects.values_list("added__verb", flat=True)) == {"imports.staff"}
    again = looked_at("bien-che", table(*ROWS), office, on=date(2018, 12, 1))
    assert again.counts == {"giu": 4, "bo": 1}


def test_a_blank_keeps_what_stands_and_a_change_is_shown(world, office):
    enter(world, DB01=(30, 10, 5), DB02=(None, 7, None, 60), DB03=80)
    rows = [
        HEADER,
        ("DB01", "2017", "31", "", "", ""),
        ("DB02", "2017", "", "", "8", ""),
        ("DB03", "2017", "50", "20", "30", ""),
        ("CB01", "2017", "", "", "", ""),
    ]
    found = looked_at("bien-che", table(*rows), office)
    assert found.counts == {"sua": 3, "bo": 1}
    assert found.rows[2]["changes"] == [["Công chức", "30", "31"], ["Tổng số", "45", "46"]]
    assert found.rows[3]["changes"] == [["Người lao động", "–", "8"]]
    written("bien-che", table(*rows), office)
    assert parts("DB01", 2017) == (31, 10, 5, 46, False)
    assert parts("DB02", 2017) == (None, 7, 8, 60, False)
    assert parts("DB03", 2017) == (50, 20, 30, 100, False)


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("DB01", "2017", "30", "10", "5", "46"), "Tổng số", "khác ba số cộng lại (45)"),
        (("DB01", "2017", "30", "", "", ""), "Tổng số", "cần ghi tổng số"),
        (("DB01", "2017", "30", "10", "5", "trên 45"), "Tổng số", "Hãy bỏ “trên”"),
        (("DB01", "2017", "", "", "", "trên"), "Tổng số", "ví dụ trên 5.000"),
        (("DB01", "2017", "-3", "", "", "40"), "Công chức", "số nguyên không âm"),
        (("DB01", "2017", "2,5", "", "", "40"), "Công chức", "số nguyên không âm"),
        (("DB01", "2017", "30", "", "", "rút"), "Tổng số", "vừa ghi số vừa viết “rút”"),
        (("DB01", "2019", "", "", "", "40"), "Tổ chức", "chưa tới"),
        (("DB01", "17", "", "", "", "40"), "Năm", "bốn chữ số"),
        (("DB01-01", "2017", "", "", "", "40"), "Tổ chức", "ghi cho tổ chức cơ sở đảng"),
        (("DB77", "2017", "", "", "", "40"), "Tổ chức", "Không có tổ chức “DB77” trong năm 2017"),
        (("DB02", "2017", "", "", "", "40"), "Tổ chức", "ghi 2 lần"),
    ],
)
def test_each_fault_is_told_with_its_column(office, row, column, says):
    found = looked_at("bien-che", table(HEADER, ("DB02", "2017", "", "", "", "9"), row), office)
    assert found.columns(3) == [column]
    assert says in found.reasons(3)[0]


def test_what_was_entered_is_withdrawn_and_comes_back(world, office):
    enter(world, DB01=(30, 10, 5), DB02=60)
    enter(world, 2016, DB01=40)
    rows = [
        HEADER,
        ("DB01", "2017", "", "", "", "Rút"),
        ("DB02", "2017", "thu hồi", "thu hồi", "thu hồi", "thu hồi"),
        ("DB03", "2017", "", "", "", "rút"),
    ]
    found = looked_at("bien-che", table(*rows), office)
    assert found.counts == {"sua": 2, "giu": 1}
    assert found.rows[2]["told"] == "DB01, năm 2017: rút số đã ghi"
    assert found.rows[2]["changes"] == [
        ["Công chức", "30", "–"],
        ["Viên chức", "10", "–"],
        ["Người lao động", "5", "–"],
        ["Tổng số", "45", "–"],
    ]
    assert found.rows[4]["told"] == "DB03, năm 2017: không có số nào để rút"
    brought = written("bien-che", table(*rows), office)
    assert (standing(2017), standing(2016)) == ({}, {"DB01": "40"})
    assert looked_at("bien-che", table(*rows), office).counts == {"giu": 3}
    store.take_back(brought.run, by=office, reason="Nhầm tệp")
    assert standing(2017) == {"DB01": "45", "DB02": "60"}
    assert parts("DB01", 2017) == (30, 10, 5, 45, False)


def test_a_committee_withdraws_its_own_alone(world):
    enter(world, DB01=40, DB02=60)
    committee = world.user("COMMITTEE", "DB01")
    rows = [HEADER, ("DB01", "2017", "", "", "", "rút"), ("DB02", "2017", "", "", "", "rút")]
    brought = written("bien-che", table(*rows), committee)
    assert "không có quyền" in brought.reasons(3)[0]
    assert standing() == {"DB02": "60"}


def test_a_committee_enters_its_own_alone(world):
    committee = world.user("COMMITTEE", "DB01")
    rows = [HEADER, ("DB01", "2017", "", "", "", "40"), ("DB02", "2017", "", "", "", "40")]
    brought = written("bien-che", table(*rows), committee)
    assert brought.counts == {"tao": 1, "loi": 1}
    assert "không có quyền" in brought.reasons(3)[0]
    assert standing() == {"DB01": "40"}


def test_who_keeps_them_of_one_organization_since_does_not_take_back_those_of_all(world, office):
    run = written("bien-che", table(*ROWS), office, on=date(2018, 12, 1)).run
    committee = world.user("COMMITTEE", "DB01")
    with refused(NOT_HIS):
        store.take_back(run, by=committee, reason="Nhầm tệp")
    store.take_back(run, by=office, reason="Nhầm tệp")


def test_numbers_are_taken_back_whole(world, office):
    enter(world, DB01=40)
    brought = written("bien-che", table(*ROWS), office, on=date(2018, 12, 1))
    undo(brought.run.change, by=office, on=TODAY, reason="Nhầm tệp")
    assert (standing(2017), standing(2016), standing(2018)) == ({"DB01": "40"}, {}, {})
