"""What was decided of the members in a past period, brought from a file: the whole way of a sheet in one act."""

from collections import Counter
from datetime import date

import pytest

from imports.kinds.of_ratings.ratings import RatingsImport
from imports.models import OtherSpelling
from ledger.acts import Refused
from ledger.models import Change, Document
from ledger.undo import undo
from members.models import Exit
from ratings.models import MemberRating, Rule, Sheet, State, Step, Strength
from ratings.sheets import draft
from tests.faults.test_undone import standing
from tests.imports.by_file import answered, looked_at, table, written
from tests.ratings.desk import CELLS, SUBORDINATE, Desk
from tests.world import PEOPLE, TODAY

ON = date(2018, 1, 5)
HEADER = ("Họ và tên", "Ngày sinh", "Chi bộ", "Kết quả xếp loại", "Lý do")
PAPER = {"ky": "K/2017", "so": "26-QĐ/XLĐV", "ngay": "26/12/2017", "co_quan": "các đảng ủy cơ sở"}


@pytest.fixture
def desk(world):
    return Desk(world)


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def rows(*, cells=CELLS, **others):
    """A row for everyone of `cells`: “HTTNV” but for `others`, {given name: level}."""
    names = [(name, code) for code in cells for name in PEOPLE[code]]
    said = {name.split()[-1]: "HTTNV" for name, _ in names} | others
    return [(name, "15/06/1980", code, said[name.split()[-1]], "") for name, code in names if said[name.split()[-1]]]


def brought(office, *lines, header=HEADER, look=False, **given):
    do = looked_at if look else written
    return do("xep-loai", table(header, *lines), office, on=ON, **(PAPER | given))


def decided():
    """{given name: rank, or the reason} of all lines that count, a naive second way."""
    lines = MemberRating.objects.filter(voided=None, sheet__state="accepted").select_related("member", "reason")
    return {line.member.full_name.split()[-1]: line.decided or line.reason.code for line in lines}


def test_a_whole_period_goes_to_accepted_in_one_act_and_once(desk, office):
    acts = Change.objects.count()
    said = {"An": "1", "Bình": "Đủ tư cách, hoàn thành tốt nhiệm vụ", "Chi": "M3", "Dung": "khtnv", "Phúc": "HTXSNV"}
    done = brought(office, *rows(**said))
    assert done.counts == {"tao": 16}
    assert done.report["remarks"] == ["8 phiếu có đủ mọi đồng chí, đi đến đã tiếp nhận."]
    assert Change.objects.count() == acts + 1
    names = [name.split()[-1] for code in CELLS for name in PEOPLE[code]]
    assert decided() == dict.fromkeys(names, 2) | {"An": 1, "Chi": 3, "Dung": 4, "Phúc": 1}
    paper = Document.objects.get(number="26-QĐ/XLĐV")
    assert set(Sheet.objects.values_list("state", "decision")) == {("accepted", paper.pk)}
    ways = Counter(Step.objects.values_list("sheet__organization__code", flat=True))
    assert ways == dict.fromkeys(SUBORDINATE, 4) | {"CB01": 2, "CB02": 2}  # a grassroots cell decides by itself
    assert brought(office, *rows(**said), look=True).counts == {"giu": 16}


def test_a_cell_that_is_not_whole_stays_a_draft_and_it_is_told_who_is_wanting(desk, office):
    done = brought(office, *rows(cells=["DB01-01", "DB01-02"], An=""))
    assert done.counts == {"tao": 3}
    others = "CB01, CB02, DB02-01, DB02-02, DB03-01, DB03-02"
    assert done.report["remarks"] == [
        "1 phiếu có đủ mọi đồng chí, đi đến đã tiếp nhận.",
        "Phiếu của DB01-01 ở lại nháp, còn thiếu Lê An.",
        f"6 chi bộ không có dòng nào trong tệp: {others}.",
    ]
    assert (desk.state("DB01-01"), desk.state("DB01-02")) == (State.DRAFT, State.ACCEPTED)
    assert (desk.line("Bình").proposed, desk.line("Bình").decided) == (2, None)
    done = brought(office, *rows(cells=["DB01-01"]))
    assert done.counts == {"tao": 1, "sua": 1}
    assert done.rows[3]["changes"] == [["Phiếu", "nháp", "đã tiếp nhận"]]
    assert desk.state("DB01-01") == State.ACCEPTED


