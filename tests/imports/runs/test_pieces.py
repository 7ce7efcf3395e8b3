"""What a run keeps by the piece: to the byte what was sent, read without being held; what was kept before is still there."""

import tracemalloc
from importlib import import_module

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from imports.columns.layout import FileRows
from imports.kinds.registry import kind_of
from imports.models import ImportRun, RunPiece
from imports.reading.open_file import open_book
from imports.reading.scratch import PIECE, Scratch
from imports.runs import pieces, store
from imports.runs.going_through import carry_through
from imports.runs.report import faulty_rows
from imports.workbooks import returned
from ledger.acts import Refused
from tests.imports.by_file import files_kept, job, looked_at, table
from tests.imports.kinds.test_members import HEADER, HOA

Of = RunPiece.Of
LINE = ";".join(HOA).encode() + b"\n"
HEAD = ";".join(HEADER).encode() + b"\n"


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def large(pieces_wanted):
    return HEAD + LINE * (pieces_wanted * PIECE // len(LINE))


def opened(content, user, name="danh sách.csv"):
    return store.open_run(kind_of("dang-vien"), name, [content], by=user)


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_pieces_put_together_are_the_file_to_the_byte(office, size):
    run = opened(HEAD + LINE, office)
    content = bytes(n * 31 % 251 for n in range(997)) * (size // 997 + 1)
    pieces.keep_anew(run, Of.FILE, Scratch.holding([content[:7], content[7:size]] if size > 7 else [content[:size]]))
    assert files_kept(run) == -(-size // PIECE)
    assert b"".join(pieces.kept(run, Of.FILE).pieces()) == content[:size]


def test_a_file_is_kept_as_it_came_and_read_again_from_its_pieces(office):
    content = large(2)
    sent = TemporaryUploadedFile("danh sách.csv", "text/csv", len(content), "utf-8")
    sent.write(content)
    run = store.open_run(kind_of("dang-vien"), sent.name, sent.chunks(), by=office)
    sent.close()
    assert files_kept(run) == -(-len(content) // PIECE) > 1
    assert b"".join(pieces.kept(run, Of.FILE).pieces()) == content
    assert list(store.book_of(run).rows(0)) == list(open_book("x.csv", content, store.limits()).rows(0))
    assert opened(content, office).pk == run.pk  # the same file, in one chunk


def test_a_file_that_is_too_heavy_leaves_nothing_behind(office):
    with pytest.raises(Refused, match="quá giới hạn"):
        store.open_run(kind_of("dang-vien"), "x.csv", (LINE * 10_000 for _ in range(100)), by=office)
    assert not ImportRun.objects.exists()
    assert not RunPiece.objects.exists()


def test_no_row_is_asked_for_before_those_before_it_are_judged(office, monkeypatch):
    """A file is never held: at any moment one chunk of its rows is."""
    kind = kind_of("dang-vien")
    monkeypatch.setattr(kind, "chunk", 3)
    run = looked_at("dang-vien", table(HEADER, *[HOA] * 10), office).run
    taken, judged = [0], []

    class Counted(FileRows):
        def __iter__(self):
            for line in super().__iter__():
                taken[0] += 1
                yield line

    whole = kind.judge
    monkeypatch.setattr(kind, "judge", lambda self, lines: judged.append((taken[0], len(lines))) or whole(self, lines))
    carry_through(kind, job(run), Counted(store.book_of(run), store.layout_of(run), kind.columns))
    assert judged == [(3, 3), (6, 3), (9, 3), (10, 1)]


def test_what_a_reading_takes_does_not_grow_with_the_file(office):
    """Opened, kept, fetched again and read to its end: ten times the file in the memory of one."""

    def most(megabytes):
        lines, line = 500 * megabytes, LINE.replace(b"\n", b" " * 2000 + b"\n")
        tracemalloc.start()
        chunks = (HEAD if n == 0 else line for n in range(lines))
        run = store.open_run(kind_of("dang-vien"), f"{megabytes}.csv", chunks, by=office)
        assert sum(1 for _ in store.book_of(run).rows(0)) == lines
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    most(1)
    assert most(8) < most(2) + PIECE


def test_every_row_to_put_right_comes_back_however_many_there_are(office, monkeypatch):
    monkeypatch.setattr("imports.runs.report.FEW_TOLD", 5)
    wrong = [(*HOA[:2], "31/02/1995", *HOA[3:])] * 40
    looked = looked_at("dang-vien", table(HEADER, *wrong), office)
    assert (looked.counts, looked.report["faults"], len(looked.report["rows"])) == ({"loi": 40}, 40, 5)
    assert [row["number"] for row in faulty_rows(looked.run)] == list(range(2, 42))
    book = open_book("can-sua.xlsx", returned.workbook(looked.run, kind_of("dang-vien")), store.limits())
    assert sum(1 for _ in book.rows(0)) == 41


def test_a_run_of_before_keeps_its_file_and_the_rows_that_were_not_written(office):
    wrong = (*HOA[:2], "31/02/1995", *HOA[3:])
    run = looked_at("dang-vien", table(HEADER, HOA, wrong), office).run
    was, content = ImportRun.objects.values_list("report", flat=True).get(), HEAD + LINE * 30_000
    returned_then = list(faulty_rows(run))
    RunPiece.objects.all().delete()
    with connection.cursor() as cursor:
        column = "BYTEA" if connection.vendor == "postgresql" else "BLOB"
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE imports_importrun ADD COLUMN content {column} NULL")
        cursor.execute("UPDATE imports_importrun SET content = %s", [content])
    ImportRun.objects.update(report={name: said for name, said in was.items() if name != "faults"})
    migration = import_module("imports.migrations.0004_files_by_the_piece")
    migration.take_apart(_apps_of("0004_files_by_the_piece"), None)
    run.refresh_from_db()
    assert b"".join(pieces.kept(run, Of.FILE).pieces()) == content
    assert files_kept(run) == -(-len(content) // PIECE) > 1
    assert list(faulty_rows(run)) == returned_then != []
    assert run.report == was


def _apps_of(migration):
    return MigrationLoader(connection).project_state([("imports", migration)]).apps
