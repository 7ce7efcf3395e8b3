"""The ratings of a whole year in any tree, from the open period to its lock, as a diligent bloc would do them."""

from datetime import date

from ledger.documents import document
from members.models import Status
from ratings import workflow
from ratings.judging.reading import Reading
from ratings.models import OrganizationRating, Sheet
from ratings.periods import periods
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from ratings.verdicts import verdicts as record
from ratings.verdicts.verdicts import OrganizationVerdict

LEVELS = (2, 2, 2, 3)


def rate_and_lock(world, year, bloc, draw):
    """Opens, fills and locks the period of `year` in `bloc`; dated at its usual days. The locked Period."""
    paper = document(f"{year}-QĐ/XL", date(year, 12, 1), "Đảng ủy")
    acts = world.act(date(year, 12, 31))
    period = periods.open_period(year, bloc=bloc, **acts)
    fill(period, acts, draw)
    for step in (workflow.submit, workflow.endorse):
        if some := _sheets(period, subordinate=True):
            step(some, **acts)
    workflow.decide(_sheets(period), document=paper, **acts)
    workflow.accept(_sheets(period), **acts)
    # Cells first: a committee's own cap counts what was decided below it.
    for tier in reversed(OrganizationRating.Tier.values):
        rows = OrganizationRating.objects.standing().filter(period=period, tier=tier)
        verdicts = [
            OrganizationVerdict(organization=row.organization, level=draw.choice(LEVELS)) for row in rows.order_by("pk")
        ]
        if verdicts:
            record.rate_organizations(period, verdicts, document=paper, **acts)
    periods.lock(period, **world.act(date(year + 1, 1, 16)))
    period.refresh_from_db()
    return period


def fill(period, acts, draw):
    """Gives everyone on the sheets a level."""
    sheets = _sheets(period)
    reading = Reading(period, sheets, min(acts["on"], period.cutoff))
    sick = Status.objects.touching(date(period.year, 1, 1), period.cutoff).filter(kind=Status.Kind.SICK)
    limited = set(sick.values_list("member", flat=True))  # rules forbid them more
    entries = {
        sheet: {
            member: _considered(3 if member in limited else draw.choice(LEVELS))
            for member in sorted(reading.rolls[sheet.organization_id])
        }
        for sheet in sheets
    }
    draft.rate(entries, **acts)


def _considered(level):
    """The level, with the reason a rule asks for where one speaks against it."""
    return LineEntry(level=level, justification="đã xem xét")


def _sheets(period, *, subordinate=False):
    rows = Sheet.objects.standing().filter(period=period)
    if subordinate:
        cells = (
            OrganizationRating.objects.standing()
            .filter(period=period, tier=OrganizationRating.Tier.CELL)
            .values("organization")
        )
        rows = rows.filter(organization__in=cells)
    return list(rows.select_related("organization").order_by("organization__code"))
