"""What waits for a committee to be endorsed and decided: each sheet with what it proposes, and first what to look at."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ratings.models import State, Strength
from ratings.periods.progress import Progress


@dataclass(frozen=True)
class Remark:
    """A sentence to read before one signs. `forbids`: the sheet cannot go; `asks`: not without a reason of the committee."""

    words: str
    forbids: bool = False
    asks: bool = False


@dataclass(frozen=True)
class SheetToSign:
    """`proposes`: "16 người: 2 xuất sắc · 14 tốt"; `since`: day on which it came here; `first`: whose review comes first, "" where
    it is this committee's turn; `remarks`: [Remark].
    """

    progress: Progress
    proposes: str
    since: date
    first: str
    remarks: tuple[Remark, ...]

    @property
    def sheet(self):
        return self.progress.sheet

    @property
    def place(self):
        return self.progress.place

    @property
    def key(self):
        """As a form sends it."""
        return str(self.sheet.pk)

    @property
    def is_endorsed(self):
        return self.sheet.state == State.ENDORSED

    @property
    def asks(self):
        return any(remark.asks for remark in self.remarks)

    @property
    def goes(self):
        """Whether it is among those that are signed together."""
        return not self.first and not any(remark.forbids for remark in self.remarks)


def proposed(tallies, levels):
    """What sheets propose together, in short. `tallies`: as of Reading.tally; `levels`: {rank: Level}."""
    total = sum(tallies, Counter())
    parts = [f"{total[rank]} {level.short}" for rank, level in sorted(levels.items()) if total[rank]]
    parts += [f"{total['out_of_scope']} không thuộc diện"] if total["out_of_scope"] else []
    parts += [f"{total['not_yet']} chưa xếp loại"] if total["not_yet"] else []
    return f"{total['roll']} người" + (f": {' · '.join(parts)}" if parts else "")


def remarks(row, reading):
    """[Remark] on the sheet of a Progress, what keeps it back first."""
    found = []
    if row.unsettled:
        found.append(
            Remark(f"{row.unsettled} đồng chí chưa có mức, chưa có lý do: trả lại để chi bộ bổ sung.", forbids=True)
        )
    findings = list(_findings(row.sheet, reading))
    found += [_of_finding(*each, reading) for each in findings if each[0].strength != Strength.NOTE]
    if row.sheet.over_cap:
        found.append(Remark(f"Vượt tỷ lệ xuất sắc, chi bộ nêu lý do: {row.sheet.over_cap}"))
    if row.sheet.explanation:
        found.append(Remark(f"Chi bộ giải trình: {row.sheet.explanation}"))
    if notes := sum(finding.strength == Strength.NOTE for finding, _ in findings):
        found.append(Remark(f"{notes} điều phần mềm lưu ý, ghi cạnh dòng trong phiếu."))
    return tuple(sorted(found, key=lambda remark: (not remark.forbids, not remark.asks)))


def _findings(sheet, reading):
    """(RuleFinding, what the cell has answered) on each line and on the whole."""
    cell = sheet.organization_id
    for line in reading.counted(cell):
        for finding in reading.book.of_line(line, reading.known[line.member_id], reading.period):
            yield finding, line.justification
    for finding in reading.book.of_sheet(reading.counted(cell), reading.organizations.get(cell)):
        yield finding, sheet.explanation


def _of_finding(finding, answer, reading):
    whom = f"{reading.name_of(finding.member)}: " if finding.member else ""
    said = f" Chi bộ giải trình: {answer}" if answer and finding.member else ""
    return Remark(
        f"{whom}{finding.sentence}.{said}",
        forbids=finding.strength == Strength.BLOCK,
        asks=finding.strength == Strength.ASK and not answer,
    )
