"""A row pasted from a spreadsheet and what it names: taken as said only where the whole of it was said, else asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

Thing = TypeVar("Thing")


@dataclass
class PastedRow:
    """`name`: what was said; `candidates`: what it may mean, each with a `pk`; `text`: the row as it was pasted.

    `guessed`: none of them has the whole name that was said, or it is not sure where the name ends.
    """

    number: int
    text: str
    name: str
    candidates: list[Any] = field(default_factory=list)
    guessed: bool = False
    problem: str = ""
    picked: int | None = None  # the pk chosen among several, as the form sent it
    skipped: bool = False

    @property
    def chosen(self) -> Any:
        return self.candidates[0] if len(self.candidates) == 1 and not self.guessed else None


def tell_the_doubled(rows: Iterable[PastedRow]) -> None:
    """A row that means the same as one before it has that for its problem, unless it has another."""
    taken: dict[int, int] = {}
    for row in rows:
        if row.chosen is None:
            continue
        if row.chosen.pk in taken:
            row.problem = row.problem or f"Trùng với dòng {taken[row.chosen.pk]}, không ghi dòng này."
        taken.setdefault(row.chosen.pk, row.number)


def alike(said: str, named: Iterable[tuple[Thing, Sequence[str]]]) -> list[Thing]:
    """Those of `named`, (thing, words of its name), whose words are all in `said`, or that have all the words of it."""
    words = set(said.split())
    return [thing for thing, name in named if words and (set(name) <= words or words <= set(name))]
