"""The year's overview of an organization: plan and work, finance checks, discipline. Each number opens onto its rows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse

from inspections.checks.query_words import BY, DONE, KINDS_COUNTED, PLANNED
from inspections.counted import kept_on
from inspections.models import Inspection, InspectionSubject
from ledger import clock
from organizations import lineage
from organizations.models import GRASSROOTS

LISTED = 12  # rows shown before the link to all of them
Kind = Inspection.Kind


@dataclass(frozen=True)
class PlanRow:
    """A line of the plan's table. `left`: planned and not done; `extra`: done outside the plan."""

    label: str
    kind: str
    planned: int
    done: int
    extra: int
    url: str

    @property
    def is_total(self):
        return self.kind == KINDS_COUNTED

    @property
    def left(self):
        return self.planned - self.done

    def link(self, **more):
        query = "&".join(f"{name}={value}" for name, value in {"do": BY.OWN, "loai": self.kind, **more}.items())
        return f"{self.url}?{query}"

    @property
    def cells(self):
        """[(what it says, number, address of its rows)]"""
        return [
            ("theo kế hoạch", self.planned, self.link(ke_hoach=PLANNED.YES)),
            ("đã hoàn thành", self.done, self.link(ke_hoach=PLANNED.YES, xong=DONE.YES)),
            ("chưa hoàn thành", self.left, self.link(ke_hoach=PLANNED.YES, xong=DONE.NO)),
            ("ngoài kế hoạch", self.extra, self.link(ke_hoach=PLANNED.NO, xong=DONE.YES)),
        ]


def work(scope):
    """[PlanRow] of each kind and of inspections and supervisions together, for the organization and those it took over.

    The last but one is what the target group KTGS counts: planned, and done up to the day.
    """
    rows = InspectionSubject.objects.standing().filter(inspection__voided__isnull=True)
    rows = rows.filter(inspection__year=scope.page.year, inspection__conductor__in=[scope.here, *scope.before])
    rows = rows.filter(kept_on(scope.page.day))
    done = Q(done_on__lte=scope.page.day)
    tally = {
        kind: numbers
        for kind, *numbers in rows.order_by()
        .values_list("inspection__kind")
        .annotate(
            planned_n=Count("pk", filter=Q(planned=True)),
            done_n=Count("pk", filter=Q(planned=True) & done),
            extra_n=Count("pk", filter=Q(planned=False) & done),
        )
    }
    url = reverse("inspection_list", args=[scope.page.organization.code, scope.page.year])
    inspected, supervised, finance = (
        tally.get(kind, [0, 0, 0]) for kind in (Kind.INSPECTION, Kind.SUPERVISION, Kind.FINANCE)
    )
    together = [a + b for a, b in zip(inspected, supervised, strict=True)]
    return [
        PlanRow(Kind.INSPECTION.label, Kind.INSPECTION, *inspected, url),
        PlanRow(Kind.SUPERVISION.label, Kind.SUPERVISION, *supervised, url),
        PlanRow("Kiểm tra và giám sát", KINDS_COUNTED, *together, url),
        PlanRow(Kind.FINANCE.label, Kind.FINANCE, *finance, url),
    ]


def undone(scope):
    """The subjects still to be done, of the organization's own work and of what it took over; those of the plan first."""
    rows = scope.subjects().filter(inspection__conductor__in=scope.answering, done_on__isnull=True)
    return rows.select_related("inspection").order_by("-planned", "inspection__title", "organization__code")


@dataclass(frozen=True)
class Finance:
    """Grassroots organizations standing on the day: those checked in the year and those not yet. Spells, in order."""

    checked: list
    unchecked: list

    @property
    def total(self):
        return len(self.checked) + len(self.unchecked)


def finance(scope):
    """Finance of what stands below on the day; an organization checked twice counts once."""
    checks = InspectionSubject.objects.standing().filter(
        inspection__voided__isnull=True,
        inspection__kind=Kind.FINANCE,
        done_on__gte=scope.first,
        done_on__lte=scope.page.day,
    )
    done = set(checks.values_list("organization", flat=True))
    spells = lineage.places(scope.page.day).filter(organization__in=scope.below, kind__in=GRASSROOTS)
    spells = list(spells.order_by("position", "organization__code"))
    return Finance(
        [s for s in spells if s.organization_id in done], [s for s in spells if s.organization_id not in done]
    )


def of_others(scope):
    """Subjects looked at here by who stands above, the latest first."""
    rows = scope.subjects().filter(organization__in=scope.seen).exclude(inspection__conductor__in=scope.seen)
    return rows.select_related("inspection").order_by(F("done_on").desc(nulls_first=True), "pk")


def by_those_below(scope):
    """How many subjects those below look at by themselves."""
    return scope.subjects().filter(inspection__conductor__in=scope.below - {scope.here}).count()


def next_year(scope):
    """Inspections already planned for the year to come; none but on the page of the running year."""
    year = scope.page.year + 1
    if year <= clock.today().year:
        return Inspection.objects.none()
    rows = Inspection.objects.standing().filter(year=year, conductor__in=scope.answering)
    counted = rows.annotate(n=Count("subjects", filter=Q(subjects__voided__isnull=True)))
    return counted.order_by("kind", "title", "pk")


def days_left(page):
    """Days from the day looked at to the end of its year."""
    return (date(page.year, 12, 31) - page.day).days
