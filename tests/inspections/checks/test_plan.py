"""The plan of a year: what joins it, what leaves it, what is found, and what is written anew."""

from datetime import date

import pytest

from inspections.checks.register import (
    InspectionPlan,
    NewConclusion,
    add_subjects,
    carry_out,
    conclude,
    drop,
    register_inspections,
)
from inspections.models import Conclusion, Inspection, InspectionSubject
from ledger.acts import UNCHANGED
from ledger.documents import document
from ledger.models import Change
from ledger.undo import undo
from tests.world import TODAY, refused

MAY, JUNE, JULY = date(2018, 5, 2), date(2018, 6, 4), date(2018, 7, 2)
TITLE = "Kiểm tra nghị quyết"


def plan(world, *codes, title=TITLE, year=2018, conductor="K", done=None, **more):
    subjects = tuple((world.org[code], done) for code in codes)
    row = InspectionPlan(
        year=year, kind="INSPECTION", title=title, conductor=world.org[conductor], subjects=subjects, **more
    )
    return register_inspections([row], **world.act())[0]


def subject(inspection, code):
    return InspectionSubject.objects.get(inspection=inspection, organization__code=code, voided__isnull=True)


def standing(inspection):
    rows = InspectionSubject.objects.standing().filter(inspection=inspection).order_by("organization__code")
    return [(row.organization.code, row.planned, row.done_on) for row in rows]


def test_the_plan_of_a_year_is_one_act(world):
    rows = [
        InspectionPlan(
            year=2019,
            kind="SUPERVISION",
            title=f"Giám sát {n}",
            conductor=world.org["K"],
            subjects=((world.org[code], None),),
        )
        for n, code in enumerate(["DB01", "CB01", "DB02-01"])
    ]
    before = Change.objects.count()
    assert len(register_inspections(rows, **world.act())) == 3
    assert Change.objects.count() == before + 1


def test_one_without_a_title_keeps_all_out(world):
    good = InspectionPlan(
        year=2018, kind="FINANCE", title="Tài chính", conductor=world.org["K"], subjects=((world.org["CB01"], None),)
    )
    with refused("Cuộc kiểm tra, giám sát chưa có nội dung."):
        register_inspections([good, InspectionPlan(**vars(good) | {"title": " "})], **world.act())


@pytest.mark.parametrize(("conductor", "code"), [("K", "CB01"), ("DB01", "DB01-01")])
def test_who_never_stood_in_the_year_is_in_no_plan(world, conductor, code):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2016, 12, 31))
    world.merge("DB01", "DB02", {"DB01-01": None, "DB01-02": None}, date(2017, 1, 1))
    ended = conductor if conductor != "K" else code
    with refused(f"{TITLE}: tổ chức {ended} không hoạt động trong năm 2018."):
        plan(world, code, conductor=conductor)


def test_subjects_join_in_the_plan_or_beside_it(world):
    made = plan(world, "DB01")
    add_subjects([(made, world.org["DB02"], None)], **world.act(MAY))
    add_subjects([(made, world.org["CB01"], MAY), (made, world.org["CB02"], None)], planned=False, **world.act(MAY))
    assert standing(made) == [("CB01", False, MAY), ("CB02", False, None), ("DB01", True, None), ("DB02", True, None)]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("DB01", "Một tổ chức chỉ ghi một lần trong một cuộc kiểm tra, giám sát."),
        ("K", f"{TITLE}: tổ chức tiến hành không thể tự kiểm tra chính mình."),
    ],
)
def test_one_that_may_not_join_keeps_the_others_out(world, code, sentence):
    made = plan(world, "DB01")
    with refused(sentence):
        add_subjects([(made, world.org["DB02"], None), (made, world.org[code], None)], **world.act())


