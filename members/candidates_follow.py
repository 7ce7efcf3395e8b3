"""What moves or closes a candidacy from outside: an admission in the register, a cell that ends, an undone act.

A cell that ends passes its candidates to the cell that received most of its people that day, else to its principal
successor; from a cell that goes out of the register they go along. A reorganization that leaves them nowhere is refused.
"""

from datetime import timedelta

from django.db.models import Q

from ledger.acts import Refused
from ledger.numbers import day as in_words
from ledger.spells import FOREVER
from organizations.models import CELLS, OrganizationSpell, OutsideTransfer

from .candidates import close, lock
from .candidates_known import key_of, known_of, waiting_people
from .candidates_sight import candidates_open_to_writer
from .course import receiver
from .models import Candidate, CandidateStep, Entry, Membership, Stage

A_DAY = timedelta(days=1)
INTO_THE_BOOKS = (Entry.OPENING, Entry.ADMITTED, Entry.READMITTED, Entry.RESTORED, Entry.ARRIVED, Entry.RECEIVED)


def close_admitted(ids, change):
    """Follower of members/register.py: who has just come onto the roll, otherwise than from the pipeline, waits no longer.

    Of several who wait under one name and birth, the one of the cell is meant, else the first recommended; the others
    are for whoever looks after the whole to compare. So are those whom the writer may not see.
    """
    came = _came(ids, change)
    seen = waiting_people({spell.member.birth_date for spell in came}) if came else {}
    closed_already = _from_pipeline([spell.member_id for spell in came], change) if seen else ()
    open_ = candidates_open_to_writer(change.by, {k.last.candidate_id for rows in seen.values() for k in rows})
    meant = {}
    for spell in came:
        waiting = seen.get(key_of(spell.member.full_name, spell.member.birth_date), ())
        waiting = [known for known in waiting if known.last.candidate_id in open_]
        if waiting and spell.member_id not in closed_already:
            known = min(waiting, key=lambda k: (k.last.organization_id != spell.organization_id, k.last.candidate_id))
            meant[known.last.candidate_id] = spell
    closed = []
    for pk, known in _locked(meant).items():
        spell = meant[pk]
        if spell.starts < known.own.on:
            raise Refused(
                f"{spell.member} có trong nguồn kết nạp, bước “{known.own.get_stage_display()}” ngày "
                f"{in_words(known.own.on)}; ngày vào danh sách {in_words(spell.starts)} không thể trước ngày đó."
            )
        closed.append((known, spell.member, spell.organization_id, spell.starts))
    close(closed, change)


def _came(ids, change):
    """The last places by which those of `ids` who are on the roll came into the books in `change`.

    A place that the change only shortened, or gave back, is none by which they came.
    """
    rows = Membership.objects.filter(Q(added=change, voided__isnull=True) | Q(voided=change), member__in=ids)
    rows = list(rows.select_related("member").order_by("starts"))
    before = {(row.member_id, row.starts) for row in rows if row.voided_id}
    new = [row for row in rows if not row.voided_id]
    on_roll = {row.member_id for row in new if row.is_open}
    came = {r.member_id: r for r in new if r.entry in INTO_THE_BOOKS and (r.member_id, r.starts) not in before}
    return [row for pk, row in came.items() if pk in on_roll]


def _from_pipeline(members, change):
    """Ids of those of `members` whom `change` admitted from the pipeline."""
    steps = CandidateStep.objects.filter(added=change, stage=Stage.ADMITTED, member__in=members)
    return set(steps.values_list("member", flat=True))


def _locked(ids):
    """{id: Known} of those of the candidates `ids` who still wait once nobody else can write about them."""
    return {pk: k for pk, k in lock(Candidate.objects.filter(pk__in=ids)).items() if k.waits} if ids else {}


def pass_on(change):
    """Follower of organizations/reorganize.py: candidates of cells that ended go where their people went."""
    stranded = list(_stranded())
    if not stranded:
        return
    ended = _ends({step.organization_id for step in stranded})
    sent = OutsideTransfer.objects.filter(voided__isnull=True, came=False, organization__in=ended)
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


def _stopped(stranded, ended, sent, change):
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


def _stranded():
    """The last step of each candidate who waits in what is no cell any more."""
    cells = OrganizationSpell.objects.current().filter(ends=FOREVER, kind__in=CELLS).values("organization")
    rows = CandidateStep.objects.filter(voided__isnull=True).exclude(organization__in=cells)
    gone = set(rows.values_list("organization", flat=True))
    for known in known_of(sorted(set(rows.values_list("candidate", flat=True)))).values():
        if known.waits and known.last.organization_id in gone:
            yield known.last


def _ends(ids):
    """{organization id: the day from which it is no cell}"""
    spells = OrganizationSpell.objects.current().filter(organization__in=ids, kind__in=CELLS).order_by("ends")
    return dict(spells.values_list("organization_id", "ends"))


def steps_left_behind(organizations, day):
    """Guard of organizations/reorganize.py: no step may lie in an organization on a day when it is gone."""
    codes = {o.pk: o.code for o in organizations}
    later = CandidateStep.objects.filter(voided__isnull=True, organization__in=codes, on__gte=day)
    for pk in set(later.values_list("organization_id", flat=True)):
        yield (
            f"Tổ chức {codes[pk]} có việc trong nguồn kết nạp từ ngày {in_words(day)} trở đi; "
            "ngày kết thúc phải sau đó."
        )


def steps_resting_on(change):
    """Guard of ledger/undo.py: a step is taken back only while it is the candidate's last."""
    rows = CandidateStep.objects.filter(added=change).exclude(candidate__added=change)
    brought = {as_recorded(step) for step in rows}
    standing = CandidateStep.objects.filter(voided__isnull=True, candidate__in=rows.values("candidate"))
    for known in known_of(sorted(set(standing.values_list("candidate", flat=True)))).values():
        # By what it says: a step that was voided and given back since is another row.
        stands = any(as_recorded(step) in brought for step in known.steps)
        if stands and as_recorded(known.last) not in brought:
            yield (
                f"{known.record}: sau đó đã ghi “{known.last.get_stage_display()}” ngày {in_words(known.last.on)}. "
                "Hãy hủy việc đó trước."
            )


def as_recorded(step):
    """What stays the same of a step that was voided and given back since, which is another row."""
    return step.candidate_id, step.organization_id, step.stage, step.on, step.passed
