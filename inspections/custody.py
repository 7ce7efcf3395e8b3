"""Who has a letter on which days: the organization it concerns from the day it came, then wherever it was handed over to.

Each stay lies along the tree of the day on which it began. Lists, rights and hand-overs ask here; what a figure counts
is one of these stays (inspections/counted.py).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from inspections.models import Handover, Letter
from organizations import access, lineage
from organizations.models import Organization


@dataclass(frozen=True)
class Stay:
    """`organization`: where a letter lay; `on`: since when, and along the tree of which day."""

    organization: Organization
    on: date


def stays(letter, *, without=None):
    """[Stay] of a Letter in order of time, the last where it lies today; as if the Change `without` had not handed it over."""
    rows = Handover.objects.standing().filter(file=letter.file_id).select_related("place").order_by("on", "pk")
    if without is not None:
        rows = rows.exclude(added=without)
    return [Stay(letter.organization, letter.received_on), *(Stay(row.place, row.on) for row in rows)]


def readable(user, rows):
    """`rows` of Letter that `user` may read: those that ever lay with a body whose letters the user may read."""
    nodes = access.letters_open_to(user)
    return rows.filter(_lay(nodes, date.min, date.max)) if nodes else rows.none()


def lay_with(nodes, first, last):
    """Letters that stand and lay below one of `nodes` (ids) at some time from `first` to `last`."""
    return Letter.objects.standing().filter(_lay(nodes, first, last))


def _lay(nodes, first, last):
    """Condition of Letter: it lay below one of `nodes` at some time from `first` to `last`."""
    handed = Handover.objects.standing().filter(file__isnull=False)
    came = Letter.objects.filter(received_on__lte=last, **lineage.stood_below("organization", "received_on", nodes))
    came = came.exclude(file__in=handed.filter(on__lte=first).values("file"))
    later = handed.filter(file=OuterRef("file"), on__gt=OuterRef("on"), on__lte=first)
    taken = handed.filter(~Exists(later), on__lte=last, **lineage.stood_below("place", "on", nodes))
    return Q(pk__in=came.values("pk")) | Q(file__in=taken.values("file"))


def handed_on(nodes, day):
    """Subquery of Letter: the day on which it was handed over by those below `nodes`; None while it lies with them."""
    handed = Handover.objects.standing().filter(file=OuterRef("file"), on__lte=day)
    own = handed.filter(**lineage.stood_below("place", "on", nodes)).values("pk")
    return Subquery(handed.exclude(pk__in=own).order_by("on").values("on")[:1])