def test_what_was_dropped_stays_in_the_history_with_its_reason(world):
    made = plan(world, "DB01", "DB02")
    drop([subject(made, "DB02")], **world.act(MAY, reason="Đã có đoàn của Tỉnh ủy"))
    assert standing(made) == [("DB01", True, None)]
    gone = InspectionSubject.objects.get(inspection=made, organization__code="DB02")
    assert (gone.voided.words, gone.voided.reason) == ("Bỏ khỏi kế hoạch kiểm tra", "Đã có đoàn của Tỉnh ủy")


def test_with_its_last_subject_an_inspection_goes_and_comes_back(world):
    made = plan(world, "DB01")
    drop([subject(made, "DB01")], **world.act(reason="Hoãn"))
    made.refresh_from_db()
    assert made.voided is not None
    with refused(f"{TITLE}: cuộc này đã bỏ khỏi kế hoạch hoặc đã hủy."):
        add_subjects([(made, world.org["DB02"], None)], **world.act())
    undo(made.voided, **world.act(reason="Làm lại"))
    made.refresh_from_db()
    assert made.voided is None
    assert standing(made) == [("DB01", True, None)]


def test_what_was_done_is_not_dropped_and_nothing_is_dropped_without_a_reason(world):
    made = plan(world, "DB01", "DB02")
    carry_out({subject(made, "DB02"): MAY}, **world.act(MAY))
    rows = [subject(made, "DB01"), subject(made, "DB02")]
    with refused(
        f"{TITLE}, tổ chức DB02: đã hoàn thành ngày 02/05/2018, không bỏ khỏi kế hoạch được. "
        "Nếu ghi nhầm, hãy hủy việc hoàn thành trước."
    ):
        drop(rows, **world.act(reason="Hoãn"))
    with refused("Bỏ khỏi kế hoạch cần nêu lý do."):
        drop(rows[:1], **world.act(reason=" "))


def test_who_comes_second_is_told(world):
    made = plan(world, "DB01")
    stale = subject(made, "DB01")
    carry_out({stale: MAY}, **world.act(MAY))
    told = f"{TITLE}, tổ chức DB01: vừa được người khác ghi lại hoặc bỏ đi. Hãy mở lại trang rồi ghi."
    with refused(told):
        carry_out({stale: JUNE}, **world.act())
    with refused(told):
        drop([stale], **world.act(reason="Hoãn"))


def test_a_day_is_written_anew_only_with_a_reason(world):
    made = plan(world, "DB01", done=MAY)
    with refused(f"{TITLE}, tổ chức DB01: đã hoàn thành ngày 02/05/2018; muốn ghi lại hãy nêu lý do."):
        carry_out({subject(made, "DB01"): JUNE}, **world.act())
    carry_out({subject(made, "DB01"): JUNE}, **world.act(reason="Ghi nhầm tháng"))
    assert standing(made) == [("DB01", True, JUNE)]


def finding(made, code, on=JUNE, text="Thực hiện tốt"):
    return NewConclusion(subject=subject(made, code), on=on, text=text)


def test_conclusions_stand_beside_what_is_counted(world):
    made = plan(world, "DB01", "DB02", done=MAY)
    before = set(InspectionSubject.objects.values_list("pk", "voided"))
    found = conclude([finding(made, "DB01"), finding(made, "DB02", text="Còn chậm\nKhắc phục")], **world.act(JUNE))
    assert [(c.organization.code, c.on, c.text) for c in found] == [
        ("DB01", JUNE, "Thực hiện tốt"),
        ("DB02", JUNE, "Còn chậm\nKhắc phục"),
    ]
    assert set(InspectionSubject.objects.values_list("pk", "voided")) == before


@pytest.mark.parametrize(
    ("differences", "sentence"),
    [
        ({"text": " "}, f"{TITLE}, tổ chức DB02: kết luận chưa có nội dung."),
        ({"on": date(2018, 5, 1)}, f"{TITLE}, tổ chức DB02: kết luận trước ngày hoàn thành 02/05/2018."),
        (
            {"on": date(2018, 12, 15)},
            f"{TITLE}, tổ chức DB02: ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra.",
        ),
    ],
)
def test_one_bad_conclusion_keeps_all_out(world, differences, sentence):
    made = plan(world, "DB01", "DB02", done=MAY)
    with refused(sentence):
        conclude([finding(made, "DB01"), finding(made, "DB02", **differences)], **world.act(JUNE))


