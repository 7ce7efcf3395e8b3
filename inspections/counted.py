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


def placed(letter, handovers):
    """(organization id, day) along whose tree a Letter counts. `handovers`: its standing Handovers.

    A letter counts where it lay on the day it was resolved or fell due; what was handed over later counted already.
    """
    closing = min(letter.due_on, letter.resolved_on or letter.due_on)
    mine = [row for row in handovers if row.on <= closing]
    last = max(mine, key=lambda row: row.on, default=None)
    return (last.place_id, last.on) if last else (letter.organization_id, letter.received_on)


def kept_on(day):
    """Condition: a subject is its conductor's on `day`, neither handed over by then nor taken over since."""
    return (Q(handed_on__isnull=True) | Q(handed_on__gt=day)) & (Q(taken_on__isnull=True) | Q(taken_on__lte=day))


def without(rows, left_out):
    """`rows` of Letter but those that a condition of `left_out` fits."""
    fits = Q()
    for _, condition in left_out:
        fits |= condition
    return rows.exclude(fits)
