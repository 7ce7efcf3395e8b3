"""Inspections from files: a row is one organization looked at; planned, then carried out; what is wrong; what is asked."""

from datetime import date

import pytest

from imports.kinds.registry import kind_of
from imports.runs import store
from inspections.checks import register
from inspections.checks.rules import InspectionPlan, NewConclusion
from inspections.models import Conclusion, Inspection, InspectionSubject
from inspections.undoing import NOT_HIS
from ledger.models import Change
from tests.imports.by_file import answered, looked_at, table, written
from tests.world import recorded, refused

ON = date(2017, 12, 31)
HEADER = ("Năm", "Loại", "Nội dung", "Chủ thể", "Đối tượng", "Kế hoạch", "Ngày KT", "Ngày kết luận", "Kết luận")
CHARTER = "Kiểm tra Điều lệ"


def row(organization, *, kind="Kiểm tra", title=CHARTER, by="K", year="2017", planned="có", done="", on="", found=""):
    return (year, kind, title, by, organization, planned, done, on, found)


def told(**where):
    """What stands, counted from the rows alone: {(title, code): (planned, done_on)}."""
    rows = InspectionSubject.objects.filter(voided=None, inspection__voided=None, **where)
    return {(s.inspection.title, s.organization.code): (s.planned, s.done_on) for s in rows}


@pytest.fixture
def inspector(world):
    return world.user("INSPECTION", "K")


def plan(world, *codes, done_on=None, title=CHARTER, year=2017, by="K", on=date(2017, 1, 10), **more):
    subjects = tuple((world.org[code], done_on) for code in codes)
    wanted = InspectionPlan(
        year=year, kind=Inspection.Kind.INSPECTION, title=title, conductor=world.org[by], subjects=subjects, **more
    )
    return register.register_inspections([wanted], **world.act(on))[0]


def test_rows_of_one_inspection_are_one_and_all_is_one_act(world, inspector):
    acts = Change.objects.count()
    brought = written(
        "kiem-tra",
        table(
            HEADER,
            row("DB01", done="05/09/2017", on="20/09/2017", found="Chấp hành tốt"),
            row("Tổ chức CB01", done="6-9-2017"),
            row("DB02-01", kind="giám sát chuyên đề", title="Giám sát cán bộ", planned="x"),
            row("DB03", planned="không", title="kiem tra dieu le"),
            row("CB02", kind="KTTC", title="Thu, chi Đảng phí", by="", year="", done="12/10/2017"),
        ),
        inspector,
        on=ON,
    )
    assert brought.counts == {"tao": 5}
    assert Change.objects.count() == acts + 1
    charter, staff, finance = Inspection.objects.order_by("pk")
    assert [s.organization.code for s in charter.subjects.order_by("organization__code")] == ["CB01", "DB01", "DB03"]
    assert {i.kind for i in (staff,)} == {Inspection.Kind.SUPERVISION}
    assert (finance.kind, finance.conductor, finance.year) == (Inspection.Kind.FINANCE, world.org["K"], 2017)
    assert told(inspection=charter) == {
        (CHARTER, "DB01"): (True, date(2017, 9, 5)),
        (CHARTER, "CB01"): (True, date(2017, 9, 6)),
        (CHARTER, "DB03"): (False, None),
    }
    (conclusion,) = Conclusion.objects.all()
    assert (conclusion.organization.code, conclusion.on, conclusion.text) == (
        "DB01",
        date(2017, 9, 20),
        "Chấp hành tốt",
    )
    assert (
        brought.rows[2]["told"]
        == f"Ghi: Kiểm tra, năm 2017, “{CHARTER}”: Tổ chức DB01, hoàn thành ngày 05/09/2017, trong kế hoạch"
    )


def test_the_same_file_twice_changes_nothing(inspector):
    file = table(
        HEADER, row("DB01", done="05/09/2017", on="20/09/2017", found="Tốt"), row("CB01"), row("DB02", planned="không")
    )
    written("kiem-tra", file, inspector, on=ON)
    before = recorded()
    assert looked_at("kiem-tra", file, inspector, on=ON).counts == {"giu": 3}
    assert recorded() == before


def test_what_was_planned_is_carried_out_and_concluded(world, inspector):
    plan(world, "DB01", "CB01")
    file = table(
        HEADER,
        row("DB01", done="05/09/2017", on="20/09/2017", found="Tốt"),
        row("CB01"),
        row("DB02", done="07/09/2017"),
    )
    brought = written("kiem-tra", file, inspector, on=ON)
    assert brought.counts == {"sua": 1, "giu": 1, "tao": 1}
    assert brought.rows[2]["changes"] == [
        ["Hoàn thành ngày", "chưa", "05/09/2017"],
        ["Kết luận", "chưa", "20/09/2017: Tốt"],
    ]
    assert brought.rows[4]["told"].startswith("Thêm vào cuộc đã có: ")
    assert Inspection.objects.count() == 1
    assert told() == {
        (CHARTER, "DB01"): (True, date(2017, 9, 5)),
        (CHARTER, "CB01"): (True, None),
        (CHARTER, "DB02"): (True, date(2017, 9, 7)),
    }


