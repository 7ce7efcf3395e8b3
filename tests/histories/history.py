"""A history of ten years, drawn from a seed: whatever may happen to a bloc happens, in any order, some of it late.

Time goes on with every step; now and then an act is dated back to an earlier day. At each year's end its ratings are
entered and locked, mostly its figures closed. What a rule refuses leaves nothing behind and the history goes on.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from indicators import targets
from indicators.closing import close_figures, withdraw
from indicators.models import Closing
from ledger.acts import Refused
from ledger.documents import document
from ledger.models import Change, Installation
from ledger.undo import undo
from members import plan, probation, states
from members.models import Exit, Membership, Officialization, Status
from members.register import admit, enroll, leave, transfer
from members.reorganize import carry_out
from organizations import lineage
from organizations.forest import Forest
from organizations.models import Kind
from organizations.reorganize import Founding
from ratings.correct import Correction, correct
from ratings.models import MemberRating
from tests.indicators.board import indicator
from tests.world import START

from . import invariants
from .year import rate_and_lock

FIRST_YEAR, LAST_YEAR = 2015, 2024
LEAVING = (Exit.DIED, Exit.DEPARTED, Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED)


class History:
    """`pace`: days that go by between two acts, at most; `late`: the share of acts dated back."""

    def __init__(self, world, seed, *, pace, late=0.3):
        self.world, self.draw = world, Random(seed)
        self.pace, self.late, self.n = pace, late, 0
        self.day, self.year = START + timedelta(days=1), FIRST_YEAR
        self.done, self.refused = Counter(), Counter()
        self._go_to(self.day)

    # Time

    def run(self, every):
        """Lives until the end of the last year; checks everything each `every` steps and at the end of each year."""
        while self.year <= LAST_YEAR:
            self.step()
            if sum(self.done.values()) % every == 0:
                invariants.check(START, self.draw)
        invariants.check(START, self.draw)

    def step(self):
        later = self.day + timedelta(days=self.draw.randint(1, self.pace))
        if later.year > self.year:
            self._end_year()
            self._go_to(max(later, date(self.year, 1, 17)))
        else:
            self._go_to(later)
        self._try(self.draw.choice(ACTS))

    def _go_to(self, day):
        self.day = day
        Installation.objects.update(demo_day=day)

    def _end_year(self):
        year = self.year
        self._go_to(date(year + 1, 1, 16))
        targets.set_groups(year, targets.eight_groups(year), **self.world.act(self.day))
        self._set_target(year)
        period = rate_and_lock(self.world, year, self.draw)
        if self.draw.random() < 0.75:
            close_figures(period, **self.world.act(self.day))
        self.year += 1
        invariants.check(START, self.draw)

    def _try(self, name):
        try:
            getattr(self, name)()
        except Refused:
            self.refused[name] += 1
        else:
            self.done[name] += 1

    # What is drawn

    def on(self):
        """The day of an act: today, or an earlier one of the last three years."""
        if self.draw.random() > self.late:
            return self.day
        back = min((self.day - START).days - 1, 1100)
        return self.day - timedelta(days=self.draw.randint(0, back))

    def number(self):
        self.n += 1
        return self.n

    def member(self):
        rows = Membership.objects.current().select_related("member").order_by("pk")
        return self.draw.choice(list(rows)).member

    def cell(self, day):
        return self.draw.choice([s.organization for s in lineage.places(day).order_by("pk") if s.holds_members])

    def of_kind(self, forest, *kinds):
        """A code of one of `kinds`; Refused when there is none left."""
        found = sorted(code for code, place in forest.items() if place.kind in kinds)
        if not found:
            raise Refused("Không còn tổ chức nào như vậy.")
        return self.draw.choice(found)

    def destinations(self, cells, others):
        """{cell: another}: some of `cells` end into one of `others`."""
        return {c: self.draw.choice(others) for c in cells if others and self.draw.random() < 0.5}

    def carry_out(self, plan_, day):
        carry_out(plan_, **self.world.act(day))

    # People

    def admit(self):
        day = self.on()
        row = self.world.newcomer(f"Lý Mới {self.number()}", "K", day, youth=self.draw.random() < 0.5)
        admit([replace(row, organization=self.cell(day))], **self.world.act(day))

    def arrive(self):
        day = self.on()
        row = self.world.arrival(f"Lý Đến {self.number()}", "K", day, entry="ARRIVED")
        enroll([replace(row, organization=self.cell(day))], **self.world.act(day))

    def recognise(self):
        day = self.on()
        done = Officialization.objects.filter(voided__isnull=True).values("member")
        waiting = Membership.objects.on(day).exclude(member__in=done).select_related("member").order_by("pk")
        if not waiting:
            raise Refused("Không còn ai dự bị.")
        probation.make_official({self.draw.choice(list(waiting)).member: day}, **self.world.act(day))

    def transfer(self):
        day = self.on()
        transfer([(self.member(), self.cell(day), day)], **self.world.act(day))

    def leave(self):
        day = self.on()
        leave([(self.member(), day, self.draw.choice(LEAVING))], **self.world.act(day))

    def come_back(self):
        gone = Membership.objects.current().filter(exit=Exit.DEPARTED).select_related("member").order_by("pk")
        if not gone:
            raise Refused("Chưa ai chuyển đi.")
        day = self.on()
        row = self.world.arrival("", "K", day, member=self.draw.choice(list(gone)).member, entry="ARRIVED")
        enroll([replace(row, organization=self.cell(day))], **self.world.act(day))

    def exempt(self):
        day = self.on()
        states.set_status([self.member()], self.draw.choice(Status.Kind.values[:2]), **self.world.act(day))

    # Organizations

    def found(self):
        day = self.on()
        forest = Forest.on(day)
        above = self.of_kind(forest, Kind.DBCS)
        row = Founding(code=f"{above}-{50 + self.number()}", name=f"Chi bộ {self.n}", kind=Kind.CBTT, parent=above)
        self.carry_out(plan.founding([row]), day)

    def rename(self):
        day = self.on()
        code = self.draw.choice(sorted(Forest.on(day)))
        self.carry_out(plan.renaming({code: f"Tên {self.number()}"}), day)

    def move(self):
        day = self.on()
        forest = Forest.on(day)
        cell, above = self.of_kind(forest, Kind.CBTT), self.of_kind(forest, Kind.DBCS, Kind.DBBP)
        self.carry_out(plan.moving({cell: above}), day)

    def merge(self):
        day = self.on()
        forest = Forest.on(day)
        old, into = self.of_kind(forest, Kind.DBCS), self.of_kind(forest, Kind.DBCS)
        theirs = self.destinations(forest.cells(old), forest.cells(into))
        self.carry_out(plan.merging(forest, (old,), into, people=theirs), day)

    def absorb(self):
        """A cell that is a grassroots organization ends in a cell of a committee."""
        day = self.on()
        forest = Forest.on(day)
        old, into = self.of_kind(forest, Kind.CBCS), self.of_kind(forest, Kind.DBCS)
        cells = forest.cells(into)
        if not cells:
            raise Refused("Đảng bộ này không có chi bộ.")
        self.carry_out(plan.merging(forest, (old,), into, people={old: self.draw.choice(cells)}), day)

    def merge_anew(self):
        day = self.on()
        forest = Forest.on(day)
        pair = sorted({self.of_kind(forest, Kind.DBCS), self.of_kind(forest, Kind.DBCS)})
        new = Founding(code=f"DB{20 + self.number()}", name=f"Đảng bộ {self.n}", kind=Kind.DBCS, parent="K")
        self.carry_out(plan.merging_anew(forest, pair, (new,)), day)

    def split_cell(self):
        day = self.on()
        forest = Forest.on(day)
        cell = self.of_kind(forest, Kind.CBTT)
        people = sorted(Membership.objects.on(day).filter(organization__code=cell).values_list("member", flat=True))
        new = Founding(
            code=f"{forest[cell].parent}-{50 + self.number()}",
            name=f"Chi bộ {self.n}",
            kind=Kind.CBTT,
            parent=forest[cell].parent,
        )
        leaving = self.draw.sample(people, len(people) // 2)
        self.carry_out(plan.splitting(forest, cell, (new,), ends=False, persons=dict.fromkeys(leaving, new.code)), day)

    def split_committee(self):
        day = self.on()
        forest = Forest.on(day)
        old = self.of_kind(forest, Kind.DBCS)
        founded = tuple(
            Founding(code=f"DB{20 + self.number()}", name=f"Đảng bộ {self.n}", kind=Kind.DBCS, parent="K")
            for _ in range(2)
        )
        parents = {child: self.draw.choice(founded).code for child in forest.children(old)}
        self.carry_out(plan.splitting(forest, old, founded, ends=True, parents=parents), day)

    def dissolve(self):
        day = self.on()
        forest = Forest.on(day)
        cell = self.of_kind(forest, Kind.CBTT)
        others = [c for c in forest.cells(forest[cell].parent) if c != cell]
        if not others:
            raise Refused("Không có nơi tiếp nhận.")
        to = self.draw.choice(others)
        self.carry_out(plan.dissolving(forest, cell, people={cell: to}, successors=(to,)), day)

    def turn_into_committee(self):
        day = self.on()
        code = self.of_kind(Forest.on(day), Kind.CBCS)
        cells = [
            Founding(code=f"{code}-{50 + self.number()}", name=f"Chi bộ {self.n}", kind=Kind.CBTT, parent=code)
            for _ in range(2)
        ]
        people = sorted(Membership.objects.on(day).filter(organization__code=code).values_list("member", flat=True))
        some = dict.fromkeys(people[: len(people) // 2], cells[1].code)
        self.carry_out(plan.turning_into_committee(code, cells, into=cells[0].code, persons=some), day)

    def turn_into_cell(self):
        day = self.on()
        forest = Forest.on(day)
        self.carry_out(plan.turning_into_cell(forest, self.of_kind(forest, Kind.DBCS)), day)

    # Corrections

    def take_back(self):
        acts = list(Change.objects.filter(undoable=True, undone__isnull=True).order_by("-pk")[:12])
        undo(self.draw.choice(acts), reason="ghi nhầm", **self.world.act(self.day))

    def correct(self):
        rows = MemberRating.objects.filter(voided__isnull=True, period__locked__isnull=False, decided__isnull=False)
        if not rows:
            raise Refused("Chưa có kỳ nào khóa.")
        row = self.draw.choice(list(rows.filter(on_roll=True).order_by("pk")))
        paper = document("9-QĐ", self.day, "Đảng ủy Khối")
        correct(
            [Correction(row=row, level=self.draw.choice([2, 3]))],
            reason="xét lại",
            **self.world.act(self.day, document=paper),
        )

    def target(self):
        years = sorted(invariants.locked_years())
        if not years:
            raise Refused("Chưa có năm nào.")
        self._set_target(self.draw.choice(years))

    def _set_target(self, year):
        row = {(indicator("KN", year), self.world.org["K"]): self.draw.randint(1, 9)}
        targets.set_targets(row, **self.world.act(self.day))

    def withdraw(self):
        closings = list(Closing.objects.filter(voided__isnull=True).order_by("pk"))
        if not closings or self.draw.random() < 0.7:
            raise Refused("Để yên.")
        withdraw(self.draw.choice(closings), reason="chốt lại", **self.world.act(self.day))


ACTS = (
    "admit admit admit arrive recognise recognise transfer transfer leave come_back exempt found rename move merge "
    "absorb merge_anew split_cell split_committee dissolve turn_into_committee turn_into_cell take_back take_back "
    "correct target withdraw"
).split()
