"""Each row with a paper of its own, beside that of the whole file: kept on what it brings, told with it, found from the paper."""

from datetime import date

import pytest

from imports.runs import store
from inspections.admin import resting_on
from ledger.models import Document
from members.models import Admission, Exit, Member, Membership, Officialization
from members.records.history import history_of
from ratings.history.sentences import of_organization
from ratings.models import OrganizationRating, Sheet, State
from tests.imports.by_file import looked_at, table, written
from tests.ratings.desk import Desk

ON = date(2017, 12, 31)
ADMISSIONS = (
    "Họ và tên",
    "Nam/Nữ",
    "Ngày sinh",
    "Dân tộc",
    "Chi bộ",
    "Ngày lễ",
    "Số QĐ",
    "Ngày QĐ",
    "Cơ quan ban hành",
)
RECOGNISED = ("Ngày chính thức", "Số QĐ chính thức", "Ngày QĐ chính thức")
HOA = ("Trần Hoa", "Nữ", "03/02/1995", "Kinh", "DB01-01", "03/02/2017", "12-QĐ/ĐU", "25/01/2017", "Đảng ủy Sở")
TAM = ("Bùi Tám", "Nam", "15/06/1985", "Kinh", "CB01", "19/05/2017", "", "20/04/2017", "")
FILE = {"so": "90-BC", "ngay": "30/12/2017", "co_quan": "Ban Tổ chức"}


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def admitted(rows, office, look=False, header=ADMISSIONS, **given):
    return (looked_at if look else written)("ket-nap", table(header, *rows), office, on=ON, **(FILE | given))


def told_of(name):
    return [one.sentence for one in history_of(Member.objects.get(full_name=name))]


def papers_of(model, column="decision", **where):
    rows = model.objects.filter(voided=None, **{f"{column}__isnull": False}, **where)
    return {(row.member.full_name, str(getattr(row, column))) for row in rows}


DECISION = "12-QĐ/ĐU ngày 25/01/2017 của Đảng ủy Sở"


def test_an_admission_keeps_its_own_decision(world, office):
    twin = ("Trần Huệ", *HOA[1:4], "DB01-02", *HOA[5:])
    done = admitted([HOA, twin, TAM], office)
    assert done.rows[2]["told"].endswith(f", theo văn bản số {DECISION}")
    both = {("Trần Hoa", DECISION), ("Trần Huệ", DECISION)}  # Bùi Tám came by the paper of the file
    assert papers_of(Admission) == both == papers_of(Membership)
    assert Document.objects.filter(number="12-QĐ/ĐU").count() == 1
    assert f"theo văn bản số {DECISION}" in told_of("Trần Hoa")[0]
    assert "theo văn bản" not in told_of("Bùi Tám")[0]
    paper = Document.objects.get(number="12-QĐ/ĐU")
    assert sorted(resting_on(paper, office)) == [
        "kết nạp: quyết định, Trần Hoa, DB01-01",
        "kết nạp: quyết định, Trần Huệ, DB01-02",
        "sinh hoạt đảng: văn bản khi đến, Trần Hoa, DB01-01",
        "sinh hoạt đảng: văn bản khi đến, Trần Huệ, DB01-02",
    ]
    whole = Document.objects.get(number="90-BC")
    assert [said.partition(",")[0] for said in resting_on(whole, office)] == [
        "Nhập kết nạp từ tệp “ô dán từ bảng tính”"
    ]
    again = admitted([HOA, twin, TAM], office, look=True)
    assert again.counts == {"giu": 3}
    assert not any("notes" in row for row in again.rows.values())
    store.take_back(done.run, by=office, reason="Nhầm tệp")
    assert list(resting_on(paper, office)) == []


NO_PAPER = {"so": "", "ngay": "", "co_quan": ""}


