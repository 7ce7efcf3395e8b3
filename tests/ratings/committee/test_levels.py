"""The levels of organizations, as who decides them meets them."""

import re

import pytest

from ledger.models import Change, Document
from ratings.models import Cap, OrganizationRating, Rule
from ratings.verdicts.verdicts import Proposal, propose
from tests.ratings.desk import GRASSROOTS, Desk

from .page import PAPER, rows_of, text, typed, url


def chosen(answer, desk, code):
    """The values ticked in the row of `code`."""
    name = f"muc_{desk.organization(code).pk}"
    return re.findall(rf'name="{name}"\s+value="([^"]*)"\s+checked', answer.content.decode())


def test_a_committee_decides_some_of_its_cells(desk, committee):
    data = typed(committee, "DB01", DB01_01={"muc": "1", "tieu_bieu": "on"})
    answer = committee.post(url("rating_organizations", "DB01"), data, follow=True)
    assert "Đã ghi quyết định xếp loại 1 tổ chức." in text(answer)
    assert "1/2 đã có mức hoặc lý do" in text(answer)
    row = desk.organization("DB01-01")
    assert (row.level, row.exemplary, row.decision.number) == (1, True, "7-QĐ/ĐU")
    assert (desk.organization("DB01-02").level, desk.organization("DB01-02").version) == (None, 0)


def test_what_was_decided_before_keeps_its_paper(desk, committee):
    committee.post(url("rating_organizations", "DB01"), typed(committee, "DB01", DB01_01={"muc": "1"}))
    data = typed(committee, "DB01", DB01_02={"muc": f"r{desk.why('to_chuc_moi').pk}"}) | {"so": "8-QĐ/ĐU"}
    committee.post(url("rating_organizations", "DB01"), data)
    rows = [desk.organization(code) for code in ("DB01-01", "DB01-02")]
    assert [row.decision.number for row in rows] == ["7-QĐ/ĐU", "8-QĐ/ĐU"]
    assert [row.version for row in rows] == [1, 1]
    assert rows[1].reason.code == "to_chuc_moi"


@pytest.mark.parametrize(
    ("row", "paper", "sentence"),
    [
        ({}, PAPER, "Chưa chọn mức cho tổ chức nào. Hãy chọn mức hoặc lý do ở ít nhất một dòng."),
        ({"muc": "2", "tieu_bieu": "on"}, PAPER, "DB01-01: tiêu biểu chỉ chọn trong số đạt mức cao nhất."),
        ({"muc": "9"}, PAPER, "Mức này không có trong danh sách. Hãy chọn lại."),
        ({"muc": "2"}, PAPER | {"so": ""}, "Cần đủ số, ngày và cơ quan ban hành."),
        ({"muc": "2"}, PAPER | {"ngay": "20/12/2018"}, "Ngày ban hành 20/12/2018 còn ở phía trước."),
    ],
)
def test_what_is_refused_is_said_and_stays(desk, committee, row, paper, sentence):
    data = typed(committee, "DB01", DB01_01=row) | paper
    acts, papers = Change.objects.count(), Document.objects.count()
    answer = committee.post(url("rating_organizations", "DB01"), data)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert 'value="Đảng ủy DB01"' in answer.content.decode()
    if row.get("muc") == "2":
        assert chosen(answer, desk, "DB01-01") == ["2"]
    assert (Change.objects.count(), Document.objects.count()) == (acts, papers)
    assert desk.organization("DB01-01").level is None


