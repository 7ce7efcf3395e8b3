"""What a reorganization of one day made of the tree, the roll and the flows, and what is told of it."""

from datetime import date, timedelta

from members.models import Membership
from members.roll.flows import flows
from organizations import history
from organizations.forest import Forest
from organizations.models import Succession
from organizations.reorganize import Founding

DAY = date(2017, 5, 1)
EVE = DAY - timedelta(days=1)


def new(code, kind, parent, name=""):
    return Founding(code=code, name=name or f"Tổ chức {code}", kind=kind, parent=parent)


def tree(day):
    """{code: (kind, parent)} of all that stand on `day`."""
    return {place.code: (str(place.kind), place.parent) for place in Forest.on(day).values()}


def came_and_went(day=DAY):
    """({founded or changed: place}, {codes that ended}) by the act of `day`."""
    before, after = tree(day - timedelta(days=1)), tree(day)
    return {c: p for c, p in after.items() if before.get(c) != p}, before.keys() - after.keys()


def takeovers():
    rows = Succession.objects.standing()
    return set(rows.values_list("predecessor__code", "successor__code", "on", "principal"))


def reorganized(world, *codes, first=date(2017, 1, 1), last=date(2017, 12, 31)):
    """{code: (opening, by the tree, closing)} of 2017; nothing else came or went, and each balances."""
    found = flows([world.org[code] for code in codes], first, last)
    assert all(flow.balances and not flow.gained and not flow.lost for flow in found.values())
    return {code: (f.opening, f.reorganized, f.closing) for code in codes for f in [found[world.org[code].pk]]}


def told(world, code):
    return [(event.day, event.text) for event in history.events(world.org[code])]


def ids(world, *names):
    return [world.people[name].pk for name in names]


def places_of(world, name):
    rows = Membership.objects.standing().filter(member=world.people[name]).order_by("starts")
    return [(row.organization.code, row.starts, row.entry, row.exit) for row in rows]
