"""Several people write about the same candidate or the same badge at once: one is done, the others are told."""

from datetime import date

import pytest
from django.db import connection

from members.badges import awards
from members.badges.awards import Award
from members.candidates import steps
from members.candidates.steps import Ceremony, Recommendation
from members.models import BadgeAward, BadgeLevel, CandidateStep, Membership, Stage
from members.records import amendments
from members.register import arrivals
from tests.members.register.test_writers import WRITERS, at_once
from tests.organizations.test_races import interleave
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
    (candidate,) = steps.recommend([row], **world.act())
    for stage, day in DAYS.items():
        if stage <= upto:
            steps.advance([(candidate, stage, day)], **world.act())
    return candidate


def others(results, sentence):
    assert sorted(results) == sorted(["done"] + [sentence] * (WRITERS - 1))


def test_four_record_the_same_step():
    world = World()
    candidate = waiting(world, Stage.RECOMMENDED)
    step = (candidate, Stage.CLASS, DAYS[Stage.CLASS])
    results = at_once(*(lambda: steps.advance([step], **world.act()) for _ in range(WRITERS)))
    others(results, "Trần Mới: đã có người ghi bước “Đã học lớp nhận thức về Đảng” ngày 02/04/2018. Hãy xem lại.")
    assert CandidateStep.objects.filter(candidate=candidate, stage=Stage.CLASS).count() == 1


def test_four_admit_the_same_candidate():
    world = World()
    candidate = waiting(world, Stage.DECIDED)
    row = Ceremony(candidate=candidate, on=date(2018, 9, 20), ethnic_group=world.kinh)
    results = at_once(*(lambda: steps.admit_from([row], **world.act()) for _ in range(WRITERS)))
    others(results, "Trần Mới không còn trong nguồn kết nạp: đã kết nạp ngày 20/09/2018.")
    assert Membership.objects.filter(member__full_name="Trần Mới").count() == 1


def step_and_admission(world):
    """The class, and an admission typed into the register as of a day before it: only one of them can be."""
    candidate = waiting(world, Stage.RECOMMENDED)
    step = (candidate, Stage.CLASS, date(2018, 10, 1))
    row = world.newcomer("Trần Mới", "CB01", date(2018, 9, 20), born=date(1995, 3, 20), candidate=candidate.pk)
    return lambda: steps.advance([step], **world.act()), lambda: arrivals.admit([row], **world.act())


def test_one_records_a_step_and_another_admits_in_the_register():
    results = at_once(*step_and_admission(World()))
    assert results.count("done") == 1, results


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_a_step_recorded_while_an_admission_is_judged_is_seen_by_it(monkeypatch):
    advance, admit = step_and_admission(World())

    def seen(rows, by, ask=arrivals.require_new):
        ask(rows, by)
        assert at_once(advance) == ["done"]

    monkeypatch.setattr(arrivals, "require_new", seen)
    assert at_once(admit) == [
        "Trần Mới có trong nguồn kết nạp, bước “Đã học lớp nhận thức về Đảng” ngày 01/10/2018; "
        "ngày vào danh sách 20/09/2018 không thể trước ngày đó."
    ]
    assert not Membership.objects.filter(member__full_name="Trần Mới").exists()


def test_who_is_recommended_while_an_admission_is_judged_is_not_waiting_beside_it(monkeypatch):
    world = World()
    person = {"full_name": "Trần Mới", "birth_date": date(1995, 3, 20)}
    row = Recommendation(sex="F", organization=world.org["CB02"], on=date(2018, 8, 1), **person)
    newcomer = world.newcomer("Trần Mới", "CB01", date(2018, 9, 20), born=person["birth_date"], others=frozenset())
    outcome = interleave(
        monkeypatch,
        arrivals,
        "require_new",
        lambda: arrivals.admit([newcomer], **world.act()),
        lambda: steps.recommend([row], **world.act()),
    )
    assert outcome == {
        "first": "done",
        "second": ["Trần Mới, sinh 20/03/1995, đã là đảng viên, đang sinh hoạt ở CB01."],
    }


def test_who_is_recommended_while_a_record_takes_the_same_name_is_refused(monkeypatch):
    world = World()
    person = {"full_name": "Trần Mới", "birth_date": date(1980, 6, 15)}
    row = Recommendation(sex="F", organization=world.org["CB02"], on=date(2018, 8, 1), **person)
    outcome = interleave(
        monkeypatch,
        amendments,
        "waiting_alike",
        lambda: amendments.amend({world.people["An"]: {"full_name": "Trần Mới"}}, **world.act(reason="đối chiếu")),
        lambda: steps.recommend([row], **world.act()),
    )
    assert outcome == {
        "first": "done",
        "second": ["Trần Mới, sinh 15/06/1980, đã là đảng viên, đang sinh hoạt ở DB01-01."],
    }


def test_four_award_the_same_badge():
    world = World()
    member = world.enroll(
        "Vũ Xưa", "DB01-01", decided=date(1988, 1, 1), ceremony=date(1988, 1, 2), official=date(1989, 1, 2)
    )
    row = Award(member=member, level=BadgeLevel.objects.get(years=30), on=date(2018, 2, 3))
    results = at_once(*(lambda: awards.award([row], **world.act()) for _ in range(WRITERS)))
    others(results, "Vũ Xưa đã nhận Huy hiệu 30 năm ngày 03/02/2018.")
    assert BadgeAward.objects.count() == 1
