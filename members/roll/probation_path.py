"""How far somebody is on the way through probation (domain §4.3)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from ledger import months
from ledger.numbers import day_in_words
from members.models import Admission, Extension, Officialization, counted_from


def a_year_after(day):
    return months.after(day, 12)


@dataclass(frozen=True)
class Path:
    """The way of one person to official membership, each in order of time. `extensions`: (decided on, until)."""

    ceremonies: tuple[date, ...] = ()
    officials: tuple[date, ...] = ()
    extensions: tuple[tuple[date, date], ...] = ()

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
        return f"{said} ngày {day_in_words(until)}."


def paths(members):
    """{member id: Path} of `members` (people or ids), in three queries."""
    days_of = defaultdict(lambda: ([], [], []))
    condition = {"voided__isnull": True, "member__in": list(members)}
    admissions = defaultdict(list)
    for row in (
        Admission.objects.filter(**condition)
        .order_by("ceremony")
        .values_list("member_id", "ceremony", "kind", named=True)
    ):
        admissions[row.member_id].append(row)
    for pk, rows in admissions.items():
        days_of[pk][0].extend(row.ceremony for row in counted_from(rows))
    for pk, day in Officialization.objects.filter(**condition).order_by("on").values_list("member_id", "on"):
        days_of[pk][1].append(day)
    for pk, on, until in Extension.objects.filter(**condition).order_by("on").values_list("member_id", "on", "until"):
        days_of[pk][2].append((on, until))
    return defaultdict(Path, {pk: Path(*map(tuple, rows)) for pk, rows in days_of.items()})
