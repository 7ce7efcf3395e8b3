"""What became of a closing: is it still what was sealed, does it recompute, and what changed since (design §5).

Two checks, always: the frozen text hashes to its seal; the rows recomputed as known at the closing's own act are the
frozen ones, and the rows of today differ from them by exactly the acts that are named.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from indicators.measures import MEASURES, ids
from indicators.models import Indicator, Target
from ledger.models import Change
from organizations.models import Organization, Succession

from .causes import Causes, EntryIntoBloc
from .frozen import looked_at, named, of_scheme, rows_of, seal_of, window_of


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What one act did to one count: ids of the rows that came in, and of those that went out."""

    measure: object
    organization: str
    came: tuple = ()
    went: tuple = ()


@dataclass(frozen=True)
class Named:
    """An act after the closing with what it did to the closed figures.

    `beside`: codes of the organizations of which it changed a target, or who answers for whom.
    """

    change: Change
    effects: tuple = ()
    beside: frozenset = frozenset()

    def at(self, code):
        """Effects at the organization `code`."""
        return [effect for effect in self.effects if effect.organization == code]


@dataclass
class Since:
    """Everything about one Closing; each part is computed when first asked for."""

    closing: object
    unexplained: list = field(default_factory=list)  # (measure, organization, id), once `named` was asked
    _counts: dict = field(default_factory=dict)  # what `_counted` has read

    @cached_property
    def figures(self):
        return json.loads(self.closing.figures)

    @cached_property
    def frozen(self):
        return json.loads(self.closing.rows)

    @property
    def intact(self):
        """Whether the frozen text is the one that was sealed."""
        return seal_of(self.closing.figures, self.closing.rows) == self.closing.seal

    @cached_property
    def redefined(self):
        """Names of the measures and indicators whose definition is no longer the frozen one."""
        stored = self.figures["measures"]
        return [m["name"] for code, m in stored.items() if code not in self._same] + self.changed_indicators

    @cached_property
    def changed_indicators(self):
        """Names of the indicators that read otherwise now; no verb changes those of a year while it is closed."""
        now = Indicator.objects.filter(**self._of_the_bloc("group__")).select_related("group")
        now, names = {i.code: i for i in now}, []
        for row in self.figures["indicators"]:
            indicator = now.get(row["code"])
            if indicator is None or any(row[name] != value for name, value in named(indicator).items()):
                names.append(row["name"])
        return names

    @property
    def reads_another_scheme(self):
        """Whether levels and group of the period's scheme read otherwise than they were closed."""
        return self.figures["scheme"] != of_scheme(self.closing.period.scheme)

    def _of_the_bloc(self, prefix):
        """Condition on what belongs to a group of the period's bloc in its year."""
        return {f"{prefix}bloc": self.closing.period.bloc_id, f"{prefix}year": self.figures["year"]}

    @cached_property
    def _same(self):
        """Codes of the measures that still mean what they meant; only these can be recomputed."""
        stored = self.figures["measures"]
        return [c for c in stored if c in MEASURES and MEASURES[c].definition == stored[c]["definition"]]

    @cached_property
    def _looked_at(self):
        """Codes of the organizations of which rows were frozen, beside those that stood in the bloc."""
        return {code for by_code in self.frozen.values() for code in by_code}

    def _differences(self, known):
        """{(measure, organization code): (new ids, gone ids)} of the rows as known at `known` against the frozen ones."""
        rows = json.loads(rows_of(self.closing.period, known, self._same, also=self._looked_at))
        differences = {}
        for measure in self._same:
            before = self.frozen[measure]
            for code in sorted(rows[measure].keys() | before.keys()):
                was, now = set(before.get(code, ())), set(rows[measure].get(code, ()))
                if was != now:
                    differences[measure, code] = (now - was, was - now)
        return differences

    @cached_property
    def wrong(self):
        """What does not recompute as known at the closing: [(measure, organization code)], empty when sound."""
        return sorted(self._differences(self.closing.added_id))

    @cached_property
    def named(self):
        """[Named] acts after the closing that changed what it froze, latest first."""
        effects = defaultdict(lambda: defaultdict(lambda: ([], [])))
        for measure, code, pk, gained, acts in self._causes(self._differences(None)):
            if not acts:
                self.unexplained.append((measure, code, pk))
            for change, came in self._turns(measure, code, pk, gained, acts):
                effects[change][measure, code][0 if came else 1].append(pk)
        beside = self._other_acts()
        acts = Change.objects.filter(pk__in=effects.keys() | beside.keys()).select_related("by", "document")
        return [
            Named(
                change,
                tuple(
                    Effect(measure=MEASURES[m], organization=code, came=tuple(came), went=tuple(went))
                    for (m, code), (came, went) in sorted(effects[change.pk].items())
                ),
                frozenset(beside[change.pk]),
            )
            for change in acts.order_by("-pk")
        ]

    @property
    def sound(self):
        """Whether both checks hold."""
        _ = self.named
        return self.intact and not self.wrong and not self.unexplained

    def _causes(self, differences):
        """(measure, organization code, id, whether it came in, [ids of the acts that did it, in order])"""
        by_facts = defaultdict(list)
        for (measure, code), change in differences.items():
            by_facts[MEASURES[measure].facts].append((measure, code, *change))
        for facts, rows in by_facts.items():
            things = {pk for _, _, new, gone in rows for pk in new | gone}
            causes = Causes(facts, window_of(self.closing.period), self.closing.added_id, things)
            for measure, code, new, gone in rows:
                node = self._nodes[code]
                for pk in new | gone:
                    acts = causes.of(MEASURES[measure], pk, node, self._entries.get(node))
                    yield measure, code, pk, pk in new, sorted(acts)

    @cached_property
    def _nodes(self):
        return dict(Organization.objects.values_list("code", "pk"))

    def _turns(self, measure, code, pk, came, acts):
        """[(act, whether it let the row in)] of the `acts` that changed what it counts for; `came`: what all of them come to.

        Of one act that is what they come to. Of several each is asked: what was done, undone and done again came, went and
        came, and something else about the row may have changed in between.
        """
        if len(acts) < 2:
            return [(act, came) for act in acts]
        node = self._nodes[code]
        entry, turns, before = self._entries.get(node), [], not came
        for act in acts:
            counted = (entry is None or entry.holds(act)) and pk in self._counted(measure, act)[node]
            if counted != before:
                turns.append((act, counted))
            before = counted
        return turns

    def _counted(self, measure, act):
        """{organization id: {ids of the rows that `measure` counts there}} as known at `act`."""
        if (measure, act) not in self._counts:
            counted = ids([MEASURES[measure]], window_of(self.closing.period, act))
            self._counts[measure, act] = defaultdict(set, {node: set(pks) for (_, node), pks in counted.items()})
        return self._counts[measure, act]

    @cached_property
    def _entries(self):
        """{organization id: Entry} of those that came into the bloc's year since."""
        period, known = self.closing.period, self.closing.added_id
        before = looked_at(period, known, self._looked_at)
        after = looked_at(period, also=self._looked_at)
        return {node: EntryIntoBloc(node, period, window_of(period), known) for node in after.keys() - before.keys()}

    def _other_acts(self):
        """{act id: {codes}}: what a figure is held against or who answers for whom changed, without touching a row."""
        after = _touched(self.closing.added_id)
        first, last = self.figures["first"], self.figures["last"]
        targets = Target.objects.filter(after, **self._of_the_bloc("indicator__group__"))
        inside = looked_at(self.closing.period, also=self._looked_at)
        of_the_bloc = Q(predecessor__in=inside) | Q(successor__in=inside)
        successions = Succession.objects.filter(after, of_the_bloc, principal=True, on__gte=first, on__lte=last)
        by_act = defaultdict(set)
        for rows, *places in (
            (targets, "organization__code"),
            (successions, "predecessor__code", "successor__code"),
        ):
            for added, voided, *codes in rows.values_list("added_id", "voided_id", *places):
                for act in _later(added, voided, self.closing.added_id):
                    by_act[act] |= set(codes)
        return by_act


def _touched(known, prefix=""):
    return Q(**{f"{prefix}added__gt": known}) | Q(**{f"{prefix}voided__gt": known})


def _later(added, voided, known):
    return {pk for pk in (added, voided) if pk and pk > known}
