"""What a user may see and do. The object and the right to it arrive together; nothing else decides (design §7)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from ledger import clock
from ledger.models import User

from . import lineage
from .models import Appointment, Kind, Lineage, Organization, OrganizationSpell, Role, Succession
from .rights import (
    BLOC_CAPACITIES,
    BLOC_ROLES,
    KEEPING_RIGHTS,
    OF_THE_WHOLE,
    RATING_RIGHTS,
    REACHING_DOWN,
    SEE_LETTERS,
    Act,
    Capacity,
    Keep,
    whose,
)

__all__ = ["BLOC_CAPACITIES", "OF_THE_WHOLE", "Act", "Capacity", "Keep", "whose"]  # what others read of the tables here


@dataclass
class Office:
    """The offices a user holds today, each at an organization that stands.

    An office reaches what stands below its organization on the day looked at, what its organization took over, and what
    ended below either; nothing of another bloc.
    """

    user: User
    appointments: list[Appointment] = field(default_factory=list)

    @cached_property
    def roles(self) -> set[Role]:
        return {Role(a.role) for a in self.appointments}

    @property
    def is_administrator(self) -> bool:
        return self.user.is_superuser

    @property
    def of_a_bloc(self) -> list[Appointment]:
        """The appointments at blocs, or at what stands above them."""
        return [a for a in self.appointments if a.role in BLOC_ROLES]

    @property
    def looks_after_a_whole(self) -> bool:
        return self.is_administrator or bool(self.of_a_bloc)

    @property
    def brings_files(self) -> bool:
        """Whether it keeps some register, or ratings, that may come from a file."""
        return self.is_administrator or bool(self.roles - {Role.LEADER})

    @property
    def reads_letters(self) -> bool:
        """Whether the letters of some bloc may be read one by one."""
        return any(BLOC_CAPACITIES[a.role] in SEE_LETTERS for a in self.of_a_bloc)

    @property
    def organizations(self) -> list[int]:
        return [a.organization_id for a in self.appointments]

    def kind_on(self, holder: int, on: date) -> Kind:
        """Kind of the organization `holder` (id) of an office on `on`; today's of what came later."""
        past = [spell for spell in self._lives[holder] if spell.starts <= on]
        return Kind((past or [spell for spell in self._lives[holder] if spell.starts <= clock.today()])[-1].kind)

    @cached_property
    def _lives(self) -> dict[int, list[OrganizationSpell]]:
        return lineage.lives(self.organizations)

    @cached_property
    def role_at(self) -> dict[int, Role]:
        """{organization id: Role}"""
        return {a.organization_id: Role(a.role) for a in self.appointments}

    @cached_property
    def answers_for(self) -> dict[int, set[int]]:
        """{id of an office's organization: {its id and those of all it answers for}}

        Of several successors the principal one alone acts for what ended.
        """
        return _taken_over_by(self.organizations, [row for row in self._successions if row[2]])

    @property
    def answerable(self) -> set[int]:
        """Ids of the offices' organizations and of all they answer for."""
        return set().union(*self.answers_for.values())

    @property
    def inherited(self) -> set[int]:
        """Ids of the offices' organizations and of all they took over, if only in part: what they may look at."""
        return set().union(*_taken_over_by(self.organizations, self._successions).values())

    def ended_in_reach(self, day: date) -> set[int]:
        """Ids of those that had ended by `day`, on their last day below the offices' organizations or what they took over."""
        if day not in self._ended:
            rows = lineage.ended(day).filter(ancestor__in=self.inherited)
            self._ended[day] = set(rows.values_list("organization", flat=True)) if self.organizations else set()
        return self._ended[day]

    @cached_property
    def _ended(self) -> dict[date, set[int]]:
        return {}

    @cached_property
    def _successions(self) -> list[tuple[int, int, bool]]:
        columns = ("successor_id", "predecessor_id", "principal")
        rows = Succession.objects.standing().values_list(*columns)
        return list(rows) if self.organizations else []


def _taken_over_by(organizations: Iterable[int], successions: Iterable[tuple[int, int, bool]]) -> dict[int, set[int]]:
    """{organization id: {its id and those of all it took over}}, chains followed: who ended left them to it."""
    old = defaultdict(set)
    for new, gone, _ in successions:
        old[new].add(gone)
    taken_over = {}
    for node in organizations:
        taken_over[node] = {node}
        while more := set().union(*(old[pk] for pk in taken_over[node])) - taken_over[node]:
            taken_over[node] |= more
    return taken_over


