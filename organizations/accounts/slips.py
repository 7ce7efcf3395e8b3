"""The slip on which an office is handed its account: a password that is good once, printed and kept nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import choice

from ledger import clock
from ledger.accounts import last_day
from ledger.models import User
from organizations.appoint import NewOffice
from organizations.models import Appointment

from .titles import titles

# No letter or digit that is taken for another (0 o, 1 l i, 2 z, 5 s, 6 b, 8 b, 9 g q), no vowel, d, w or z: a keyboard that
# writes Vietnamese, by Telex or VNI, makes other letters of those.
SIGNS = "cfghkmnprtvx2345678"
GROUP, GROUPS = 4, 3  # 19 signs twelve times: 50 bits, behind Argon2 and the limits of sign_in


@dataclass(frozen=True)
class Slip:
    """`office`: its name; `password`: as it is typed, told here alone; `last_day`: on which it still opens the account."""

    user: User
    office: str
    last_day: date
    password: str = field(repr=False)

    @property
    def groups(self) -> list[str]:
        """The password as it is printed."""
        return [self.password[at : at + GROUP] for at in range(0, len(self.password), GROUP)]


def new_password() -> str:
    return "".join(choice(SIGNS) for _ in range(GROUP * GROUPS))


def slips(offices: Sequence[NewOffice | Appointment], passwords: Iterable[str]) -> list[Slip]:
    """A Slip for each office with the password of its account, as it was given today."""
    day = clock.today()
    named, last = titles([(row.role, row.organization.pk) for row in offices], day), last_day(day)
    return [
        Slip(row.user, named[row.role, row.organization.pk], last, password)
        for row, password in zip(offices, passwords, strict=True)
    ]
