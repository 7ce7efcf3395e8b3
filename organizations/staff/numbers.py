"""How many people work at an organization in a year: what was entered for it, else the sum of those below it.

What is entered for a year counts along the tree of its last day (design §3). An organization that ended, or went, within
the year hands its number to nobody: it is told beside the sum, and whoever took it over says by its own whether it holds
those people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ledger import clock
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from organizations import lineage
from organizations.models import Kind, OrganizationSpell, StaffCount
from organizations.successions import taken_over

from .counts import COUNTED_AT, PARTS


@dataclass(frozen=True)
class Staff:
    """The staff of `place` in a year. `entered`: its own number, None where none stands; `below`: those directly under it
    that have staff of their own, in the office's order.
    """

    place: OrganizationSpell
    entered: StaffCount | None
    below: Sequence["Staff"] = field(default=())

    @property
    def is_sum(self) -> bool:
        return self.entered is None and bool(self.below)

    @property
    def counted(self) -> list["Staff"]:
        """Those below that have a number."""
        return [staff for staff in self.below if staff.total is not None]

    @property
    def missing(self) -> list["Staff"]:
        """Those below that have none."""
        return [staff for staff in self.below if staff.total is None]

    @cached_property
    def total(self) -> int | None:
        """What is known of the number of people; None where nothing is."""
        if self.entered:
            return self.entered.total
        return sum(staff.total or 0 for staff in self.counted) if self.counted else None

    @cached_property
    def at_least(self) -> bool:
        """Whether there are certainly more than `total`: it is a bound, or a sum of which a part is one."""
        return self.entered.at_least if self.entered else any(staff.at_least for staff in self.counted)

    @cached_property
    def exact(self) -> bool:
        """Whether `total` is all of them and no bound: what a share may rest on."""
        if self.entered:
            return not self.entered.at_least
        return bool(self.below) and all(staff.exact for staff in self.below)

    def part(self, name: str) -> int | None:
        """The column `name` of StaffCount, summed; None unless everybody told it."""
        if self.entered:
            return getattr(self.entered, name)
        parts = [staff.part(name) for staff in self.below]
        known = [part for part in parts if part is not None]
        return sum(known) if known and len(known) == len(parts) else None

    @property
    def parts(self) -> list[int | None]:
        """[civil servants, public employees, workers]"""
        return [self.part(name) for name in PARTS]


def staff_of(places: Sequence[OrganizationSpell], year: int, day: date) -> dict[int, Staff]:
    """{organization id: Staff of `year`} of those of `places`, spells of `day`, that have staff. Two queries.

    `day`: the last day of `year` that has come.
    """
    tops = [place for place in places if place.kind in COUNTED_AT]
    wholes = [place.organization_id for place in tops if place.is_whole]
    below = defaultdict(list)
    for place in _places_below(wholes, day):
        below[place.parent_id].append(place)
    ids = {place.organization_id for place in (*tops, *(p for held in below.values() for p in held))}
    entered = {
        count.organization_id: count for count in StaffCount.objects.standing().filter(year=year, organization__in=ids)
    }

    def staff(place: OrganizationSpell) -> Staff:
        return Staff(
            place, entered.get(place.organization_id), tuple(staff(child) for child in below[place.organization_id])
        )

    return {place.organization_id: staff(place) for place in tops}


def _places_below(wholes: Iterable[int], day: date) -> Iterable[OrganizationSpell]:
    """Spells of all below `wholes` (ids) on `day` that have staff, in the office's order."""
    if not wholes:
        return ()
    ids = lineage.below(wholes, day).exclude(organization__in=wholes)
    return (
        lineage.places(day).filter(organization__in=ids, kind__in=COUNTED_AT).order_by("position", "organization__code")
    )


@dataclass(frozen=True)
class NotCounted:
    """A number that stands for the year and is in none of those above it: `why`, as the end of a sentence."""

    count: StaffCount
    name: str
    why: str


def not_counted(place: OrganizationSpell, year: int, day: date) -> list[NotCounted]:
    """[NotCounted] of those that ended in `place` (a spell of `day`), or went from it, within `year`; by code.

    Below a whole, or taken over by a grassroots organization. `day`: the last day of `year` that has come.
    """
    first = date(year, 1, 1)
    if place.is_whole:
        counted = {p.organization_id for p in _places_below([place.organization_id], day)}
        ids = lineage.within(place.organization_id, first, day) - counted - {place.organization_id}
    else:
        ids = set(taken_over({year: (first, day)})[year].get(place.organization_id, ()))
    rows = StaffCount.objects.standing().filter(year=year, organization__in=ids).select_related("organization")
    counts = list(rows.order_by("organization__code"))
    whys, names = _whys(counts, day), lineage.labels([count.organization_id for count in counts], day)
    return [NotCounted(c, names.get(c.organization_id, c.organization.code), whys[c.organization_id]) for c in counts]


def _whys(counts: Iterable[StaffCount], day: date) -> dict[int, str]:
    lives = lineage.lives([count.organization_id for count in counts])
    whys = {}
    for pk, life in lives.items():
        last = [spell for spell in life if spell.starts <= day][-1]
        if last.ends <= day:
            whys[pk] = f"kết thúc ngày {day_in_words(last.ends)}"
        elif last.kind not in COUNTED_AT:
            whys[pk] = f"vào ngày {day_in_words(day)} là {within_sentence(Kind(last.kind).label)}"
        else:
            whys[pk] = f"vào ngày {day_in_words(day)} thuộc đảng bộ khác"
    return whys


def ended_with(ids: Iterable[int], day: date) -> list[StaffCount]:
    """Numbers of the year of `day` of those of `ids` that stand no more on it: nobody takes them over."""
    gone = StaffCount.objects.standing().filter(organization__in=ids, year=day.year)
    gone = gone.exclude(organization__in=lineage.places(day).values("organization"))
    return list(gone.select_related("organization").order_by("organization__code"))


@dataclass(frozen=True)
class Reverted:
    """What undoing an act makes of one organization's number of a year; "" for none."""

    name: str
    year: int
    now: str
    then: str


def reverted(change: Change) -> list[Reverted]:
    """[Reverted] of the act `change`, by year, then by code. Two queries, and one for the names."""
    written, gone = (
        {(row.organization_id, row.year): row for row in rows.select_related("organization")}
        for rows in (StaffCount.objects.filter(added=change), StaffCount.objects.filter(voided=change))
    )
    names = lineage.labels([pk for pk, _ in written.keys() | gone.keys()], clock.today())

    def words(row: StaffCount | None) -> str:
        return row.in_words if row else ""

    rows = [(row.year, row.organization.code, key) for key, row in (gone | written).items()]
    return [
        Reverted(names[key[0]], year, words(written.get(key)), words(gone.get(key))) for year, _, key in sorted(rows)
    ]
