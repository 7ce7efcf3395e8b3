"""Verbs of inspections and letters."""

from dataclasses import dataclass
from datetime import date

from ledger.acts import Refused, act, not_ahead, supersede
from ledger.numbers import day as in_words
from organizations import lineage

from .models import Inspection, InspectionSubject, Letter


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An inspection with its subjects: [(organization, done_on or None)]. `planned`: stood in the year's plan."""

    year: int
    kind: str
    title: str
    conductor: object
    subjects: tuple
    planned: bool = True


def register_inspections(rows, *, by, on, document=None, reason=""):
    """Puts inspections on record, carried out or still to come. Returns them."""
    rows = list(rows)
    with act(
        "Ghi kế hoạch, kết quả kiểm tra, giám sát", by=by, on=on, document=document, reason=reason, undoable=True
    ) as change:
        for row in rows:
            if not row.subjects:
                raise Refused(f"{row.title}: chưa có tổ chức nào được kiểm tra, giám sát.")
            for organization, done_on in row.subjects:
                if organization.pk == row.conductor.pk:
                    raise Refused(f"{row.title}: tổ chức tiến hành không thể tự kiểm tra chính mình.")
                _check_day(row.year, done_on, row.title)
        lineage.require_standing((o, d, row.title) for row in rows for o, d in row.subjects if d)
        made = Inspection.objects.bulk_create(
            Inspection(year=r.year, kind=r.kind, title=r.title, conductor=r.conductor, added=change) for r in rows
        )
        InspectionSubject.objects.bulk_create(
            InspectionSubject(inspection=i, organization=o, planned=row.planned, done_on=done_on, added=change)
            for i, row in zip(made, rows, strict=True)
            for o, done_on in row.subjects
        )
        return made


def carry_out(subjects, *, by, on, document=None, reason=""):
    """`subjects`: {InspectionSubject: day it was done}."""
    with act("Hoàn thành kiểm tra, giám sát", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        for subject, done_on in subjects.items():
            _check_day(subject.inspection.year, done_on, subject.inspection.title)
        lineage.require_standing((s.organization, day, s.inspection.title) for s, day in subjects.items())
        supersede([(subject, {"done_on": day}) for subject, day in subjects.items()], change)


def _check_day(year, done_on, title):
    if done_on:
        not_ahead(done_on, title)
    if done_on and done_on.year != year:
        raise Refused(f"{title}: ngày hoàn thành {in_words(done_on)} không thuộc năm {year} của kế hoạch.")


@dataclass(frozen=True, kw_only=True)
class Received:
    number: str
    organization: object
    received_on: date
    due_on: date
    accepted_on: date | None = None
    resolved_on: date | None = None


def register_letters(rows, *, by, on, document=None, reason=""):
    """Puts letters on record."""
    rows = list(rows)
    with act("Ghi đơn thư tố cáo", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        for row in rows:
            _check_letter(row)
        lineage.require_standing((row.organization, row.received_on, f"Đơn {row.number}") for row in rows)
        return Letter.objects.bulk_create(Letter(**vars(row), added=change) for row in rows)


def _check_letter(row):
    for day in (row.received_on, row.accepted_on, row.resolved_on):
        if day:
            not_ahead(day, f"Đơn {row.number}")
    if row.accepted_on and row.accepted_on < row.received_on:
        raise Refused(f"Đơn {row.number}: ngày thụ lý trước ngày nhận.")
    if row.due_on < (row.accepted_on or row.received_on):
        raise Refused(f"Đơn {row.number}: hạn giải quyết trước ngày thụ lý.")
    if row.resolved_on and (row.accepted_on is None or row.resolved_on < row.accepted_on):
        raise Refused(f"Đơn {row.number}: giải quyết xong phải sau khi thụ lý.")


def resolve_letters(rows, *, by, on, document=None, reason=""):
    """`rows`: {Letter: day it was resolved}."""
    with act("Giải quyết đơn thư tố cáo", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        for letter in supersede([(letter, {"resolved_on": day}) for letter, day in rows.items()], change):
            _check_letter(letter)


def work_left_behind(organizations, day):
    """Guard of organizations/reorganize.py: no inspection may have been carried out in an organization after its end."""
    late = InspectionSubject.objects.filter(voided__isnull=True, organization__in=organizations, done_on__gte=day)
    for code in set(late.values_list("organization__code", flat=True)):
        yield f"Tổ chức {code} có lượt kiểm tra, giám sát từ ngày {in_words(day)} trở đi; ngày kết thúc phải sau đó."
