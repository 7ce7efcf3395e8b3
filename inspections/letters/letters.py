"""Verbs of letters: received, accepted, extended, resolved or passed on (domain §6 row 6).

A letter's row is what the figures count; its days change by void and insert. What already stands is written anew only
with a reason; what says the same as stands is not written at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from inspections.counted import placed
from inspections.discipline.consequences import require_before
from inspections.models import Forwarding, Handover, Letter, LetterFile, Outcome, Result
from inspections.verbs import LetterVerb
from ledger.acts import Refused, act, says_more, supersede, void
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.text import clean, code_text
from ledger.web.opened import refuse_overtaken
from organizations import lineage

from .rules import (
    ReceivedLetter,
    check_again,
    check_extension,
    check_letters,
    check_new,
    check_not_passed,
    forwarding_faults,
)

Held = tuple[dict[int, Letter], dict[int, Forwarding]]  # {id: Letter as it stands}, {file id: Forwarding}


def register_letters(
    rows: Iterable[ReceivedLetter], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Letter]:
    """Puts letters on record. Returns them. Waits until nobody else is writing: what is new has no row yet to lock."""
    with act(LetterVerb.RECEIVE, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        return register_within(rows, change)


def register_within(rows: Iterable[ReceivedLetter], change: Change) -> list[Letter]:
    """As `register_letters`, inside another verb's act that waits until nobody else is writing."""
    rows = list(rows)
    check_letters(rows)
    check_new(rows)
    files = LetterFile.objects.bulk_create(LetterFile(added=change) for _ in rows)
    made = Letter.objects.bulk_create(
        Letter(**_columns(row), place=row.organization, place_on=row.received_on, file=file, added=change)
        for row, file in zip(rows, files, strict=True)
    )
    _record_results({file.pk: row.result for row, file in zip(rows, files, strict=True) if row.result}, change)
    return made


def _columns(row: ReceivedLetter) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "result"}


def _record_results(results: Mapping[int, Result], change: Change) -> None:
    """`results`: {file id: Result}, in place of what stood there."""
    standing = Outcome.objects.standing().filter(file__in=results).select_related("added")
    same = {row.file_id for row in standing if not says_more(row, {"result_id": results[row.file_id].pk}, change)}
    results = {file: result for file, result in results.items() if file not in same}
    void(Outcome.objects.filter(file__in=results), change)
    Outcome.objects.bulk_create(Outcome(file_id=file, result=r, added=change) for file, r in results.items())


