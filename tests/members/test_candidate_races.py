"""Several people write about the same candidate or the same badge at once: one is done, the others are told."""

from datetime import date

import pytest

from members import badges, candidates
from members.badges import Award
from members.candidates import Ceremony, Recommendation
from members.models import BadgeAward, BadgeLevel, CandidateStep, Membership, Stage
from tests.members.test_writers import WRITERS, at_once
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")

DAYS = {Stage.CLASS: date(2018, 4, 2), Stage.DOSSIER: date(2018, 7, 5), Stage.DECIDED: date(2018, 9, 1)}


def waiting(world, upto):
    row = Recommendation(
        full_name="Trần Mới",
        sex="F",
        birth_date=date(1995, 3, 20),
        organization=world.org["CB01"],
        on=date(2018, 1, 10),
    )
    (candidate,) = candidates.recommend([row], **world.act())
    for stage, day in DAYS.items():
        if stage <= upto:
            candidates.advance([(candidate, stage, day)], **world.act())
    return candidate


def others(results, sentence):
    assert sorted(results) == sorted(["done"] + [sentence] * (WRITERS - 1))


def test_four_record_the_same_step():
    world = World()
    candidate = waiting(world, Stage.RECOMMENDED)
    step = (candidate, Stage.CLASS, DAYS[Stage.CLASS])
    results = at_once(*(lambda: candidates.advance([step], **world.act()) for _ in range(WRITERS)))
    others(results, "Trần Mới: bước “Đã học lớp nhận thức về Đảng” đã ghi.")
    assert CandidateStep.objects.filter(candidate=candidate, stage=Stage.CLASS).count() == 1


def test_four_admit_the_same_candidate():
    world = World()
    candidate = waiting(world, Stage.DECIDED)
    row = Ceremony(candidate=candidate, on=date(2018, 9, 20), ethnic_group=world.kinh)
    results = at_once(*(lambda: candidates.admit_from([row], **world.act()) for _ in range(WRITERS)))
    others(results, "Trần Mới không còn trong nguồn kết nạp: đã kết nạp ngày 20/09/2018.")
    assert Membership.objects.filter(member__full_name="Trần Mới").count() == 1


def test_four_award_the_same_badge():
    world = World()
    member = world.enroll(
        "Vũ Xưa", "DB01-01", decided=date(1988, 1, 1), ceremony=date(1988, 1, 2), official=date(1989, 1, 2)
    )
    row = Award(member=member, level=BadgeLevel.objects.get(years=30), on=date(2018, 2, 3))
    results = at_once(*(lambda: badges.award([row], **world.act()) for _ in range(WRITERS)))
    others(results, "Vũ Xưa đã nhận Huy hiệu 30 năm ngày 03/02/2018.")
    assert BadgeAward.objects.count() == 1
