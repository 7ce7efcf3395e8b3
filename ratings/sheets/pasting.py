"""A column pasted from a spreadsheet: each row with whom it names, what it says and what will be written.

Nobody is taken for a person whose whole name was not said, and nothing for a level but a cell that says it.
"""

import re
from dataclasses import dataclass, field

from ledger.text import clean, search_key
from ledger.web import clipboard
from ledger.web.pasted import PastedRow, alike, tell_the_doubled
from members.identity.name_columns import NUMBER_TITLES, name_columns, title
from ratings.models import Reason

from .rows import words_of
from .vocabulary import of_members

MOST_LINES = 300
MOST_NAME_COLUMNS = 3  # family, middle and given name
SHORTEST_REASON = 6  # letters of a reason that may stand for the whole of it
LEVEL_HEADS = re.compile(r"\b(muc|xep loai|phan loai|danh gia|ket qua|diem|li do)\b")  # folded: i for y


@dataclass
class Pasted(PastedRow):
    """One pasted row of a sheet. `candidates`: SheetRows; `value`: what the form would send for it."""

    value: dict = field(default_factory=dict)
    words: str = ""  # what will be written, and what it takes the place of
    rest: list = field(default_factory=list)  # the cells behind the name

    @property
    def is_open(self):
        """Whether it could be written if somebody were picked."""
        return bool(self.candidates and self.value and not self.problem and not self.skipped)


@dataclass(frozen=True)
class Heading:
    """Places of the columns of the name and of what is said of it, as a row of titles names them; empty before one."""

    name: tuple = ()
    levels: tuple = ()

    @classmethod
    def of(cls, cells):
        """The Heading that `cells` are, or None."""
        heads = list(map(title, cells))
        name = name_columns(heads)
        if not name:
            return cls() if heads and heads[0] in NUMBER_TITLES else None
        return cls(name, tuple(i for i, head in enumerate(heads) if i > max(name) and LEVEL_HEADS.search(head)))

    def parts(self, cells):
        """(the cells of the name, those of what is said of it) of a row below."""
        rest = self.levels or range(max(self.name) + 1, len(cells))
        return [[cells[i] for i in places if i < len(cells) and cells[i]] for places in (self.name, rest)]


def parse(text, page):
    """([Pasted], how many rows `text` has): whom and what each row names. Raises Refused for a quote left open."""
    reader, heading, pasted = _Reader(page), Heading(), []
    rows = clipboard.table(text)
    for number, cells in enumerate(rows[:MOST_LINES], start=1):
        if not any(cells):
            continue
        if (seen := Heading.of(cells)) and reader.is_no_person(cells):
            heading = seen
        else:
            pasted.append(reader.row(number, cells, heading))
    reader.doubt_the_broken(pasted)
    tell_the_doubled(pasted)
    return pasted, len(rows)


def vocabulary(page):
    """{folded words: {field: text}} of everything that stands for one level or reason of this scheme, and no other."""
    meanings = of_members(page.book.levels, page.reasons)
    return {
        key: {"ly_do": value.key} if isinstance(value, Reason) else {"muc": str(value)}
        for key, value in meanings.items()
    }