def test_what_was_not_done_has_no_conclusion(world):
    made = plan(world, "DB01")
    with refused(f"{TITLE}, tổ chức DB01: chưa hoàn thành nên chưa kết luận được. Hãy ghi ngày hoàn thành trước."):
        conclude([finding(made, "DB01")], **world.act(JUNE))


def test_a_conclusion_is_written_anew_only_with_a_reason(world):
    made = plan(world, "DB01", done=MAY)
    conclude([finding(made, "DB01")], **world.act(JUNE))
    with refused(f"{TITLE}, tổ chức DB01: đã có kết luận ngày 04/06/2018; muốn ghi lại hãy nêu lý do."):
        conclude([finding(made, "DB01", on=JULY)], **world.act(JULY))
    conclude([finding(made, "DB01", on=JULY)], **world.act(JULY, reason="Bổ sung"))
    assert [(c.on, c.voided is None) for c in Conclusion.objects.order_by("pk")] == [(JUNE, False), (JULY, True)]


def test_what_stands_already_is_not_written_again_even_with_a_reason(world):
    made = plan(world, "DB01", "DB02", done=MAY)
    conclude([finding(made, "DB01"), finding(made, "DB02")], **world.act(JUNE))
    why = world.act(JULY, reason="Bổ sung")
    with refused(UNCHANGED):
        carry_out({subject(made, "DB01"): MAY}, **why)
    with refused(UNCHANGED):
        conclude([finding(made, "DB01", text="Thực hiện  tốt ")], **why)
    (new,) = conclude([finding(made, "DB01"), finding(made, "DB02", text="Còn chậm")], **why)
    assert (new.organization.code, Conclusion.objects.filter(voided=None).count()) == ("DB02", 2)
    paper = why | {"document": document("5-KL/UBKT", JULY, "Ủy ban Kiểm tra")}
    assert len(conclude([finding(made, "DB01")], **paper)) == 1
    with refused(UNCHANGED):
        conclude([finding(made, "DB01")], **paper)


def test_the_day_it_was_done_does_not_pass_its_conclusion(world):
    made = plan(world, "DB01", done=MAY)
    conclude([finding(made, "DB01")], **world.act(JUNE))
    with refused(f"{TITLE}, tổ chức DB01: kết luận ngày 04/06/2018, trước ngày hoàn thành. Hãy sửa kết luận trước."):
        carry_out({subject(made, "DB01"): JULY}, **world.act(reason="Ghi nhầm"))


def test_each_act_is_taken_back_and_a_conclusion_holds_what_it_rests_on(world):
    made = plan(world, "DB01")
    carry_out({subject(made, "DB01"): MAY}, **world.act(MAY))
    done = Change.objects.latest("pk")
    conclude([finding(made, "DB01")], **world.act(JUNE))
    concluded = Change.objects.latest("pk")
    with refused("Lượt kiểm tra này đã có kết luận ghi sau đó. Hãy hủy việc ghi kết luận trước."):
        undo(done, **world.act(reason="Ghi nhầm"))
    undo(concluded, **world.act(reason="Ghi nhầm"))
    undo(done, **world.act(reason="Ghi nhầm"))
    assert standing(made) == [("DB01", True, None)]
    undo(made.added, **world.act(reason="Ghi nhầm"))
    made.refresh_from_db()
    assert made.voided is not None and standing(made) == []


def test_an_added_subject_is_taken_back_alone(world):
    made = plan(world, "DB01")
    add_subjects([(made, world.org["DB02"], TODAY)], **world.act())
    undo(Change.objects.latest("pk"), **world.act(reason="Ghi nhầm"))
    assert standing(made) == [("DB01", True, None)]
    assert Inspection.objects.get(pk=made.pk).voided is None
