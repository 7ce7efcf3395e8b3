"""What must hold of a letter whenever it is written: its days follow one another, and it is at one place only."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inspections.models import Forwarding, Letter, Result
from ledger import days
from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.text import clean, search_key
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


def what_of(letter: ReceivedLetter | Letter) -> tuple[str, int, date]:
    """What tells one letter from another."""
    return search_key(letter.number), letter.organization.pk, letter.received_on


def check_new(rows: Collection[ReceivedLetter]) -> None:
    """Refused for a letter that stands already, or twice among `rows`: one number, organization and day of receipt."""
    standing = Letter.objects.standing().filter(
        organization__in={row.organization.pk for row in rows}, received_on__in={row.received_on for row in rows}
    )
    known, seen = {what_of(letter) for letter in standing.select_related("organization")}, set()
    for row in rows:
        what, day = what_of(row), day_in_words(row.received_on)
        whom = f"Đơn {clean(row.number)} về tổ chức {row.organization.code}, nhận ngày {day}"
        if what in known:
            raise Refused(f"{whom}, đã có trong sổ. Hãy ghi tiếp vào đơn đã có; nếu là đơn khác, hãy xem lại số đơn.")
        if what in seen:
            raise Refused(f"{whom}, được ghi hai lần. Hãy bỏ một dòng, hoặc xem lại số đơn.")
        seen.add(what)


def check_letters(rows: Iterable[ReceivedLetter | Letter]) -> None:
    for row in rows:
        check_letter(row)
    lineage.require_standing((row.organization, row.received_on, f"Đơn {row.number}") for row in rows)


def check_letter(row: ReceivedLetter | Letter) -> None:
    """Raises Refused when the days of `row` do not follow one another."""
    for sentence in faults_of(row):
        raise Refused(sentence)


def faults_of(row: ReceivedLetter | Letter) -> Iterator[str]:
    """Sentences, one for each way in which `row` cannot be."""
    if not clean(row.number):
        yield "Đơn chưa có số."
    whom = f"Đơn {row.number}"
    for day in (row.received_on, row.accepted_on, row.resolved_on):
        if day and (fault := days.why_not_past(day)):
            yield days.of(whom, fault)
    if fault := days.why_impossible(row.due_on):
        yield days.of(whom, fault)
    if row.accepted_on and row.accepted_on < row.received_on:
        yield f"{whom}: ngày thụ lý trước ngày nhận."
    if row.due_on < (row.accepted_on or row.received_on):
        yield f"{whom}: hạn giải quyết trước ngày thụ lý."
    if row.resolved_on and (row.accepted_on is None or row.resolved_on < row.accepted_on):
        yield f"{whom}: giải quyết xong phải sau khi thụ lý."
    if getattr(row, "result", None) and not row.resolved_on:
        yield f"{whom}: có kết quả mà chưa giải quyết xong."


def forwarding_faults(letter: ReceivedLetter | Letter, to: str, day: date) -> Iterator[str]:
    """Why `letter`, which was not passed on before, cannot have been passed on to `to` on `day`."""
    whom = f"Đơn {letter.number}"
    if letter.accepted_on:
        yield f"{whom}: đã thụ lý ngày {day_in_words(letter.accepted_on)}; đơn đã thụ lý thì ghi giải quyết xong."
    if not clean(to):
        yield f"{whom}: chưa ghi chuyển đến đâu."
    if fault := days.why_not_past(day):
        yield days.of(whom, fault)
    if day < letter.received_on:
        yield f"{whom}: ngày chuyển trước ngày nhận."


def check_extension(letter: Letter, due: date, on: date) -> None:
    whom = f"Đơn {letter.number}"
    if letter.accepted_on is None:
        raise Refused(f"{whom}: chưa thụ lý nên chưa có hạn để gia hạn.")
    if letter.resolved_on:
        raise Refused(f"{whom}: đã giải quyết xong ngày {day_in_words(letter.resolved_on)}.")
    if on > letter.due_on:
        raise Refused(f"{whom}: hạn {day_in_words(letter.due_on)} đã qua; gia hạn phải có hiệu lực trước khi hết hạn.")
    if due <= letter.due_on:
        raise Refused(f"{whom}: hạn mới phải sau hạn đang có, ngày {day_in_words(letter.due_on)}.")


def check_not_passed(letter: Letter, passed: Mapping[int, Forwarding]) -> None:
    """`passed`: {file id: Forwarding} that stand."""
    if gone := passed.get(letter.file_id):
        raise Refused(f"Đơn {letter.number}: đã chuyển đến {gone.to} ngày {day_in_words(gone.on)}.")


def check_again(letter: Letter, what: str, day: date | None, reason: str) -> None:
    if day and not clean(reason):
        raise Refused(f"Đơn {letter.number}: đã {what} ngày {day_in_words(day)}; muốn ghi lại hãy nêu lý do.")
