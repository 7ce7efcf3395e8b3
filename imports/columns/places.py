"""Which organization a cell of a file means: its code, its name, or its name with that of the one above."""

from collections import defaultdict
from datetime import date

from ledger.numbers import day_in_words
from organizations import lineage
from organizations.models import CELLS, Organization, OrganizationSpell

from .cells import CellFault
from .column import loose_key


class NamedPlaces:
    """The organizations that stand on `day`, by what files call them; read once for a whole file."""

    def __init__(self, day: date) -> None:
        self.day = day
        spells = list(lineage.places(day).select_related("organization"))
        labels = lineage.labels([spell.organization_id for spell in spells], day)
        self.by_code = {spell.organization.code: spell for spell in spells}
        self.by_name: dict[str, list[OrganizationSpell]] = defaultdict(list)
        for spell in spells:
            for key in {loose_key(spell.name), loose_key(labels[spell.organization_id])}:
                self.by_name[key].append(spell)
        self.labels = {spell.organization_id: labels[spell.organization_id] for spell in spells}

    def find(self, said: str, above: str = "") -> OrganizationSpell:
        """The spell of what `said` names; `above`: what names the one above it, where the file tells. CellFault for none, and
        for several.
        """
        if spell := self.by_code.get(said.upper().replace(" ", "")):
            return spell
        found = self.by_name.get(loose_key(said), [])
        if above and len(found) > 1:
            parent = self.find(above).organization_id
            found = [spell for spell in found if spell.parent_id == parent]
        if len(found) == 1:
            return found[0]
        if not found:
            raise CellFault(
                f"Không có tổ chức “{said}” vào ngày {day_in_words(self.day)}. Hãy ghi mã tổ chức, hoặc tên như trong danh sách."
            )
        codes = ", ".join(sorted(spell.organization.code for spell in found))
        raise CellFault(f"Có {len(found)} tổ chức tên “{said}” ({codes}). Hãy ghi mã thay cho tên.")

    def cell(self, said: str, above: str = "") -> Organization:
        """As `find`, for what must be a cell."""
        spell = self.find(said, above)
        if spell.kind not in CELLS:
            raise CellFault(f"“{said}” là {spell.name}, không phải chi bộ. Đảng viên sinh hoạt ở chi bộ.")
        return spell.organization
