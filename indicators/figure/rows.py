"""The rows behind a figure: those of its numerator, of its denominator, and those left out with their reason."""

from django.db.models import OuterRef, Subquery

from indicators import measures
from indicators.measures import MEASURES
from organizations.models import OrganizationSpell

PARTS = {"tu-so": "Được tính", "mau-so": "Mẫu số", "khong-tinh": "Không tính"}


def behind(line, organization, window, part):
    """Queryset of the rows of `part` (a key of PARTS) behind `line`, with `why`, `place_name` and `parent_name` of their day."""
    indicator, also = line.indicator, line.predecessors
    base = MEASURES[indicator.denominator or indicator.numerator]
    numerator = MEASURES[indicator.numerator]
    rows = {
        "tu-so": lambda: numerator.rows(organization, window, also),
        "mau-so": lambda: base.rows(organization, window, also),
        "khong-tinh": lambda: numerator.excluded(organization, window, also),
    }[part]()
    return named(rows, base.facts)


def named(rows, facts):
    """Organization names come with the row, so that a page of rows costs one query."""
    where = "organization"
    spells = (
        OrganizationSpell.objects.standing()
        .filter(organization=OuterRef(where), starts__lte=OuterRef("day"))
        .order_by("-starts")
    )
    parents = (
        OrganizationSpell.objects.standing()
        .filter(
            starts__lte=OuterRef("day"),
            parent__isnull=False,
            organization__child_spells__organization=OuterRef(where),
            organization__child_spells__voided__isnull=True,
            organization__child_spells__starts__lte=OuterRef("day"),
            organization__child_spells__ends__gt=OuterRef("day"),
        )
        .order_by("-starts")
    )
    return rows.annotate(
        place_name=Subquery(spells.values("name")[:1]), parent_name=Subquery(parents.values("name")[:1])
    ).select_related(*RELATED.get(facts.code, ()))


RELATED = {
    measures.ADMISSIONS.code: ("member", "organization"),
    measures.ADMISSIONS_DECIDED.code: ("member", "organization"),
    measures.MEMBER_RATINGS.code: ("member", "organization", "reason", "sheet"),
    measures.ORGANIZATION_RATINGS.code: ("organization", "reason"),
    measures.SUBJECTS.code: ("organization", "inspection"),
    measures.LETTERS.code: ("organization",),
    measures.ORGANIZATIONS.code: ("organization",),
    measures.MEMBERS.code: ("member", "organization"),
}
