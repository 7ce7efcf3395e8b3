"""Who takes part somewhere for a time without counting there: a memo beside the roll (domain §4.4)."""

from dataclasses import dataclass
from datetime import date

from members.models import Membership, Status
from organizations import lineage


@dataclass(frozen=True)
class Guest:
    """`home`: label of the official cell, where the person counts; `host`: of where they are meanwhile."""

    name: str
    home: str
    host: str
    starts: date
    ends: date


def guests(organization, day):
    """[Guest] by name: temporary transfers into what stood below `organization` on `day`, from outside it."""
    inside = lineage.below([organization], day)
    rows = Status.objects.on(day).filter(kind=Status.Kind.TEMPORARY, host__in=inside).select_related("member")
    rows = list(rows.order_by("member__sort_key", "member_id"))
    places = Membership.objects.on(day).filter(member__in=[row.member_id for row in rows])
    homes = dict(places.exclude(organization__in=inside).values_list("member_id", "organization_id"))
    names = lineage.labels({*homes.values(), *(row.host_id for row in rows)}, day)
    return [
        Guest(row.member.full_name, names[homes[row.member_id]], names[row.host_id], row.starts, row.ends)
        for row in rows
        if row.member_id in homes
    ]