def office_of(user: User) -> Office:
    """Office of a signed-in user; asked once a request, kept on the user object."""
    day = clock.today()
    kept = getattr(user, "_office", None)
    if kept and kept[0] == day:
        return kept[1]
    appointments = Appointment.objects.on(day).filter(
        user=user, organization__in=lineage.places(day).values("organization")
    )
    office = Office(user, list(appointments.select_related("organization").order_by("pk")))
    user._office = (day, office)
    return office


def bloc_offices_of(user: User) -> list[Appointment]:
    """Offices of blocs that the account of `user` opens today or will from a day ahead, at organizations that stand."""
    rows = Appointment.objects.standing().filter(user=user, role__in=BLOC_ROLES, ends__gt=clock.today())
    rows = rows.filter(organization__in=lineage.places(clock.today()).values("organization"))
    return list(rows.select_related("organization").order_by("pk"))


def holders_at(organizations: Iterable[int]) -> set[int]:
    """Ids of those of `organizations` (ids) for which somebody holds an office today."""
    rows = Appointment.objects.on(clock.today()).filter(organization__in=organizations)
    return set(rows.values_list("organization_id", flat=True))


def visible_to(user: User, on: date) -> QuerySet[Organization]:
    """Organizations the user may see on `on`: the office's subtree of that day, what it took over, what ended in either."""
    if not user.is_authenticated or not user.is_active:
        return Organization.objects.none()
    office = office_of(user)
    standing = Organization.objects.standing()
    if office.is_administrator:
        return standing
    past = office.inherited - set(office.organizations) | office.ended_in_reach(on)
    return standing.filter(Q(pk__in=lineage.below(office.inherited, on)) | Q(pk__in=past))


def get_for(user: User, code: str, on: date) -> Organization:
    """The organization `code` if the user may see it on `on`; otherwise 404, as if it did not exist."""
    return _the_one(code, visible_to(user, on).filter(code=code) if code.isprintable() else ())


def get_and_above(user: User, code: str, on: date) -> tuple[Organization, frozenset[int]]:
    """(the organization, as `get_for` gives it; ids of those at or above it on `on` that the user may see), in one query."""
    if not code.isprintable():
        return _the_one(code, ())
    above = Lineage.objects.on(on).filter(organization__code=code).values("ancestor")
    seen = list(visible_to(user, on).filter(Q(code=code) | Q(pk__in=above)))
    return _the_one(code, seen), frozenset(organization.pk for organization in seen)


def _the_one(code: str, organizations: Iterable[Organization]) -> Organization:
    """That of `organizations` with the code; 404 when it is not among them."""
    for organization in organizations:
        if organization.code == code:
            return organization
    raise Http404("Không tìm thấy tổ chức này trong phạm vi của đồng chí.")


def capacities(user: User, organization: Organization, on: date) -> set[Capacity]:
    """{Capacity} of `user` towards `organization` as the tree stood on `on`."""
    return capacities_of(user, [organization], on)[organization.pk]


def capacities_of(user: User, organizations: Iterable[Organization], on: date) -> dict[int, set[Capacity]]:
    """{organization id: {Capacity}} for many, in four queries.

    What an organization took over waits for it as for the office that ended: its row, its sheet, what hung below it.
    What ended in a bloc is its own still.
    """
    office = office_of(user)
    capacities_at: dict[int, set[Capacity]] = {o.pk: set() for o in organizations}
    if not office.appointments:
        return capacities_at
    own, above = _own_capacities(office, on), defaultdict(set)
    for holder in own:
        for taken in office.answers_for[holder]:
            above[taken].add(holder)
    away = set(capacities_at)
    for node, ancestor in _lines(capacities_at, above.keys(), on):
        away.discard(node)
        for holder in above[ancestor]:
            capacities_at[node] |= own[holder] if node == ancestor else own[holder] & REACHING_DOWN
    of_blocs = {pk for pk, holders in above.items() if any(office.role_at[h] in BLOC_ROLES for h in holders)}
    ended = lineage.ended(on).filter(organization__in=away, ancestor__in=of_blocs) if away and of_blocs else ()
    for line in ended:
        for holder in above[line.ancestor_id]:
            capacities_at[line.organization_id] |= own[holder] & OF_THE_WHOLE
    return capacities_at


def _lines(organizations: Iterable[int], ancestors: Iterable[int], on: date) -> Iterable[tuple[int, int]]:
    lines = Lineage.objects.on(on).filter(organization__in=organizations, ancestor__in=ancestors)
    return lines.values_list("organization_id", "ancestor_id")