def test_who_comes_second_is_shown_the_first_and_keeps_their_own(desk, committee):
    data = typed(committee, "DB01", DB01_01={"muc": "2"})
    desk.rate_organizations(DB01_01=1)
    answer = committee.post(url("rating_organizations", "DB01"), data)
    assert answer.status_code == 409
    assert "Người khác vừa ghi: “Hoàn thành xuất sắc nhiệm vụ”. Điều đồng chí chọn vẫn ở đây" in text(answer)
    assert chosen(answer, desk, "DB01-01") == ["2"]
    assert desk.organization("DB01-01").level == 1
    bound = answer.context["levels"].verdicts
    again = data | {name: bound[name].value() for name in bound.fields if bound[name].value() not in (None, "")}
    assert committee.post(url("rating_organizations", "DB01"), again).status_code == 302
    assert desk.organization("DB01-01").level == 2


def test_a_row_left_alone_does_not_undo_what_another_wrote(desk, committee):
    data = typed(committee, "DB01", DB01_02={"muc": "2"})
    desk.rate_organizations(DB01_01=1)
    assert committee.post(url("rating_organizations", "DB01"), data).status_code == 302
    assert [desk.organization(c).level for c in ("DB01-01", "DB01-02")] == [1, 2]


def test_the_leader_decides_the_grassroots_organizations(desk, leader):
    page = text(leader.get(url("rating_organizations", "K")))
    assert "Tổ chức cơ sở đảng: 0/5 đã có mức hoặc lý do" in page
    assert "Đề nghị: tốt · Nhiệm vụ: chưa có kết quả · Đảng viên tốt trở lên: chưa có phiếu được quyết định" in page
    assert set(rows_of(leader, "K")) == set(GRASSROOTS)
    data = typed(leader, "K", CB01={"muc": "1"})
    answer = leader.post(url("rating_organizations", "K"), data)
    assert answer.status_code == 400
    assert "Tổ chức CB01: mức quyết định khác mức tổ chức tự đề nghị cần ghi lý do." in text(answer)
    (jump,) = re.findall(r'href="#(to-chuc-\d+)"', answer.content.decode())
    assert jump == f"to-chuc-{desk.organization('CB01').pk}"
    assert f'id="{jump}"' in answer.content.decode()
    data = typed(leader, "K", CB01={"muc": "1", "khac": "Được Chính phủ tặng bằng khen"}, DB01={"muc": "2"})
    assert leader.post(url("rating_organizations", "K"), data).status_code == 302
    row = desk.organization("CB01")
    assert (row.level, row.difference) == (1, "Được Chính phủ tặng bằng khen")
    assert desk.organization("DB01").decision.number == "7-QĐ/ĐU"


def test_members_at_the_two_highest_levels_are_shown_once_decided(desk, leader):
    desk.rate(Phúc=2, Quân=3)
    desk.decide("CB01")
    rows = {
        row.rating.organization.code: row.share
        for row in leader.get(url("rating_organizations", "K")).context["levels_page"].rows
    }
    assert rows["CB01"] == "1/2 (50%)"
    assert rows["DB01"] == "chưa có phiếu được quyết định"


def test_over_the_cap_on_organizations_only_with_a_reason(desk, leader):
    Cap.objects.create(scheme=desk.period.scheme, limits="ORGANIZATIONS", percent=20, base="TOP_TWO", enabled=True)
    data = typed(leader, "K", DB01={"muc": "1"}, DB02={"muc": "1"})
    answer = leader.post(url("rating_organizations", "K"), data)
    assert answer.status_code == 400
    assert "Tổ chức K có 2 tổ chức hoàn thành xuất sắc, vượt 1 suất cho phép" in text(answer)
    assert leader.post(url("rating_organizations", "K"), data | {"ly_do": "Được Tỉnh ủy cho phép"}).status_code == 302
    assert desk.organization("DB01").changed.reason == "Được Tỉnh ủy cho phép"


