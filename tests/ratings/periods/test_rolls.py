"""The list of a sheet follows the roll until the lock: who came blocks, who went counts nowhere (design §6)."""

from datetime import date

from indicators.facts import Window
from indicators.measures import counts, rated
from members.models import Exit
from members.register.arrivals import enroll
from ratings.models import MemberRating
from ratings.sheets import draft
from tests.world import refused

YEAR = Window(2017, date(2017, 1, 1), date(2017, 12, 31))
DECEMBER_10, LAST_DAY, NEW_YEAR = date(2017, 12, 10), date(2017, 12, 31), date(2018, 1, 5)


def counted(desk, code):
    return counts([rated], [YEAR], nodes=[desk.world.org[code].pk])["rated", desk.world.org[code].pk, 2017]


def test_who_went_stays_visible_and_counts_nowhere(desk):
    desk.rate(An=2, Bình=2)
    desk.world.leave("An", DECEMBER_10, Exit.DEPARTED)
    desk.submit("DB01-01", on=DECEMBER_10)
    desk.endorse("DB01-01", on=DECEMBER_10)
    desk.decide("DB01-01", on=DECEMBER_10)
    assert (desk.line("An").on_roll, desk.line("Bình").on_roll) == (False, True)
    assert counted(desk, "DB01") == 1


def test_who_came_has_no_line_yet_and_blocks_the_next_step(desk):
    desk.decide_all()
    desk.world.transfer("Chi", "DB01-01", DECEMBER_10)
    with refused("Phiếu của chi bộ DB01-01 còn 1 đảng viên chưa xếp loại tính đến ngày 10/12/2017."):
        desk.accept("DB01-01", on=DECEMBER_10)
    desk.accept("DB01-02", on=DECEMBER_10)
    assert MemberRating.objects.get(member=desk.world.people["Chi"]).on_roll is False
    desk.send_back("DB01-01", reason="Có người chuyển đến")
    desk.rate(on=DECEMBER_10, Chi=1)
    desk.submit("DB01-01", on=DECEMBER_10)
    lines = MemberRating.objects.filter(member=desk.world.people["Chi"]).order_by("pk")
    assert [(line.organization.code, line.proposed, line.on_roll) for line in lines] == [
        ("DB01-02", 2, False),
        ("DB01-01", 1, True),
    ]


def test_who_came_back_counts_again(desk):
    desk.decide_all()
    desk.world.leave("An", DECEMBER_10, Exit.DEPARTED)
    desk.accept("DB01-01", on=DECEMBER_10)
    assert not desk.line("An").on_roll
    back = desk.world.arrival("", "DB01-01", date(2017, 12, 20), member=desk.world.people["An"], entry="ARRIVED")
    enroll([back], **desk.by(date(2017, 12, 20)))
    desk.send_back("DB01-01", reason="Xem lại")
    desk.submit("DB01-01", on=date(2017, 12, 20))
    assert desk.line("An").on_roll


def test_steps_after_the_cut_off_look_at_the_cut_off(desk):
    desk.decide_all()
    desk.world.leave("An", date(2018, 1, 3), Exit.DEPARTED)
    desk.accept(on=NEW_YEAR)
    assert desk.line("An").on_roll
    assert counted(desk, "K") == 16


def test_who_dies_on_the_last_day_counts_nowhere_from_that_moment(desk):
    desk.finish()
    desk.world.leave("An", LAST_DAY, Exit.DIED)
    assert not desk.line("An").on_roll
    desk.lock()
    assert (counted(desk, "DB01-01"), counted(desk, "K")) == (1, 15)


def test_who_comes_in_the_last_days_blocks_the_lock(desk):
    desk.finish()
    desk.world.admit("Vũ Xuân", "CB01", LAST_DAY)
    with refused("Phiếu của chi bộ CB01 còn 1 đảng viên chưa xếp loại tính đến ngày 31/12/2017."):
        desk.lock()


def test_a_line_cannot_be_typed_for_one_who_left(desk):
    sheet = desk.sheet("DB01-01")
    desk.world.leave("An", DECEMBER_10, Exit.DEPARTED)
    with refused("Phiếu của chi bộ DB01-01: có người không còn trong danh sách đảng viên."):
        draft.rate({sheet: {desk.world.people["An"].pk: 2}}, **desk.by(DECEMBER_10))
