"""One member on a sheet, and what stands there in words."""

from dataclasses import dataclass, field

from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.models import Member
from ratings.models import MemberRating, Reason, Strength

MARKS = {1: "XS", 2: "T", 3: "H", 4: "K"}  # explained above the rows of every sheet
FIELDS = ("muc", "diem", "ly_do", "ghi_chu", "giai_trinh")


@dataclass
class SheetRow:
    """One member on the sheet. `typed`: {field: text} shown in the form; `error`: why what was typed is not saved;
    `theirs`: the line another wrote first."""

    member: Member
    line: MemberRating | None
    known: object
    suggestion: Reason | None = None
    other: MemberRating | None = None  # the line of the cell they came from
    past: list = field(default_factory=list)  # [(year, mark, words)]
    findings: list = field(default_factory=list)
    before: object = None  # the line as it was when the sheet was last returned or endorsed, where it differs
    typed: dict = field(default_factory=dict)
    error: str = ""
    asks: bool = False
    theirs: MemberRating | None = None
    corrected: bool = False  # replaced by a correction after the lock
    fresh: bool = False  # changed since the page was drawn
    words: str = ""
    other_words: str = ""
    before_words: str = ""
    level_word: str = ""
    deciding: int | None = None  # the level an approver has chosen on the page, and why it differs
    deciding_why: str = ""
    unsaved: str = ""  # what was typed and could not be saved, in words
    decided_words: str = ""

    @property
    def pk(self):
        return self.member.pk

    @property
    def drawn(self):
        """What stands, as the form carries it along: a row sent back like this was not touched."""
        return joined(typed_of(self.line))

    @property
    def is_settled(self):
        return self.line is not None and self.line.is_settled

    @property
    def version(self):
        return self.line.version if self.line else 0

    @property
    def wants_justification(self):
        return self.asks or bool(self.typed["giai_trinh"]) or any(f.strength == Strength.ASK for f in self.findings)

    def typed_words(self, levels, reasons):
        """What was typed and is not saved, in words."""
        words = [level.short for level in levels if level.key == self.typed["muc"]]
        words += [reason.label for reason in reasons if reason.key == self.typed["ly_do"]]
        words += [f"{self.typed['diem']} điểm"] if self.typed["diem"] else []
        return ", ".join([*words, *filter(None, (self.typed["ghi_chu"], self.typed["giai_trinh"]))]) or "để trống"

    @property
    def joined(self):
        """When they came into the Party, for the line under the name."""
        return "" if self.known.ceremony is None else f"vào Đảng {day_in_words(self.known.ceremony)}"


def joined(typed):
    return "|".join(typed[name] for name in FIELDS)


def typed_of(line):
    """{field: text} of a stored line, as the form sends it."""
    if line is None:
        return dict.fromkeys(FIELDS, "")
    points = "" if line.points is None else f"{line.points.normalize():f}".replace(".", ",")
    return {
        "muc": str(line.proposed or "") if line.points is None else "",
        "diem": points,
        "ly_do": str(line.reason_id or ""),
        "ghi_chu": line.note,
        "giai_trinh": line.justification,
    }


def mark_of(line):
    """(mark, words) of a line of an earlier year."""
    if line is None:
        return "·", "không có tên trong phiếu"
    if line.level is None:
        return "–", within_sentence(line.reason.label) if line.reason else "chưa xếp loại"
    return MARKS[line.level], ""


def readback(tally, levels):
    """ "12 đồng chí: 1 xuất sắc, 10 tốt, 1 hoàn thành; 0 không thuộc diện; 0 chưa xếp loại"."""
    parts = [f"{tally[rank]} {level.short}" for rank, level in sorted(levels.items()) if tally[rank]]
    rated = ", ".join(parts) or "chưa ai có mức"
    return (
        f"{tally['roll']} đồng chí: {rated}; {tally['out_of_scope']} không thuộc diện; {tally['not_yet']} chưa xếp loại"
    )


def words_of(line, book):
    """What a line says, in words: a level, a reason, points or nothing."""
    if line.reason_id is not None:
        reason = next((r.label for r in book.reasons if r.pk == line.reason_id), "")
        return f"không xếp loại: {reason}"
    if line.proposed is None:
        return "chưa xếp loại"
    level = book.levels[line.proposed].short
    return level if line.points is None else f"{typed_of(line)['diem']} điểm, {level}"
