"""Verbs of inspections: the plan of the year, what joins it and leaves it, what was carried out, what was found.

What already stands is written anew only with a reason: it is voided and inserted, as every correction. What says the
same as stands is not written at all.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from inspections.discipline.consequences import require_before
from inspections.models import Conclusion, Inspection, InspectionSubject
from inspections.verbs import InspectionVerb
from ledger.acts import Refused, act, says_more, supersede, void
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.text import clean, clean_lines
from organizations import lineage
from organizations.models import Organization

from .rules import (
    InspectionPlan,
    Key,
    NewConclusion,
    check_again,
    check_day,
    check_finding,
    check_new,
    check_places,
    named,
)


def register_inspections(
    rows: Iterable[InspectionPlan], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Inspection]:
    """Puts inspections on record, carried out or still to come. Returns them.

    Waits until nobody else is writing: what is new has no row yet to lock.
    """
    with act(
        InspectionVerb.REGISTER, by=by, on=on, document=document, reason=reason, alone=True, undoable=True
    ) as change:
        return register_within(rows, change)


def register_within(rows: Iterable[InspectionPlan], change: Change) -> list[Inspection]:
    """As `register_inspections`, inside another verb's act that waits until nobody else is writing."""
    rows = list(rows)
    for row in rows:
        if not clean(row.title):
            raise Refused("Cuộc kiểm tra, giám sát chưa có nội dung.")
        if not row.subjects:
            raise Refused(f"{row.title}: chưa có tổ chức nào được kiểm tra, giám sát.")
    check_places((row, o, d) for row in rows for o, d in row.subjects)
    check_new(rows)
    made = Inspection.objects.bulk_create(
        Inspection(year=r.year, kind=r.kind, title=r.title, conductor=r.conductor, added=change) for r in rows
    )
    InspectionSubject.objects.bulk_create(
        InspectionSubject(inspection=i, organization=o, planned=row.planned, done_on=done_on, added=change)
        for i, row in zip(made, rows, strict=True)
        for o, done_on in row.subjects
    )
    return made


