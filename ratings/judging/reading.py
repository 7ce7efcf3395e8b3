"""Sheets held against the roll: what is judged about many sheets of one period, read once for all of them."""

import hashlib
from collections import Counter, defaultdict
from contextlib import contextmanager
from functools import cached_property

from ledger.acts import Refused
from ledger.numbers import day_in_words
from members.models import Member
from ratings.models import MemberRating, OrganizationRating, Reason
from ratings.rolls import on_roll

from .caps import places_of_members
from .record_facts import know
from .rules import RuleBook


class Reading:
    """`rolls`: {cell id: {member id}} on `day`; `lines`: {cell id: {member id: MemberRating}}, all standing ones."""

    def __init__(self, period, sheets, day):
        self.period, self.sheets, self.day = period, list(sheets), day
        self.cells = [s.organization_id for s in self.sheets]

    def go_on_from(self, other, *, with_lines=True):
        """What `other` has read of these sheets, more perhaps, on the same day, and wrote into its lines, is not read again."""
        of_these = set(self.cells) <= set(other.cells)
        if of_these and (self.period.pk, self.day) == (other.period.pk, other.day):
            shared = {"rolls", "known", "names", "book", *(["lines"] if with_lines else [])}
            for name in shared & vars(other).keys():
                setattr(self, name, vars(other)[name])

    def part(self, sheets):
        """A Reading of some of its sheets, which goes on from what it has read of all of them; their lines are the same."""
        assert self.lines is not None  # read now, so that what is written into them is seen in every part
        some = type(self)(self.period, sheets, self.day)
        some.go_on_from(self)
        return some

    @cached_property
    def rolls(self):
        """Frozen at the lock: what is recorded of earlier days later on comes into no locked list."""
        members = defaultdict(set)
        if self.period.locked_id:
            locked = MemberRating.objects.standing().filter(sheet__in=[s.pk for s in self.sheets])
            rows = locked.filter(on_roll=True)
        else:
            rows = on_roll(self.period, self.day).filter(organization__in=self.cells)
        for cell, member in rows.values_list("organization_id", "member_id"):
            members[cell].add(member)
        return members

    @cached_property
    def lines(self):
        by_cell = defaultdict(dict)
        rows = MemberRating.objects.standing().filter(sheet__in=[s.pk for s in self.sheets])
        # Only of a locked period is it asked which act a line is of: whether it was corrected since.
        related = ["reason", "added"] if self.period.locked_id else ["reason"]
        for line in rows.select_related(*related):
            by_cell[line.organization_id][line.member_id] = line
        return by_cell

    @cached_property
    def known(self):
        return know({m for roll in self.rolls.values() for m in roll}, self.period, self.day)

    @cached_property
    def names(self):
        """{member id: full name} of all on the rolls and in the lines; asked only where a sentence names one."""
        ids = {m for cell in self.cells for m in (*self.rolls[cell], *self.lines[cell])}
        return dict(Member.objects.filter(pk__in=ids).values_list("pk", "full_name"))

    def name_of(self, member):
        return self.names[member]

    @contextmanager
    def naming(self, member):
        """What is refused inside is refused with the member's name before the sentence."""
        try:
            yield
        except Refused as refused:
            raise Refused(f"{self.name_of(member)}: {refused.messages[0]}") from refused

    @cached_property
    def book(self):
        return RuleBook(self.period.scheme)

    @cached_property
    def organizations(self):
        """{cell id: its own OrganizationRating}"""
        rows = (
            OrganizationRating.objects.standing()
            .filter(period=self.period, organization__in=self.cells)
            .select_related("reason")
        )
        return {row.organization_id: row for row in rows}

    @cached_property
    def places(self):
        return places_of_members(self.period, self.cells, self.day)

    def counted(self, cell):
        """Lines of those on the roll of `cell`."""
        return [line for member, line in self.lines[cell].items() if member in self.rolls[cell]]

    def missing(self, cell):
        """Ids of those on the roll without level or reason."""
        return {m for m in self.rolls[cell] if m not in self.lines[cell] or not self.lines[cell][m].is_settled}

    def tally(self, cell):
        """{"roll", "rated", "out_of_scope", "not_yet": n; 1…4: n at that rank}; the three parts make up the roll."""
        counts = Counter(roll=len(self.rolls[cell]), rated=0, out_of_scope=0, not_yet=len(self.missing(cell)))
        for line in self.counted(cell):
            if line.level is not None:
                counts["rated"] += 1
                counts[line.level] += 1
            elif line.reason_id is not None:
                excluded = line.reason.kind == Reason.Kind.EXCLUDED
                counts["out_of_scope" if excluded else "not_yet"] += 1
        return counts

    def findings(self, cell):
        """[Finding] of a sheet as a whole and of each of its lines."""
        found = self.book.of_sheet(self.counted(cell), self.organizations.get(cell))
        for line in self.counted(cell):
            found += self.book.of_line(line, self.known[line.member_id], self.period)
        return found

    def fingerprint(self, sheet):
        """What who signs has seen: it changes with every line and with the roll."""
        roll = ",".join(map(str, sorted(self.rolls[sheet.organization_id])))
        return f"{sheet.version}-{hashlib.sha256(roll.encode()).hexdigest()[:12]}"

    def require_complete(self):
        """Refused when someone on a roll has neither level nor reason."""
        for sheet in self.sheets:
            self.require_complete_of(sheet)

    def require_complete_of(self, sheet):
        if missing := self.missing(sheet.organization_id):
            raise Refused(
                f"Phiếu của chi bộ {sheet.organization.code} còn {len(missing)} đảng viên chưa xếp loại "
                f"tính đến ngày {day_in_words(self.day)}."
            )
