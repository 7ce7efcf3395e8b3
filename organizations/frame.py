"""What every page about an organization in a year begins with: the right to it, its place, its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Min, Q
from django.http import Http404

from ledger import clock, days
from ledger.models import User
from ledger.numbers import day_in_words

from . import access, lineage
from .models import Kind, Organization, OrganizationSpell
from .rights import Capacity, Keep


@dataclass(frozen=True)
class Frame:
    """`day`: the day looked at; `path`: spells from the root down; `visible`: ids of those `user` may open."""

    user: User
    organization: Organization
    year: int
    day: date
    path: list[OrganizationSpell]
    visible: frozenset[int]
    first_year: int
    last_year: int

    @property
    def place(self) -> OrganizationSpell:
        return self.path[-1]

    @property
    def is_bloc(self) -> bool:
        return self.place.kind == Kind.KHOI

    @property
    def bloc(self) -> OrganizationSpell:
        """The spell of the bloc in which it stands, itself included; else of what stands highest above it."""
        return next((spell for spell in reversed(self.path) if spell.kind == Kind.KHOI), self.path[0])

    @cached_property
    def held(self) -> set[Capacity]:
        """{Capacity} of the user towards the organization on the day."""
        return access.capacities(self.user, self.organization, self.day)

    @property
    def sees_letters(self) -> bool:
        """Whether the user may read the letters here one by one."""
        return access.sees_letters(self.held)

    @property
    def of_the_whole(self) -> bool:
        """Whether the user looks after the whole bloc in which the organization stands."""
        return self.user.is_superuser or bool(self.held & access.OF_THE_WHOLE)

    def may(self, keep: Keep) -> bool:
        """Whether the user may `keep` at the organization as the tree stood on the day."""
        return access.may_keep(keep, self.held)

    def context(self) -> dict[str, Any]:
        """The names that templates/base.html and the shared headers read."""
        return {
            "frame": self,
            "here": self.place,
            "page_year": self.year,
            "crumbs": [(spell, spell.organization_id in self.visible) for spell in self.path],
        }


def frame(user: User, code: str, year: int, day: date | None = None) -> Frame:
    """The Frame of organization `code` in `year` for `user`; Http404 with a sentence when there is none to show.

    `day`: the day of `year` to look at; its last one, or today, unless told otherwise.
    """
    last_day = clock.last_day(year)
    if last_day is None or last_day < days.limits().earliest:
        raise Http404(f"Chưa có số liệu năm {year}.")
    day = day or last_day
    organization, visible = _organization(user, code, day)
    path, spells = lineage.path_and_life(organization, day)
    first, last = spells[0].starts, max(s.ends for s in spells)
    if first > last_day or last <= date(year, 1, 1):
        raise Http404(f"{spells[-1].name} không hoạt động trong năm {year}.")
    if first > day:
        raise Http404(f"{spells[0].name} chưa thành lập vào ngày {day_in_words(day)}.")
    return Frame(user, organization, year, day, path, visible, first.year, min(last.year, clock.today().year))


def _organization(user: User, code: str, day: date) -> tuple[Organization, frozenset[int]]:
    """(the organization, ids of those of its path that may be seen) for who sees it on `day`, or sees it today and it came
    later.
    """
    try:
        return access.get_and_above(user, code, day)
    except Http404:
        organization = access.get_for(user, code, clock.today())
        if OrganizationSpell.objects.standing().filter(organization=organization, starts__lte=day).exists():
            raise
        return organization, frozenset()


def opens(user: User, organization: Organization, days: Iterable[date]) -> set[date]:
    """Those of `days` on which the user may look at `organization`: it is founded and within the user's reach."""
    founded = OrganizationSpell.objects.standing().filter(organization=organization).aggregate(day=Min("starts"))["day"]
    reach = access.visible_to
    return {day for day in days if founded <= day and reach(user, day).filter(pk=organization.pk).exists()}


def reached(user: User, organizations: Iterable[int], day: date) -> set[int]:
    """Those of `organizations` (ids) that are within the user's reach on `day`."""
    return set(access.visible_to(user, day).filter(pk__in=organizations).values_list("pk", flat=True))


def seen_at_year_ends(user: User, organization: str, year: str, years: Iterable[int]) -> Q:
    """Condition, empty where all are seen: what the column `organization` names stood within the user's reach at the end of the
    year of the column `year`, one of `years`, or today where that is not over. No query.
    """
    office = access.office_of(user)
    if office.is_administrator:
        return Q()
    condition = Q(pk__in=())
    for each in years:
        day = min(date(each, 12, 31), clock.today())
        condition |= Q(**{year: each, f"{organization}__in": lineage.below(office.inherited, day)})
    return condition
