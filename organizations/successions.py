"""Who answers for whom: what an organization took over, year by year (design §3)."""

from collections import defaultdict

from .models import Lineage, Succession


def taken_over(spans):
    """{year: {organization id: [ids of those it took over in that year]}}, chains followed. `spans`: {year: (first, last)}.

    What stood below its successor, or below another that ended with it, is in their figures already.
    """
    rows = list(
        Succession.objects.filter(voided__isnull=True)
        .order_by("on", "pk")
        .values_list("successor_id", "predecessor_id", "on")
    )
    below = _on_the_eve(rows)
    return {
        year: _chains([row for row in rows if first <= row[2] <= last], below) for year, (first, last) in spans.items()
    }


def _on_the_eve(rows):
    """{(organization, ancestor)} of the predecessors, as they stood on the day before they ended."""
    found = set()
    for organization, ancestor, ends in Lineage.objects.filter(
        voided__isnull=True, organization__in={old for _, old, _ in rows}
    ).values_list("organization_id", "ancestor_id", "ends"):
        if organization != ancestor and any(old == organization and on == ends for _, old, on in rows):
            found.add((organization, ancestor))
    return found


def _chains(rows, below):
    direct = defaultdict(list)
    for new, old, _ in rows:
        beside = [other for n, other, _ in rows if n == new and other != old]
        if not any((old, above) in below for above in (new, *beside)):
            direct[new].append(old)

    def chain(node):
        return [x for old in direct.get(node, ()) for x in (old, *chain(old))]

    return {node: chain(node) for node in list(direct)}
