"""Verbs of the pipeline of admissions: recommend, advance, stop, admit (domain §4.3); amend: candidates_amend.py.

Each takes many rows, locks, judges each by one pure rule and writes in bulk. A step entered in error is taken back
with ledger/undo.py. What closes or moves a candidate from outside, an admission typed anew, a cell that ends, is
members/candidates_follow.py. Acts that name somebody wait until nobody else is writing: whoever is just being admitted
has no row yet that could be locked.
"""

from dataclasses import dataclass
from datetime import date

from ledger.acts import Refused, act, not_ahead
from ledger.numbers import day as in_words
from ledger.text import clean

from . import register
from .candidates_known import key_of, known_of, waiting_people
from .course import Courses
from .duplicates import take_turn
from .models import (
    WAITING,
    Candidate,
    CandidateRecord,
    CandidateStep,
    Entry,
    Member,
    Membership,
    Precision,
    Stage,
    age_on,
)
from .register import YOUNGEST, Arrival, check_places

RECOMMEND = "Giới thiệu vào nguồn kết nạp"
ADVANCE = "Bước trong nguồn kết nạp"
STOP = "Đưa ra khỏi nguồn kết nạp"
AMEND = "Sửa lý lịch trong nguồn kết nạp"
ADMIT = "Kết nạp từ nguồn"
STEPS = (RECOMMEND, ADVANCE, STOP, AMEND)
AMENDED = ("full_name", "given_name", "sex", "birth_date", "youth")


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """A person the cell `organization` recommends on `on`."""

    full_name: str
    sex: str
    birth_date: date
    organization: object
    on: date
    youth: bool = False
    given_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Ceremony:
    """A candidate is admitted on the day of the ceremony, with what the register needs beyond the pipeline.

    `youth`: whether a youth-union member on that day; None: as the pipeline says. `consent`: the provincial
    committee's paper for one over sixty.
    """

    candidate: Candidate
    on: date
    ethnic_group: object
    youth: bool | None = None
    consent: object = None


