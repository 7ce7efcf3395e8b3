"""What every page about an organization in a year begins with: the right to it, its place, its day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.http import Http404

from ledger import clock
from ledger.numbers import day as in_words

from . import access, lineage
from .models import Kind, Organization, OrganizationSpell

FIRST_YEAR = 1930


@dataclass(frozen=True)
class Frame:
    """`day`: the day looked at; `path`: spells from the root down; `visible`: ids of those the user may open."""

    organization: Organization
    year: int
    day: date
    path: list
    visible: frozenset
    first_year: int
    last_year: int

    @property
    def place(self):
        return self.path[-1]

    @property
    def is_bloc(self):
        return self.place.kind == Kind.KHOI

    def neighbours(self, children):
        """Spells the user may turn to from here: the path, those beside it, those below. `children`: its own."""
        parent = self.path[-2] if len(self.path) > 1 else None
        beside = []
        if parent and parent.organization_id in self.visible:
            beside = lineage.children(parent.organization, self.day)
        above = [spell for spell in self.path[:-1] if spell.organization_id in self.visible]
        return [*above, *(beside or [self.place]), *children]

    def context(self, section):
        """The names that templates/base.html and the shared headers read."""
        return {
            "frame": self,
            "here": self.place,
            "page_year": self.year,
            "section": section,
            "crumbs": [(spell, spell.organization_id in self.visible) for spell in self.path],
        }


def frame(user, code, year, day=None):
    """The Frame of organization `code` in `year` for `user`; Http404 with a sentence when there is none to show.

    `day`: the day of `year` to look at; its last one, or today, unless told otherwise.
    """
    last_day = clock.last_day(year)
    if last_day is None or year < FIRST_YEAR:
        raise Http404(f"Chưa có số liệu năm {year}.")
    day = day or last_day
    organization = access.get_for(user, code, day)
    spells = list(OrganizationSpell.objects.current().filter(organization=organization).order_by("starts"))
    first, last = spells[0].starts, max(s.ends for s in spells)
    if first > last_day or last <= date(year, 1, 1):
        raise Http404(f"{spells[-1].name} không hoạt động trong năm {year}.")
    if first > day:
        raise Http404(f"{spells[0].name} chưa thành lập vào ngày {in_words(day)}.")
    path = lineage.path(organization, day)
    ids = [spell.organization_id for spell in path]
    visible = access.visible_to(user, day).filter(pk__in=ids).values_list("pk", flat=True)
    return Frame(organization, year, day, path, frozenset(visible), first.year, min(last.year, clock.today().year))


def opens(user, organization, days):
    """Those of `days` on which the user may look at `organization`: it is founded and within the user's reach."""
    founded = OrganizationSpell.objects.current().filter(organization=organization).aggregate(day=Min("starts"))["day"]
    reach = access.visible_to
    return {day for day in days if founded <= day and reach(user, day).filter(pk=organization.pk).exists()}


def reached(user, organizations, day):
    """Those of `organizations` (ids) that are within the user's reach on `day`."""
    return set(access.visible_to(user, day).filter(pk__in=organizations).values_list("pk", flat=True))
