"""Days of a file of the national database taken over, one by one or by column; what cannot be goes to the list to send up."""

from datetime import date

import pytest

from imports.kinds.kind import NOT_HIS
from imports.kinds.registry import kind_of
from imports.reading.open_file import open_book
from imports.runs import store
from imports.workbooks import returned
from members.models import Admission, Member, Officialization
from tests.imports.by_file import answered, job, looked_at, table, written
from tests.world import refused

ON = date(2018, 6, 1)
HEADER = ("Họ tên", "Ngày sinh", "Chi bộ", "Ngày quyết định", "NVĐ", "Ngày chính thức", "Trình độ CM")
AN = ("Lê An", "15/06/1980", "DB01-01", "20/08/2009", "02/09/2009", "02/09/2010", "Thạc sĩ")
BINH = ("Võ Bình", "15/06/1980", "DB01-01", "01/05/2010", "19/05/2010", "19/05/2012", "")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def days_of(world, name):
    person = world.people[name]
    admission = Admission.objects.get(member=person, voided=None)
    return admission.decided, admission.ceremony, Officialization.objects.get(member=person, voided=None).on


def test_days_are_offered_with_the_rest_and_taken_over_one_by_one(world, office):
    look = looked_at("doi-chieu", table(HEADER, AN), office, on=ON)
    assert [words for _, words in look.rows[2]["question"]["options"]] == [
        "Chuyên môn: sổ ghi Chưa qua đào tạo; tệp ghi Thạc sĩ",
        "Ngày quyết định kết nạp: sổ ghi 01/05/2010; tệp ghi 20/08/2009",
        "Ngày vào Đảng: sổ ghi 19/05/2010; tệp ghi 02/09/2009",
        "Ngày chính thức: sổ ghi 19/05/2011; tệp ghi 02/09/2010",
        "Giữ như sổ",
    ]
    look = answered(look, row_2="quyet_dinh,ngay_le,chinh_thuc")
    assert look.counts == {"sua": 1}
    assert look.rows[2]["faults"] == [["Chuyên môn", "Thạc sĩ", "Sổ ghi Chưa qua đào tạo."]]
    run = store.write(look.run, job(look.run))
    assert days_of(world, "An") == (date(2009, 8, 20), date(2009, 9, 2), date(2010, 9, 2))
    assert Member.objects.get(pk=world.people["An"].pk).qualification == 0
    assert (run.change.reason, run.change.verb) == ("Nhập từ tệp ô dán từ bảng tính", "imports.reconcile")
    store.take_back(run, by=office, reason="Nhầm tệp")
    assert days_of(world, "An") == (date(2010, 5, 1), date(2010, 5, 19), date(2011, 5, 19))


def test_days_that_do_not_fit_without_one_another_are_refused_apart(world, office):
    look = answered(looked_at("doi-chieu", table(HEADER, AN), office, on=ON), row_2="ngay_le")
    assert look.counts == {"loi": 1}
    assert "ngày làm lễ 02/09/2009 trước ngày quyết định 01/05/2010" in look.reasons(2)[0]


def test_a_column_is_taken_over_and_the_same_file_then_says_nothing_new(world, office):
    written("doi-chieu", table(HEADER, BINH), office, on=ON, nhan_chinh_thuc="on")
    assert days_of(world, "Bình")[2] == date(2012, 5, 19)
    assert looked_at("doi-chieu", table(HEADER, BINH), office, on=ON).counts == {"giu": 1}


def test_what_would_break_a_rule_is_told_why_and_goes_to_the_list_to_send_up(world, office):
    world.admit("Vũ Mai", "DB01-01", date(2016, 5, 19), official=date(2017, 5, 19))
    mai = ("Vũ Mai", "15/06/1980", "DB01-01", "", "01/06/2016", "01/03/2017", "")
    look = looked_at("doi-chieu", table(HEADER, mai), office, on=ON, nhan_ngay_le="on", nhan_chinh_thuc="on")
    assert look.counts == {"bo": 1}
    ceremony, official = look.rows[2]["faults"]
    assert ceremony[:2] == ["Ngày vào Đảng", "01/06/2016"]
    assert ceremony[2].startswith("Sổ ghi 19/05/2016. Không nhận theo tệp được: Vũ Mai kết nạp ở DB01-01")
    assert "đến 19/05/2017 mới hết thời gian dự bị" in official[2]
    book = open_book("can-sua.xlsx", returned.workbook(look.run, kind_of("doi-chieu")), store.limits())
    header, row = book.rows(0)
    assert "Ngày vào Đảng: Sổ ghi 19/05/2016. Không nhận theo tệp được" in row[header.index(returned.WHY)]


def test_days_are_whose_the_roll_is(world, office):
    committee = world.user("COMMITTEE", "DB01")
    look = answered(looked_at("doi-chieu", table(HEADER, AN), committee, on=ON), row_2="chinh_thuc,ngay_le,quyet_dinh")
    assert "không có quyền ghi kết nạp, chính thức" in look.reasons(2)[0]
    look = answered(look, row_2="chuyen_mon")
    assert look.counts == {"sua": 1}
    done = written("doi-chieu", table(HEADER, BINH), office, on=ON, nhan_chinh_thuc="on").run
    with refused(NOT_HIS):
        store.take_back(done, by=committee, reason="Nhầm tệp")


def test_names_in_an_old_font_are_compared_as_they_are_read(world, office):
    world.enroll("Nguyễn Thị Hồng", "DB01-01", member=world.person("Nguyễn Thị Hồng", card_number="00123456"))
    header = ("Họ tên", "Ngày sinh", "Số thẻ", "Chi bộ", "Giới tính")
    old = ("NguyÔn ThÞ Hång", "15/06/1980", "00123456", "DB01-01", "N÷")
    assert looked_at("doi-chieu", table(header, old), office, on=ON).counts == {"giu": 1}
    other = ("NguyÔn ThÞ Hoµng", *old[1:])
    look = looked_at("doi-chieu", table(header, other), office, on=ON, nhan_ho_ten="on")
    assert look.rows[2]["changes"] == [["Họ và tên", "“Nguyễn Thị Hồng”", "“Nguyễn Thị Hoàng”"]]
