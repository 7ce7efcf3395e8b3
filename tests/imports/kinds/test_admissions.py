"""Ceremonies of admission from files: written once, in the cell of that day; who comes back; who waited in the pipeline."""

from datetime import date

import pytest

from imports.kinds.registry import kind_of
from imports.runs import store
from ledger.models import Change
from ledger.undo import undo
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.models import Admission, CandidateStep, Exit, Member, Membership, Officialization, Stage
from organizations.access import Keep
from tests.imports.by_file import answered, job, looked_at, table, written
from tests.indicators.board import counted
from tests.world import TODAY

ON = date(2017, 12, 31)
HEADER = (
    "Họ đệm",
    "Tên",
    "Nam/Nữ",
    "Năm sinh",
    "Dân tộc",
    "Chi bộ",
    "Ngày QĐ",
    "Ngày lễ",
    "ĐVTN",
    "Hình thức",
    "NCT",
    "Số văn bản đồng ý",
    "Ngày VB đồng ý",
    "Quyết định kết nạp lần đầu",
    "Ngày vào Đảng lần đầu",
    "Ngày ra khỏi Đảng",
)
HOA = ("Trần Thị", "Hoa", "Nữ", "03/02/1995", "Kinh", "DB01-01", "25/01/2017", "03/02/2017", "x", *[""] * 7)
TAM = ("Bùi", "Tám", "Nam", "1985", "Chăm", "CB01", "20/04/2017", "19/05/2017", "", "Kết nạp", *[""] * 6)


def but(row, **cells):
    """`row` with cells said otherwise, by their place: but(HOA, c5="DB01-02")."""
    return [cells.get(f"c{n}", cell) for n, cell in enumerate(row)]


def told(*names):
    """What stands, read from the rows alone: [(cell, kind, decided, ceremony, youth, official)]"""
    rows = Admission.objects.filter(voided=None, member__full_name__in=names).order_by("ceremony")
    officials = dict(Officialization.objects.filter(voided=None).values_list("member", "on"))
    return [
        (r.organization and r.organization.code, r.kind, r.decided, r.ceremony, r.youth, officials.get(r.member_id))
        for r in rows
    ]


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def brought(rows, office, **given):
    return looked_at("ket-nap", table(HEADER, *rows), office, on=ON, **given)


def test_people_are_admitted_in_one_act_and_once(world, office):
    acts = Change.objects.count()
    rows = [HOA, but(TAM, c10="19/05/2018")]
    done = written("ket-nap", table(HEADER, *rows), office, on=ON)
    assert done.counts == {"tao": 2}
    assert Change.objects.count() == acts + 1
    assert told("Trần Thị Hoa", "Bùi Tám") == [
        ("DB01-01", "ADMITTED", date(2017, 1, 25), date(2017, 2, 3), True, None),
        ("CB01", "ADMITTED", date(2017, 4, 20), date(2017, 5, 19), False, date(2018, 5, 19)),
    ]
    spells = Membership.objects.filter(member__full_name__in=["Trần Thị Hoa", "Bùi Tám"])
    assert {(s.entry, s.starts) for s in spells} == {("ADMITTED", date(2017, 2, 3)), ("ADMITTED", date(2017, 5, 19))}
    assert counted(world, "admitted_youth admitted", "K") == [1, 2]
    assert brought(rows, office).counts == {"giu": 2}


