"""The pipeline of admissions as its verbs keep it: steps in order, days in order, one way out (domain §4.3)."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from ledger.web.opened import Overtaken
from members.candidates import steps as candidates
from members.candidates.amendments import amend, texts
from members.candidates.steps import Ceremony, Recommendation
from members.identity.likeness import ANYBODY, PerhapsKnown
from members.models import Admission, CandidateRecord, CandidateStep, Exit, Membership, Sex, Stage
from members.register import arrivals
from members.reorganizing import plan
from members.reorganizing.carry_out import merge
from members.verbs import CandidateVerb
from organizations import reorganize
from organizations.forest import Forest
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db

BORN = date(1995, 3, 20)
DAYS = {
    Stage.RECOMMENDED: date(2018, 1, 10),
    Stage.CLASS: date(2018, 4, 2),
    Stage.DOSSIER: date(2018, 7, 5),
    Stage.DECIDED: date(2018, 9, 1),
}


def person(world, name="Trần Mới", code="DB01-01", on=DAYS[Stage.RECOMMENDED], born=BORN, **more):
    return Recommendation(
        full_name=name, sex=Sex.FEMALE, birth_date=born, youth=True, organization=world.org[code], on=on, **more
    )


def recommend(world, *names, **known):
    rows = [person(world, name, **known) for name in names or ["Trần Mới"]]
    found = candidates.recommend(rows, **world.act())
    return found if names else found[0]


def bring(world, candidate, upto):
    """Advances the candidate step by step up to the stage, on the days of DAYS."""
    for stage in Stage:
        if Stage.RECOMMENDED < stage <= upto:
            candidates.advance([(candidate, stage, DAYS[stage])], **world.act())


def steps(candidate):
    """[(stage, day, cell)] that stand."""
    rows = CandidateStep.objects.standing().filter(candidate=candidate).order_by("pk")
    return [(row.stage, row.on, row.organization.code) for row in rows]


def test_from_the_recommendation_to_the_decision(world):
    one, other = recommend(world, "Trần Mới", "Trần  Khác")
    assert CandidateRecord.objects.get(candidate=other).full_name == "Trần Khác"
    bring(world, one, Stage.DECIDED)
    assert steps(one) == [(stage, day, "DB01-01") for stage, day in DAYS.items()]
    assert steps(other) == [(Stage.RECOMMENDED, DAYS[Stage.RECOMMENDED], "DB01-01")]


def test_many_take_a_step_in_one_act(world):
    rows = recommend(world, "Trần Mới", "Trần Khác")
    candidates.advance([(c, Stage.CLASS, DAYS[Stage.CLASS]) for c in rows], **world.act())
    assert {steps(c)[-1][0] for c in rows} == {Stage.CLASS}
    change = Change.objects.latest("pk")
    assert (change.words, change.undoable) == ("Bước trong nguồn kết nạp", True)
    with refused("Trần Khác: đã có người ghi bước “Đã học lớp nhận thức về Đảng” ngày 02/04/2018. Hãy xem lại."):
        candidates.advance(
            [(rows[0], Stage.DOSSIER, DAYS[Stage.DOSSIER]), (rows[1], Stage.CLASS, TODAY)], **world.act()
        )


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"name": " "}, "Người được giới thiệu chưa có tên."),
        (
            {"born": date(2000, 2, 1)},
            "Trần Mới chưa đủ 18 tuổi vào ngày giới thiệu 10/01/2018.",
        ),
        ({"on": date(2018, 12, 15)}, "Trần Mới: ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."),
        ({"code": "DB01"}, "Trần Mới: Tổ chức DB01 không phải chi bộ; đảng viên sinh hoạt ở chi bộ."),
        ({"on": date(2014, 12, 31)}, "Trần Mới: tổ chức DB01-01 không tồn tại vào ngày 31/12/2014."),
    ],
)
def test_who_may_not_be_recommended(world, known, sentence):
    with refused(sentence):
        candidates.recommend([person(world, "Trần Khác"), person(world, **known)], **world.act())


def test_of_age_on_the_day_of_the_recommendation(world):
    recommend(world, born=date(2000, 1, 31))
    assert CandidateRecord.objects.count() == 1


def test_nobody_is_in_the_pipeline_twice(world):
    recommend(world)
    with refused("Trần Khác, sinh 20/03/1995, được ghi hai lần."):
        recommend(world, "Trần Khác", "Trần Khác")
    with refused("tran moi, sinh 20/03/1995, đã có trong nguồn kết nạp của DB01-01."):
        recommend(world, "Trần Khác", "tran moi", code="DB02-01")
    with refused("Lê An, sinh 15/06/1980, đã là đảng viên, đang sinh hoạt ở DB01-01."):
        recommend(world, "Lê An", born=date(1980, 6, 15))
    recommend(world, "Trần Mới", born=date(1987, 3, 20))  # someone else of the name


def test_who_was_stopped_may_be_recommended_again(world):
    candidate = recommend(world)
    candidates.stop([(candidate, Stage.STOPPED, date(2018, 2, 1), "Chuyển công tác")], **world.act())
    again = recommend(world, on=date(2018, 3, 1))
    assert steps(again) == [(Stage.RECOMMENDED, date(2018, 3, 1), "DB01-01")]


@pytest.mark.parametrize(
    ("stage", "day", "sentence"),
    [
        (
            Stage.DOSSIER,
            TODAY,
            "Trần Mới: chưa ghi bước “Đã học lớp nhận thức về Đảng”. Hãy ghi bước đó trước.",
        ),
        (Stage.ADMITTED, TODAY, "Trần Mới: “Đã kết nạp” được ghi bằng việc riêng."),
        (
            Stage.CLASS,
            date(2018, 1, 9),
            "Trần Mới: ngày 09/01/2018 trước bước liền trước (“Đã giới thiệu”, ngày 10/01/2018). Hãy xem lại ngày.",
        ),
        (Stage.CLASS, date(2018, 12, 15), "Trần Mới: ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."),
    ],
)
def test_steps_and_days_keep_their_order(world, stage, day, sentence):
    one, other = recommend(world, "Trần Mới", "Trần Khác")
    with refused(sentence):
        candidates.advance([(other, Stage.CLASS, TODAY), (one, stage, day)], **world.act())
    candidates.advance([(one, Stage.CLASS, DAYS[Stage.RECOMMENDED])], **world.act())  # the same day is in order


def test_who_is_stopped_takes_no_further_step(world):
    one, other = recommend(world, "Trần Mới", "Trần Khác")
    with refused("Trần Khác: xin rút cần nêu lý do."):
        rows = [(one, Stage.STOPPED, TODAY, "Đi học xa"), (other, Stage.WITHDRAWN, TODAY, " ")]
        candidates.stop(rows, **world.act())
    with refused("Trần Mới: hãy chọn thôi xét hoặc xin rút."):
        candidates.stop([(one, Stage.ADMITTED, TODAY, "Đã xong")], **world.act())
    candidates.stop([(one, Stage.WITHDRAWN, date(2018, 5, 1), "Đi học xa")], **world.act())
    assert CandidateStep.objects.get(candidate=one, stage=Stage.WITHDRAWN).reason == "Đi học xa"
    gone = "Trần Mới không còn trong nguồn kết nạp: xin rút ngày 01/05/2018."
    with refused(gone):
        candidates.advance([(one, Stage.CLASS, TODAY)], **world.act())
    with refused(gone):
        candidates.stop([(one, Stage.STOPPED, TODAY, "Lần nữa")], **world.act())


def test_a_correction_voids_and_inserts(world):
    one, other = recommend(world, "Trần Mới", "Trần Khác")
    with refused("Trần Khác: chưa có gì thay đổi."):
        amend({one: {"full_name": "Trần Mười"}, other: {"sex": Sex.FEMALE}}, **world.act())
    with refused("Trần Mới, sinh 20/03/1995, đã có trong nguồn kết nạp của DB01-01."):
        amend({other: {"full_name": "Trần Mới"}}, **world.act())
    with refused("Trần Khác chưa đủ 18 tuổi vào ngày giới thiệu 10/01/2018."):
        amend({other: {"birth_date": date(2000, 6, 1)}}, **world.act())
    amend({one: {"full_name": "Trần Mười", "youth": False}}, **world.act(reason="Ghi nhầm"))
    rows = list(CandidateRecord.objects.filter(candidate=one).order_by("pk"))
    assert [(r.full_name, r.youth, r.voided_id is None) for r in rows] == [
        ("Trần Mới", True, False),
        ("Trần Mười", False, True),
    ]
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Đúng ra là Mới")
    assert CandidateRecord.objects.get(candidate=one, voided__isnull=True).full_name == "Trần Mới"


def test_who_opened_the_record_before_another_corrected_it_is_told(world):
    (one,) = recommend(world, "Trần Mới")

    def now():
        return CandidateRecord.objects.get(candidate=one, voided__isnull=True)

    opened = texts(now())
    differences = {"full_name": "Trần Mười", "sex": Sex.MALE, "birth_date": date(1995, 3, 21), "youth": False}
    amend({one: differences}, opened={one: opened}, **world.act())
    with pytest.raises(Overtaken) as caught:
        amend({one: {"given_name": "Mai"}}, opened={one: opened}, **world.act())
    assert caught.value.messages == [
        "Lý lịch của Trần Mười vừa được người khác sửa: họ và tên nay là “Trần Mười”; giới tính nay là nam; ngày sinh nay "
        "là 21/03/1995; nay không là đoàn viên. Điều đồng chí đã nhập còn nguyên dưới đây; hãy xem lại rồi ghi."
    ]
    assert now().given_name == ""
    amend({one: {"given_name": "Mai"}}, opened={one: texts(now())}, **world.act())
    assert (now().full_name, now().given_name) == ("Trần Mười", "Mai")


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


# Reorganizations

MERGED = date(2018, 6, 15)


def test_a_cell_that_ends_passes_its_candidates_to_the_cell_that_received_its_people(world):
    waiting, stopped = recommend(world, "Trần Mới", "Trần Khác", code="CB01")
    bring(world, waiting, Stage.CLASS)
    candidates.stop([(stopped, Stage.STOPPED, date(2018, 5, 1), "Đi xa")], **world.act())
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MERGED)
    assert steps(waiting)[-1] == (Stage.CLASS, MERGED, "DB01-02")
    assert steps(stopped)[-1] == (Stage.STOPPED, date(2018, 5, 1), "CB01")
    merger = Change.objects.latest("pk")
    world.rename("DB02-01", "Chi bộ Mới", date(2018, 7, 1))  # another change of the tree moves nobody again
    assert len(steps(waiting)) == 3
    with refused(
        "Trần Mới: ngày 14/06/2018 trước bước liền trước (do sắp xếp tổ chức, ngày 15/06/2018). Hãy xem lại ngày."
    ):
        candidates.advance([(waiting, Stage.DOSSIER, date(2018, 6, 14))], **world.act())
    candidates.advance([(waiting, Stage.DOSSIER, MERGED)], **world.act())
    assert steps(waiting)[-1] == (Stage.DOSSIER, MERGED, "DB01-02")
    with refused("Trần Mới: sau đó đã ghi “Đủ hồ sơ” ngày 15/06/2018. Hãy hủy việc đó trước."):
        undo(merger, by=world.by, on=TODAY, reason="Nhầm")
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Nhầm")
    undo(merger, by=world.by, on=TODAY, reason="Nhầm")
    assert len(steps(waiting)) == 2
    assert steps(waiting)[-1] == (Stage.CLASS, DAYS[Stage.CLASS], "CB01")


def test_without_people_the_principal_successor_receives_them_if_it_is_a_cell(world):
    world.found(("CB09", "CBCS", "K"))
    candidate = recommend(world, "Trần Mới", code="CB09")[0]
    with refused(
        "Tổ chức CB09 còn người trong nguồn kết nạp mà không có chi bộ tiếp nhận. "
        "Hãy chỉ định chi bộ tiếp nhận đảng viên, hoặc đưa họ ra khỏi nguồn trước."
    ):
        world.merge("CB09", "DB01", {"CB09": "DB01-01"}, MERGED)
    merge([world.org["CB09"]], world.org["CB01"], cells={world.org["CB09"]: world.org["CB01"]}, **world.act(MERGED))
    assert steps(candidate)[-1] == (Stage.RECOMMENDED, MERGED, "CB01")


def test_a_cell_that_goes_on_under_another_keeps_its_candidates(world):
    candidate = recommend(world, "Trần Mới", code="DB02-01")[0]
    world.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": "DB02-01"}, MERGED)
    reorganize.rename({world.org["DB02-01"]: "Chi bộ Mới"}, **world.act(date(2018, 7, 1)))
    assert len(steps(candidate)) == 1


def test_no_step_is_left_behind_in_a_cell_that_ends(world):
    recommend(world, "Trần Mới", code="CB01", on=MERGED)
    with refused("Tổ chức CB01 có việc trong nguồn kết nạp từ ngày 15/06/2018 trở đi; ngày kết thúc phải sau đó."):
        world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MERGED)


def test_who_is_recommended_late_goes_along_as_those_who_waited_then(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MERGED)
    candidate = recommend(world, code="CB01")
    assert steps(candidate) == [
        (Stage.RECOMMENDED, DAYS[Stage.RECOMMENDED], "CB01"),
        (Stage.RECOMMENDED, MERGED, "DB01-02"),
    ]
    assert [outcome for outcome in outcomes() if not outcome.sound] == []
    candidates.advance([(candidate, Stage.CLASS, MERGED)], **world.act())
    assert steps(candidate)[-1] == (Stage.CLASS, MERGED, "DB01-02")


def test_nobody_is_recommended_late_where_nothing_took_the_cell_over(world):
    world.found(("CB09", "CBCS", "K"))
    world.carry_out(plan.dissolving(Forest.on(MERGED), "CB09"), MERGED)
    with refused(
        "Trần Mới: Tổ chức CB09 thôi là chi bộ từ ngày 15/06/2018, không rõ chi bộ nào tiếp nhận. Hãy ghi vào chi bộ "
        "đang sinh hoạt, hoặc ghi nơi tiếp nhận khi sắp xếp tổ chức trước."
    ):
        recommend(world, code="CB09")
