"""Who answers for whom: what an organization took over, year by year (design §3).

Of several successors the principal one alone answers for figures; else they would count once for each.
"""

from collections import defaultdict

from .models import Lineage, Succession


def taken_over(spans):
    """{year: {organization id: [ids of those it took over in that year]}}, chains followed. `spans`: {year: (first, last)}.

    What stood below its successor, or below another that ended with it, is in their figures already; unless its
    successor in turn stands below the other's.
    """
    rows = list(
        Succession.objects.filter(voided__isnull=True, principal=True)
        .order_by("on", "pk")
        .values_list("successor_id", "predecessor_id", "on")
    )
    below = _lines(rows)
    return {
        year: _chains([row for row in rows if first <= row[2] <= last], below) for year, (first, last) in spans.items()
    }


def _lines(rows):
    """{(organization, ancestor, day)}: whom predecessors stood below on the eve of their end, successors on any such day."""
    eves, heirs = {(old, on) for _, old, on in rows}, {new for new, _, _ in rows}
    turns = {on for _, _, on in rows}
    found = set()
    lines = Lineage.objects.filter(voided__isnull=True, organization__in={old for _, old, _ in rows} | heirs)
    for organization, ancestor, starts, ends in lines.values_list("organization_id", "ancestor_id", "starts", "ends"):
        if organization != ancestor and (organization, ends) in eves:
            found.add((organization, ancestor, ends))
        if organization != ancestor and organization in heirs:
            found |= {(organization, ancestor, day) for day in turns if starts <= day < ends}
    return found


def _chains(rows, below):
    direct = defaultdict(list)
    for new, old, on in rows:
        if not _counted_elsewhere(new, old, on, rows, below):
            direct[new].append(old)

    def chain(node):
        return [x for old in direct.get(node, ()) for x in (old, *chain(old))]

    return {node: chain(node) for node in list(direct)}


def _counted_elsewhere(new, old, on, rows, below):
    if (old, new, on) in below:
        return True
    above = [(heir, day) for heir, gone, day in rows if (old, gone, on) in below]
    return any(heir == new or (new, heir, day) not in below for heir, day in above)
