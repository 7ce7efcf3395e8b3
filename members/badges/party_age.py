"""Party age (tuổi Đảng): from the day of the decision on admission, less the time outside the Party (domain §4.3).

It counts once someone is official. Whoever was expelled, struck off or resigned is outside until the decision that
admits them again; who is restored, because the removal was wrong, never was. Who went to another Party organization,
or abroad, stays inside.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ledger import months
from members.models import Admission, Entry, Exit, Membership, Officialization, counted_from
from members.roll.on_a_day import is_probationary

OUTSIDE = (Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED)


@dataclass(frozen=True)
class Service:
    """One person's time in the Party.

    `admissions`: [(ceremony, decided)]; `officials`: days of recognition; `spells`: standing memberships; each in order of
    time. `outside`: as `gaps`, of before this register knew them.
    """

    admissions: tuple[tuple[date, date], ...] = ()
    officials: tuple[date, ...] = ()
    spells: tuple[Membership, ...] = ()
    outside: tuple[tuple[date, date], ...] = ()

    @classmethod
    def of(cls, admissions, officials, spells):
        """`admissions`, `spells`: rows; `officials`: days; each in order of time."""
        days = [(row.ceremony, row.decided) for row in counted_from(admissions)]
        outside = [(row.outside_since, row.decided) for row in admissions if row.outside_since]
        return cls(tuple(days), tuple(officials), tuple(spells), tuple(outside))

    @cached_property
    def decided(self):
        """The day Party age counts from; None for someone never admitted."""
        return min((decided for _, decided in self.admissions), default=None)

    @cached_property
    def gaps(self):
        """[(first day outside, first day inside again)] in order; date.max for one who has not come back."""
        back = sorted([*(decided for _, decided in self.admissions), *(s.starts for s in self.spells)])
        pairs = zip(self.spells, [*self.spells[1:], None], strict=True)
        left = [gone for gone, then in pairs if gone.exit in OUTSIDE and not _is_restored(then)]
        return _joined([*self.outside, *((gone.ends, _from(back, gone.ends)) for gone in left)])

    @cached_property
    def died(self):
        return next((s.ends for s in self.spells if s.exit == Exit.DIED), None)

    def months(self, day):
        """Completed months of Party age on `day`; negative before the admission. What the dead had stays as it was."""
        day = min(day, self.died or day)
        return months.completed(self._anchor(day), day)

    def _anchor(self, day):
        """The day from which an uninterrupted membership would give the same age on `day`."""
        lost = [min(until, day) - start for start, until in self.gaps if start < day]
        return self.decided + sum(lost, start=timedelta())

    def is_inside(self, day):
        """Whether in the Party on `day`, here or elsewhere."""
        alive = self.died is None or day < self.died
        return alive and self.decided <= day and not any(start <= day < until for start, until in self.gaps)

    def is_official(self, day):
        day = min(day, self.died or day)
        return not is_probationary(_AsOf(_last(self.officials, day), _last([c for c, _ in self.admissions], day)))

    def spell_on(self, day):
        return next((s for s in self.spells if s.starts <= day < s.ends), None)


@dataclass(frozen=True)
class _AsOf:
    official_on: date | None
    ceremony_on: date | None


def _joined(gaps):
    """`gaps` in order, those that overlap made one: two records of one person may both tell of it."""
    merged = []
    for start, until in sorted(gaps):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(until, merged[-1][1]))
        else:
            merged.append((start, until))
    return merged


def _is_restored(spell):
    return spell is not None and spell.entry == Entry.RESTORED


def _from(days, day):
    """The first of the sorted `days` from `day` on, else date.max."""
    place = bisect_left(days, day)
    return days[place] if place < len(days) else date.max


def _last(days, day):
    """The last of the sorted `days` up to `day`, else None."""
    place = bisect_right(days, day)
    return days[place - 1] if place else None


def services(ids):
    """{member id: Service} of the members `ids`, in three queries."""
    admissions, officials, spells = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in _of(Admission, ids).order_by("ceremony"):
        admissions[row.member_id].append(row)
    for member, on in _of(Officialization, ids).order_by("on").values_list("member_id", "on"):
        officials[member].append(on)
    for spell in _of(Membership, ids).select_related("organization").order_by("starts"):
        spells[spell.member_id].append(spell)
    return {pk: Service.of(admissions[pk], officials[pk], spells[pk]) for pk in ids}


def _of(model, ids):
    return model._base_manager.filter(voided__isnull=True, member__in=ids)


def in_words(months):
    """Months of Party age as people say them: 364 → "30 năm 4 tháng"."""
    years, rest = divmod(months, 12)
    return f"{years} năm {rest} tháng" if rest else f"{years} năm"
