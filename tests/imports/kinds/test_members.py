"""Members who are on the roll already: written once, found again, amended; what is wrong with a row; what is asked."""

from datetime import date

import pytest

from imports.kinds.kind import NOT_HIS
from imports.kinds.members import MembersImport
from imports.runs import store
from ledger.models import Change
from ledger.undo import undo
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.models import Admission, Amendment, CandidateStep, Member, Membership, Officialization
from members.records.amendments import amend
from organizations.appoint import NewOffice, appoint
from tests.imports.by_file import Brought, answered, job, looked_at, table, written
from tests.world import TODAY, refused

ON = date(2017, 12, 31)
HEADER = (
    "Họ tên",
    "Giới tính",
    "Ngày sinh",
    "Dân tộc",
    "Số thẻ",
    "Chi bộ",
    "Ngày QĐ kết nạp",
    "NVĐ",
    "NCT",
    "Trình độ CM",
)
HOA = (
    "Trần Thị Hoa",
    "Nữ",
    "03/02/1970",
    "Raglai",
    "123456",
    "DB01-01",
    "20/01/2000",
    "03/02/2000",
    "03/02/2001",
    "Thạc sỹ",
)
TAM = ("Bùi Tám", "nam", "1969", "kinh", "", "CB01", "20/01/2000", "03/02/2000", "", "ĐH")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def test_people_come_onto_the_roll_in_one_act_and_once(office):
    acts = Change.objects.count()
    brought = written("dang-vien", table(HEADER, HOA, TAM), office, on=ON)
    assert brought.counts == {"tao": 2}
    assert Change.objects.count() == acts + 1
    hoa, tam = (Member.objects.get(full_name=name) for name in ("Trần Thị Hoa", "Bùi Tám"))
    assert (hoa.sex, hoa.card_number, hoa.ethnic_group.name, hoa.qualification) == ("F", "00123456", "Ra-glai", 5)
    assert (tam.sex, tam.born, tam.qualification) == ("M", "1969", 4)
    spell = Membership.objects.get(member=hoa)
    assert (spell.organization.code, spell.starts, spell.entry) == ("DB01-01", ON, "OPENING")
    admission = Admission.objects.get(member=hoa)
    assert (admission.decided, admission.ceremony) == (date(2000, 1, 20), date(2000, 2, 3))
    assert [row.on for row in Officialization.objects.filter(member__in=[hoa, tam])] == [date(2001, 2, 3)]
    assert brought.rows[3]["notes"] == ["Còn dự bị, vì không có ngày chính thức"]
    assert brought.rows[2]["notes"] == ["Số thẻ đảng viên: 123456 → 00123456"]
    again = looked_at("dang-vien", table(HEADER, HOA, TAM), office, on=ON)
    assert again.counts == {"giu": 2}


def test_a_record_that_says_otherwise_is_shown_and_amended(office):
    written("dang-vien", table(HEADER, HOA), office, on=ON)
    hoa = Member.objects.get(full_name="Trần Thị Hoa")
    row = ("TRẦN thị Hoa", "", "", "", "123456", "", "", "", "", "Tiến sĩ")
    brought = looked_at("dang-vien", table(HEADER, (*row[:1], *HOA[1:9], "Tiến sĩ")), office, on=ON)
    assert brought.rows[2]["changes"] == [
        ["Họ và tên", "“Trần Thị Hoa”", "“TRẦN thị Hoa”"],
        ["Chuyên môn", "Thạc sĩ", "Tiến sĩ"],
    ]
    brought = written("dang-vien", table(HEADER, ("Trần Thị Hoa", *row[1:])), office, on=ON)
    assert brought.counts == {"sua": 1}
    hoa.refresh_from_db()
    assert (hoa.qualification, hoa.born, hoa.ethnic_group.name) == (6, "03/02/1970", "Ra-glai")  # a blank says nothing
    assert Amendment.objects.get(member=hoa).added == brought.run.change


