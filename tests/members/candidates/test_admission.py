"""The way out of the pipeline: by the ceremony, past the pipeline, and taken back (domain §4.3)."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from members.candidates import steps as candidates
from members.candidates.amendments import amend
from members.candidates.steps import Ceremony
from members.identity.likeness import ANYBODY, PerhapsKnown
from members.models import Admission, CandidateStep, Exit, Membership, Stage
from members.register import arrivals
from members.verbs import CandidateVerb
from tests.members.candidates.way import BORN, DAYS, bring, recommend, steps
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db


def admit_from(world, *found, on=date(2018, 9, 20), **more):
    rows = [Ceremony(candidate=c, on=on, ethnic_group=world.kinh, **more) for c in found]
    return candidates.admit_from(rows, **world.act())


def test_admission_closes_the_pipeline(world):
    one, other = recommend(world, "Trần Mới", "Trần Khác")
    bring(world, one, Stage.DECIDED)
    with refused("Trần Khác: chưa ghi bước “Đã có quyết định kết nạp”. Hãy ghi bước đó trước."):
        admit_from(world, one, other)
    (member,) = admit_from(world, one)
    assert steps(one)[-1] == (Stage.ADMITTED, date(2018, 9, 20), "DB01-01")
    assert CandidateStep.objects.get(candidate=one, stage=Stage.ADMITTED).member == member
    admission = Admission.objects.get(member=member)
    assert (admission.decided, admission.ceremony, admission.youth) == (date(2018, 9, 1), date(2018, 9, 20), True)
    assert admission.organization == world.org["DB01-01"]
    with refused("Trần Mới không còn trong nguồn kết nạp: đã kết nạp ngày 20/09/2018."):
        admit_from(world, one)
    with refused("Trần Mới đã kết nạp. Hãy sửa ở hồ sơ đảng viên."):
        amend({one: {"youth": False}}, **world.act())


def test_many_are_admitted_in_one_act(world):
    found = recommend(world, "Trần Mới", "Trần Khác")
    for candidate in found:
        bring(world, candidate, Stage.DECIDED)
    members = admit_from(world, *found, youth=False)
    assert [m.full_name for m in members] == ["Trần Mới", "Trần Khác"]
    assert set(Admission.objects.filter(member__in=members).values_list("youth", "added__verb")) == {
        (False, CandidateVerb.ADMIT)
    }


def test_a_ceremony_before_the_decision_is_refused(world):
    candidate = recommend(world)
    bring(world, candidate, Stage.DECIDED)
    with refused("Trần Mới: ngày làm lễ 31/08/2018 trước ngày quyết định 01/09/2018."):
        admit_from(world, candidate, on=date(2018, 8, 31))


NOBODY = frozenset()


def test_who_is_admitted_past_the_pipeline_is_asked_about_and_waits_no_longer(world):
    one, other = recommend(world, "Trần Mới", "Trần Khác")
    bring(world, one, Stage.CLASS)

    def row(born=BORN, **said):
        said = {"others": NOBODY, **said}
        return world.newcomer("trần mới", "DB02-01", date(2018, 10, 1), born=born, **said)

    slipped = date(1995, 3, 21)
    for born, why in ((BORN, "cùng họ tên và ngày sinh"), (slipped, "cùng họ tên, ngày sinh lệch một chữ số")):
        asked = (
            f"trần mới, sinh {born:%d/%m}/1995, có thể đã được ghi: trong nguồn kết nạp của DB01-01 ({why}). Hãy xem "
        )
        asked += (
            "lại: nếu là một người thì chọn người ấy trong nguồn; nếu là người khác thì xác nhận như vậy rồi ghi lại."
        )
        with refused(asked):
            arrivals.admit([row(born)], **world.act())
    for wrong in (other.pk, 999_999):
        with refused("trần mới: không tìm thấy người ấy trong nguồn kết nạp. Hãy tải lại trang."):
            arrivals.admit([row(candidate=wrong)], **world.act())
    with refused("Một người trong nguồn kết nạp được ghi cho hai đồng chí. Hãy xem lại."):
        arrivals.admit([row(candidate=one.pk), row(slipped, candidate=one.pk)], **world.act())
    with refused("trần mới, sinh 20/03/1995, được ghi hai lần."):
        arrivals.admit([row(), row()], **world.act())
    arrivals.admit([row(others=frozenset({f"ng{one.pk}"}))], **world.act())
    assert len(steps(one)) == 2
    seen = frozenset({f"dv{Membership.objects.latest('pk').member_id}"})
    (member,) = arrivals.admit([row(slipped, candidate=one.pk, others=seen)], **world.act())
    assert steps(one)[-1] == (Stage.ADMITTED, date(2018, 10, 1), "DB02-01")
    assert CandidateStep.objects.get(candidate=one, stage=Stage.ADMITTED).member == member
    with refused("Trần Mới không còn trong nguồn kết nạp: đã kết nạp ngày 01/10/2018."):
        arrivals.admit([row(candidate=one.pk, others=ANYBODY)], **world.act())
    assert len(steps(other)) == 1
    before = {"decided": date(2016, 5, 1), "ceremony": date(2016, 5, 19), "official": date(2017, 5, 19)}
    coming = {"born": BORN, "entry": "ARRIVED", "candidate": other.pk, **before}
    arrivals.enroll([world.arrival("Trần Khác", "DB02-01", date(2018, 11, 1), **coming)], **world.act())
    assert steps(other)[-1] == (Stage.ADMITTED, date(2018, 11, 1), "DB02-01")


def test_an_admission_before_the_last_step_is_refused(world):
    candidate = recommend(world)
    bring(world, candidate, Stage.CLASS)
    row = world.newcomer("Trần Mới", "DB01-01", date(2018, 4, 1), born=BORN, candidate=candidate.pk)
    with refused(
        "Trần Mới có trong nguồn kết nạp, bước “Đã học lớp nhận thức về Đảng” ngày 02/04/2018; "
        "ngày vào danh sách 01/04/2018 không thể trước ngày đó."
    ):
        arrivals.admit([row], **world.act())


def test_who_was_a_member_before_is_admitted_again_from_the_record(world):
    world.leave("An", date(2016, 5, 1), Exit.RESIGNED)
    with refused(
        "Lê An, sinh 15/06/1980, có thể đã được ghi: Lê An, sinh 15/06/1980, hồ sơ đảng viên số "
        f"{world.people['An'].pk} (cùng họ tên và ngày sinh). Hãy xem lại trước khi ghi."
    ):
        recommend(world, "Lê An", born=date(1980, 6, 15))
    seen = frozenset({f"dv{world.people['An'].pk}"})
    candidate = recommend(world, "Lê An", born=date(1980, 6, 15), others=seen)[0]
    bring(world, candidate, Stage.DECIDED)
    with refused("Lê An đã từng là đảng viên. Hãy kết nạp lại từ hồ sơ đảng viên."):
        admit_from(world, candidate)
    again = {"member": world.people["An"], "entry": "READMITTED"}
    with pytest.raises(PerhapsKnown, match="trong nguồn kết nạp của DB01-01"):
        arrivals.admit([world.newcomer("", "DB01-02", date(2018, 9, 20), **again, others=NOBODY)], **world.act())
    row = world.newcomer("", "DB01-02", date(2018, 9, 20), **again, candidate=candidate.pk)
    arrivals.admit([row], **world.act())
    assert steps(candidate)[-1] == (Stage.ADMITTED, date(2018, 9, 20), "DB01-02")


def test_a_step_entered_in_error_is_taken_back(world):
    candidate = recommend(world)
    recommended = Change.objects.latest("pk")
    bring(world, candidate, Stage.DECIDED)
    decided = Change.objects.latest("pk")
    (member,) = admit_from(world, candidate)
    with refused("Trần Mới: sau đó đã ghi “Đã kết nạp” ngày 20/09/2018. Hãy hủy việc đó trước."):
        undo(decided, by=world.by, on=TODAY, reason="Nhầm")
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Nhầm")
    assert steps(candidate)[-1][0] == Stage.DECIDED
    assert not Membership.objects.standing().filter(member=member).exists()
    undo(decided, by=world.by, on=TODAY, reason="Nhầm")
    assert steps(candidate)[-1][0] == Stage.DOSSIER
    later = {c.pk: c for c in Change.objects.filter(verb=CandidateVerb.ADVANCE, undone__isnull=True)}
    with refused(
        *(
            f"Sau đó đã có việc “Bước trong nguồn kết nạp” (ghi ngày {c.at:%d/%m/%Y}) dựa trên việc này. "
            "Hãy hủy việc đó trước."
            for c in later.values()
        )
    ):
        undo(recommended, by=world.by, on=TODAY, reason="Nhầm")


def test_undoing_the_admission_typed_past_the_pipeline_opens_it_again(world):
    candidate = recommend(world)
    arrivals.admit([world.newcomer("Trần Mới", "DB01-01", date(2018, 4, 1), born=BORN)], **world.act())
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Nhầm người")
    assert steps(candidate) == [(Stage.RECOMMENDED, DAYS[Stage.RECOMMENDED], "DB01-01")]
