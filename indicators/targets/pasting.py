"""A table of targets pasted from a spreadsheet: each row with the organization it names, each column with its indicator.

No organization is taken for one whose code or whole name was not said, and no column for an indicator that its title does
not name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from indicators.models import Indicator
from ledger.numbers import read_number
from ledger.text import code_text, number_text, search_key
from ledger.web import clipboard
from ledger.web.pasted import PastedRow, alike, tell_the_doubled
from organizations.models import OrganizationSpell

MOST_LINES = 2000
KINDS = re.compile(r"^(dang bo|chi bo|dang uy)( co so)? ")  # of names, folded: offices leave them out
TOTALS = {"cong", "tong", "tong cong", "tong so", "toan khoi", "toan dang bo"}
UNKNOWN = "Không có tổ chức nào của đảng bộ mang mã hoặc tên như vậy."
NO_VALUE = "Không thấy mức nào: sau mã hoặc tên phải là số, ví dụ 5 hoặc 62,5."
NO_NUMBER = "“{text}” không phải là số."


@dataclass
class PastedTargets(PastedRow):
    """A row: `candidates` are spells; `values`: {place of the column: the number as it was pasted}."""

    values: dict[int, str] = field(default_factory=dict)
    words_at: dict[int, str] = field(default_factory=dict)  # what else stands beside them

    @property
    def words(self):
        """What will be filled in."""
        return "; ".join(self.values.values())

    @property
    def is_open(self):
        """Whether it could be filled in if an organization were picked."""
        return bool(self.candidates and self.values and not self.problem and not self.skipped)


@dataclass
class PastedColumn:
    """A column with numbers. `picked`: id of the indicator its title names, or that the form sent; 0: none of them, None: open."""

    place: int
    title: str
    samples: str
    picked: int | None = None


@dataclass
class PastedTable:
    rows: list[PastedTargets]
    columns: list[PastedColumn]
    lines: int  # of the whole text, beyond MOST_LINES too


def read(text: str, places: Iterable[OrganizationSpell], indicators: Sequence[Indicator]) -> PastedTable:
    """The PastedTable of `text` for `places` and `indicators`. Raises Refused for a quote left open."""
    lines, reader = clipboard.table(text), _PlaceReader(places)
    titles: list[str] = []
    rows: list[PastedTargets] = []
    for number, cells in enumerate(lines[:MOST_LINES], start=1):
        if not any(cells):
            continue
        if not any(row.candidates for row in rows) and (seen := reader.titles(cells)):
            titles = [below or above for above, below in zip_longest(titles, seen, fillvalue="")]
        else:
            rows.append(reader.row(number, cells))
    columns = _columns(rows, titles, indicators)
    _tell_words(rows, {column.place for column in columns})
    tell_the_doubled(rows)
    return PastedTable(rows, columns, len(lines))


def _tell_words(rows, places):
    """A word in a column of numbers is a fault of its row; one in a column of remarks is not."""
    for row in rows:
        wrong = [text for place, text in row.words_at.items() if place in places]
        if wrong and not row.problem:
            row.problem = NO_NUMBER.format(text=wrong[0])


def _columns(rows, titles, indicators):
    of_title = {}
    for place, words in enumerate(titles):
        of_title.setdefault(_named_by(words, indicators), []).append(place)
    sure = {places[0]: indicator.pk for indicator, places in of_title.items() if indicator and len(places) == 1}
    columns = []
    for place in sorted({place for row in rows if row.candidates for place in row.values}):
        samples = [row.values[place] for row in rows if place in row.values][:3]
        words = titles[place] if place < len(titles) else ""
        columns.append(PastedColumn(place, words, "; ".join(samples), sure.get(place)))
    if len(columns) == len(indicators) == 1:
        columns[0].picked = indicators[0].pk
    return columns


def _named_by(words: str, indicators: Sequence[Indicator]) -> Indicator | None:
    """The one Indicator whose code or name, or whose group's name, is `words`; else the only one in whose names they all are."""
    key = search_key(words)
    names = [(i, [search_key(name) for name in (i.code, i.name, i.group.code, i.group.name)]) for i in indicators]
    found = [i for i, keys in names if key in keys]
    if not found and len(said := set(key.split())) > 1:
        found = [i for i, keys in names if any(said <= set(name.split()) for name in keys)]
    return found[0] if len(found) == 1 else None


class _PlaceReader:
    """What rows name among `places`, spells."""

    def __init__(self, places):
        self.by_code = {place.organization.code: place for place in places}
        self.by_name = {}
        self.names = []
        for place in places:
            key = search_key(place.name)
            self.names.append((place, key.split()))
            for name in {key, KINDS.sub("", key)}:
                self.by_name.setdefault(name, []).append(place)

    def titles(self, cells):
        """`cells`, where they are a row of titles: none names an organization, none is a number; else []."""
        said = [cell for cell in cells if cell]
        is_data = any(self._whole(cell) or _number(cell) is not None for cell in said)
        return [] if is_data or len(said) < 2 else cells

    def row(self, number, cells):
        begin = _running_number(cells)
        end = next((n for n in range(begin, len(cells)) if _number(cells[n]) is not None), len(cells))
        said = [cell for cell in cells[begin:end] if cell]
        row = PastedTargets(number, " · ".join(filter(None, cells)), " · ".join(said))
        row.candidates, row.guessed = self._which(said)
        row.values = {n: cells[n] for n in range(end, len(cells)) if _number(cells[n]) is not None}
        row.words_at = {n: cells[n] for n in range(end, len(cells)) if _is_word(cells[n])}
        if any(search_key(cell) in TOTALS for cell in said):
            row.candidates, row.problem = [], "Dòng cộng của bảng, không phải của một tổ chức."
        elif not row.candidates:
            row.problem = UNKNOWN
        elif not row.values:
            row.problem = NO_VALUE
        return row

    def _which(self, said):
        """([spells that the cells `said` may mean], whether none was said whole)."""
        whole = {place.pk: place for cell in said for place in self._whole(cell)}
        if whole:
            return list(whole.values()), False
        guessed = {place.pk: place for cell in said for place in alike(search_key(cell), self.names)}
        return list(guessed.values()), True

    def _whole(self, cell):
        """Spells whose code or whole name `cell` is, the word for its kind left out or not."""
        coded = self.by_code.get(code_text(cell).upper())
        key = search_key(cell)
        return [coded] if coded else self.by_name.get(key) or self.by_name.get(KINDS.sub("", key)) or []


def _running_number(cells):
    """How many cells stand before the name: the running number of the office's table, if there is one."""
    begin = next((n for n, cell in enumerate(cells) if cell), 0)
    is_number = re.fullmatch(r"\d+[.)]?", cells[begin])
    return begin + 1 if is_number and any(_number(cell) is None for cell in cells[begin + 1 :] if cell) else begin


def _is_word(text):
    """Whether it says something that is no number; a dash says that there is nothing."""
    return number_text(text) not in ("", "-") and _number(text) is None


def _number(text):
    """The number that `text` is, or None."""
    try:
        number = read_number(text)
    except ValueError:
        return None
    return number