@pytest.mark.parametrize(
    ("changed", "column", "says"),
    [
        ({1: "nam nữ"}, "Giới tính", "danh mục giới tính"),
        ({2: "03/02/70"}, "Ngày sinh", "bốn chữ số"),
        ({2: ""}, "Ngày sinh", "cần có ngày sinh"),
        ({2: "03/02/1990"}, "", "chưa đủ 18 tuổi"),
        ({3: "Sao Hỏa"}, "Dân tộc", "Không có “Sao Hỏa”"),
        ({4: "12A45678"}, "Số thẻ đảng viên", "8 hoặc 12 chữ số"),
        ({5: "DB99-01"}, "Chi bộ", "Không có tổ chức"),
        ({5: "DB01"}, "Chi bộ", "không phải chi bộ"),
        ({5: ""}, "Chi bộ", "cần có chi bộ"),
        ({6: ""}, "Ngày quyết định kết nạp", "ngày quyết định"),
        ({6: "20/03/2000"}, "", "trước ngày quyết định"),
        ({7: "30/02/2000"}, "Ngày vào Đảng", "Không có ngày này"),
        ({8: "01/01/1999"}, "", "chính thức trước ngày kết nạp"),
        ({9: "Giáo sư"}, "Chuyên môn", "Không có “Giáo sư”"),
        ({0: ""}, "Họ và tên", "để trống"),
        ({0: "trần thị hoa"}, "Họ và tên", "toàn chữ thường"),
    ],
)
def test_each_fault_is_told_with_its_column(office, changed, column, says):
    row = [changed.get(n, cell) for n, cell in enumerate(HOA)]
    brought = looked_at("dang-vien", table(HEADER, row, TAM), office, on=ON)
    assert brought.counts == {"loi": 1, "tao": 1}
    assert brought.columns(2) == [column]
    assert says in brought.reasons(2)[0]


def test_all_faults_of_a_row_are_told_at_once(office):
    brought = looked_at(
        "dang-vien", table(HEADER, ("", "x", "03/02/70", "Sao", "1", "Z", "a", "b", "c", "d")), office, on=ON
    )
    assert len(brought.reasons(2)) == len(HEADER)


def test_days_that_a_file_has_not_are_taken_as_was_said(office):
    row = (*HOA[:6], "", HOA[7], "", HOA[9])
    said = {"quyet_dinh_theo_le": "on", "chinh_thuc_theo_le": "on"}
    written("dang-vien", table(HEADER, row), office, on=ON, **said)
    admission = Admission.objects.get(member__full_name="Trần Thị Hoa")
    assert admission.decided == admission.ceremony == date(2000, 2, 3)
    assert Officialization.objects.get(member=admission.member).on == date(2001, 2, 3)


def test_who_may_be_somebody_written_already_is_asked(world, office):
    """An was born on 15/06/1980: a row with day and month of another card, in another cell, may be An or not."""
    row = ("Lê An", "Nữ", "15/06/1980", "Kinh", "", "DB02-01", *HOA[6:])
    brought = looked_at("dang-vien", table(HEADER, row), office, on=ON)
    assert brought.counts == {"hoi": 1}
    key = f"dv{world.people['An'].pk}"
    assert [answer for answer, _ in brought.rows[2]["question"]["options"]] == [key, "khac", "bo"]
    assert answered(brought, row_2=key).reasons(2)[0].startswith("Lê An đang sinh hoạt ở DB01-01")
    assert answered(brought, row_2="bo").counts == {"bo": 1}
    brought = answered(brought, row_2="khac")
    assert brought.counts == {"tao": 1}
    Brought(store.write(brought.run, job(brought.run)))
    assert Member.objects.filter(full_name="Lê An").count() == 2


def test_a_person_twice_in_one_file_is_asked_about_or_refused(office):
    brought = looked_at("dang-vien", table(HEADER, HOA, (*HOA[:4], "", *HOA[5:])), office, on=ON)
    assert brought.counts == {"tao": 1, "hoi": 1}
    assert brought.rows[3]["question"]["options"][-2:] == [["khac", "Là người khác"], ["bo", "Bỏ qua dòng này"]]


def test_who_waits_in_the_pipeline_is_asked_about_and_leaves_it(world, office):
    row = Recommendation(
        full_name="Trần Thị Hoa",
        sex="F",
        birth_date=date(1970, 2, 3),
        organization=world.org["CB01"],
        on=date(2016, 5, 2),
    )
    (candidate,) = steps.recommend([row], **world.act())
    brought = looked_at("dang-vien", table(HEADER, HOA), office, on=ON)
    assert [answer for answer, _ in brought.rows[2]["question"]["options"]] == [f"+ng{candidate.pk}", "+khac", "bo"]
    brought = answered(brought, row_2=f"+ng{candidate.pk}")
    assert brought.counts == {"tao": 1}
    store.write(brought.run, job(brought.run))
    assert CandidateStep.objects.latest("pk").member.full_name == "Trần Thị Hoa"


def test_who_was_said_to_be_another_and_is_written_meanwhile_is_not_written_twice(office):
    row = ("Lê An", "Nữ", "15/06/1980", "Kinh", "", "DB02-01", *HOA[6:])
    look = answered(looked_at("dang-vien", table(HEADER, row), office, on=ON), row_2="khac")
    store.write(look.run, job(look.run))
    again = answered(looked_at("dang-vien", table(HEADER, row), office, on=ON), row_2="khac")
    assert again.counts == {"giu": 1}


