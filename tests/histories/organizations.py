"""What happens to organizations."""

from inspections.handover.hand_over import left_open, pass_over
from ledger import clock
from ledger.acts import Refused
from ledger.documents import document
from members.models import Exit, Membership
from members.reorganizing import plan
from members.reorganizing.carry_out import carry_out
from members.reorganizing.plan_bloc import ending, receiving, sending_away
from organizations import lineage
from organizations.forest import Forest
from organizations.models import Kind, Organization
from organizations.reorganize import Founding
from organizations.staff.counts import COUNTED_AT, StaffRow, set_staff
from tests.world import START

from .ground import HistoryGround

FEW = 6  # cells: with fewer the history would die out, so none is sent away, not as of an earlier day either


class Organizations(HistoryGround):
    def carry_out(self, plan_, day):
        carry_out(plan_, **self.act(day))

    def found(self):
        day = self.on()
        forest = Forest.on(day)
        above = self.of_kind(forest, Kind.DBCS)
        row = Founding(code=f"{above}-{50 + self.number()}", name=f"Chi bộ {self.n}", kind=Kind.CBTT, parent=above)
        self.carry_out(plan.founding([row]), day)

    def rename(self):
        day = self.on()
        code = self.pick(sorted(Forest.on(day)))
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
        self.carry_out(plan.merging(forest, (old,), into, people={old: self.pick(cells)}), day)

    def merge_anew(self):
        day = self.on()
        forest = Forest.on(day)
        pair = sorted({self.of_kind(forest, Kind.DBCS), self.of_kind(forest, Kind.DBCS)})
        above = forest[pair[0]].parent
        new = Founding(code=f"DB{20 + self.number()}", name=f"Đảng bộ {self.n}", kind=Kind.DBCS, parent=above)
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
            Founding(
                code=f"DB{20 + self.number()}", name=f"Đảng bộ {self.n}", kind=Kind.DBCS, parent=forest[old].parent
            )
            for _ in range(2)
        )
        parents = {child: self.pick(founded).code for child in forest.children(old)}
        self.carry_out(plan.splitting(forest, old, founded, ends=True, parents=parents), day)

    def dissolve(self):
        day = self.on()
        forest = Forest.on(day)
        cell = self.of_kind(forest, Kind.CBTT)
        others = [c for c in forest.cells(forest[cell].parent) if c != cell]
        if not others:
            raise Refused("Không có nơi tiếp nhận.")
        to = self.pick(others)
        self.carry_out(plan.dissolving(forest, cell, people={cell: to}, successors=(to,)), day)

    def receive_from_outside(self):
        """A committee with one cell and two people; one who went away before may be among them."""
        day = self.on()
        above = Founding(
            code=f"DB{20 + self.number()}",
            name=f"Đảng bộ {self.n}",
            kind=Kind.DBCS,
            parent=self.of_kind(Forest.on(day), Kind.KHOI),
        )
        cell = Founding(code=f"{above.code}-01", name="Chi bộ", kind=Kind.CBTT, parent=above.code)
        people = [self.world.arrival(f"Lý Theo {self.number()}", "K", day, entry="RECEIVED") for _ in range(2)]
        gone = Membership.objects.standing().filter(exit__in=(Exit.SENT_AWAY, Exit.DEPARTED)).select_related("member")
        if self.draw.random() < 0.3 and gone:
            people.append(self.world.arrival("", "K", day, member=self.one(gone).member, entry="RECEIVED"))
        self.carry_out(receiving([above, cell], "Đảng bộ huyện", {cell.code: people}), day)

    def send_away(self):
        day = self.on()
        if self._are_few(day):
            raise Refused("Còn ít chi bộ.")
        forest = Forest.on(day)
        self.carry_out(sending_away(forest, {self.of_kind(forest, Kind.DBCS, Kind.CBCS): "Đảng bộ huyện"}), day)

    def _are_few(self, day):
        return min(len(self.cells(day)), len(self.cells(self.day))) < FEW

    def end_bloc(self):
        """Its organizations go to one or two blocs, that stand or are founded by it; now and then one is sent away on the way.
        What is left open is handed over.
        """
        day = self.on()
        forest = Forest.on(day)
        old = self.of_kind(forest, Kind.KHOI)
        receivers = sorted(code for code, place in forest.items() if place.kind == Kind.KHOI and code != old)
        founded = []
        if not receivers or self.draw.random() < 0.5:
            founded = [
                Founding(code=f"R{self.number()}", name=f"Đảng bộ {self.n}", kind=Kind.KHOI)
                for _ in range(self.draw.randint(1, 2))
            ]
            receivers = [row.code for row in founded]
        parents = {code: self.pick(receivers) for code in forest.children(old)}
        along = []
        if len(parents) > 3 and not self._are_few(day) and self.draw.random() < 0.3:
            gone = self.pick(sorted(parents))
            del parents[gone]
            along.append(sending_away(forest, {gone: "Đảng bộ huyện"}))
        plan_ = ending([old], parents, founded=founded, along=along)

        def also(change, organizations):
            if left := left_open([organizations[code].pk for code in plan_.ended], day).placed:
                pass_over(left, change)

        paper = document(f"{self.n}-QĐ/TU", day, "Tỉnh ủy")
        carry_out(plan_, **self.act(day, document=paper), also=[also])
        self.world.org |= {o.code: o for o in Organization.objects.standing()}

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

    def enter_staff(self):
        """A number or a bound for somebody of this year or one of the two before, or what stood is withdrawn."""
        year = self.day.year - self.draw.randrange(min(3, self.day.year - START.year + 1))
        places = lineage.places(clock.last_day(year)).filter(kind__in=COUNTED_AT).select_related("organization")
        total = self.pick([None, self.draw.randrange(200), self.draw.randrange(200)])
        row = StaffRow(
            organization=self.one(places).organization,
            year=year,
            total=total,
            at_least=total is not None and self.draw.random() < 0.2,
        )
        set_staff([row], **self.act())
