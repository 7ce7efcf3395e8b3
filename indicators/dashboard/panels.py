"""The panels of the dashboard that ask more than the Board holds: trend, levels over the years, people."""

from indicators import charts
from indicators.board import level_counts
from indicators.lenses.series import Series
from members.models import Qualification, Theory
from members.roll.on_a_day import AGE_BANDS, people

from . import structure_chart

FEW = 30  # members that a table shows better than a drawing


def trend_panel(board, form):
    """Trend of the chosen indicator, with the years its tree changed and the breaks between schemes."""
    lines = board.cards()
    chosen = next((x for x in lines if x.group.code == form.chosen("xep", "")), lines[0] if lines else None)
    if chosen is None:
        return {"trend": "", "trend_rows": [], "chosen": None}
    return Series(board, chosen, form.chosen("goc", "")).context() | {"chosen": chosen}


def people_panels(board, page):
    """Levels of members by year, and who the people are on the day looked at."""
    years = [y for y in board.years if y.scheme]
    counted = level_counts(page.organization, years)
    scheme = board.year.scheme or (years[-1].scheme if years else None)
    labels = [level.member_words.capitalize() for level in scheme.levels.all()] if scheme else []
    few = board.structure["members"] < FEW
    roll_counts = people(page.organization, page.day)
    ethnic = dict(roll_counts["ethnic"].most_common())
    education = {Qualification(k).label: n for k, n in sorted(roll_counts["education"].items())}
    theory = {Theory(k).label: n for k, n in sorted(roll_counts["theory"].items())}
    return {
        "levels": charts.levels(counted, labels, _breaks(years)),
        "levels_labels": labels,
        "levels_rows": [(y, row, sum(row)) for y, row in counted.items() if sum(row)],
        "levels_break": [y for y in years if y.year in _breaks(years) and sum(counted[y.year])],
        "ages": "" if few else structure_chart.ages(AGE_BANDS, roll_counts["bands"]),
        "age_rows": [
            (structure_chart.band_name(b), roll_counts["bands"][b, "M"], roll_counts["bands"][b, "F"])
            for b in AGE_BANDS
        ],
        "shares": [
            (title, "" if few else structure_chart.shares(counted_), list(counted_.items()))
            for title, counted_ in (("Dân tộc", ethnic), ("Chuyên môn", education), ("Lý luận chính trị", theory))
        ],
    }


def _breaks(years):
    """Years whose scheme cannot be compared with that of the year before."""
    pairs = zip(years, years[1:], strict=False)
    return [b.year for a, b in pairs if a.scheme.comparable_group != b.scheme.comparable_group]
