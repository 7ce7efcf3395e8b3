"""The offices that the organizations of a day should have, each with who holds it, or nobody."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from ledger.accounts import why_expired
from ledger.hooks import Hook
from ledger.models import User
from ledger.text import holds, search_key
from organizations import lineage
from organizations.models import CELLS, WHOLES, Appointment, Organization, OrganizationSpell, Role

from .naming import FreeNames, by_rule
from .opening import NewAccount
from .titles import title

# Who is known to hold the office of a cell: (ids of organizations, day) → {organization id: full name}.
KNOWN_AS: Hook[Callable[[Collection[int], date], Mapping[int, str]]] = Hook(
    "organizations.accounts.roster.KNOWN_AS", "organizations, day"
)
EVE = timedelta(days=1)
OF_A_BLOC = (Role.LEADER, Role.ORGANIZATION, Role.INSPECTION)


@dataclass
class Seat:
    """An office of the organization of `spell`. `held`: the Appointments of today and those ahead, the earliest first."""

    spell: OrganizationSpell
    role: Role
    title: str
    day: date
    held: list[Appointment] = field(default_factory=list)
    account: NewAccount | None = None  # what one press would make here
    renamed: str = ""  # the name that the rule gives, where somebody has it already
    known: str = ""  # full name of the secretary whom the roll knows

    @property
    def code(self) -> str:
        return self.spell.organization.code

    @property
    def key(self) -> str:
        return f"{self.code}.{self.role}"

    @property
    def is_of_a_bloc(self) -> bool:
        return self.role in OF_A_BLOC

    @property
    def holders(self) -> list[Appointment]:
        """Who holds it today, or will, deputies left out."""
        return [row for row in self.held if row.stands_in_for_id is None]

    @property
    def other_secretary(self) -> str:
        """Who is secretary by the roll, where whoever holds the office goes by another name; "" where nobody is, or nobody holds it."""
        held = [search_key(row.user.get_full_name()) for row in self.holders]
        return self.known if held and search_key(self.known) not in held else ""

    @property
    def is_vacant(self) -> bool:
        return not self.holders

    @property
    def may_be_opened(self) -> bool:
        """Whether one press makes an account for it; an office of a bloc is given by hand, since its leader is told."""
        return self.is_vacant and not self.is_of_a_bloc

    @property
    def never_signed_in(self) -> list[Appointment]:
        """Those of `held` whose account may be handed a new slip."""
        return [row for row in self.held if never_used(row.user)]

    @property
    def without_slip(self) -> list[Appointment]:
        """Those of `never_signed_in` whose account nothing opens yet: it was made without a slip."""
        return [row for row in self.never_signed_in if not row.user.has_usable_password()]

    @property
    def is_changing(self) -> bool:
        """Whether somebody comes into it on a day ahead, or stands in for its holder."""
        return any(row.stands_in_for_id or row.starts > self.day for row in self.held)

    @property
    def lines(self) -> list["HolderLine"]:
        return [HolderLine(row, self.day) for row in self.held]


def never_used(user: User) -> bool:
    return user.last_login is None and user.is_active and not user.is_superuser


@dataclass(frozen=True)
class HolderLine:
    """One who holds an office, as the page says it."""

    row: Appointment
    day: date

    @property
    def is_ahead(self) -> bool:
        return self.row.starts > self.day

    @property
    def last(self) -> date:
        """The last day, of one that ends."""
        return self.row.ends - EVE

    @property
    def alone(self) -> list["HolderLine"]:
        return [self]

    @property
    def expired(self) -> str:
        return why_expired(self.row.user)


def seats(day: date, organizations: Collection[Organization] | None = None) -> list[Seat]:
    """[Seat] of all that stand on `day`, or of `organizations` alone, by code; on those without a holder what one press makes.

    Number of queries: constant.
    """
    places = lineage.places(day).order_by("organization__code")
    spells = list(places if organizations is None else places.filter(organization__in=organizations))
    labels = lineage.labels([spell.organization_id for spell in spells], day)
    held = _held(spells, day)
    found = [
        Seat(spell, role, title(role, labels[spell.organization_id]), day, held.get((spell.organization_id, role), []))
        for spell in spells
        for role in roles_of(spell)
    ]
    cells = [seat for seat in found if seat.role == Role.SECRETARY]
    known = _known([seat.spell.organization_id for seat in cells], day)
    for seat in cells:
        seat.known = known.get(seat.spell.organization_id, "")
    _name([seat for seat in found if seat.may_be_opened])
    return found


def roles_of(spell: OrganizationSpell) -> tuple[Role, ...]:
    """The offices an organization should have: a cell that is a grassroots organization itself acts by its secretary."""
    if spell.kind in WHOLES:
        return OF_A_BLOC
    return (Role.SECRETARY,) if spell.kind in CELLS else (Role.COMMITTEE,)


def _held(spells: Iterable[OrganizationSpell], day: date) -> dict[tuple[int, Role], list[Appointment]]:
    """{(organization id, the role whose row they stand on): [Appointment]}"""
    kinds = {spell.organization_id: spell for spell in spells}
    rows = Appointment.objects.standing().filter(ends__gt=day, organization__in=list(kinds))
    held: dict[tuple[int, Role], list[Appointment]] = {}
    for row in rows.select_related("user", "organization", "stands_in_for", "added").order_by("starts", "pk"):
        roles = roles_of(kinds[row.organization_id])
        role = Role(row.role) if row.role in roles else roles[0]
        held.setdefault((row.organization_id, role), []).append(row)
    return held


def _name(vacant: Collection[Seat]) -> None:
    """Tells each of `vacant` what account would be made for it."""
    if not vacant:
        return
    free = FreeNames()
    for seat in vacant:
        name = free.take(seat.role, seat.code)
        seat.renamed = by_rule(seat.role, seat.code) if name != by_rule(seat.role, seat.code) else ""
        seat.account = NewAccount(
            username=name,
            display_name=_shown(seat.known, seat.title),
            role=seat.role,
            code=seat.code,
        )


def display_names(titles: Mapping[tuple[str, int], str], day: date) -> dict[tuple[str, int], str]:
    """{(role, organization id): what the account of that office is called}: the secretary who is known, else its title.

    `titles`: {(role, organization id): title}.
    """
    cells = [pk for role, pk in titles if role == Role.SECRETARY]
    known = _known(cells, day)
    return {
        (role, pk): _shown(known.get(pk, "") if role == Role.SECRETARY else "", title)
        for (role, pk), title in titles.items()
    }


def _known(cells: Collection[int], day: date) -> dict[int, str]:
    """{id of a cell: full name of the secretary whom the roll knows on `day`}"""
    known: dict[int, str] = {}
    for names_of in KNOWN_AS:
        known |= names_of(cells, day) if cells else {}
    return known


def _shown(known: str, title: str) -> str:
    return (known or title)[: User._meta.get_field("display_name").max_length]


def next_username(seat: Seat) -> str:
    """What the next account for the office would be called."""
    return FreeNames().take(seat.role, seat.code)


STATES: dict[str, tuple[str, Callable[[Seat], bool]]] = {  # {in the query string: (words, which seats)}
    "": ("Tất cả", lambda seat: True),
    "chua-co": ("Chưa có ai", lambda seat: seat.is_vacant),
    "chua-vao": ("Chưa đăng nhập lần nào", lambda seat: bool(seat.never_signed_in)),
    "chua-in": ("Chưa in phiếu", lambda seat: bool(seat.without_slip)),
    "sap-toi": ("Sắp bàn giao, có người thay", lambda seat: seat.is_changing),
}


def found(rows: Iterable[Seat], text: str) -> list[Seat]:
    """Those of `rows` that `text` finds: by name, by code, by who holds them."""
    return [seat for seat in rows if holds(_key(seat), text)]


def _key(seat: Seat) -> str:
    people = [f"{row.user.get_full_name()} {row.user.username}" for row in seat.held]
    return search_key(" ".join([seat.title, seat.code, *people]))
