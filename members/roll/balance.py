"""The balance sheet (biến động) of an organization and those directly below it over a period (domain §3.3, §5.2 T1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404

from ledger.text import name_sort_key
from members.models import Entry, Exit, Member
from organizations import lineage

from .flows import flows, movements

IN = [kind for kind in Entry if kind not in (Entry.OPENING, Entry.REORGANIZED)]
OUT = [kind for kind in Exit if kind not in (Exit.NONE, Exit.REORGANIZED)]
TREE = "sap-xep"


@dataclass(frozen=True)
class Column:
    """A kind of movement. `key`: how the address names it; `came`: None for those the tree brought and took."""

    key: str
    label: str
    came: bool | None
    kind: str

    def count(self, flow):
        if self.came is None:
            return flow.reorganized
        return (flow.arrivals if self.came else flow.departures)[self.kind]

    def holds(self, moved):
        if self.came is None or moved.by_tree:
            return self.came is None and moved.by_tree
        return moved.came == self.came and moved.kind == self.kind


OPENED = Column("lap-so", Entry.OPENING.label, True, Entry.OPENING)
COLUMNS = (
    OPENED,
    *(Column(f"vao-{kind.lower()}", kind.label, True, kind) for kind in IN),
    *(Column(f"ra-{kind.lower()}", kind.label, False, kind) for kind in OUT),
    Column(TREE, "Do sắp xếp tổ chức", None, Entry.REORGANIZED),
)


@dataclass(frozen=True)
class BalanceSheet:
    """`rows`: [(spell, Flow, [(Column, n)])], the organization itself first. `columns`: those that hold anything.

    `gone`: ids of the organizations that hung directly below for a time, but not at the end.
    """

    first: date
    last: date
    rows: list
    columns: list
    gone: frozenset

    @property
    def organizations(self):
        """Ids of the rows' organizations."""
        return [spell.organization_id for spell, _, _ in self.rows]

    @property
    def eve(self):
        """The day the opening is counted on."""
        return self.first - timedelta(days=1)

    def cell(self, code, key):
        """(spell, Column) that an address names; None where none is asked for, Http404 where there is no such cell."""
        if not code and not key:
            return None
        spell = next((spell for spell, _, _ in self.rows if spell.organization.code == code), None)
        column = next((column for column in self.columns if column.key == key), None)
        if spell is None or column is None:
            raise Http404("Bảng biến động của kỳ này không có ô như vậy. Hãy mở lại bảng rồi bấm vào con số.")
        return spell, column

    def people(self, spell, column):
        return people(spell.organization, column, self.first, self.last)

    @property
    def unbalanced(self):
        """Spells of the organizations whose opening and movements do not give their closing."""
        return [spell for spell, flow, _ in self.rows if not flow.balances]


def sheet(page, half):
    """The Sheet of a Frame for its year up to the day looked at, or for the first six months only."""
    first = date(page.year, 1, 1)
    last = min(page.day, date(page.year, 6, 30)) if half else page.day
    own_spell = lineage.names({page.organization.pk}, last).get(page.organization.pk, page.place)
    standing, gone = lineage.children(page.organization, last), lineage.left(page.organization, first, last)
    spells = [own_spell, *standing, *gone]
    flow_of = flows([spell.organization for spell in spells], first, last)
    used = [c for c in COLUMNS if any(c.count(flow) for flow in flow_of.values())]
    rows = [
        (spell, flow_of[spell.organization_id], [(c, c.count(flow_of[spell.organization_id])) for c in used])
        for spell in spells
    ]
    return BalanceSheet(first, last, rows, used, frozenset(spell.organization_id for spell in gone))


@dataclass(frozen=True)
class Person:
    member: Member
    day: date
    came: bool
    source: str
    target: str


def people(organization, column, first, last):
    """[Person] behind one cell of the Sheet, by day and name; their number is the cell's, by the same definition.

    What the tree brought and took is one cell: it is those who came less those who went.
    """
    moved = [m for m in movements({organization.pk}, first, last) if column.holds(m)]
    members = Member.objects.in_bulk({(m.new or m.old).member_id for m in moved})
    names = _names(moved)
    persons = [
        Person(
            members[(m.new or m.old).member_id],
            m.day,
            m.came,
            names.get((m.old.organization_id, m.day - timedelta(days=1)), "") if m.old else "",
            names.get((m.new.organization_id, m.day), "") if m.new else "",
        )
        for m in moved
    ]
    return sorted(persons, key=lambda p: (p.day, name_sort_key(p.member.full_name, p.member.given_name), p.member.pk))


def _names(moved):
    left = {(m.old.organization_id, m.day - timedelta(days=1)) for m in moved if m.old}
    return lineage.labels_at(left | {(m.new.organization_id, m.day) for m in moved if m.new})
