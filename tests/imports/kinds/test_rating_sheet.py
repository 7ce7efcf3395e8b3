"""The workbook of one cell's ratings: made, filled in without a network, sent back; what others typed meanwhile is shown."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from xlsxwriter import Workbook

from imports.kinds.kind import NOT_HIS
from imports.kinds.of_ratings.rating_sheet import RatingSheetImport
from imports.kinds.registry import kind_of
from imports.models import RunState
from imports.reading.open_file import open_book
from imports.runs import store
from ledger.undo import undo
from ratings.models import MemberRating, Rule, Strength
from tests.faults.test_undone import standing
from tests.imports.by_file import Brought, answered, job, table
from tests.ratings.desk import Desk
from tests.world import TODAY, refused

KIND = "phieu-xep-loai"
HEAD = 8  # the row of the headings


@pytest.fixture
def desk(world):
    return Desk(world, 2018)


@pytest.fixture
def secretary(world):
    return world.user("SECRETARY", "DB01-01")


def download(client, user, code="DB01-01"):
    client.force_login(user)
    return client.get(reverse("rating_workbook", args=[code, "2018"]))


def cells_of(content):
    """[[cell as text]] of the sheet to fill in, its headings first."""
    book = open_book("phieu.xlsx", content, store.limits())
    return [["" if cell is None else str(cell) for cell in row] for row in list(book.rows(0))[HEAD - 1 :]]


class FilledIn:
    """The workbook as its reader fills it in: pasted text stands for the saved file."""

    def __init__(self, content):
        self.titles, *self.rows = cells_of(content)
        self.rows = [row + [""] * (len(self.titles) - len(row)) for row in self.rows]

    def put(self, name, **columns):
        row = next(row for row in self.rows if name in row)
        for title, value in columns.items():
            row[self.titles.index(title.replace("_", " "))] = value

    @property
    def text(self):
        return table(self.titles, *self.rows)


def sent_back(filled, user):
    run = store.open_pasted_run(kind_of(KIND), filled.text, by=user)
    store.look_at_once(run)
    assert run.state == RunState.JUDGED
    return Brought(run)


def write(brought):
    return Brought(store.write(brought.run, job(brought.run)))


@pytest.fixture
def filled(client, secretary, desk):
    return FilledIn(download(client, secretary).content)


def level(desk, rank):
    return desk.period.scheme.levels.get(rank=rank).member_label


def test_it_goes_out_with_names_hidden_columns_and_lists(client, secretary, desk):
    desk.rate(An=2)
    answer = download(client, secretary)
    assert answer["Content-Disposition"] == 'attachment; filename="phieu-2018-DB01-01.xlsx"'
    titles, an, binh = cells_of(answer.content)
    assert titles[:8] == ["Kỳ", "Mã chi bộ", "Số hồ sơ", "Bản", "Dấu", "STT", "Họ và tên", "Ngày sinh"]
    assert (an[0], an[1], an[3], an[6:9]) == ("K/2018", "DB01-01", "1", ["Lê An", "15/06/1980", level(desk, 2)])
    assert (binh[3], binh[6:9]) == ("0", ["Võ Bình", "15/06/1980"])
    with ZipFile(BytesIO(answer.content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "sheetProtection" in xml
        assert xml.count("<dataValidation ") == 2
        assert 'min="1" max="5"' in xml and 'hidden="1"' in xml


def test_what_was_filled_in_is_typed_into_the_draft(desk, secretary, filled):
    filled.put("Lê An", Mức_xếp_loại=level(desk, 2), Ghi_chú="Đi học")
    filled.put("Võ Bình", Lý_do_không_xếp_loại=desk.why("mien").label, Giải_trình="Nghỉ từ tháng 6")
    done = write(sent_back(filled, secretary))
    assert done.counts == {"tao": 2}
    lines = {line.member.full_name: line for line in MemberRating.objects.filter(voided=None)}
    assert (lines["Lê An"].proposed, lines["Lê An"].note) == (2, "Đi học")
    assert (lines["Võ Bình"].reason.code, lines["Võ Bình"].justification) == ("mien", "Nghỉ từ tháng 6")
    assert desk.state("DB01-01") == "draft"
    assert sent_back(filled, secretary).counts == {"giu": 2}  # the same file again


def test_it_comes_back_as_a_file_through_the_wizard(client, desk, secretary, filled):
    filled.put("Lê An", Mức_xếp_loại=level(desk, 2))
    buffer = BytesIO()
    with Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([["Phiếu xếp loại"], [], filled.titles, *filled.rows]):
            sheet.write_row(n, 0, [int(cell) if cell.isdecimal() else cell for cell in row])
    client.force_login(secretary)
    sent = {"loai": KIND, "tep": SimpleUploadedFile("phieu.xlsx", buffer.getvalue())}
    page = client.post(reverse("imports"), sent, follow=True)
    assert "Kết quả xem thử, chưa ghi gì" in page.content.decode()
    run = page.context["run"]
    client.post(reverse("import_run", args=[run.pk]), {"buoc": "ghi"})
    assert desk.line("An").proposed == 2


def test_a_row_left_as_it_was_leaves_what_others_typed(desk, secretary, filled):
    desk.rate(An=3)
    filled.put("Võ Bình", Mức_xếp_loại=level(desk, 2))
    done = write(sent_back(filled, secretary))
    assert done.counts == {"giu": 1, "tao": 1}
    assert (desk.line("An").proposed, desk.line("Bình").proposed) == (3, 2)


def test_what_somebody_else_typed_since_is_shown_and_asked(world, desk, secretary, filled):
    desk.rate(An=3, Bình=3)
    filled.put("Lê An", Mức_xếp_loại=level(desk, 2))
    filled.put("Võ Bình", Mức_xếp_loại=level(desk, 2))
    asked = sent_back(filled, secretary)
    assert asked.counts == {"hoi": 2}
    question = asked.rows[2]["question"]
    assert question["text"].startswith("Sau khi tải phiếu, van-phong ngày ")
    assert question["text"].endswith(" đã ghi “Hoàn thành nhiệm vụ”; tệp ghi “Hoàn thành tốt nhiệm vụ”.")
    assert [answer for answer, _ in question["options"]] == ["tep", "bo"]
    done = answered(asked, row_2="tep", row_3="bo")
    assert done.counts == {"sua": 1, "bo": 1}
    assert done.rows[2]["changes"] == [["Xếp loại", "“Hoàn thành nhiệm vụ”", "“Hoàn thành tốt nhiệm vụ”"]]
    write(done)
    assert (desk.line("An").proposed, desk.line("Bình").proposed) == (2, 3)


def test_an_empty_cell_erases_nothing(client, desk, secretary):
    desk.rate(An=2)
    filled = FilledIn(download(client, secretary).content)
    filled.put("Lê An", Mức_xếp_loại="", Ghi_chú="Đi học")
    write(sent_back(filled, secretary))
    assert (desk.line("An").proposed, desk.line("An").note) == (2, "Đi học")


def test_a_sheet_handed_in_meanwhile_is_refused_in_words(desk, secretary, filled):
    filled.put("Lê An", Mức_xếp_loại=level(desk, 2))
    desk.rate(An=3, Bình=2)
    desk.submit("DB01-01")
    done = sent_back(filled, secretary)
    assert done.counts == {"loi": 2}
    assert done.reasons(2) == ["Phiếu đã nộp; việc nhập xếp loại cần phiếu nháp. Phần đã ghi vẫn ở trong tệp."]


def test_another_cell_and_another_office_type_nothing(world, desk, filled):
    filled.put("Lê An", Mức_xếp_loại=level(desk, 2))
    beside, department = world.user("SECRETARY", "DB01-02"), world.user("ORGANIZATION", "K")
    done = sent_back(filled, beside)
    assert done.reasons(2) == ["Việc nhập xếp loại là của bí thư chi bộ. Phần đã ghi vẫn ở trong tệp."]
    assert [RatingSheetImport.is_open_to(user) for user in (beside, department)] == [True, False]


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("Họ_và_tên", "Võ Bình", "Số hồ sơ và họ tên không khớp nhau."),
        ("Số_hồ_sơ", "999999", "Số hồ sơ và họ tên không khớp nhau."),
        ("Mã_chi_bộ", "DB99", "Không có phiếu của chi bộ này trong kỳ."),
        ("Mức_xếp_loại", "Giỏi", "Không hiểu “Giỏi”."),
    ],
)
def test_a_row_that_was_meddled_with_is_told(desk, secretary, filled, column, value, sentence):
    filled.put("Lê An", **{column: value})
    assert sent_back(filled, secretary).reasons(2)[0].startswith(sentence)


def test_a_file_of_no_period_is_told(desk, secretary, filled):
    for row in filled.rows:
        row[0] = "K/20x8"
    done = sent_back(filled, secretary)
    assert done.reasons(2)[0].startswith("Không rõ phiếu của kỳ nào. Hãy tải phiếu mới")


def test_what_a_rule_asks_is_answered_in_the_file(desk, secretary, filled):
    Rule.objects.filter(scheme=desk.period.scheme, code=Rule.Code.CAP).update(strength=Strength.ASK, enabled=True)
    desk.period.scheme.caps.update(enabled=True)
    filled.put("Lê An", Mức_xếp_loại=level(desk, 1))
    filled.put("Võ Bình", Mức_xếp_loại=level(desk, 2))
    done = sent_back(filled, secretary)
    assert done.counts == {"loi": 1, "tao": 1}
    assert done.reasons(2)[0].endswith("Hãy ghi vào cột “Lý do vượt tỷ lệ” của dòng này rồi nhập lại.")
    filled.put("Lê An", Lý_do_vượt_tỷ_lệ="Giải thưởng quốc gia")
    write(sent_back(filled, secretary))
    assert (desk.line("An").proposed, desk.sheet("DB01-01").over_cap) == (1, "Giải thưởng quốc gia")


def test_it_is_undone_whole(desk, secretary, filled):
    desk.rate(Bình=3)
    before = standing()
    filled.put("Lê An", Mức_xếp_loại=level(desk, 2))
    done = write(sent_back(filled, secretary))
    undo(done.run.change, by=secretary, on=TODAY, reason="nhầm tệp")
    assert {name: (+before[name], +now) for name, now in standing().items() if now != before[name]} == {}


def test_another_secretary_does_not_take_it_back(world, desk, secretary, filled):
    filled.put("Lê An", Mức_xếp_loại=level(desk, 2))
    run = write(sent_back(filled, secretary)).run
    other = world.user("SECRETARY", "DB01-02")
    with refused(NOT_HIS):
        store.take_back(run, by=other, reason="nhầm tệp")
    store.take_back(run, by=secretary, reason="nhầm tệp")


def test_a_committee_takes_those_of_all_its_cells(client, world, desk):
    desk.rate(Chi=2, Dung=2)
    desk.submit("DB01-02")
    answer = download(client, world.user("COMMITTEE", "DB01"), "DB01")
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["phieu-2018-DB01-01.xlsx"]
        assert len(cells_of(archive.read("phieu-2018-DB01-01.xlsx"))) == 3
    assert download(client, world.user("SECRETARY", "DB01-02"), "DB01-02").status_code == 404  # handed in


@pytest.mark.parametrize(
    ("role", "office", "code", "status"),
    [
        ("SECRETARY", "DB01-01", "DB01-01", 200),
        ("SECRETARY", "DB01-02", "DB01-01", 404),
        ("COMMITTEE", "DB01", "DB01-01", 200),
        ("COMMITTEE", "DB02", "DB01", 404),
        ("ORGANIZATION", "K", "DB01-01", 200),
        ("ORGANIZATION", "K", "K", 404),  # one committee at a time
    ],
)
def test_who_sees_a_sheet_takes_it_along(client, world, desk, role, office, code, status):
    assert download(client, world.user(role, office), code).status_code == status