def test_a_decision_that_comes_later_is_added_to_the_admission_that_stands(world, office):
    without = (*HOA[:6], "", "25/01/2017", "")
    admitted([without, TAM], office, **NO_PAPER)
    paper = str(DECISION)
    assert papers_of(Admission) == set()
    look = admitted([HOA, TAM], office, look=True, **NO_PAPER)
    assert look.counts == {"sua": 1, "giu": 1}
    assert look.rows[2]["changes"] == [["Quyết định kết nạp", "chưa ghi", paper]]
    done = admitted([HOA, TAM], office, **NO_PAPER)
    assert papers_of(Admission) == {("Trần Hoa", paper)}
    assert told_of("Trần Hoa")[0].startswith("Ghi lại: Kết nạp") and told_of("Trần Hoa")[0].endswith(paper)
    assert list(resting_on(Document.objects.get(number="12-QĐ/ĐU"), office)) == [
        "kết nạp: quyết định, Trần Hoa, DB01-01"
    ]
    assert admitted([HOA, TAM], office, look=True, **NO_PAPER).counts == {"giu": 2}
    other = admitted([(*HOA[:6], "13-QĐ/ĐU", *HOA[7:])], office, look=True, **NO_PAPER)
    assert other.counts == {"giu": 1}
    assert other.rows[2]["notes"][0].startswith(f"Sổ ghi {paper}, tệp ghi 13-QĐ/ĐU")
    store.take_back(done.run, by=office, reason="Nhầm tệp")
    assert papers_of(Admission) == set()
    assert Admission.objects.standing().filter(member__full_name="Trần Hoa").count() == 1


def test_a_decision_and_a_recognition_come_in_one_row(world, office):
    header = (*ADMISSIONS, *RECOGNISED)
    admitted([(*HOA[:6], "", "25/01/2017", "", "", "", "")], office, header=header, **NO_PAPER)
    later = (*HOA, "03/02/2018", "40-QĐ/ĐU", "01/02/2018")
    look = looked_at("ket-nap", table(header, later), office, on=date(2018, 6, 1))
    assert [label for label, _, _ in look.rows[2]["changes"]] == ["Quyết định kết nạp", "Ngày chính thức"]
    written("ket-nap", table(header, later), office, on=date(2018, 6, 1))
    assert papers_of(Admission) == {("Trần Hoa", DECISION)}
    assert papers_of(Officialization) == {("Trần Hoa", "40-QĐ/ĐU ngày 01/02/2018 của Đảng ủy Sở")}


def test_an_admission_by_the_paper_of_its_act_takes_no_other(world, office):
    admitted([(*HOA[:6], "", "25/01/2017", "")], office)
    look = admitted([HOA], office, look=True, so="91-BC")
    assert look.counts == {"giu": 1}
    assert look.rows[2]["notes"][0].startswith("Sổ ghi 90-BC ngày 30/12/2017")


def test_a_recognition_has_its_own_too_early_by_it_alone(world, office):
    header = (*ADMISSIONS, *RECOGNISED)
    early = (*HOA, "03/12/2017", "40-QĐ/ĐU", "01/12/2017")
    admitted([(*HOA, "", "", "")], office, header=header)
    without = admitted([(*HOA, "03/12/2017", "", "")], office, look=True, header=header, so="", ngay="", co_quan="")
    assert "Muốn công nhận sớm hơn, hãy ghi số" in without.reasons(2)[0]
    look = admitted([early], office, look=True, header=header, so="", ngay="", co_quan="")
    said = "03/12/2017, theo văn bản số 40-QĐ/ĐU ngày 01/12/2017 của Đảng ủy Sở"
    assert look.rows[2]["changes"] == [["Ngày chính thức", "còn dự bị", said]]
    admitted([early], office, header=header, so="", ngay="", co_quan="")
    assert papers_of(Officialization) == {("Trần Hoa", "40-QĐ/ĐU ngày 01/12/2017 của Đảng ủy Sở")}


