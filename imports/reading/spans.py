"""Cells merged over several rows: what the first of them says is said of each (a cell's name beside its members)."""

from collections import defaultdict
from collections.abc import Iterable

from .wire import Cell

Span = tuple[int, int, int]  # first row, column, last row, all from 0


class Spans:
    """Asked row after row. What is merged over columns alone stays where it stands: a title, the upper row of a header."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._begin: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, column, last in spans:
            if last > first:
                self._begin[first].append((column, last))
        self._held: dict[int, tuple[int, Cell]] = {}  # {column: (last row, what is said)}

    def fill(self, number: int, row: list[Cell]) -> None:
        """Writes into `row`, which has that number, what cells above span it with."""
        self._held = {column: held for column, held in self._held.items() if held[0] >= number}
        for column, (_, said) in self._held.items():
            row.extend([None] * (column + 1 - len(row)))
            if row[column] is None:
                row[column] = said
        for column, last in self._begin.get(number, ()):
            if column < len(row) and row[column] is not None:
                self._held[column] = last, row[column]
