"""Organizations found from anywhere, by every name they bore; what of their history rests on a paper."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from ledger import clock
from ledger.models import Document, Recorded, User
from ledger.numbers import day_in_words
from ledger.text import search_key, words_of
from ledger.web.finding import Hit, HitGroup, Resting, begun, told

from . import lineage
from .access import visible_to
from .models import (
    Approval,
    Organization,
    OrganizationSpell,
    Origin,
    OutsideTransfer,
    StaffCount,
    Succession,
)

EVE = timedelta(days=1)
ABOUT: dict[type[Recorded], tuple[str, tuple[str, ...]]] = {  # {model: (label, its columns of organizations)}
    OrganizationSpell: ("Tên, cấp trên của tổ chức", ("organization",)),
    Succession: ("Kế thừa tổ chức", ("predecessor", "successor")),
    Origin: ("Chia tách tổ chức", ("organization", "source")),
    OutsideTransfer: ("Tổ chức chuyển đến, chuyển đi", ("organization",)),
    StaffCount: ("Số công chức, viên chức", ("organization",)),
    Approval: ("Đồng ý về số lượng đảng viên", ("organization",)),
}


def organizations(user: User, text: str) -> HitGroup:
    """The HitGroup of what `text` finds: each word begins a word of a name it bore, of its code, or of the one above it; one
    of the words at least is its own.
    """
    today, words = clock.today(), words_of(text)
    spells = OrganizationSpell.objects.standing().filter(starts__lte=today)
    every, some = Q(), Q()
    for word in words:
        own = _own(word)
        every &= own | _above(word, spells)
        some |= own
    whole = spells.filter(begun("search_key", words)).values("organization")
    coded = Q(code__istartswith=text.strip())
    rows = visible_to(user, today).filter(Q(pk__in=spells.filter(every & some).values("organization")) | coded)
    rows = rows.filter(Exists(spells.filter(organization=OuterRef("pk"))))
    standing = lineage.places(today).filter(organization=OuterRef("pk"))
    rows = rows.alias(stands=Exists(standing), is_named=Q(pk__in=whole)).order_by("-stands", "-is_named", "code")
    return HitGroup("to-chuc", "Tổ chức", rows, lambda found: _told(found, words))


def _own(word: str) -> Q:
    return begun("search_key", [word]) | Q(organization__code__istartswith=word)


def _above(word: str, spells: QuerySet[OrganizationSpell]) -> Q:
    return Q(parent__in=spells.filter(begun("search_key", [word])).values("organization"))


def holding(word: str) -> QuerySet[Any]:
    """Ids of the organizations of which `word` begins a word of a name they bore, of the one above, or the code or a part of it."""
    spells = OrganizationSpell.objects.standing()
    found = _own(word) | Q(organization__code__icontains=f"-{word}") | _above(word, spells)
    return spells.filter(found).values("organization")


def _told(rows: Iterable[Organization], words: list[str]) -> list[Hit]:
    rows, today = list(rows), clock.today()
    lives = {pk: [s for s in life if s.starts <= today] for pk, life in lineage.lives(rows).items()}
    days = {pk: min(today, life[-1].ends - EVE) for pk, life in lives.items()}
    labels = lineage.labels_at(days.items())
    return [
        Hit(labels[row.pk, days[row.pk]], _address(row, days[row.pk]), [row.code, *_notes(lives[row.pk], words)])
        for row in rows
    ]


def _address(organization: Organization, day: date) -> str:
    return reverse("organization", args=[organization.code, day.year])


def _notes(life: list[OrganizationSpell], words: list[str]) -> list[str]:
    """Its former names that hold a word that was sought, and that it ended."""
    last = life[-1]
    former = {spell.name: None for spell in life if spell.name != last.name and _holds(spell, words)}
    notes = [f"trước là {', '.join(former)}"] if former else []
    return [*notes, f"đã kết thúc {day_in_words(last.ends)}"] if last.ends <= clock.today() else notes


def _holds(spell: OrganizationSpell, words: list[str]) -> bool:
    key = f" {spell.search_key}"
    return any(f" {search_key(word)}" in key for word in words)


def resting(user: User) -> list[Resting]:
    """[Resting] of what the history of organizations tells."""
    seen = visible_to(user, clock.today()).values("pk")
    return [_of(model, label, columns, seen) for model, (label, columns) in ABOUT.items()]


def _of(model: type[Recorded], label: str, columns: tuple[str, ...], seen: QuerySet[Any]) -> Resting:
    """Of a row about two organizations both are seen."""
    rows = told(model.objects.filter(**{f"{column}__in": seen for column in columns})).select_related("added")
    return Resting(label, rows, ("added__document",), lambda found, paper: _about(found, paper, columns[0]))


def _about(rows: Iterable[Any], paper: Document, column: str) -> list[Hit]:
    rows, today = list(rows), clock.today()
    spells = lineage.names([getattr(row, f"{column}_id") for row in rows], today)
    hits = []
    for row in rows:
        spell = spells[getattr(row, f"{column}_id")]
        address = _address(spell.organization, min(today, spell.ends - EVE))
        hits.append(Hit(spell.name, address, [f"{row.added.words}, hiệu lực {day_in_words(row.added.on)}"]))
    return hits
