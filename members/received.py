"""A pasted table of people who come with their organization, read row by row: each faulty cell is named, none is lost."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from ledger import clipboard
from ledger.acts import Refused
from ledger.forms import DayField
from ledger.text import code_text, number_text, search_key

from .arrivals import Arrival
from .models import CARD_NUMBER, Entry, EthnicGroup, Member, Sex
from .names import capitalised, oddity
from .person_forms import BirthField

# Columns in the order of a table without a heading; a heading names them in any order, by one of its words.
COLUMNS = {
    "name": ("Họ và tên", "họ tên"),
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
WORDS = {search_key(word): column for column, words in COLUMNS.items() for word in words}


@dataclass(frozen=True)
class Received:
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
    """([Received], [sentence about a row or a cell of it]). `cells`: codes to which people may come.

    `odd`: "thuong" to write names that look mistyped as usual, "giu" to keep them; else they are asked about.
    """
    try:
        table = clipboard.table(text.lstrip("\r\n"))
    except Refused as refused:
        return [], refused.messages
    columns, rest = _headed(table)
    ethnic = _ethnic_groups()
    rows, faults = [], []
    for line, cells_of_row in rest:
        told = dict(zip(columns, cells_of_row, strict=False))
        row, wrong = _row(line, told, set(cells), ethnic, odd)
        whom = f" ({told['name']})" if told.get("name") else ""
        faults += [f"Dòng {line}{whom}: {fault}" for fault in wrong]
        rows += [row] if row else []
    return rows, faults


def _headed(table):
    """([column of each cell], [(number of the line, its cells)])"""
    lines = [(n, row) for n, row in enumerate(table, start=1) if row]
    if not lines:
        return [], []
    named = [WORDS.get(search_key(cell)) for cell in lines[0][1]]
    if sum(column is not None for column in named) >= 2:
        return named, lines[1:]
    return list(COLUMNS), lines


def _ethnic_groups():
    found = {}
    for group in EthnicGroup.objects.all():
        found[search_key(group.name)] = found[search_key(group.code)] = group
    return found


def _row(line, told, cells, ethnic, odd):
    wrong = []

    def read_by(column, reader, *, optional=False):
        text = told.get(column, "")
        if not text and optional:
            return None
        try:
            return reader(text)
        except (ValidationError, LookupError) as error:
            wrong.append(f"{COLUMNS[column][0].lower()}: {' '.join(getattr(error, 'messages', [str(error.args[0])]))}")
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
    return Received(line, member, cell, decided, ceremony, official), wrong


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
