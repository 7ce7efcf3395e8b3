"""What a kind of import reads of each row, and what becomes of the row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from imports.reading.book import Cell
from ledger.choices import TextChoices
from ledger.text import search_key


class RowOutcome(TextChoices):
    """What a row comes to."""

    CREATE = "tao", "ghi mới"
    CHANGE = "sua", "sửa"
    SAME = "giu", "đã đúng, để nguyên"
    ASK = "hoi", "cần trả lời"
    REFUSE = "loi", "không ghi được"
    SKIP = "bo", "bỏ qua"


@dataclass(frozen=True, kw_only=True)
class ImportColumn:
    """`name`: of its field, in Vietnamese; `headings`: what files call it beside `label`; `read`: as of columns/cells.py.

    `example`, `note` (or what gives it): for the template; `options`: words to choose from, asked when the template is made.
    `joins`: two columns of a file may make it up, read in their order: family and given name. `is_name`: asked about when
    it is all capitals.
    """

    name: str
    label: str
    read: Callable[[Cell], Any]
    headings: tuple[str, ...] = ()
    needed: bool = False
    example: str = ""
    note: str | Callable[[], str] = ""
    options: Callable[[], Sequence[str]] | None = None
    joins: bool = False
    is_name: bool = False

    @property
    def note_told(self) -> str:
        return self.note if isinstance(self.note, str) else self.note()

    def keys(self) -> set[str]:
        """Folded headings that mean this column."""
        return {loose_key(text) for text in (self.label, *self.headings)}


def loose_key(text: str) -> str:
    """Text folded so that layout and signs do not matter either: “Ngày vào Đảng (*)” and “ngay  vao dang” are one."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in search_key(text)).split())


@dataclass(frozen=True)
class RowFault:
    """What keeps a row from being written: `column`, `value` as the file has them, "" where it is the whole row's."""

    column: str
    value: str
    why: str


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowQuestion:
    """What is asked about a row. `options`: [(answer, words)], of which one holds, or `several`."""

    text: str
    options: tuple[tuple[str, str], ...]
    several: bool = False


@dataclass
class FileRow:
    """A row of the file. `texts`: {column: what it says, readable}; `values`: {column: value read}; `aim`: what its kind
    writes of it.
    """

    number: int
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    question: RowQuestion | None = None
    outcome: RowOutcome | None = None
    told: str = ""
    aim: Any = None

    def get(self, name: str) -> Any:
        """The value of a column; None for an empty one and one that the file has not."""
        return self.values.get(name)

    def refuse(self, why: str, column: ImportColumn | None = None) -> None:
        """Says why it cannot be written, naming the column where it is one's."""
        label, value = (column.label, self.texts.get(column.name, "")) if column else ("", "")
        self.faults.append(RowFault(label, value, why))
        self.outcome = RowOutcome.REFUSE

    def refuse_written(self) -> None:
        """Was to be written and is not; its faults say why."""
        self.outcome, self.changes, self.aim = RowOutcome.REFUSE, [], None

    def ask(self, question: RowQuestion) -> None:
        self.question, self.outcome = question, RowOutcome.ASK

    @property
    def is_open(self) -> bool:
        """Whether nothing has been said of it yet."""
        return self.outcome is None

    @property
    def writes(self) -> bool:
        return self.outcome in (RowOutcome.CREATE, RowOutcome.CHANGE)
