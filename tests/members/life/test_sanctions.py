"""Disciplinary decisions as the register takes them (domain §4.4)."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from members.life import probation, sanctions
from members.models import Discipline
from tests.world import TODAY, refused

REPRIMAND, WARNING, REMOVAL = Discipline.Kind.REPRIMAND, Discipline.Kind.WARNING, Discipline.Kind.REMOVAL
DAY = date(2018, 3, 5)


def discipline(world, *rows, on=TODAY):
    """`rows`: (given name, kind, day)."""
    sanctions.discipline([(world.people[name], kind, day) for name, kind, day in rows], **world.act(on))


def kept():
    rows = Discipline.objects.standing().order_by("pk")
    return [(row.member.full_name.split()[-1], row.kind, row.on) for row in rows]


def test_many_in_one_act(world):
    discipline(world, ("An", REPRIMAND, DAY), ("Chi", REMOVAL, TODAY))
    assert kept() == [("An", REPRIMAND, DAY), ("Chi", REMOVAL, TODAY)]
    assert len(set(Discipline.objects.values_list("added", flat=True))) == 1
    assert Discipline.objects.first().added.words == "Kỷ luật đảng viên"


def test_two_in_a_year_are_two(world):
    discipline(world, ("An", REPRIMAND, DAY))
    discipline(world, ("An", WARNING, date(2018, 9, 1)))
    assert [kind for _, kind, _ in kept()] == [REPRIMAND, WARNING]


def test_one_sent_twice_is_on_record_once(world):
    discipline(world, ("An", REPRIMAND, DAY))
    act = Change.objects.latest("pk")
    sentence = (
        "{}: đã ghi kỷ luật khiển trách ngày 05/03/2018; không ghi thêm lần nữa. "
        "Nếu là quyết định khác, hãy xem lại hình thức và ngày."
    )
    with refused(sentence.format("Lê An")):
        discipline(world, ("Chi", REPRIMAND, DAY), ("An", REPRIMAND, DAY))
    with refused(sentence.format("Lê Chi")):
        discipline(world, ("Chi", REPRIMAND, DAY), ("Chi", REPRIMAND, DAY))
    discipline(world, ("An", WARNING, DAY), ("Chi", REPRIMAND, DAY))
    undo(act, **world.act(reason="Ghi nhầm"))
    discipline(world, ("An", REPRIMAND, DAY))
    assert kept() == [("An", WARNING, DAY), ("Chi", REPRIMAND, DAY), ("An", REPRIMAND, DAY)]


def test_on_probation_no_removal(world):
    world.admit("Trần Mới", "DB01-01", date(2018, 1, 10))
    with refused("Trần Mới đang dự bị; đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo."):
        discipline(world, ("An", WARNING, DAY), ("Mới", REMOVAL, DAY))
    discipline(world, ("Mới", WARNING, DAY))
    assert kept() == [("Mới", WARNING, DAY)]


def test_recognised_on_the_day_is_official_that_day(world):
    world.admit("Trần Mới", "DB01-01", date(2017, 1, 10))
    probation.make_official({world.people["Mới"]: DAY}, **world.act())
    with refused("Trần Mới đang dự bị; đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo."):
        discipline(world, ("Mới", REMOVAL, date(2018, 3, 4)))
    discipline(world, ("Mới", REMOVAL, DAY))
    assert kept() == [("Mới", REMOVAL, DAY)]


@pytest.mark.parametrize("day", [date(2018, 3, 1), DAY])
def test_only_who_is_on_the_roll_that_day(world, day):
    world.leave("An", date(2018, 3, 1))
    with refused("Đồng chí Lê An đã chuyển đi đảng bộ khác ngày 01/03/2018, không còn trong danh sách đảng viên."):
        discipline(world, ("Bình", WARNING, day), ("An", WARNING, day))
    discipline(world, ("An", WARNING, date(2018, 2, 28)))
    assert kept() == [("An", WARNING, date(2018, 2, 28))]


def test_not_ahead(world):
    with refused("Lê An: ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."):
        discipline(world, ("An", WARNING, date(2018, 12, 15)))
