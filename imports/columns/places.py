"""Which organization a cell of a file means: its code, its name, or its name with that of the one above."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import QuerySet

from ledger import clock
from ledger.models import User
from ledger.numbers import day_in_words
from organizations import access, lineage
from organizations.models import CELLS, Lineage, Organization, OrganizationSpell

from .cells import CellFault
from .column import loose_key

Named = tuple[OrganizationSpell, date, date]  # a spell, and the days [from, to) on which it is called so


def nameable_by(user: User) -> QuerySet[Organization]:
    """What a file of `user` may name: all for the administration, else what ever stood in the blocs of the offices held today.

    What stands in another bloc is not there, as on every page (access.visible_to), whatever its code or its name.
    """
    office, standing = access.office_of(user), Organization.objects.standing()
    if office.is_administrator:
        return standing
    roofs = office.inherited | set(lineage.blocs_of(office.inherited, clock.today()).values())
    return standing.filter(pk__in=Lineage.objects.standing().filter(ancestor__in=roofs).values("organization"))


class PlacesInTime:
    """All organizations that `user` may name, by what files call them on the days asked about; read once for a whole file."""

    def __init__(self, user: User) -> None:
        self.organizations = nameable_by(user).in_bulk()
        self.lives = lineage.lives(Organization.objects.standing())
        self.by_code = {organization.code: organization for organization in self.organizations.values()}
        self.by_name: dict[str, list[Named]] = defaultdict(list)
        for spell in [spell for pk in self.organizations for spell in self.lives.get(pk, ())]:
            self.by_name[loose_key(spell.name)].append((spell, spell.starts, spell.ends))
            self._know_labels(spell)

    def _know_labels(self, spell: OrganizationSpell) -> None:
        for above in self.lives.get(spell.parent_id, ()):
            first, last = max(spell.starts, above.starts), min(spell.ends, above.ends)
            if first < last and (label := lineage.label(spell, above)) != spell.name:
                self.by_name[loose_key(label)].append((spell, first, last))

    def label(self, organization: Organization, day: date) -> str:
        """What it is called on `day`, with the one above it."""
        here = self.spell(organization.pk, day)
        return lineage.label(here, self.spell(here.parent_id, day) if here.parent_id else None)

    def spell(self, organization: int, day: date) -> OrganizationSpell:
        """The spell that names `organization` (an id) on `day`."""
        life = self.lives[organization]
        return next((spell for spell in reversed(life) if spell.starts <= day), life[0])

    def last_day(self, organization: Organization, day: date) -> date:
        """`day`, or the last on which it stood where it ended before."""
        return min(day, self.lives[organization.pk][-1].ends - timedelta(days=1))

    def find(self, said: str, first: date, last: date | None = None, above: str = "") -> Organization:
        """What `said` names of those that stood on `first`, or at some time up to `last`; `above`: what names the one above it,
        where the file tells. CellFault for none, and for several.
        """
        last = last or first
        known = self.by_code.get(said.upper().replace(" ", ""))
        if known and any(s.starts <= last and s.ends > first for s in self.lives.get(known.pk, ())):
            return known
        named = self.by_name.get(loose_key(said), ())
        spells = [spell for spell, starts, ends in named if starts <= last and ends > first]
        if above and len({spell.organization_id for spell in spells}) > 1:
            parent = self.find(above, first, last).pk
            spells = [spell for spell in spells if spell.parent_id == parent]
        found = sorted({self.organizations[spell.organization_id].code for spell in spells})
        if len(found) == 1:
            return self.by_code[found[0]]
        if not found:
            if known and (life := self.lives.get(known.pk)) and life[-1].ends <= first:
                ended = day_in_words(life[-1].ends)
                raise CellFault(f"Tổ chức {said} đã kết thúc hoạt động từ ngày {ended}. Hãy ghi tổ chức kế thừa.")
            when = f"vào ngày {day_in_words(first)}" if first == last else f"trong năm {first.year}"
            raise CellFault(f"Không có tổ chức “{said}” {when}. Hãy ghi mã tổ chức, hoặc tên như trong danh sách.")
        raise CellFault(f"Có {len(found)} tổ chức tên “{said}” ({', '.join(found)}). Hãy ghi mã thay cho tên.")

    def cell(self, said: str, day: date, above: str = "") -> Organization:
        """As `find`, for what must be a cell on `day`."""
        found = self.find(said, day, above=above)
        _require_cell(said, self.spell(found.pk, day))
        return found


class NamedPlaces:
    """The organizations that stand on `day` and that `user` may name, by what files call them; read once for a whole file."""

    def __init__(self, user: User, day: date) -> None:
        self.day, self._ever = day, PlacesInTime(user)
        here = lineage.places(day).filter(organization__in=self._ever.organizations)
        spells = list(here.select_related("organization", "parent"))
        self.labels = lineage.labels([spell.organization_id for spell in spells], day)
        self.by_code = {spell.organization.code: spell for spell in spells}

    def find(self, said: str, above: str = "") -> OrganizationSpell:
        """The spell of what `said` names, as `PlacesInTime.find` does."""
        return self.by_code[self._ever.find(said, self.day, above=above).code]

    def cell(self, said: str, above: str = "") -> Organization:
        """As `find`, for what must be a cell."""
        spell = self.find(said, above)
        _require_cell(said, spell)
        return spell.organization


def _require_cell(said: str, spell: OrganizationSpell) -> None:
    if spell.kind not in CELLS:
        raise CellFault(f"“{said}” là {spell.name}, không phải chi bộ. Đảng viên sinh hoạt ở chi bộ.")
