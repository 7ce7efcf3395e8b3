"""What must hold of the tree."""

from django.urls import reverse

from ledger.soundness import Finding, check
from ledger.spells import FOREVER

from . import lineage
from .models import PARENTS, Kind, OrganizationSpell


def page_of(code, day):
    """Address of the organization's page in the year of `day`."""
    return reverse("organization", args=[code, day.year])


@check("Quan hệ cấp trên đã lưu khớp với quan hệ tính lại từ các giai đoạn của tổ chức")
def lineage_is_fresh():
    missing, surplus = lineage.differences()
    for words, rows in (("thiếu", missing), ("thừa", surplus)):
        for organization, ancestor, _, starts, ends in sorted(rows):
            yield Finding(f"{words} dòng tổ chức {organization} dưới {ancestor}, {_span(starts, ends)}.")


def _span(starts, ends):
    return f"từ {starts:%d/%m/%Y} đến " + ("nay" if ends == FOREVER else f"trước {ends:%d/%m/%Y}")


@check("Mỗi tổ chức đứng dưới một cấp trên đang hoạt động, đúng loại hình")
def parents_stand():
    spells = {}
    rows = list(OrganizationSpell.objects.current().select_related("organization").order_by("starts"))
    for spell in rows:
        spells.setdefault(spell.organization_id, []).append(spell)
    for spell in rows:
        if spell.parent_id is None:
            if PARENTS[Kind(spell.kind)]:
                yield Finding(f"{spell.name}: không có cấp trên.", page_of(spell.organization.code, spell.starts))
            continue
        above = [s for s in spells.get(spell.parent_id, ()) if s.starts < spell.ends and spell.starts < s.ends]
        if not _covers(above, spell):
            yield Finding(
                f"{spell.name}: cấp trên không hoạt động suốt {_span(spell.starts, spell.ends)}.",
                page_of(spell.organization.code, spell.starts),
            )
        for parent in above:
            if Kind(parent.kind) not in PARENTS[Kind(spell.kind)]:
                yield Finding(
                    f"{spell.name} ({spell.get_kind_display()}) đứng dưới {parent.name} ({parent.get_kind_display()}).",
                    page_of(spell.organization.code, max(spell.starts, parent.starts)),
                )


def _covers(above, spell):
    day = spell.starts
    for parent in above:
        if parent.starts > day:
            return False
        day = max(day, parent.ends)
    return day >= spell.ends