def test_a_recognition_that_the_file_adds_is_written(world, office):
    written("ket-nap", table(HEADER, HOA), office, on=ON)
    world.people["Hoa"] = Member.objects.get(full_name="Trần Thị Hoa")
    world.transfer("Hoa", "DB01-02", date(2017, 9, 1))
    look = brought([but(HOA, c10="03/02/2018")], office)
    assert look.rows[2]["changes"] == [["Ngày chính thức", "còn dự bị", "03/02/2018"]]
    written("ket-nap", table(HEADER, but(HOA, c10="03/02/2018")), office, on=ON)
    assert told("Trần Thị Hoa")[0][-1] == date(2018, 2, 3)
    assert brought([but(HOA, c10="03/02/2018")], office).counts == {"giu": 1}  # found though she moved since
    assert "chính thức từ 03/02/2018" in brought([but(HOA, c10="03/03/2018")], office).reasons(2)[0]
    early = brought([but(TAM, c10="19/01/2018")], office)
    assert early.rows[2]["notes"][-1] == "Chính thức khi chưa đủ 12 tháng từ ngày làm lễ"


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"c6": ""}, "Ngày quyết định kết nạp", "cần có ngày quyết định"),
        ({"c6": "03/03/2017"}, "", "trước ngày quyết định"),
        ({"c7": ""}, "Ngày làm lễ kết nạp", "để trống"),
        ({"c7": "03/02/2019"}, "Ngày làm lễ kết nạp", "còn ở phía trước"),
        ({"c3": "03/02/2000"}, "", "chưa đủ 18 tuổi"),
        ({"c3": "03/02/1950"}, "", "quá 60 tuổi"),
        ({"c3": "03/02/1950", "c11": "12-CV/TU"}, "Ngày văn bản đồng ý", "cần đủ số và ngày"),
        ({"c3": "03/02/1950", "c11": "12-CV/TU", "c12": "01/03/2017"}, "", "sau ngày kết nạp"),
        ({"c4": ""}, "Dân tộc", "cần có dân tộc"),
        ({"c5": ""}, "Chi bộ", "cần có chi bộ"),
        ({"c5": "DB01"}, "Chi bộ", "không phải chi bộ"),
        ({"c8": "có lẽ"}, "Là đoàn viên khi kết nạp", "Chỉ hiểu"),
        ({"c9": "Chuyển đến"}, "Hình thức kết nạp", "Kết nạp lại, Phục hồi đảng tịch"),
        ({"c9": "Phục hồi đảng tịch"}, "", "ngày làm lễ kết nạp trước đây"),
        ({"c9": "Kết nạp lại", "c13": "01/01/2014"}, "Ngày vào Đảng trước đây", "cần đủ ngày quyết định"),
        ({"c10": "01/01/2017"}, "", "chính thức trước ngày kết nạp"),
    ],
)
def test_each_fault_is_told_with_its_column(office, cells, column, says):
    look = brought([but(HOA, **cells), TAM], office)
    assert look.counts == {"loi": 1, "tao": 1}
    assert look.columns(2) == [column]
    assert says in look.reasons(2)[0]


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"c6": "24/01/2017"}, "Ngày quyết định kết nạp", "Sổ ghi 25/01/2017"),
        ({"c8": "không"}, "Là đoàn viên khi kết nạp", "Sổ ghi là đoàn viên"),
        ({"c9": "Kết nạp lại"}, "Hình thức kết nạp", "Sổ ghi kết nạp"),
        ({"c7": "04/02/2017"}, "Ngày làm lễ kết nạp", "vào Đảng ngày 03/02/2017. Nếu sổ sai, hãy mở hồ sơ số"),
    ],
)
def test_what_a_file_says_otherwise_of_an_admission_is_put_right_on_the_record(office, cells, column, says):
    written("ket-nap", table(HEADER, HOA), office, on=ON)
    look = brought([but(HOA, **cells)], office)
    assert (look.counts, look.columns(2)) == ({"loi": 1}, [column])
    assert says in look.reasons(2)[0]


def test_who_is_on_the_roll_is_not_admitted_once_more(office):
    look = brought([("Lê", "An", "Nữ", "15/06/1980", "Kinh", "DB01-01", "25/01/2017", "03/02/2017", *[""] * 8)], office)
    assert "đang sinh hoạt ở DB01-01, vào Đảng ngày 19/05/2010" in look.reasons(2)[0]


def test_who_was_admitted_before_the_books_began_is_counted_for_no_cell(world, office):
    world.enroll("Vũ Xuân", "CB01", TODAY, decided=date(2016, 5, 9), ceremony=date(2016, 5, 19), official=None)
    row = ("Vũ", "Xuân", "Nữ", "15/06/1980", "Kinh", "CB01", "09/05/2016", "19/05/2016", *[""] * 8)
    look = brought([row], office)
    assert (look.counts, look.columns(2)) == ({"loi": 1}, ["Chi bộ"])
    assert "có khi lập sổ" in look.reasons(2)[0]


def test_what_the_record_says_otherwise_is_noted_and_kept(office):
    written("ket-nap", table(HEADER, HOA), office, on=ON)
    look = brought([but(HOA, c4="Chăm")], office)
    assert look.counts == {"giu": 1}
    assert look.rows[2]["notes"] == ["Hồ sơ ghi Dân tộc: Kinh, tệp ghi Chăm. Tệp này không sửa hồ sơ"]


AN = ("Lê", "An", "Nữ", "15/06/1980", "Kinh", "DB02-01", "25/01/2018", "03/02/2018", *[""] * 8)


def test_who_left_comes_back_on_the_record_that_stands(world, office):
    world.leave("An", date(2016, 3, 1), Exit.STRUCK)
    key = f"dv{world.people['An'].pk}"
    look = answered(brought([AN], office), row_2=key)
    assert "chỉ trở lại bằng: kết nạp lại hoặc phục hồi đảng tịch" in look.reasons(2)[0]
    early = but(AN, c6="25/01/2016", c9="Kết nạp lại")
    assert "từ ngày ra khỏi danh sách" in answered(brought([early], office), row_2=key).reasons(2)[0]
    again = but(AN, c5="DB01-01", c9="Kết nạp lại")  # in the cell she left: nothing is asked
    people = Member.objects.count()
    assert written("ket-nap", table(HEADER, again), office, on=ON).counts == {"tao": 1}
    assert Member.objects.count() == people
    assert [row[:2] for row in told("Lê An")] == [(None, "ADMITTED"), ("DB01-01", "READMITTED")]
    assert world.names("DB01-01", TODAY) == {"An", "Bình"}
    assert brought([again], office).counts == {"giu": 1}


