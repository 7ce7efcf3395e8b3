"""The way of a file through the pages: chosen, columns said, looked at, answered, written; and what is refused there."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from imports.kinds.registry import kind_of
from imports.models import ImportRun, RunState
from imports.reading.open_file import open_book
from imports.runs import store
from ledger.models import Change
from ledger.undo import undo
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.models import CandidateStep, Member
from members.register import moves
from tests.hand import Hand
from tests.imports.by_file import files_kept, table
from tests.imports.kinds.test_members import HEADER, HOA, TAM
from tests.world import TODAY


@pytest.fixture
def office(world):
    return Hand(world.user("ORGANIZATION", "K"))


def brought(hand, *rows):
    """The page of a run of pasted rows."""
    hand.open(reverse("imports")).press(None, loai="dang-vien", dan=table(*rows))
    return ImportRun.objects.latest("pk")


def test_a_pasted_list_goes_its_way(office):
    run = brought(office, HEADER, HOA, (*TAM[:2], "13/13/1969", *TAM[3:]))
    assert "Mỗi cột là gì" in office.text
    office.press("xem", tu_ngay="31/12/2017")
    assert "1 dòng ghi mới" in office.text and "1 dòng không ghi được" in office.text
    assert "Bùi Tám" in office.text
    assert "Không đọc được" not in office.text and "Tháng sinh" not in office.text
    assert not Member.objects.filter(full_name="Trần Thị Hoa").exists()
    office.press("ghi")
    assert "Đã ghi" in office.text
    assert Member.objects.filter(full_name="Trần Thị Hoa").count() == 1
    assert "1 dòng không ghi được; 1 dòng ghi mới" in office.open(reverse("imports")).text
    returned = office.client.get(reverse("import_returned", args=[run.pk]))
    book = open_book("can-sua.xlsx", returned.getvalue(), store.limits())
    assert [row[0] for row in book.rows(0)] == ["Họ và tên", "Bùi Tám"]


def test_a_question_is_answered_on_the_page(world, office):
    brought(office, HEADER, ("Lê An", "Nữ", "15/06/1980", "Kinh", "", "DB02-01", *HOA[6:]))
    office.press("xem", tu_ngay="31/12/2017")
    assert "Lê An có thể đã có trong sổ" in office.text
    run = ImportRun.objects.latest("pk")
    office.press("tra-loi", hoi_2="khac")
    assert "1 dòng ghi mới" in office.text
    office.press("ghi")
    assert ImportRun.objects.get(pk=run.pk).state == RunState.DONE
    assert Member.objects.filter(full_name="Lê An").count() == 2


def test_who_waits_in_the_pipeline_is_told_on_the_page(world, office):
    row = Recommendation(
        full_name="Trần Thị Hoa",
        sex="F",
        birth_date=date(1970, 2, 3),
        organization=world.org["CB01"],
        on=date(2016, 5, 2),
    )
    (candidate,) = steps.recommend([row], **world.act())
    brought(office, HEADER, HOA)
    office.press("xem", tu_ngay="31/12/2017")
    assert "trong nguồn kết nạp của CB01, bước “Đã giới thiệu” 02/05/2016" in office.text
    office.press("tra-loi", hoi_2=f"+ng{candidate.pk}")
    assert "Ra khỏi nguồn kết nạp" in office.text
    office.press("ghi")
    assert CandidateStep.objects.latest("pk").member.full_name == "Trần Thị Hoa"


def test_what_was_typed_stays_when_it_is_refused(office):
    brought(office, HEADER, HOA)
    office.press("xem", refused=True, tu_ngay="31/12/17", so="7-QĐ")
    assert "Ngày không đúng" in office.text and 'value="7-QĐ"' in office.page.content.decode()
    assert ImportRun.objects.latest("pk").state == RunState.READ


def test_another_row_is_taken_as_the_header(office):
    run = brought(office, ("Danh sách", "x"), ("Ai", "Ở đâu"), ("Lê An", "DB01-01"))
    office.press("doc-lai", dong="2")
    run.refresh_from_db()
    assert run.layout["headings"] == ["Ai", "Ở đâu"]
    office.press("xem", refused=True, tu_ngay="31/12/2017")
    assert "Chưa có cột nào là “Họ và tên”" in office.text
    office.press("xem", tu_ngay="31/12/2017", cot_0="ho_ten", cot_1="chi_bo")
    run.refresh_from_db()
    assert run.state == RunState.JUDGED


def test_two_columns_cannot_both_be_the_same(office):
    brought(office, HEADER, HOA)
    office.press("xem", refused=True, tu_ngay="31/12/2017", cot_1="ngay_sinh")
    assert "Đã có cột khác là “Ngày sinh”" in office.text


def test_a_file_may_be_dropped_and_its_content_goes_with_it(office):
    run = brought(office, HEADER, HOA)
    office.press("bo")
    run.refresh_from_db()
    assert (run.state, files_kept(run)) == (RunState.DROPPED, 0)
    assert "Đã bỏ" in office.text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("trong.csv", b"", "Tệp"), ("anh.png", b"\x89PNG\r\n\x1a\n", "Tệp"), ("hong.xlsx", b"PK\x03\x04hong", "Tệp")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(office, name, content, says):
    answer = office.client.post(reverse("imports"), {"loai": "dang-vien", "tep": SimpleUploadedFile(name, content)})
    assert answer.status_code == 400 and says in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_the_page_opens_on_the_kind_it_was_asked_for(office):
    office.open(reverse("imports") + "?loai=dang-vien")
    assert "Chưa ghi được" not in office.text
    assert '<input type="radio" name="loai" value="dang-vien" required id="id_loai_1" checked>' in (
        office.page.content.decode()
    )


def test_nothing_chosen_is_told(office):
    office.open(reverse("imports")).press(None, refused=True, loai="dang-vien")
    assert "Hãy chọn một tệp" in office.text


def test_a_run_is_its_own_user_s_alone(world, office):
    run = brought(office, HEADER, HOA)
    other = Hand(world.user("COMMITTEE", "DB01"))
    for name in ("import_run", "import_returned"):
        assert other.client.get(reverse(name, args=[run.pk])).status_code == 404


def test_the_command_does_what_the_page_does(world, tmp_path, capsys):
    world.user("ORGANIZATION", "K")
    user = ImportRun._meta.get_field("by").related_model.objects.latest("pk")
    file = tmp_path / "ds.csv"
    file.write_text("\n".join(";".join(row) for row in (HEADER, HOA)))
    more = ["--by", user.username, "--set", "tu_ngay=31/12/2017"]
    call_command("import_file", "dang-vien", file, *more, "--dry-run")
    assert "1 dòng ghi mới (chưa ghi gì)" in capsys.readouterr().out
    call_command("import_file", "dang-vien", file, *more)
    assert "1 dòng ghi mới (đã ghi)" in capsys.readouterr().out
    assert Member.objects.filter(full_name="Trần Thị Hoa").count() == 1
    call_command("import_file", "dang-vien", file, *more, "--format", "json")
    assert '"giu": 1' in capsys.readouterr().out
    file.write_text("\n".join(";".join(row) for row in (HEADER, (*HOA[:2], "?", *HOA[3:]))))
    with pytest.raises(SystemExit) as left:
        call_command("import_file", "dang-vien", file, *more)
    assert left.value.code == 3
    with pytest.raises(CommandError, match="không có quyền"):
        call_command("import_file", "dang-vien", file, "--by", world.by.username)


def test_the_command_leaves_what_waits_on_the_page_and_nothing_of_its_own(office, tmp_path):
    user, file = brought(office, HEADER, HOA).by, tmp_path / "ds.csv"
    file.write_text(table(HEADER, HOA))
    run = store.open_run(kind_of("dang-vien"), "ds.csv", [file.read_bytes()], by=user)
    call_command("import_file", "dang-vien", file, "--by", user.username, "--set", "tu_ngay=31/12/2017", "--dry-run")
    with pytest.raises(CommandError):
        call_command("import_file", "dang-vien", file, "--by", user.username, "--set", "tu_ngay=31/13/2017")
    run.refresh_from_db()
    assert run.state == RunState.READ
    others = ImportRun.objects.filter(pk__gt=run.pk)
    assert [other.state for other in others] == [RunState.DROPPED] * 2


def test_what_was_answered_is_asked_anew(world, office):
    brought(office, HEADER, ("Lê An", "Nữ", "15/06/1980", "Kinh", "", "DB02-01", *HOA[6:]))
    office.press("xem", tu_ngay="31/12/2017")
    assert "hỏi lại" not in office.text
    office.press("tra-loi", hoi_2="bo")
    assert "1 dòng bỏ qua" in office.text
    office.press("hoi-lai")
    assert "Lê An có thể đã có trong sổ" in office.text
    assert ImportRun.objects.latest("pk").answers == {}


def test_a_whole_import_is_taken_back_on_its_page(world, office):
    brought(office, HEADER, HOA)
    office.press("xem", tu_ngay="31/12/2017").press("ghi")
    office.press("huy", refused=True, ly_do="")
    assert "cần nêu lý do" in office.text
    hoa = Member.objects.get(full_name="Trần Thị Hoa")
    moves.transfer([(hoa, world.org["CB01"], date(2018, 3, 1))], **world.act(date(2018, 3, 1)))
    office.press("huy", refused=True, ly_do="Nhầm tệp")
    assert "Chuyển sinh hoạt chính thức" in office.text and "Nhầm tệp" in office.page.content.decode()
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Nhầm")
    office.press("huy", ly_do="Nhầm tệp")
    assert "rồi hủy cả lần nhập" in office.text
    hoa.refresh_from_db()
    assert hoa.voided_id is not None


def test_a_file_may_bear_any_name(world):
    """Also the one that pasted cells go by."""
    run = store.open_run(
        kind_of("dang-vien"), store.PASTED, ["Họ tên\nLê An".encode("utf-16")], by=world.user("ORGANIZATION", "K")
    )
    assert store.book_of(run).encoding == "UTF-16"


def test_a_page_left_open_of_a_file_that_is_written_is_told_so(office):
    run = brought(office, HEADER, HOA)
    stale = {step: office.filled(step, tu_ngay="31/12/2017") for step in ("xem", "doc-lai")}
    office.press("xem", tu_ngay="31/12/2017").press("ghi")
    for address, sent in stale.values():
        answer = office.client.post(address, sent)
        assert answer.status_code == 400 and "đã được ghi hoặc đã bỏ" in answer.content.decode()
    assert ImportRun.objects.get(pk=run.pk).state == RunState.DONE


def test_an_answer_given_with_the_press_that_writes_is_looked_at_first(office):
    """Something new is to be written with it: nobody has seen that yet."""
    run = brought(office, HEADER, HOA, ("Lê An", "Nữ", "15/06/1980", "Kinh", "", "DB02-01", *HOA[6:]))
    office.press("xem", tu_ngay="31/12/2017")
    office.press("ghi", hoi_3="khac")
    assert "Đã xem lại với các câu trả lời" in office.text and "2 dòng ghi mới" in office.text
    assert ImportRun.objects.get(pk=run.pk).state == RunState.JUDGED
    office.press("ghi", hoi_3="khac")
    assert ImportRun.objects.get(pk=run.pk).state == RunState.DONE
