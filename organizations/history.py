"""The history of an organization read as sentences, latest first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ledger.spells import FOREVER

from . import lineage
from .models import OrganizationSpell, Succession


@dataclass(frozen=True)
class Event:
    day: date
    text: str
    document: object = None


def events(organization):
    """[Event] of `organization`: founding, new names and parents, what it took over, its end."""
    rows = OrganizationSpell.objects.filter(organization=organization).order_by("id")
    rows = list(rows.select_related("added__document", "parent"))
    # A spell shortened later was inserted anew; its paper is that of the act that first opened it.
    papers = {row.starts: row.added.document for row in reversed(rows)}
    spells = sorted((row for row in rows if row.voided_id is None), key=lambda row: row.starts)
    found = []
    before = None
    for spell in spells:
        found += _turn(before, spell, papers[spell.starts])
        before = spell
    successions = Succession.objects.filter(voided__isnull=True).filter(
        Q(predecessor=organization) | Q(successor=organization)
    )
    successions = list(successions.select_related("predecessor", "successor", "added__document"))
    for row in successions:
        other = row.predecessor if row.successor_id == organization.pk else row.successor
        name = lineage.place(other, row.on).name
        text = f"Tiếp nhận {name}" if row.successor_id == organization.pk else f"Sáp nhập vào {name}"
        found.append(Event(row.on, text, row.added.document))
    ended_by_merger = any(row.predecessor_id == organization.pk for row in successions)
    if before and before.ends != FOREVER and not ended_by_merger:
        found.append(Event(before.ends, "Kết thúc hoạt động"))
    return sorted(found, key=lambda event: event.day, reverse=True)


def _turn(before, spell, document):
    if before is None:
        return [Event(spell.starts, f"Thành lập: {spell.name}", document)]
    found = []
    if before.name != spell.name:
        found.append(Event(spell.starts, f"Đổi tên từ {before.name} thành {spell.name}", document))
    if before.parent_id != spell.parent_id:
        old, new = (lineage.place(o, spell.starts) for o in (before.parent, spell.parent))
        found.append(Event(spell.starts, f"Chuyển trực thuộc từ {old.name} sang {new.name}", document))
    if before.kind != spell.kind:
        found.append(Event(spell.starts, f"Chuyển loại thành {spell.get_kind_display().lower()}", document))
    return found
