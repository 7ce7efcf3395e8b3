"""Who is on probation, until when, and how near that day is (domain §4.3). Reads, and never writes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from ledger import months
from ledger.numbers import day as in_words
from members.models import Admission, Extension, Member, Officialization, counted_from
from members.roll.on_a_day import roll

ALERTS = (30, 60, 90)  # days before the end of probation (domain §4.3)


def a_year_after(day):
    return months.after(day, 12)


@dataclass(frozen=True)
class Path:
    """The way of one person to official membership, each in order of time. `extensions`: (decided on, until)."""

    ceremonies: tuple = ()
    officials: tuple = ()
    extensions: tuple = ()

    def since(self, day):
        """The ceremony that began the probation in which the person stands on `day`; None for who is official."""
        begun = [ceremony for ceremony in self.ceremonies if ceremony <= day]
        if not begun or any(begun[-1] <= was <= day for was in self.officials):
            return None
        return begun[-1]

    def until(self, day):
        """The day from which someone on probation on `day` can be recognised."""
        since = self.since(day)
        longer = [until for on, until in self.extensions if since <= on <= day]
        return longer[-1] if longer else a_year_after(since)

    def is_early(self, day):
        """Whether `day` lies in a probation that has not run its time by then."""
        return self.since(day) is not None and day < self.until(day)

    def is_late(self, day):
        """Whether `day` lies in a probation that had run its time before."""
        return self.since(day) is not None and day > self.until(day)

    def end_in_words(self, day):
        """Sentence of when the probation of `day` ends, twelve months after the ceremony or as it was extended."""
        until = self.until(day)
        said = "Đủ 12 tháng" if until == a_year_after(self.since(day)) else "Hết thời gian gia hạn dự bị"
        return f"{said} ngày {in_words(until)}."


def paths(members):
    """{member id: Path} of `members` (people or ids), in three queries."""
    found = defaultdict(lambda: ([], [], []))
    held = {"voided__isnull": True, "member__in": list(members)}
    admissions = defaultdict(list)
    for row in (
        Admission.objects.filter(**held).order_by("ceremony").values_list("member_id", "ceremony", "kind", named=True)
    ):
        admissions[row.member_id].append(row)
    for pk, rows in admissions.items():
        found[pk][0].extend(row.ceremony for row in counted_from(rows))
    for pk, day in Officialization.objects.filter(**held).order_by("on").values_list("member_id", "on"):
        found[pk][1].append(day)
    for pk, on, until in Extension.objects.filter(**held).order_by("on").values_list("member_id", "on", "until"):
        found[pk][2].append((on, until))
    return defaultdict(Path, {pk: Path(*map(tuple, rows)) for pk, rows in found.items()})


@dataclass(frozen=True)
class Due:
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
    """[Due] of all on the roll below `organization` on `day` who are on probation, the nearest first. Two queries."""
    rows = roll(organization, day).filter(Q(official_on__isnull=True) | Q(official_on__lt=F("ceremony_on")))
    rows = [row for row in rows if row.ceremony_on]
    longer = defaultdict(list)
    decided = Extension.objects.filter(voided__isnull=True, member__in=[row.member_id for row in rows], on__lte=day)
    for extension in decided.order_by("on"):
        longer[extension.member_id].append((extension.on, extension.until))
    found = [_due(row, tuple(longer[row.member_id]), day) for row in rows]
    return sorted(found, key=lambda due: (due.until, due.member.sort_key, due.member.pk))


def _due(row, extensions, day):
    until = Path((row.ceremony_on,), (), extensions).until(day)
    extended = until != a_year_after(row.ceremony_on)
    return Due(row.member, row.organization_id, row.ceremony_on, until, extended, (until - day).days)
