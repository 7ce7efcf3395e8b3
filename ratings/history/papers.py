"""What of ratings rests on a paper: the ways of sheets and the levels of organizations that the reader may open."""

from django.urls import reverse

from ledger.numbers import day_in_words
from ledger.web.finding import Hit, Resting, told
from organizations import lineage
from organizations.frame import seen_at_year_ends
from ratings.models import OrganizationRating, Period, Step


def resting(user):
    """[Resting] of the ratings."""
    years = set(Period.objects.standing().values_list("year", flat=True))
    of_sheet, own = "sheet__organization", "organization"
    steps = Step.objects.filter(seen_at_year_ends(user, of_sheet, "sheet__period__year", years))
    steps = steps.select_related("sheet__period", of_sheet, "added")
    ratings = OrganizationRating.objects.filter(seen_at_year_ends(user, own, "period__year", years))
    ratings = ratings.select_related("period", own, "added")
    papers = ("added__document", "decision")
    return [
        Resting("Phiếu xếp loại", told(steps), papers, lambda rows, _: _told([(row, row.sheet) for row in rows])),
        Resting("Mức của tổ chức", told(ratings), papers, lambda rows, _: _told([(row, row) for row in rows])),
    ]


def _told(pairs):
    """`pairs`: [(row, what has its organization and period)]"""
    pairs = list(pairs)
    names = lineage.labels_at((of.organization_id, of.period.cutoff) for _, of in pairs)
    return [
        Hit(
            names[of.organization_id, of.period.cutoff],
            reverse("ratings", args=[of.organization.code, (of.period.year, of.period.quarter)]),
            [f"{row.added.words} {of.period.inline}, hiệu lực {day_in_words(row.added.on)}"],
        )
        for row, of in pairs
    ]