def test_who_left_since_is_found_on_the_roll_of_the_cut_off(world, desk, office):
    world.transfer("Bình", "DB02-01", date(2018, 3, 1))
    world.leave("An", date(2018, 5, 1), Exit.DIED)
    done = brought(office, *rows(cells=["DB01-01", "DB02-01"]))
    assert done.counts == {"tao": 4}
    assert {desk.line(name).organization.code for name in ("An", "Bình")} == {"DB01-01"}
    assert {desk.state("DB01-01"), desk.state("DB02-01")} == {State.ACCEPTED}


def test_who_is_not_on_that_roll_is_refused(world, desk, office):
    world.admit("Trần Xuân", "DB01-01", date(2018, 2, 3))
    done = brought(office, ("Trần Xuân", "15/06/1980", "DB01-01", "2", ""), *rows(cells=["CB01"]))
    assert done.counts == {"loi": 1, "tao": 2}
    assert done.reasons(2) == [
        "Trần Xuân không có trong danh sách đảng viên ngày 31/12/2017. Hãy xem lại họ tên, ngày sinh, số thẻ."
    ]


def test_a_card_or_a_name_in_its_cell_is_enough_and_what_is_doubtful_is_asked(world, desk, office):
    header = ("Họ tên", "Chi bộ", "Mức")
    done = brought(office, ("LÊ AN", "DB01-01", "2"), ("Lê Chi", "", "2"), header=header, look=True)
    assert done.counts == {"tao": 1, "hoi": 1}
    (answer, words), _ = done.rows[3]["question"]["options"]
    assert words.startswith("Là Lê Chi, sinh 15/06/1980, DB01-02, hồ sơ số")
    assert answered(done, row_3=answer).counts == {"tao": 2}


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (("Lê An", "15/06/1980", "DB01-01", "Giỏi", ""), "Mức xếp loại", "Không hiểu “Giỏi”."),
        (("Lê An", "15/06/1980", "DB01-01", "", ""), "Mức xếp loại", "Dòng này không có mức xếp loại"),
        (("Lê An", "15/06/1980", "DB01-01", "2", "Miễn"), "Lý do không xếp loại", "Không hiểu “Miễn”."),
    ],
)
def test_a_faulty_row_is_told_and_its_cell_stays_a_draft(desk, office, row, column, sentence):
    done = brought(office, row, *rows(cells=["DB01-01"], An=""))
    assert done.counts == {"loi": 1, "tao": 1}
    assert done.columns(2) == [column]
    assert done.reasons(2)[0].startswith(sentence) or sentence in done.reasons(2)[0]
    assert desk.state("DB01-01") == State.DRAFT


@pytest.mark.parametrize(("said", "fault"), [("DB09", "Không có tổ chức “DB09”"), ("DB01", "không phải chi bộ")])
def test_the_roll_says_whose_sheet_it_is_where_the_file_is_not_clear(desk, office, said, fault):
    done = brought(office, ("Lê An", "15/06/1980", said, "2", ""), *rows(cells=["DB01-01"], An=""))
    assert done.counts == {"tao": 2}
    assert (
        done.rows[2]["notes"][0].startswith("Chi bộ lấy theo danh sách của kỳ. ") and fault in done.rows[2]["notes"][0]
    )
    assert desk.state("DB01-01") == State.ACCEPTED
    done = brought(office, ("Lê Phúc", "", said, "2", ""), ("Võ Quân", "", "CB01", "2", ""), look=True)
    assert done.counts == {"hoi": 1, "tao": 1}


