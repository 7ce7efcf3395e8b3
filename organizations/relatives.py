"""From whom an organization took over and who took over from it, with the page of each that the user may open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from ledger import clock
from ledger.models import User

from . import lineage
from .access import visible_to
from .models import Organization, Origin, OutsideTransfer, Succession

EVE = timedelta(days=1)


@dataclass(frozen=True)
class Relative:
    """`words`: how it is related; `name`: its name of the day; `year`: the year of its page; `opens`: for this user."""

    words: str
    name: str
    code: str
    day: date
    year: int
    opens: bool


def relatives(organization: Organization, user: User) -> list[Relative]:
    """[Relative] of `organization`, latest first. Number of queries grows with the years it speaks of alone."""
    rows = sorted(_rows(organization), key=lambda row: (-row[2].toordinal(), row[0], row[1].pk))
    # What ended is named, and opened, as it stood on its last day.
    days = [day - EVE if ended else day for _, _, day, ended in rows]
    names = lineage.labels_at((other.pk, day) for (_, other, _, _), day in zip(rows, days, strict=True))
    ids = {other.pk for _, other, _, _ in rows}
    seen = {
        year: set(visible_to(user, clock.last_day(year) or clock.today()).filter(pk__in=ids))
        for year in {d.year for d in days}
    }
    return [
        Relative(words, names[other.pk, named], other.code, day, named.year, other in seen[named.year])
        for (words, other, day, _), named in zip(rows, days, strict=True)
    ]


def _rows(organization: Organization) -> Iterator[tuple[str, Organization, date, bool]]:
    """(words, the other, day, whether the other ended that day)"""
    either = Q(predecessor=organization) | Q(successor=organization)
    for row in Succession.objects.standing().filter(either).select_related("predecessor", "successor"):
        if row.successor_id == organization.pk:
            yield "Tiếp nhận" if row.principal else "Tiếp nhận một phần", row.predecessor, row.on, True
        else:
            yield "Kế thừa chính" if row.principal else "Cùng kế thừa", row.successor, row.on, False
    either = Q(organization=organization) | Q(source=organization)
    for row in Origin.objects.standing().filter(either).select_related("organization", "source"):
        if row.organization_id == organization.pk:
            yield "Tách ra từ", row.source, row.on, False
        else:
            yield "Tách thành", row.organization, row.on, False
    either = Q(organization=organization) | Q(formerly=organization)
    back = OutsideTransfer.objects.standing().filter(either, formerly__isnull=False)
    for row in back.select_related("organization", "formerly"):
        if row.organization_id == organization.pk:
            gone = OutsideTransfer.objects.get(organization=row.formerly, came=False, voided__isnull=True)
            yield "Trước khi chuyển đi", row.formerly, gone.on, True
        else:
            yield "Trở lại là", row.organization, row.on, False
