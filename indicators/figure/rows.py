"""The rows behind a figure: those of its numerator, of its denominator, and those left out with their reason."""

from indicators import measures
from indicators.measures import MEASURES

PARTS = {"tu-so": "Được tính", "mau-so": "Mẫu số", "khong-tinh": "Không tính"}


def behind(line, organization, window, part):
    """Queryset of the rows of `part` (a key of PARTS) behind `line`, with `why` and the `day` each counts on."""
    indicator, also = line.indicator, line.predecessors
    base = MEASURES[indicator.denominator or indicator.numerator]
    numerator = MEASURES[indicator.numerator]
    rows = {
        "tu-so": lambda: numerator.rows(organization, window, also),
        "mau-so": lambda: base.rows(organization, window, also),
        "khong-tinh": lambda: numerator.excluded(organization, window, also),
    }[part]()
    return with_related(rows, base.facts)


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


def with_related(rows, facts):
    """`rows` of a family with what their table shows, so that a page of them costs one query."""
    return rows.select_related(*RELATED.get(facts.code, ()))
