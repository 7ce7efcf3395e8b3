"""A column pasted from a spreadsheet: names matched without accents inside the cell, each row with its verdict."""

import re
from dataclasses import dataclass, field

from ledger.text import clean, search_key

from .rows import MARKS, words_of

MOST_LINES = 300
SHORTEST_REASON = 6  # letters of a reason that may stand for the whole of it
HEADERS = {"tt", "stt", "ho ten", "ho va ten", "ho va ten dang vien", "ten", "dang vien"}
ABBREVIATIONS = {1: "htxsnv xs htxs", 2: "httnv t htt", 3: "htnv h ht", 4: "khtnv k kht yk"}  # as offices write them


@dataclass
class Pasted:
    """One pasted line. `candidates`: Rows whose name it may mean; `value`: what the form would send for it."""

    number: int
    text: str
    name: str
    candidates: list = field(default_factory=list)
    value: dict = field(default_factory=dict)
    problem: str = ""
    words: str = ""  # what will be written, and what it takes the place of
    picked: int | None = None  # the member chosen among several, as the form sent it
    skipped: bool = False

    @property
    def chosen(self):
        return self.candidates[0] if len(self.candidates) == 1 else None


def parse(text, page):
    """[Pasted] of the lines of `text`: a name and a level (or points, or a reason), in columns, any numbering before."""
    words = vocabulary(page)
    found, taken = [], {}
    for number, line in enumerate(text.splitlines()[:MOST_LINES], start=1):
        if not clean(line):
            continue
        row = _read(number, line, words, page)
        if number == 1 and not row.candidates and search_key(row.name) in HEADERS:
            continue
        if row.chosen is not None:
            if row.chosen.pk in taken:
                row.problem = row.problem or f"Trùng với dòng {taken[row.chosen.pk]}, không ghi dòng này."
            taken.setdefault(row.chosen.pk, number)
        found.append(row)
    return found


def vocabulary(page):
    """{folded words: {field: text}} of everything that can stand for a level or a reason in this scheme."""
    found = {}
    for rank, level in page.book.levels.items():
        full = level.member_label.removeprefix("Đảng viên ")
        names = [level.member_label, full, level.short, level.code, str(rank), MARKS[rank]]
        names += [full.replace("đủ tư cách, ", ""), full.replace("Đủ tư cách, ", ""), f"hoàn thành {level.short}"]
        names += [f"Đủ tư cách, {full}", f"Đảng viên đủ tư cách, {full}"] if "tư cách" not in full else []
        names += ABBREVIATIONS[rank].split()
        found |= {search_key(name): {"muc": str(rank)} for name in names}
    found |= {search_key(r.label): {"ly_do": str(r.pk)} for r in page.reasons}
    return found


def _read(number, line, words, page):
    cells = [part for text in _columns(line) if (part := clean(text).strip("\"“”' "))]
    if cells and re.fullmatch(r"\d+[.)]?", cells[0]) and len(cells) > 1:
        cells = cells[1:]  # the running number of the office's table
    name = re.sub(r"^\d+[.)]?\s+", "", cells[0]) if cells else ""
    name = re.sub(r"^(đồng chí|đ/c)\s+", "", name, flags=re.IGNORECASE)
    row = Pasted(number=number, text=clean(line), name=name)
    row.candidates = _matches(name, page.rows)
    values = [value for part in cells[1:] if (value := _value(part, words, page))]
    if len(values) == 1:
        row.value = values[0]
    elif values:
        row.problem = "Có hơn một mức trên cùng một dòng."
    else:
        row.problem = "Không thấy mức xếp loại. Viết tên, rồi mức ở cột bên cạnh."
    if not row.candidates:
        row.problem = "Không có ai tên như vậy trong chi bộ."
    row.words = _told(row, page) if row.value else ""
    return row


def _columns(line):
    """The columns of a line: between tabs or semicolons, else wide gaps, else at the first comma."""
    parts = re.split(r"\t|;|\s{3,}", line)
    return parts if len(parts) > 1 else line.split(",", 1)


def _told(row, page):
    """What the value says in words, and what stands now where it is something else."""
    if "muc" in row.value:
        said = page.book.levels[int(row.value["muc"])].short
    elif "diem" in row.value:
        said = f"{row.value['diem']} điểm"
    else:
        said = next(f"không xếp loại: {r.label}" for r in page.reasons if r.key == row.value["ly_do"])
    line = row.chosen.line if row.chosen else None
    now = words_of(line, page.book) if line is not None and line.is_settled else ""
    return f"{said} (thay cho: {now})" if now and now != said else said


def _value(text, words, page):
    if page.period.scheme.by_points:
        if re.fullmatch(r"\d{1,3}([.,]\d{1,2})?", text):
            return {"diem": text}
        found = words.get(search_key(text))
        return found if found and "ly_do" in found else None
    key = search_key(text)
    if key in words or len(key) < SHORTEST_REASON:
        return words.get(key)
    begun = [value for label, value in words.items() if "ly_do" in value and label.startswith(key)]
    return begun[0] if len(begun) == 1 else None


def _matches(name, rows):
    """Rows whose full name is `name`; else without accents; else those that hold all its words."""
    exact = [row for row in rows if row.member.full_name.lower() == name.lower()]
    if exact:
        return exact
    key = search_key(name)
    if not key:
        return []
    folded = [row for row in rows if search_key(row.member.full_name) == key]
    if folded:
        return folded
    words = set(key.split())
    return [row for row in rows if words <= set(search_key(row.member.full_name).split())]
