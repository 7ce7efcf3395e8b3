"""Notes on organizations whose number of members is unusual for their kind (domain §3.1). They never forbid anything."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from ledger.numbers import group
from members.models import Membership
from organizations import lineage
from organizations.models import Approval, Lineage, OrganizationSpell, SizeRule

from .on_a_day import as_of, is_probationary


@dataclass(frozen=True)
class Note:
    """`place`: the spell of the organization that day; `members`: how many it has, counted as `rule` counts."""

    place: OrganizationSpell
    rule: SizeRule
    members: int
    approval: Approval | None = None

    @property
    def sentence(self):
        whom = "đảng viên chính thức" if self.rule.official else "đảng viên"
        least, most = self.rule.least, self.rule.most
        bound = f"ít hơn {least}" if least is not None and self.members < least else f"nhiều hơn {most}"
        agreed = (
            f"đã có văn bản đồng ý {self.approval.added.document}"
            if self.approval
            else "cần văn bản đồng ý của cấp trên"
        )
        return f"{self.place.name} có {group(self.members)} {whom}, {bound}; {agreed}."


def warnings(organizations, day):
    """[Note] of those of `organizations` that stand on `day` outside a rule of their kind. Number of queries: five."""
    rules = defaultdict(list)
    for rule in SizeRule.objects.all():
        rules[rule.kind].append(rule)
    ids = {o.pk for o in organizations}
    places = lineage.places(day).filter(organization__in=ids).order_by("position", "organization__code")
    counted = _counts(ids, day)
    approvals = Approval.objects.on(day).filter(organization__in=ids).select_related("added__document")
    agreed = {(row.organization_id, row.rule_id): row for row in approvals}
    return [
        Note(place, rule, n, agreed.get((place.organization_id, rule.pk)))
        for place in places
        for rule in rules[place.kind]
        if not rule.allows(n := counted[place.organization_id, rule.official])
    ]


def _counts(ids, day):
    """{(organization id, official members only): members of its subtree on `day`}"""
    above = defaultdict(set)
    for cell, ancestor in Lineage.objects.on(day).filter(ancestor__in=ids).values_list("organization", "ancestor"):
        above[cell].add(ancestor)
    counts = Counter()
    rows = as_of(Membership.objects.on(day).filter(organization__in=above), day)
    for row in rows.values_list("organization_id", "official_on", "ceremony_on", named=True):
        for node in above[row.organization_id]:
            counts[node, False] += 1
            counts[node, True] += not is_probationary(row)
    return counts
