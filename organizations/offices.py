"""Offices beside a reorganization: which end with what ends, and which organizations have none yet."""

from collections.abc import Collection
from datetime import date, timedelta

from ledger import clock
from ledger.models import User

from . import lineage
from .access import office_of
from .models import GRASSROOTS, WHOLES, Appointment, OrganizationSpell

EVE = timedelta(days=1)


def ended_with(ids: Collection[int], day: date) -> list[Appointment]:
    """[Appointment] that were held on the eve of `day` at those of `ids` that stand no more on it."""
    standing = lineage.places(day).filter(organization__in=ids).values("organization")
    held = Appointment.objects.filter(organization__in=ids, starts__lt=day, ends__gte=day).exclude(
        organization__in=standing
    )
    held = held.filter(voided__isnull=True).select_related("user", "organization")
    return list(held.order_by("organization__code", "role", "user__username"))


def without_office(ids: Collection[int], day: date) -> list[OrganizationSpell]:
    """Spells of those of `ids` that were founded on `day` and have nobody who acts for them yet, by code."""
    kinds = (*WHOLES, *GRASSROOTS)
    before = OrganizationSpell.objects.standing().filter(organization__in=ids, starts__lt=day).values("organization")
    founded = lineage.places(day).filter(organization__in=ids, starts=day, kind__in=kinds)
    founded = founded.exclude(organization__in=before)
    held = Appointment.objects.on(day).filter(organization__in=ids).values("organization")
    return list(founded.exclude(organization__in=held).order_by("organization__code"))


def issuer(user: User) -> str:
    """Who issues the papers of the user's office: "Đảng ủy Sở Tài chính"; "" for who holds none."""
    held = office_of(user).appointments
    place = lineage.place(held[0].organization, clock.today()) if held else None
    return place.committee if place else ""
