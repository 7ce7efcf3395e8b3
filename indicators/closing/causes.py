"""Which acts after a given one changed whether a row counts somewhere: every row's versions replayed act by act."""

from collections import defaultdict
from dataclasses import replace

from django.db.models import Q

from indicators.facts import StandingFacts
from indicators.measures import ORGANIZATIONS, SUBJECTS
from inspections.models import Inspection, InspectionSubject
from organizations import lineage
from organizations.models import Lineage


def flips(seen, acts):
    """Ids of the `acts` (in order) at which `seen(act)` differs from what was seen at the act before; the first is none."""
    flipped, before = set(), seen(acts[0])
    for act in acts[1:]:
        after = seen(act)
        if after != before:
            flipped.add(act)
        before = after
    return flipped


def _standing(versions, act):
    """Values of those `versions` (added, voided or None, value) that stood as known at `act`.

    A spell ended later is voided and inserted by one act with the same value on the day looked at: nothing changes.
    """
    return {value for added, voided, value in versions if added <= act and (voided is None or voided > act)}


class EntryIntoBloc:
    """How the organization `node` (an id) came into the bloc of `period` since the act `known`: what counted there before is
    looked at since then.
    """

    def __init__(self, node, period, window, known):
        self.node, self.bloc, self.window = node, period.bloc_id, window
        lines = Lineage.objects.filter(organization=node).values_list("added_id", "voided_id")
        self.acts = {act for row in lines for act in row if act and act > known}
        self._inside = {}

    def holds(self, act):
        """Whether it stood in the bloc at some time of the year, as known at `act`."""
        if act not in self._inside:
            inside = lineage.within(self.bloc, self.window.first, self.window.last, act)
            self._inside[act] = self.node in inside
        return self._inside[act]


class Causes:
    """For the things `ids` of one family of facts in one window: what brought each in or took it out since `known`."""

    def __init__(self, facts, window, known, ids):
        self.facts, self.window, self.known = facts, window, known
        self.days = self._days(ids)
        self.rows = self._rows(ids)
        self.lines = defaultdict(list)
        if not facts.own:
            self._read_lines()
        self.beside = self._beside(ids)

    def of(self, measure, pk, node, entry=None):
        """Ids of the acts that changed whether `measure` counts `pk` at the organization `node`; empty: unexplained.

        `entry`: the Entry of a node that came to be looked at later on.
        """
        if pk not in self.days:  # counted neither then nor now by any act: the row was changed behind the verbs
            return set()
        rows = self.rows[pk]
        beside = self.beside[pk] if self.facts is SUBJECTS or measure.reads("finance") else []
        places = {place for _, _, (place, _) in rows}
        lines = {place: self._lines_on_day(pk, place, node) for place in places}
        versions = [*rows, *beside, *(line for of_place in lines.values() for line in of_place)]
        acts = {act for version in versions for act in version[:2] if act and act > self.known}
        acts |= entry.acts if entry else set()

        def seen(act):
            if entry and not entry.holds(act):
                return set(), set()
            at_node = {value for place, value in _standing(rows, act) if self._reaches(place, node, lines[place], act)}
            return at_node, at_node and _standing(beside, act)

        return flips(seen, [self.known, *sorted(acts)])

    def _reaches(self, place, node, lines, act):
        return place == node if self.facts.own else bool(_standing(lines, act))

    def _lines_on_day(self, pk, place, node):
        return [row[2:] for row in self.lines[place, node] if row[0] <= self.days[pk] < row[1]]

    def _days(self, ids):
        """{id: the day along whose tree it counts}, as known now or then."""
        days = {}
        for known in (self.known, None):
            for rows in self.facts.dated([replace(self.window, known=known)]):
                days |= dict(rows.filter(**{f"{self.facts.identity}__in": ids}).values_list(self.facts.identity, "day"))
        return days

    def _rows(self, ids):
        """{id: versions}, the value of each being (organization, what conditions read)."""
        standing = isinstance(self.facts, StandingFacts)
        table = self.facts.rows(self.window if standing else None).model._base_manager
        rows = table.filter(**{f"{self.facts.identity}__in": ids})
        if standing:
            rows = rows.filter(starts__lte=self.window.last, ends__gt=self.window.last)
        versions = defaultdict(list)
        columns = (self.facts.identity, "added_id", "voided_id", self.facts.organization, *self.facts.reads)
        for pk, added, voided, place, *values in rows.values_list(*columns):
            versions[pk].append((added, voided, (place, tuple(values))))
        return versions

    def _read_lines(self):
        places = {place for versions in self.rows.values() for _, _, (place, _) in versions}
        rows = Lineage.objects.filter(organization__in=places)
        columns = ("organization_id", "ancestor_id", "starts", "ends", "added_id", "voided_id", "ancestor_id")
        for organization, ancestor, *row in rows.values_list(*columns):
            self.lines[organization, ancestor].append(tuple(row))

    def _beside(self, ids):
        """{id: versions} of the rows beside the one counted that its conditions read."""
        versions = defaultdict(list)
        rows = InspectionSubject.objects.all()
        columns = ("added_id", "voided_id", "inspection__voided_id", "pk")
        if self.facts is SUBJECTS:
            for added, _, voided, pk in rows.filter(pk__in=ids).values_list(*columns):
                versions[pk].append((added, voided, True))
        if self.facts is ORGANIZATIONS:
            checks = rows.filter(
                Q(done_on__gte=self.window.first, done_on__lte=self.window.last),
                inspection__kind=Inspection.Kind.FINANCE,
                organization__in=ids,
            )
            for place, added, voided, whole, _ in checks.values_list("organization_id", *columns):
                ends = min(filter(None, (voided, whole)), default=None)
                versions[place].append((added, ends, True))
        return versions