def add_subjects(
    rows: Iterable[tuple[Inspection, Organization, date | None]],
    *,
    by: User,
    on: date,
    planned: bool = True,
    document: Document | None = None,
    reason: str = "",
) -> list[InspectionSubject]:
    """`rows`: [(Inspection, organization, done_on or None)]. `planned`: whether they join the year's plan. Returns them."""
    with act(InspectionVerb.ADD_SUBJECTS, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        return add_within(rows, change, planned=planned)


def add_within(
    rows: Iterable[tuple[Inspection, Organization, date | None]], change: Change, *, planned: bool
) -> list[InspectionSubject]:
    """As `add_subjects`, inside another verb's act."""
    rows = list(rows)
    inspections = _lock({inspection.pk for inspection, _, _ in rows})
    rows = [(_standing(inspections, inspection), o, d) for inspection, o, d in rows]
    check_places(rows)
    return InspectionSubject.objects.bulk_create(
        InspectionSubject(inspection=i, organization=o, planned=planned, done_on=d, added=change) for i, o, d in rows
    )


def drop(
    subjects: Iterable[InspectionSubject], *, by: User, on: date, reason: str, document: Document | None = None
) -> None:
    """Takes planned subjects out of the plan, with the reason; with its last subject an inspection goes, too."""
    if not clean(reason):
        raise Refused("Bỏ khỏi kế hoạch cần nêu lý do.")
    with act(InspectionVerb.DROP, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        standing_subjects = hold(subjects)
        for subject in standing_subjects.values():
            if subject.done_on:
                raise Refused(
                    f"{named(subject)}: đã hoàn thành ngày {day_in_words(subject.done_on)}, không bỏ khỏi kế hoạch được. "
                    "Nếu ghi nhầm, hãy hủy việc hoàn thành trước."
                )
        void(InspectionSubject.objects.filter(pk__in=standing_subjects), change)
        touched = {subject.inspection_id for subject in standing_subjects.values()}
        left = InspectionSubject.objects.standing().filter(inspection__in=touched)
        void(Inspection.objects.filter(pk__in=touched - set(left.values_list("inspection", flat=True))), change)


def carry_out(
    subjects: Mapping[InspectionSubject, date],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """`subjects`: {InspectionSubject: day it was done}."""
    with act(InspectionVerb.CARRY_OUT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        carry_out_within(subjects, change)


def carry_out_within(subjects: Mapping[InspectionSubject, date], change: Change) -> None:
    """As `carry_out`, inside another verb's act."""
    standing_subjects = hold(subjects)
    concluded = _conclusions(standing_subjects.values())
    pairs = [(standing_subjects[subject.pk], day) for subject, day in subjects.items()]
    for subject, day in pairs:
        sentence = f"{named(subject)}: đã hoàn thành ngày {day_in_words(subject.done_on)}"
        check_again(subject.done_on, change.reason, sentence)
        check_day(subject.inspection, day)
        if subject.key in concluded and concluded[subject.key].on < day:
            raise Refused(
                f"{named(subject)}: kết luận ngày {day_in_words(concluded[subject.key].on)}, "
                "trước ngày hoàn thành. Hãy sửa kết luận trước."
            )
    lineage.require_standing((s.organization, day, s.inspection.title) for s, day in pairs)
    require_before({subject.key: (named(subject), day) for subject, day in pairs})
    told = [(subject, {"done_on": day}) for subject, day in pairs]
    supersede([(subject, values) for subject, values in told if says_more(subject, values, change)], change)


def conclude(
    findings: Iterable[NewConclusion], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Conclusion]:
    """`findings`: [NewConclusion]; the paper of the act is the paper of the conclusions. Returns the new ones."""
    with act(InspectionVerb.CONCLUDE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        return conclude_within(findings, change)


def conclude_within(findings: Iterable[NewConclusion], change: Change) -> list[Conclusion]:
    """As `conclude`, inside another verb's act."""
    findings = list(findings)
    standing_subjects = hold([f.subject for f in findings])
    before = _conclusions(standing_subjects.values())
    for finding in findings:
        subject = standing_subjects[finding.subject.pk]
        check_finding(finding, subject, before.get(subject.key), change.reason)
    findings = [f for f in findings if _is_new(f, before.get(f.subject.key), change)]
    void(Conclusion.objects.filter(pk__in=[before[k].pk for f in findings if (k := f.subject.key) in before]), change)
    return Conclusion.objects.bulk_create(
        Conclusion(
            inspection_id=f.subject.inspection_id,
            organization_id=f.subject.organization_id,
            on=f.on,
            text=f.text,
            added=change,
        )
        for f in findings
    )


def _is_new(finding: NewConclusion, known: Conclusion | None, change: Change) -> bool:
    return known is None or says_more(known, {"on": finding.on, "text": clean_lines(finding.text)}, change)


def _conclusions(subjects: Iterable[InspectionSubject]) -> dict[Key, Conclusion]:
    """{key: Conclusion} that stand for `subjects`."""
    keys = {subject.key for subject in subjects}
    rows = Conclusion.objects.standing().filter(inspection__in={inspection for inspection, _ in keys})
    return {row.key: row for row in rows if row.key in keys}


def _lock(ids: Iterable[int]) -> dict[int, Inspection]:
    """{id: Inspection} locked in order."""
    rows = Inspection.objects.locked().select_related("conductor")
    return {row.pk: row for row in rows.filter(pk__in=sorted(ids)).order_by("pk")}


def _standing(held: Mapping[int, Inspection], inspection: Inspection) -> Inspection:
    row = held[inspection.pk]
    if row.voided_id:
        raise Refused(f"{row.title}: cuộc này đã bỏ khỏi kế hoạch hoặc đã hủy.")
    return row


def hold(subjects: Iterable[InspectionSubject]) -> dict[int, InspectionSubject]:
    """{id: InspectionSubject as it stands}, their inspections locked; Refused when one was written anew meanwhile."""
    subjects = list(subjects)
    _lock({subject.inspection_id for subject in subjects})
    rows = InspectionSubject.objects.standing().filter(pk__in=[s.pk for s in subjects])
    standing_subjects = {row.pk: row for row in rows.select_related("inspection", "organization")}
    for subject in subjects:
        if subject.pk not in standing_subjects:
            raise Refused(f"{named(subject)}: vừa được người khác ghi lại hoặc bỏ đi. Hãy mở lại trang rồi ghi.")
        if (day := standing_subjects[subject.pk].handed_on) is not None:
            raise Refused(
                f"{named(subject)}: đã bàn giao ngày {day_in_words(day)}. Hãy ghi ở cuộc của tổ chức tiếp nhận."
            )
    return standing_subjects
