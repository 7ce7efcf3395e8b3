"""The verbs of an import as it goes its way: opened, laid out, looked at, written, dropped. What is written of the register
is written by the act of going_through alone.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from hashlib import file_digest
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from imports.columns.column import loose_key
from imports.columns.headings import header_at
from imports.columns.layout import FileRows, Layout
from imports.kinds.kind import ImportKind, Job
from imports.kinds.registry import kind_of
from imports.models import ImportLimits, ImportRun, KnownHeading, RunPiece, RunState
from imports.reading.book import Book
from imports.reading.open_file import Limits, open_book, open_pasted
from imports.reading.scratch import Scratch
from ledger import clock
from ledger.acts import Refused
from ledger.models import User
from ledger.numbers import day_in_words
from ledger.text import clean, search_key

from . import pieces
from .going_through import ChangedSince, carry_through
from .report import Report

Of = RunPiece.Of
PASTED, UNNAMED = "ô dán từ bảng tính", "tệp"
WAITS = (RunState.READ, RunState.JUDGED)
LONGEST_HEADING = KnownHeading._meta.get_field("heading").max_length or 0  # longer ones are a text taken for a header
GONE = "Tệp này đã được ghi hoặc đã bỏ. Hãy mở lại trang Nhập dữ liệu."


def limits() -> Limits:
    row = ImportLimits.objects.first() or ImportLimits()
    return Limits(
        megabytes=row.megabytes,
        rows=row.rows,
        columns=row.columns,
        seconds=row.seconds,
        memory_megabytes=row.memory_megabytes,
    )


def open_run(kind: type[ImportKind], name: str, chunks: Iterable[bytes], *, by: User, anew: bool = False) -> ImportRun:
    """Reads a file, which comes in chunks, and guesses at its header and columns. Refused when it cannot be read. The same
    file again, while it waits, is the run that was opened for it, unless it is to be gone through `anew`.
    """
    file = Scratch.holding(chunks)
    book = open_book(name, file, limits())
    told = clean(name)[-190:] or UNNAMED
    run = ImportRun(kind=kind.code, by=by, name=f"{told} ({UNNAMED})" if told == PASTED else told)
    return _opened(run, book, kind, file, anew=anew)


def open_pasted_run(kind: type[ImportKind], text: str, *, by: User) -> ImportRun:
    """As `open_run`, for cells pasted out of a spreadsheet."""
    run = ImportRun(kind=kind.code, by=by, name=PASTED)
    return _opened(run, open_pasted(text, limits()), kind, Scratch.holding([text.encode()]))


def _opened(run: ImportRun, book: Book, kind: type[ImportKind], file: Scratch, *, anew: bool = False) -> ImportRun:
    _forget_old()
    run.digest = _digest(file)
    waiting = ImportRun.objects.filter(by=run.by, kind=run.kind, digest=run.digest, name=run.name)
    if not anew and (same := waiting.filter(state__in=WAITS).first()):
        return same
    run.layout = Layout.guessed(book, kind.columns, remembered(kind.code)).kept()
    with transaction.atomic(savepoint=False):
        run.save()
        pieces.keep(run, Of.FILE, file)
    return run


def _digest(file: Scratch) -> str:
    with file.open() as opened:
        return file_digest(opened, "sha256").hexdigest()


def _forget_old() -> None:
    """The contents of files that nobody came back to are not kept (days_kept of the limits)."""
    row = ImportLimits.objects.first() or ImportLimits()
    old = timezone.now() - timedelta(days=row.days_kept)
    waiting = Q(state__in=(RunState.READ, RunState.JUDGED, RunState.WRITING))
    with transaction.atomic(savepoint=False):
        RunPiece.objects.filter(of=Of.FILE, run__in=ImportRun.objects.filter(waiting, since__lt=old)).delete()
        ImportRun.objects.filter(waiting, since__lt=old).update(state=RunState.DROPPED)


def remembered(kind: str) -> dict[str, str]:
    """{heading key: column name, "" for one that is not read}, as somebody said before."""
    rows = KnownHeading.objects.filter(kind=kind).values_list("heading", "column")
    return {loose_key(heading): column for heading, column in rows}


def book_of(run: ImportRun) -> Book:
    """The file of `run` opened again. Refused when its content is no longer kept."""
    file = pieces.kept(run, Of.FILE)
    if not file.size:
        raise Refused(GONE)
    if run.name != PASTED:
        return open_book(run.name, file, limits())
    with file.open() as pasted:
        return open_pasted(pasted.read().decode())


def layout_of(run: ImportRun) -> Layout:
    """How the file of `run` is read, as it was guessed or last said; Refused where a column that must be there is wanting."""
    layout = Layout.stored(run.layout)
    if missing := layout.missing(kind_of(run.kind).columns):
        raise Refused([f"Không tìm thấy cột “{column.label}” trong tệp." for column in missing])
    return layout


def job_of(run: ImportRun, kind: type[ImportKind], user: User) -> Job:
    """What a run is gone through with. Refused when what was typed for the whole file does not hold any more."""
    form = kind.form_class(run.given)
    if not form.is_valid():
        raise Refused([f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()])
    return Job(
        user=user,
        on=form.cleaned_data["tu_ngay"],
        source=run.name,
        document=form.paper(),
        reason=form.cleaned_data["ly_do"] or ("Nhập từ tệp" if kind.confidential else f"Nhập từ tệp {run.name}"),
        given=form.cleaned_data,
        answers={int(row): said for row, said in run.answers.items() if row.isdecimal()},
    )


def _keep(run: ImportRun, **values: Any) -> None:
    """Keeps `values` of a run that still waits; Refused for one that another page has written or dropped meanwhile."""
    if not ImportRun.objects.filter(pk=run.pk, state__in=WAITS).update(**values, since=timezone.now()):
        raise Refused(GONE)
    for name, value in values.items():
        setattr(run, name, value)


def look_elsewhere(run: ImportRun, *, sheet: int, header: int, header_rows: int, given: Mapping[str, str]) -> None:
    """Takes another sheet or row as the header: the columns are guessed anew. `given`: typed for the whole file so far."""
    kind = kind_of(run.kind)
    book = book_of(run)
    if not 0 <= sheet < len(book.sheets):
        raise Refused("Tệp không có trang tính này. Hãy chọn lại.")
    layout = Layout.of(book, header_at(book, sheet, header, header_rows), kind.columns, remembered(run.kind))
    answers = run.answers if sheet == run.layout.get("sheet") else {}  # what was said of rows of the other sheet
    _keep(run, layout=layout.kept(), given=dict(given), answers=answers, state=RunState.READ, report={})


def lay_out(run: ImportRun, layout: Layout, given: Mapping[str, str]) -> None:
    """What somebody said the columns are, remembered for the next file, and what was typed for the whole file."""
    _keep(run, layout=layout.kept(), given=dict(given))
    # A row of letters taken for the header would be told to whoever opens the list of headings.
    if not kind_of(run.kind).confidential:
        _remember(run.kind, layout)


def _remember(kind: str, layout: Layout) -> None:
    known = dict(KnownHeading.objects.filter(kind=kind).values_list("key", "column"))
    for heading, column in zip(layout.headings, layout.names, strict=False):
        key = search_key(heading)
        if key and len(heading) <= LONGEST_HEADING and known.get(key) != column:
            KnownHeading.objects.update_or_create(kind=kind, key=key, defaults={"heading": heading, "column": column})
            known[key] = column


def answer(run: ImportRun, answers: Mapping[str, str]) -> None:
    """Adds what was said about rows that were asked about, {row number: answer}."""
    if said := {row: said for row, said in answers.items() if said}:
        _keep(run, answers=run.answers | said)


def ask_anew(run: ImportRun) -> None:
    """Takes back all that was said about rows that were asked about."""
    _keep(run, answers={})


def look(run: ImportRun, job: Job) -> Report:
    """Judges every row and keeps what it came to; nothing of the register changes."""
    if run.state not in WAITS:
        raise Refused(GONE)
    kind, layout = kind_of(run.kind), Layout.stored(run.layout)
    report, _ = carry_through(kind, job, FileRows(book_of(run), layout, kind.columns))
    with transaction.atomic():
        _keep(run, report=report.kept(), state=RunState.JUDGED)
        pieces.keep_anew(run, Of.FAULTY, report.faulty)
    return report


def look_at_once(run: ImportRun) -> None:
    """A file that was made here is looked at as it is; one whose columns were changed is left to be laid out."""
    if run.state not in WAITS or Layout.stored(run.layout).missing(kind_of(run.kind).columns):
        return
    lay_out(run, layout_of(run), {"tu_ngay": day_in_words(clock.today())})
    look(run, job_of(run, kind_of(run.kind), run.by))


def write(run: ImportRun, job: Job) -> ImportRun:
    """Writes what was looked at, once: a second press waits, and is told that it is written.

    ChangedSince when the register has changed meanwhile: what it would be now is kept to be looked at.
    """
    kind, layout = kind_of(run.kind), Layout.stored(run.layout)
    if not ImportRun.objects.filter(pk=run.pk, state__in=(RunState.JUDGED, RunState.WRITING)).exists():
        raise Refused(GONE)
    ImportRun.objects.filter(pk=run.pk, state=RunState.JUDGED).update(state=RunState.WRITING, since=timezone.now())
    try:
        return _write(run.pk, kind, layout, job)
    except ChangedSince as changed:
        _back_to_look(run, changed.report)
        raise
    except Refused:
        _back_to_look(run, None)
        raise


@transaction.atomic
def _write(pk: int, kind: type[ImportKind], layout: Layout, job: Job) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=pk)
    if run.state != RunState.WRITING:
        raise Refused(GONE)
    report, change = carry_through(kind, job, FileRows(book_of(run), layout, kind.columns), run.report.get("seal", ""))
    run.report, run.state, run.change = report.kept(), RunState.DONE, change
    run.save()
    pieces.keep_anew(run, Of.FAULTY, report.faulty)
    pieces.forget(run, Of.FILE)
    return run


@transaction.atomic
def _back_to_look(run: ImportRun, report: Report | None) -> None:
    values: dict[str, Any] = {"state": RunState.JUDGED}
    if report:
        values["report"] = report.kept()
    if ImportRun.objects.filter(pk=run.pk, state=RunState.WRITING).update(**values) and report:
        pieces.keep_anew(run, Of.FAULTY, report.faulty)


def take_back(run: ImportRun, *, by: User, reason: str) -> None:
    """Undoes the act that wrote `run`, whole. Refused, naming what rests on it, when it can no longer be."""
    if run.change is None or run.change.undone_id:
        raise Refused("Lần nhập này chưa ghi gì, hoặc đã được hủy.")
    kind_of(run.kind).take_back(run.change, by=by, reason=reason)


def drop(run: ImportRun) -> None:
    """Nothing of it is written; what it holds is not kept."""
    with transaction.atomic():
        if ImportRun.objects.filter(pk=run.pk).exclude(state=RunState.DONE).update(state=RunState.DROPPED):
            pieces.forget(run, Of.FILE)
