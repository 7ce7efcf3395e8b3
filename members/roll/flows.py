"""What came onto a roll and left it between two days (domain §4.4)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from members.models import Entry, Exit, Membership
from organizations.models import Lineage


@dataclass
class Flow:
    """opening + in − out + reorganized = closing, for one organization and the days `first` to `last`."""

    opening: int = 0
    arrivals: Counter = field(default_factory=Counter)  # {Entry: n}
    departures: Counter = field(default_factory=Counter)  # {Exit: n}
    reorganized: int = 0
    closing: int = 0

    @property
    def gained(self):
        return self.arrivals.total()

    @property
    def lost(self):
        return self.departures.total()

    @property
    def balances(self):
        return self.opening + self.gained - self.lost + self.reorganized == self.closing


@dataclass(frozen=True)
class Movement:
    """One person who came into the subtree of `node`, or out of it, on `day`.

    `kind`: Entry or Exit; REORGANIZED where the tree changed, not the person. `old`, `new`: memberships, None outside.
    """

    node: int
    day: date
    came: bool
    kind: str
    old: Membership | None
    new: Membership | None

    @property
    def by_tree(self):
        return self.kind == Entry.REORGANIZED


def flows(organizations, first, last):
    """{organization id: Flow} over the days `first` to `last`, both included. Number of queries: six.

    The counts are those of `movements`; a move inside a subtree is nothing to it.
    """
    ids = {o.pk for o in organizations}
    flow_of = {pk: Flow() for pk in ids}
    for day, name in ((first - timedelta(days=1), "opening"), (last, "closing")):
        line = Lineage.objects.on(day).filter(ancestor__in=ids)
        counted = Counter(Membership.objects.on(day).values_list("organization_id", flat=True))
        for organization, ancestor in line.values_list("organization_id", "ancestor_id"):
            flow = flow_of[ancestor]
            setattr(flow, name, getattr(flow, name) + counted[organization])
    for moved in movements(ids, first, last):
        flow = flow_of[moved.node]
        if moved.by_tree:
            flow.reorganized += 1 if moved.came else -1
        else:
            (flow.arrivals if moved.came else flow.departures)[moved.kind] += 1
    return flow_of


def movements(ids, first, last):
    """[Movement] of the organizations `ids` over the days `first` to `last`: the persons behind each count of `flows`.

    Every day on which someone's place, or the line above their cell, changed is looked at.
    """
    before = first - timedelta(days=1)
    above, turns = _lines(before, last)
    moves = []
    for spells in _changing(before, last, turns):
        moves += [moved for moved in _walk(spells, above, turns, first, last) if moved.node in ids]
    return moves


def _lines(before, last):
    """({organization: [(ancestor, starts, ends)]}, {organization: days its line changed})."""
    above, turns = defaultdict(list), defaultdict(set)
    rows = Lineage.objects.touching(before, last).values_list("organization_id", "ancestor_id", "starts", "ends")
    for organization, ancestor, starts, ends in rows:
        above[organization].append((ancestor, starts, ends))
        turns[organization] |= {day for day in (starts, ends) if before < day <= last}
    return above, turns


def _changing(before, last, turns):
    """Spells of each member whose place or line changed in the period: [[Membership, …] in order of time]."""
    moved = {pk for pk, days in turns.items() if days}
    changed = Q(starts__gt=before) | Q(ends__lte=last) | Q(organization__in=moved)
    spells = Membership.objects.touching(before, last)
    rows = spells.filter(member__in=spells.filter(changed).values("member")).order_by("member_id", "starts")
    people_ = defaultdict(list)
    for row in rows:
        people_[row.member_id].append(row)
    return people_.values()


def _walk(spells, above, turns, first, last):
    days = {d for s in spells for d in (s.starts, s.ends, *turns[s.organization_id]) if first <= d <= last}
    for day in sorted(days):
        old, new = _held(spells, day - timedelta(days=1)), _held(spells, day)
        was, now = _ancestors(old, above, day - timedelta(days=1)), _ancestors(new, above, day)
        stayed = old is not None and new is not None and old.organization_id == new.organization_id
        for node in was - now:
            yield Movement(node, day, False, Exit.REORGANIZED if stayed else old.exit, old, new)
        for node in now - was:
            yield Movement(node, day, True, Entry.REORGANIZED if stayed else new.entry, old, new)


def _held(spells, day):
    return next((s for s in spells if s.starts <= day < s.ends), None)


def _ancestors(spell, above, day):
    if spell is None:
        return set()
    return {ancestor for ancestor, starts, ends in above[spell.organization_id] if starts <= day < ends}