def test_somebody_unknown_is_admitted_again_with_the_admission_before(office):
    row = but(TAM, c9="Kết nạp lại", c13="01/02/2008", c14="03/02/2008", c15="01/06/2012")
    assert written("ket-nap", table(HEADER, row), office, on=ON).counts == {"tao": 1}
    assert [(r[0], r[1], r[3]) for r in told("Bùi Tám")] == [
        (None, "ADMITTED", date(2008, 2, 3)),
        ("CB01", "READMITTED", date(2017, 5, 19)),
    ]
    assert Admission.objects.get(member__full_name="Bùi Tám", kind="READMITTED").outside_since == date(2012, 6, 1)
    assert brought([row], office).counts == {"giu": 1}


def test_the_paper_for_one_over_sixty_is_kept(office):
    row = but(HOA, c3="03/02/1950", c11="12-CV/TU", c12="20/01/2017")
    assert written("ket-nap", table(HEADER, row), office, on=ON).counts == {"tao": 1}
    paper = Admission.objects.get(member__full_name="Trần Thị Hoa").consent
    assert (paper.number, paper.date) == ("12-CV/TU", date(2017, 1, 20))


def waits(world, name="Trần Thị Hoa", cell="DB01-01"):
    row = Recommendation(
        full_name=name, sex="F", birth_date=date(1995, 2, 3), organization=world.org[cell], on=date(2016, 5, 2)
    )
    return steps.recommend([row], **world.act())[0]


def stages():
    return sorted(CandidateStep.objects.filter(voided=None).values_list("stage", "member__full_name"))


def test_who_waits_in_the_pipeline_is_asked_about_and_leaves_it(world, office):
    candidate = waits(world)
    look = brought([HOA], office)
    assert look.counts == {"hoi": 1}
    answers = [answer for answer, _ in look.rows[2]["question"]["options"]]
    assert answers == [f"+ng{candidate.pk}", "+khac", "bo"]
    assert answered(look, row_2="+khac").counts == {"tao": 1}
    look = answered(look, row_2=answers[0])
    assert (look.counts, look.rows[2]["notes"][0]) == ({"tao": 1}, "Ra khỏi nguồn kết nạp")
    store.write(look.run, job(look.run))
    assert stages() == [(Stage.RECOMMENDED, None), (Stage.ADMITTED, "Trần Thị Hoa")]
    assert brought([HOA], office).counts == {"giu": 1}


def test_the_file_may_say_of_all_that_they_are_those_who_waited(world, office):
    waits(world)
    waits(world, "Bùi Thị Tám", "CB02")
    tam = but(TAM, c0="Bùi Thị", c3="03/02/1995")  # in another cell: asked all the same
    look = brought([HOA, tam], office, dong_nguon="on")
    assert look.counts == {"tao": 1, "hoi": 1}
    written("ket-nap", table(HEADER, HOA), office, on=ON, dong_nguon="on")
    assert (Stage.ADMITTED, "Trần Thị Hoa") in stages()


def test_the_same_person_twice_in_a_file_is_asked_about(office):
    look = brought([HOA, but(HOA, c7="04/02/2017")], office)
    assert look.counts == {"tao": 1, "hoi": 1}
    assert look.rows[3]["question"]["text"].startswith("Dòng 2 ghi cùng họ tên")
    assert answered(look, row_3="khac").counts == {"tao": 2}


def test_the_cell_is_the_one_called_so_on_the_day_of_the_ceremony(world, office):
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, date(2018, 1, 1))
    row = but(HOA, c5="Tổ chức DB02-01")
    assert written("ket-nap", table(HEADER, row), office, on=ON).counts == {"tao": 1}
    assert told("Trần Thị Hoa")[0][0] == "DB02-01"
    assert "Hoa" in world.names("DB01-01", TODAY)
    assert (
        "đã kết thúc hoạt động từ ngày 01/01/2018"
        in brought([but(TAM, c5="DB02-01", c6="20/04/2018", c7="19/05/2018")], office).reasons(2)[0]
    )


def test_only_who_keeps_the_roll_admits_and_only_there(world):
    kind = kind_of("ket-nap")
    assert kind.keep == Keep.ROLL
    assert not kind.is_open_to(world.user("COMMITTEE", "DB01"))
    look = brought([HOA, TAM], world.user("ORGANIZATION", "K"))
    assert look.counts == {"tao": 2}


def test_an_import_is_taken_back_whole(world, office):
    waits(world)
    people, before = Member.objects.standing().count(), stages()
    done = written("ket-nap", table(HEADER, HOA, TAM), office, on=ON, dong_nguon="on")
    undo(done.run.change, by=office, on=TODAY, reason="Nhầm tệp")
    assert (Member.objects.standing().count(), stages(), told("Trần Thị Hoa", "Bùi Tám")) == (people, before, [])
