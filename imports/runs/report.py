"""What a file came to: how many rows of each outcome, what is wrong with each, and a seal of all of it.

Every refused row and every question is kept, whatever the size of the file; of the rest the first few.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from imports.columns.column import FileRow, RowOutcome
from imports.models import ImportRun
from ledger.numbers import group
from ledger.web.seals import digest

ORDER = (RowOutcome.ASK, RowOutcome.REFUSE, RowOutcome.CREATE, RowOutcome.CHANGE, RowOutcome.SAME, RowOutcome.SKIP)
FEW_TOLD = 300  # rows of one outcome that are shown
MOST_FAULTY = 5000  # rows kept to be given back; beyond that a file is of another kind, or read amiss


class Report:
    """Filled row by row. `remarks`: what is said of the file as a whole; `seal`: a digest of all that was said."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.rows: list[dict[str, Any]] = []
        self.remarks: list[str] = []
        self.seal = ""

    def add(self, line: FileRow) -> None:
        outcome = str(line.outcome)
        self.counts[outcome] += 1
        said = [outcome, line.told, *(f"{d.label}{d.before}{d.after}" for d in line.changes)]
        self.seal = digest(f"{self.seal}|{line.number}|{'|'.join(said)}")
        faulty = line.outcome in (RowOutcome.REFUSE, RowOutcome.ASK) or bool(line.faults)
        if self.counts[outcome] <= (MOST_FAULTY if faulty else FEW_TOLD):
            self.rows.append(_kept(line, with_texts=faulty))

    def remark(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self.remarks.append(sentence)
            self.seal = digest(f"{self.seal}|{sentence}")

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"counts": dict(self.counts), "rows": self.rows, "remarks": self.remarks, "seal": self.seal}


def _kept(line: FileRow, *, with_texts: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"number": line.number, "outcome": str(line.outcome), "told": line.told}
    if line.notes:
        row["notes"] = line.notes
    if line.changes:
        row["changes"] = [[d.label, d.before, d.after] for d in line.changes]
    if line.faults:
        row["faults"] = [[fault.column, fault.value, fault.why] for fault in line.faults]
    if line.question and line.outcome == RowOutcome.ASK:
        row["question"] = {
            "text": line.question.text,
            "options": [list(option) for option in line.question.options],
            "several": line.question.several,
        }
    if with_texts:
        row["texts"] = line.texts
    return row


def summary(run: ImportRun) -> str:
    """How many rows came to what, in words."""
    counts = run.report.get("counts", {})
    told = [f"{group(counts[outcome])} dòng {RowOutcome(outcome).label}" for outcome in ORDER if counts.get(outcome)]
    return "; ".join(told)
