"""Verbs of letters: received, accepted, extended, resolved or passed on (domain §6 row 6).

A letter's row is what the figures count; its days change by void and insert. What already stands is written anew only
with a reason; what says the same as stands is not written at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.counted import placed
from inspections.discipline.consequences import require_before
from inspections.models import Forwarding, Handover, Letter, LetterFile, Outcome, Result
from inspections.verbs import LetterVerb
from ledger.acts import Refused, act, require_past, require_possible, says_more, supersede, void
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.text import clean, code_text, search_key
from ledger.web.opened import refuse_overtaken
from organizations import lineage
from organizations.models import Organization


@dataclass(frozen=True, kw_only=True)
class ReceivedLetter:
    number: str
    organization: Organization
    received_on: date
    due_on: date
    accepted_on: date | None = None
    resolved_on: date | None = None
    result: Result | None = None


def register_letters(
    rows: Iterable[ReceivedLetter], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Letter]:
    """Puts letters on record. Returns them. Waits until nobody else is writing: what is new has no row yet to lock."""
    rows = list(rows)
    with act(LetterVerb.RECEIVE, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        _check_letters(rows)
        _check_new(rows)
        files = LetterFile.objects.bulk_create(LetterFile(added=change) for _ in rows)
        made = Letter.objects.bulk_create(
            Letter(**_columns(row), place=row.organization, place_on=row.received_on, file=file, added=change)
            for row, file in zip(rows, files, strict=True)
        )
        _record_results({file.pk: row.result for row, file in zip(rows, files, strict=True) if row.result}, change)
        return made


def _check_new(rows: Collection[ReceivedLetter]) -> None:
    """Refused for a letter that stands already, or twice among `rows`: one number, organization and day of receipt."""
    standing = Letter.objects.standing().filter(
        organization__in={row.organization.pk for row in rows}, received_on__in={row.received_on for row in rows}
    )
    known, seen = {_what(letter) for letter in standing.select_related("organization")}, set()
    for row in rows:
        what, day = _what(row), day_in_words(row.received_on)
        whom = f"Đơn {clean(row.number)} về tổ chức {row.organization.code}, nhận ngày {day}"
        if what in known:
            raise Refused(f"{whom}, đã có trong sổ. Hãy ghi tiếp vào đơn đã có; nếu là đơn khác, hãy xem lại số đơn.")
        if what in seen:
            raise Refused(f"{whom}, được ghi hai lần. Hãy bỏ một dòng, hoặc xem lại số đơn.")
        seen.add(what)


def _what(letter: ReceivedLetter | Letter) -> tuple[str, int, date]:
    """What tells one letter from another."""
    return search_key(letter.number), letter.organization.pk, letter.received_on


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
        standing_letters, passed = hold(rows)
        for letter in rows:
            check_not_passed(standing_letters[letter.pk], passed)
            _check_again(standing_letters[letter.pk], "thụ lý", standing_letters[letter.pk].accepted_on, reason)
        told = [(standing_letters[row.pk], {"accepted_on": day, "due_on": due}) for row, (day, due) in rows.items()]
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
            _check_extension(standing_letters[letter.pk], due, on)
        rewrite([(standing_letters[letter.pk], {"due_on": due}) for letter, due in rows.items()], change)


def _check_extension(letter: Letter, due: date, on: date) -> None:
    whom = f"Đơn {letter.number}"
    if letter.accepted_on is None:
        raise Refused(f"{whom}: chưa thụ lý nên chưa có hạn để gia hạn.")
    if letter.resolved_on:
        raise Refused(f"{whom}: đã giải quyết xong ngày {day_in_words(letter.resolved_on)}.")
    if on > letter.due_on:
        raise Refused(f"{whom}: hạn {day_in_words(letter.due_on)} đã qua; gia hạn phải có hiệu lực trước khi hết hạn.")
    if due <= letter.due_on:
        raise Refused(f"{whom}: hạn mới phải sau hạn đang có, ngày {day_in_words(letter.due_on)}.")


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
        standing_letters, _ = hold(rows)
        for letter in rows:
            _check_again(
                standing_letters[letter.pk], "giải quyết xong", standing_letters[letter.pk].resolved_on, reason
            )
        # A letter whose day stays is not written anew: a closed year would name it as changed.
        moved = [
            (standing_letters[letter.pk], day)
            for letter, day in rows.items()
            if standing_letters[letter.pk].resolved_on != day
        ]
        rewrite([(letter, {"resolved_on": day}) for letter, day in moved], change)
        _record_results({letter.file_id: result for letter, result in results.items()}, change)


def forward_letters(
    rows: Mapping[Letter, tuple[str, date]], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """`rows`: {Letter: (to whom, day)}. Only what was not accepted is passed on; what was accepted is resolved."""
    with act(LetterVerb.FORWARD, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        standing_letters, passed = hold(rows)
        for letter, (to, day) in rows.items():
            _check_forwarding(standing_letters[letter.pk], passed, to, day)
        Forwarding.objects.bulk_create(
            Forwarding(file_id=letter.file_id, to=to, on=day, added=change) for letter, (to, day) in rows.items()
        )


def _check_forwarding(letter: Letter, passed: Mapping[int, Forwarding], to: str, day: date) -> None:
    whom = f"Đơn {letter.number}"
    check_not_passed(letter, passed)
    if letter.accepted_on:
        raise Refused(
            f"{whom}: đã thụ lý ngày {day_in_words(letter.accepted_on)}; đơn đã thụ lý thì ghi giải quyết xong."
        )
    if not clean(to):
        raise Refused(f"{whom}: chưa ghi chuyển đến đâu.")
    require_past(day, whom)
    if day < letter.received_on:
        raise Refused(f"{whom}: ngày chuyển trước ngày nhận.")


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
        standing_letters, passed = hold(rows)
        for letter, differences in rows.items():
            _check_not_overtaken(standing_letters[letter.pk], (opened or {}).get(letter, {}))
            received, sent = differences.get("received_on"), passed.get(letter.file_id)
            if received and sent and sent.on < received:
                raise Refused(f"Đơn {letter.number}: ngày chuyển {day_in_words(sent.on)} trước ngày nhận.")
        told = [(standing_letters[letter.pk], _as_stored(differences)) for letter, differences in rows.items()]
        rewrite([(letter, values) for letter, values in told if says_more(letter, values, change)], change)


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


def hold(rows: Collection[Letter]) -> tuple[dict[int, Letter], dict[int, Forwarding]]:
    """({id: Letter as it stands}, {file id: Forwarding}), their files locked in order."""
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
    _check_letters(rows)
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


def check_not_passed(letter: Letter, passed: Mapping[int, Forwarding]) -> None:
    if gone := passed.get(letter.file_id):
        raise Refused(f"Đơn {letter.number}: đã chuyển đến {gone.to} ngày {day_in_words(gone.on)}.")


def _check_again(letter: Letter, what: str, day: date | None, reason: str) -> None:
    if day and not clean(reason):
        raise Refused(f"Đơn {letter.number}: đã {what} ngày {day_in_words(day)}; muốn ghi lại hãy nêu lý do.")


def _check_letters(rows: Iterable[ReceivedLetter | Letter]) -> None:
    for row in rows:
        check_letter(row)
    lineage.require_standing((row.organization, row.received_on, f"Đơn {row.number}") for row in rows)


def check_letter(row: ReceivedLetter | Letter) -> None:
    """Raises Refused when the days of `row` (a Received or a Letter) do not follow one another."""
    if not clean(row.number):
        raise Refused("Đơn chưa có số.")
    for day in (row.received_on, row.accepted_on, row.resolved_on):
        if day:
            require_past(day, f"Đơn {row.number}")
    require_possible(row.due_on, f"Đơn {row.number}")
    if row.accepted_on and row.accepted_on < row.received_on:
        raise Refused(f"Đơn {row.number}: ngày thụ lý trước ngày nhận.")
    if row.due_on < (row.accepted_on or row.received_on):
        raise Refused(f"Đơn {row.number}: hạn giải quyết trước ngày thụ lý.")
    if row.resolved_on and (row.accepted_on is None or row.resolved_on < row.accepted_on):
        raise Refused(f"Đơn {row.number}: giải quyết xong phải sau khi thụ lý.")
    if getattr(row, "result", None) and not row.resolved_on:
        raise Refused(f"Đơn {row.number}: có kết quả mà chưa giải quyết xong.")
