"""One form sent by several at once, as by a double click: it is done once, the others are told."""

from datetime import date

import pytest

from inspections.checks.register import InspectionPlan, register_inspections
from inspections.discipline.discipline import Decision, discipline_organizations
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from members.life.sanctions import discipline
from members.models import Discipline
from tests.members.register.test_writers import WRITERS, at_once
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")
DAY = date(2018, 6, 4)


def letter(world):
    row = ReceivedLetter(number="01/ĐT", organization=world.org["CB01"], received_on=DAY, due_on=date(2018, 9, 4))
    register_letters([row], **world.act())


def inspection(world):
    subjects = ((world.org["CB01"], None),)
    kind = Inspection.Kind.INSPECTION
    row = InspectionPlan(year=2018, kind=kind, title="Kiểm tra", conductor=world.org["K"], subjects=subjects)
    register_inspections([row], **world.act())


def of_an_organization(world):
    discipline_organizations([Decision(organization=world.org["CB01"], kind=2, on=DAY)], **world.act())


def of_a_member(world):
    discipline([(world.people["An"], Discipline.Kind.WARNING, DAY)], **world.act())


@pytest.mark.parametrize(
    ("do", "told"),
    [
        (letter, "đã có trong sổ"),
        (inspection, "đã ghi cuộc này với tổ chức CB01"),
        (of_an_organization, "không ghi thêm lần nữa"),
        (of_a_member, "không ghi thêm lần nữa"),
    ],
)
def test_it_is_done_once(do, told):
    world = World()
    results = at_once(*(lambda: do(world) for _ in range(WRITERS)))
    assert results.count("done") == 1
    assert sum(told in said for said in results) == WRITERS - 1, results
