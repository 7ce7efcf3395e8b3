"""The levels of organizations in the years before, as letters beside the level of this one."""

from collections import defaultdict
from dataclasses import dataclass

from ledger.text import within_sentence
from ratings.models import OrganizationRating

YEARS = 3


@dataclass(frozen=True)
class YearLetter:
    """`letters`: "XS", "–" where it was not rated, "·" where it has no rating; `words`: what they stand for."""

    year: int
    letters: str
    words: str
    is_top: bool = False


def letters_of(level):
    """The initials of a Level of organizations: "XS" of "xuất sắc", "T" of "tốt", "HT" of "hoàn thành"."""
    return "".join(word[0] for word in level.organization_short.replace(",", "").split()[:2]).upper()


def years_before(period, organizations):
    """{organization id: [YearLetter] of the years before, the earliest first}. `organizations`: ids. Two queries."""
    years = range(period.year - YEARS, period.year)
    rows = OrganizationRating.objects.standing().filter(
        organization__in=organizations, period__year__in=years, period__quarter=None, period__voided=None
    )
    found = defaultdict(dict)
    for row in (
        rows.select_related("reason", "period__scheme").prefetch_related("period__scheme__levels").order_by("pk")
    ):
        found[row.organization_id][row.period.year] = _letter(row)
    return {
        pk: [found[pk].get(year) or YearLetter(year, "·", "không có trong kỳ") for year in years]
        for pk in organizations
    }


def _letter(row):
    year = row.period.year
    if row.level is None:
        return YearLetter(year, "–", within_sentence(row.reason.label) if row.reason else "chưa xếp loại")
    level = next(level for level in row.period.scheme.levels.all() if level.rank == row.level)
    words = f"{level.organization_label}{' tiêu biểu' if row.exemplary else ''}"
    return YearLetter(year, letters_of(level), words, row.level == 1)
