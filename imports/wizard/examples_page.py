"""The page of the example workbooks, from which an empty installation can be filled to see how the system works."""

from typing import Any

from imports.kinds.kind import ImportKind
from imports.kinds.registry import KINDS, kind_of
from imports.workbooks.examples import Example, example_of, examples
from ledger.models import User

from .open_kinds import require_imports


class ExamplesPage:
    """`kind`: code of the one kind whose examples are asked for, "" for all; 404 for none. 403 for who imports nothing."""

    def __init__(self, user: User, kind: str = "") -> None:
        require_imports(user)
        self.kind: type[ImportKind] | None = kind_of(kind) if kind else None

    def context(self) -> dict[str, Any]:
        shown = [one for one in examples() if self.kind is None or one.kind == self.kind.code]
        return {
            "kind": self.kind,
            "examples": [(one, KINDS[one.kind].title) for one in shown],
        }


def require_example(user: User, name: str) -> Example:
    """The example `name`; 404 for none, 403 for who imports nothing."""
    require_imports(user)
    return example_of(name)
