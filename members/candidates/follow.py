"""What moves or closes a candidacy from outside: an admission in the register, a cell that ends, an undone act.

A cell that ends passes its candidates to the cell that received most of its people that day, else to its principal
successor; from a cell that goes out of the register they go along. A reorganization that leaves them nowhere is refused.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from ledger.acts import Refused
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from members.candidates_visibility import candidates_open_to_writer
from members.identity.likeness import resemblance
from members.models import Candidate, CandidateStep, Stage
from members.register.arriving import Arrival
from members.register.onward import receiver
from members.standing_candidates import known_of
from organizations.models import CELLS, Organization, OrganizationSpell, OutsideTransfer

from .steps import check_waits, close, lock

A_DAY = timedelta(days=1)


def close_said(rows: Iterable[Arrival], change: Change) -> None:
    """Follower of members/register/places.py: whoever is said to have been a candidate waits no longer. `rows`: Arrivals."""
    said = [(row, row.candidate) for row in rows if row.candidate]
    if not said:
        return
    known = lock(Candidate.objects.filter(pk__in=[candidate for _, candidate in said]))
    open_ = candidates_open_to_writer(change.by, known)
    for row, candidate in said:
        candidacy = known.get(candidate)
        if candidacy is None or candidate not in open_ or not resemblance(row.member, candidacy.record):
            raise Refused(f"{row.member}: không tìm thấy người ấy trong nguồn kết nạp. Hãy tải lại trang.")
        check_waits(candidacy)
        if row.on < candidacy.own.on:
            raise Refused(
                f"{row.member} có trong nguồn kết nạp, bước “{candidacy.own.get_stage_display()}” ngày "
                f"{day_in_words(candidacy.own.on)}; ngày vào danh sách {day_in_words(row.on)} không thể trước ngày đó."
            )
    if len({candidate for _, candidate in said}) < len(said):
        raise Refused("Một người trong nguồn kết nạp được ghi cho hai đồng chí. Hãy xem lại.")
    close([(known[candidate], row.member, row.organization.pk, row.on) for row, candidate in said], change)


def pass_on(change: Change) -> None:
    """Follower of organizations/reorganize.py: candidates of cells that ended go where their people went."""
    stranded = list(_stranded())
    if not stranded:
        return
    ended = _ends({step.organization_id for step in stranded})
    sent = OutsideTransfer.objects.standing().filter(came=False, organization__in=ended)
    stranded = _stopped(stranded, ended, dict(sent.values_list("organization_id", "elsewhere")), change)
    receivers = {pk: receiver(pk, day) for pk, day in ended.items()}
    for step in stranded:
        if receivers[step.organization_id] is None:
            raise Refused(
                f"Tổ chức {step.organization.code} còn người trong nguồn kết nạp mà không có chi bộ tiếp nhận. "
                "Hãy chỉ định chi bộ tiếp nhận đảng viên, hoặc đưa họ ra khỏi nguồn trước."
            )
    CandidateStep.objects.bulk_create(
        CandidateStep(
            candidate_id=step.candidate_id,
            organization_id=receivers[step.organization_id],
            stage=step.stage,
            on=ended[step.organization_id],
            passed=True,
            added=change,
        )
        for step in stranded
    )


def _stopped(
    stranded: Collection[CandidateStep], ended: Mapping[int, date], sent: Mapping[int, str], change: Change
) -> list[CandidateStep]:
    """Those of `stranded` who waited in no cell that went out of the register; the others went along and wait no more.

    `sent`: {organization id: to where it went}. Theirs is a step of its last day here.
    """
    CandidateStep.objects.bulk_create(
        CandidateStep(
            candidate_id=step.candidate_id,
            organization_id=step.organization_id,
            stage=Stage.STOPPED,
            on=ended[step.organization_id] - A_DAY,
            reason=f"theo tổ chức chuyển đi: {sent[step.organization_id]}",
            added=change,
        )
        for step in stranded
        if step.organization_id in sent
    )
    return [step for step in stranded if step.organization_id not in sent]


def _stranded() -> Iterator[CandidateStep]:
    """The last step of each candidate who waits in what is no cell any more."""
    cells = OrganizationSpell.objects.standing().filter(ends=FOREVER, kind__in=CELLS).values("organization")
    rows = CandidateStep.objects.standing().exclude(organization__in=cells)
    gone = set(rows.values_list("organization", flat=True))
    for known in known_of(sorted(set(rows.values_list("candidate", flat=True)))).values():
        if known.waits and known.last.organization_id in gone:
            yield known.last


def _ends(ids: Collection[int]) -> dict[int, date]:
    """{organization id: the day from which it is no cell}"""
    spells = OrganizationSpell.objects.standing().filter(organization__in=ids, kind__in=CELLS).order_by("ends")
    return dict(spells.values_list("organization_id", "ends"))


def steps_left_behind(organizations: Iterable[Organization], day: date) -> Iterator[str]:
    """Guard of organizations/reorganize.py: no step may lie in an organization on a day when it is gone."""
    codes = {o.pk: o.code for o in organizations}
    later = CandidateStep.objects.standing().filter(organization__in=codes, on__gte=day)
    for pk in set(later.values_list("organization_id", flat=True)):
        yield (
            f"Tổ chức {codes[pk]} có việc trong nguồn kết nạp từ ngày {day_in_words(day)} trở đi; "
            "ngày kết thúc phải sau đó."
        )


def steps_resting_on(change: Change) -> Iterator[str]:
    """Guard of ledger/undo.py: a step is taken back only while it is the candidate's last."""
    rows = CandidateStep.objects.filter(added=change).exclude(candidate__added=change)
    brought = {as_recorded(step) for step in rows}
    standing = CandidateStep.objects.standing().filter(candidate__in=rows.values("candidate"))
    for known in known_of(sorted(set(standing.values_list("candidate", flat=True)))).values():
        # By what it says: a step that was voided and given back since is another row.
        stands = any(as_recorded(step) in brought for step in known.steps)
        if stands and as_recorded(known.last) not in brought:
            yield (
                f"{known.record}: sau đó đã ghi “{known.last.get_stage_display()}” ngày {day_in_words(known.last.on)}. "
                "Hãy hủy việc đó trước."
            )


def as_recorded(step: CandidateStep) -> tuple[int, int, int, date, bool]:
    """What stays the same of a step that was voided and given back since, which is another row."""
    return step.candidate_id, step.organization_id, step.stage, step.on, step.passed