@pytest.mark.parametrize(
    ("cells", "given", "says"),
    [
        ({8: ""}, {"co_quan": "", "so": "", "ngay": ""}, "Văn bản còn thiếu: Cơ quan ban hành."),
        ({7: ""}, {}, "Văn bản còn thiếu: Ngày quyết định kết nạp."),
        ({7: "25/01/2019", 5: "25/01/2019"}, {}, "Ngày ban hành 25/01/2019 còn ở phía trước."),
    ],
)
def test_a_paper_is_told_whole_as_on_every_form(world, office, cells, given, says):
    row = [cells.get(n, cell) for n, cell in enumerate(HOA)]
    reasons = admitted([row], office, look=True, **given).reasons(2)
    assert any(why.startswith(says) for why in reasons), reasons


def test_the_issuer_of_the_file_serves_where_the_row_names_none(world, office):
    row = [*HOA[:8], ""]
    admitted([row], office, so="", ngay="", co_quan="Đảng ủy Khối")
    assert papers_of(Admission) == {("Trần Hoa", "12-QĐ/ĐU ngày 25/01/2017 của Đảng ủy Khối")}


def test_the_office_that_consents_may_be_named(world, office):
    header = (*ADMISSIONS, "Số VB đồng ý", "Ngày VB đồng ý", "Cơ quan đồng ý")
    old = ("Bùi Già", "Nam", "15/06/1950", *TAM[3:], "07-CV", "01/04/2017")
    admitted([(*old, "Thường trực Tỉnh ủy")], office, header=header)
    assert Admission.objects.get(consent__isnull=False).consent.issuer == "Thường trực Tỉnh ủy"
    admitted([("Cao Lão", *old[1:], "")], office, header=header)
    assert Admission.objects.get(member__full_name="Cao Lão").consent.issuer == "Ban Thường vụ Tỉnh ủy"


MOVES = ("Họ tên", "Ngày sinh", "Từ ngày", "Việc", "Đến chi bộ", "Số QĐ", "Ngày QĐ", "Cơ quan ban hành")


def test_each_move_has_its_own(world, office):
    born = "15/06/1980"
    rows = [
        ("Lê An", born, "01/03/2016", "", "CB01", "5-GT", "25/02/2016", "Đảng ủy Khối"),
        ("Lê An", born, "01/06/2016", "Xóa tên", "", "9-QĐ", "30/05/2016", "Đảng ủy Khối"),
        ("Võ Bình", born, "01/03/2016", "Xóa tên", "", "", "", ""),
    ]
    look = looked_at("chuyen-sinh-hoat", table(MOVES, *rows), office, on=ON)
    assert "Xóa tên cần có văn bản." in look.reasons(4)[0]
    done = written("chuyen-sinh-hoat", table(MOVES, *rows[:2]), office, on=ON)
    came, left = "5-GT ngày 25/02/2016 của Đảng ủy Khối", "9-QĐ ngày 30/05/2016 của Đảng ủy Khối"
    assert papers_of(Membership) == {("Lê An", came)}
    assert papers_of(Membership, "exit_decision") == {("Lê An", left)}
    last = Membership.objects.standing().get(member=world.people["An"], exit=Exit.STRUCK)
    assert (str(last.decision), str(last.exit_decision)) == (came, left)
    sentence = told_of("Lê An")[0]
    assert sentence == (
        "Thôi sinh hoạt tại Tổ chức DB01-01, Tổ chức DB01 từ 01/03/2016, chuyển trong Đảng bộ Khối; "
        f"Chuyển trong Đảng bộ Khối: Tổ chức CB01 từ 01/03/2016, theo văn bản số {came}; "
        f"Thôi sinh hoạt tại Tổ chức CB01 từ 01/06/2016, xóa tên, theo văn bản số {left}"
    )
    assert looked_at("chuyen-sinh-hoat", table(MOVES, *rows[:2]), office, on=ON).counts == {"giu": 2}
    store.take_back(done.run, by=office, reason="Nhầm tệp")
    assert papers_of(Membership) | papers_of(Membership, "exit_decision") == set()


def test_an_expulsion_stands_on_the_decision_of_its_row(world):
    inspector = world.user("INSPECTION", "K")
    header, row = (*MOVES[:3], *MOVES[5:]), ("Lê An", "15/06/1980", "01/03/2016", "9-QĐ/UBKT", "28/02/2016", "UBKT")
    written("khai-tru", table(header, row), inspector, on=ON)
    assert papers_of(Membership, "exit_decision") == {("Lê An", "9-QĐ/UBKT ngày 28/02/2016 của UBKT")}


