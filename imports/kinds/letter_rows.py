"""Rows of letters as they are understood, and what the register has of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from imports.columns.column import Difference, FileRow
from inspections.letters import letters as verbs
from inspections.letters.rules import ReceivedLetter, what_of
from inspections.models import Forwarding, Letter, Outcome, Result
from ledger.numbers import day_in_words
from ledger.text import search_key
from organizations.models import Organization

DAYS = {
    "received_on": ("nhan_ngay", "Nhận ngày"),
    "accepted_on": ("thu_ly", "Thụ lý ngày"),
    "due_on": ("han", "Hạn giải quyết"),
    "resolved_on": ("giai_quyet", "Giải quyết xong ngày"),
}
Sent = tuple[str, date]  # to whom a letter was passed on, and when


@dataclass(frozen=True)
class LetterRow:
    """A row, understood as far as it says whose letter it is."""

    line: FileRow
    number: str
    organization: Organization
    received_on: date

    @property
    def what(self) -> tuple[str, int, date]:
        return search_key(self.number), self.organization.pk, self.received_on


@dataclass(frozen=True)
class NewLetterRow:
    letter: ReceivedLetter
    sent: Sent | None


@dataclass(frozen=True)
class LetterChange:
    """A Letter, {column: new value}, its result, to whom it was passed on: what of these is new."""

    letter: Letter
    values: Mapping[str, Any]
    result: Result | None
    sent: Sent | None


class KnownLetters:
    """What the register has near some rows. `kept`: whether letters that lay with an organization (an id) since a day
    are the user's to write on."""

    def __init__(self, rows: Sequence[LetterRow], kept: Callable[[int, date], bool]) -> None:
        near = Q(organization__in={row.organization.pk for row in rows})
        near |= Q(received_on__in={row.received_on for row in rows})
        letters = Letter.objects.standing().filter(near).select_related("organization", "added").order_by("pk")
        self.letters = {what_of(letter): letter for letter in letters} if rows else {}
        files = {letter.file_id for letter in self.letters.values()}
        self.handovers = verbs.handovers_of(files)
        self.passed = {row.file_id: row for row in Forwarding.objects.standing().filter(file__in=files)}
        outcomes = Outcome.objects.standing().filter(file__in=files).select_related("result", "added")
        self.outcomes = {row.file_id: row for row in outcomes}
        self.by_number: dict[str, list[Letter]] = defaultdict(list)
        self.own = {letter.pk for letter in self.letters.values() if kept(*self.lies(letter))}
        for letter in self.letters.values():
            if letter.pk in self.own:
                self.by_number[search_key(letter.number)].append(letter)

    def lies(self, letter: Letter) -> tuple[int, date]:
        """(organization id, day) of the last place where it lay."""
        handed = self.handovers.get(letter.file_id)
        return (handed[-1].place_id, handed[-1].on) if handed else (letter.organization_id, letter.received_on)

    def like(self, row: LetterRow) -> list[Letter]:
        """Letters of the same number about the same organization in that year, or received on the same day."""
        return [
            letter
            for letter in self.by_number[search_key(row.number)]
            if letter.received_on == row.received_on
            or (letter.organization_id == row.organization.pk and letter.received_on.year == row.received_on.year)
        ]


def differences(
    letter: Letter, values: Mapping[str, Any], before: Outcome | None, result: Result | None, sent: Sent | None
) -> Iterable[Difference]:
    if organization := values.get("organization"):
        yield Difference("Tổ chức", letter.organization.code, organization.code)
    for column, (_, label) in DAYS.items():
        if column in values:
            old = getattr(letter, column)
            yield Difference(label, day_in_words(old) if old else "chưa", day_in_words(values[column]))
    if result:
        yield Difference("Kết quả", before.result.name if before else "chưa", result.name)
    if sent:
        yield Difference("Chuyển đến", "chưa", f"{sent[0]}, ngày {day_in_words(sent[1])}")
