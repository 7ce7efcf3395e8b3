"""How people move from cell to cell and leave the roll (domain §4.4)."""

from datetime import date, timedelta

import pytest

from members.badges import awards
from members.life import probation, sanctions, statuses
from members.life.posts import post
from members.models import LEAVING, BadgeLevel, Entry, Exit, Membership, Post, Status
from members.register import arrivals, departures, moves, places
from tests.world import START, TODAY, refused

DAY = date(2017, 12, 31)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
FOREVER = date(9999, 12, 31)


def stays(world, name):
    """(cell, starts, ends, came by, went by) of each membership that stands, in order of time."""
    rows = Membership.objects.standing().filter(member=world.people[name]).order_by("starts")
    return [(row.organization.code, row.starts, row.ends, row.entry, row.exit) for row in rows]


def test_a_transfer_belongs_to_the_new_cell_from_its_day(world):
    world.transfer("An", "CB01", DAY)
    assert stays(world, "An") == [
        ("DB01-01", START, DAY, "OPENING", "MOVED"),
        ("CB01", DAY, FOREVER, "MOVED", ""),
    ]
    assert world.names("DB01-01", BEFORE) == {"An", "Bình"}
    assert world.names("DB01-01", DAY) == {"Bình"}
    assert world.names("CB01", BEFORE) == {"Phúc", "Quân"}
    assert world.names("CB01", DAY) == {"An", "Phúc", "Quân"}


def test_two_people_may_change_places(world):
    rows = [(world.people["An"], world.org["CB01"], DAY), (world.people["Phúc"], world.org["DB01-01"], DAY)]
    moves.transfer(rows, **world.act(DAY))
    assert (world.names("DB01-01", DAY), world.names("CB01", DAY)) == ({"Bình", "Phúc"}, {"An", "Quân"})


def test_the_past_stays_recomputable(world):
    old = Membership.objects.get(member=world.people["An"])
    world.transfer("An", "CB01", DAY)
    old.refresh_from_db()
    assert (old.ends, old.exit, old.voided.words) == (FOREVER, "", "Chuyển sinh hoạt chính thức")


@pytest.mark.parametrize(
    ("code", "day", "sentence"),
    [
        ("DB01-01", DAY, "Lê An đang sinh hoạt ở chi bộ DB01-01."),
        ("DB02", DAY, "Lê An: Tổ chức DB02 không phải chi bộ; đảng viên sinh hoạt ở chi bộ."),
        ("CB01", START, "Lê An đến chi bộ DB01-01 ngày 01/01/2015; ngày đi phải sau ngày đó."),
    ],
)
def test_a_transfer_obeys_its_rules(world, code, day, sentence):
    with refused(sentence):
        world.transfer("An", code, day)


def test_one_change_of_place_a_day(world):
    world.transfer("An", "CB01", DAY)
    with refused("Lê An đến chi bộ CB01 ngày 31/12/2017; ngày đi phải sau ngày đó."):
        world.transfer("An", "CB02", DAY)
    with refused("Lê An đến chi bộ CB01 ngày 31/12/2017; ngày đi phải sau ngày đó."):
        world.leave("An", DAY, Exit.DIED)
    world.transfer("An", "CB02", AFTER)


@pytest.mark.parametrize("why", LEAVING)
def test_whoever_leaves_is_off_the_roll_of_that_day(world, why):
    world.leave("An", DAY, why)
    assert stays(world, "An") == [("DB01-01", START, DAY, "OPENING", why)]
    assert "An" in world.names("K", BEFORE)
    assert "An" not in world.names("K", DAY)


def test_the_two_who_died_around_the_turn_of_the_year(world):
    world.leave("An", DAY, Exit.DIED)
    world.leave("Bình", AFTER, Exit.DIED)
    assert world.names("DB01-01", BEFORE) == {"An", "Bình"}
    assert world.names("DB01-01", DAY) == {"Bình"}
    assert world.names("DB01-01", AFTER) == set()


@pytest.mark.parametrize("why", [Exit.MOVED, Exit.REORGANIZED, Exit.NONE, "GONE"])
def test_moving_is_no_way_to_leave(world, why):
    with refused("Lê An: lý do ra khỏi danh sách không hợp lệ."):
        world.leave("An", DAY, why)


def test_nobody_leaves_on_the_day_they_came_or_twice(world):
    with refused("Lê An đến chi bộ DB01-01 ngày 01/01/2015; ngày đi phải sau ngày đó."):
        world.leave("An", START)
    world.leave("An", DAY)
    with refused("Đồng chí Lê An đã chuyển đi đảng bộ khác ngày 31/12/2017, không còn trong danh sách đảng viên."):
        world.leave("An", AFTER)
    with refused("Đồng chí Lê An đã chuyển đi đảng bộ khác ngày 31/12/2017, không còn trong danh sách đảng viên."):
        world.transfer("An", "CB01", AFTER)


