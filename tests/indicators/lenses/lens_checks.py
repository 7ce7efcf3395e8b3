"""What must hold of the two lenses whatever happened, at every organization, for every measure, in every year."""

from collections import Counter

from indicators.lenses import lens
from indicators.lenses.bridge import Bridges
from indicators.measures import REGISTRY, counts
from organizations.models import Organization
from tests.indicators.lenses.lens_naive import Naive


class Both:
    """Both lenses over `windows`, seen on `day`: `then`, `now` Counters of (measure code, organization id, year)."""

    def __init__(self, windows, day, measures=REGISTRY, then=None):
        self.windows, self.day, self.measures = windows, day, measures
        self.organizations = list(Organization.objects.standing())
        self.then = then or counts(measures, windows, nodes=[o.pk for o in self.organizations])
        self.lens = lens.read(day)
        self.bridges = Bridges(self.lens, measures, windows)
        self.now = self.bridges.now(self.then)

    def check(self):
        naive = Naive(self.day)
        assert +self.now == +naive.count(self.measures, self.windows)
        self.lost = naive.lost
        self.check_bridges()
        self.check_wholes(naive.shares)
        return self

    def check_bridges(self):
        """F then + Σ lines = F now; and where the lenses do not differ, `differs` says so."""
        for organization in self.organizations:
            node, sums = organization.pk, Counter()
            for w in self.windows:
                lines = self.bridges.at(node, w.year)
                assert len({line.key for line in lines}) == len(lines)
                for line in lines:
                    assert (line.old == node) != (line.new == node)
                    for code, n in line.counts.items():
                        assert n > 0
                        sums[code, w.year] += n if line.new == node else -n
                for m in self.measures:
                    key = m.code, node, w.year
                    assert self.then[key] + sums[m.code, w.year] == self.now[key], (organization, *key)
            assert self.lens.differs(node) or not any(sums.values())

    def check_wholes(self, shares):
        """At each root: its parts, with what crossed between them, are its parts of today; lost facts included it sums to zero."""
        for root in [o.pk for o in self.organizations if o.pk in self.lens.spells and self.lens.is_whole(o.pk)]:
            parts, expected = Counter(), Counter()
            measures = [m for m in self.measures if not m.facts.own]
            for (code, via, year), n in counts(measures, self.windows, nodes=[root], by="via").items():
                parts[code, via, year] += n
            for w in self.windows:
                for line in self.bridges.inside(root, w.year):
                    for code, n in [(m.code, n) for m in measures if (n := line.counts[m.code])]:
                        parts[code, line.old, w.year] -= n
                        parts[code, line.new, w.year] += n
            for (code, top, via, year), n in shares.items():
                if top == root:
                    expected[code, via, year] += n
            others = {o for o in self.lens.spells if self.lens.is_whole(o)} - {root}
            inside = Counter({key: n for key, n in parts.items() if n and key[1] not in others})
            assert inside == expected
            for m in measures:
                for w in self.windows:
                    whole = sum(n for (code, _, year), n in inside.items() if (code, year) == (m.code, w.year))
                    assert whole == self.now[m.code, root, w.year]

    def check_rows(self, every=1):
        """Each line opens onto exactly its rows. `every`: how many figures there are for one that is looked at."""
        codes = {m.code: m for m in self.measures}
        told = [
            (inside, o.pk, w.year, line, code)
            for inside, ask in ((False, self.bridges.at), (True, self.bridges.inside))
            for o in self.organizations
            for w in self.windows
            for line in ask(o.pk, w.year)
            for code in sorted(line.counts)
        ]
        for inside, node, year, line, code in told[::every]:
            rows = self.bridges.rows(codes[code], year, node, line.key, inside=inside)
            assert list(rows.values_list("why", flat=True)) == [""] * line.counts[code]
