"""Where someone belongs who came into a cell on a day: the cell, and once it ended what received its people.

What is recorded late must not leave anybody in a cell that is no more.
"""

from collections import Counter, defaultdict

from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from members.models import Entry, Exit, Membership
from organizations.models import CELLS, OrganizationSpell, Succession


class Courses:
    """Read once for all that come into `organizations` (ids)."""

    def __init__(self, organizations):
        self.spells, self.after = defaultdict(list), {}
        wanted = set(organizations)
        # Each round follows the cells found so far into what took them over; most end in the first.
        while wanted:
            self._read(wanted)
            wanted = {r for cell in wanted for r in self._receivers(cell) if r} - self.spells.keys()

    def _read(self, ids):
        rows = OrganizationSpell.objects.standing().filter(organization__in=ids, kind__in=CELLS).order_by("starts")
        for spell in rows:
            self.spells[spell.organization_id].append(spell)

    def _receivers(self, cell):
        """Ids of what received its people on each day that it ceased to be a cell."""
        runs = {self._end_of_run(cell, spell.starts) for spell in self.spells.get(cell, ())}
        self.after |= {(cell, day): receiver(cell, day) for day in runs if day != FOREVER}
        return [self.after[cell, day] for day in runs if day != FOREVER]

    def of(self, cell, day, whom):
        """[(cell id, starts, ends)] from `day` on; Refused, naming `whom`, when nobody received the people of a cell."""
        course = []
        while True:
            ends = self._end_of_run(cell, day)
            course.append((cell, day, ends))
            if ends == FOREVER:
                return course
            after = self.after[cell, ends]
            if after is None:
                raise Refused(
                    f"{whom}: {self.spells[cell][-1].name} thôi là chi bộ từ ngày {day_in_words(ends)}, không rõ chi bộ nào "
                    "tiếp nhận. Hãy ghi vào chi bộ đang sinh hoạt, hoặc ghi nơi tiếp nhận khi sắp xếp tổ chức trước."
                )
            cell, day = after, ends

    def _end_of_run(self, cell, day):
        ends = day
        for spell in self.spells[cell]:
            if spell.starts <= ends < spell.ends:
                ends = spell.ends
        return ends


def stays(member, courses, cell, day, entry, change, paper=None):
    """The unsaved Memberships of `member` from `day` on, who came into `cell` for `entry`, by a `paper` of their own."""
    course = courses.of(cell.pk, day, member)
    for n, (place, starts, ends) in enumerate(course):
        yield Membership(
            member=member,
            organization_id=place,
            entry=Entry.REORGANIZED if n else entry,
            exit=Exit.NONE if ends == FOREVER else Exit.REORGANIZED,
            starts=starts,
            ends=ends,
            decision=None if n else paper,
            added=change,
        )


def receiver(cell, day):
    """Id of the cell that received most of the people of `cell` on `day`; else of the successor that is a cell; None."""
    left = Membership.objects.standing().filter(organization=cell, ends=day).values("member")
    came = Membership.objects.standing().filter(member__in=left, starts=day, entry=Entry.REORGANIZED)
    received = Counter(came.order_by("organization__code").values_list("organization_id", flat=True))
    if received:
        return received.most_common(1)[0][0]
    heirs = Succession.objects.standing().filter(predecessor=cell, principal=True, on=day)
    standing = OrganizationSpell.objects.on(day).filter(kind__in=CELLS, organization__in=heirs.values("successor"))
    return standing.values_list("organization_id", flat=True).first()
