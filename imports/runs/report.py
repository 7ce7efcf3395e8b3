"""What a file came to: how many rows of each outcome, what is wrong with each, and a seal of all of it.

Of each outcome the first few are kept to be shown. Every row that somebody has to do something about is kept beside them,
whatever the size of the file, where it takes no memory.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Any

from imports.columns.column import FileRow, RowOutcome
from imports.models import ImportRun, RunPiece
from imports.reading.scratch import Scratch
from ledger.numbers import group
from ledger.web.seals import digest

from . import pieces

ORDER = (RowOutcome.ASK, RowOutcome.REFUSE, RowOutcome.CREATE, RowOutcome.CHANGE, RowOutcome.SAME, RowOutcome.SKIP)
FEW_TOLD = 300  # rows of one outcome that are shown


class Report:
    """Filled row by row. `rows`: the first few of each outcome; `faulty`: all with something to put right or to answer, a
    line of JSON each; `remarks`: what is said of the file as a whole; `seal`: a digest of all that was said.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.rows: list[dict[str, Any]] = []
        self.faulty, self.faults = Scratch.empty(), 0
        self.remarks: list[str] = []
        self.seal = ""

    def add(self, line: FileRow) -> None:
        outcome = str(line.outcome)
        self.counts[outcome] += 1
        said = [outcome, line.told, *(f"{d.label}{d.before}{d.after}" for d in line.changes)]
        self.seal = digest(f"{self.seal}|{line.number}|{'|'.join(said)}")
        faulty = line.outcome in (RowOutcome.REFUSE, RowOutcome.ASK) or bool(line.faults)
        if not faulty and self.counts[outcome] > FEW_TOLD:
            return
        row = _kept(line, with_texts=faulty)
        if self.counts[outcome] <= FEW_TOLD:
            self.rows.append(row)
        if faulty:
            self.faults += 1
            self.faulty.add(json.dumps(row, ensure_ascii=False).encode() + b"\n")

    def remark(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self.remarks.append(sentence)
            self.seal = digest(f"{self.seal}|{sentence}")

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it, all but the faulty rows."""
        return {
            "counts": dict(self.counts),
            "rows": self.rows,
            "faults": self.faults,
            "remarks": self.remarks,
            "seal": self.seal,
        }


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


def faulty_rows(run: ImportRun) -> Iterator[dict[str, Any]]:
    """Every row of `run` with something to put right or to answer, in the order of the file."""
    with pieces.kept(run, RunPiece.Of.FAULTY).open() as lines:
        yield from map(json.loads, lines)


def all_told(run: ImportRun) -> Iterator[dict[str, Any]]:
    """The faulty rows of `run` and the first few of the others, in the order of the file."""
    others = (row for row in run.report.get("rows", ()) if "texts" not in row)
    return merge(others, faulty_rows(run), key=lambda row: row["number"])


def summary(run: ImportRun) -> str:
    """How many rows came to what, in words."""
    counts = run.report.get("counts", {})
    told = [f"{group(counts[outcome])} dòng {RowOutcome(outcome).label}" for outcome in ORDER if counts.get(outcome)]
    return "; ".join(told)
