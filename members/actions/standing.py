"""Where one person stands today: what the acts that may be recorded about them follow from. Reads, and never writes."""

from dataclasses import dataclass
from functools import cached_property

from ledger import clock
from members.life.offers import waiting_for
from members.models import Post, Status
from members.roll.probation_path import paths
from organizations.access import capacities, may_keep


@dataclass(frozen=True)
class Standing:
    """`seen`: the Sight by which the person is looked at. Rights are those towards the cell that keeps the record."""

    seen: object

    @property
    def user(self):
        return self.seen.user

    @property
    def member(self):
        return self.seen.member

    @property
    def cell(self):
        return self.seen.last

    @property
    def spell(self):
        return self.seen.spells[-1]

    @property
    def on_roll(self):
        return self.spell.is_open

    @cached_property
    def held(self):
        return capacities(self.user, self.cell, clock.today())

    def may(self, keep):
        return may_keep(keep, self.held)

    @cached_property
    def path(self):
        return paths([self.member.pk])[self.member.pk]

    @property
    def on_probation(self):
        return self.on_roll and self.path.since(clock.today()) is not None

    @cached_property
    def statuses(self):
        """{Status.Kind: spell} of what holds today."""
        return {Status.Kind(row.kind): row for row in Status.objects.on(clock.today()).filter(member=self.member)}

    @cached_property
    def posts(self):
        """Posts that hold today."""
        found = Post.objects.on(clock.today()).filter(member=self.member).select_related("organization", "member")
        return list(found.order_by("organization__code"))

    @cached_property
    def offer(self):
        """The offer of transfer that waits for an answer, or None."""
        return waiting_for([self.member.pk]).first()
