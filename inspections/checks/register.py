"""Verbs of inspections: the plan of the year, what joins it and leaves it, what was carried out, what was found.

What already stands is written anew only with a reason: it is voided and inserted, as every correction. What says the
same as stands is not written at all.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inspections.discipline.consequences import require_before
from inspections.models import Conclusion, Inspection, InspectionSubject
from inspections.verbs import InspectionVerb
from ledger.acts import Refused, act, require_past, says_more, supersede, void
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.text import clean, clean_lines, search_key
from organizations import lineage
from organizations.models import Organization, OrganizationSpell

Key = tuple[int, int]  # of a subject: ids of inspection and organization


@dataclass(frozen=True, kw_only=True)
class InspectionPlan:
    """An inspection with its subjects: [(organization, done_on or None)]. `planned`: stood in the year's plan."""

    year: int
    kind: str
    title: str
    conductor: Organization
    subjects: tuple[tuple[Organization, date | None], ...]
    planned: bool = True


@dataclass(frozen=True, kw_only=True)
class NewConclusion:
    """A conclusion to be written: about an InspectionSubject, from a day, in words."""

    subject: InspectionSubject
    on: date
    text: str


def register_inspections(
    rows: Iterable[InspectionPlan], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Inspection]:
    """Puts inspections on record, carried out or still to come. Returns them.

    Waits until nobody else is writing: what is new has no row yet to lock.
    """
    rows = list(rows)
    with act(
        InspectionVerb.REGISTER, by=by, on=on, document=document, reason=reason, alone=True, undoable=True
    ) as change:
        for row in rows:
            if not clean(row.title):
                raise Refused("Cuộc kiểm tra, giám sát chưa có nội dung.")
            if not row.subjects:
                raise Refused(f"{row.title}: chưa có tổ chức nào được kiểm tra, giám sát.")
        _check_places((row, o, d) for row in rows for o, d in row.subjects)
        _check_new(rows)
        made = Inspection.objects.bulk_create(
            Inspection(year=r.year, kind=r.kind, title=r.title, conductor=r.conductor, added=change) for r in rows
        )
        InspectionSubject.objects.bulk_create(
            InspectionSubject(inspection=i, organization=o, planned=row.planned, done_on=done_on, added=change)
            for i, row in zip(made, rows, strict=True)
            for o, done_on in row.subjects
        )
        return made


def _check_new(rows: Collection[InspectionPlan]) -> None:
    """Refused for an inspection of which a subject stands already, or twice among `rows`."""
    standing = InspectionSubject.objects.standing().filter(
        inspection__year__in={row.year for row in rows}, inspection__conductor__in={row.conductor.pk for row in rows}
    )
    known = {(*_what(s.inspection), s.organization_id) for s in standing.select_related("inspection__conductor")}
    seen: set[tuple[int, str, str, int, int]] = set()
    for row in rows:
        own = {(*_what(row), organization.pk): organization.code for organization, _ in row.subjects}
        if twice := sorted(own[key] for key in own.keys() & known):
            raise Refused(
                f"{row.title}, năm {row.year}: đã ghi cuộc này với tổ chức {', '.join(twice)}. Hãy ghi tiếp vào cuộc đã "
                "có; nếu là cuộc khác, hãy ghi nội dung cho khác, ví dụ thêm đợt."
            )
        if twice := sorted(own[key] for key in own.keys() & seen):
            raise Refused(
                f"{row.title}, năm {row.year}: ghi hai lần với tổ chức {', '.join(twice)}. Hãy bỏ một cuộc, hoặc ghi nội "
                "dung cho khác, ví dụ thêm đợt."
            )
        seen |= own.keys()


