"""Who is due a badge on each award day of a year, who was given one, who was passed over (domain §4.4, §5.2 T11).

On an award day are due those whose Party age reached a level since the award day before; passed over are those who
had reached it by then and held no badge of it. Somebody who moved is due where they stand on that day.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from ledger import clock
from ledger.numbers import day_in_words
from members.models import Admission, AwardDay, BadgeAward, BadgeLevel, Exit, Member, Membership
from members.roll.on_a_day import below
from organizations import lineage

from . import party_age
from .awards import Kind, highest, levels_in_use

EARLY, POSTHUMOUS = "trao-som", "truy-tang"


@dataclass(frozen=True)
class BadgeDue:
    """A person at a level on a day. `place`: the cell's label; `passed`: reached before the award day before."""

    member: Member
    place: str
    level: BadgeLevel
    months: int
    passed: bool
    award: BadgeAward | None

    @property
    def key(self):
        return f"{self.member.pk}-{self.level.years}"

    @property
    def party_age(self):
        return party_age.in_words(self.months)


@dataclass(frozen=True)
class Round:
    """`key`: how the address names it; `kind`: of the badges recorded there; `look`: the day whose roll is read."""

    key: str
    title: str
    day: date
    look: date
    kind: int
    rows: list = field(default_factory=list)

    @property
    def given(self):
        return [row for row in self.rows if row.award]

    @property
    def open(self):
        return [row for row in self.rows if not row.award]

    @property
    def passed_over(self):
        return [row for row in self.open if row.passed]

    @property
    def in_turn(self):
        return self.kind == Kind.ON_TIME

    @property
    def has_come(self):
        return self.day <= clock.today()


class Rounds:
    """The award days of a year for an organization, then those out of turn. `page`: its Frame."""

    def __init__(self, page):
        self.page, self.today = page, clock.today()
        self.levels, self.days = levels_in_use(), list(AwardDay.objects.filter(in_use=True))
        rounds = [*self._award_days(), *self._out_of_turn()] if self.levels else []
        ids = {spell.member_id for _, spells, _ in rounds for spell in spells}
        self.services, self.held = party_age.services(ids), _held(ids)
        self.names = lineage.labels_at((s.organization_id, round_.look) for round_, spells, _ in rounds for s in spells)
        self.all = [self._filled(round_, spells, before) for round_, spells, before in rounds]

    def _award_days(self):
        """(Round, memberships to look at, the award day before) of each award day of the year."""
        year = self.page.year
        before = self.days[-1].of(year - 1) if self.days else None
        for row in self.days:
            day = row.of(year)
            look = min(day, self.today)
            round_ = Round(f"{day:%d-%m}", f"{row.name}, {day_in_words(day)}", day, look, Kind.ON_TIME)
            yield round_, self._long_serving(look, day, early=0), before
            before = day

    def _out_of_turn(self):
        """Early ones are looked for among those on the roll today, posthumous ones among the dead of the year."""
        today, most = self.today, max(level.months_early for level in self.levels)
        if self.page.day == today:
            early = Round(EARLY, "Trao sớm khi ốm nặng", today, today, Kind.EARLY)
            yield early, self._long_serving(today, today, early=most), None
        yield Round(POSTHUMOUS, "Truy tặng", self.page.day, self.page.day, Kind.POSTHUMOUS), self._dead(), None

    def _long_serving(self, look, day, *, early):
        """Memberships below the organization on `look` of all who may be due on `day`, and of few others."""
        least = (12 * self.levels[0].years - early) // 12
        old = Admission.objects.standing().filter(decided__lte=date(day.year - least, 12, 31))
        rows = below(self.page.organization, look).filter(member__in=old.values("member"))
        return list(rows.select_related("member"))

    def _dead(self):
        first = date(self.page.year, 1, 1)
        rows = Membership.objects.standing().filter(exit=Exit.DIED, ends__gte=first, ends__lte=self.page.day)
        return list(_there(rows, self.page.organization, "ends").select_related("member"))

    def _filled(self, round_, spells, before):
        rows = []
        for spell in spells:
            level, months, passed = self._due(round_, spell.member_id, before)
            if level:
                place, award = self.names[spell.organization_id, round_.look], self.held[spell.member_id].get(level.pk)
                rows.append(BadgeDue(spell.member, place, level, months, passed, award))
        rows.sort(key=lambda row: (-row.level.years, row.member.sort_key, row.member.pk))
        return Round(round_.key, round_.title, round_.day, round_.look, round_.kind, rows)

    def _due(self, round_, pk, before):
        """(level, months of Party age, passed over) of a person in a round; level None when nothing is due."""
        service, months = self.services[pk], self.services[pk].months(round_.day)
        level = highest(self.levels, months, round_.kind)
        award = level and self.held[pk].get(level.pk)
        if level is None or not service.is_official(round_.look):
            return None, months, False
        if round_.in_turn:
            passed = service.months(before) >= 12 * level.years
            settled = passed and award is not None and award.on <= before
            return None if settled else level, months, passed
        wanted = award is None and (round_.kind == Kind.POSTHUMOUS or months < 12 * level.years)
        return level if wanted else None, months, False

    @property
    def in_turn(self):
        return [round_ for round_ in self.all if round_.in_turn]

    def chosen(self, key):
        """The Round an address names; without a name the last that has come, else the first. None: no such."""
        if key:
            return next((r for r in self.all if r.key == key), None)
        come = [r for r in self.in_turn if r.has_come]
        return (come or self.in_turn[:1] or self.all[-1:] or [None])[-1]


def _held(ids):
    """{member id: {level id: BadgeAward}} of the badges that stand."""
    badges = {pk: {} for pk in ids}
    for award in BadgeAward.objects.standing().filter(member__in=ids):
        badges[award.member_id][award.level_id] = award
    return badges


def _there(rows, organization, column):
    """Those of `rows` below `organization` along the tree of the day in `column`."""
    return rows.filter(**lineage.line_on(F(column)), **{lineage.above(): organization})


def given_in(page):
    """Standing awards of the year below the organization of a Frame, each where it was given; by day and name."""
    rows = BadgeAward.objects.standing().filter(on__gte=date(page.year, 1, 1), on__lte=page.day)
    rows = _there(rows, page.organization, "on").select_related("level", "member", "added__document")
    return list(rows.order_by("on", "member__sort_key", "pk"))


def by_level(awards):
    """[(level, on time, early, posthumous)] of the awards, the lowest level first."""
    counts = {}
    for award in awards:
        counts.setdefault(award.level, Counter())[award.kind] += 1
    levels = sorted(counts, key=lambda level: level.years)
    return [(level, *(counts[level][kind] for kind in Kind)) for level in levels]