@pytest.mark.parametrize(
    ("role", "place", "seen"),
    [
        ("ORGANIZATION", "K", "K"),
        ("INSPECTION", "K", "K"),
        ("ORGANIZATION", "K", "DB01"),
        ("LEADER", "K", "DB01"),
        ("SECRETARY", "CB01", "CB01"),
        ("SECRETARY", "DB01-02", "DB01-02"),
        ("COMMITTEE", "DB01", "DB01-01"),
    ],
)
def test_others_only_read_and_their_posts_are_403(desk, signed_in, role, place, seen):
    client = signed_in(role, place)
    answer = client.get(url("rating_organizations", seen))
    assert answer.status_code == 200
    assert "<form" not in answer.content.decode().partition("<main")[2]
    if seen in ("K", "DB01"):
        data = {"viec": "quyet-dinh", **PAPER}
        assert client.post(url("rating_organizations", seen), data).status_code == 403
    assert not OrganizationRating.objects.filter(level__isnull=False).exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"tieu_bieu": "on"}, "Hãy chọn mức hoặc lý do cho dòng này, hoặc bỏ phần đã ghi thêm."),
        ({"khac": "Vì công trạng"}, "Hãy chọn mức hoặc lý do cho dòng này, hoặc bỏ phần đã ghi thêm."),
    ],
)
def test_a_remark_without_a_level(desk, committee, row, sentence):
    data = typed(committee, "DB01", DB01_01={"muc": "2"}, DB01_02=row)
    answer = committee.post(url("rating_organizations", "DB01"), data)
    assert answer.status_code == 400
    assert "Đến dòng Tổ chức DB01-02" in text(answer)
    assert sentence in text(answer)
    form, pk = answer.context["levels"].verdicts, desk.organization("DB01-02").pk
    assert [form[f"{part}_{pk}"].value() for part in row] == [v == "on" or v for v in row.values()]
    assert [desk.organization(code).level for code in ("DB01-01", "DB01-02")] == [None, None]


def test_what_was_decided_is_not_cleared(desk, committee):
    desk.rate_organizations(DB01_02=2)
    data = typed(committee, "DB01", DB01_01={"muc": "2"}, DB01_02={"muc": ""})
    answer = committee.post(url("rating_organizations", "DB01"), data)
    assert answer.status_code == 400
    said = "Dòng này đã có quyết định, không bỏ trống được: hãy chọn mức hoặc lý do, hoặc chọn lại như cũ."
    assert said in text(answer)
    assert (desk.organization("DB01-01").level, desk.organization("DB01-02").level) == (None, 2)


def test_a_difference_from_what_is_the_same(desk, leader):
    """CB01 proposed the second level and gets it: why it differs would be dropped without a word."""
    data = typed(leader, "K", CB01={"muc": "2", "khac": "Vì công trạng"})
    answer = leader.post(url("rating_organizations", "K"), data)
    assert answer.status_code == 400
    assert "Mức này đúng mức tự đề nghị, không cần lý do khác. Hãy xóa lý do hoặc chọn mức khác." in text(answer)
    reason = {"muc": f"r{desk.why('to_chuc_moi').pk}", "khac": "Vì công trạng"}
    answer = leader.post(url("rating_organizations", "K"), typed(leader, "K", CB01=reason))
    assert "Không xếp loại thì không cần lý do khác mức tự đề nghị." in text(answer)
    assert desk.organization("CB01").version == 1  # that of its proposal
    assert leader.post(url("rating_organizations", "K"), typed(leader, "K", CB01={"muc": "2"})).status_code == 302


def test_a_difference_drops_with_the_level_that_needed_it(desk, leader):
    page = url("rating_organizations", "K")
    leader.post(page, typed(leader, "K", CB01={"muc": "1", "khac": "Vì công trạng"}))
    leader.post(page, typed(leader, "K", CB01={"muc": "2"}))
    assert (desk.organization("CB01").level, desk.organization("CB01").difference) == (2, "")


@pytest.fixture
def capped(desk):
    Cap.objects.create(scheme=desk.period.scheme, limits="ORGANIZATIONS", percent=50, base="TOP_TWO", enabled=True)
    return desk


