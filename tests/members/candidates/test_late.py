"""An admission recorded after the cell passed its candidates on, dated before it (members/candidates/follow.py)."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.candidates import steps as candidates
from members.candidates.steps import Ceremony
from members.models import Admission, Membership, Stage
from members.register import arrivals
from tests.members.candidates.way import BORN, DAYS, bring, recommend, steps
from tests.standing import standing
from tests.world import refused

pytestmark = pytest.mark.django_db
CEREMONY, ENDED, AGAIN = date(2018, 9, 20), date(2018, 10, 1), date(2018, 11, 1)
REORGANIZED = "Sau đó đã có việc “{}” (ghi ngày {:%d/%m/%Y}) dựa trên việc này. Hãy hủy việc đó trước."


def faults():
    return [finding.sentence for outcome in outcomes() for finding in outcome.findings]


@pytest.fixture
def passed_on(world):
    """Decided on in DB01-01, passed on to DB02-01 and from there to DB03-02: the candidate."""
    candidate = recommend(world)
    bring(world, candidate, Stage.DECIDED)
    world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": "DB02-02"}, ENDED)
    world.merge("DB02", "DB03", {"DB02-01": "DB03-02", "DB02-02": "DB03-02"}, AGAIN)
    assert steps(candidate)[4:] == [(Stage.DECIDED, ENDED, "DB02-01"), (Stage.DECIDED, AGAIN, "DB03-02")]
    return candidate


def admit_from(world, candidate, on):
    row = Ceremony(candidate=candidate, on=on, ethnic_group=world.kinh)
    return candidates.admit_from([row], **world.act())[0]


def admit_past(world, candidate, code, on):
    known = {"born": BORN, "decided": DAYS[Stage.DECIDED], "candidate": candidate.pk}
    row = world.newcomer("Trần Mới", code, on, **known)
    return arrivals.admit([row], **world.act())[0]


def way(member):
    rows = Membership.objects.standing().filter(member=member).order_by("starts")
    return [(row.organization.code, row.starts) for row in rows]


@pytest.mark.parametrize(
    "admit",
    [admit_from, lambda world, candidate, on: admit_past(world, candidate, "DB01-01", on)],
    ids=["from", "past"],
)
def test_admitted_before_the_cell_ended_and_recorded_after(world, passed_on, admit):
    before = standing()
    member = admit(world, passed_on, CEREMONY)
    assert steps(passed_on)[4:] == [(Stage.ADMITTED, CEREMONY, "DB01-01")]
    assert Admission.objects.get(member=member).organization.code == "DB01-01"
    assert way(member) == [("DB01-01", CEREMONY), ("DB02-01", ENDED), ("DB03-02", AGAIN)]
    assert faults() == []
    undo(Change.objects.latest("pk"), **world.act(reason="ghi nhầm"))
    assert standing() == before
    assert steps(passed_on)[4:] == [(Stage.DECIDED, ENDED, "DB02-01"), (Stage.DECIDED, AGAIN, "DB03-02")]
    assert faults() == []


def test_admitted_between_two_endings(world, passed_on):
    member = admit_from(world, passed_on, ENDED)
    assert steps(passed_on)[4:] == [(Stage.DECIDED, ENDED, "DB02-01"), (Stage.ADMITTED, ENDED, "DB02-01")]
    assert way(member) == [("DB02-01", ENDED), ("DB03-02", AGAIN)]
    assert faults() == []


def test_before_the_last_step_of_theirs_it_is_refused_by_that_step(world, passed_on):
    with refused(
        "Trần Mới có trong nguồn kết nạp, bước “Đã có quyết định kết nạp” ngày 01/09/2018; "
        "ngày vào danh sách 31/08/2018 không thể trước ngày đó."
    ):
        row = world.newcomer("Trần Mới", "DB01-01", date(2018, 8, 31), born=BORN, candidate=passed_on.pk)
        arrivals.admit([row], **world.act())


def test_the_reorganization_is_undone_after_the_admission_and_never_under_a_later_step(world):
    candidate = recommend(world)
    bring(world, candidate, Stage.DOSSIER)
    world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": "DB02-02"}, ENDED)
    merger = Change.objects.latest("pk")
    admit_past(world, candidate, "DB01-01", CEREMONY)
    admission = Change.objects.latest("pk")
    with refused(
        REORGANIZED.format("Kết nạp đảng viên", admission.at),
        "Trần Mới được ghi vào DB01-01 từ ngày 20/09/2018 sau việc này; hãy hủy việc ghi đó trước.",
    ):
        undo(merger, **world.act(reason="nhầm"))
    undo(admission, **world.act(reason="nhầm"))
    candidates.advance([(candidate, Stage.DECIDED, ENDED)], **world.act())
    decided = Change.objects.latest("pk")
    with refused("Trần Mới: sau đó đã ghi “Đã có quyết định kết nạp” ngày 01/10/2018. Hãy hủy việc đó trước."):
        undo(merger, **world.act(reason="nhầm"))
    undo(decided, **world.act(reason="nhầm"))
    undo(merger, **world.act(reason="nhầm"))
    assert steps(candidate)[-1] == (Stage.DOSSIER, DAYS[Stage.DOSSIER], "DB01-01")
    assert len(steps(candidate)) == 3
    assert faults() == []
