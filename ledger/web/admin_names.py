"""How rows of one model are called, and sought, on the administration's pages about rows of another.

Each floor says it of its own models: a page about an office names the organization and the account that it is of.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest

from ledger.text import sought, word_key, words_of


@dataclass(frozen=True)
class Known:
    """`names`: {id: how it is called} of many ids, in a fixed number of queries. `sought`: word → ids that it finds."""

    names: Callable[[Collection[int]], dict[int, str]]
    sought: Callable[[str], Iterable[Any]]


KNOWN: dict[type[Model], Known] = {}


def known_columns(model: type[Model]) -> dict[str, Known]:
    """{column: Known} of the foreign keys of `model` to what has a name of its own."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return {key.name: KNOWN[key.related_model] for key in keys if key.related_model in KNOWN}


def called(row: Any) -> str:
    """How one row is called: by its Known, else in its own words with what it points to named."""
    model = type(row)
    if model in KNOWN:
        return KNOWN[model].names([row.pk]).get(row.pk, str(row))
    words = str(row)
    for column, name in named([row], known_columns(model))[0].beside.items():
        if name:
            words = words.replace(str(getattr(row, column)), name)
    return words


def begins_a_word(text: str, word: str) -> bool:
    """Whether `word` begins a word of `text`, marks and capitals aside."""
    key = f" {word_key(text)} "
    return any(f" {piece}" in key for piece in sought(word))


def named(rows: Iterable[Any], columns: dict[str, Known]) -> list[Any]:
    """The rows, each with `beside`: {column: how what it points to is called}. One question a kind of thing, not a row."""
    rows = list(rows)
    for row in rows:
        row.beside = {}
    kinds = {known.names for known in columns.values()}
    for kind in kinds:
        mine = [column for column, known in columns.items() if known.names is kind]
        ids = {getattr(row, f"{column}_id") for row in rows for column in mine} - {None}
        names = kind(ids) if ids else {}
        for row in rows:
            for column in mine:
                pk = getattr(row, f"{column}_id")
                row.beside[column] = names.get(pk, str(getattr(row, column))) if pk else ""
    return rows


def holding_words(text: str, columns: dict[str, Known], own: Callable[[str], Q] | None = None) -> Q:
    """Q: each word of `text`, in whatever order, finds one of those that `columns` point to, or by `own` the row itself."""
    wanted = Q()
    for word in words_of(text):
        found = own(word) if own else Q(pk__in=[])
        for column, known in columns.items():
            found |= Q(**{f"{column}__in": known.sought(word)})
        wanted &= found
    return wanted


def few_that_hold(rows: QuerySet[Any], fields: Collection[str], word: str) -> list[int]:
    """Ids of `rows`, which are few, of which one of `fields` has a word that `word` begins."""
    told = rows.values_list("pk", *fields)
    return [pk for pk, *texts in told if any(begins_a_word(str(text or ""), word) for text in texts)]


class NamedChangeList(ChangeList):
    """A list whose rows know how what they point to is called."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: list[Any] = named(self.result_list, known_columns(self.model))
