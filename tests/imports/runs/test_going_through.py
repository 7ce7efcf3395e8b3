"""A file on its way: nothing is written before, once after, in one act; whatever happens between is told."""

from datetime import date

import pytest

from imports.kinds.registry import KINDS, kind_of
from imports.models import ImportLimits, ImportRun, KnownHeading, RunState
from imports.reading.open_file import open_book
from imports.runs import store
from imports.runs.going_through import ChangedSince
from imports.workbooks import returned, template
from ledger.acts import Refused
from ledger.models import Change
from members.models import Member
from tests.imports.by_file import files_kept, job, looked_at, opened, table, written
from tests.imports.kinds.test_members import HEADER, HOA, ON, TAM
from tests.imports.reading.makers import data, raw_xlsx
from tests.imports.reading.makers import written as workbook

TEXT = table(HEADER, HOA, TAM)


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def test_to_look_writes_nothing(office):
    people, acts = Member.objects.count(), Change.objects.count()
    brought = looked_at("dang-vien", TEXT, office, on=ON)
    assert brought.counts == {"tao": 2}
    assert (Member.objects.count(), Change.objects.count()) == (people, acts)
    assert brought.run.state == RunState.JUDGED


def test_it_is_written_once(office):
    run = looked_at("dang-vien", TEXT, office, on=ON).run
    store.write(run, job(run))
    with pytest.raises(Refused, match="đã được ghi"):
        store.write(run, job(run))
    run.refresh_from_db()
    assert (run.state, files_kept(run)) == (RunState.DONE, 0)
    assert Member.objects.filter(full_name="Bùi Tám").count() == 1


def test_a_page_left_open_does_not_bring_a_written_file_back(office):
    run = looked_at("dang-vien", TEXT, office, on=ON).run
    left_open, said = ImportRun.objects.get(pk=run.pk), job(run)
    store.write(run, said)
    for press in (
        lambda: store.look(left_open, said),
        lambda: store.answer(left_open, {"3": "khac"}),
        lambda: store.lay_out(left_open, store.layout_of(left_open), {"tu_ngay": "31/12/2017"}),
        lambda: store.look_elsewhere(left_open, sheet=0, header=1, header_rows=1, given={}),
    ):
        with pytest.raises(Refused, match="đã được ghi"):
            press()
    left_open.refresh_from_db()
    assert (left_open.state, files_kept(left_open)) == (RunState.DONE, 0)


def test_what_changed_since_it_was_looked_at_is_told_and_nothing_written(world, office):
    run = looked_at("dang-vien", TEXT, office, on=ON).run
    written("dang-vien", table(HEADER, HOA), office, on=ON)
    acts = Change.objects.count()
    with pytest.raises(ChangedSince, match="đã thay đổi từ lúc xem thử"):
        store.write(run, job(run))
    run.refresh_from_db()
    assert (run.state, run.report["counts"]) == (RunState.JUDGED, {"giu": 1, "tao": 1})
    assert Change.objects.count() == acts
    store.write(run, job(run))
    assert Member.objects.filter(full_name="Bùi Tám").exists()


def test_a_file_of_which_nothing_is_to_be_written_is_refused(office):
    written("dang-vien", TEXT, office, on=ON)
    run = looked_at("dang-vien", TEXT, office, on=ON).run
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        store.write(run, job(run))


def test_a_run_that_was_cut_off_goes_on(office):
    run = looked_at("dang-vien", TEXT, office, on=ON).run
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.WRITING)
    assert store.write(run, job(run)).state == RunState.DONE


def test_the_bad_rows_come_back_corrected_and_are_fed_in_again(office):
    """Half of the file is right; the other half comes back with its reasons, is put right and is all there is to do."""
    bad = (*TAM[:2], "13/13/1969", *TAM[3:])
    run = written("dang-vien", table(HEADER, HOA, bad), office, on=ON).run
    book = open_book("can-sua.xlsx", returned.workbook(run, kind_of(run.kind)), store.limits())
    header, row = book.rows(0)
    assert row[header.index(returned.WHY)].startswith("Ngày sinh: ")
    assert row[header.index(returned.ROW)] == 3
    corrected = ["1969" if title == "Ngày sinh" else cell or "" for title, cell in zip(header, row, strict=True)]
    text = table(header, [str(cell) for cell in corrected])
    assert written("dang-vien", text, office, on=ON).counts == {"tao": 1}
    assert looked_at("dang-vien", text, office, on=ON).counts == {"giu": 1}


def test_a_text_longer_than_a_cell_of_excel_comes_back_cut_and_not_lost(office):
    row = (*TAM[:2], "13/13/1969", *TAM[3:5], "x" * 40_000, *TAM[6:])
    run = written("dang-vien", table(HEADER, HOA, row), office, on=ON).run
    book = open_book("can-sua.xlsx", returned.workbook(run, kind_of(run.kind)), store.limits())
    _, row = book.rows(0)
    assert "x" * 32_767 in row


