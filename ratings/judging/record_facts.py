"""What the record says of the people being rated: the ground for suggesting reasons and for the rules (domain §2.4)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from ledger import months
from members.models import Discipline, Status
from members.roll.on_a_day import joinings
from ratings.models import COUNTED, MemberRating, Period

YEARS_BACK = 9


@dataclass
class RecordFacts:
    """`statuses`: kinds held on the cut-off. `sick`: [(first day, day after)] within the period.

    `disciplines`: [(Discipline.Kind, day)] within the period. `past`: {year: MemberRating} of earlier years.
    """

    ceremony: date | None = None
    statuses: set = field(default_factory=set)
    sick: list = field(default_factory=list)
    disciplines: list = field(default_factory=list)
    past: dict = field(default_factory=dict)


def know(members, period, day):
    """{member id: Known} as of `day`, the cut-off or the day before it that has come. Five queries."""
    facts = defaultdict(RecordFacts)
    members = list(members)
    ceremonies = joinings(day).filter(member__in=members)
    for member, ceremony in ceremonies.order_by("ceremony").values_list("member_id", "ceremony"):
        facts[member].ceremony = ceremony
    for spell in Status.objects.touching(period.starts, day).filter(member__in=members):
        if spell.starts <= day < spell.ends:
            facts[spell.member_id].statuses.add(spell.kind)
        if spell.kind == Status.Kind.SICK:
            first, after = max(spell.starts, period.starts), min(spell.ends, day + timedelta(days=1))
            facts[spell.member_id].sick.append((first, after))
    disciplines = (
        Discipline.objects.standing().filter(member__in=members, on__gte=period.starts, on__lte=day).order_by("on")
    )
    for member, kind, on in disciplines.values_list("member_id", "kind", "on"):
        facts[member].disciplines.append((Discipline.Kind(kind), on))
    for line in _past(members, period):
        facts[line.member_id].past[line.period.year] = line
    return facts


def _past(members, period):
    """Their lines of earlier whole years, decided or left out; what is still on its way does not count."""
    years = range(period.year - YEARS_BACK, period.year)
    periods = Period.objects.filter(quarter__isnull=True, year__in=years).select_related("scheme").in_bulk()
    lines = MemberRating.objects.standing().filter(
        sheet__state__in=COUNTED, member__in=members, on_roll=True, period__in=periods
    )
    for line in lines.select_related("reason"):
        line.period = periods[line.period_id]  # one object for thousands of lines
        yield line


def _exempt(known, reason, cutoff):
    return Status.Kind.EXEMPT in known.statuses


def _suspended(known, reason, cutoff):
    return Status.Kind.SUSPENDED in known.statuses


def _newly_admitted(known, reason, cutoff):
    return known.ceremony is not None and months.completed(known.ceremony, cutoff) < (reason.months or 0)


def _long_sick(known, reason, cutoff):
    """The time away adds up over the period."""
    return bool(reason.months) and months.reach(known.sick, reason.months)


def _disciplined(known, reason, cutoff):
    return bool(known.disciplines)


# By the code of the reason: whether the record bears it out. A reason with another code is never suggested or doubted.
RECOGNIZED = {
    "mien": _exempt,
    "dinh_chi": _suspended,
    "moi_ket_nap": _newly_admitted,
    "nghi_om": _long_sick,
    "ky_luat": _disciplined,
}


def bears_out(known, reason, cutoff):
    """Whether the record bears out `reason`; None when the record cannot tell."""
    recognize = RECOGNIZED.get(reason.code)
    return None if recognize is None else recognize(known, reason, cutoff)