def test_blank_cells_erase_nothing(world, inspector):
    inspection = plan(world, "DB01", done_on=date(2017, 5, 2))
    finding = NewConclusion(subject=inspection.subjects.get(), on=date(2017, 5, 9), text="Tốt")
    register.conclude([finding], **world.act(date(2017, 5, 9)))
    assert looked_at("kiem-tra", table(HEADER, row("DB01", planned="")), inspector, on=ON).counts == {"giu": 1}


def test_a_conclusion_keeps_its_lines(inspector):
    cells = list(row("DB01", done="05/09/2017", on="20/09/2017"))
    cells[-1] = '"Ưu điểm.\nKhuyết điểm."'
    written("kiem-tra", table(HEADER, cells), inspector, on=ON)
    assert Conclusion.objects.get().text == "Ưu điểm.\nKhuyết điểm."


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (row("DB09"), "Tổ chức được kiểm tra, giám sát", "Không có tổ chức “DB09” trong năm 2017."),
        (row("K", done="05/09/2017"), "", f"{CHARTER}: tổ chức tiến hành không thể tự kiểm tra chính mình."),
        (
            row("DB02-01", by="DB01"),
            "Tổ chức được kiểm tra, giám sát",
            "DB02-01 không trực thuộc DB01 vào ngày 31/12/2017.",
        ),
        (row("DB01", kind="Thanh tra"), "Loại", "Không hiểu “Thanh tra”."),
        (
            row("DB01", done="05/09/2018"),
            "",
            f"{CHARTER}: ngày hoàn thành 05/09/2018 không thuộc năm 2017 của kế hoạch.",
        ),
        (row("DB01", done="05/09/2019", year=""), "", f"{CHARTER}: ngày 05/09/2019 còn ở phía trước."),
        (row("DB01", year=""), "Năm", "Dòng chưa có ngày hoàn thành cần có năm của kế hoạch."),
        (row("DB01", year="2020"), "Năm", "Kế hoạch ghi trước nhiều nhất cho năm 2019."),
        (
            row("DB01", on="01/10/2017"),
            "Nội dung kết luận",
            f"{CHARTER}, tổ chức DB01: chưa hoàn thành nên chưa kết luận được.",
        ),
        (
            row("DB01", done="05/09/2017", found="Tốt"),
            "Ngày kết luận",
            "Kết luận cần có ngày.",
        ),
        (
            row("DB01", done="05/09/2017", on="01/09/2017", found="Tốt"),
            "Nội dung kết luận",
            f"{CHARTER}, tổ chức DB01: kết luận trước ngày hoàn thành 05/09/2017.",
        ),
    ],
)
def test_what_is_wrong_with_a_row(inspector, cells, column, reason):
    brought = looked_at("kiem-tra", table(HEADER, cells), inspector, on=ON)
    assert brought.counts == {"loi": 1}
    assert brought.columns(2)[0] == column
    assert brought.reasons(2)[0].startswith(reason)


def test_one_row_twice_and_a_column_half_filled(inspector):
    file = table(HEADER, row("DB01"), row("Tổ chức DB01"), row("CB01", planned=""))
    brought = looked_at("kiem-tra", file, inspector, on=ON)
    assert brought.reasons(3) == [
        "Lượt này đã ghi ở dòng 2. Hãy bỏ một dòng, hoặc ghi nội dung cho khác, ví dụ thêm đợt."
    ]
    assert brought.reasons(4) == ["Dòng khác có ghi cột này. Hãy ghi có hoặc không."]


def test_all_that_is_wrong_with_a_row_is_said_at_once(inspector):
    file = table(
        HEADER,
        row("DB09", by="DB08", kind="Thanh tra"),
        row("DB02-01", by="DB01", kind="Thanh tra", done="10/12/2019", found="Tốt"),
    )
    brought = looked_at("kiem-tra", file, inspector, on=ON)
    assert brought.columns(2) == ["Loại", "Tổ chức tiến hành", "Tổ chức được kiểm tra, giám sát"]
    assert brought.columns(3) == ["Loại", "", "", "Tổ chức được kiểm tra, giám sát", "Ngày kết luận"]
    assert brought.rows[3]["told"] == f"“{CHARTER}”: DB02-01"