def test_headings_are_remembered_for_the_next_file(office):
    rows = [("Đồng chí", "Chi bộ"), ("Lê An", "DB01-01")]
    run = store.open_pasted_run(kind_of("dang-vien"), table(*rows), by=office)
    with pytest.raises(Refused, match="Họ và tên"):
        store.layout_of(run)
    layout = store.Layout.stored(run.layout)
    layout.names = ["ho_ten", "chi_bo"]
    store.lay_out(run, layout, {"tu_ngay": "31/12/2017"})
    assert store.open_pasted_run(kind_of("dang-vien"), table(*rows), by=office).layout["names"] == ["ho_ten", "chi_bo"]
    assert KnownHeading.objects.get(heading="Đồng chí").column == "ho_ten"


def test_a_text_taken_for_a_heading_is_not_remembered(office):
    rows = [("Họ tên", "Ghi chú " * 100), ("Lê An", "")]
    store.lay_out(run := store.open_pasted_run(kind_of("dang-vien"), table(*rows), by=office), store.layout_of(run), {})
    assert [known.heading for known in KnownHeading.objects.all()] == ["Họ tên"]


def test_cells_pasted_side_by_side_have_an_end(office):
    wide = table(["Họ tên", *(f"Cột {n}" for n in range(store.limits().columns))])
    with pytest.raises(Refused, match="rộng quá giới hạn 200 cột"):
        store.open_pasted_run(kind_of("dang-vien"), wide, by=office)


def test_what_was_said_of_rows_of_one_sheet_is_not_said_of_another(office):
    def fill(book):
        for name in ("Một", "Hai"):
            book.add_worksheet(name).write_row(0, 0, ["Họ tên", "Chi bộ"])

    run = store.open_run(kind_of("dang-vien"), "tệp.xlsx", [workbook(fill)], by=office)
    store.answer(run, {"5": "khac"})
    store.look_elsewhere(run, sheet=0, header=1, header_rows=2, given={})
    assert run.answers == {"5": "khac"}
    store.look_elsewhere(run, sheet=1, header=1, header_rows=1, given={})
    assert run.answers == {}


def test_signs_that_no_database_keeps_are_left_out(office):
    cells = "".join(
        f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in (("A1", "Họ_x0000_ tên"), ("B1", "Chi bộ"), ("A2", "Lê_x0000_ An"), ("B2", "DB01-01"))
    )
    run = store.open_run(kind_of("dang-vien"), "tệp.xlsx", [raw_xlsx(data(f"<row>{cells}</row>"))], by=office)
    store.lay_out(run, store.layout_of(run), {"tu_ngay": "31/12/2017"})
    assert store.look(run, job(run)).rows[0]["texts"]["ho_ten"] == "Lê An"


def test_contents_that_nobody_came_back_to_are_forgotten(office):
    run = opened("dang-vien", TEXT, office)
    assert opened("dang-vien", TEXT, office).pk == run.pk  # the same file is the same run
    ImportLimits.objects.update(days_kept=0)
    opened("dang-vien", table(HEADER, TAM), office)
    run.refresh_from_db()
    assert (run.state, files_kept(run)) == (RunState.DROPPED, 0)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_a_template_is_read_back_as_it_was_made(kind, db):
    book = open_book("mau.xlsx", template.workbook(kind), store.limits())
    header = next(iter(book.rows(book.sheets.index("Dữ liệu"))))
    assert [text.removesuffix(" *") for text in header] == [column.label for column in kind.columns]
    run = store.Layout.guessed(book, kind.columns, {})
    assert run.names == [column.name for column in kind.columns]


def test_a_halved_chunk_finds_each_row_that_the_register_refuses(office, world):
    """Two people bear one card: nothing judged alone says so, only the register does when both are written."""
    rows = [
        (f"Trần Văn {name}", *HOA[1:4], f"9000000{n}", *HOA[5:]) for n, name in enumerate(("Ba", "Bốn", "Năm", "Sáu"))
    ]
    rows[2] = (*rows[2][:4], "90000001", *rows[2][5:])
    brought = written("dang-vien", table(HEADER, *rows), office, on=ON)
    assert brought.counts in ({"tao": 3, "loi": 1}, {"tao": 3, "hoi": 1})
    assert Member.objects.filter(card_number="90000001").count() == 1


def test_a_column_of_another_year_keeps_its_day(office):
    run = opened("dang-vien", TEXT, office, on=date(2016, 12, 31))
    store.look(run, job(run))
    assert "từ 31/12/2016" in run.report["rows"][0]["told"]
