"""What the account of an office is called unless somebody chooses a name: bithu.db01-01, danguy.db01."""

from itertools import chain, count

from ledger.models import User
from organizations.models import Role

from .making import laid_by_accounts

PREFIX = {
    Role.SECRETARY: "bithu",
    Role.COMMITTEE: "danguy",
    Role.ORGANIZATION: "tochuc",
    Role.INSPECTION: "kiemtra",
    Role.LEADER: "lanhdao",
}


def by_rule(role: str, code: str) -> str:
    """The name of the office `role` at the organization `code`."""
    return f"{PREFIX[Role(role)]}.{code.lower()}"


class FreeNames:
    """Usernames that nobody has, or that are free again."""

    def __init__(self) -> None:
        accounts = User.objects.exclude(pk__in=laid_by_accounts())
        self._taken = {name.lower() for name in accounts.values_list("username", flat=True)}

    def keep(self, name: str) -> None:
        """`name` is to be somebody's."""
        self._taken.add(name.lower())

    def take(self, role: str, code: str) -> str:
        """The name of the office by the rule, or with the first number after it that nobody has; nobody else is given it."""
        name = by_rule(role, code)
        free = next(one for one in chain([name], (f"{name}.{n}" for n in count(2))) if one not in self._taken)
        self.keep(free)
        return free