def recommend(rows, *, by, on, document=None, reason=""):
    """Brings people into the pipeline. `rows`: Recommendations. Returns the Candidates."""
    rows = list(rows)
    with act(RECOMMEND, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        for row in rows:
            check_person(row.full_name, row.birth_date, row.on)
            not_ahead(row.on, row.full_name)
        check_places((row.organization, row.on, row.full_name) for row in rows)
        check_unknown([(row.full_name, row.birth_date) for row in rows])
        found = Candidate.objects.bulk_create(Candidate(added=change) for _ in rows)
        CandidateRecord.objects.bulk_create(
            CandidateRecord(candidate=c, **{name: getattr(row, name) for name in AMENDED}, added=change)
            for c, row in zip(found, rows, strict=True)
        )
        courses = Courses(row.organization.pk for row in rows)
        CandidateStep.objects.bulk_create(
            step
            for c, row in zip(found, rows, strict=True)
            for step in _first_steps(c, courses.of(row.organization.pk, row.on, row.full_name), change)
        )
        return found


def _first_steps(candidate, course, change):
    """The recommendation, and where the candidate was passed on to when the cell has ended since (course.py)."""
    for n, (cell, day, _) in enumerate(course):
        yield CandidateStep(
            candidate=candidate, organization_id=cell, stage=Stage.RECOMMENDED, on=day, passed=n > 0, added=change
        )


def advance(rows, *, by, on, document=None, reason=""):
    """Records the next step of candidates. `rows`: [(Candidate, Stage, day)]."""
    rows = list(rows)
    with act(ADVANCE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        known = lock([candidate for candidate, _, _ in rows])
        for candidate, stage, day in rows:
            _check_next(known[candidate.pk], stage, day)
        _write([(known[candidate.pk], stage, day, "") for candidate, stage, day in rows], change)


def stop(rows, *, by, on, document=None, reason=""):
    """Closes candidacies that come to nothing. `rows`: [(Candidate, Stage.STOPPED or WITHDRAWN, day, why)]."""
    rows = list(rows)
    with act(STOP, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        known = lock([candidate for candidate, _, _, _ in rows])
        for candidate, stage, day, why in rows:
            here = known[candidate.pk]
            if stage not in (Stage.STOPPED, Stage.WITHDRAWN):
                raise Refused(f"{here.record}: hãy chọn thôi xét hoặc xin rút.")
            if not clean(why):
                raise Refused(f"{here.record}: {Stage(stage).label.lower()} cần nêu lý do.")
            _check_waits(here)
            _check_day(here, day)
        _write([(known[candidate.pk], stage, day, why) for candidate, stage, day, why in rows], change)


def admit_from(rows, *, by, on, document=None, reason=""):
    """Admits candidates whose decision is recorded; the pipeline closes with it. `rows`: Ceremonies. Returns members."""
    rows = list(rows)
    with act(ADMIT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        take_turn(here.record for here in known_of({row.candidate.pk for row in rows}).values())
        known = lock([row.candidate for row in rows])
        for row in rows:
            here = known[row.candidate.pk]
            _check_waits(here)
            if here.last.stage != Stage.DECIDED:
                raise Refused(f"{here.record}: chưa ghi bước “{Stage.DECIDED.label}”. Hãy ghi bước đó trước.")
        _check_new([known[row.candidate.pk].record for row in rows])
        # The register tells its followers, and they close the candidacy: one way in, however someone is admitted.
        return register.take_in([_arrival(known[row.candidate.pk], row) for row in rows], change)


def _arrival(here, row):
    record = here.record
    member = Member(
        full_name=record.full_name,
        given_name=record.given_name,
        sex=record.sex,
        birth_date=record.birth_date,
        ethnic_group=row.ethnic_group,
    )
    return Arrival(
        member=member,
        organization=here.cell_on(row.on),
        on=row.on,
        decided=here.day_of(Stage.DECIDED),
        ceremony=row.on,
        youth=record.youth if row.youth is None else row.youth,
        entry=Entry.ADMITTED,
        consent=row.consent,
    )


def lock(candidates):
    """Locks the candidates in order of id; {id: Known}. Refused for one that does not stand."""
    ids = sorted({candidate.pk for candidate in candidates})
    list(Candidate.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk"))
    return known_of(ids)


def _write(rows, change):
    """`rows`: [(Known, stage, day, why)]; each step in the cell the candidate belongs to."""
    CandidateStep.objects.bulk_create(
        CandidateStep(
            candidate_id=here.last.candidate_id,
            organization=here.last.organization,
            stage=stage,
            on=day,
            reason=why,
            added=change,
        )
        for here, stage, day, why in rows
    )


def check_person(name, born, day):
    """Refused for one who may not be in the pipeline from `day`: without a name, too young."""
    if not clean(name):
        raise Refused("Người được giới thiệu chưa có tên.")
    if age_on(born, Precision.DAY, day) < YOUNGEST:
        raise Refused(f"{clean(name)} chưa đủ {YOUNGEST} tuổi vào ngày giới thiệu {in_words(day)}.")


def _check_waits(here):
    if not here.waits:
        raise Refused(
            f"{here.record} không còn trong nguồn kết nạp: {here.last.get_stage_display().lower()} "
            f"ngày {in_words(here.last.on)}."
        )


def _check_day(here, day):
    not_ahead(day, here.record)
    if day < here.last.on:
        what = "do sắp xếp tổ chức" if here.last.passed else f"“{here.last.get_stage_display()}”"
        raise Refused(
            f"{here.record}: ngày {in_words(day)} trước bước liền trước ({what}, ngày {in_words(here.last.on)}). "
            "Hãy xem lại ngày."
        )


def _check_next(here, stage, day):
    _check_waits(here)
    if stage not in WAITING:
        raise Refused(f"{here.record}: “{Stage(stage).label}” được ghi bằng việc riêng.")
    if stage <= here.last.stage:
        day = in_words(here.day_of(stage))
        raise Refused(f"{here.record}: đã có người ghi bước “{Stage(stage).label}” ngày {day}. Hãy xem lại.")
    if stage != here.last.stage + 1:
        wanted = Stage(here.last.stage + 1)
        raise Refused(f"{here.record}: chưa ghi bước “{wanted.label}”. Hãy ghi bước đó trước.")
    _check_day(here, day)


def check_unknown(people, beside=()):
    """Refused for one who waits already, stands on the roll or is named twice. `people`: [(name, day of birth)]."""
    born = {day for _, day in people}
    waiting = {key: step for key, step in waiting_people(born).items() if step.candidate_id not in beside}
    spells = Membership.objects.current().filter(member__birth_date__in=born, ends=register.FOREVER)
    members = {
        key_of(s.member.full_name, s.member.birth_date): s for s in spells.select_related("member", "organization")
    }
    seen = set()
    for name, day in people:
        key, who = key_of(name, day), f"{clean(name)}, sinh {in_words(day)},"
        if key in seen:
            raise Refused(f"{who} được ghi hai lần.")
        if key in waiting:
            raise Refused(f"{who} đã có trong nguồn kết nạp của {waiting[key].organization.code}.")
        if key in members:
            raise Refused(f"{who} đã là đảng viên, đang sinh hoạt ở {members[key].organization.code}.")
        seen.add(key)


def _check_new(records):
    """Refused for one who was a member before: that is an admission again, of the member's own record."""
    rows = Member.objects.filter(voided__isnull=True, birth_date__in={r.birth_date for r in records})
    known = {key_of(m.full_name, m.birth_date) for m in rows}
    for record in records:
        if key_of(record.full_name, record.birth_date) in known:
            raise Refused(f"{record} đã từng là đảng viên. Hãy kết nạp lại từ hồ sơ đảng viên.")
