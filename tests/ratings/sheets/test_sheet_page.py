"""The sheet of a cell: the plain form, the line that saves itself, the paste, the steps; nothing typed is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import User
from ledger.web import carry
from members.life import sanctions
from members.models import Exit
from members.reorganizing.plan import dissolving
from organizations.forest import Forest
from ratings.models import MemberRating, Sheet
from tests.hand import signed_in_as
from tests.ratings.desk import Desk
from tests.world import TODAY

PASSWORD = "mot-cau-dai-kho-doan"
PAGE = reverse("ratings", args=["DB01-01", (2018, None)])
LINE = reverse("rating_line", args=["DB01-01", (2018, None)])
STEP = reverse("rating_step", args=["DB01-01", (2018, None)])
PASTE = reverse("rating_paste", args=["DB01-01", (2018, None)])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def desk(world):
    """The open year 2018 of the small world; DB01-01 holds An and Bình."""
    return Desk(world, 2018)


@pytest.fixture
def signed_in(desk):
    def client(role, code):
        user = desk.world.user(role, code)
        user.set_password(PASSWORD)
        user.save()
        return signed_in_as(user)

    return client


@pytest.fixture
def secretary(signed_in):
    return signed_in("SECRETARY", "DB01-01")


def pk(desk, name):
    return desk.world.people[name].pk


def typed(desk, versions=(0, 0), **more):
    """What the plain form sends: An and Bình empty, but for `more` ({field_Name: text})."""
    data = {}
    for name, version in zip(("An", "Bình"), versions, strict=True):
        data |= {f"{field}_{pk(desk, name)}": "" for field in ("ly_do", "ghi_chu", "giai_trinh")}
        data[f"v_{pk(desk, name)}"] = str(version)
    for field, value in more.items():
        stem, _, name = field.rpartition("_")
        data[f"{stem}_{pk(desk, name)}" if name in desk.world.people else field] = value
    return data


def test_the_plain_form_saves_and_says_so(desk, secretary):
    answer = secretary.post(PAGE, typed(desk, muc_An="2", ghi_chu_An="Tốt  bụng"), follow=True)
    assert "Đã lưu 1 dòng." in text(answer)
    assert (desk.line("An").proposed, desk.line("An").note) == (2, "Tốt bụng")
    assert "2 đồng chí: 1 tốt; 0 không thuộc diện; 1 chưa xếp loại" in text(answer)


def test_one_faulty_row_does_not_hold_the_others_and_stays_as_typed(desk, secretary):
    answer = secretary.post(PAGE, typed(desk, muc_An="1", muc_Bình="2"))
    assert answer.status_code == 400
    assert desk.line("Bình").proposed == 2
    assert "vượt 0 suất cho phép" in text(answer)
    row = next(r for r in answer.context["sheet_page"].rows if r.pk == pk(desk, "An"))
    assert (row.typed["muc"], row.line) == ("1", None)
    answer = secretary.post(PAGE, typed(desk, (0, 1), muc_An="1", muc_Bình="2", vuot="Dẫn đầu tỉnh"), follow=True)
    assert desk.line("An").proposed == 1
    assert "Lý do vượt của chi bộ: Dẫn đầu tỉnh" in text(answer)


@pytest.mark.parametrize("nonsense", ["9", "x", "-1", "2.0", "\x00"])
def test_a_level_that_is_none(desk, secretary, nonsense):
    answer = secretary.post(PAGE, typed(desk, muc_An=nonsense))
    assert answer.status_code == 400
    assert "Mức xếp loại phải là một trong bốn mức của lược đồ." in text(answer)


def test_a_reason_lets_the_level_go_and_the_other_way_round(desk, secretary):
    reason = str(desk.why("vang_mat").pk)
    secretary.post(PAGE, typed(desk, muc_An="2"))
    secretary.post(PAGE, typed(desk, (1, 0), muc_An="2", ly_do_An=reason))
    assert (desk.line("An").proposed, desk.line("An").reason.code) == (None, "vang_mat")
    secretary.post(PAGE, typed(desk, (2, 0), muc_An="3", ly_do_An=reason))
    assert (desk.line("An").proposed, desk.line("An").reason) == (3, None)
    answer = secretary.post(PAGE, typed(desk, muc_Bình="2", ly_do_Bình=reason, v_An="3", muc_An="3"))
    assert "Chọn một mức xếp loại hoặc một lý do không xếp loại, không cả hai." in text(answer)
    secretary.post(PAGE, typed(desk, (3, 0), muc_An="3", ly_do_An="0"))
    assert not desk.line("An").is_settled


def test_the_second_writer_is_shown_the_first_and_keeps_their_own(desk, secretary):
    desk.rate(An=2)
    answer = secretary.post(PAGE, typed(desk, muc_An="3"))
    assert answer.status_code == 409
    row = next(r for r in answer.context["sheet_page"].rows if r.pk == pk(desk, "An"))
    assert (row.typed["muc"], row.theirs.proposed, row.version) == ("3", 2, 1)
    assert "vừa ghi “tốt”" in text(answer)
    secretary.post(PAGE, typed(desk, (1, 0), muc_An="3"))
    assert desk.line("An").proposed == 3


def test_all_the_rest_but_those_the_record_speaks_of(desk, secretary):
    desk.world.admit("Trần Xuân", "DB01-01", TODAY.replace(month=9))
    answer = secretary.post(PAGE, typed(desk, viec="con_lai", muc_con_lai="2"), follow=True)
    assert "Đã đặt mức cho 2 đồng chí còn lại." in text(answer)
    assert "Còn 1 đồng chí mà hồ sơ ghi lý do không xếp loại" in text(answer)
    secretary.post(PAGE, {"viec": f"xac_nhan:{pk(desk, 'Xuân')}"})
    assert desk.line("Xuân").reason.code == "moi_ket_nap"


def test_undo_waits_for_what_is_not_saved(desk, secretary):
    secretary.post(PAGE, typed(desk, muc_An="2"))
    answer = secretary.post(PAGE, typed(desk, (1, 0), muc_An="2", muc_Bình="2", viec="hoan_tac"))
    assert "Có dòng đã sửa mà chưa lưu. Hãy bấm Lưu trước khi hoàn tác." in text(answer)
    answer = secretary.post(PAGE, typed(desk, (1, 0), muc_An="2", viec="hoan_tac"), follow=True)
    assert "Đã hoàn tác việc vừa làm." in text(answer)
    assert not desk.line("An").is_settled


def test_who_is_missing_is_named_before_submitting(desk, secretary):
    answer = secretary.post(PAGE, typed(desk, muc_An="2", viec="nop"))
    assert answer.status_code == 400
    assert "Còn 1 đồng chí chưa xếp loại: Võ Bình. Xếp loại xong rồi nộp được." in text(answer)
    answer = secretary.post(PAGE, typed(desk, (1, 0), muc_An="2", muc_Bình="2", viec="nop"))
    assert answer.url == PAGE + "?xem-lai=1#xem-lai"


def submission(client, **more):
    """What the read-back page sends."""
    page = client.get(PAGE + "?xem-lai=1").context["sheet_page"]
    return {"viec": "submit", "phieu": page.sheet.pk, f"thay_{page.sheet.pk}": page.fingerprint, **more}


def test_typed_into_a_sheet_handed_in_meanwhile(desk, secretary):
    desk.rate(An=2, Bình=3)
    desk.submit("DB01-01")
    answer = secretary.post(PAGE, typed(desk, (1, 1), muc_An="3", muc_Bình="3", ghi_chu_An="Sửa lại"))
    assert answer.status_code == 409
    assert "Đồng chí đã gõ, chưa lưu: hoàn thành, Sửa lại" in text(answer)
    assert desk.line("An").proposed == 2


def test_read_back_and_submit(desk, secretary):
    desk.rate(An=2, Bình=3)
    answer = secretary.get(PAGE + "?xem-lai=1")
    assert "Tốt (1) Lê An" in text(answer)
    answer = secretary.post(STEP, submission(secretary), follow=True)
    assert "Đã nộp phiếu." in text(answer)
    assert desk.state("DB01-01") == "submitted"
    assert "Phiếu đã nộp." in text(answer)
    assert "Đang chờ Tổ chức DB01, hạn 28/12/2018" in text(answer)


def test_a_line_changed_since_the_page_was_drawn_stops_the_signature(desk, secretary, signed_in):
    desk.rate(An=2, Bình=3)
    sent = submission(secretary)
    desk.rate(An=3)
    answer = secretary.post(STEP, sent)
    assert answer.status_code == 409
    assert "đã thay đổi từ lúc mở trang" in text(answer)
    assert desk.state("DB01-01") == "draft"
    desk.submit("DB01-01")
    committee = signed_in("COMMITTEE", "DB01")
    page = committee.get(PAGE).context["sheet_page"]
    sent = {"viec": "endorse", "phieu": page.sheet.pk, f"thay_{page.sheet.pk}": page.fingerprint}
    sent |= {f"v_{row.pk}": row.version for row in page.rows}
    desk.send_back("DB01-01", reason="Xem lại")
    desk.rate(An=2)
    desk.submit("DB01-01")
    answer = committee.post(STEP, sent)
    assert answer.status_code == 409
    fresh = {r.member.full_name: r.fresh for r in answer.context["sheet_page"].rows}
    assert fresh == {"Lê An": True, "Võ Bình": False}
    assert "vừa thay đổi" in text(answer)


def test_what_changed_since_it_was_returned_is_marked(desk, signed_in):
    desk.rate(An=2, Bình=3)
    desk.submit("DB01-01")
    desk.send_back("DB01-01", reason="Đồng chí An chưa đúng")
    desk.rate(An=3)
    answer = signed_in("SECRETARY", "DB01-01").get(PAGE)
    assert "Phiếu bị trả lại: Đồng chí An chưa đúng" in text(answer)
    assert {r.member.full_name: r.before_words for r in answer.context["sheet_page"].rows} == {
        "Lê An": "tốt",
        "Võ Bình": "",
    }
    desk.submit("DB01-01")
    assert "trước: tốt" in text(signed_in("COMMITTEE", "DB01").get(PAGE))


def test_the_committee_decides_line_by_line(desk, signed_in):
    desk.rate(An=2, Bình=3)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    committee = signed_in("COMMITTEE", "DB01")
    page = committee.get(PAGE).context["sheet_page"]
    cell = desk.world.org["DB01-01"].pk
    sent = {"viec": "decide", "phieu": page.sheet.pk, f"thay_{page.sheet.pk}": page.fingerprint}
    sent |= {f"quyet_{cell}_{pk(desk, 'An')}": "3", f"quyet_{cell}_{pk(desk, 'Bình')}": "3", "so": "9-QĐ/ĐU"}
    answer = committee.post(STEP, {**sent, "ngay": "31/12/2018", "co_quan": "Đảng ủy DB01"})
    assert (answer.status_code, desk.state("DB01-01")) == (400, "endorsed")
    assert "còn ở phía trước" in text(answer)
    answer = committee.post(STEP, {**sent, "ngay": "13/12/2018", "co_quan": "Đảng ủy DB01"})
    assert "Lê An: mức quyết định khác mức chi bộ đề nghị cần ghi lý do." in text(answer)
    assert 'value="9-QĐ/ĐU"' in answer.content.decode()
    sent[f"vi_sao_{cell}_{pk(desk, 'An')}"] = "Chậm nhiệm vụ"
    committee.post(STEP, {**sent, "ngay": "13/12/2018", "co_quan": "Đảng ủy DB01"})
    line = desk.line("An")
    assert (line.proposed, line.decided, line.difference) == (2, 3, "Chậm nhiệm vụ")
    assert (desk.sheet("DB01-01").decision.number, desk.line("Bình").decided) == ("9-QĐ/ĐU", 3)


def test_a_grassroots_cell_decides_its_own_from_the_read_back(desk, signed_in):
    desk.rate(Phúc=2, Quân=2)
    client = signed_in("SECRETARY", "CB01")
    page = reverse("ratings", args=["CB01", (2018, None)])
    answer = client.get(page + "?xem-lai=1")
    assert "Chi bộ cơ sở tự quyết định" in text(answer)
    sheet = answer.context["sheet_page"]
    sent = {"viec": "decide", "phieu": sheet.sheet.pk, f"thay_{sheet.sheet.pk}": sheet.fingerprint}
    sent |= {"so": "3-NQ/CB", "ngay": "13/12/2018", "co_quan": "Chi bộ CB01"}
    client.post(reverse("rating_step", args=["CB01", (2018, None)]), sent)
    assert desk.state("CB01") == "decided"


def test_own_level_and_task_come_with_the_sheet(desk, signed_in):
    client = signed_in("SECRETARY", "CB01")
    page = reverse("ratings", args=["CB01", (2018, None)])
    client.post(page, {"viec": "luu", "de_nghi": "2", "nhiem_vu": "COMPLETED", "v_to_chuc": "0"})
    row = desk.organization("CB01")
    assert (row.proposed, row.task, row.level) == (2, "COMPLETED", None)


def test_a_newcomer_shows_the_other_cells_line_and_is_confirmed(desk, secretary):
    desk.rate(An=2, Bình=2, Chi=3)
    desk.world.transfer("Chi", "DB01-01", TODAY)
    answer = secretary.get(PAGE)
    assert "Chuyển đến từ Tổ chức DB01-02, Tổ chức DB01; ở đó đã ghi: hoàn thành" in text(answer)
    secretary.post(PAGE, {"viec": f"xac_nhan:{pk(desk, 'Chi')}"})
    assert [line.proposed for line in desk.world.people["Chi"].ratings.filter(on_roll=True)] == [3]


def _moves(world):
    world.transfer("Chi", "DB01-01", TODAY)
    world.transfer("Dung", "DB01-01", TODAY)


def _merges(world):
    world.merge("DB01-02", "DB01-01", {"DB01-02": "DB01-01"}, TODAY)


def _dissolves(world):
    world.carry_out(dissolving(Forest.on(TODAY), "DB01-02", people={"DB01-02": "DB01-01"}), TODAY)


@pytest.mark.parametrize("coming", [_moves, _merges, _dissolves])
def test_what_was_decided_is_offered_to_the_receiving_cell_and_confirmed(desk, secretary, coming):
    """Not what the old cell had proposed. Where it goes on its own line stands, as decided, and counts nowhere."""
    desk.rate(Chi=2, Dung=2)
    desk.submit("DB01-02")
    desk.endorse("DB01-02")
    desk.decide("DB01-02", levels={"Chi": (3, "Chậm nộp báo cáo")})
    coming(desk.world)
    answer = secretary.get(PAGE)
    rows = {row.member.full_name: row for row in answer.context["sheet_page"].rows}
    offered = {name: row.other_words for name, row in rows.items() if row.other}
    assert offered == {"Lê Chi": "hoàn thành", "Võ Dung": "tốt"}
    assert text(answer).count("Chuyển đến từ Tổ chức DB01-02, Tổ chức DB01; ở đó đã ghi:") == 2
    for name in ("Chi", "Dung"):
        secretary.post(PAGE, {"viec": f"xac_nhan:{pk(desk, name)}"})
    lines = MemberRating.objects.filter(period=desk.period, member__in=[pk(desk, "Chi"), pk(desk, "Dung")])
    said = lines.order_by("pk").values_list("organization__code", "proposed", "decided", "on_roll")
    assert list(said) == [
        ("DB01-02", 2, 3, False),
        ("DB01-02", 2, 2, False),
        ("DB01-01", 3, None, True),
        ("DB01-01", 2, None, True),
    ]


def test_who_went_stays_visible_below(desk, secretary):
    desk.rate(An=2, Bình=2)
    desk.world.leave("An", TODAY, Exit.DIED)
    assert "Không còn trong danh sách" in text(secretary.get(PAGE))
    assert "Lê An: tốt" in text(secretary.get(PAGE))


# The line that saves itself


def send(client, desk, name, version=0, **fields):
    who = pk(desk, name)
    data = {f"{field}_{who}": value for field, value in fields.items()} | {f"v_{who}": version, "dang_vien": who}
    return client.post(LINE, {**data, "nguoi": carry.token(client.user)}, HTTP_ACCEPT="application/json")


def test_a_line_saves_itself(desk, secretary):
    answer = send(secretary, desk, "An", muc="2").json()
    assert (answer["version"], answer["missing"], answer["done"]) == (1, [pk(desk, "Bình")], 1)
    assert "2 đồng chí: 1 tốt" in answer["summary"]
    again = send(secretary, desk, "An", muc="2")
    assert (again.status_code, again.json()["version"]) == (200, 1)


def reads_of_the_roll(send_it):
    """How often the members on a roll are read while `send_it()`; that they are locked by it as well is no reading."""
    with CaptureQueriesContext(connection) as asked:
        send_it()
    return sum(q["sql"].startswith('SELECT "members_membership"."organization_id"') for q in asked)


def test_the_roll_is_read_once_from_what_is_sent_to_the_answer(desk, secretary):
    assert reads_of_the_roll(lambda: send(secretary, desk, "An", muc="2")) == 1
    assert reads_of_the_roll(lambda: secretary.post(PAGE, typed(desk, (1, 0), muc_An="3"))) == 1
    assert reads_of_the_roll(lambda: secretary.post(PAGE, typed(desk, (2, 0), viec="con_lai"))) <= 2  # two acts


def test_who_left_while_the_form_was_open_is_named(desk, secretary):
    sent = typed(desk, muc_An="2", muc_Bình="2")
    desk.world.leave("Bình", TODAY, Exit.DEPARTED)
    answer = secretary.post(PAGE, sent)
    assert (answer.status_code, desk.line("An").proposed) == (400, 2)
    assert "Phiếu của chi bộ DB01-01: có người không còn trong danh sách đảng viên." in text(answer)


def test_a_line_that_another_wrote(desk, secretary):
    desk.rate(An=2)
    answer = send(secretary, desk, "An", muc="3")
    assert answer.status_code == 409
    assert (answer.json()["theirs"], answer.json()["version"], answer.json()["typed"]["muc"]) == ("tốt", 1, "2")
    assert desk.line("An").proposed == 2


def test_a_line_that_a_rule_refuses(desk, secretary):
    answer = send(secretary, desk, "An", muc="1")
    assert (answer.status_code, answer.json()["needs"]) == (422, "vuot")
    assert send(secretary, desk, "An", muc="x").status_code == 422
    assert send(secretary, desk, "Chi", muc="2").json()["error"] == (
        "Đồng chí này không còn trong danh sách của chi bộ. Hãy tải lại trang."
    )
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    answer = send(secretary, desk, "An", 1, muc="3")
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/json")
    assert answer.json()["error"] == "Phiếu đã nộp; việc nhập xếp loại cần phiếu nháp."


def test_a_page_that_someone_else_opened_saves_nothing(desk, secretary, signed_in):
    other = signed_in("COMMITTEE", "DB02")
    who = pk(desk, "An")
    data = {"dang_vien": who, f"muc_{who}": "2", "nguoi": carry.token(other.user)}
    assert secretary.post(LINE, data).status_code == 403
    assert "do tài khoản khác mở" in text(secretary.post(PAGE, data))
    assert Sheet.objects.get(pk=desk.sheet("DB01-01").pk).lines.count() == 0


def test_a_session_that_ended_answers_the_script_plainly(desk, secretary):
    Session.objects.all().delete()
    answer = send(secretary, desk, "An", muc="2")
    assert (answer.status_code, answer.json()["signed_out"]) == (401, True)


# The form that comes along to the sign-in page


def carried(answer):
    return re.search(r'name="mang_theo" value="([^"]+)"', answer.content.decode())[1]


def sign_in(client, user, packed):
    data = {"username": user.username, "password": PASSWORD, "mang_theo": packed, "next": "/"}
    return client.post(reverse("login"), data, follow=True)


def test_the_sign_in_page_carries_the_form_and_opens_it_again(desk, secretary):
    data = typed(desk, muc_An="2", ghi_chu_An="Còn nguyên") | {"nguoi": carry.token(secretary.user)}
    Session.objects.all().delete()
    answer = secretary.post(PAGE, data)
    assert answer.status_code == 401
    answer = sign_in(secretary, secretary.user, carried(answer))
    row = answer.context["sheet_page"].rows[0]
    assert (row.typed["muc"], row.typed["ghi_chu"], row.line) == ("2", "Còn nguyên", None)
    assert "Những gì đồng chí đã gõ còn nguyên dưới đây" in text(answer)
    # Once: the next visit shows what is on the server.
    assert secretary.get(PAGE).context["sheet_page"].rows[0].typed["muc"] == ""


def test_another_account_does_not_get_it(desk, secretary, signed_in):
    data = typed(desk, muc_An="2") | {"nguoi": carry.token(secretary.user)}
    other = signed_in("SECRETARY", "DB01-02").user
    Session.objects.all().delete()
    packed = carried(secretary.post(PAGE, data))
    answer = sign_in(secretary, other, packed)
    assert "Nội dung gõ dở thuộc tài khoản khác nên không mở lại ở đây." in text(answer)
    assert carry.KEPT not in secretary.session


def test_a_forged_form_is_not_carried(desk, secretary):
    Session.objects.all().delete()
    for forged in ("", "x", carry.token(User(pk=9)) + "x"):
        answer = secretary.post(PAGE, typed(desk, muc_An="2") | {"nguoi": forged})
        assert answer.status_code == 302


def test_signed_in_elsewhere_meanwhile_the_form_comes_back_too(desk, secretary):
    """The token of the page is old once the same person has signed in again in another window."""
    strict = signed_in_as(secretary.user, enforce_csrf_checks=True)
    data = typed(desk, muc_An="2") | {"nguoi": carry.token(secretary.user), "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(PAGE, data, follow=True)
    assert answer.context["sheet_page"].rows[0].typed["muc"] == "2"
    assert desk.sheet("DB01-01").lines.count() == 0


# Paste


def test_names_are_matched_without_accents_and_the_ambiguous_are_asked(desk, secretary):
    desk.world.enroll("Lê Ân", "DB01-01", TODAY)
    desk.world.enroll("Vũ Ánh", "DB01-01", TODAY)
    column = "TT\n1\tLE AN\tHTXSNV\n2\tvo binh\txs\n3\tVũ Ánh\tVắng mặt, chưa kiểm điểm\n4\tLê Ân\tT\n5\tLê\t2\tH"
    answer = secretary.post(PASTE, {"cot": column})
    rows = answer.context["rows"]
    assert [(r.name, len(r.candidates), r.value, r.problem) for r in rows] == [
        ("LE AN", 2, {"muc": "1"}, ""),
        ("vo binh", 1, {"muc": "1"}, ""),
        ("Vũ Ánh", 1, {"ly_do": str(desk.why("vang_mat").pk)}, ""),
        ("Lê Ân", 1, {"muc": "2"}, ""),
        ("Lê", 2, {}, "Có hơn một mức trên cùng một dòng."),
    ]
    sent = {"cot": column, "xac_nhan": "1", "nguoi_2": pk(desk, "An"), "nguoi_3": pk(desk, "Bình")}
    sent |= {"nguoi_4": pk(desk, "Ánh"), "nguoi_5": pk(desk, "Ân"), "bo_5": "on"}
    answer = secretary.post(PASTE, sent)
    assert "Đã ghi 2 dòng; còn 1 dòng chưa ghi" in text(answer)
    assert "có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép" in text(answer)
    assert (desk.line("An").proposed, desk.line("Ánh").reason.code) == (1, "vang_mat")
    assert not desk.world.people["Bình"].ratings.exists()
    assert not desk.world.people["Ân"].ratings.exists()


def test_two_rows_for_one_person(desk, secretary):
    column = "Lê An\tT\nlê an\tH"
    assert "Trùng với dòng 1, không ghi dòng này." in text(secretary.post(PASTE, {"cot": column}))
    sent = {"cot": column, "xac_nhan": "1", "nguoi_1": pk(desk, "An"), "nguoi_2": pk(desk, "An")}
    assert "Có hai dòng cho cùng một người. Hãy bỏ một dòng." in text(secretary.post(PASTE, sent))
    assert "Không đọc được dòng nào" in text(secretary.post(PASTE, {"cot": "\u200b"}))


def test_queries_do_not_grow_with_the_members(desk, secretary):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            secretary.get(PAGE)
        return len(seen)

    few = asked()
    for i in range(12):
        desk.world.enroll(f"Trần Thêm{i}", "DB01-01", TODAY)
    assert asked() == few


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('"Lê An"\t"Tốt"', "2"),
        ("Lê An, Hoàn thành tốt nhiệm vụ", "2"),
        ("Đồng chí Lê An;HTNV", "3"),
        ("1. Lê An   Đảng viên đủ tư cách, hoàn thành tốt nhiệm vụ", "2"),
        ("LÊ AN\tM4", "4"),
        ("Le\u0302 An\tto\u0302\u0301t", "2"),
    ],
)
def test_levels_are_read_as_offices_write_them(desk, secretary, line, value):
    (row,) = secretary.post(PASTE, {"cot": line}).context["rows"]
    assert (row.value, row.problem) == ({"muc": value}, "")


def test_a_reason_may_be_begun_and_what_it_replaces_is_told(desk, secretary):
    desk.rate(An=2)
    answer = secretary.post(PASTE, {"cot": "Lê An\tVắng mặt\nVõ Bình\tXS"})
    said = [row.words for row in answer.context["rows"]]
    assert said == ["không xếp loại: Vắng mặt, chưa kiểm điểm (thay cho: tốt)", "xuất sắc"]
    for words in said:
        assert words in text(answer)


def test_too_many_lines_are_told(desk, secretary):
    answer = secretary.post(PASTE, {"cot": "Lê An\tT\n" * 301})
    assert "Đã dán 301 dòng, chỉ đọc 300 dòng đầu." in text(answer)


def test_all_the_rest_with_one_refused_is_one_act_and_says_both(desk, secretary):
    """An, reprimanded, may not stand so high; the three others are written together and undone together."""
    desk.rate(Chi=2, Dung=2)
    for name in ("Trần Xuân", "Trần Hạ"):
        desk.world.enroll(name, "DB01-01", TODAY)
    rule = desk.period.scheme.rules.get(code="CEILING", reason__code="ky_luat")
    rule.strength = "BLOCK"
    rule.save()
    sanctions.discipline([(desk.world.people["An"], 1, TODAY)], **desk.world.act())
    answer = secretary.post(PAGE, {"viec": "con_lai", "muc_con_lai": "2"})
    assert answer.status_code == 400
    assert "Đã đặt mức cho 3 đồng chí còn lại." in text(answer)
    assert "1 dòng chưa lưu: Lê An" in text(answer)
    secretary.post(PAGE, {"viec": "hoan_tac"})
    assert desk.sheet("DB01-01").lines.filter(proposed__isnull=False).count() == 0


def test_after_handing_in_the_page_says_whom_to_ask(desk, secretary):
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    assert "Cần sửa? Xin báo Tổ chức DB01 trả lại phiếu" in text(secretary.get(PAGE))
    desk.endorse("DB01-01")
    desk.decide("DB01-01")
    assert "Cần sửa? Xin báo Ban Tổ chức Đảng ủy Khối trả lại phiếu" in text(secretary.get(PAGE))


def test_the_back_button_brings_no_old_sheet(desk, secretary):
    assert "no-store" in secretary.get(PAGE).headers["Cache-Control"]
