"""The roll of an organization on a day, and how it came from one day to another (domain §3.3)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, DateField, OuterRef, Q, Subquery, When

from members.models import Admission, Entry, Exit, Membership, Officialization, Status, age_on
from organizations.models import Lineage

AGE_BANDS = ((18, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60), (61, None))  # domain §4.2


def roll(organization, day):
    """Memberships of all who stood on the roll below `organization` on `day`, sorted by name.

    Each carries what `as_of` adds.
    """
    rows = below(organization, day).select_related("member", "member__ethnic_group", "organization")
    return as_of(rows, day).order_by("member__sort_key", "member_id")


def as_of(memberships, day):
    """`memberships`, each with dates or None and a status, all as of `day`.

    `joined_on`: "vào Đảng", the ceremony of the last admission; `decided_on`: "quyết định kết nạp", its decision;
    `ceremony_on`: from which probation is counted (as `counted_from`); `official_on`; `status`: Status.Kind or None, the
    first of several.
    """
    member = OuterRef("member_id")
    official = Officialization.objects.filter(voided__isnull=True, member=member, on__lte=day).order_by("-on")
    admitted = Admission.objects.filter(voided__isnull=True, member=member, ceremony__lte=day)
    admitted = admitted.order_by(Case(When(kind=Admission.Kind.RESTORED, then=1), default=0), "-ceremony")
    joined = joinings(day).filter(member=member).order_by("-ceremony")
    status = Status.objects.on(day).filter(member=member).order_by("kind")
    return memberships.annotate(
        official_on=Subquery(official.values("on")[:1], output_field=DateField()),
        joined_on=Subquery(joined.values("ceremony")[:1], output_field=DateField()),
        decided_on=Subquery(joined.values("decided")[:1], output_field=DateField()),
        ceremony_on=Subquery(admitted.values("ceremony")[:1], output_field=DateField()),
        status=Subquery(status.values("kind")[:1]),
    )


def joinings(day):
    """Admissions up to `day` by which people came into the Party: rights given back are none."""
    rows = Admission.objects.filter(voided__isnull=True, ceremony__lte=day)
    return rows.exclude(kind=Admission.Kind.RESTORED)


def below(organization, day):
    """Memberships that hold on `day` in the subtree of `organization` as it was that day."""
    line = "organization__lineage__"
    return Membership.objects.on(day).filter(
        **{
            line + "ancestor": organization,
            line + "voided__isnull": True,
            line + "starts__lte": day,
            line + "ends__gt": day,
        }
    )


def is_probationary(row):
    """Whether a row of `roll` is on probation: admitted, and not official since."""
    return row.official_on is None or (row.ceremony_on is not None and row.official_on < row.ceremony_on)


def people(organization, day):
    """Counts of the roll for the people charts: {"bands": {(band, sex): n}, "ethnic": …, "education": …, "theory": …}."""
    found = {name: Counter() for name in ("bands", "ethnic", "education", "theory")}
    rows = below(organization, day).values_list(
        "member__birth_date",
        "member__birth_precision",
        "member__sex",
        "member__ethnic_group__name",
        "member__qualification",
        "member__theory",
    )
    for born, precision, sex, ethnic, education, theory in rows:
        age = age_on(born, precision, day)
        band = next((b for b in AGE_BANDS if b[0] <= age and (b[1] is None or age <= b[1])), AGE_BANDS[0])
        found["bands"][band, sex] += 1
        found["ethnic"][ethnic] += 1
        found["education"][education] += 1
        found["theory"][theory] += 1
    return found


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
    found = {pk: Flow() for pk in ids}
    for day, name in ((first - timedelta(days=1), "opening"), (last, "closing")):
        line = Lineage.objects.on(day).filter(ancestor__in=ids)
        counted = Counter(Membership.objects.on(day).values_list("organization_id", flat=True))
        for organization, ancestor in line.values_list("organization_id", "ancestor_id"):
            flow = found[ancestor]
            setattr(flow, name, getattr(flow, name) + counted[organization])
    for moved in movements(ids, first, last):
        flow = found[moved.node]
        if moved.by_tree:
            flow.reorganized += 1 if moved.came else -1
        else:
            (flow.arrivals if moved.came else flow.departures)[moved.kind] += 1
    return found


def movements(ids, first, last):
    """[Movement] of the organizations `ids` over the days `first` to `last`: the persons behind each count of `flows`.

    Every day on which someone's place, or the line above their cell, changed is looked at.
    """
    before = first - timedelta(days=1)
    above, turns = _lines(before, last)
    found = []
    for spells in _changing(before, last, turns):
        found += [moved for moved in _walk(spells, above, turns, first, last) if moved.node in ids]
    return found


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


def search(memberships, key):
    """Those whose folded name holds `key` (already folded)."""
    return memberships.filter(member__search_key__contains=key) if key else memberships
