"""What was known when: a row stands at a Change that came after it was added and before it was voided (design §3)."""

from django.db.models import Q
from django.db.models.expressions import Combinable


def standing(at: int | Combinable | None = None, prefix: str = "") -> Q:
    """Condition on Recorded rows: those that stand now, or as known at `at` (id of a Change, or an expression for it).

    `prefix`: path to the row, with its underscores ("inspection__").
    """
    if at is None:
        return Q(**{f"{prefix}voided__isnull": True})
    not_yet_voided = Q(**{f"{prefix}voided__isnull": True}) | Q(**{f"{prefix}voided__gt": at})
    return not_yet_voided & Q(**{f"{prefix}added__lte": at})
