"""Offices beside what ends: which end with it and with what words, who of the heirs lacks one, who has none from the first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from ledger import clock
from ledger.models import User

from . import lineage
from .access import office_of
from .appoint import fits
from .models import GRASSROOTS, WHOLES, Appointment, Kind, OrganizationSpell, Role, Succession

EVE = timedelta(days=1)


def ended_with(ids: Collection[int], day: date) -> list[Appointment]:
    """[Appointment] that were held on the eve of `day` at those of `ids` that stand no more on it."""
    standing = lineage.places(day).filter(organization__in=ids).values("organization")
    appointments = Appointment.objects.filter(organization__in=ids, starts__lt=day, ends__gte=day).exclude(
        organization__in=standing
    )
    appointments = appointments.filter(voided__isnull=True).select_related("user", "organization")
    return list(appointments.order_by("organization__code", "role", "user__username"))


def without_office(ids: Collection[int], day: date) -> list[OrganizationSpell]:
    """Spells of those of `ids` that were founded on `day` and have nobody who acts for them yet, by code."""
    kinds = (*WHOLES, *GRASSROOTS)
    before = OrganizationSpell.objects.standing().filter(organization__in=ids, starts__lt=day).values("organization")
    founded = lineage.places(day).filter(organization__in=ids, starts=day, kind__in=kinds)
    founded = founded.exclude(organization__in=before)
    with_office = Appointment.objects.on(day).filter(organization__in=ids).values("organization")
    return list(founded.exclude(organization__in=with_office).order_by("organization__code"))


def issuer(user: User) -> str:
    """Who issues the papers of the user's office: "Đảng ủy Sở Tài chính"; "" for who holds none."""
    appointments = office_of(user).appointments
    place = lineage.place(appointments[0].organization, clock.today()) if appointments else None
    return place.committee if place else ""


@dataclass(frozen=True)
class Heir:
    """`held`: whether somebody holds the office here today; None where an organization of this kind has no such office.

    `answers`: whether it goes on with what was open, as the principal successor; the others may look at it.
    """

    code: str
    name: str
    held: bool | None
    answers: bool


@dataclass
class EndedOffice:
    """`name`: of the organization on its last day; `on`: the day it had ended; `heirs`: those that stand today.

    Who answers stands first among them.
    """

    user: User
    role: Role
    name: str
    on: date
    heirs: list[Heir] = field(default_factory=list)

    @property
    def lacking(self) -> list[Heir]:
        """Heirs at which nobody holds the office yet."""
        return [heir for heir in self.heirs if heir.held is False]


def ended_offices(user: User | None = None) -> list[EndedOffice]:
    """[EndedOffice] of `user`, or of all who had one when their organization ended, the latest first. Number of queries: constant."""
    rows = list(_ended(user))
    ends = dict(lineage.ended(clock.today()).filter(organization__in=_ids(rows)).values_list("organization", "ends"))
    names = lineage.labels_at((pk, day - EVE) for pk, day in ends.items())
    heirs = _heirs(_ids(rows))
    offices = []
    for row in rows:
        pk, role = row.organization_id, Role(row.role)
        office = EndedOffice(row.user, role, names[pk, ends[pk] - EVE], ends[pk])
        office.heirs = [_heir(spell, answers, role, heirs) for spell, answers in heirs.of(pk)]
        offices.append(office)
    return sorted(offices, key=lambda office: (-office.on.toordinal(), office.name, office.role, office.user.pk))


def _ids(rows: Iterable[Appointment]) -> set[int]:
    return {row.organization_id for row in rows}


def _ended(user: User | None) -> QuerySet[Appointment]:
    """Appointments that lasted to the end of their organization, or beyond it."""
    day = clock.today()
    gone = lineage.ended(day).filter(organization=OuterRef("organization"), ends__lte=OuterRef("ends"))
    rows = Appointment.objects.standing().filter(Exists(gone), starts__lte=day)
    return (rows if user is None else rows.filter(user=user)).select_related("user").order_by("pk")


class _Heirs:
    """Who stands today in the place of what ended, and which offices are held there."""

    def __init__(
        self,
        successors: dict[int, list[tuple[int, bool]]],
        spells: dict[int, OrganizationSpell],
        offices: set[tuple[int, str]],
    ) -> None:
        self.successors, self.spells, self.offices = successors, spells, offices

    def of(self, organization: int) -> list[tuple[OrganizationSpell, bool]]:
        """[(spell that stands today, whether it answers)], through what ended meanwhile; the principal successor first."""
        answers_of: dict[int, bool] = {}
        self._follow(organization, True, answers_of, {organization})
        return [(self.spells[pk], answers) for pk, answers in answers_of.items()]

    def _follow(self, here: int, answers: bool, found: dict[int, bool], seen: set[int]) -> None:
        for heir, principal in self.successors.get(here, ()):
            if heir in seen:
                continue
            seen.add(heir)
            if heir in self.spells:
                found[heir] = answers and principal
            else:
                self._follow(heir, answers and principal, found, seen)


def _heirs(organizations: Collection[int]) -> _Heirs:
    if not organizations:
        return _Heirs({}, {}, set())
    successors: dict[int, list[tuple[int, bool]]] = {}
    rows = Succession.objects.standing().order_by("-principal", "pk")
    for old, new, principal in rows.values_list("predecessor_id", "successor_id", "principal"):
        successors.setdefault(old, []).append((new, principal))
    day = clock.today()
    ids = {new for heirs in successors.values() for new, _ in heirs}
    spells = {spell.organization_id: spell for spell in lineage.places(day).filter(organization__in=ids)}
    offices = Appointment.objects.on(day).filter(organization__in=spells)
    return _Heirs(successors, spells, set(offices.values_list("organization_id", "role")))


def _heir(spell: OrganizationSpell, answers: bool, role: Role, heirs: _Heirs) -> Heir:
    held = (spell.organization_id, role) in heirs.offices if fits(role, Kind(spell.kind)) else None
    return Heir(spell.organization.code, spell.name, held, answers)
