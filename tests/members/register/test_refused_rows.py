"""Rows of the register that a rule forbids, each on its own day and not only on the day of the act."""

from datetime import date

import pytest

from ledger.acts import UNCHANGED, Refused
from members.life import probation, statuses
from members.life.posts import post
from members.models import Exit, Post, Status
from members.register import arrivals, departures, moves
from tests.world import TODAY, refused

DAY = date(2017, 5, 1)
AHEAD = date(2019, 3, 1)


def test_no_row_lies_ahead(world):
    with refused("Lê An: ngày 01/03/2019 còn ở phía trước. Hãy ghi khi việc đã xảy ra."):
        departures.leave([(world.people["An"], AHEAD, Exit.DIED)], **world.act())
    with pytest.raises(Refused):
        arrivals.admit([world.newcomer("Vũ Xuân", "CB01", AHEAD)], **world.act())
    new = world.admit("Vũ Xuân", "CB01", date(2018, 1, 1))
    with pytest.raises(Refused):
        probation.make_official({new: AHEAD}, **world.act())


def test_dismissing_twice_gives_no_access_back(world):
    user = world.user("COMMITTEE", "DB01")
    world.dismiss(user, DAY)
    with refused(UNCHANGED):
        world.dismiss(user, TODAY)
    assert user.appointments.standing().get().ends == DAY


def test_a_status_with_an_end_ends_with_the_membership(world):
    statuses.set_status([world.people["An"]], Status.Kind.SICK, until=date(2017, 9, 1), **world.act(DAY))
    world.leave("An", date(2017, 6, 1))
    assert Status.objects.standing().get().ends == date(2017, 6, 1)


def test_who_moved_meanwhile_is_still_made_official(world):
    new = world.admit("Vũ Xuân", "CB01", date(2016, 1, 1))
    world.transfer("Xuân", "CB02", DAY)
    probation.make_official({new: DAY}, **world.act(DAY))
    assert new.officializations.get().on == DAY


def test_a_post_is_held_in_the_line_above_ones_cell(world):
    with refused("Lê An không sinh hoạt trong tổ chức CB01 vào ngày 01/05/2017."):
        post([(world.people["An"], world.org["CB01"], Post.Kind.SECRETARY)], **world.act(DAY))
    post([(world.people["An"], world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(DAY))
    world.leave("An", date(2017, 6, 1))
    with refused("Đồng chí Lê An đã chuyển đi đảng bộ khác ngày 01/06/2017, không còn trong danh sách đảng viên."):
        post([(world.people["An"], world.org["DB01"], Post.Kind.SECRETARY)], **world.act(TODAY))


def test_nobody_is_enrolled_before_being_admitted(world):
    day = date(2016, 1, 1)
    with pytest.raises(Refused):
        world.enroll("Vũ Xuân", "CB01", date(2015, 6, 1), decided=day, ceremony=day, official=None)


def test_a_hundred_transfers_cost_no_more_queries_than_one(world, django_assert_max_num_queries):
    rows = arrivals.enroll([world.arrival(f"Vũ X{n}", "CB01") for n in range(100)], **world.act())
    with django_assert_max_num_queries(20):
        moves.transfer([(member, world.org["CB02"], DAY) for member in rows], **world.act(DAY))


def test_the_same_people_can_be_given_again_after_a_refusal(world):
    rows = [world.arrival("Vũ Xuân", "CB01"), world.arrival("Vũ Thu", "K")]
    with pytest.raises(Refused):
        arrivals.enroll(rows, **world.act())
    assert [row.member.pk for row in rows] == [None, None]
