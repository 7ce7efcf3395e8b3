"""Finding from anywhere: what a group of finds is, and how stored search keys are asked (domain §7.2).

Each floor says what of its own a reader finds; the page of khoi_ccq/finding puts the groups together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ledger.models import Document
from ledger.numbers import group
from ledger.text import sought

MOST = 500  # so many of a group are told: who finds more types another word


@dataclass(frozen=True)
class Hit:
    """One find: what it is called, where it opens, what is said beside it."""

    label: str
    address: str
    notes: Sequence[str] = ()


@dataclass
class HitGroup:
    """The finds of one kind. `rows`: a queryset in its order, or a list; `tell`: [Hit] of some of them."""

    key: str
    label: str
    rows: QuerySet[Any] | Sequence[Any]
    tell: Callable[[list[Any]], list[Hit]]
    hits: list[Hit] = field(default_factory=list)

    @cached_property
    def _kept(self) -> list[Any]:
        """Ids of the rows, or the rows of a list, to one more than are told: what may take long is asked once."""
        rows = self.rows
        return list((rows.values_list("pk", flat=True) if isinstance(rows, QuerySet) else rows)[: MOST + 1])

    @property
    def total(self) -> int:
        """How many there are, counted to one more than `MOST`."""
        return len(self._kept)

    @property
    def told(self) -> list[Any]:
        """What is told, in order: to be cut into pages and given to `show`."""
        return self._kept[:MOST]

    @property
    def number(self) -> str:
        """The number as it is said: "12", "hơn 500"."""
        return group(self.total) if self.total <= MOST else f"hơn {group(MOST)}"

    def show(self, some: Sequence[Any]) -> "HitGroup":
        """Itself, with `some` of what is told as its hits."""
        rows = list(some)
        if isinstance(self.rows, QuerySet):
            related = self.rows.query.select_related
            beside = self.rows.model._base_manager.filter(pk__in=rows)
            beside.query.select_related = related
            found = {row.pk: row for row in beside}
            rows = [found[pk] for pk in rows if pk in found]
        self.hits = self.tell(rows)
        return self

    def first(self, number: int) -> "HitGroup":
        return self.show(self.told[:number])

    @property
    def has_more(self) -> bool:
        return self.total > len(self.hits)


@dataclass(frozen=True)
class Resting:
    """The rows of one kind that rest on papers, as far as a reader may see them. `papers`: the columns that name the paper."""

    label: str
    rows: QuerySet[Any]
    papers: tuple[str, ...]
    tell: Callable[[list[Any], Document], list[Hit]]

    def on(self, paper: Document | OuterRef) -> QuerySet[Any]:
        """Those that rest on `paper`, in the order in which they were recorded."""
        named = Q()
        for column in self.papers:
            named |= Q(**{column: paper})
        return self.rows.filter(named).order_by("pk")

    @property
    def rested_on(self) -> Q:
        """Condition on documents: one of the rows rests on it."""
        wanted = Q()
        for column in self.papers:
            wanted |= Q(Exists(self.rows.filter(**{column: OuterRef("pk")})))
        return wanted


def begun(column: str, words: Iterable[str]) -> Q:
    """Q: each of `words` begins a word of the search key in `column`."""
    condition = Q()
    for word in words:
        condition &= _begun(column, word)
    return condition


def _begun(column: str, word: str) -> Q:
    wanted = Q()
    for piece in sought(word):
        wanted |= Q(**{f"{column}__startswith": piece}) | Q(**{f"{column}__contains": f" {piece}"})
        if (whole := piece.rstrip()) != piece:
            wanted |= Q(**{column: whole}) | Q(**{f"{column}__endswith": f" {whole}"})
    return wanted


def told(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of `rows` of acts what is told of them: neither what an act wrote on its way to another row, nor what was taken back."""
    return rows.filter(Q(voided__isnull=True) | ~Q(voided=F("added")), added__undone__isnull=True)
