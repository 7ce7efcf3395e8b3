"""A file of each kind cut off at each write in turn, wherever it is on its way: nothing half done stands, its page says where
it is, and to press again does it once.
"""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from imports.kinds.registry import KINDS, kind_of
from imports.models import ImportRun, RunPiece, RunState
from imports.reading.scratch import PIECE
from imports.runs import pieces, store
from ledger.acts import Refused
from ledger.models import Change
from tests.faults.fault import Fault, breaking_at, everything, writes_of
from tests.hand import signed_in_as
from tests.imports.by_file import files_kept, job
from tests.imports.runs.of_each_kind import FILES
from tests.imports.runs.test_pieces import HEAD, LINE
from tests.world import World

FEW = 3
CUTS = pytest.mark.parametrize("cuts", ["few", pytest.param("all", marks=pytest.mark.deep)])


@pytest.fixture(params=FILES)
def file(request, world):
    _, made = FILES[request.param]
    return made(world)


def test_every_kind_of_file_is_cut_off():
    assert {code for code, _ in FILES.values()} == KINDS.keys()


def register():
    """Every row but those of files on their way."""
    return {name: rows for name, rows in everything().items() if not name.startswith("imports_")}


def cut_off(do, cuts="all"):
    """Does it as often as it writes, or FEW times, each time no further than its n-th write; gives each n, once that is cut off."""
    writes = writes_of(do)
    assert writes > 1
    for n in range(writes) if cuts == "all" else sorted({writes * n // FEW for n in range(FEW)} | {writes - 1}):
        with breaking_at(n), pytest.raises(Fault):
            do()
        # A lone statement that never came to the database took nothing down with it; here the test's transaction is around it.
        if connection.in_atomic_block:
            transaction.set_rollback(False)
        yield n


def page_of(run):
    answer = signed_in_as(run.by).get(reverse("import_run", args=[run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_cut_off_while_it_is_kept(committed):
    """However many pieces it comes to: nothing of it is kept, the page lists none; to send it again opens one run, whole."""
    office, kind = World().user("ORGANIZATION", "K"), kind_of("dang-vien")
    content = HEAD + LINE * (2 * PIECE // len(LINE))

    def send():
        return store.open_run(kind, "danh sách.csv", [content], by=office)

    with breaking_at(10**6) as writes:
        send()
    assert writes.seen > 3  # what is old goes, the run, its pieces
    ImportRun.objects.all().delete()
    before = everything()
    for n in range(writes.seen):
        with breaking_at(n), pytest.raises(Fault):
            send()
        assert everything() == before, n
    assert "danh sách.csv" not in signed_in_as(office).get(reverse("imports")).content.decode()
    run = send()
    assert send() == run and ImportRun.objects.count() == 1
    assert b"".join(pieces.kept(run, RunPiece.Of.FILE).pieces()) == content


@CUTS
def test_cut_off_while_it_is_looked_at(file, cuts):
    """What it wrote to see whether it can be written is taken back however it ends; to look again is to look once."""
    run = file.opened()
    assert "Xem thử" in page_of(run)
    on_its_way, before = everything(), register()
    for n in cut_off(lambda: store.look(run, job(run)), cuts):
        assert everything() == on_its_way, n
        assert ImportRun.objects.get(pk=run.pk).state == RunState.READ, n
    run.refresh_from_db()
    report = store.look(run, job(run))
    assert register() == before
    assert ImportRun.objects.get(pk=run.pk).report["seal"] == report.seal
    assert "Kết quả xem thử, chưa ghi gì" in page_of(run)


def test_cut_off_while_it_is_written(file):
    look = file.looked_at()
    assert look.counts.get("hoi") is None and (look.counts.get("tao") or look.counts.get("sua")), look.rows
    run, before, acts = look.run, register(), Change.objects.count()
    said = job(run)
    for n in cut_off(lambda: store.write(run, said)):
        assert register() == before, n
        now = ImportRun.objects.get(pk=run.pk)
        # The first write says that it is being written.
        assert (now.state, files_kept(now)) == (RunState.WRITING if n else RunState.JUDGED, 1), n
    page = page_of(run)
    assert "Đang ghi từ" in page and "thì chưa có dòng nào được ghi" in page and "Ghi lại" in page
    assert store.write(run, said).state == RunState.DONE
    assert Change.objects.count() == acts + 1
    assert register() != before
    page = page_of(run)
    assert "<h2>Đã ghi</h2>" in page and "Ghi lại" not in page
    assert file.looked_at().counts.keys() <= {"giu", "loi"}


@CUTS
def test_cut_off_while_it_is_taken_back(file, cuts):
    run = file.looked_at().run
    run = store.write(run, job(run))
    written = everything()
    acts = Change.objects.count()

    def take_back():
        store.take_back(ImportRun.objects.get(pk=run.pk), by=run.by, reason="Nhầm tệp")

    for n in cut_off(take_back, cuts):
        assert everything() == written, n
    assert "Hủy cả lần nhập này" in page_of(run)
    take_back()
    assert Change.objects.count() == acts + 1
    assert "rồi hủy cả lần nhập" in page_of(run)
    with pytest.raises(Refused, match="đã được hủy"):
        take_back()
    assert Change.objects.count() == acts + 1
