"""What a choice would have come to in the year before, read through the door of every other figure."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators import wording
from indicators.board import tried
from indicators.line import Line
from indicators.measures import MEASURES
from indicators.models import Indicator
from indicators.years import the_years
from ledger.numbers import group
from organizations.models import Organization


@dataclass(frozen=True)
class Tried:
    """`value`: "63%", "129", "" where the year has none; `fraction`: "81/129" or ""; `words`: the sentence beside it."""

    year: int
    value: str
    fraction: str
    words: str


def year_before(indicators: Iterable[Indicator], bloc: Organization, year: int) -> list[Tried]:
    """What each of `indicators` comes to at `bloc` in the year before `year`."""
    indicators, before = list(indicators), year - 1
    return [_told(line, bloc, before) for line in tried(indicators, bloc, before)]


def _told(line: Line | None, bloc: Organization, year: int) -> Tried:
    if line is None:
        return Tried(year, "", "", f"Năm {year} đảng bộ chưa hoạt động, nên không có số liệu để xem.")
    result = line.result
    if not result.numerator and not result.denominator and not _has_rows(line, bloc, year):
        return Tried(year, "", "", f"Năm {year} chưa ghi số liệu nào thuộc loại này.")
    fraction = f"{group(result.numerator)}/{group(result.denominator)}" if result.denominator else ""
    value = "" if result.value is None else wording.value(line)
    return Tried(year, value, fraction, f"Năm {year}: {wording.in_words(line)}")


def _has_rows(line: Line, bloc: Organization, year: int) -> bool:
    """Whether anything of its kind was recorded in the year, counted or not."""
    window = the_years([year], at=bloc)[year].window
    base = MEASURES[line.indicator.denominator or line.indicator.numerator]
    return base.all(bloc, window, line.predecessors).exists()
