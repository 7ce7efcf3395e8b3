"""The link from an inspection to a member's discipline, when two records of that member become one."""

from datetime import date

import pytest

from inspections.discipline import consequences
from inspections.discipline.discipline import tie
from inspections.models import Consequence
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.life.sanctions import expel
from members.merging import mergers
from members.models import Discipline, Exit
from tests.inspections.checks.test_plan import plan, subject
from tests.inspections.discipline.test_discipline import JUNE, MAY, punish
from tests.world import refused


@pytest.fixture
def inspected(world):
    """DB01, inspected in May; An of DB01-01 is written a second time, as Ân of DB01-02."""
    world.subject = subject(plan(world, "DB01", "DB02", done=MAY), "DB01")
    world.enroll("Lê Ân", "DB01-02", date(2016, 1, 1))
    return world


def join(world, kept="An", dropped="Ân"):
    mergers.merge(world.people[kept], world.people[dropped], **world.act(reason="một người ghi hai lần"))


def told(world):
    """[(whose, what, day)] that followed from the inspection."""
    found = consequences.from_subjects([world.subject.key])
    return [(str(f.member), f.words, f.day) for f in found]


def is_sound():
    return all(outcome.sound for outcome in outcomes())


def test_what_the_kept_record_says_too_is_what_followed(inspected):
    punish(inspected, "An")
    tie([(punish(inspected, "Ân"), inspected.subject)], **inspected.act())
    join(inspected)
    assert told(inspected) == [("Lê An", "Khiển trách", JUNE)]
    assert is_sound()
    undo(Change.objects.latest("pk"), **inspected.act(reason="hai người"))
    assert told(inspected) == [("Lê Ân", "Khiển trách", JUNE)]


def test_of_two_links_to_one_discipline_the_kept_records_stays(inspected):
    tie([(punish(inspected, name), inspected.subject) for name in ("An", "Ân")], **inspected.act())
    join(inspected)
    assert told(inspected) == [("Lê An", "Khiển trách", JUNE)]
    assert Consequence.objects.standing().count() == 1
    assert is_sound()


def test_an_expulsion_written_on_both_is_one(inspected):
    expel({inspected.people[name]: JUNE for name in ("An", "Ân")}, **inspected.act(JUNE))
    gone = inspected.people["Ân"].memberships.get(voided__isnull=True, exit=Exit.EXPELLED)
    tie([(gone, inspected.subject)], **inspected.act())
    join(inspected)
    assert told(inspected) == [("Lê An", "Khai trừ", JUNE)]
    assert is_sound()


def test_what_would_be_lost_is_not_merged_away(inspected):
    inspected.leave("An", date(2017, 3, 1))
    tie([(punish(inspected, "Ân", kind=Discipline.Kind.WARNING), inspected.subject)], **inspected.act())
    with refused(
        "Lê An: kỷ luật ngày 04/06/2018 có sau một việc Ủy ban Kiểm tra đã ghi; gộp theo chiều này thì kỷ luật ấy "
        "không còn. Hãy giữ hồ sơ kia, hoặc hỏi nơi đã ghi."
    ):
        join(inspected)
    join(inspected, "Ân", "An")
    assert told(inspected) == [("Lê Ân", "Cảnh cáo", JUNE)]


def test_a_link_of_somebody_else_that_is_broken_keeps_nobody_apart(inspected):
    """Were it judged here, every merger would be refused, and in the name of the wrong person."""
    other = punish(inspected, "Chi")
    tie([(other, inspected.subject)], **inspected.act())
    Discipline.objects.filter(pk=other.pk).update(voided=Change.objects.latest("pk"))
    join(inspected)
    assert consequences.from_subjects([inspected.subject.key])[0].row is None