def test_a_level_and_a_reason_are_not_both(desk, office):
    reason = desk.why("mien").label
    done = brought(office, ("Lê An", "15/06/1980", "DB01-01", "2", reason), *rows(cells=["CB01"]))
    assert done.reasons(2) == ["Lê An: Chọn một mức xếp loại hoặc một lý do không xếp loại, không cả hai."]


def test_the_same_person_twice_is_refused(desk, office):
    done = brought(office, *rows(cells=["DB01-01"]), *rows(cells=["DB01-01"], Bình="", An="3"))
    assert done.reasons(4) == ["Lê An đã ghi ở dòng 2. Hãy giữ một dòng."]
    assert desk.state("DB01-01") == State.DRAFT


def test_other_spellings_are_data(desk, office):
    OtherSpelling.objects.create(of="LEVEL", text="Xếp loại A", code="2")
    OtherSpelling.objects.create(of="REASON", text="Miễn SHĐ", code="mien")
    brought(office, *rows(cells=["DB01-01"], An="xếp loại a", Bình="miễn shđ"))
    assert decided() == {"An": 2, "Bình": "mien"}


def test_what_a_rule_asks_of_a_person_is_answered_in_a_column(desk, office):
    Rule.objects.filter(scheme=desk.period.scheme, code=Rule.Code.UNSUPPORTED).update(strength=Strength.ASK)
    mien = desk.why("mien").label
    done = brought(office, *rows(cells=["DB01-01"], An=mien))
    assert done.counts == {"loi": 1, "tao": 1}
    (sentence,) = done.reasons(2)
    assert sentence.startswith(f"Lê An: Hồ sơ không ghi “{mien}” tính đến 31/12/2017")
    assert sentence.endswith("Hãy ghi vào cột “Giải trình” của dòng này rồi nhập lại.")
    lines = [(*row, "quyết định cũ" if row[0] == "Lê An" else "") for row in rows(cells=["DB01-01"], An=mien)]
    assert brought(office, *lines, header=(*HEADER, "Giải trình")).counts == {"tao": 1, "sua": 1}
    assert (decided(), desk.line("An").justification) == ({"An": "mien", "Bình": 2}, "quyết định cũ")


def test_what_a_rule_asks_of_a_sheet_is_answered_in_a_column(desk, office):
    rule = Rule.objects.filter(scheme=desk.period.scheme, code=Rule.Code.ALL_TOP)
    assert rule.update(strength=Strength.ASK, number=2, enabled=True)
    top = rows(cells=["DB01-01"], An="1", Bình="1")
    done = brought(office, *top, *rows(cells=["CB01"]))
    assert done.counts == {"loi": 2, "tao": 2}
    assert done.reasons(3)[0].endswith("Hãy ghi vào cột “Giải trình của chi bộ” của dòng này rồi nhập lại.")
    assert desk.line("Phúc").decided == 2
    lines = [(*row, "đơn vị anh hùng") for row in top]
    assert brought(office, *lines, header=(*HEADER, "Giải trình của chi bộ")).counts == {"tao": 2}
    assert desk.sheet("DB01-01").explanation == "đơn vị anh hùng"


def test_what_is_typed_in_a_draft_otherwise_is_shown_and_taken_over(desk, office):
    desk.rate(An=1, Bình=2)
    done = brought(office, *rows(cells=["DB01-01"], An="3"))
    assert done.counts == {"sua": 2}
    assert done.rows[2]["changes"] == [["Xếp loại", "“Hoàn thành xuất sắc nhiệm vụ”", "“Hoàn thành nhiệm vụ”"]]
    assert decided() == {"An": 3, "Bình": 2}


