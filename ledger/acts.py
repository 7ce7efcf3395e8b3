"""How state changes: each verb is one act, whole or not at all, under one Change (design §3, §4)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from zlib import crc32

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.db.models.constraints import BaseConstraint

from . import clock, days
from .models import Change, Document, Recorded, Spell, User
from .verbs import LedgerVerb

WRITERS = 0x6B686F69  # the advisory lock that verbs share and a closing holds alone (shapes §8)
TURNS, LANES = 0x6B68, 64  # advisory locks of acts that name the same people
Row = TypeVar("Row", bound=Recorded)
SpellRow = TypeVar("SpellRow", bound=Spell)


class Refused(ValidationError):
    """An act that a rule forbids. The message is a sentence for the person who asked."""


UNCHANGED = "Không có gì thay đổi so với những gì đang ghi, nên không ghi thêm việc nào."


class _Writes:
    """Whether anything is written while it stands as an execute wrapper."""

    some = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        word = sql.lstrip()[:6].upper()
        if word == "INSERT" or (word in ("UPDATE", "DELETE") and context["cursor"].rowcount > 0):
            self.some = True
        return result


@contextmanager
def act(
    verb: str,
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    alone: bool = False,
    undoable: bool = False,
    detail: str = "",
) -> Iterator[Change]:
    """Opens the transaction of one verb and yields its Change.

    `verb`: a Verb; `detail`: what its words leave open.
    `on`: the day from which the act holds; not in the future. `document`: the paper, of a day that has come; one that is not
    saved comes into the books with the act, so that nobody who waits for his turn holds what another is to mention.
    `alone`: wait until no other verb is writing.
    `undoable`: all it does is add and void rows, so that ledger/undo.py can take it back whole.
    Raises Refused when `on` lies ahead or is impossible, when nothing was written (an act says that something changed),
    and when the database's own rules refuse what was written.
    """
    try:
        with clock.fixed(), _of_possible_days(on, document), transaction.atomic():
            if connection.vendor == "postgresql":
                kind = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT {kind}(%s)", [WRITERS])
            paper = document and recorded(document)
            change = Change.objects.create(
                verb=verb, detail=detail, by=by, on=on, document=paper, reason=reason, undoable=undoable
            )
            with connection.execute_wrapper(writes := _Writes()):
                yield change
            if not writes.some:
                raise Refused(UNCHANGED)
    except IntegrityError as error:
        raise Refused(_sentence(error)) from error


@contextmanager
def part() -> Iterator[None]:
    """Inside an act: a part of it that is written whole or not at all, so that the rest can go on. Refused as of `act`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(_sentence(error)) from error


def wait_turn(words: Iterable[str]) -> None:
    """Inside a transaction: it waits for every other one that names one of `words`, and they for it, to their ends.

    In the one order of locks after the act itself and before any row. Words share a few lanes, so that an act which
    names thousands holds no more locks than these; two words of one lane wait in vain at worst. SQLite lets one act
    write at a time.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for lane in sorted({crc32(word.encode()) % LANES for word in words}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TURNS, lane])


def recorded(paper: Document) -> Document:
    """`paper` as it stands in the books, by its number, date and issuer; recorded on first mention."""
    if paper.pk:
        return paper
    of_it = {"number": paper.number, "date": paper.date, "issuer": paper.issuer}
    return Document.objects.get_or_create(**of_it, defaults={"title": paper.title})[0]


@contextmanager
def _of_possible_days(on: date, document: Document | None) -> Iterator[None]:
    require_past(on)
    if document:
        require_past(document.date, f"Văn bản {document.number}")
    yield


def _sentence(error: IntegrityError) -> str:
    """The message of the constraint that the database named: SQLite names columns where PostgreSQL names it."""
    text = str(error)
    unnamed = BaseConstraint.default_violation_error_message
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.violation_error_message == unnamed:
                continue
            columns = [model._meta.get_field(name).column for name in getattr(constraint, "fields", ())]
            named = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
            if f"{constraint.name}" in text or (named and text.endswith(f": {named}")):
                return constraint.get_violation_error_message()
    return "Dữ liệu vừa ghi trái với một quy tắc của hệ thống; không có gì được lưu. Xin kiểm tra lại các dòng đã nhập."


def require_past(day: date, whom: str = "") -> None:
    """Raises Refused, naming `whom`, unless `day` has come and is possible (ledger/days.py)."""
    if fault := days.why_not_past(day):
        raise Refused(days.of(whom, fault))


def require_possible(day: date, whom: str = "") -> None:
    """As `require_past`, for a day that may lie ahead: a deadline, an end."""
    if fault := days.why_impossible(day):
        raise Refused(days.of(whom, fault))


def void(rows: QuerySet[Recorded], change: Change) -> int:
    """Marks `rows` (a queryset of Recorded rows) as taken back by `change`; returns how many."""
    return rows.filter(voided__isnull=True).update(voided=change)


def _copy(row: Row, change: Change, differences: Mapping[str, Any]) -> Row:
    copy = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    copy.pk, copy.added, copy.voided = None, change, None
    for name, value in differences.items():
        setattr(copy, name, value)
    return copy


def copies(rows: Iterable[Row], change: Change) -> list[Row]:
    """Unsaved copies of `rows` as `change` adds them."""
    return [_copy(row, change, {}) for row in rows]


def supersede(pairs: Iterable[tuple[Row, Mapping[str, Any]]], change: Change) -> list[Row]:
    """`pairs`: [(row, {field: new value})]. Voids the rows and inserts their copies with the differences; returns these."""
    pairs = list(pairs)
    if not pairs:
        return []
    model = type(pairs[0][0])
    void(model._base_manager.filter(pk__in=[row.pk for row, _ in pairs]), change)
    return model._base_manager.bulk_create(_copy(row, change, differences) for row, differences in pairs)


def says_more(row: Recorded, values: Mapping[str, Any], change: Change) -> bool:
    """Whether `change` says of `row` what does not stand already: one of `values`, {field: value}, or a paper of its own.

    What it says again is not written again, so that an act of which nothing is left is refused as UNCHANGED: a form
    sent twice.
    """
    if any(getattr(row, name) != value for name, value in values.items()):
        return True
    return change.document_id not in (None, row.added.document_id)


def close(rows: Iterable[SpellRow], change: Change, day: date) -> list[SpellRow]:
    """Ends the spells `rows` on `day`: voids each and inserts its shorter copy, so the past stays recomputable.

    A spell that would have begun on `day` or later leaves nothing behind; one that ended before stays as it is.
    Returns the shortened rows.
    """
    rows = [row for row in rows if row.ends > day]
    if not rows:
        return []
    begun = [row for row in rows if row.starts < day]
    void(type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows if row.starts >= day]), change)
    return supersede([(row, {"ends": day}) for row in begun], change)


def take_back(rows: QuerySet[Recorded], *, by: User, on: date, reason: str) -> int:
    """The verb that corrects: voids `rows` (a queryset) under one Change with its reason. Returns how many."""
    if not reason:
        raise Refused("Hủy một dòng đã ghi cần nêu lý do.")
    if not rows.model.can_be_taken_back:
        raise Refused(f"Không hủy riêng một dòng “{rows.model._meta.verbose_name}”; hãy ghi một lần sắp xếp tổ chức.")
    with act(LedgerVerb.TAKE_BACK, by=by, on=on, reason=reason) as change:
        return void(rows, change)
