"""Who comes onto the roll, as the verbs of the register are told, and what must fit before it is written. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from ledger.acts import Refused, require_past
from ledger.numbers import day as in_words

from .ages import check_admission, check_consent, check_life
from .models import Entry, Member
from .way_back import ADMITTED_BEFORE


@dataclass(frozen=True, kw_only=True)
class Before:
    """How somebody new to this register, who is restored, was admitted elsewhere; `official`: None for who was on probation."""

    decided: date
    ceremony: date
    official: date | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A person who comes onto the roll. `member` unsaved, or saved when they were known before.

    Dates: `on` from which they belong to `organization`; `decided`, `ceremony` of their admission; `official`
    when they were recognised, None while on probation. `consent`: the provincial committee's paper for one over sixty.
    `candidate`: the id of whom they were in the pipeline, which closes with it (candidates_follow.py).
    `before`: the admission of somebody new who is restored.
    `others`: keys of the people alike that whoever enters them has seen: another person's (candidates_alike.py).
    """

    member: Member
    organization: object
    on: date
    decided: date
    ceremony: date
    official: date | None = None
    youth: bool = False
    entry: str = Entry.OPENING
    consent: object = None
    before: Before | None = None
    candidate: int | None = None
    others: frozenset = frozenset()


def check_brought(row):
    """Refused for an Arrival of somebody who is not admitted here, or whose days do not follow one another."""
    _check_dates(row)
    if row.entry not in ADMITTED_BEFORE:
        raise Refused(f"{row.member}: dùng việc kết nạp để ghi người mới vào Đảng.")
    if row.on < row.ceremony:
        raise Refused(f"{row.member}: ngày vào danh sách {in_words(row.on)} trước ngày kết nạp.")


def check_admitted(row):
    """Refused for an Arrival of somebody who is not admitted, or whose days and papers do not fit."""
    _check_dates(row)
    if row.entry not in (Entry.ADMITTED, Entry.READMITTED, Entry.RESTORED):
        raise Refused(f"{row.member}: hình thức kết nạp không hợp lệ.")
    if row.on != row.ceremony:
        raise Refused(f"{row.member}: sinh hoạt tại chi bộ tính từ ngày làm lễ kết nạp.")
    check_consent(row)
    _check_before(row)


def _check_before(row):
    """Refused for somebody new who is restored without the admission that is given back to them."""
    if row.entry != Entry.RESTORED or row.member.pk:
        return
    if row.before is None:
        raise Refused(
            f"{row.member}: phục hồi đảng tịch cần ngày quyết định và ngày làm lễ kết nạp trước đây, vì tuổi Đảng tính từ "
            "đó."
        )
    days = [day for day in (row.before.decided, row.before.ceremony, row.before.official, row.decided) if day]
    for day in days:
        require_past(day, row.member)
    if days != sorted(days):
        raise Refused(
            f"{row.member}: các ngày phải theo thứ tự: quyết định kết nạp, lễ kết nạp, chính thức, quyết định phục hồi. "
            "Hãy xem lại."
        )
    check_admission(replace(row, decided=row.before.decided, ceremony=row.before.ceremony))


def _check_dates(row):
    for day in (row.on, row.decided, row.ceremony, row.official):
        if day:
            require_past(day, row.member)
    check_life(row.member, row.on)
    check_admission(row)
    if row.ceremony < row.decided:
        raise Refused(
            f"{row.member}: ngày làm lễ {in_words(row.ceremony)} trước ngày quyết định {in_words(row.decided)}."
        )
    if row.official and row.official < row.ceremony:
        raise Refused(f"{row.member}: ngày chính thức trước ngày kết nạp.")
