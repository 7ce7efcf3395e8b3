"""A pasted table of people who come with their organization, read row by row: each faulty cell is named, none is lost."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from ledger.acts import Refused
from ledger.text import code_text, number_text, search_key, within_sentence
from ledger.web import clipboard
from ledger.web.forms import DayField
from members.identity.name_columns import NUMBER_TITLES, is_family_alone, name_columns, title
from members.identity.names import capitalised, oddity
from members.identity.person_form import BirthField
from members.models import CARD_NUMBER, Entry, EthnicGroup, Member, Sex

from .arriving import Arrival

# Columns in the order of a table without a heading; a heading names them in any order, by one of its words.
COLUMNS = {
    "name": ("Họ và tên",),
    "birth": ("Ngày sinh", "sinh ngày", "năm sinh"),
    "sex": ("Giới tính", "nam nữ"),
    "ethnic": ("Dân tộc",),
    "decided": ("Quyết định kết nạp", "ngày quyết định kết nạp", "ngày quyết định"),
    "ceremony": ("Ngày vào Đảng", "ngày lễ", "ngày kết nạp", "ngày làm lễ", "vào Đảng"),
    "official": ("Ngày chính thức", "chính thức"),
    "card": ("Số thẻ", "số thẻ đảng viên", "thẻ đảng viên"),
    "cell": ("Mã chi bộ", "chi bộ"),
}
HEADINGS = [words[0] for words in COLUMNS.values()]
WORDS = {title(word): column for column, words in COLUMNS.items() for word in words}
NUMBER = "number"  # the running number of the office's table, which says nothing


@dataclass(frozen=True)
class ReceivedPerson:
    """One row: the `line` it stands in, the person (a Member not saved) and the code of their `cell`."""

    line: int
    member: Member
    cell: str
    decided: date
    ceremony: date
    official: date | None

    @property
    def whom(self):
        return f"Dòng {self.line} ({self.member})"

    def arrival(self, *, member=None, candidate=None, others=frozenset()):
        """The Arrival of this row: on the record `member`, where there is one; `candidate`, `others` as in Arrival."""
        return Arrival(
            member=member or self.member,
            organization=None,
            on=self.ceremony,
            decided=self.decided,
            ceremony=self.ceremony,
            official=self.official,
            entry=Entry.RECEIVED,
            candidate=candidate,
            others=others,
        )


def read(text, cells, *, odd=""):
    """([ReceivedPerson], [sentence about a row or a cell of it]). `cells`: codes to which people may come.

    `odd`: "thuong" to write names that look mistyped as usual, "giu" to keep them; else they are asked about.
    """
    try:
        table = clipboard.table(text.lstrip("\r\n"))
    except Refused as refused:
        return [], refused.messages
    columns, rest, faults = _headed(table)
    if faults:
        return [], faults
    ethnic = _ethnic_groups()
    rows = []
    for line, cells_of_row in rest:
        told = _told(columns, cells_of_row)
        row, wrong = _row(line, told, set(cells), ethnic, odd)
        whom = f" ({told['name']})" if told.get("name") else ""
        faults += [f"Dòng {line}{whom}: {fault}" for fault in wrong]
        rows += [row] if row else []
    return rows, faults


def _headed(table):
    """({column: its places}, [(number of the line, its cells)], [sentence about a column])"""
    lines = [(n, row) for n, row in enumerate(table, start=1) if row]
    if not lines:
        return {}, [], []
    heads = lines[0][1]
    named = _columns(heads)
    if len(named.keys() - {NUMBER}) < 2:
        columns = {column: (place,) for place, column in enumerate(COLUMNS)}
        return columns, lines, _unread(columns, [], lines)
    faults = [
        f"Hơn một cột là “{COLUMNS[column][0]}”: {', '.join(heads[i] for i in places)}. Hãy giữ lại một cột."
        for column, places in named.items()
        if column not in ("name", NUMBER) and len(places) > 1
    ]
    if is_family_alone(list(map(title, heads))):
        faults.append("Bảng có cột họ mà không có cột tên. Hãy đặt tiêu đề “Tên” cho cột ghi tên.")
    return named, lines[1:], faults + _unread(named, heads, lines[1:])


def _columns(heads):
    """{column: its places} that the cells of a row of titles name."""
    titles, places_of = list(map(title, heads)), defaultdict(tuple)
    places_of["name"] = name_columns(titles)
    for place, head in enumerate(heads):
        if place in places_of["name"]:
            continue
        if titles[place] in NUMBER_TITLES:
            places_of[NUMBER] += (place,)
        elif column := WORDS.get(titles[place]) or WORDS.get(title(re.sub(r"\(.*?\)", " ", head))):
            places_of[column] += (place,)
    return {column: places for column, places in places_of.items() if places}


def _unread(columns, heads, lines):
    """[sentence] about each column that holds something and is none of `columns`."""
    known, seen = {place for places in columns.values() for place in places}, {}
    for line, cells in lines:
        for place, cell in enumerate(cells):
            if cell and place not in known:
                seen.setdefault(place, (line, cell))
    return [
        f"{_column_in_words(place, heads)}, dòng {line} ghi “{cell}”, không biết là cột gì nên chưa ghi gì. Hãy đặt tiêu đề "
        f"cho cột ấy ({'; '.join(HEADINGS)}), hoặc bỏ cột ấy khỏi bảng."
        for place, (line, cell) in sorted(seen.items())
    ]


def _column_in_words(place, heads):
    head = heads[place] if place < len(heads) else ""
    return f"Cột thứ {place + 1}" + (f" (“{head}”)" if head else "")


def _told(columns, cells):
    """{column: what a row says there}; a name in several columns is one."""
    return {
        column: " ".join(cells[place] for place in places if place < len(cells) and cells[place])
        for column, places in columns.items()
    }


def _ethnic_groups():
    groups = {}
    for group in EthnicGroup.objects.all():
        groups[search_key(group.name)] = groups[search_key(group.code)] = group
    return groups


def _row(line, told, cells, ethnic, odd):
    wrong = []

    def read_by(column, reader, *, optional=False):
        text = told.get(column, "")
        if not text and optional:
            return None
        try:
            return reader(text)
        except (ValidationError, LookupError) as error:
            label, said = COLUMNS[column][0], getattr(error, "messages", [str(error.args[0])])
            wrong.append(f"{within_sentence(label)}: {' '.join(said)}")
        return None

    name = read_by("name", lambda text: _name(text, odd))
    birth = read_by("birth", BirthField().clean)
    sex = read_by("sex", _sex)
    group = read_by("ethnic", lambda text: _one_of(ethnic, search_key(text), f"không có dân tộc “{text}”."))
    decided, ceremony = (read_by(column, DayField().clean) for column in ("decided", "ceremony"))
    official = read_by("official", DayField().clean, optional=True)
    card = read_by("card", _card, optional=True) or ""
    cell = read_by("cell", lambda text: _cell(text, cells))
    if wrong:
        return None, wrong
    member = Member(
        full_name=name, birth_date=birth[0], birth_precision=birth[1], sex=sex, ethnic_group=group, card_number=card
    )
    return ReceivedPerson(line, member, cell, decided, ceremony, official), wrong


def _name(text, odd):
    if not text:
        raise LookupError("còn để trống.")
    if len(text) > Member._meta.get_field("full_name").max_length:
        raise LookupError("dài quá 120 ký tự.")
    if (what := oddity(text)) and not odd:
        raise LookupError(f"gõ {what}. Hãy sửa, hoặc chọn ở dưới bảng cách ghi những họ tên như vậy.")
    return capitalised(text) if what and odd == "thuong" else text


def _sex(text):
    words = {search_key(label): value for value, label in Sex.choices}
    return _one_of(words, search_key(text), "hãy ghi Nam hoặc Nữ.")


def _card(text):
    number = number_text(text)
    CARD_NUMBER(number)
    return number


def _cell(text, cells):
    code = code_text(text).upper()
    if code not in cells:
        known = ", ".join(sorted(cells)) or "chưa có chi bộ nào"
        raise LookupError(f"“{text}” không phải mã của chi bộ chuyển đến ({known}).")
    return code


def _one_of(found, key, sentence):
    if key not in found:
        raise LookupError(sentence)
    return found[key]