def _what(inspection: InspectionPlan | Inspection) -> tuple[int, str, str, int]:
    """What tells one inspection from another of the same organization."""
    return inspection.year, inspection.kind, search_key(inspection.title), inspection.conductor.pk


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
    rows = list(rows)
    with act(InspectionVerb.ADD_SUBJECTS, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        inspections = _lock({inspection.pk for inspection, _, _ in rows})
        rows = [(_standing(inspections, inspection), o, d) for inspection, o, d in rows]
        _check_places(rows)
        return InspectionSubject.objects.bulk_create(
            InspectionSubject(inspection=i, organization=o, planned=planned, done_on=d, added=change)
            for i, o, d in rows
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
                    f"{_named(subject)}: đã hoàn thành ngày {day_in_words(subject.done_on)}, không bỏ khỏi kế hoạch được. "
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
        standing_subjects = hold(subjects)
        concluded = _conclusions(standing_subjects.values())
        pairs = [(standing_subjects[subject.pk], day) for subject, day in subjects.items()]
        for subject, day in pairs:
            _check_again(
                subject.done_on, reason, f"{_named(subject)}: đã hoàn thành ngày {day_in_words(subject.done_on)}"
            )
            _check_day(subject.inspection.year, day, subject.inspection.title)
            if subject.key in concluded and concluded[subject.key].on < day:
                raise Refused(
                    f"{_named(subject)}: kết luận ngày {day_in_words(concluded[subject.key].on)}, "
                    "trước ngày hoàn thành. Hãy sửa kết luận trước."
                )
        lineage.require_standing((s.organization, day, s.inspection.title) for s, day in pairs)
        require_before({subject.key: (_named(subject), day) for subject, day in pairs})
        told = [(subject, {"done_on": day}) for subject, day in pairs]
        supersede([(subject, values) for subject, values in told if says_more(subject, values, change)], change)


def conclude(
    findings: Iterable[NewConclusion], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Conclusion]:
    """`findings`: [NewConclusion]; the paper of the act is the paper of the conclusions. Returns the new ones."""
    findings = list(findings)
    with act(InspectionVerb.CONCLUDE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        standing_subjects = hold([f.subject for f in findings])
        before = _conclusions(standing_subjects.values())
        for finding in findings:
            _check_finding(standing_subjects[finding.subject.pk], finding, before, reason)
        findings = [f for f in findings if _is_new(f, before.get(f.subject.key), change)]
        void(
            Conclusion.objects.filter(pk__in=[before[k].pk for f in findings if (k := f.subject.key) in before]), change
        )
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


def _check_finding(
    subject: InspectionSubject, finding: NewConclusion, before: Mapping[Key, Conclusion], reason: str
) -> None:
    whom = _named(subject)
    if subject.done_on is None:
        raise Refused(f"{whom}: chưa hoàn thành nên chưa kết luận được. Hãy ghi ngày hoàn thành trước.")
    if not clean(finding.text):
        raise Refused(f"{whom}: kết luận chưa có nội dung.")
    require_past(finding.on, whom)
    if finding.on < subject.done_on:
        raise Refused(f"{whom}: kết luận trước ngày hoàn thành {day_in_words(subject.done_on)}.")
    known = before.get(subject.key)
    _check_again(known, reason, f"{whom}: đã có kết luận ngày {day_in_words(known and known.on)}")


def _is_new(finding: NewConclusion, known: Conclusion | None, change: Change) -> bool:
    return known is None or says_more(known, {"on": finding.on, "text": clean_lines(finding.text)}, change)


def _check_again(known: object, reason: str, sentence: str) -> None:
    if known and not clean(reason):
        raise Refused(f"{sentence}; muốn ghi lại hãy nêu lý do.")


def _named(subject: InspectionSubject) -> str:
    return f"{subject.inspection.title}, tổ chức {subject.organization.code}"


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
            raise Refused(f"{_named(subject)}: vừa được người khác ghi lại hoặc bỏ đi. Hãy mở lại trang rồi ghi.")
        if (day := standing_subjects[subject.pk].handed_on) is not None:
            raise Refused(
                f"{_named(subject)}: đã bàn giao ngày {day_in_words(day)}. Hãy ghi ở cuộc của tổ chức tiếp nhận."
            )
    return standing_subjects


def _check_places(rows: Iterable[tuple[InspectionPlan | Inspection, Organization, date | None]]) -> None:
    """`rows`: (Plan or Inspection, organization, done_on or None)."""
    rows = list(rows)
    for row, organization, done_on in rows:
        if organization.pk == row.conductor.pk:
            raise Refused(f"{row.title}: tổ chức tiến hành không thể tự kiểm tra chính mình.")
        _check_day(row.year, done_on, row.title)
    lineage.require_standing((o, d, row.title) for row, o, d in rows if d)
    _check_at_work({(row.year, o.pk): (row.title, o) for row, o, d in rows if not d})
    _check_at_work({(row.year, row.conductor.pk): (row.title, row.conductor) for row, _, _ in rows})


def _check_at_work(wanted: Mapping[tuple[int, int], tuple[str, Organization]]) -> None:
    """`wanted`: {(year, organization id): (title, organization)}, each of which must have stood on some day of the year."""
    spells = OrganizationSpell.objects.standing().filter(organization__in={pk for _, pk in wanted})
    spans = list(spells.values_list("organization_id", "starts", "ends"))
    for (year, pk), (title, organization) in wanted.items():
        first, last = date(year, 1, 1), date(year, 12, 31)
        if not any(o == pk and starts <= last and ends > first for o, starts, ends in spans):
            raise Refused(f"{title}: tổ chức {organization.code} không hoạt động trong năm {year}.")


def _check_day(year: int, done_on: date | None, title: str) -> None:
    if done_on:
        require_past(done_on, title)
    if done_on and done_on.year != year:
        raise Refused(f"{title}: ngày hoàn thành {day_in_words(done_on)} không thuộc năm {year} của kế hoạch.")