def test_the_page_counts_what_the_guard_holds(capped, signed_in):
    propose(capped.period, [Proposal(organization=capped.world.org["DB03-02"], level=1)], **capped.by())
    client = signed_in("COMMITTEE", "DB03")
    said = "Tổ chức ở mức cao nhất: {}/1 suất (50% của 3)."
    for place in ("DB03", "BP01"):
        assert said.format(0) in text(client.get(url("rating_organizations", place)))
    capped.rate_organizations(DB03_01=1)
    for place in ("DB03", "BP01"):
        assert said.format(1) in text(client.get(url("rating_organizations", place)))


@pytest.mark.parametrize(("strength", "asks"), [("ASK", True), ("BLOCK", False), ("NOTE", False)])
def test_a_reason_is_asked_for_only_where_it_helps(capped, leader, strength, asks):
    Rule.objects.filter(scheme=capped.period.scheme, code="CAP").update(strength=strength)
    page = leader.get(url("rating_organizations", "K")).content.decode()
    assert ('name="ly_do"' in page) == asks


def boxes(client, place, code, query=""):
    page = client.get(url("rating_organizations", place) + query)
    (line,) = [x for x in page.context["levels"].verdicts.table() if x.row.rating.organization.code == code]
    return line, [(box.value, box.words, box.chosen) for box in line.choice[2]]


def test_each_row_has_the_levels_the_reason_and_nothing_yet(desk, leader):
    why = f"r{desk.why('to_chuc_moi').pk}"
    _, found = boxes(leader, "K", "CB01")
    assert found == [
        ("1", "Xuất sắc", False),
        ("2", "Tốt", False),
        ("3", "Hoàn thành", False),
        ("4", "Không hoàn thành", False),
        (why, "Không xếp loại", False),
        ("", "Chưa", True),
    ]
    line, found = boxes(leader, "K", "CB01", "?theo-de-nghi=1")
    assert [value for value, _, chosen in found if chosen] == ["2"]
    assert not line.differs
    desk.rate_organizations(CB01={"level": 1, "difference": "Được khen"}, DB01="to_chuc_moi")
    line, found = boxes(leader, "K", "CB01")
    assert [value for value, _, chosen in found if chosen] == ["1"] and "" not in [value for value, _, _ in found]
    assert line.differs
    line, found = boxes(leader, "K", "DB01")
    assert [value for value, _, chosen in found if chosen] == [why]
    assert not line.differs


def test_the_years_before_stand_as_letters(desk, leader):
    """2016: DB01 at the top, exemplary; 2017: at the second level, DB02 left out; a quarter says nothing."""
    for year, levels in ((2016, {"DB01": {"level": 1, "exemplary": True}}), (2017, {"DB01": 2, "DB02": "to_chuc_moi"})):
        Desk(desk.world, year).rate_organizations(**levels)
    Desk(desk.world, 2017, quarter=1).rate_organizations(DB03=1)
    rows = leader.get(url("rating_organizations", "K")).context["levels_page"].rows
    told = {
        row.rating.organization.code: [(letter.year, letter.letters, letter.words) for letter in row.years]
        for row in rows
    }
    nothing = [(year, "·", "không có trong kỳ") for year in (2015, 2016, 2017)]
    assert told["DB01"] == [
        nothing[0],
        (2016, "TS", "Trong sạch, vững mạnh tiêu biểu"),
        (2017, "T", "Hoàn thành tốt nhiệm vụ"),
    ]
    assert told["DB02"][1:] == [(2016, "–", "chưa xếp loại"), (2017, "–", "tổ chức mới thành lập chưa đủ 06 tháng")]
    assert told["DB03"] == [nothing[0], (2016, "–", "chưa xếp loại"), (2017, "–", "chưa xếp loại")]
    letters = leader.get(url("rating_organizations", "K")).context["levels_page"].letters
    assert letters == ("T Hoàn thành tốt nhiệm vụ; TS Trong sạch, vững mạnh; – không xếp loại; · không có trong kỳ")
