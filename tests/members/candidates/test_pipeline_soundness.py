"""The checks of the pipeline and of badges: silent over what the verbs wrote, and naming a row changed behind them."""

from datetime import date

import pytest

from ledger.soundness import outcomes
from members.badges import awards
from members.badges.awards import Award
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.models import BadgeAward, BadgeLevel, CandidateRecord, CandidateStep, Member, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    row = Recommendation(
        full_name="Trần Mới",
        sex="F",
        birth_date=date(1995, 3, 20),
        organization=world.org["CB01"],
        on=date(2018, 1, 10),
    )
    (candidate,) = steps.recommend([row], **world.act())
    steps.advance([(candidate, Stage.CLASS, date(2018, 4, 2))], **world.act())
    member = world.enroll(
        "Vũ Xưa", "DB01-01", decided=date(1988, 1, 1), ceremony=date(1988, 1, 2), official=date(1989, 1, 2)
    )
    level = BadgeLevel.objects.get(years=30)
    awards.award([Award(member=member, level=level, on=date(2018, 2, 3))], **world.act())
    return world


def said():
    return [finding.sentence for outcome in outcomes() for finding in outcome.findings]


def test_what_the_verbs_wrote_is_sound(scene):
    assert said() == []


def test_steps_out_of_order(scene):
    CandidateStep.objects.filter(stage=Stage.CLASS).update(on=date(2018, 1, 9))
    assert said() == ["Trần Mới: các bước trong nguồn kết nạp không theo thứ tự."]
    CandidateStep.objects.filter(stage=Stage.CLASS).update(on=date(2018, 4, 2))
    CandidateStep.objects.filter(stage=Stage.RECOMMENDED).update(stage=Stage.DOSSIER)
    assert said() == ["Trần Mới: các bước trong nguồn kết nạp không theo thứ tự."]


def test_waiting_where_there_is_no_cell(scene):
    CandidateStep.objects.update(organization=scene.org["DB01"])
    assert said() == ["Trần Mới: chờ kết nạp ở DB01, nay không là chi bộ."]


def test_waiting_though_a_member(scene):
    member = Member.objects.get(pk=scene.people["An"].pk)
    CandidateRecord.objects.update(full_name=member.full_name, birth_date=member.birth_date)
    assert "Lê An: đã là đảng viên mà còn trong nguồn kết nạp." in said()


def test_a_badge_too_early(scene):
    BadgeAward.objects.update(on=date(2017, 12, 31))
    assert said() == ["Vũ Xưa: Huy hiệu 30 năm khi có 29 năm 11 tháng tuổi Đảng."]


def test_waiting_twice(scene):
    row = Recommendation(
        full_name="Trần Hai",
        sex="F",
        birth_date=date(1995, 3, 20),
        organization=scene.org["CB02"],
        on=date(2018, 1, 10),
    )
    steps.recommend([row], **scene.act())
    CandidateRecord.objects.filter(full_name="Trần Hai").update(full_name="Trần Mới", search_key="tran moi")
    assert "Trần Mới: có trong nguồn kết nạp hai lần." in said()