RATED = ("Họ và tên", "Ngày sinh", "Chi bộ", "Kết quả xếp loại", "Số QĐ", "Ngày QĐ", "Cơ quan ban hành")
BARE = {"ky": "K/2017"}


def rating(name, cell, number="", day="", issuer=""):
    return name, "15/06/1980", cell, "HTTNV", number, day, issuer


def test_each_sheet_is_decided_by_the_paper_of_its_committee(world, office):
    Desk(world)
    one, two = ("1-QĐ", "20/12/2017", "Đảng ủy DB01"), ("7-QĐ", "21/12/2017", "Đảng ủy DB02")
    cells = {"DB01-01": one, "DB01-02": one, "DB02-01": two}
    names = {
        code: sorted(
            Membership.objects.on(ON).filter(organization__code=code).values_list("member__full_name", flat=True)
        )
        for code in cells
    }
    # Said in one row of a cell is said for its sheet.
    rows = [
        rating(name, code, *(paper if not n else ()))
        for code, paper in cells.items()
        for n, name in enumerate(names[code])
    ]
    on = date(2018, 1, 5)
    none = looked_at("xep-loai", table(RATED, *(row[:4] for row in rows)), office, on=on, **BARE)
    assert none.reasons(2) == ["Quyết định xếp loại cần số, ngày và cơ quan ban hành."]
    written("xep-loai", table(RATED, *rows), office, on=on, **BARE)
    sheets = Sheet.objects.filter(state=State.ACCEPTED).select_related("organization", "decision")
    assert {s.organization.code: s.decision.number for s in sheets} == {
        "DB01-01": "1-QĐ",
        "DB01-02": "1-QĐ",
        "DB02-01": "7-QĐ",
    }
    told = [one.sentence for one in of_organization(sheets[0].period, world.org["DB02-01"])]
    assert any("quyết định xếp loại đảng viên theo số 7-QĐ ngày 21/12/2017 của Đảng ủy DB02" in said for said in told)
    assert "phiếu xếp loại của chi bộ: quyết định, DB02-01" in resting_on(Document.objects.get(number="7-QĐ"), office)


def test_two_papers_for_one_sheet_are_refused(world, office):
    Desk(world)
    names = Membership.objects.on(ON).filter(organization__code="DB01-01").values_list("member__full_name", flat=True)
    rows = [rating(name, "DB01-01", f"{n}-QĐ", "20/12/2017", "Đảng ủy DB01") for n, name in enumerate(names, 1)]
    look = looked_at("xep-loai", table(RATED, *rows), office, on=date(2018, 1, 5), **BARE)
    assert look.reasons(3)[0].startswith("Phiếu của DB01-01 có một quyết định; dòng 2 ghi số 1-QĐ.")


def test_organizations_each_by_their_own(world, office):
    Desk(world)
    header = ("Mã", "Mức", "Số QĐ", "Ngày QĐ", "Cơ quan ban hành")
    rows = [("DB01-01", "HTTNV", "1-QĐ", "20/12/2017", "Đảng ủy DB01"), ("CB01", "HTTNV", "", "", "")]
    given = BARE | {"so": "317-QĐ/ĐUK", "ngay": "04/01/2018", "co_quan": "Đảng ủy Khối"}
    written("xep-loai-to-chuc", table(header, *rows), office, on=date(2018, 1, 5), **given)
    rated = OrganizationRating.objects.filter(decision__isnull=False).select_related("organization", "decision")
    assert {r.organization.code: r.decision.number for r in rated} == {"DB01-01": "1-QĐ", "CB01": "317-QĐ/ĐUK"}
    told = [one.sentence for one in of_organization(rated[0].period, world.org["DB01-01"])]
    assert any("theo số 1-QĐ ngày 20/12/2017 của Đảng ủy DB01" in said for said in told)