def test_a_file_older_than_what_was_amended_since_says_so(world, office):
    an = world.people["An"]
    amend({an: {"occupation": "Trưởng phòng"}}, reason="Bổ nhiệm", **world.act(date(2018, 6, 1)))
    header = ("Họ tên", "Ngày sinh", "Chi bộ", "Chức vụ")
    text = table(header, ("Lê An", "15/06/1980", "DB01-01", "Chuyên viên"))
    brought = looked_at("dang-vien", text, office, on=ON)
    assert brought.counts == {"hoi": 1}
    assert "01/06/2018" in brought.rows[2]["question"]["text"]
    assert answered(brought, row_2="bo").counts == {"bo": 1}
    assert answered(brought, row_2="tep").counts == {"sua": 1}


def test_a_committee_amends_its_own_and_brings_nobody(world):
    committee = world.user("COMMITTEE", "DB01")
    header = ("Họ tên", "Ngày sinh", "Chi bộ", "Chức vụ")
    rows = [
        header,
        ("Lê An", "15/06/1980", "DB01-01", "Chuyên viên"),
        ("Lê Hà", "15/06/1980", "DB02-02", "Chuyên viên"),
    ]
    brought = looked_at("dang-vien", table(*rows), committee, on=ON)
    assert brought.counts == {"sua": 1, "loi": 1}
    brought = looked_at("dang-vien", table(HEADER, HOA), committee, on=ON)
    assert "không có quyền" in brought.reasons(2)[0]


def test_who_holds_a_lesser_office_since_takes_back_no_more_than_it_keeps(world, office):
    header = ("Họ tên", "Ngày sinh", "Chi bộ", "Chức vụ")
    brought = written("dang-vien", table(HEADER, HOA), office, on=ON).run
    amended = [
        written("dang-vien", table(header, (name, "15/06/1980", cell, "Văn thư")), office, on=ON).run
        for name, cell in (("Lê An", "DB01-01"), ("Lê Hà", "DB02-02"))
    ]
    since = world.dismiss(office, on=TODAY)
    appoint([NewOffice(user=since, role="COMMITTEE", organization=world.org["DB01"])], **world.act())
    for run in (brought, amended[1]):
        with refused(NOT_HIS):
            store.take_back(run, by=since, reason="Nhầm tệp")
    store.take_back(amended[0], by=since, reason="Nhầm tệp")
    world.people["An"].refresh_from_db()
    assert world.people["An"].occupation == ""


def test_an_import_is_taken_back_whole(world, office):
    header = ("Họ tên", "Ngày sinh", "Chi bộ", "Chức vụ")
    before = Membership.objects.standing().count()
    written("dang-vien", table(HEADER, HOA), office, on=ON)
    brought = written("dang-vien", table(header, ("Lê An", "15/06/1980", "DB01-01", "Chuyên viên")), office, on=ON)
    undo(brought.run.change, by=office, on=TODAY, reason="Nhầm tệp")
    world.people["An"].refresh_from_db()
    assert world.people["An"].occupation == ""
    undo(Change.objects.get(import_run__kind="dang-vien", undone=None), by=office, on=TODAY, reason="Nhầm tệp")
    assert Membership.objects.standing().count() == before


@pytest.mark.parametrize("chunk", [1, 1000])
def test_of_two_rows_that_write_of_one_person_the_second_is_refused(world, office, monkeypatch, chunk):
    monkeypatch.setattr(MembersImport, "chunk", chunk)
    header = ("Họ tên", "Ngày sinh", "Chi bộ", "Chức vụ")
    rows = [("Lê An", "15/06/1980", "DB01-01", post) for post in ("Chuyên viên", "Văn thư")]
    brought = written("dang-vien", table(header, *rows), office, on=ON)
    assert brought.counts == {"sua": 1, "loi": 1}
    assert brought.reasons(3) == ["Lê An, sinh 15/06/1980, đã ghi ở dòng 2. Hãy giữ một dòng cho mỗi người."]
    world.people["An"].refresh_from_db()
    assert world.people["An"].occupation == "Chuyên viên"
    again = looked_at("dang-vien", table(header, *rows), office, on=ON)
    assert (again.counts, again.reasons(3)) == ({"giu": 1, "loi": 1}, brought.reasons(3))


def test_who_was_brought_by_a_row_far_above_is_not_amended_by_one_below(office, monkeypatch):
    monkeypatch.setattr(MembersImport, "chunk", 1)
    other = (*HOA[:9], "Đại học")
    brought = written("dang-vien", table(HEADER, HOA, other, HOA), office, on=ON)
    assert [brought.rows[number]["outcome"] for number in (2, 3, 4)] == ["tao", "loi", "giu"]
    assert Member.objects.get(full_name="Trần Thị Hoa").qualification == 5
