"""What the figures count of letters: on which day, and which are left out for which reason. The pages count the same."""

from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least

# A letter belongs to the day it was resolved or fell due, whichever came first: it is counted once.
CLOSING = Least(F("due_on"), Coalesce(F("resolved_on"), F("due_on")))

NOT_DUE = (("chưa thụ lý", Q(accepted_on__isnull=True)),)
NOT_IN_TIME = (
    ("chưa giải quyết", Q(resolved_on__isnull=True)),
    ("giải quyết quá hạn", Q(resolved_on__gt=F("due_on"))),
)


def without(rows, left_out):
    """`rows` of Letter but those that a condition of `left_out` fits."""
    fits = Q()
    for _, condition in left_out:
        fits |= condition
    return rows.exclude(fits)