def _own_capacities(office: Office, on: date) -> dict[int, set[Capacity]]:
    """{organization id: {Capacity} of its office}"""
    return {
        pk: {BLOC_CAPACITIES[role]} if role in BLOC_ROLES else _of_office(role, office.kind_on(pk, on))
        for pk, role in office.role_at.items()
    }


def _of_office(role: Role, kind: Kind) -> set[Capacity]:
    """{Capacity} of an office towards its own organization; below it, that of a committee or section alone."""
    if kind == Kind.DBBP:
        return {Capacity.CELL, Capacity.SECTION}
    as_cell = {Capacity.CELL} if kind.holds_members or role == Role.COMMITTEE else set()
    return as_cell | ({Capacity.COMMITTEE} if kind == Kind.CBCS or role == Role.COMMITTEE else set())


def may(act: Act, capacities_held: set[Capacity]) -> bool:
    """Whether one of the capacities held gives the right to `act`."""
    return not capacities_held.isdisjoint(RATING_RIGHTS[act])


def may_keep(keep: Keep, capacities_held: set[Capacity]) -> bool:
    """Whether one of the capacities held towards an organization gives the right to `keep` there."""
    return bool(KEEPING_RIGHTS[keep] & capacities_held)


def require_keep(user: User, keep: Keep, organization: Organization, on: date) -> None:
    """403, naming whose it is, unless `user` may `keep` at `organization` as the tree stood on `on`."""
    if not may_keep(keep, capacities(user, organization, on)):
        whose = " hoặc ".join(c for c in Capacity if c in KEEPING_RIGHTS[keep])
        raise PermissionDenied(f"Việc {keep} là của {whose}.")


def require_bloc(user: User) -> None:
    """403 unless the user looks after a whole: an office of a bloc, or the administration."""
    if not office_of(user).looks_after_a_whole:
        raise PermissionDenied("Trang này dành cho cơ quan tham mưu của Đảng ủy Khối và quản trị.")


def sees_letters(capacities_held: set[Capacity]) -> bool:
    """Whether one of the capacities held towards an organization lets its letters be read one by one."""
    return bool(SEE_LETTERS & capacities_held)


def letters_open_to(user: User, *, to_write: bool = False) -> set[int]:
    """Ids of the organizations that, with all below them, are those whose letters `user` may read one by one, or write on."""
    office, wanted = office_of(user), KEEPING_RIGHTS[Keep.LETTERS] if to_write else SEE_LETTERS
    holders = [a.organization_id for a in office.of_a_bloc if BLOC_CAPACITIES[a.role] in wanted]
    return set().union(*(office.answers_for[holder] for holder in holders))


def require_letters(user: User, organization: Organization | None = None, on: date | None = None) -> None:
    """403 unless the user may read letters one by one: somewhere, or at `organization` as the tree stood on `on`, today unless told.

    Asked before anything is looked up, so that nothing is told.
    """
    sees_them = organization is None or sees_letters(capacities(user, organization, on or clock.today()))
    if not office_of(user).reads_letters or not sees_them:
        raise PermissionDenied("Đơn thư chỉ Ủy ban Kiểm tra và lãnh đạo Đảng ủy Khối được xem.")


def require_administrator(user: User) -> None:
    if not user.is_superuser:
        raise PermissionDenied("Chỉ quản trị được dùng trang này.")


def homes_of(user: User) -> list[str]:
    """Codes of the organizations whose pages are the user's own: of the offices at blocs, else of all; all blocs for the
    administration without an office.
    """
    office = office_of(user)
    if office.is_administrator and not office.appointments:
        day = clock.today()
        spells = lineage.blocs(day) or lineage.roots(day)
        return [spell.organization.code for spell in spells]
    return [a.organization.code for a in office.of_a_bloc or office.appointments]


def require_told_of_offices(user: User) -> None:
    if not user.is_superuser and not office_of(user).roles & {Role.LEADER, Role.INSPECTION}:
        raise PermissionDenied("Trang này dành cho lãnh đạo, Ủy ban Kiểm tra Đảng ủy Khối và quản trị.")


def home_of(user: User) -> str | None:
    """Code of the organization that the user's first page shows, or None."""
    return next(iter(homes_of(user)), None)


def require_rating(act: Act, held: set[Capacity]) -> None:
    """403 unless one of the capacities `held` gives the right to `act`."""
    if not may(act, held):
        raise PermissionDenied(f"Việc {act} là của {whose(act)}.")
