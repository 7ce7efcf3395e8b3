"""What the self-check says of inspections and letters once rows were changed behind the verbs."""

from datetime import date

import pytest

from inspections import soundness
from inspections.discipline.discipline import Decision, discipline_organizations, tie
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import (
    Conclusion,
    Consequence,
    InspectionSubject,
    Letter,
    OrganizationDiscipline,
    Outcome,
    Result,
)
from ledger.models import Change
from ledger.soundness import outcomes
from members.models import Discipline
from tests.inspections.checks.test_plan import plan, subject
from tests.inspections.discipline.test_discipline import punish

MAY, JUNE = date(2018, 5, 2), date(2018, 6, 4)


@pytest.fixture
def register(world):
    """An inspection of CB01 with a conclusion and discipline; a resolved letter."""
    made = plan(world, "CB01", done=MAY)
    change = made.added
    Conclusion.objects.create(inspection=made, organization=world.org["CB01"], on=JUNE, text="Tốt", added=change)
    tie([(punish(world, "Phúc"), subject(made, "CB01"))], **world.act())
    discipline_organizations(
        [Decision(organization=world.org["CB01"], kind=2, on=JUNE, origin=subject(made, "CB01"))], **world.act()
    )
    row = ReceivedLetter(
        number="01/ĐT",
        organization=world.org["CB01"],
        received_on=MAY,
        due_on=date(2018, 9, 1),
        accepted_on=MAY,
        resolved_on=JUNE,
        result=Result.objects.first(),
    )
    register_letters([row], **world.act())
    return made


def found(check):
    return [finding.sentence for finding in check()]


def test_all_is_sound(register):
    assert all(outcome.sound for outcome in outcomes())


def test_a_subject_done_outside_its_year_or_after_the_end_of_its_organization(world, register):
    InspectionSubject.objects.update(done_on=date(2017, 5, 2))
    assert found(soundness.subjects_stood) == ["Kiểm tra nghị quyết: hoàn thành ngày 02/05/2017, ngoài năm 2018."]
    InspectionSubject.objects.update(done_on=date(2014, 5, 2))
    assert found(soundness.subjects_stood) == ["Kiểm tra nghị quyết: tổ chức CB01 không hoạt động ngày 02/05/2014."]


def test_a_conclusion_of_what_was_not_done(world, register):
    InspectionSubject.objects.update(done_on=None)
    assert found(soundness.conclusions_come_after) == [
        "Kiểm tra nghị quyết, tổ chức CB01: có kết luận mà chưa hoàn thành."
    ]
    InspectionSubject.objects.update(done_on=date(2018, 7, 1))
    assert found(soundness.conclusions_come_after) == [
        "Kiểm tra nghị quyết, tổ chức CB01: có kết luận mà hoàn thành sau đó, ngày 01/07/2018."
    ]


def test_a_letter_is_found_without_being_named(world, register):
    file = Letter.objects.get().file_id
    for days in ({"due_on": MAY.replace(day=1)}, {"received_on": date(2014, 1, 2)}):
        before = Letter.objects.values(*days).get()
        Letter.objects.update(**days)
        (sentence,) = found(soundness.letters_are_in_order)
        assert sentence == (
            f"Hồ sơ đơn thư số {file}: các ngày không theo thứ tự hoặc tổ chức không hoạt động ngày nhận."
        )
        Letter.objects.update(**before)
    Letter.objects.update(resolved_on=None)
    assert found(soundness.letters_are_in_order) == [f"Hồ sơ đơn thư số {file}: có kết quả mà chưa giải quyết xong."]
    assert Outcome.objects.count() == 1


def test_a_link_to_nothing_and_a_link_to_what_came_later(world, register):
    links = list(Consequence.objects.order_by("pk").values_list("pk", flat=True))
    Discipline.objects.update(voided=Change.objects.latest("pk"))
    gone = f"Kỷ luật ghi sau kiểm tra, giải quyết đơn số {links[0]}: không còn dòng kỷ luật."
    assert found(soundness.consequences_stand) == [gone]
    OrganizationDiscipline.objects.update(on=date(2018, 5, 1))
    later = f"Kỷ luật ghi sau kiểm tra, giải quyết đơn số {links[1]}: không còn việc đứng trước, hoặc việc đó có sau."
    assert found(soundness.consequences_stand) == [gone, later]


def test_an_organization_disciplined_before_it_stood(world, register):
    OrganizationDiscipline.objects.update(on=date(2014, 5, 1))
    assert found(soundness.disciplined_organizations_stood) == [
        "Tổ chức CB01: kỷ luật ngày 01/05/2014, khi không hoạt động."
    ]
