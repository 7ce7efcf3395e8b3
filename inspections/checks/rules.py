"""What must hold of an inspection, of who is looked at in it, of what it found, whenever one of them is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inspections.models import Conclusion, Inspection, InspectionSubject
from ledger import days
from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.text import clean, search_key
from organizations import lineage
from organizations.models import Organization, OrganizationSpell

Key = tuple[int, int]  # of a subject: ids of inspection and organization
What = tuple[int, str, str, int]  # of an inspection: year, kind, folded title, id of the conductor


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


def what_of(inspection: InspectionPlan | Inspection) -> What:
    """What tells one inspection from another of the same organization."""
    return inspection.year, inspection.kind, search_key(inspection.title), inspection.conductor.pk


def check_new(rows: Collection[InspectionPlan]) -> None:
    """Refused for an inspection of which a subject stands already, or twice among `rows`."""
    standing = InspectionSubject.objects.standing().filter(
        inspection__year__in={row.year for row in rows}, inspection__conductor__in={row.conductor.pk for row in rows}
    )
    known = {(*what_of(s.inspection), s.organization_id) for s in standing.select_related("inspection__conductor")}
    seen: set[tuple[int, str, str, int, int]] = set()
    for row in rows:
        own = {(*what_of(row), organization.pk): organization.code for organization, _ in row.subjects}
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


def check_places(rows: Iterable[tuple[InspectionPlan | Inspection, Organization, date | None]]) -> None:
    """`rows`: (Plan or Inspection, organization, done_on or None)."""
    rows = list(rows)
    for row, organization, done_on in rows:
        for sentence in subject_faults(row, organization, done_on):
            raise Refused(sentence)
    lineage.require_standing((o, d, row.title) for row, o, d in rows if d)
    _check_at_work({(row.year, o.pk): (row.title, o) for row, o, d in rows if not d})
    _check_at_work({(row.year, row.conductor.pk): (row.title, row.conductor) for row, _, _ in rows})


def subject_faults(row: InspectionPlan | Inspection, organization: Organization, done_on: date | None) -> Iterator[str]:
    """Sentences, one for each way in which `organization` cannot be looked at in `row`, done on `done_on` or not yet."""
    if organization.pk == row.conductor.pk:
        yield f"{row.title}: tổ chức tiến hành không thể tự kiểm tra chính mình."
    yield from day_faults(row, done_on)


def day_faults(row: InspectionPlan | Inspection, done_on: date | None) -> Iterator[str]:
    if done_on and (fault := days.why_not_past(done_on)):
        yield days.of(row.title, fault)
    if done_on and done_on.year != row.year:
        yield f"{row.title}: ngày hoàn thành {day_in_words(done_on)} không thuộc năm {row.year} của kế hoạch."


def check_day(row: Inspection, done_on: date) -> None:
    for sentence in day_faults(row, done_on):
        raise Refused(sentence)


def _check_at_work(wanted: Mapping[tuple[int, int], tuple[str, Organization]]) -> None:
    """`wanted`: {(year, organization id): (title, organization)}, each of which must have stood on some day of the year."""
    spells = OrganizationSpell.objects.standing().filter(organization__in={pk for _, pk in wanted})
    spans = list(spells.values_list("organization_id", "starts", "ends"))
    for (year, pk), (title, organization) in wanted.items():
        first, last = date(year, 1, 1), date(year, 12, 31)
        if not any(o == pk and starts <= last and ends > first for o, starts, ends in spans):
            raise Refused(f"{title}: tổ chức {organization.code} không hoạt động trong năm {year}.")


def finding_faults(whom: str, done_on: date | None, on: date, text: str) -> Iterator[str]:
    """Sentences about `whom` for a conclusion of the day `on` that says `text`, where it was done on `done_on` or not yet."""
    if done_on is None:
        yield f"{whom}: chưa hoàn thành nên chưa kết luận được. Hãy ghi ngày hoàn thành trước."
        return
    if not clean(text):
        yield f"{whom}: kết luận chưa có nội dung."
    if fault := days.why_not_past(on):
        yield days.of(whom, fault)
    elif on < done_on:
        yield f"{whom}: kết luận trước ngày hoàn thành {day_in_words(done_on)}."


def check_finding(finding: NewConclusion, subject: InspectionSubject, known: Conclusion | None, reason: str) -> None:
    """`subject`: as it stands; `known`: what was found there before."""
    whom = named(subject)
    for sentence in finding_faults(whom, subject.done_on, finding.on, finding.text):
        raise Refused(sentence)
    check_again(known, reason, f"{whom}: đã có kết luận ngày {day_in_words(known and known.on)}")


def check_again(known: object, reason: str, sentence: str) -> None:
    if known and not clean(reason):
        raise Refused(f"{sentence}; muốn ghi lại hãy nêu lý do.")


def named(subject: InspectionSubject) -> str:
    return f"{subject.inspection.title}, tổ chức {subject.organization.code}"
