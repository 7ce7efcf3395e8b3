"""A file gone through: every row judged and written in one act, or judged and written only to see, and taken back.

What is shown before and what is written after come of the same code, so that they cannot differ; where the register has
changed between the two, the second says so and writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice

from imports.columns.column import FileRow, RowOutcome
from imports.columns.layout import FileRows
from imports.kinds.kind import ImportKind, Job
from ledger.acts import UNCHANGED, Refused, act, part
from ledger.models import Change

from .report import Report

LONGEST_NAME = 80


class ChangedSince(Refused):
    """What would be written is no longer what was shown. `report`: what it would be now."""

    def __init__(self, report: Report) -> None:
        super().__init__("Số liệu trong hệ thống đã thay đổi từ lúc xem thử, nên chưa ghi gì. Hãy xem lại kết quả mới.")
        self.report = report


class _OnlySeen(Exception):
    """Takes back what was written to see whether it can be."""


def carry_through(
    kind: type[ImportKind], job: Job, lines: FileRows, seal: str | None = None
) -> tuple[Report, Change | None]:
    """Writes the rows that can be written, in one act, when they come to what was shown: `seal`, of the Report that was.

    Without a seal it only looks: all is judged and written as it would be, and taken back. ChangedSince when it comes to
    something else now; Refused when there is nothing to write.
    """
    report = Report()
    try:
        with _act(kind, job, alone=seal is not None) as change:
            _go_through(kind(job), lines, change, report)
            if seal is None:
                raise _OnlySeen
            if report.seal != seal:
                raise ChangedSince(report)
            if not any(report.counts[outcome] for outcome in (RowOutcome.CREATE, RowOutcome.CHANGE)):
                raise Refused(UNCHANGED)
    except _OnlySeen:
        return report, None
    return report, change


def _act(kind: type[ImportKind], job: Job, *, alone: bool) -> AbstractContextManager[Change]:
    return act(
        kind.verb,
        by=job.user,
        on=job.on,
        document=job.document,
        reason=job.reason,
        alone=alone,
        undoable=True,
        detail="" if kind.confidential else f"“{job.source[:LONGEST_NAME]}”",
    )


def _go_through(kind: ImportKind, lines: FileRows, change: Change, report: Report) -> None:
    for chunk in _chunks(lines, kind.chunk):
        kind.judge(chunk)
        _write(kind.in_order([line for line in chunk if line.writes]), kind, change)
        for line in chunk:
            report.add(line)
    report.remark(lines.remarks())
    report.remark(kind.remarks())


def _chunks(lines: Iterable[FileRow], size: int | None) -> Iterator[list[FileRow]]:
    rest = iter(lines)
    while chunk := list(islice(rest, size)):
        yield chunk


def _write(lines: Sequence[FileRow], kind: ImportKind, change: Change) -> None:
    """Writes `lines`, in halves where they are refused together, so that each row that cannot be written is found."""
    if not lines:
        return
    try:
        with part():
            kind.write(lines, change)
    except Refused as refused:
        if len(lines) == 1:
            kind.refused(lines[0], refused)
            return
        middle = len(lines) // 2
        _write(lines[:middle], kind, change)
        _write(lines[middle:], kind, change)
