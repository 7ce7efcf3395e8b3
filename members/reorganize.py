"""Reorganizations that move organizations and people together: merge (domain §3.2)."""

from ledger.acts import Refused, act
from organizations import lineage, reorganize
from organizations.models import CELLS
from organizations.reorganize import standing

from . import register
from .models import Entry, Exit, Membership


def merge(predecessors, successor, *, cells, by, on, document=None, reason=""):
    """`predecessors` end on `on`; `successor`, which goes on, takes over what they had.

    `cells`: {cell: destination cell, or None when the cell itself goes on under the successor} for every cell of
    the predecessors, a predecessor that is itself a cell included. A section committee ends only when it is named too. People go to the destination "do sắp xếp tổ chức".
    """
    predecessors = list(predecessors)
    with act("Sáp nhập tổ chức", by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        if successor.pk in {o.pk for o in predecessors}:
            raise Refused("Tổ chức kế thừa không thể nằm trong số các tổ chức kết thúc.")
        standing([*predecessors, successor], on)
        below = lineage.places(on).filter(organization__in=lineage.below(predecessors, on), kind__in=CELLS)
        spells = {spell.organization_id: spell for spell in below.select_related("organization")}
        ends = _destinations(spells, cells, {o.pk for o in predecessors})
        people = Membership.objects.on(on).filter(organization__in=ends).select_related("member")
        register.relocate(
            [(m.member, ends[m.organization_id], on) for m in people], change, Exit.REORGANIZED, Entry.REORGANIZED
        )
        kept = [spell.organization for pk, spell in spells.items() if pk not in ends]
        if kept:
            reorganize.adopt(kept, successor, change, on)
        gone = [spell.organization for pk, spell in spells.items() if pk in ends]
        reorganize.dissolve({*gone, *predecessors}, change=change, on=on, successor=successor)


def _destinations(spells, cells, predecessors):
    """{cell id: destination}; Refused unless `cells` names exactly the cells of the predecessors, each with a place."""
    given = {cell.pk: (cell, to) for cell, to in cells.items()}
    for pk, spell in spells.items():
        if pk not in given or (pk in predecessors and given[pk][1] is None):
            raise Refused(f"Chưa chỉ định nơi tiếp nhận cho {spell.name}.")
    for pk, (cell, _) in given.items():
        if pk not in spells:
            raise Refused(f"Tổ chức {cell.code} không phải chi bộ của các tổ chức kết thúc.")
    ends = {pk: to for pk, (_, to) in given.items() if to}
    for pk, to in ends.items():
        if to.pk in ends:
            raise Refused(f"{spells[pk].name}: nơi tiếp nhận cũng kết thúc trong lần sáp nhập này.")
    return ends
