"""Discipline of a year in an organization: where each stood on the day of the decision (domain §4.4, T10)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Model

from inspections.models import Consequence, OrganizationDiscipline
from members.models import Discipline, Exit, Membership
from organizations import lineage

from .consequences import followed

EXPELLED = "khai-tru"


@dataclass(frozen=True)
class Decided:
    """One decision. `place`: the organization, or the member's cell, as it was named that day."""

    column: str
    row: Model
    day: date
    words: str
    organization: int
    place: str = ""
    after: object = None  # a Followed, where it is known what it followed from

    @property
    def member(self):
        return getattr(self.row, "member", None)


@dataclass(frozen=True)
class DisciplineTally:
    """One form of discipline: how many, and the rows."""

    key: str
    label: str
    rows: list = field(default_factory=list)


def of_members(scope):
    """[DisciplineTally] of members' discipline in the year, expulsions last; forms that did not come up are absent."""
    nodes, days = [scope.here, *scope.before], (scope.first, scope.page.day)
    # One filter: a second one would look at any other membership of the same member.
    rows = Discipline.objects.standing().filter(
        on__range=days,
        member__memberships__voided__isnull=True,
        member__memberships__starts__lte=F("on"),
        member__memberships__ends__gt=F("on"),
        **lineage.stood_below("member__memberships__organization", "on", nodes),
    )
    rows = rows.annotate(cell=F("member__memberships__organization")).distinct()
    gone = Membership.objects.standing().filter(exit=Exit.EXPELLED, ends__range=days)
    gone = gone.filter(**lineage.stood_below("organization", "ends", nodes, eve=True)).distinct()
    decided = [
        Decided("discipline", r, r.on, r.get_kind_display(), r.cell)
        for r in rows.select_related("member").order_by("on", "pk")
    ]
    decided += [
        Decided("expulsion", r, r.ends, Exit.EXPELLED.label, r.organization_id)
        for r in gone.select_related("member").order_by("ends", "pk")
    ]
    kinds = [(f"dv-{kind.value}", kind.label) for kind in Discipline.Kind] + [(EXPELLED, Exit.EXPELLED.label)]
    return _tallies(decided, kinds)


def of_organizations(scope):
    """[DisciplineTally] of organizations' discipline in the year."""
    rows = OrganizationDiscipline.objects.standing().filter(on__range=(scope.first, scope.page.day))
    rows = rows.filter(**lineage.stood_below("organization", "on", [scope.here, *scope.before])).distinct()
    decided = [
        Decided("organization_discipline", r, r.on, r.get_kind_display(), r.organization_id)
        for r in rows.select_related("organization").order_by("on", "pk")
    ]
    kinds = [(f"tc-{kind.value}", f"{kind.label} tổ chức") for kind in OrganizationDiscipline.Kind]
    return _tallies(decided, kinds)


def _tallies(found, kinds):
    by_label = {}
    for decided in found:
        by_label.setdefault(decided.words, []).append(decided)
    tallies = [DisciplineTally(key, label, by_label.get(label.removesuffix(" tổ chức"), [])) for key, label in kinds]
    return [tally for tally in tallies if tally.rows]


def told(rows, *, letters):
    """`rows` with their places by name and what they followed from. `letters`: whether letters may be named."""
    names = lineage.labels_at((row.organization, _named_on(row)) for row in rows)
    links = Consequence.objects.standing().select_related("inspection")
    after = {(f.column, f.row.pk): f for f in followed(links) if f.row and (letters or not f.link.file_id)}
    return [
        Decided(
            row.column,
            row.row,
            row.day,
            row.words,
            row.organization,
            names.get((row.organization, _named_on(row)), ""),
            after.get((row.column, row.row.pk)),
        )
        for row in rows
    ]


def _named_on(row):
    """An expelled member stood in the cell until the day before."""
    return row.day - timedelta(days=1) if row.column == "expulsion" else row.day
