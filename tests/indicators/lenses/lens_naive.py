"""The second lens a second time, in plain Python: every row on its own, walked day by day through whole tables."""

from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache

from django.db.models import F

from members.models import Membership
from organizations.models import OrganizationSpell, Succession

LOST = "không quy về được"
A_DAY = timedelta(days=1)
PERSONAL = {"admissions", "admissions_decided", "member_ratings", "members"}


def standing(model):
    return [row for row in model._base_manager.values() if row["voided_id"] is None]


class Naive:
    """Where rows of the past count on `day`."""

    def __init__(self, day):
        self.day = day
        self.spells, self.stays = defaultdict(list), defaultdict(list)
        for row in standing(OrganizationSpell):
            self.spells[row["organization_id"]].append(row)
        for row in standing(Membership):
            self.stays[row["member_id"]].append(row)
        self.successions = standing(Succession)
        left = [row["ends"] for rows in self.stays.values() for row in rows if row["exit"] == "REORGANIZED"]
        bounds = [row[end] for rows in self.spells.values() for row in rows for end in ("starts", "ends")]
        # On the other days nothing begins or ends, so that these are all days.
        self.days = [d for d in sorted({*left, *bounds}) if d <= day]
        self.above, self.walk = cache(self._above), cache(self._walk)

    def stands(self, organization, day):
        return any(row["starts"] <= day < row["ends"] for row in self.spells[organization])

    def _above(self, organization, day):
        """Ids from the organization up to its root on `day`."""
        found = []
        while organization:
            spell = next((s for s in self.spells[organization] if s["starts"] <= day < s["ends"]), None)
            if spell is None:
                break
            found.append(organization)
            organization = spell["parent_id"]
        return found

    def _walk(self, place, day, person, personal):
        """The place today of a fact at `place` on `day`, or LOST. `person`: who takes it along while reorganizations do."""
        if not self.stands(place, day):  # work of a conductor that ended earlier in the year
            day = max(row["ends"] for row in self.spells[place] if row["ends"] <= day) - A_DAY
        for today in [d for d in self.days if d > day]:
            for _ in range(9):  # several in one day
                stay = next((s for s in self.stays[person] if self._took(s, place, today)), None)
                if stay:
                    place = next(s for s in self.stays[person] if s["starts"] == today)["organization_id"]
                elif not self.stands(place, today):
                    heirs = [s for s in self.successions if s["predecessor_id"] == place and s["on"] == today]
                    if personal:
                        heirs = [s["successor_id"] for s in heirs if s["principal"]]
                    else:
                        heirs = {s["successor_id"] for s in heirs}
                        heirs = [h for h in heirs if not any(h in self._above(other, today)[1:] for other in heirs)]
                    if len(heirs) != 1:
                        return LOST
                    place, person = heirs[0], None
        return place

    def _took(self, stay, place, today):
        return stay["organization_id"] == place and stay["ends"] == today and stay["exit"] == "REORGANIZED"

    def nodes(self, place, day, person, *, personal, own):
        """(ids where a row counts now, whether it is lost)"""
        now = self.walk(place, day, person, personal)
        if now != LOST:
            return ([now] if own else self.above(now, self.day)), False
        if own:
            begun = [row for row in self.spells[place] if row["starts"] <= self.day]
            last = max(begun, key=lambda row: row["starts"])
            return ([place] if last["parent_id"] is None else []), True
        above = self.above(place, day)
        wholes = [o for o in above if self.spells[o][-1]["kind"] in ("KHOI", "TINH") and self.stands(o, self.day)]
        if wholes:
            return self.above(wholes[0], self.day), True
        root = above[-1]
        last = max(row["ends"] for row in self.spells[root] if row["starts"] <= self.day) - A_DAY
        return self.above(root, min(last, self.day))[-1:], True

    def count(self, measures, windows):
        """{(code, node, year): n} of the second lens.

        `lost`: {(code, year): n} of what no one took over; `shares`: {(code, root, the one below it, year): n}, None for
        what no one took over.
        """
        found, self.lost, self.shares = Counter(), Counter(), Counter()
        for facts in dict.fromkeys(m.facts for m in measures):
            mine = [m for m in measures if m.facts is facts]
            for codes, place, year, day, person in self._rows(facts, mine, windows):
                nodes, gone = self.nodes(place, day, person, personal=person is not None, own=facts.own)
                found.update((code, node, year) for node in nodes for code in codes)
                self.lost.update((code, year) for code in codes if gone)
                if nodes and not facts.own:
                    via = None if gone else nodes[-2] if len(nodes) > 1 else nodes[-1]
                    self.shares.update((code, nodes[-1], via, year) for code in codes)
        return found

    def _rows(self, facts, measures, windows):
        """(codes of the measures that count it, place, year, day, person or None) of every single row."""
        columns = [facts.organization, "in_year", "day", *(["member_id"] if facts.code in PERSONAL else [])]
        whys = {f"why{n}": m.why for n, m in enumerate(measures)}
        for rows in facts.placed(windows):
            once = rows.filter(node=F(facts.organization)).annotate(**whys).values_list("pk", *columns, *whys)
            for _, place, year, day, *rest in once:
                person = rest.pop(0) if facts.code in PERSONAL else None
                codes = [m.code for m, why in zip(measures, rest, strict=True) if why == ""]
                if codes:
                    yield codes, place, year, day, person