def test_what_is_decided_otherwise_is_refused(desk, office):
    desk.decide_all()
    done = brought(office, *rows(cells=["DB01-01"], An="3"), look=True)
    assert done.counts == {"loi": 1, "giu": 1}
    assert done.reasons(2) == [
        "Phiếu của chi bộ DB01-01 đã quyết định, ở đó đồng chí này là “Hoàn thành tốt nhiệm vụ”. Muốn khác thì trả lại phiếu "
        "ở trang xếp loại rồi nhập lại."
    ]
    assert brought(office, *rows()).counts == {"sua": 16}  # the same is accepted
    assert desk.state("CB01") == State.ACCEPTED


def test_the_cap_of_a_roof_asks_for_its_reason(desk, office):
    scheme = desk.period.scheme
    scheme.caps.update(enabled=True, percent=20)
    Rule.objects.filter(scheme=scheme, code=Rule.Code.CAP).update(strength=Strength.ASK, enabled=True)
    done = brought(office, *rows(cells=["DB01-01", "DB01-02", "DB02-01"], An="1"))
    assert done.counts == {"loi": 4, "tao": 2}
    assert done.reasons(2)[0].startswith("Tổ chức DB01 có 1 đảng viên hoàn thành xuất sắc, vượt 0 suất cho phép")
    assert done.reasons(2)[0].endswith("Hãy ghi vào cột “Lý do vượt tỷ lệ” của dòng này rồi nhập lại.")
    assert (desk.state("DB01-02"), desk.state("DB02-01")) == (State.DRAFT, State.ACCEPTED)
    header = (*HEADER, "Lý do vượt")
    lines = [
        (*row, "Đề tài cấp tỉnh" if row[0] == "Lê An" else "") for row in rows(cells=["DB01-01", "DB01-02"], An="1")
    ]
    assert brought(office, *lines, header=header).counts == {"tao": 4}
    assert desk.sheet("DB01-01").over_cap == "Đề tài cấp tỉnh"
    assert desk.state("DB01-02") == State.ACCEPTED


def test_another_bloc_and_whoever_is_not_the_department_bring_nothing(world, desk, office):
    leader, secretary = world.user("LEADER", "K"), world.user("SECRETARY", "DB01-01")
    assert [RatingsImport.is_open_to(user) for user in (office, leader, secretary)] == [True, False, False]
    done = brought(leader, *rows(cells=["CB01"]), look=True)
    assert done.reasons(2) == ["Nhập kết quả của kỳ năm 2017 của K là việc của Ban Tổ chức của đảng bộ ấy."]


def test_a_locked_period_and_a_day_before_the_roll_are_no_choice(desk, office):
    with pytest.raises(Refused, match="Danh sách của kỳ năm 2017 lấy theo ngày 31/12/2017"):
        brought(office, *rows(), tu_ngay="26/12/2017")
    with pytest.raises(Refused, match="Hãy nhập|bắt buộc|Số, ký hiệu"):
        brought(office, *rows(), so="")
    desk.finish()
    desk.lock()
    with pytest.raises(Refused, match="Kỳ đã khóa"):
        brought(office, *rows())


def test_it_is_undone_whole_to_the_last_column(desk, office):
    desk.rate(An=1, Bình=2, Chi=2)
    desk.rate(Hà=2, Khánh=3)
    desk.submit("DB02-02")
    desk.send_back("DB02-02", reason="xem lại")
    draft.explain(desk.sheet("DB01-01"), "đã họp", **desk.by())
    before = standing()
    done = brought(office, *rows(An="3", Khánh="2"))
    undo(done.run.change, by=office, on=TODAY, reason="nhầm tệp")
    assert {name: (+before[name], +now) for name, now in standing().items() if now != before[name]} == {}
    assert brought(office, *rows(An="3", Khánh="2")).counts == done.counts


def test_what_rests_on_it_keeps_it(desk, office):
    done = brought(office, *rows())
    desk.send_back("DB01-01", reason="sai mức")
    with pytest.raises(Refused, match="Sau đó đã có việc “Trả lại phiếu”"):
        undo(done.run.change, by=office, on=TODAY, reason="nhầm tệp")
