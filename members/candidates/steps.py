"""Verbs of the pipeline of admissions: recommend, advance, stop, admit (domain §4.3); amend: amendments.py.

Each takes many rows, locks, judges each by one pure rule and writes in bulk. A step entered in error is taken back
with ledger/undo.py. What closes or moves a candidate from outside, an admission typed anew, a cell that ends, is
members/candidates/follow.py. Acts that name somebody wait until nobody else is writing: whoever is just being admitted
has no row yet that could be locked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ledger.acts import Refused, act, require_past, void
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.text import clean, within_sentence
from members.identity.ages import YOUNGEST, birth_fault, months_old
from members.identity.alike import require_unknown
from members.identity.likeness import SAME_NAME_AND_BIRTH, Likeness, PerhapsKnown, take_turn
from members.models import (
    WAITING,
    Candidate,
    CandidateRecord,
    CandidateStep,
    Entry,
    EthnicGroup,
    Member,
    Precision,
    Stage,
)
from members.register import arrivals
from members.register.arriving import Arrival
from members.register.onward import Courses
from members.register.places import check_places
from members.standing_candidates import StandingCandidate, known_of
from members.verbs import CandidateVerb
from organizations.models import Organization

AMENDED = ("full_name", "given_name", "sex", "birth_date", "youth")


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """A person the cell `organization` recommends on `on`.

    `others`: keys of the people alike that whoever recommends has seen, another person's (members/identity/alike.py).
    """

    full_name: str
    sex: str
    birth_date: date
    organization: Organization
    on: date
    youth: bool = False
    given_name: str = ""
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Ceremony:
    """A candidate is admitted on the day of the ceremony, with what the register needs beyond the pipeline.

    `youth`: whether a youth-union member on that day; None: as the pipeline says. `consent`: the paper
    for one over sixty. `others`: as of an Arrival.
    """

    candidate: Candidate
    on: date
    ethnic_group: EthnicGroup
    youth: bool | None = None
    consent: Document | None = None
    others: frozenset[str] = frozenset()


def recommend(
    rows: Iterable[Recommendation], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Candidate]:
    """Brings people into the pipeline. `rows`: Recommendations. Returns the Candidates."""
    rows = list(rows)
    with act(
        CandidateVerb.RECOMMEND, by=by, on=on, document=document, reason=reason, alone=True, undoable=True
    ) as change:
        for row in rows:
            check_person(row.full_name, row.birth_date, row.on)
            require_past(row.on, row.full_name)
        check_places((row.organization, row.on, row.full_name) for row in rows)
        records = [CandidateRecord(**{name: getattr(row, name) for name in AMENDED}, added=change) for row in rows]
        require_unknown(records, [row.others for row in rows], by)
        candidates = Candidate.objects.bulk_create(Candidate(added=change) for _ in rows)
        for candidate, record in zip(candidates, records, strict=True):
            record.candidate = candidate
        CandidateRecord.objects.bulk_create(records)
        courses = Courses(row.organization.pk for row in rows)
        CandidateStep.objects.bulk_create(
            step
            for c, row in zip(candidates, rows, strict=True)
            for step in _first_steps(c, courses.of(row.organization.pk, row.on, row.full_name), change)
        )
        return candidates


def _first_steps(
    candidate: Candidate, course: Iterable[tuple[int, date, date]], change: Change
) -> Iterator[CandidateStep]:
    """The recommendation, and where the candidate was passed on to since the cell ended (members/register/onward.py)."""
    for n, (cell, day, _) in enumerate(course):
        yield CandidateStep(
            candidate=candidate, organization_id=cell, stage=Stage.RECOMMENDED, on=day, passed=n > 0, added=change
        )


def advance(
    rows: Iterable[tuple[Candidate, int, date]],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Records the next step of candidates. `rows`: [(Candidate, Stage, day)]."""
    rows = list(rows)
    with act(CandidateVerb.ADVANCE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        known = lock([candidate for candidate, _, _ in rows])
        for candidate, stage, day in rows:
            _check_next(known[candidate.pk], stage, day)
        _write([(known[candidate.pk], stage, day, "") for candidate, stage, day in rows], change)


def stop(
    rows: Iterable[tuple[Candidate, int, date, str]],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Closes candidacies that come to nothing. `rows`: [(Candidate, Stage.STOPPED or WITHDRAWN, day, why)]."""
    rows = list(rows)
    with act(CandidateVerb.STOP, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        known = lock([candidate for candidate, _, _, _ in rows])
        for candidate, stage, day, why in rows:
            candidacy = known[candidate.pk]
            if stage not in (Stage.STOPPED, Stage.WITHDRAWN):
                raise Refused(f"{candidacy.record}: hãy chọn thôi xét hoặc xin rút.")
            if not clean(why):
                raise Refused(f"{candidacy.record}: {within_sentence(Stage(stage).label)} cần nêu lý do.")
            check_waits(candidacy)
            _check_day(candidacy, day)
        _write([(known[candidate.pk], stage, day, why) for candidate, stage, day, why in rows], change)


def admit_from(
    rows: Iterable[Ceremony], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Member]:
    """Admits candidates whose decision is recorded; the pipeline closes with it. `rows`: Ceremonies. Returns members."""
    rows = list(rows)
    with act(CandidateVerb.ADMIT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        take_turn(candidacy.record for candidacy in known_of({row.candidate.pk for row in rows}).values())
        known = lock([row.candidate for row in rows])
        for row in rows:
            candidacy = known[row.candidate.pk]
            check_waits(candidacy)
            if candidacy.last.stage != Stage.DECIDED:
                raise Refused(f"{candidacy.record}: chưa ghi bước “{Stage.DECIDED.label}”. Hãy ghi bước đó trước.")
        try:
            return arrivals.take_in([_arrival(known[row.candidate.pk], row) for row in rows], change)
        except PerhapsKnown as refused:
            raise PerhapsKnown([_was_member(likeness) for likeness in refused.alike], refused.alike) from refused


def close(rows: Iterable[tuple[StandingCandidate, Member, int, date]], change: Change) -> None:
    """Ends candidacies with an admission, inside another verb's act. `rows`: (Known as locked, Member, cell's id, day).

    Recorded late, as of a day before the candidate was passed on, it leaves nothing to pass on.
    """
    rows = list(rows)
    never_passed = [step.pk for candidacy, _, _, day in rows for step in candidacy.steps if step.on > day]
    void(CandidateStep.objects.filter(pk__in=never_passed), change)
    CandidateStep.objects.bulk_create(
        CandidateStep(
            candidate_id=candidacy.last.candidate_id,
            organization_id=cell,
            stage=Stage.ADMITTED,
            on=day,
            member=member,
            added=change,
        )
        for candidacy, member, cell, day in rows
    )


def _was_member(likeness: Likeness) -> str:
    member, why = likeness.member, likeness.why
    if why == SAME_NAME_AND_BIRTH:
        return f"{member} đã từng là đảng viên. Hãy kết nạp lại từ hồ sơ đảng viên."
    return (
        f"{member}, sinh {member.born}, có hồ sơ đảng viên số {member.pk} ({why}). Nếu là một người, hãy kết nạp lại từ hồ "
        "sơ đảng viên; nếu là người khác thì xác nhận như vậy rồi ghi lại."
    )


def _arrival(here: StandingCandidate, row: Ceremony) -> Arrival:
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
        candidate=row.candidate.pk,
        others=row.others,
    )


def lock(candidates: Iterable[Candidate]) -> dict[int, StandingCandidate]:
    """Locks the candidates in order of id; {id: Known}. Refused for one that does not stand."""
    ids = sorted({candidate.pk for candidate in candidates})
    list(Candidate.objects.locked().filter(pk__in=ids).order_by("pk"))
    return known_of(ids)


def _write(rows: Iterable[tuple[StandingCandidate, int, date, str]], change: Change) -> None:
    """`rows`: [(Known, stage, day, why)]; each step in the cell the candidate belongs to."""
    CandidateStep.objects.bulk_create(
        CandidateStep(
            candidate_id=candidacy.last.candidate_id,
            organization=candidacy.last.organization,
            stage=stage,
            on=day,
            reason=why,
            added=change,
        )
        for candidacy, stage, day, why in rows
    )


def check_person(name: str, born: date, day: date) -> None:
    """Refused for one who may not be in the pipeline from `day`: without a name, too young, born at no possible time."""
    if not clean(name):
        raise Refused("Người được giới thiệu chưa có tên.")
    if fault := birth_fault(born, Precision.DAY, day):
        raise Refused(f"{clean(name)} {fault}. Hãy xem lại năm sinh.")
    if months_old(born, Precision.DAY, day) < 12 * YOUNGEST:
        raise Refused(f"{clean(name)} chưa đủ {YOUNGEST} tuổi vào ngày giới thiệu {day_in_words(day)}.")


def check_waits(here: StandingCandidate) -> None:
    """Refused for a candidate who is out of the pipeline."""
    if not here.waits:
        raise Refused(
            f"{here.record} không còn trong nguồn kết nạp: {within_sentence(here.last.get_stage_display())} "
            f"ngày {day_in_words(here.last.on)}."
        )


def _check_day(here: StandingCandidate, day: date) -> None:
    require_past(day, here.record)
    if day < here.last.on:
        what = "do sắp xếp tổ chức" if here.last.passed else f"“{here.last.get_stage_display()}”"
        raise Refused(
            f"{here.record}: ngày {day_in_words(day)} trước bước liền trước ({what}, ngày {day_in_words(here.last.on)}). "
            "Hãy xem lại ngày."
        )


def _check_next(here: StandingCandidate, stage: int, day: date) -> None:
    check_waits(here)
    if stage not in WAITING:
        raise Refused(f"{here.record}: “{Stage(stage).label}” được ghi bằng việc riêng.")
    if stage <= here.last.stage:
        told = day_in_words(here.day_of(stage))
        raise Refused(f"{here.record}: đã có người ghi bước “{Stage(stage).label}” ngày {told}. Hãy xem lại.")
    if stage != here.last.stage + 1:
        wanted = Stage(here.last.stage + 1)
        raise Refused(f"{here.record}: chưa ghi bước “{wanted.label}”. Hãy ghi bước đó trước.")
    _check_day(here, day)