class _Reader:
    """What rows mean for one sheet: `page` is its SheetPage."""

    def __init__(self, page):
        self.page, self.words = page, vocabulary(page)
        names = ((row, row.member.full_name) for row in page.rows)
        self.people = [(row, clean(name).lower(), search_key(name)) for row, name in names]

    def row(self, number, cells, heading):
        """The Pasted of a row."""
        said, rest, candidates, guessed = self._whom(cells, heading)
        row = Pasted(number, " · ".join(filter(None, cells)), said, candidates, guessed, rest=rest)
        whole = self._value(", ".join(rest))  # a label that has a comma, in text parted by commas
        values = [whole] if whole else [value for cell in rest if (value := self._value(cell))]
        if len(values) == 1:
            row.value, row.words = values[0], self._told(values[0], row.chosen)
        elif values:
            row.problem = "Có hơn một mức trên cùng một dòng."
        else:
            row.problem = "Không thấy mức xếp loại. Viết tên, rồi mức ở cột bên cạnh."
        if not candidates:
            row.problem = "Không có ai tên như vậy trong chi bộ."
        return row

    # Whom a row names

    def is_no_person(self, cells):
        """Whether a row of titles could not be a row of somebody: nobody's name, and not one level."""
        return not any(self._whole(_name([cell])) for cell in cells) and sum(map(bool, map(self._value, cells))) != 1

    def _whole(self, name):
        """Rows whose whole name is `name`; where none is written so, whose name is that but for the accents."""
        written, key = name.lower(), search_key(name)
        exact = [row for row, full, _ in self.people if full == written]
        return exact or [row for row, _, folded in self.people if key and folded == key]

    def _like(self, name):
        """Rows of a name whose words are all in `name`, or that has all the words of `name`, in any order.

        Where there are none, those of whom the given name alone differs; what is less than two words says too little.
        """
        said = search_key(name).split()
        people = [(row, folded.split()) for row, _, folded in self.people]
        return alike(search_key(name), people) or [
            row for row, words in people if len(said) > 2 and words[:-1] == said[:-1]
        ]

    def _whom(self, cells, heading):
        """(the name as it was said, the cells behind it, the Rows it may mean, whether they are guessed)."""
        if heading.name:
            names, rest = heading.parts(cells)
            whole = self._whole(said := _name(names))
            return said, rest, whole or self._like(said), not whole
        cells = [part for cell in cells if (part := _bare(cell))]
        if len(cells) > 1 and re.fullmatch(r"\d+[.)]?", cells[0]):
            cells = cells[1:]  # the running number of the office's table
        reach = range(1, min(len(cells), MOST_NAME_COLUMNS) + 1)
        readings = [(n, whole) for n in reach if (whole := self._whole(_name(cells[:n])))]
        if len(readings) == 1:
            n, whole = readings[0]
            return _name(cells[:n]), cells[n:], whole, self._may_be_name(cells[n : n + 1])
        n = next((n for n in reach if not self._may_be_name(cells[n : n + 1])), len(reach))
        said = _name(cells[:n])
        several = [row for _, whole in readings for row in whole]  # one name is the beginning of another
        return said, cells[n:], several or self._like(said), True

    def _may_be_name(self, cells):
        """Whether the cell behind a name, if any, could be its given name: it says no level and holds no figure."""
        return any(not self._value(cell) and not re.search(r"\d", cell) for cell in cells)

    # What it says

    def _value(self, text):
        """{field: text} of what a cell says as a level, points or a reason; None where it says none."""
        text = _bare(text)
        key = search_key(text)
        if self.page.period.scheme.by_points:
            if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,2})?", text):
                return {"diem": text}
            meaning = self.words.get(key)
            return meaning if meaning and "ly_do" in meaning else None
        if key in self.words or len(key) < SHORTEST_REASON:
            return self.words.get(key)
        begun = [value for label, value in self.words.items() if "ly_do" in value and label.startswith(key)]
        return begun[0] if len(begun) == 1 else None

    def _told(self, value, chosen):
        """What the value says in words, and what stands now where it is something else."""
        book = self.page.book
        if "muc" in value:
            said = book.levels[int(value["muc"])].short
        elif "diem" in value:
            said = f"{value['diem']} điểm"
        else:
            said = next(f"không xếp loại: {r.label}" for r in self.page.reasons if r.key == value["ly_do"])
        line = chosen.line if chosen else None
        now = words_of(line, book) if line is not None and line.is_settled else ""
        return f"{said} (thay cho: {now})" if now and now != said else said

    def doubt_the_broken(self, rows):
        """A level whose words go on in the next line, as Word copies a cell of two lines, is not what the cell said."""
        for row, after in zip(rows, rows[1:], strict=False):
            if not row.value or after.candidates or after.rest or after.number != row.number + 1:
                continue
            whole = next((self._value(f"{cell} {after.text}") for cell in row.rest if self._value(cell)), None)
            if whole not in (None, row.value):
                row.value, row.words = {}, ""
                row.problem = f"Ô mức có thể bị ngắt ở giữa: dòng sau ghi “{after.text}”. Hãy để cả mức trên một dòng."


def _name(cells):
    """One name of the columns it was written in, without the number and the address before it."""
    name = re.sub(r"^\d+[.)]?\s+", "", clean(" ".join(map(_bare, cells))))
    return re.sub(r"^(đồng chí|đ/c)\s+", "", name, flags=re.IGNORECASE)


def _bare(text):
    """`text` without the pair of quotes round it: a quote without its other half says that something is missing."""
    quoted = re.fullmatch(r"(?s)\s*(?:\"(.*)\"|“(.*)”|'(.*)')\s*", text)
    return next(part for part in quoted.groups() if part is not None).strip() if quoted else text.strip()