def test_whoever_left_may_come_back(world):
    world.leave("An", DAY, Exit.DEPARTED)
    back = world.arrival("", "CB02", TODAY, member=world.people["An"], entry=Entry.ARRIVED)
    arrivals.enroll([back], **world.act())
    assert stays(world, "An") == [
        ("DB01-01", START, DAY, "OPENING", "DEPARTED"),
        ("CB02", TODAY, FOREVER, "ARRIVED", ""),
    ]


def test_open_statuses_and_posts_end_with_the_membership(world):
    an, binh = world.people["An"], world.people["Bình"]
    statuses.exempt([an, binh], **world.act(date(2016, 1, 1)))
    statuses.lift_status([an], Status.Kind.EXEMPT, **world.act(date(2016, 6, 1)))
    statuses.suspend([an], **world.act(date(2017, 1, 1)))
    cell = world.org["DB01-01"]
    post([(an, cell, Post.Kind.SECRETARY), (binh, cell, Post.Kind.DEPUTY)], **world.act(date(2016, 1, 1)))
    world.leave("An", DAY, Exit.EXPELLED)

    def spells(model, member):
        return sorted(model.objects.standing().filter(member=member).values_list("kind", "starts", "ends"))

    assert spells(Status, an) == [
        (1, date(2016, 1, 1), date(2016, 6, 1)),
        (2, date(2017, 1, 1), DAY),
    ]
    assert spells(Post, an) == [(1, date(2016, 1, 1), DAY)]
    assert spells(Status, binh) == [(1, date(2016, 1, 1), FOREVER)]
    assert spells(Post, binh) == [(2, date(2016, 1, 1), FOREVER)]


def test_nobody_leaves_before_what_was_decided_about_them(world):
    an, moi = world.people["An"], world.admit("Trần Mới", "DB01-01", date(2018, 1, 10))
    sanctions.discipline([(an, 2, date(2018, 3, 1))], **world.act(date(2018, 3, 1)))
    probation.extend_probation({moi: date(2019, 6, 1)}, **world.act(date(2018, 4, 1)))
    level = BadgeLevel.objects.get(years=30)
    old = world.enroll("Vũ Xưa", "DB01-01", decided=date(1988, 5, 1), ceremony=date(1988, 5, 2))
    awards.award([awards.Award(member=old, level=level, on=date(2018, 5, 19))], **world.act())
    kia = world.admit("Trần Kia", "DB01-01", date(2017, 5, 3))
    probation.make_official({kia: date(2018, 5, 3)}, **world.act())
    gone = date(2018, 3, 1)
    with refused(
        "Trần Kia có công nhận chính thức ghi ngày 03/05/2018; hãy hủy việc đó trước.",
        "Trần Mới có gia hạn dự bị ghi ngày 01/04/2018; hãy hủy việc đó trước.",
        "Lê An có kỷ luật đảng viên ghi ngày 01/03/2018; hãy hủy việc đó trước.",
        "Vũ Xưa có Huy hiệu Đảng đã trao ghi ngày 19/05/2018; hãy hủy việc đó trước.",
    ):
        departures.leave([(member, gone, Exit.DEPARTED) for member in (an, moi, kia, old)], **world.act(gone))
    world.leave("An", date(2018, 3, 2))


def test_one_post_in_one_organization_a_day(world):
    an, cell = world.people["An"], world.org["DB01-01"]
    post([(an, cell, Post.Kind.DEPUTY), (an, world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(DAY))
    with pytest.raises(places.Refused):
        post([(an, cell, Post.Kind.SECRETARY)], **world.act(DAY))
    assert Post.objects.count() == 2


def many(world, count):
    """`count` people of CB01, among them one who came only on DAY."""
    rows = [world.arrival(f"Vũ Xuân{n}", "CB01") for n in range(count - 1)]
    rows.insert(count // 2, world.arrival("Hồ Lỗi", "CB01", DAY))
    return arrivals.enroll(rows, **world.act(DAY))


@pytest.mark.parametrize("count", [1, 500])
def test_one_faulty_row_writes_nothing_and_is_named(world, count):
    people = many(world, count)
    sentence = "Hồ Lỗi đến chi bộ CB01 ngày 31/12/2017; ngày đi phải sau ngày đó."
    with refused(sentence):
        moves.transfer([(member, world.org["CB02"], DAY) for member in people], **world.act(DAY))
    with refused(sentence):
        departures.leave([(member, DAY, Exit.DEPARTED) for member in people], **world.act(DAY))


def test_five_hundred_move_at_once(world):
    people = many(world, 500)
    moves.transfer([(member, world.org["CB02"], AFTER) for member in people], **world.act(AFTER))
    assert len(world.names("CB02", AFTER)) == 502
    assert world.names("CB01", AFTER) == {"Phúc", "Quân"}
