"""The pipeline of admissions as its verbs keep it: steps in order, days in order, records corrected (domain §4.3)."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from ledger.web.opened import Overtaken
from members.candidates import steps as candidates
from members.candidates.amendments import amend, texts
from members.models import CandidateRecord, CandidateStep, Sex, Stage
from tests.members.candidates.way import DAYS, bring, person, recommend, steps
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db


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
