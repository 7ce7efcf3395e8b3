"""Horizontal bars as a page draws them: words and numbers beside each, so that nothing has to be read off an axis. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ledger.numbers import group, percent


@dataclass(frozen=True)
class Bar:
    """`length`: hundredths of the longest, as an SVG attribute; `start`: where it begins when it grows to the left.

    `opens`: address of the rows that it counts; "" where they are not the reader's.
    """

    label: str
    number: str
    length: str
    share: str = ""
    opens: str = ""
    tone: str = ""

    @property
    def start(self) -> str:
        return f"{100 - float(self.length):.1f}"


def bars(rows: Iterable[tuple[str, int, str]], *, whole: int = 0) -> list[Bar]:
    """[Bar] of [(label, n, address)], zeros left out; with its share of `whole` where that is given."""
    kept = [(label, n, opens) for label, n, opens in rows if n]
    longest = max((n for _, n, _ in kept), default=0)
    return [
        Bar(label, group(n), length(n, longest), share=percent_of(n, whole) if whole else "", opens=opens)
        for label, n, opens in kept
    ]


def length(n: int, longest: int) -> str:
    return f"{100 * abs(n) / longest:.1f}" if longest else "0"


def percent_of(n: int, whole: int) -> str:
    """ "62%", "4,6%": a place after the comma only below ten, where it says something."""
    part = Decimal(100 * n) / whole
    return percent(part, 0 if part >= 10 else 1)
