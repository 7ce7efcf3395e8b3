"""What every act of a history draws from: days, people, places."""

from dataclasses import replace
from datetime import timedelta

from ledger.acts import Refused
from members.models import Membership
from organizations import lineage
from tests.world import START


class HistoryGround:
    """`world`, `draw` (a Random), `day` (today), `late` (the share of acts dated back), `n` (how many were named)."""

    def on(self):
        """The day of an act: today, or an earlier one of the last three years."""
        if self.draw.random() > self.late:
            return self.day
        back = min((self.day - START).days - 1, 1100)
        return self.day - timedelta(days=self.draw.randint(0, back))

    def number(self):
        self.n += 1
        return self.n

    def member(self):
        return self.one(Membership.objects.standing().select_related("member")).member

    def cell(self, day):
        return self.pick(self.cells(day))

    def cells(self, day):
        return [spell.organization for spell in lineage.places(day).order_by("pk") if spell.holds_members]

    def blocs(self, day):
        """The blocs that stood on `day`, in order."""
        return [spell.organization for spell in lineage.blocs(day).select_related("organization")]

    def has_cells(self, organization, day):
        below = lineage.below([organization], day)
        return any(spell.holds_members for spell in lineage.places(day).filter(organization__in=below))

    def bloc(self, day):
        """One of them; where there is only one, nothing is drawn."""
        found = self.blocs(day)
        return found[0] if len(found) == 1 else self.pick(found)

    def place(self, day, but):
        """Any organization that stands on `day`, but for the one with the code `but`."""
        return self.one(lineage.places(day).exclude(organization__code=but).select_related("organization")).organization

    def placed(self, row, day):
        """The Arrival `row` in a cell of `day`."""
        return replace(row, organization=self.cell(day))

    def of_kind(self, forest, *kinds):
        """A code of one of `kinds`; Refused when there is none left."""
        return self.pick(sorted(code for code, place in forest.items() if place.kind in kinds))

    def destinations(self, cells, others):
        """{cell: another}: some of `cells` end into one of `others`."""
        return {c: self.pick(others) for c in cells if others and self.draw.random() < 0.5}

    def one(self, rows):
        """One of `rows` (a queryset), the same on any database; Refused when there is none."""
        return self.pick(list(rows.order_by("pk")))

    def pick(self, found):
        """One of `found`, a sequence; Refused when there is none: the history goes on."""
        if not found:
            raise Refused("Không còn gì như vậy để chọn.")
        return self.draw.choice(found)

    def act(self, on=None, **more):
        return self.world.act(on or self.day, **more)
