"""The tree below an organization on any day of a year, with the number of people of each."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from ledger import clock
from ledger.text import holds, search_key, sought, within_sentence
from members.models import Membership
from organizations import lineage
from organizations.access import visible_to
from organizations.models import CELLS, GRASSROOTS, Kind, OrganizationSpell


@dataclass
class Node:
    """`place`: its spell of the day; `own`: people of the cell itself; `opens`: whether its page of the year opens."""

    place: OrganizationSpell
    own: int = 0
    opens: bool = False
    below: list = field(default_factory=list)
    unfolded: bool = False

    @cached_property
    def members(self):
        return self.own + sum(node.members for node in self.below)

    def all(self):
        """Itself and all below it, from above."""
        yield self
        for node in self.below:
            yield from node.all()

    @property
    def line(self):
        """What stands beside its name: "đảng bộ cơ sở · DB01 · 6 tổ chức trực thuộc"."""
        parts = [within_sentence(self.place.get_kind_display()), self.place.organization.code]
        return " · ".join(parts + ([f"{len(self.below)} tổ chức trực thuộc"] if self.below else []))


def tree(page, user):
    """The Node of a Frame's organization on its day; None where it no longer stood. Three queries."""
    spells = lineage.places(page.day).filter(organization__in=lineage.below([page.organization], page.day))
    spells = list(spells.order_by("position", "organization__code"))
    ids = [spell.organization_id for spell in spells]
    on_roll = Membership.objects.on(page.day).filter(organization__in=ids)
    counted = Counter(on_roll.values_list("organization_id", flat=True))
    open_to = set(visible_to(user, clock.last_day(page.year)).filter(pk__in=ids).values_list("pk", flat=True))
    nodes = {s.organization_id: Node(s, counted[s.organization_id], s.organization_id in open_to) for s in spells}
    children = defaultdict(list)
    for spell in spells:
        children[spell.parent_id].append(nodes[spell.organization_id])
    for pk, node in nodes.items():
        node.below = children[pk]
    return nodes.get(page.organization.pk)


def searched(root, text):
    """(the tree with only what `text` finds, by name or code, and what stands above and below it; how many it finds).

    What stands above is unfolded.
    """
    if not sought(text):
        return root, 0
    hits = {id(node) for node in root.all() if _found(node, text)}
    return _pruned(root, hits), len(hits)


def _found(node, text):
    return holds(search_key(f"{node.place.name} {node.place.organization.code}"), text)


def _pruned(node, hits):
    kept = [branch for child in node.below if (branch := _pruned(child, hits))]
    if id(node) in hits and not kept:
        return node
    if not kept:
        return None
    copy = Node(node.place, node.own, node.opens, kept, unfolded=True)
    copy.members = node.members  # of the whole, not of what was found
    return copy


def sums(root):
    """[(n, words)] of the tree: grassroots organizations, cells, people."""
    kinds = Counter(node.place.kind for node in root.all())
    grassroots, cells = (sum(kinds[kind] for kind in group) for group in (GRASSROOTS, CELLS))
    of_grassroots = [(grassroots, "tổ chức cơ sở đảng")] if root.place.kind == Kind.KHOI else []
    return [*of_grassroots, *([(cells, "chi bộ")] if root.below else []), (root.members, "đảng viên")]


def turns(page):
    """[(the day before, the day)] of the year on which the tree below the organization was made anew."""
    first, last = date(page.year, 1, 1), clock.last_day(page.year)
    below = OrganizationSpell.objects.standing().filter(
        organization__lineage__ancestor=page.organization, organization__lineage__voided__isnull=True
    )
    days = {day for pair in below.values_list("starts", "ends") for day in pair if first < day <= last}
    return [(day - timedelta(days=1), day) for day in sorted(days)]
