"""The plain form of a sheet: what is saved, what is refused and stays as typed; nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.life import sanctions
from members.models import Exit
from tests.ratings.sheets.page.form import PAGE, pk, text, typed
from tests.world import TODAY


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


def test_own_level_and_task_come_with_the_sheet(desk, signed_in):
    client = signed_in("SECRETARY", "CB01")
    page = reverse("ratings", args=["CB01", (2018, None)])
    client.post(page, {"viec": "luu", "de_nghi": "2", "nhiem_vu": "COMPLETED", "v_to_chuc": "0"})
    row = desk.organization("CB01")
    assert (row.proposed, row.task, row.level) == (2, "COMPLETED", None)


def test_who_left_while_the_form_was_open_is_named(desk, secretary):
    sent = typed(desk, muc_An="2", muc_Bình="2")
    desk.world.leave("Bình", TODAY, Exit.DEPARTED)
    answer = secretary.post(PAGE, sent)
    assert (answer.status_code, desk.line("An").proposed) == (400, 2)
    assert "Phiếu của chi bộ DB01-01: có người không còn trong danh sách đảng viên." in text(answer)


def test_queries_do_not_grow_with_the_members(desk, secretary):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            secretary.get(PAGE)
        return len(seen)

    few = asked()
    for i in range(12):
        desk.world.enroll(f"Trần Thêm{i}", "DB01-01", TODAY)
    assert asked() == few


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


def test_the_back_button_brings_no_old_sheet(desk, secretary):
    assert "no-store" in secretary.get(PAGE).headers["Cache-Control"]
