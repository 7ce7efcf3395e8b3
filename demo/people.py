"""Who is where on a day, kept beside the database while the years are played; and inventing a person."""

import random
from datetime import date, timedelta

from members.models import EthnicGroup, Member, Precision, Religion

from . import words


class Inventor:
    """Makes people: names, births, ethnic groups. The same seed gives the same people."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.ethnic = {e.name: e for e in EthnicGroup.objects.all()}
        self.religions = {r.name: r for r in Religion.objects.all()}

    def person(self, *, born):
        chance = self.random
        sex = "M" if chance.random() < 0.58 else "F"
        ethnic = chance.choices(("Kinh", "Chăm", "Ra-glai", "Hoa", "Tày"), (860, 85, 40, 10, 5))[0]
        year_only = born.year < 1966 and chance.random() < 0.12
        return Member(
            full_name=self._name(ethnic, sex),
            sex=sex,
            birth_date=date(born.year, 1, 1) if year_only else born,
            birth_precision=Precision.YEAR if year_only else Precision.DAY,
            ethnic_group=self.ethnic[ethnic],
            religion=self._religion(ethnic),
            card_number="" if born.year > 1992 else f"{chance.randrange(10**8):08d}",
            qualification=chance.choices((1, 2, 3, 4, 5, 6), (2, 8, 9, 62, 17, 2))[0],
            theory=chance.choices((0, 1, 2, 3), (8, 46, 32, 14))[0],
            occupation=chance.choice(("công chức", "viên chức", "người lao động")),
        )

    def _name(self, ethnic, sex):
        pick = self.random.choice
        given = pick(words.GIVEN[sex])
        if ethnic == "Chăm":
            return f"{pick(words.CHAM[sex])} {given}"
        if ethnic == "Ra-glai":
            return f"{pick(words.RAGLAI[sex])} {given}"
        return f"{pick(words.SURNAMES)} {pick(words.MIDDLES[sex])} {given}"

    def _religion(self, ethnic):
        name = self.random.choices(("Không", "Phật giáo", "Công giáo"), (90, 7, 3))[0]
        if ethnic == "Chăm":
            name = self.random.choice(("Bà-la-môn", "Hồi giáo", "Không"))
        return self.religions[name]

    def day(self, first, last):
        return first + timedelta(days=self.random.randrange((last - first).days + 1))


class Population:
    """{member id: cell id}, with who may still be chosen for what."""

    def __init__(self, limits):
        self.cell = {}
        self.since = {}
        self.official = set()
        self.limits = limits  # {cell id: the most members it may hold}
        self.size = dict.fromkeys(limits, 0)

    def add(self, member, cell, day, *, official):
        self.cell[member.pk] = cell
        self.since[member.pk] = day
        self.size[cell] += 1
        if official:
            self.official.add(member.pk)

    def remove(self, pk):
        self.size[self.cell.pop(pk)] -= 1
        self.official.discard(pk)

    def move(self, pk, cell, day):
        self.size[self.cell[pk]] -= 1
        self.cell[pk], self.since[pk] = cell, day
        self.size[cell] += 1

    def room(self, cell):
        return self.limits[cell] - self.size[cell]

    def may_go(self, pk, floor=5):
        return pk in self.official and self.size[self.cell[pk]] > floor
