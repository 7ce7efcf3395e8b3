"""Organizations, or years of one, side by side: the same figures of each, in rows that can be read across."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from indicators.board import Board, level_counts
from indicators.comparable import breaks_of
from indicators.dashboard.bars import percent_of
from indicators.dashboard.result_lines import ResultLine, result_line
from ledger.numbers import group
from members.models import Sex
from members.roll.divisions import ages
from members.roll.flows import flows
from members.roll.on_a_day import AGE_BANDS, people
from organizations.frame import Frame
from ratings.models import Level


@dataclass(frozen=True)
class ComparedSide:
    """One organization in one year, as its reader may see it. `name`: what tells it from the others."""

    page: Frame
    board: Board
    name: str

    @cached_property
    def results(self) -> dict[str, ResultLine]:
        """{code of the group: its line}."""
        lines = self.board.cards()
        return {x.group.code: result_line(self.board, x, breaks_of(self.board, x.indicator)) for x in lines}

    @cached_property
    def roll(self) -> Mapping[str, Mapping[Any, int]]:
        return people(self.page.organization, self.page.day)

    @property
    def members(self) -> int:
        return sum(self.roll["bands"].values())

    @cached_property
    def levels(self) -> list[Level]:
        scheme = self.board.year.scheme
        return list(scheme.levels.all()) if scheme else []

    @cached_property
    def rated(self) -> list[int]:
        """How many members have each level, the highest first."""
        return level_counts(self.page.organization, [self.board.year])[self.board.year.year]

    @property
    def opens(self) -> str:
        return reverse("dashboard", args=[self.page.organization.code, self.page.year])

    def opens_group(self, code: str) -> str:
        return reverse("indicator", args=[self.page.organization.code, self.page.year, code])


@dataclass(frozen=True)
class SideNumber:
    """A number of a side: how many, what share of its whole; `length` of its bar in hundredths of the longest in the row's table."""

    side: ComparedSide
    number: str
    share: str = ""
    length: str = ""
    note: str = ""


@dataclass(frozen=True)
class SideGroup:
    """A group with its line at each side, None where it does not apply there."""

    name: str
    cells: Sequence[tuple[ComparedSide, ResultLine | None, str]]


@dataclass(frozen=True)
class SideTable:
    """Rows [(label, [SideNumber])] of one whole: the same base for every share, said in `base`."""

    title: str
    base: str
    rows: list[tuple[str, list[SideNumber]]] = field(default_factory=list)


def group_rows(sides: Sequence[ComparedSide]) -> list[SideGroup]:
    """Every group that any side has, in the order of the first that has it."""
    names: dict[str, str] = {}
    for side in sides:
        for code, result in side.results.items():
            names.setdefault(code, result.line.group.name)
    return [
        SideGroup(name, [(side, side.results.get(code), side.opens_group(code)) for side in sides])
        for code, name in names.items()
    ]


def scores(sides: Sequence[ComparedSide]) -> list[tuple[ComparedSide, str]]:
    """[(side, "6/8")]: groups met of those with a verdict; "" of a year that is not over, or without targets."""
    return [
        (side, f"{side.board.score.met}/{side.board.score.of}")
        if side.board.score.of and not side.board.year.unfinished
        else (side, "")
        for side in sides
    ]


def member_table(sides: Sequence[ComparedSide]) -> SideTable:
    """How many there are, how many came and went, and how many are women."""
    flow = {id(s): flows([s.page.organization], s.page.day.replace(month=1, day=1), s.page.day) for s in sides}
    moved = [(side, flow[id(side)][side.page.organization.pk]) for side in sides]
    women = [sum(n for (_, sex), n in side.roll["bands"].items() if sex == Sex.FEMALE) for side in sides]
    return SideTable(
        "Đảng viên",
        "",
        [
            ("Đảng viên", _parts(sides, [side.members for side in sides])),
            ("Vào trong năm", _parts(sides, [f.gained for _, f in moved])),
            ("Ra trong năm", _parts(sides, [f.lost for _, f in moved])),
            ("Nữ", _parts(sides, women, lambda side: side.members)),
        ],
    )


def age_table(sides: Sequence[ComparedSide]) -> SideTable:
    """The age bands, oldest last."""
    labels = [part.label for part in ages(sides[0].page.day)]
    counted = [
        [sum(n for (of, _), n in side.roll["bands"].items() if of == band) for side in sides] for band in AGE_BANDS
    ]
    return _shares(
        "Tuổi", "trên tổng số đảng viên", sides, list(zip(labels, counted, strict=True)), lambda s: s.members
    )


def level_table(sides: Sequence[ComparedSide]) -> SideTable | None:
    """The ratings of members, highest first; None where nothing is decided at any side.

    A level that years name differently says its name at each.
    """
    if not any(sum(side.rated) for side in sides):
        return None
    names = [[capfirst(level.short) for level in side.levels] for side in sides]
    most = max(len(x) for x in names)
    called = [[x[i] if i < len(x) else "" for x in names] for i in range(most)]
    counted = [[side.rated[i] for side in sides] for i in range(most)]
    labels = [x[0] if len(set(x)) == 1 else f"Mức {i + 1}" for i, x in enumerate(called)]
    told = [x if len(set(x)) > 1 else [""] * len(sides) for x in called]
    rows = list(zip(labels, counted, strict=True))
    return _shares("Xếp loại đảng viên", "trên số được xếp loại", sides, rows, lambda s: sum(s.rated), told)


def _shares(
    title: str,
    base: str,
    sides: Sequence[ComparedSide],
    rows: Sequence[tuple[str, list[int]]],
    whole: Callable[[ComparedSide], int],
    notes: Sequence[Sequence[str]] | None = None,
) -> SideTable:
    """The table of `rows` [(label, [n of each side])], bars on one scale of shares; a row of nothing but zeros is left out."""
    wholes = [whole(side) for side in sides]
    portions = [Decimal(n) / all_ for _, counted in rows for n, all_ in zip(counted, wholes, strict=True) if all_]
    longest = max(portions, default=Decimal(0))
    told = notes or [[""] * len(sides)] * len(rows)
    kept = [(label, ns, words) for (label, ns), words in zip(rows, told, strict=True) if any(ns)]
    return SideTable(
        title,
        base,
        [(label, _parts(sides, ns, whole, longest=longest, notes=words)) for label, ns, words in kept],
    )


def _parts(
    sides: Sequence[ComparedSide],
    counted: Sequence[int],
    whole: Callable[[ComparedSide], int] | None = None,
    *,
    longest: Decimal | None = None,
    notes: Sequence[str] | None = None,
) -> list[SideNumber]:
    parts = []
    for side, n, note in zip(sides, counted, notes or [""] * len(sides), strict=True):
        all_ = whole(side) if whole else 0
        share = percent_of(n, all_) if n and all_ else ""
        length = f"{100 * Decimal(n) / all_ / longest:.1f}" if n and all_ and longest else ""
        parts.append(SideNumber(side, group(n) if all_ or not whole else "–", share, length, note))
    return parts