def test_a_row_that_cannot_be_written_keeps_none_from_it(world, inspector):
    """A conclusion that came before the new day is found by the verb alone; the other rows of the inspection are written."""
    inspection = plan(world, "DB01", "CB01", done_on=date(2017, 5, 2))
    subject = inspection.subjects.get(organization=world.org["DB01"])
    register.conclude([NewConclusion(subject=subject, on=date(2017, 5, 9), text="Tốt")], **world.act(date(2017, 5, 9)))
    file = table(HEADER, row("DB01", done="06/06/2017"), row("CB01", done="06/06/2017"), row("DB02"))
    brought = written("kiem-tra", file, inspector, on=ON)
    assert brought.counts == {"loi": 1, "sua": 1, "tao": 1}
    assert brought.reasons(2) == [
        f"{CHARTER}, tổ chức DB01: kết luận ngày 09/05/2017, trước ngày hoàn thành. Hãy sửa kết luận trước."
    ]


def test_what_is_planned_otherwise_is_not_rewritten(world, inspector):
    plan(world, "DB01")
    brought = looked_at("kiem-tra", table(HEADER, row("DB01", planned="không")), inspector, on=ON)
    assert brought.reasons(2)[0].startswith("Sổ ghi lượt này trong kế hoạch.")


def test_what_left_the_plan_comes_back_only_when_somebody_says_so(world, inspector):
    inspection = plan(world, "DB01", "CB01")
    gone = inspection.subjects.get(organization=world.org["DB01"])
    register.drop([gone], **world.act(date(2017, 6, 1), reason="Trùng thanh tra"))
    brought = looked_at("kiem-tra", table(HEADER, row("DB01")), inspector, on=ON)
    assert brought.rows[2]["question"]["text"] == "Lượt này đã bỏ khỏi kế hoạch ngày 01/06/2017: Trùng thanh tra"
    assert answered(brought, row_2="bo").counts == {"bo": 1}
    assert answered(brought, row_2="tep").counts == {"tao": 1}


def test_a_file_older_than_the_register_is_asked_about(world, inspector):
    plan(world, "DB01", done_on=date(2017, 5, 2), on=date(2018, 3, 1))
    brought = looked_at("kiem-tra", table(HEADER, row("DB01", done="03/05/2017")), inspector, on=ON)
    assert brought.rows[2]["question"]["text"] == "Sổ đã ghi lượt này ngày 01/03/2018, sau ngày của tệp."
    assert answered(brought, row_2="tep").rows[2]["changes"] == [["Hoàn thành ngày", "02/05/2017", "03/05/2017"]]


def test_of_several_inspections_alike_one_is_asked_for(world, inspector):
    first, second = plan(world, "DB01"), plan(world, "CB01")
    brought = looked_at("kiem-tra", table(HEADER, row("DB02")), inspector, on=ON)
    assert [answer for answer, _ in brought.rows[2]["question"]["options"]] == [
        str(first.pk),
        str(second.pk),
        "khac",
        "bo",
    ]
    assert answered(brought, row_2=str(second.pk)).rows[2]["told"].startswith("Thêm vào cuộc đã có")
    assert answered(brought, row_2="khac").rows[2]["told"].startswith("Ghi: ")


def test_a_committee_brings_its_own_alone(world):
    committee = world.user("COMMITTEE", "DB01")
    file = table(HEADER, row("DB01-01", by=""), row("DB02-01", by="DB02"), row("DB01", by="K"))
    brought = looked_at("kiem-tra", file, committee, on=ON)
    assert brought.counts == {"tao": 1, "loi": 2}
    for number, where in ((3, "Tổ chức DB02"), (4, "Tổ chức K")):
        assert brought.reasons(number)[-1] == (
            f"Đồng chí không có quyền ghi kiểm tra, giám sát ở {where}. Hãy bỏ dòng này, hoặc nhờ nơi có quyền nhập."
        )


def test_who_keeps_no_inspections_brings_none(world):
    opens = {
        role: kind_of("kiem-tra").is_open_to(world.user(role, "K")) for role in ("INSPECTION", "ORGANIZATION", "LEADER")
    }
    assert opens == {"INSPECTION": True, "ORGANIZATION": False, "LEADER": False}
    assert not kind_of("kiem-tra").is_open_to(world.user("SECRETARY", "DB01-01"))


def test_it_is_undone_whole(world, inspector):
    plan(world, "DB01")
    before = told()
    file = table(
        HEADER, row("DB01", done="05/09/2017", on="20/09/2017", found="Tốt"), row("CB01"), row("DB02", title="Khác")
    )
    run = written("kiem-tra", file, inspector, on=ON).run
    other = world.user("COMMITTEE", "DB01")
    with refused(NOT_HIS):
        store.take_back(run, by=other, reason="Nhầm tệp")
    store.take_back(run, by=inspector, reason="Nhầm tệp")
    assert told() == before
    assert not Conclusion.objects.standing().exists()


def test_queries_do_not_grow_with_rows(world, inspector, django_assert_max_num_queries):
    cells = [row("DB01-01", title=f"Chuyên đề {n}", done="05/09/2017", on="20/09/2017", found="Tốt") for n in range(40)]
    with django_assert_max_num_queries(115):
        looked_at("kiem-tra", table(HEADER, *cells), inspector, on=ON)
