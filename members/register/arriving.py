"""Who comes onto the roll, as the verbs of the register are told, and what must fit before it is written. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from ledger.acts import Refused, require_past
from ledger.models import Document
from ledger.numbers import day_in_words
from members.identity.ages import check_admission, check_life
from members.identity.consents import check_consent
from members.models import Entry, Member
from organizations.models import Organization

from .ways_back import ADMITTED_BEFORE


@dataclass(frozen=True, kw_only=True)
class EarlierAdmission:
    """How somebody new to this register, who is restored or admitted again, was admitted elsewhere before.

    `official`: None for who was on probation; `left`: when they left the Party, for who is admitted again.
    """

    decided: date
    ceremony: date
    official: date | None = None
    left: date | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A person who comes onto the roll. `member` unsaved, or saved when they were known before.

    Dates: `on` from which they belong to `organization`; `decided`, `ceremony` of their admission; `official`
    when they were recognised, None while on probation. `consent`: the paper for one over sixty.
    `candidate`: the id of whom they were in the pipeline, which closes with it (members/candidates/follow.py).
    `decision`, `official_decision`: papers of their own, where others than that of the act, by which they came and were
    recognised.
    `before`: the earlier admission of somebody new who is restored; of one admitted again, where it is known.
    `others`: keys of the people alike that whoever enters them has seen: another person's (members/identity/alike.py).
    """

    member: Member
    organization: Organization
    on: date
    decided: date | None
    ceremony: date
    official: date | None = None
    youth: bool = False
    entry: str = Entry.OPENING
    consent: Document | None = None
    before: EarlierAdmission | None = None
    candidate: int | None = None
    others: frozenset[str] = frozenset()
    decision: Document | None = None
    official_decision: Document | None = None


def check_brought(row):
    """Refused for an Arrival of somebody who is not admitted here, or whose days do not follow one another."""
    _check_dates(row)
    if row.entry not in ADMITTED_BEFORE:
        raise Refused(f"{row.member}: dùng việc kết nạp để ghi người mới vào Đảng.")
    if row.on < row.ceremony:
        raise Refused(f"{row.member}: ngày vào danh sách {day_in_words(row.on)} trước ngày kết nạp.")


def check_admitted(row):
    """Refused for an Arrival of somebody who is not admitted, or whose days and papers do not fit."""
    _check_dates(row)
    if row.entry not in (Entry.ADMITTED, Entry.READMITTED, Entry.RESTORED):
        raise Refused(f"{row.member}: hình thức kết nạp không hợp lệ.")
    if row.on != row.ceremony:
        raise Refused(f"{row.member}: sinh hoạt tại chi bộ tính từ ngày làm lễ kết nạp.")
    check_consent(row)


def _check_before(row):
    """Refused unless the earlier admission of somebody new who comes back into the Party is told as it counts."""
    before, again = row.before, row.entry if not row.member.pk else None
    if before is None and again == Entry.RESTORED:
        raise Refused(
            f"{row.member}: phục hồi đảng tịch cần ngày quyết định và ngày làm lễ kết nạp trước đây, vì tuổi Đảng tính từ "
            "đó."
        )
    if before is None:
        return
    if again not in (Entry.READMITTED, Entry.RESTORED) or (before.left is None) is (again == Entry.READMITTED):
        raise Refused(
            f"{row.member}: lần kết nạp trước đây chỉ ghi cho người chưa có hồ sơ, khi phục hồi đảng tịch, hoặc khi kết nạp "
            "lại kèm ngày ra khỏi Đảng."
        )
    days = [day for day in (before.decided, before.ceremony, before.official, before.left, row.decided) if day]
    for day in days:
        require_past(day, row.member)
    if days != sorted(days):
        raise Refused(
            f"{row.member}: các ngày phải theo thứ tự: quyết định kết nạp, lễ kết nạp, chính thức, ra khỏi Đảng, quyết định "
            f"{'phục hồi' if again == Entry.RESTORED else 'kết nạp lại'}. Hãy xem lại."
        )
    check_admission(replace(row, decided=before.decided, ceremony=before.ceremony))


def _check_dates(row):
    for day in (row.on, row.decided, row.ceremony, row.official):
        if day:
            require_past(day, row.member)
    check_life(row.member, row.on)
    check_admission(row)
    _check_before(row)
    if row.ceremony < row.decided:
        raise Refused(
            f"{row.member}: ngày làm lễ {day_in_words(row.ceremony)} trước ngày quyết định {day_in_words(row.decided)}."
        )
    if row.official and row.official < row.ceremony:
        raise Refused(f"{row.member}: ngày chính thức trước ngày kết nạp.")
