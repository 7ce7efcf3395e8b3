"""An act that led on or cut what was recorded late is not undone under it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.acts import Refused
from ledger.models import Change
from ledger.spells import FOREVER
from ledger.undo import undo
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.life import statuses
from members.life.posts import end_posts, post
from members.models import Post, Status
from members.register import arrivals, moves
from members.reorganizing import plan
from members.reorganizing.undo_guards import candidates_brought_along, people_brought_along, states_cut_short
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.members.reorganizing.taking_back import BACK, DAY, LATER, LEFT, come, last, take_back
from tests.world import refused

pytestmark = pytest.mark.django_db


# Recorded late, and led on by the act


def merge(world, day=DAY):
    world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": "DB02-01"}, day)
    return last()


def recommend(world, code, day=LEFT):
    row = Recommendation(
        full_name="Trần Mới", sex="F", birth_date=date(1995, 3, 20), organization=world.org[code], on=day
    )
    steps.recommend([row], **world.act())
    return last()


def test_a_reorganization_is_not_undone_under_who_was_recorded_late(world):
    act = merge(world)
    world.enroll("Hồ Trễ", "DB01-01", date(2017, 1, 1), entry="ARRIVED")
    late = last()
    with refused("Hồ Trễ được ghi vào DB01-01 từ ngày 01/01/2017 sau việc này; hãy hủy việc ghi đó trước."):
        take_back(world, act)
    take_back(world, late)
    take_back(world, act)


def test_nor_under_who_was_transferred_late(world):
    act = merge(world)
    world.leave("Phúc", date(2018, 2, 1))
    come(world, "Phúc", on=LEFT)
    rows = [(world.people["Phúc"], world.org["DB01-01"], BACK)]
    moves.transfer(rows, **world.act())
    with refused("Lê Phúc được ghi vào DB01-01 từ ngày 01/04/2018 sau việc này; hãy hủy việc ghi đó trước."):
        take_back(world, act)


def test_nor_where_its_cell_became_a_committee(world):
    cells = [Founding(code="CB01-01", name="Chi bộ mới", kind="CBTT", parent="CB01")]
    world.carry_out(plan.turning_into_committee("CB01", cells, into="CB01-01"), DAY)
    act = last()
    world.enroll("Hồ Trễ", "CB01", date(2017, 1, 1), entry="ARRIVED")
    with pytest.raises(Refused) as caught:
        take_back(world, act)
    told = "Hồ Trễ được ghi vào CB01 từ ngày 01/01/2017 sau việc này; hãy hủy việc ghi đó trước."
    assert told in caught.value.messages


def test_who_was_led_on_twice_rests_on_both(world):
    first = merge(world)
    world.merge("DB02", "DB03", {"DB02-01": "DB03-02", "DB02-02": "DB03-02"}, LATER)
    second = last()
    world.enroll("Hồ Trễ", "DB01-01", date(2017, 1, 1), entry="ARRIVED")
    late = last()
    with refused("Hồ Trễ được ghi vào DB02-01 từ ngày 01/06/2018 sau việc này; hãy hủy việc ghi đó trước."):
        take_back(world, second)
    for act in (late, second, first):
        take_back(world, act)


def test_what_was_done_later_and_undone_again_rests_on_nothing(world):
    """Later acts void and copy the rows of the act, and of one before it on the same day."""
    act = after_founding(world)
    world.transfer("An", "CB01", LATER)
    take_back(world, last())
    world.transfer("Bình", "CB01", LATER)
    take_back(world, last())
    take_back(world, act)


def after_founding(world):
    """DB01-01 goes into DB01-02 on the day on which An left it for a new cell."""
    founded = [Founding(code="DB01-03", name="Chi bộ mới", kind="CBTT", parent="DB01")]
    world.carry_out(plan.founding(founded, persons={world.people["An"].pk: "DB01-03"}), DAY)
    world.carry_out(plan.merging(Forest.on(DAY), ("DB01-01",), "DB01-02", people={"DB01-01": "DB01-02"}), DAY)
    return last()


def test_who_moved_by_another_act_on_the_day_does_not_rest_on_it(world):
    act = after_founding(world)
    world.transfer("An", "CB01", LATER)
    take_back(world, act)


def test_nor_under_who_was_recommended_late(world):
    act = merge(world)
    late = recommend(world, "DB01-01")
    with refused(
        "Trần Mới được ghi vào nguồn kết nạp của DB01-01 ngày 01/03/2018 sau việc này; hãy hủy việc ghi đó trước."
    ):
        take_back(world, act)
    take_back(world, late)
    take_back(world, act)


def test_who_was_passed_on_by_the_act_itself_goes_back_with_it(world):
    recommend(world, "DB01-01")
    act = merge(world)
    recommend_other = Recommendation(
        full_name="Trần Kia", sex="F", birth_date=date(1995, 3, 20), organization=world.org["DB02-01"], on=LATER
    )
    steps.recommend([recommend_other], **world.act())
    take_back(world, act)


# Recorded late, and cut by the act


def give(world, name, code, day=LEFT):
    post([(world.people[name], world.org[code], Post.Kind.SECRETARY)], **world.act(day))
    return last()


def test_a_departure_is_not_undone_under_what_was_recorded_late_and_ends_with_it(world):
    world.leave("An", DAY)
    act = last()
    late = [give(world, "An", "DB01")]
    statuses.exempt([world.people["An"]], **world.act(LEFT))
    late.append(last())
    with refused(
        "Lê An: bí thư ở DB01 từ ngày 01/03/2018 được ghi sau việc này và kết thúc theo việc này; "
        "hãy hủy việc ghi đó trước.",
        "Lê An: “Được miễn công tác và sinh hoạt đảng” từ ngày 01/03/2018 được ghi sau việc này và kết thúc theo việc "
        "này; hãy hủy việc ghi đó trước.",
    ):
        take_back(world, act)
    for one in (*late, act):
        take_back(world, one)


def test_what_ends_earlier_is_none_of_its_business(world):
    world.leave("An", DAY)
    act = last()
    statuses.set_status([world.people["An"]], Status.Kind.SICK, until=BACK, **world.act(LEFT))
    give(world, "An", "DB01")
    end_posts(list(Post.objects.standing()), **world.act(BACK))
    take_back(world, act)
    assert set(Post.objects.standing().values_list("ends", flat=True)) == {BACK}


def test_nor_is_a_transfer_undone_under_a_post_it_cut(world):
    world.transfer("An", "CB01", DAY)
    act = last()
    give(world, "An", "DB01")
    with refused(
        "Lê An: bí thư ở DB01 từ ngày 01/03/2018 được ghi sau việc này và kết thúc theo việc này; "
        "hãy hủy việc ghi đó trước."
    ):
        take_back(world, act)


def test_a_post_that_somebody_ended_that_day_was_not_cut(world):
    world.transfer("An", "DB01-02", DAY)
    act = last()
    give(world, "An", "DB01")
    end_posts(list(Post.objects.standing()), **world.act(DAY))
    take_back(world, act)


def test_what_the_act_itself_cut_comes_back(world):
    give(world, "An", "DB01")
    statuses.exempt([world.people["An"]], **world.act(LEFT))
    world.leave("An", DAY)
    take_back(world, last())
    assert {row.ends for model in (Post, Status) for row in model.objects.standing()} == {FOREVER}


def test_what_had_ended_that_day_before_and_came_back_since_was_not_cut(world):
    """A status until the day of the departure, lifted earlier by an act that is undone: its copy is younger."""
    statuses.set_status([world.people["An"]], Status.Kind.SICK, until=DAY, **world.act(LEFT))
    world.leave("An", DAY)
    act = last()
    statuses.lift_status([world.people["An"]], Status.Kind.SICK, **world.act(BACK))
    take_back(world, last())
    take_back(world, act)


def test_a_move_of_the_cell_is_not_undone_under_a_post_it_cut(world):
    world.move("DB01-01", "DB02", DAY)
    act = last()
    late = give(world, "An", "DB01")
    give(world, "Bình", "DB01-01")
    with refused(
        "Lê An: bí thư ở DB01 từ ngày 01/03/2018 được ghi sau việc này và kết thúc theo việc này; "
        "hãy hủy việc ghi đó trước."
    ):
        take_back(world, act)
    take_back(world, late)
    take_back(world, act)


def test_many_recorded_late_cost_no_more_queries(world):
    def asked(count):
        act = merge(world)
        rows = [world.arrival(f"Hồ Trễ{n}", "DB01-01", date(2017, 1, 1), entry="ARRIVED") for n in range(count)]
        people = arrivals.enroll(rows, **world.act())
        post([(member, world.org["DB01"], Post.Kind.COMMITTEE) for member in people], **world.act(LEFT))
        with CaptureQueriesContext(connection) as queries:
            for guard in (people_brought_along, candidates_brought_along, states_cut_short):
                told = list(guard(act))
                assert len(told) == (0 if guard is candidates_brought_along else count)
        for change in Change.objects.filter(pk__gte=act.pk).order_by("-pk"):
            undo(change, reason="x", **world.act())
        return len(queries)

    assert asked(1) == asked(9)
