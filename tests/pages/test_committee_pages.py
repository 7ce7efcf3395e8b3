"""The committee's page and the levels of organizations, as each role meets them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger import carry
from ledger.models import Change, Document, Installation
from organizations.access import Act
from ratings import draft
from ratings.guard import CLOSED
from ratings.models import Cap, OrganizationRating, Rule, Sheet
from ratings.reading import Reading
from ratings.record import Proposal, propose
from tests.ratings.desk import GRASSROOTS, SUBORDINATE, Desk
from tests.world import TODAY

PAPER = {"so": "7-QĐ/ĐU", "ngay": "13/12/2018", "co_quan": "Đảng ủy DB01"}


def url(name, code, year=2018):
    return reverse(name, args=[code, (year, None)])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("&quot;", '"')


@pytest.fixture
def desk(world):
    """The open year 2018: DB01-01 has handed in, An excellent; DB01-02 is a draft; CB01 proposes the second level."""
    desk = Desk(world, 2018)
    entries = {world.people["An"].pk: 1, world.people["Bình"].pk: 2}
    draft.rate({desk.sheet("DB01-01"): entries}, over_cap={desk.sheet("DB01-01").pk: "Được tỉnh khen"}, **desk.by())
    desk.submit("DB01-01")
    propose(desk.period, [Proposal(organization=world.org["CB01"], level=2)], **desk.by())
    return desk


@pytest.fixture
def signed_in(desk):
    def client(role, code):
        client = Client()
        client.user = desk.world.user(role, code)
        client.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client


@pytest.fixture
def committee(signed_in):
    return signed_in("COMMITTEE", "DB01")


@pytest.fixture
def leader(signed_in):
    return signed_in("LEADER", "K")


def shown(desk, *codes):
    """The fingerprints of the sheets as they are now."""
    sheets = desk.sheets(*codes)
    reading = Reading(desk.period, sheets, TODAY)
    return {f"thay_{s.pk}": reading.fingerprint(s) for s in sheets} | {"phieu": [s.pk for s in sheets]}


# The committee


def test_a_committee_sees_its_cells_on_their_way(committee):
    page = text(committee.get(url("ratings", "DB01")))
    assert "0 /2 phiếu đã quyết định" in page
    assert "hạn của đảng ủy cơ sở 28/12/2018, còn 14 ngày" in page
    assert "Vượt 1 suất xuất sắc trong toàn Tổ chức DB01: đã dùng 1/0, tối đa 20% của 4" in page
    assert "2/2 1 xuất sắc, 1 tốt" in page
    assert "2 chưa xếp loại" in page
    assert "Vượt tỷ lệ xuất sắc vì: Được tỉnh khen" in page
    assert "Phiếu đã nộp; việc quyết định xếp loại đảng viên cần phiếu đã thẩm định." in page
    assert page.index("Tổ chức DB01-01") < page.index("Tổ chức DB01-02")


def test_each_cell_opens_onto_its_sheet(committee):
    page = committee.get(url("ratings", "DB01")).content.decode()
    for code in ("DB01-01", "DB01-02"):
        assert url("ratings", code) in page
        assert committee.get(url("ratings", code)).status_code == 200


@pytest.mark.parametrize("role", ["ORGANIZATION", "LEADER", "INSPECTION"])
def test_the_bloc_reads_it_and_is_told_whose_the_acts_are(signed_in, role):
    answer = signed_in(role, "K").get(url("ratings", "DB01"))
    assert answer.status_code == 200
    assert "<form" not in answer.content.decode().partition("<main")[2]
    assert "Việc thẩm định phiếu là của đảng ủy cơ sở." in text(answer)


def test_others_do_not_find_it(signed_in):
    for role, code in (("COMMITTEE", "DB02"), ("SECRETARY", "DB01-01"), (None, None)):
        for name in ("ratings", "rating_organizations", "rating_history"):
            assert signed_in(role, code).get(url(name, "DB01")).status_code == 404, (role, name)


def test_the_committee_endorses_then_decides_by_one_paper(desk, committee):
    step = url("rating_step", "DB01")
    done = committee.post(step, {"viec": "endorse", **shown(desk, "DB01-01")}, follow=True)
    assert "Đã thẩm định phiếu." in text(done)
    assert "Phiếu chờ quyết định: 1" in text(done)
    done = committee.post(step, {"viec": "decide", **PAPER, **shown(desk, "DB01-01")}, follow=True)
    assert "1 /2 phiếu đã quyết định" in text(done)
    assert desk.sheet("DB01-01").decision.number == "7-QĐ/ĐU"


def test_the_forms_of_the_page_are_all_that_is_needed(desk, committee):
    """What the page itself carries, sent back with its box ticked, takes the step."""
    page = committee.get(url("ratings", "DB01")).content.decode()
    (form,) = re.findall(r'(?s)<form[^>]*buoc/[^>]*>(?:(?!</form>).)*value="endorse"(?:(?!</form>).)*</form>', page)
    fields = re.findall(r'<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]*)"', form)
    assert committee.post(url("rating_step", "DB01"), dict(fields)).status_code == 302
    assert desk.state("DB01-01") == "endorsed"


def test_what_was_refused_keeps_what_was_typed(desk, committee):
    desk.endorse("DB01-01")
    typed = {"viec": "decide", **PAPER, "ngay": "40/12/2018", **shown(desk, "DB01-01")}
    answer = committee.post(url("rating_step", "DB01"), typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in page
    assert "Cần đủ số, ngày và cơ quan ban hành." in text(answer)
    assert 'value="7-QĐ/ĐU"' in page
    assert 'value="40/12/2018"' in page
    (box,) = re.findall(
        rf'<input type="checkbox" name="phieu" value="{desk.sheet("DB01-01").pk}"([^>]*)>',
        page.partition('id="return"')[0],
    )
    assert "checked" in box
    assert desk.state("DB01-01") == "endorsed"


def test_a_return_wants_its_reason(desk, committee):
    answer = committee.post(url("rating_step", "DB01"), {"viec": "return", "ly_do": " ", **shown(desk, "DB01-01")})
    assert answer.status_code == 400
    assert "Trả lại phiếu cần nêu lý do để chi bộ biết phải sửa gì." in text(answer)
    committee.post(url("rating_step", "DB01"), {"viec": "return", "ly_do": "Xem lại", **shown(desk, "DB01-01")})
    assert (desk.state("DB01-01"), desk.sheet("DB01-01").returned_because) == ("draft", "Xem lại")


def test_a_sheet_that_changed_since_stops_the_signature(desk, committee):
    before = shown(desk, "DB01-01")
    desk.send_back("DB01-01", reason="Xem lại")
    desk.rate(Bình=3)
    desk.submit("DB01-01")
    answer = committee.post(url("rating_step", "DB01"), {"viec": "endorse", **before})
    assert answer.status_code == 409
    assert "Phiếu của chi bộ DB01-01 đã thay đổi từ lúc mở trang." in text(answer)
    assert "1 xuất sắc, 1 hoàn thành" in text(answer)
    now = shown(desk, "DB01-01")
    assert now[f"thay_{desk.sheet('DB01-01').pk}"] in answer.content.decode()


def test_a_locked_period_says_so(desk, signed_in):
    closed = Desk(desk.world, 2017)
    closed.finish()
    closed.lock()
    page = text(signed_in("COMMITTEE", "DB01").get(url("ratings", "DB01", 2017)))
    assert "Năm 2017, đã khóa" in page
    assert page.count(CLOSED) == 3
    assert "Lược đồ của kỳ này không khống chế tỷ lệ xuất sắc." in page


def test_as_many_queries_for_many_cells_and_people(desk, committee):
    def asked(name):
        committee.get(url(name, "DB01"))
        with CaptureQueriesContext(connection) as found:
            assert committee.get(url(name, "DB01")).status_code == 200
        return len(found)

    names = ("ratings", "rating_organizations")
    before = [asked(name) for name in names]
    desk.world.found(*[(f"DB01-{n}", "CBTT", "DB01") for n in range(40, 50)])
    for n in range(20):
        desk.world.enroll(f"Trần M{n}", f"DB01-{40 + n % 10}", date(2018, 2, 1))
    assert Sheet.objects.filter(period=desk.period, organization__code__startswith="DB01-").count() == 12
    assert [asked(name) for name in names] == before


# Levels of organizations


def rows_of(client, code, year=2018):
    """{code: fields} that the page would send for each organization decided there, as they were opened."""
    form = client.get(url("rating_organizations", code, year)).context["levels"].verdicts
    return {
        row.rating.organization.code: {
            field.html_name: "" if field.value() is None else field.value() for part, field in fields.items()
        }
        for row, fields in form.lines()
    }


def typed(client, place, **rows):
    """What the form sends from the page of `place`: every row as opened, over it `rows` ({code with _: {part: text}})."""
    found = rows_of(client, place)
    data = {"viec": "quyet-dinh", **PAPER}
    for fields in found.values():
        data |= {name: value for name, value in fields.items() if value != ""}
    for code, parts in rows.items():
        pk = next(name for name in found[code.replace("_", "-")]).partition("_")[2]
        data |= {f"{part}_{pk}": value for part, value in parts.items()}
    return data


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
        assert '<option value="2" selected>' in answer.content.decode()
    assert (Change.objects.count(), Document.objects.count()) == (acts, papers)
    assert desk.organization("DB01-01").level is None


def test_who_comes_second_is_shown_the_first_and_keeps_their_own(desk, committee):
    data = typed(committee, "DB01", DB01_01={"muc": "2"})
    desk.rate_organizations(DB01_01=1)
    answer = committee.post(url("rating_organizations", "DB01"), data)
    assert answer.status_code == 409
    assert "Người khác vừa ghi: “Hoàn thành xuất sắc nhiệm vụ”. Điều đồng chí chọn vẫn ở đây" in text(answer)
    assert '<option value="2" selected>' in answer.content.decode()
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
    assert "Tự đề nghị: “Hoàn thành tốt nhiệm vụ”." in page
    assert set(rows_of(leader, "K")) == set(GRASSROOTS)
    data = typed(leader, "K", CB01={"muc": "1"})
    answer = leader.post(url("rating_organizations", "K"), data)
    assert answer.status_code == 400
    assert "Tổ chức CB01: mức quyết định khác mức tổ chức tự đề nghị cần ghi lý do." in text(answer)
    (jump,) = re.findall(r'href="#(id_muc_\d+)"', answer.content.decode())
    assert jump == f"id_muc_{desk.organization('CB01').pk}"
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


def test_a_committee_proposes_and_records_its_task(desk, committee):
    page = url("rating_organizations", "DB01")
    assert "Đã ghi mức tự đề nghị." in text(
        committee.post(page, {"viec": "de-nghi", "muc": "1", "ban": "0"}, follow=True)
    )
    done = committee.post(page, {"viec": "nhiem-vu", "nhiem_vu": "EXCEEDED", "ban": "1"}, follow=True)
    assert "Đã ghi kết quả nhiệm vụ chính trị." in text(done)
    row = desk.organization("DB01")
    assert (row.proposed, row.task, row.changed.by) == (1, "EXCEEDED", committee.user)
    desk.rate_organizations(DB01=1)
    late = committee.post(page, {"viec": "de-nghi", "muc": "2", "ban": "3"})
    assert late.status_code == 400
    assert "Đã có quyết định xếp loại, không đổi đề nghị được nữa." in text(late)
    # The task is a figure of its own and may come after the level.
    assert committee.post(page, {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED", "ban": "3"}).status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"viec": "de-nghi", "muc": ""}, "Hãy chọn một mức."),
        ({"viec": "de-nghi", "muc": "7"}, "Chưa ghi được. Hãy sửa những chỗ báo đỏ dưới đây rồi ghi lại."),
        ({"viec": "nhiem-vu", "nhiem_vu": ""}, "Hãy chọn một kết quả."),
        ({"viec": "khac"}, "Không rõ việc cần làm. Hãy mở lại trang rồi bấm nút một lần nữa."),
    ],
)
def test_a_faulty_proposal_is_told(desk, committee, data, sentence):
    answer = committee.post(url("rating_organizations", "DB01"), data)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert desk.organization("DB01").version == 0


def test_two_at_the_proposal_of_one_organization(desk, committee):
    propose(desk.period, [Proposal(organization=desk.world.org["DB01"], level=3)], **desk.by())
    answer = committee.post(url("rating_organizations", "DB01"), {"viec": "de-nghi", "muc": "1", "ban": "0"})
    assert answer.status_code == 409
    assert "Người khác vừa ghi: mức tự đề nghị “Hoàn thành nhiệm vụ”." in text(answer)
    form = answer.context["levels"].proposal
    assert (form["muc"].value(), form["ban"].value()) == ("1", "1")


def test_the_sheet_of_a_cell_may_send_its_proposal_here(desk, signed_in):
    client = signed_in("SECRETARY", "DB01-02")
    page = url("rating_organizations", "DB01-02")
    answer = client.post(page, {"viec": "de-nghi", "muc": "2", "ban": "0"})
    assert (answer.status_code, answer.url) == (302, url("ratings", "DB01-02"))
    assert desk.organization("DB01-02").proposed == 2
    faulty = client.post(page, {"viec": "de-nghi", "muc": "", "ban": "1"})
    assert faulty.status_code == 400
    assert 'value="de-nghi"' in faulty.content.decode()
    task = client.post(page, {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED", "ban": "1"})
    assert "Kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng." in text(task)
    assert client.post(page, {"viec": "quyet-dinh", "muc": "1"}).status_code == 403


def test_after_the_lock_every_door_says_the_same(desk, signed_in):
    closed = Desk(desk.world, 2017)
    closed.finish()
    closed.lock()
    doors = [
        ("COMMITTEE", "DB01", "DB01", {"viec": "de-nghi", "muc": "1"}),
        ("COMMITTEE", "DB01", "DB01", {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED"}),
        ("COMMITTEE", "DB01", "DB01", {"viec": "quyet-dinh", **PAPER}),
        ("LEADER", "K", "K", {"viec": "quyet-dinh", **PAPER}),
    ]
    for role, place, seen, data in doors:
        answer = signed_in(role, place).post(url("rating_organizations", seen, 2017), data)
        assert answer.status_code == 400
        assert [str(m) for m in answer.context["error"].messages] == [CLOSED], data


def test_points_are_proposed_as_points(world):
    Installation.objects.update(demo_day=date(2026, 1, 20))
    desk = Desk(world, 2025)
    client = Client()
    client.force_login(world.user("COMMITTEE", "DB01"), backend="django.contrib.auth.backends.ModelBackend")
    page = url("rating_organizations", "DB01", 2025)
    for points, sentence in (
        ("chín mươi", "“chín mươi” không phải là điểm. Hãy viết số từ 0 đến 100, ví dụ 87,5."),
        ("101", "Điểm phải từ 0 đến 100, nhiều nhất hai chữ số lẻ."),
    ):
        answer = client.post(page, {"viec": "de-nghi", "diem": points})
        assert answer.status_code == 400
        assert sentence in text(answer)
        assert f'value="{points}"' in answer.content.decode()
    assert client.post(page, {"viec": "de-nghi", "diem": "92,5"}).status_code == 302
    assert desk.organization("DB01").proposed == 1
    assert "92,5 điểm (“Hoàn thành xuất sắc nhiệm vụ”)" in text(client.get(page))


def test_a_form_carried_over_a_new_sign_in_opens_filled(desk, committee):
    fields = {"viec": ["de-nghi"], "muc": ["3"], "ban": ["0"]}
    session = committee.session
    session[carry.KEPT] = {"path": url("rating_organizations", "DB01"), "fields": fields, "user": committee.user.pk}
    session.save()
    form = committee.get(url("rating_organizations", "DB01")).context["levels"].proposal
    assert form["muc"].value() == "3"


def test_below_a_section_the_cells_count_too(desk, signed_in):
    """DB03-01 hangs under the section BP01, which is no cell and is not rated itself."""
    client = signed_in("COMMITTEE", "DB03")
    assert set(rows_of(client, "DB03")) == {c for c in SUBORDINATE if c.startswith("DB03")}
    assert client.get(url("rating_organizations", "BP01")).status_code == 200
    assert "0 /2 phiếu đã quyết định" in text(client.get(url("ratings", "DB03")))


def test_the_proposals_can_be_filled_in_at_once_and_nothing_is_written_by_that(desk, leader):
    page = url("rating_organizations", "K")
    answer = leader.get(page + "?theo-de-nghi=1")
    form = answer.context["levels"].verdicts
    shown = {row.rating.organization.code: fields["muc"].value() for row, fields in form.lines()}
    assert shown == {"CB01": "2", "CB02": "", "DB01": "", "DB02": "", "DB03": ""}
    assert desk.organization("CB01").level is None
    row = desk.organization("CB01")
    data = {f"muc_{row.pk}": "2", f"ban_{row.pk}": row.version, f"cu_{row.pk}": "|0|", "viec": "quyet-dinh", **PAPER}
    leader.post(page, data)
    assert desk.organization("CB01").level == 2


# A cell whose sheet takes nothing more


def test_a_draft_sheet_is_where_a_cell_proposes(signed_in):
    client = signed_in("SECRETARY", "DB01-02")
    page = client.get(url("rating_organizations", "DB01-02"))
    assert "Tự đề nghị mức trên phiếu" in text(page)
    assert 'value="de-nghi"' not in page.content.decode()


def test_once_handed_in_a_cell_proposes_here(desk, signed_in):
    client = signed_in("SECRETARY", "DB01-01")
    page = url("rating_organizations", "DB01-01")
    shown = client.get(page)
    assert "Tự đề nghị mức trên phiếu" not in text(shown)
    assert 'value="de-nghi"' in shown.content.decode()
    assert 'name="nhiem_vu"' not in shown.content.decode()
    client.post(page, {"viec": "de-nghi", "muc": "2", "ban": "0"})
    assert desk.organization("DB01-01").proposed == 2


def test_a_cell_that_decided_itself_still_records_its_task(desk, signed_in):
    client = signed_in("SECRETARY", "CB01")
    page = url("rating_organizations", "CB01")
    assert 'name="nhiem_vu"' not in client.get(page).content.decode()
    desk.rate(Phúc=2, Quân=2)
    desk.decide("CB01")
    desk.rate_organizations(CB01=2)
    assert 'name="nhiem_vu"' in client.get(page).content.decode()
    sent = {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED", "ban": desk.organization("CB01").version}
    assert client.post(page, sent).status_code == 302
    assert desk.organization("CB01").task == "COMPLETED"


# Rows that say half a thing


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


# The cap on organizations, as the page counts it


@pytest.fixture
def capped(desk):
    Cap.objects.create(scheme=desk.period.scheme, limits="ORGANIZATIONS", percent=50, base="TOP_TWO", enabled=True)
    return desk


def test_the_page_counts_what_the_guard_holds(capped, signed_in):
    propose(capped.period, [Proposal(organization=capped.world.org["DB03-02"], level=1)], **capped.by())
    client = signed_in("COMMITTEE", "DB03")
    said = "Tổ chức ở mức cao nhất: {}/1 suất (50% của 2)."
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


# The day of the period


@pytest.fixture
def spring(world):
    """The first quarter of 2018, still open in December; on 01/06 DB01-02 moved to DB02 and CB01 joined DB03."""
    spring = Desk(world, 2018, quarter=1)
    users = {code: world.user("COMMITTEE", code) for code in ("DB01", "DB02", "DB03")} | {
        "K": world.user("LEADER", "K")
    }
    world.move("DB01-02", "DB02", date(2018, 6, 1))
    world.merge("CB01", "DB03", {"CB01": "DB03-02"}, date(2018, 6, 1))

    def client(code):
        client = Client()
        client.force_login(users[code], backend="django.contrib.auth.backends.ModelBackend")
        return client

    spring.client = client
    return spring


def quarter(name, code):
    return reverse(name, args=[code, (2018, 1)])


def test_a_quarter_is_decided_by_whom_the_cell_hung_under_then(spring):
    spring.rate(on=date(2018, 3, 31), Chi=2, Dung=2)
    spring.submit("DB01-02")
    reading = Reading(spring.period, spring.sheets("DB01-02"), spring.period.cutoff)
    seen = {f"thay_{s.pk}": reading.fingerprint(s) for s in reading.sheets} | {"phieu": [s.pk for s in reading.sheets]}
    old, new = spring.client("DB01"), spring.client("DB02")
    assert "Tổ chức DB01-02" in text(old.get(quarter("ratings", "DB01")))
    assert "Tổ chức DB01-02" not in text(new.get(quarter("ratings", "DB02")))
    sheet = old.get(quarter("ratings", "DB01-02"))
    assert sheet.context["sheet_page"].roof.name == "Tổ chức DB01"
    assert new.get(quarter("ratings", "DB01-02")).status_code == 404
    assert new.post(quarter("rating_step", "DB02"), {"viec": "endorse", **seen}).status_code == 400
    assert old.post(quarter("rating_step", "DB01"), {"viec": "endorse", **seen}).status_code == 302
    assert spring.state("DB01-02") == "endorsed"


def test_the_quarter_of_a_cell_that_ended_is_rated_by_who_took_it_over(spring):
    client = spring.client("DB03")
    page = client.get(quarter("ratings", "CB01"))
    assert page.status_code == 200
    assert page.context["sheet_page"].decides_itself
    assert page.context["sheet_page"].permits[Act.DECIDE].why == ""
    spring.rate(on=date(2018, 3, 31), Phúc=2, Quân=2)
    reading = Reading(spring.period, spring.sheets("CB01"), spring.period.cutoff)
    (sheet,) = reading.sheets
    sent = {"viec": "decide", "phieu": sheet.pk, f"thay_{sheet.pk}": reading.fingerprint(sheet), **PAPER}
    assert client.post(quarter("rating_step", "CB01"), sent).status_code == 302
    assert spring.state("CB01") == "decided"


def test_periods_of_the_year_lead_only_to_where_the_user_may_go(spring):
    """DB02 has had DB01-02 since June: the year is its own, the first quarter is not."""
    Desk(spring.world, 2018)
    page = spring.client("DB02").get(url("ratings", "DB01-02"))
    assert [p.slug for p in page.context["periods"]] == ["2018"]
    page = spring.client("DB01").get(quarter("ratings", "DB01-02"))
    assert [p.slug for p in page.context["periods"]] == ["2018-q1"]
    leader = spring.client("K")
    page = leader.get(url("ratings", "DB01-02"))
    assert [p.slug for p in page.context["periods"]] == ["2018-q1", "2018"]
    spring.world.found(("DB04", "DBCS", "K"), on=date(2018, 7, 1))
    assert [p.slug for p in leader.get(url("ratings", "DB04")).context["periods"]] == ["2018"]
    early = leader.get(quarter("ratings", "DB04"))
    assert early.status_code == 404
    assert "Tổ chức DB04 chưa thành lập vào ngày 31/03/2018." in text(early)


def test_a_successor_finishes_the_open_year_of_what_it_took_over(desk):
    """DB01 joins DB02 on 05/01/2019 while 2018 is open: its handed-in cell and its own level wait for DB02."""
    user = desk.world.user("COMMITTEE", "DB02")
    Installation.objects.update(demo_day=date(2019, 1, 10))
    desk.world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, date(2019, 1, 5))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    reading = Reading(desk.period, desk.sheets("DB01-01"), desk.period.cutoff)
    (sheet,) = reading.sheets
    sent = {"viec": "endorse", "phieu": sheet.pk, f"thay_{sheet.pk}": reading.fingerprint(sheet)}
    assert "Phiếu chờ thẩm định: 1" in text(client.get(url("ratings", "DB01")))
    assert client.post(url("rating_step", "DB01"), sent).status_code == 302
    assert desk.state("DB01-01") == "endorsed"
    page = url("rating_organizations", "DB01")
    assert client.post(page, {"viec": "de-nghi", "muc": "2", "ban": "0"}).status_code == 302
    assert client.post(page, typed(client, "DB01", DB01_02={"muc": "2"})).status_code == 302
    assert (desk.organization("DB01").proposed, desk.organization("DB01-02").level) == (2, 2)
