"""The condition of a measure as text that stays: by its hash a closing tells how it was counted.

Classes are named here, so that neither renaming one nor a newer Django makes closed years say “định nghĩa đã đổi”.
"""

from enum import Enum
from typing import Any

from django.db.models import F, Q

from inspections.models import Inspection
from members.models import Admission
from organizations.models import Kind
from ratings.models import State

# Never changed, whatever becomes of the class; a measure that compares with another enumeration adds a line.
WRITTEN: dict[type[Enum], str] = {
    Admission.Kind: "Admission.Kind",
    Inspection.Kind: "Inspection.Kind",
    Kind: "Kind",
    State: "State",
}


def written(value: Any) -> str:
    """`value` (left_out, or a part of it) as text; KeyError for an enumeration, TypeError for anything not written so far."""
    if isinstance(value, Q):
        return f"<Q: {_condition(value)}>"
    if isinstance(value, tuple):
        return f"({', '.join(map(written, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, Enum):
        return f"{WRITTEN[type(value)]}.{value.name}"
    if isinstance(value, F):
        return f"F({value.name})"
    if isinstance(value, str | int):
        return repr(value)
    raise TypeError(f"{value!r}: say in indicators/definitions.py how it is written")


def _condition(q: Q) -> str:
    children = (_condition(child) if isinstance(child, Q) else written(child) for child in q.children)
    text = f"({q.connector}: {', '.join(children)})"
    return f"(NOT {text})" if q.negated else text
