"""Lines of descent as a pure function of who stood under whom; organizations/lineage.py stores and asks them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

# (organization, ancestor, via, starts, ends), by ids
Line = tuple[int, int, int, date, date]


def lineage_of(spells: Mapping[int, Sequence[tuple[int | None, date, date]]]) -> set[Line]:
    """All lines of descent.

    `spells`: {organization: [(parent or None, starts, ends)]}. Returns the set of
    (organization, ancestor, via, starts, ends), itself included; neighbours in time that touch are one row.
    """

    def up(organization: int, node: int, via: int, starts: date, ends: date) -> Iterator[Line]:
        yield organization, node, via, starts, ends
        for parent, s, e in spells.get(node, ()):
            low, high = max(starts, s), min(ends, e)
            if parent and low < high:
                yield from up(organization, parent, node, low, high)

    rows = [row for o in spells for _, s, e in spells[o] for row in up(o, o, o, s, e)]
    return set(_joined(rows))


def _joined(rows: Iterable[Line]) -> Iterator[Line]:
    for key, same in groupby(sorted(rows), key=lambda row: row[:3]):
        spans = [row[3:] for row in same]
        starts, ends = spans[0]
        for s, e in spans[1:]:
            if s == ends:
                ends = e
                continue
            yield (*key, starts, ends)
            starts, ends = s, e
        yield (*key, starts, ends)