def accept_letters(
    rows: Mapping[Letter, tuple[date, date]], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """`rows`: {Letter: (day it was accepted, its deadline from then)}."""
    with act(LetterVerb.ACCEPT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        held = standing_letters, _ = hold(rows)
        for letter in rows:
            check_again(standing_letters[letter.pk], "thụ lý", standing_letters[letter.pk].accepted_on, reason)
        _amend({row: {"accepted_on": day, "due_on": due} for row, (day, due) in rows.items()}, held, change)


def amend_within(
    rows: Mapping[Letter, Mapping[str, Any]], change: Change, *, results: Mapping[Letter, Result] | None = None
) -> None:
    """Inside another verb's act: `rows`: {Letter: {column: new value}}, what was entered in error and what came since;
    `results`: {Letter: Result}.
    """
    held = hold({*rows, *(results or {})})
    _amend({letter: values for letter, values in rows.items() if values}, held, change)
    _record_results({letter.file_id: result for letter, result in (results or {}).items()}, change)


def _amend(rows: Mapping[Letter, Mapping[str, Any]], held: Held, change: Change) -> None:
    """Writes those of `rows` anew that say more than stands."""
    standing_letters, passed = held
    for letter, differences in rows.items():
        if differences.get("accepted_on"):
            check_not_passed(standing_letters[letter.pk], passed)
        received, sent = differences.get("received_on"), passed.get(letter.file_id)
        if received and sent and sent.on < received:
            raise Refused(f"Đơn {letter.number}: ngày chuyển {day_in_words(sent.on)} trước ngày nhận.")
    told = [(standing_letters[letter.pk], _as_stored(differences)) for letter, differences in rows.items()]
    rewrite([(letter, values) for letter, values in told if says_more(letter, values, change)], change)


def extend_deadlines(
    rows: Mapping[Letter, date], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """`rows`: {Letter: its new deadline}; by a paper that took effect, on `on`, before the deadline had passed."""
    with act(LetterVerb.EXTEND, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        if document is None:
            raise Refused("Gia hạn giải quyết cần có văn bản. Hãy ghi số, ngày và cơ quan ban hành.")
        standing_letters, _ = hold(rows)
        for letter, due in rows.items():
            check_extension(standing_letters[letter.pk], due, on)
        rewrite([(standing_letters[letter.pk], {"due_on": due}) for letter, due in rows.items()], change)


def resolve_letters(
    rows: Mapping[Letter, date],
    *,
    by: User,
    on: date,
    results: Mapping[Letter, Result] | None = None,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """`rows`: {Letter: day it was resolved}; `results`: {Letter: Result}, where they are known."""
    results = results or {}
    with act(LetterVerb.RESOLVE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        held = standing_letters, _ = hold(rows)
        for letter in rows:
            check_again(standing_letters[letter.pk], "giải quyết xong", standing_letters[letter.pk].resolved_on, reason)
        # A letter whose day stays is not written anew: a closed year would name it as changed.
        moved = {letter: day for letter, day in rows.items() if standing_letters[letter.pk].resolved_on != day}
        _amend({letter: {"resolved_on": day} for letter, day in moved.items()}, held, change)
        _record_results({letter.file_id: result for letter, result in results.items()}, change)


def forward_letters(
    rows: Mapping[Letter, tuple[str, date]], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """`rows`: {Letter: (to whom, day)}. Only what was not accepted is passed on; what was accepted is resolved."""
    with act(LetterVerb.FORWARD, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        forward_within(rows, change)


def forward_within(rows: Mapping[Letter, tuple[str, date]], change: Change) -> None:
    """As `forward_letters`, inside another verb's act."""
    standing_letters, passed = hold(rows)
    for letter, (to, day) in rows.items():
        check_not_passed(standing_letters[letter.pk], passed)
        for sentence in forwarding_faults(standing_letters[letter.pk], to, day):
            raise Refused(sentence)
    Forwarding.objects.bulk_create(
        Forwarding(file_id=letter.file_id, to=to, on=day, added=change) for letter, (to, day) in rows.items()
    )


def texts(letter: Letter) -> dict[str, str]:
    """{column that is corrected: the value as text}, for a form to carry."""
    return {
        "number": letter.number,
        "organization": str(letter.organization_id),
        "received_on": letter.received_on.isoformat(),
        "due_on": letter.due_on.isoformat(),
    }


def correct_letters(
    rows: Mapping[Letter, Mapping[str, Any]],
    *,
    by: User,
    on: date,
    reason: str,
    document: Document | None = None,
    opened: Mapping[Letter, Mapping[str, str]] | None = None,
) -> None:
    """`rows`: {Letter: {"number" | "organization" | "received_on" | "due_on": new value}}: what was entered in error.

    `opened`: {Letter: texts as the form showed them}; raises Overtaken when the letter is no longer what the form showed.
    """
    if not clean(reason):
        raise Refused("Sửa đơn đã ghi cần nêu lý do.")
    with act(LetterVerb.CORRECT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        held = standing_letters, _ = hold(rows)
        for letter in rows:
            _check_not_overtaken(standing_letters[letter.pk], (opened or {}).get(letter, {}))
        _amend(rows, held, change)


def _as_stored(differences: Mapping[str, Any]) -> dict[str, Any]:
    return {name: code_text(value) if name == "number" else value for name, value in differences.items()}


def _check_not_overtaken(letter: Letter, opened: Mapping[str, str]) -> None:
    key = (letter.organization_id, letter.received_on)

    def told(others: Iterable[str]) -> list[str]:
        words = {
            "number": f"số đơn nay là “{letter.number}”",
            "organization": f"tổ chức nay là {lineage.labels_at([key])[key]}",
            "received_on": f"nhận ngày nay là {day_in_words(letter.received_on)}",
            "due_on": f"hạn giải quyết nay là {day_in_words(letter.due_on)}",
        }
        return [words[name] for name in others]

    refuse_overtaken(f"Đơn {letter.number}", opened, texts(letter), told)


def hold(rows: Collection[Letter]) -> Held:
    """`rows` as they stand, their files locked in order."""
    files = LetterFile.objects.locked()
    list(files.filter(pk__in=sorted(letter.file_id for letter in rows)).order_by("pk"))
    standing = Letter.objects.standing().filter(pk__in=[letter.pk for letter in rows])
    standing_letters = {row.pk: row for row in standing.select_related("organization")}
    for letter in rows:
        if letter.pk not in standing_letters:
            raise Refused(f"Đơn {letter.number}: vừa được người khác ghi lại. Hãy mở lại trang rồi ghi.")
    passed = Forwarding.objects.standing().filter(file__in=[letter.file_id for letter in rows])
    return standing_letters, {row.file_id: row for row in passed}


def rewrite(pairs: Iterable[tuple[Letter, Mapping[str, Any]]], change: Change) -> None:
    rows = supersede(_placed_anew(pairs), change)
    prefetch_related_objects(rows, "organization")
    check_letters(rows)
    require_before({row.file_id: (f"Đơn {row.number}", row.received_on) for row in rows})


def _placed_anew(pairs: Iterable[tuple[Letter, Mapping[str, Any]]]) -> list[tuple[Letter, dict[str, Any]]]:
    """`pairs` with where each letter counts once it says what it will say."""
    anew = [(letter, dict(differences)) for letter, differences in pairs]
    known = handovers_of({letter.file_id for letter, _ in anew})
    for letter, differences in anew:
        new = copy(letter)
        for name, value in differences.items():
            setattr(new, name, value)
        differences["place_id"], differences["place_on"] = placed(new, known[new.file_id])
    return anew


def handovers_of(files: Collection[int]) -> dict[int, list[Handover]]:
    """{file id: [Handover]} that stand."""
    by_file = defaultdict(list)
    for row in Handover.objects.standing().filter(file__in=files).order_by("on", "pk"):
        by_file[row.file_id].append(row)
    return by_file
