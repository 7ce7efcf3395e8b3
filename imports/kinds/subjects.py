"""Rows of inspections as they are understood: what the register has of them, and how they are written into it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from imports.columns.column import Difference, FileRow
from inspections.checks import register
from inspections.checks.rules import InspectionPlan, NewConclusion, What, what_of
from inspections.models import Conclusion, Inspection, InspectionSubject
from inspections.verbs import InspectionVerb
from ledger.models import Change
from ledger.numbers import day_in_words
from organizations.models import Organization


@dataclass(frozen=True)
class SubjectRow:
    """A row, understood: the inspection as it tells of it, and whom it looks at."""

    line: FileRow
    plan: InspectionPlan
    organization: Organization

    @property
    def done_on(self) -> date | None:
        return self.line.get("hoan_thanh")

    @property
    def key(self) -> tuple[What, int]:
        return what_of(self.plan), self.organization.pk


@dataclass(frozen=True)
class NewSubject:
    """`inspection`: the one it joins, None for a new one; `finding`: day and words of its conclusion."""

    row: SubjectRow
    inspection: Inspection | None
    finding: tuple[date, str] | None


@dataclass(frozen=True)
class SubjectChange:
    subject: InspectionSubject
    done_on: date | None
    finding: tuple[date, str] | None


class KnownSubjects:
    """What the register has of the years and conductors of some rows."""

    def __init__(self, rows: Sequence[SubjectRow]) -> None:
        years, conductors = {row.plan.year for row in rows}, {row.plan.conductor.pk for row in rows}
        inspections = Inspection.objects.filter(year__in=years, conductor__in=conductors).select_related("conductor")
        by_id = {inspection.pk: inspection for inspection in inspections}
        self.alike: dict[What, list[Inspection]] = defaultdict(list)
        for inspection in by_id.values():
            if inspection.voided_id is None:
                self.alike[what_of(inspection)].append(inspection)
        versions = InspectionSubject.objects.filter(inspection__year__in=years, inspection__conductor__in=conductors)
        versions = versions.select_related("organization", "added", "voided")
        self.standing: dict[tuple[What, int], InspectionSubject] = {}
        self.dropped: dict[tuple[What, int], Change] = {}
        for subject in versions.order_by("pk"):
            subject.inspection = by_id[subject.inspection_id]
            key = what_of(subject.inspection), subject.organization_id
            if subject.voided is None:
                self.standing[key] = subject
            elif subject.voided.verb == InspectionVerb.DROP and subject.voided.undone_id is None:
                self.dropped[key] = subject.voided
        found = Conclusion.objects.standing().filter(inspection__in=by_id).select_related("added")
        self.conclusions = {row.key: row for row in found}

    def codes_in(self, inspection: Inspection) -> str:
        return ", ".join(sorted(s.organization.code for s in self.standing.values() if s.inspection == inspection))


def differences(
    subject: InspectionSubject, before: Conclusion | None, done_on: date | None, finding: tuple[date, str] | None
) -> Iterable[Difference]:
    if done_on:
        was = day_in_words(subject.done_on) if subject.done_on else "chưa"
        yield Difference("Hoàn thành ngày", was, day_in_words(done_on))
    if finding:
        was = f"{day_in_words(before.on)}: {before.text}" if before else "chưa"
        yield Difference("Kết luận", was, f"{day_in_words(finding[0])}: {finding[1]}")


def bring(rows: Sequence[NewSubject], change: Change) -> None:
    """Registers inspections with their subjects, and adds subjects to those that stand, some of them written by this very
    act.
    """
    made = {what_of(i): i for i in Inspection.objects.filter(added=change).select_related("conductor")}
    groups: dict[What, list[SubjectRow]] = defaultdict(list)
    for new in rows:
        if new.inspection is None and what_of(new.row.plan) not in made:
            groups[what_of(new.row.plan)].append(new.row)
    plans = []
    for group in groups.values():
        group[:] = [row for row in group if row.plan.planned == group[0].plan.planned]
        plans.append(replace(group[0].plan, subjects=tuple((row.organization, row.done_on) for row in group)))
    made |= {what_of(inspection): inspection for inspection in register.register_within(plans, change)}
    written = {row.key for group in groups.values() for row in group}
    for planned in (True, False):
        joining = [n for n in rows if n.row.key not in written and n.row.plan.planned == planned]
        places = [(n.inspection or made[what_of(n.row.plan)], n.row.organization, n.row.done_on) for n in joining]
        register.add_within(places, change, planned=planned)
    subjects = InspectionSubject.objects.standing().filter(added=change)
    by_key = {
        (what_of(s.inspection), s.organization_id): s
        for s in subjects.select_related("inspection__conductor", "organization")
    }
    _conclude([(by_key[new.row.key], new.finding) for new in rows], change)


def carry_on(rows: Sequence[SubjectChange], change: Change) -> None:
    """Writes the day on which it was done, then what was found."""
    register.carry_out_within({row.subject: row.done_on for row in rows if row.done_on}, change)
    subjects = InspectionSubject.objects.standing().filter(inspection__in={row.subject.inspection_id for row in rows})
    by_key = {subject.key: subject for subject in subjects.select_related("inspection", "organization")}
    _conclude([(by_key[row.subject.key], row.finding) for row in rows], change)


def _conclude(pairs: Iterable[tuple[InspectionSubject, tuple[date, str] | None]], change: Change) -> None:
    findings = [NewConclusion(subject=subject, on=found[0], text=found[1]) for subject, found in pairs if found]
    register.conclude_within(findings, change)
