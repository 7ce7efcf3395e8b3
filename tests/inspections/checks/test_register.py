"""Inspections, supervisions and finance checks as they are put on record."""

from datetime import date

import pytest

from inspections.checks.register import InspectionPlan, carry_out, register_inspections
from inspections.guards import WORK_LEFT_BEHIND
from inspections.models import Inspection, InspectionSubject
from ledger.models import Change
from ledger.undo import undo
from tests.world import START, refused

MAY, JUNE = date(2017, 5, 1), date(2017, 6, 1)
Kind = Inspection.Kind


@pytest.fixture
def plan(world):
    """`plan("DB01", DB02=day or None)`: the bloc (or `conductor`) looks at each."""

    def make(conductor="K", year=2017, kind=Kind.INSPECTION, **subjects):
        named = tuple((world.org[code.replace("_", "-")], day) for code, day in subjects.items())
        return InspectionPlan(
            year=year, kind=kind, title="Kiểm tra nghị quyết", conductor=world.org[conductor], subjects=named
        )

    return make


def subjects(**more):
    rows = InspectionSubject.objects.filter(**more).order_by("pk")
    return [(row.organization.code, row.done_on, row.voided_id is None) for row in rows]


def test_one_inspection_of_several_organizations(world, plan):
    before = Change.objects.count()
    (made,) = register_inspections([plan(DB01=MAY, DB02=JUNE, CB01=None)], **world.act())
    assert (made.year, made.kind, made.conductor) == (2017, "INSPECTION", world.org["K"])
    assert subjects(inspection=made) == [("DB01", MAY, True), ("DB02", JUNE, True), ("CB01", None, True)]
    assert Change.objects.count() == before + 1


def test_nobody_inspects_themselves(world, plan):
    with refused("Kiểm tra nghị quyết: tổ chức tiến hành không thể tự kiểm tra chính mình."):
        register_inspections([plan(DB02=MAY), plan("DB01", DB02=MAY, DB01=MAY)], **world.act())


def test_an_inspection_looks_at_someone(world, plan):
    with refused("Kiểm tra nghị quyết: chưa có tổ chức nào được kiểm tra, giám sát."):
        register_inspections([plan()], **world.act())


def test_the_day_belongs_to_the_year_of_the_plan(world, plan):
    with refused("Kiểm tra nghị quyết: ngày hoàn thành 02/01/2018 không thuộc năm 2017 của kế hoạch."):
        register_inspections([plan(DB01=date(2018, 1, 2))], **world.act())


def test_who_is_inspected_stands_on_that_day(world, plan):
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, JUNE)
    with refused("Kiểm tra nghị quyết: tổ chức DB02 không tồn tại vào ngày 01/06/2017."):
        register_inspections([plan(DB02=JUNE)], **world.act())
    register_inspections([plan(DB02=date(2017, 5, 31))], **world.act())
    with refused("Kiểm tra nghị quyết: tổ chức DB01 không tồn tại vào ngày 31/12/2014."):
        register_inspections([plan(year=2014, DB01=date(2014, 12, 31))], **world.act())
    register_inspections([plan(year=START.year, DB01=START)], **world.act())


def test_carrying_out_voids_the_plan_and_inserts_what_was_done(world, plan):
    (made,) = register_inspections([plan(DB01=None, DB02=None)], **world.act(MAY))
    first = InspectionSubject.objects.get(inspection=made, organization__code="DB01")
    carry_out({first: JUNE}, **world.act(JUNE))
    assert subjects(inspection=made) == [("DB01", None, False), ("DB02", None, True), ("DB01", JUNE, True)]
    old, new = InspectionSubject.objects.filter(organization__code="DB01").order_by("pk")
    assert old.voided == new.added == Change.objects.latest("pk")
    assert new.planned


def test_carrying_out_keeps_to_the_same_rules(world, plan):
    (made,) = register_inspections([plan(DB01=None, CB01=None)], **world.act(MAY))
    one, cell = InspectionSubject.objects.filter(inspection=made).order_by("pk")
    with refused("Kiểm tra nghị quyết: ngày hoàn thành 01/06/2018 không thuộc năm 2017 của kế hoạch."):
        carry_out({one: date(2018, 6, 1)}, **world.act())
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, JUNE)
    with refused("Kiểm tra nghị quyết: tổ chức CB01 không tồn tại vào ngày 01/06/2017."):
        carry_out({one: JUNE, cell: JUNE}, **world.act())


def test_no_merger_before_what_was_carried_out(world, plan):
    register_inspections([plan(CB01=JUNE)], **world.act())
    with refused(WORK_LEFT_BEHIND.format(code="CB01", first="02/06/2017")):
        world.merge("CB01", "DB01", {"CB01": "DB01-01"}, JUNE)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2017, 6, 2))


def test_the_same_organization_once_in_an_inspection(world, plan):
    twice = plan(DB01=MAY)
    twice = InspectionPlan(**{**vars(twice), "subjects": twice.subjects * 2})
    with refused("Một tổ chức chỉ ghi một lần trong một cuộc kiểm tra, giám sát."):
        register_inspections([twice], **world.act())


def test_an_inspection_sent_twice_is_on_record_once(world, plan):
    (made,) = register_inspections([plan(DB01=None, CB01=MAY)], **world.act())
    again = plan(DB02=None, CB01=None)
    again = InspectionPlan(**vars(again) | {"title": "Kiểm tra  Nghị quyết", "planned": False})
    with refused(
        "Kiểm tra  Nghị quyết, năm 2017: đã ghi cuộc này với tổ chức CB01. Hãy ghi tiếp vào cuộc đã có; nếu là cuộc khác, "
        "hãy ghi nội dung cho khác, ví dụ thêm đợt."
    ):
        register_inspections([plan(CB02=None), again], **world.act())
    with refused(
        "Kiểm tra nghị quyết, năm 2017: ghi hai lần với tổ chức CB02. Hãy bỏ một cuộc, hoặc ghi nội dung cho khác, ví dụ "
        "thêm đợt."
    ):
        register_inspections([plan(CB02=None), plan(CB02=MAY)], **world.act())
    later = InspectionPlan(**vars(plan(DB01=None)) | {"title": "Kiểm tra nghị quyết, đợt 2"})
    others = [plan(DB02=MAY), plan(year=2018, DB01=None), plan(kind=Kind.SUPERVISION, DB01=None), later]
    assert len(register_inspections([*others, plan("DB01", CB01=None)], **world.act())) == 5
    undo(made.added, **world.act(reason="Ghi nhầm"))
    register_inspections([plan(DB01=None, CB01=MAY)], **world.act())
