"""Who is on probation, until when, and how near that day is (domain §4.3). Reads, and never writes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from members.models import Extension, Member
from members.roll.on_a_day import ON_PROBATION, roll
from members.roll.probation_path import Path, a_year_after

ALERTS = (30, 60, 90)  # days before the end of probation (domain §4.3)


@dataclass(frozen=True)
class ProbationDue:
    """Someone on probation. `cell`: id; `until`: the day from which they can be recognised; `left`: days to it."""

    member: Member
    cell: int
    ceremony: date
    until: date
    extended: bool
    left: int

    @property
    def has_come(self):
        return self.left <= 0

    @property
    def alert(self):
        """0 once the day has come, else the least of ALERTS that the days left do not exceed; None while far away."""
        return 0 if self.has_come else next((days for days in ALERTS if self.left <= days), None)


def on_probation(organization, day):
    """[ProbationDue] of all on the roll below `organization` on `day` who are on probation, the nearest first. Two queries."""
    rows = roll(organization, day).filter(ON_PROBATION)
    rows = [row for row in rows if row.ceremony_on]
    longer = defaultdict(list)
    decided = Extension.objects.standing().filter(member__in=[row.member_id for row in rows], on__lte=day)
    for extension in decided.order_by("on"):
        longer[extension.member_id].append((extension.on, extension.until))
    probations = [_due(row, tuple(longer[row.member_id]), day) for row in rows]
    return sorted(probations, key=lambda due: (due.until, due.member.sort_key, due.member.pk))


def _due(row, extensions, day):
    until = Path((row.ceremony_on,), (), extensions).until(day)
    extended = until != a_year_after(row.ceremony_on)
    return ProbationDue(row.member, row.organization_id, row.ceremony_on, until, extended, (until - day).days)
