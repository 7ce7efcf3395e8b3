"""Days of admission and recognition that were recorded wrongly, put right against what everything beside them says.

A correction voids and inserts. What it would make untrue is told before anything is written: whoever cannot be put right here
is put right at the record, where the act behind the day is taken back and recorded anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.acts import Refused, supersede
from ledger.models import Change, Document
from ledger.numbers import day_in_words
from members.badges.awards import is_deserved
from members.badges.party_age import Service
from members.life.probation import may_be_recognised
from members.models import (
    Admission,
    BadgeAward,
    Discipline,
    Entry,
    Exit,
    Extension,
    Member,
    Membership,
    Officialization,
)
from members.register.arriving import Arrival, check_admitted, check_brought
from members.register.bound_to_roll import can_be
from members.register.places import lock
from members.roll.probation_path import Path


@dataclass(frozen=True, kw_only=True)
class DayCorrection:
    """What somebody's days are to be; None for one that stays. `official` may be told of who is not known to be so yet."""

    member: Member
    decided: date | None = None
    ceremony: date | None = None
    official: date | None = None


class RecordedDays:
    """What is recorded of `members` (people or ids) and hangs on these days, read once for all."""

    def __init__(self, members: Collection[Any]) -> None:
        self.members = list(members)
        self.admissions = self._of(Admission, "ceremony", "organization")
        self.officials = self._of(Officialization, "on")
        self.extensions = self._of(Extension, "on")
        self.removals = self._of(Discipline, "on")
        self.badges = self._of(BadgeAward, "on", "level")
        self.spells = self._of(Membership, "starts", "organization")

    def _of(self, model: Any, order: str, *related: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        rows = model.objects.standing().filter(member__in=self.members).select_related(*related)
        for row in rows.order_by(order, "pk"):
            found[row.member_id].append(row)
        return found

    def why_not(self, wanted: DayCorrection, paper: Document | None) -> list[str]:
        """Sentences on what keeps `wanted` from being written by `paper`; none when it can be."""
        pk = wanted.member.pk
        if len(self.admissions[pk]) != 1 or len(self.officials[pk]) > 1:
            what = "chưa có lần kết nạp nào" if not self.admissions[pk] else "có nhiều lần kết nạp hoặc công nhận"
            return [f"{wanted.member} {what} trong sổ. Hãy ghi ở hồ sơ số {pk}."]
        return list(dict.fromkeys(self._faults(wanted, self.admissions[pk][0], paper)))

    def _faults(self, wanted: DayCorrection, stands: Admission, paper: Document | None) -> Iterator[str]:
        pk, member = wanted.member.pk, wanted.member
        if stands.organization and wanted.ceremony not in (None, stands.ceremony):
            yield (
                f"{member} kết nạp ở {stands.organization.code} ngày {day_in_words(stands.ceremony)} và sinh hoạt ở đó từ ngày ấy. "
                f"Muốn đổi ngày làm lễ, hãy mở hồ sơ số {pk}, hủy lần kết nạp rồi ghi lại."
            )
            return
        as_wanted = copy(stands)
        as_wanted.decided, as_wanted.ceremony = wanted.decided or stands.decided, wanted.ceremony or stands.ceremony
        known = self.officials[pk][0].on if self.officials[pk] else None
        official = wanted.official or known
        yield from _refusals(lambda: self._check_arrival(member, as_wanted, official))
        way = Path((as_wanted.ceremony,), (), tuple((row.on, row.until) for row in self.extensions[pk]))
        if wanted.official not in (None, known):
            yield from self._faults_of_recognition(member, way, wanted.official, paper)
        yield from self._faults_beside(member, as_wanted, official)

    def _check_arrival(self, member: Member, stands: Admission, official: date | None) -> None:
        """As whoever comes onto the roll with these days is judged."""
        here = stands.organization is not None
        spells = self.spells[member.pk]
        arrival = Arrival(
            member=member,
            organization=stands.organization or spells[0].organization,
            on=stands.ceremony if here else spells[0].starts,
            decided=stands.decided,
            ceremony=stands.ceremony,
            official=official,
            entry=Entry(stands.kind) if here else Entry.OPENING,
            consent=stands.consent,
        )
        if not here:
            check_brought(arrival)
        elif stands.kind == Admission.Kind.ADMITTED:
            check_admitted(arrival)

    def _faults_of_recognition(self, member: Member, way: Path, day: Any, paper: Document | None) -> Iterator[str]:
        if not can_be(Officialization(member=member, on=day), self.spells[member.pk]):
            yield f"{member} chưa có tên trong danh sách ngày {day_in_words(day)}."
        elif way.since(day) is not None:
            yield from _refusals(lambda: may_be_recognised(member, way, day, paper))

    def _faults_beside(self, member: Member, stands: Admission, official: date | None) -> Iterator[str]:
        """What was recorded of them and would no longer be true."""
        pk = member.pk
        way = Path((stands.ceremony,), (official,) if official else ())
        for row in self.extensions[pk]:
            if way.since(row.on) is None:
                yield f"{member} được gia hạn dự bị ngày {day_in_words(row.on)}; với ngày mới thì khi đó không dự bị."
        expelled = [spell.ends for spell in self.spells[pk] if spell.exit == Exit.EXPELLED]
        removed = [row.on for row in self.removals[pk] if row.kind == Discipline.Kind.REMOVAL]
        for day in (*removed, *expelled):
            if way.since(day):
                yield f"{member} bị kỷ luật ngày {day_in_words(day)} như đảng viên chính thức; với ngày mới thì đang dự bị."
        service = Service.of([stands], [official] if official else [], self.spells[pk])
        for award in self.badges[pk]:
            if not is_deserved(award, service.months(award.on)):
                yield (
                    f"{member} đã nhận Huy hiệu {award.level.years} năm ngày {day_in_words(award.on)}; với ngày mới thì chưa đủ "
                    "tuổi Đảng."
                )


def _refusals(check: Any) -> list[str]:
    try:
        check()
    except Refused as refused:
        return list(refused.messages)
    return []


def correct_within(rows: Iterable[DayCorrection], change: Change) -> None:
    """Inside another verb's act: puts the days right. Refused for what `RecordedDays.why_not` says."""
    rows = list(rows)
    lock([row.member for row in rows])
    recorded = RecordedDays([row.member for row in rows])
    if faults := [sentence for row in rows for sentence in recorded.why_not(row, change.document)]:
        raise Refused(faults)
    admissions, officials, new = [], [], []
    for row in rows:
        stands, known = recorded.admissions[row.member.pk][0], recorded.officials[row.member.pk]
        days = {"decided": row.decided or stands.decided, "ceremony": row.ceremony or stands.ceremony}
        if any(getattr(stands, name) != day for name, day in days.items()):
            admissions.append((stands, days))
        if row.official and known and known[0].on != row.official:
            officials.append((known[0], {"on": row.official}))
        elif row.official and not known:
            new.append(Officialization(member=row.member, on=row.official, added=change))
    supersede(admissions, change)
    supersede(officials, change)
    Officialization.objects.bulk_create(new)
