"""What a Plan makes of the tree and the roll on its day: read once, judged whole, before anything is written."""

from collections import defaultdict
from copy import copy
from dataclasses import replace

from django.db.models import Q

from ledger.acts import Refused
from ledger.numbers import day_in_words
from members.models import Exit, Member, Membership
from members.register import places
from members.register.arriving import check_brought
from organizations.reorganize import NOTHING, Reshaping

NAMED = 5  # so many people without a destination are named in a sentence, the others counted


def _as_new(row, on):
    """The Arrival `row` of `on`; somebody unsaved as a copy, so that a Plan can be carried out again."""
    return replace(row, on=on, member=row.member if row.member.pk else copy(row.member))


class ReorganizationOutcome:
    """`tree`: the Reshaping; `moved`: [(member, code of the cell)]; `leaving`: [(member, Exit)]; `arriving`: [(Arrival,
    code of the cell)]; `problems`: sentences.

    With problems, nothing of it may be written. Locks what it reads; number of queries does not grow with people.
    """

    def __init__(self, plan, on):
        self.plan, self.on = plan, on
        needed = {*plan.people.values(), *plan.persons.values(), *plan.people, *plan.origins.values()}
        needed |= {code for heirs in plan.successors.values() for code in heirs} | plan.arriving.keys()
        self.tree = Reshaping(on, founded=plan.founded, changed=plan.changed, ended=plan.ended, needed=needed)
        before, after = self.tree.before, self.tree.after
        self.giving = {
            code
            for code in {*plan.ended, *plan.changed} & before.keys()
            if before[code].holds_members and not (code in after and after[code].holds_members)
        }
        self.moved, self.leaving, self._unplaced = [], [], defaultdict(list)
        self.arriving = [(_as_new(row, on), code) for code, rows in plan.arriving.items() for row in rows]
        self._read()
        self.problems = list(dict.fromkeys([*self.tree.problems, *self._tree_faults(), *self._people_faults()]))

    @property
    def giving_cells(self):
        """Those that hold no members any more."""
        return [self.tree.organizations[code] for code in sorted(self.giving)]

    @property
    def former_cells(self):
        """Those that go on without holding members any more."""
        return [self.tree.organizations[code] for code in sorted(self.giving - {*self.plan.ended})]

    def _read(self):
        named = {*self.plan.persons, *self.plan.leaving}
        rows = Membership.objects.on(self.on).filter(Q(organization__code__in=self.giving) | Q(member__in=named))
        self._rows = list(rows.select_related("member", "organization").order_by("member__sort_key", "member_id"))
        for row in self._rows:
            member, cell = row.member, row.organization.code
            to = self.plan.persons.get(member.pk) or (self.plan.people.get(cell) if cell in self.giving else None)
            if member.pk in self.plan.leaving:
                self.leaving.append((member, self.plan.leaving[member.pk]))
            elif to is None and cell in self.plan.sent:
                self.leaving.append((member, Exit.SENT_AWAY))
            elif to is None:
                self._unplaced[cell].append(member)
            elif to != cell or cell in self.giving:
                self.moved.append((member, to))
        self._held = places.lock([member for member, _ in [*self.moved, *self.leaving]])

    def _tree_faults(self):
        plan, name = self.plan, self.tree.name
        for code in self.tree.taken:
            yield f"Mã {code} đã có. Hãy chọn mã khác."
        for code in plan.torn:
            if isinstance(code, str):
                yield f"{name(code)}: các việc trong một lần ghi khác nhau về tổ chức này. Hãy chọn một."
        for code, heirs in plan.successors.items():
            if code not in plan.ended:
                yield f"{name(code)} không kết thúc nên không có tổ chức kế thừa."
            if len(set(heirs)) != len(heirs):
                yield f"{name(code)}: mỗi tổ chức kế thừa chỉ ghi một lần."
            for heir in heirs:
                if heir in plan.ended:
                    yield f"{name(code)}: {name(heir)} cũng kết thúc, không kế thừa được."
        for new, source in plan.origins.items():
            if new not in {row.code for row in plan.founded} or source in plan.ended:
                yield f"{name(new)} không phải tổ chức mới tách ra từ {name(source)}."
        if not (self.tree.differs or self.tree.problems or self.moved or self.leaving or self.arriving):
            yield NOTHING

    def _people_faults(self):
        yield from self._destination_faults()
        yield from self._unplaced_faults()
        yield from self._arriving_faults()
        yield from self._person_faults()

    def _destination_faults(self):
        plan, name = self.plan, self.tree.name
        for cell, to in plan.people.items():
            if cell in self.tree.before and cell not in self.giving:
                yield f"{name(cell)} vẫn là chi bộ sau lần {plan.short} này; hãy chọn từng đảng viên chuyển đi."
            first = next((str(member) for member, place in self.moved if place == to), name(cell))
            yield from self._destination_fault(to, name(cell), first)
        alone = {to: str(member) for member, to in reversed(self.moved) if member.pk in plan.persons}
        for to, whom in alone.items():
            yield from self._destination_fault(to, whom, whom)

    def _destination_fault(self, to, ending, moving):
        if to in self.plan.ended:
            yield f"{ending}: nơi tiếp nhận cũng kết thúc trong lần {self.plan.short} này."
        elif to in self.tree.after and not self.tree.after[to].holds_members:
            yield f"{moving}: {self.tree.name(to)} không phải chi bộ; đảng viên sinh hoạt ở chi bộ."

    def _unplaced_faults(self):
        for cell, members in sorted(self._unplaced.items()):
            if all(row.member in members for row in self._rows if row.organization.code == cell):
                yield f"Chưa chỉ định nơi tiếp nhận cho {self.tree.name(cell)}."
                continue
            names = ", ".join(str(member) for member in members[:NAMED])
            more = f" và {len(members) - NAMED} đồng chí khác" if len(members) > NAMED else ""
            yield f"{self.tree.name(cell)}: chưa chỉ định nơi tiếp nhận cho {names}{more}."

    def _arriving_faults(self):
        for row, code in self.arriving:
            yield from self._destination_fault(code, str(row.member), str(row.member))
            try:
                check_brought(row)
            except Refused as refused:
                yield from refused.messages

    def _person_faults(self):
        plan = self.plan
        torn = Member.objects.filter(pk__in=[key for key in plan.torn if isinstance(key, int)])
        for member in torn if plan.torn else ():
            yield f"{member}: các việc trong một lần ghi khác nhau về đồng chí này. Hãy chọn một."
        missing = {*plan.persons, *plan.leaving} - {row.member_id for row in self._rows}
        members = Member.objects.in_bulk(missing) if missing else {}
        for pk in sorted(missing):
            yield f"{members.get(pk, f'Đảng viên số {pk}')} không có tên trong danh sách đảng viên vào ngày {day_in_words(self.on)}."
        for member, _ in self.leaving:
            if member.pk in plan.persons:
                yield f"{member} vừa chuyển sang chi bộ khác vừa ra khỏi danh sách. Hãy chọn một."
        for member, _ in [*self.moved, *self.leaving]:
            try:
                places.last_place(self._held, member, self.on)
            except Refused as refused:
                yield from refused.messages
