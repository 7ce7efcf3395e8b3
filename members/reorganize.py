"""Reorganizations that move organizations and people together: merge (domain §3.2)."""

from ledger.acts import Refused, act
from organizations import lineage, reorganize
from organizations.models import CELLS

from . import register
from .models import Entry, Exit, Membership


def merge(predecessors, successor, *, cells, by, on, document=None, reason=""):
    """`predecessors` end on `on`; `successor`, which goes on, takes over what they had.

    `cells`: {cell: destination cell, or None when the cell itself goes on under the successor} for every cell of
    the predecessors, a predecessor that is itself a cell included. People go to the destination "do sắp xếp tổ chức".
    """
    predecessors = list(predecessors)
    with act("Sáp nhập tổ chức", by=by, on=on, document=document, reason=reason) as change:
        below = lineage.places(on).filter(organization__in=lineage.below(predecessors, on), kind__in=CELLS)
        spells = {spell.organization_id: spell for spell in below}
        given = {cell.pk: destination for cell, destination in cells.items()}
        for pk, spell in spells.items():
            if pk not in given:
                raise Refused(f"Chưa chỉ định nơi tiếp nhận cho {spell.name}.")
        ends = {pk: destination for pk, destination in given.items() if destination}
        for pk, destination in ends.items():
            if destination.pk in ends:
                raise Refused(f"{spells[pk].name}: nơi tiếp nhận cũng kết thúc trong lần sáp nhập này.")
        people = Membership.objects.on(on).filter(organization__in=ends).select_related("member")
        register.relocate(
            [(m.member, ends[m.organization_id], on) for m in people], change, Exit.REORGANIZED, Entry.REORGANIZED
        )
        kept = [spell.organization for pk, spell in spells.items() if pk not in ends]
        if kept:
            reorganize.adopt(kept, successor, change, on)
        gone = [spell.organization for pk, spell in spells.items() if pk in ends]
        reorganize.dissolve({*gone, *predecessors}, change=change, on=on, successor=successor)
