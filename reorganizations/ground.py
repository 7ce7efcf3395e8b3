"""What the forms of reorganizations choose from: the bloc as it stands on one day, with the people of its cells."""

from collections import defaultdict
from functools import cached_property

from ledger import clock
from members.identity.homonyms import tell_apart
from members.models import Membership
from organizations import access, lineage
from organizations.access import Keep
from organizations.forest import next_code
from organizations.lineage import label
from organizations.models import GRASSROOTS, WHOLES, Kind, Organization


class Ground:
    """`forest` on `day`, seen by `user` from the organization `code`, which stands in it."""

    def __init__(self, forest, code, day, user):
        self.forest, self.code, self.day, self.user = forest, code, day, user

    @property
    def here(self):
        return self.forest[self.code]

    def label(self, code):
        """ "Chi bộ Văn phòng, Đảng bộ Sở Y tế" """
        place = self.forest[code]
        return label(place, self.forest.get(place.parent))

    def of_kinds(self, kinds):
        """Codes of all of `kinds` in the bloc, in the order of the tree: nobody rearranges what is another bloc's."""
        return [c for c in self._in_order if self.forest[c].kind in kinds]

    def wholes(self, kind):
        """Codes of all of `kind`, KHOI or TINH, here or beside, in the office's order."""
        places = [place for place in self.forest.values() if place.kind == kind]
        return [place.code for place in sorted(places, key=lambda place: (place.position, place.code))]

    @cached_property
    def kept(self):
        """Codes of what stands above grassroots organizations and is the user's to reorganize today."""
        today = clock.today()
        wholes = [spell.organization for spell in lineage.places(today).filter(kind__in=WHOLES)]
        capacities = access.capacities_of(self.user, wholes, today)
        return {o.code for o in wholes if access.may_keep(Keep.TREE, capacities[o.pk])}

    @cached_property
    def bloc(self):
        """Code of the bloc in which the organization stands, itself included; else of what stands highest above it."""
        above = [self.code, *self.forest.above(self.code)]
        return next((code for code in above if self.forest[code].kind == Kind.KHOI), above[-1])

    @cached_property
    def _in_order(self):
        return self.forest.below(self.bloc)

    def roof(self, code):
        """Code of the grassroots organization that `code` belongs to, itself included; None above them."""
        while code and self.forest[code].kind not in GRASSROOTS:
            code = self.forest[code].parent
        return code

    def choices(self, codes):
        """Options of a select: [(group label, [(code, name)])], cells under the name of their committee."""
        groups = defaultdict(list)
        for code in codes:
            above = self.forest.get(self.forest[code].parent)
            named = above.name if above and not above.is_whole else "Trực thuộc Khối"
            groups[named].append((code, self.forest[code].name))
        return list(groups.items())

    def people(self, cells):
        """{cell code: [Member], by name} of `cells`."""
        by_cell = {code: [] for code in cells}
        rows = Membership.objects.on(self.day).filter(organization__code__in=by_cell, organization__voided__isnull=True)
        for row in rows.select_related("member", "organization").order_by("member__sort_key", "member_id"):
            by_cell[row.organization.code].append(row.member)
        tell_apart((person for people in by_cell.values() for person in people), self.user)
        return by_cell

    @cached_property
    def _taken(self):
        return set(Organization.objects.standing().values_list("code", flat=True))

    def free_code(self, kind, parent, beside=()):
        """The next code for an organization of `kind` under `parent`: DB26, CB32, DB01-10; none of `beside`."""
        return next_code(kind, parent, self._taken | set(beside))
