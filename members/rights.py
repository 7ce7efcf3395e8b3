"""Who may take an act about people back: whoever may do such an act, at every place it concerns."""

from collections import defaultdict

from django.db.models import Q

from ledger import clock
from ledger.verbs import KNOWN
from organizations.access import capacities_of, may_keep
from organizations.models import Organization

from .models import (
    Admission,
    Amendment,
    BadgeAward,
    Discipline,
    Extension,
    Membership,
    Merger,
    Officialization,
    Post,
    Status,
    TransferOffer,
)

ABOUT_PEOPLE = (Admission, Officialization, Extension, Status, Post, Discipline, Amendment, Merger, BadgeAward)
ANSWERED_AT_TARGET = (TransferOffer.Answer.ACCEPTED, TransferOffer.Answer.REFUSED)


def may_be_taken_back(user, changes):
    """Ids of those of `changes` that can still be undone and that the user may undo."""
    return kept_by(user, [change for change in changes if change.undoable and change.undone_id is None])


def kept_by(user, changes):
    """Ids of those of `changes` that are the user's, undone since or not: at every place they concern."""
    return _kept(user, {c.pk: keep for c in changes if (keep := _kept_by(c.verb))})


def keeps(user, change, keep):
    """Whether the user keeps `keep` at every place that `change` concerns."""
    return change.pk in _kept(user, {change.pk: keep})


def _kept(user, wanted):
    """Ids of those of `wanted`, {id of an act: what it takes}, that the user may do at every place they concern."""
    where = _places(set(wanted))
    organizations = Organization.objects.filter(pk__in=set().union(*where.values()))
    capacities = capacities_of(user, organizations, clock.today())
    return {
        pk for pk, keep in wanted.items() if where[pk] and all(may_keep(keep, capacities[place]) for place in where[pk])
    }


def _kept_by(code):
    verb = KNOWN.get(code)
    return verb and verb.kept_by


def _places(changes):
    """{id of an act: {ids of the organizations it concerns}}: both ends of a move, else the cell of each person."""
    places_of = defaultdict(set)
    moves = _touched(Membership, changes).values_list("added_id", "voided_id", "organization_id").distinct()
    for added, voided, place in moves:
        for change in {added, voided} & changes:
            places_of[change].add(place)
    offers = TransferOffer.objects.filter(added__in=changes)
    for change, source, target, answer in offers.values_list("added_id", "source_id", "target_id", "answer"):
        places_of[change].add(target if answer in ANSWERED_AT_TARGET else source)
    people = people_of(changes - places_of.keys())
    cells = last_cells(set().union(*people.values()))
    for change, members in people.items():
        places_of[change] |= {cells[pk] for pk in members if pk in cells}
    return places_of


def _touched(model, changes):
    return model._base_manager.filter(Q(added__in=changes) | Q(voided__in=changes))


def people_of(changes):
    """{id of an act: {ids of the people it wrote about}}"""
    people = defaultdict(set)
    parts = [
        model._base_manager.filter(**{f"{way}__in": changes}).order_by().values_list(way, "member")
        for model in (*ABOUT_PEOPLE, Membership, TransferOffer)
        for way in ("added", "voided")
    ]
    for change, member in parts[0].union(*parts[1:]) if changes else ():
        people[change].add(member)
    return people


def last_cells(members):
    """{member id: id of the cell of today, or the last one of who has left} of `members` (people or ids)."""
    rows = Membership.objects.standing().filter(member__in=members).order_by("starts")
    return dict(rows.values_list("member_id", "organization_id"))
