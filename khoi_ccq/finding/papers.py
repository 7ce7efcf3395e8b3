"""Documents found from anywhere, and what rests on one: those alone on which something rests that the reader may see."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from inspections import papers as of_inspections
from ledger.models import Document, User
from ledger.numbers import day_in_words
from ledger.text import words_of
from ledger.web.finding import Hit, HitGroup, Resting, begun
from members.records import papers as of_people
from organizations import finding as of_organizations
from ratings.history import papers as of_ratings


def resting(user: User) -> list[Resting]:
    """[Resting] of all floors, from people up."""
    return [
        *of_people.resting(user),
        *of_organizations.resting(user),
        *of_inspections.resting(user),
        *of_ratings.resting(user),
    ]


def papers(user: User, text: str) -> HitGroup:
    """The HitGroup of the documents that `text` finds, latest first: each word begins one of number, day, issuer, title."""
    rows, told = Document.objects.filter(begun("search_key", words_of(text))), Q()
    for kind in resting(user) if rows.exists() else ():
        told |= kind.rested_on
    rows = rows.filter(told).order_by("-date", "-pk") if told else rows.none()
    return HitGroup("van-ban", "Văn bản", rows, _told)


def _told(rows: Iterable[Document]) -> list[Hit]:
    return [
        Hit(
            f"Số {row.number}",
            reverse("find_paper", args=[row.pk]),
            [f"ngày {day_in_words(row.date)}", row.issuer, *filter(None, [row.title])],
        )
        for row in rows
    ]
