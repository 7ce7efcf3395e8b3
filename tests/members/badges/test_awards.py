"""Badges: the catalogue every installation begins with, and what the verb takes and refuses (domain §4.3, §4.4)."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from members.badges import awards, party_age
from members.badges.awards import Award, Kind
from members.life.probation import make_official
from members.models import AwardDay, BadgeAward, BadgeLevel, Entry, Exit, Precision
from members.register import arrivals
from tests.members.badges.days import DAY, ROUND
from tests.world import TODAY, refused

# The catalogue


@pytest.mark.django_db
def test_the_levels_and_days_every_installation_starts_with():
    levels = list(BadgeLevel.objects.values_list("years", "months_early", "months_posthumous"))
    assert [years for years, _, _ in levels] == [30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90]
    assert all((early, after) == (12 if years <= 65 else 24, 12) for years, early, after in levels)
    assert [str(day) for day in AwardDay.objects.all()] == ["03/02", "19/05", "02/09", "07/11"]
    assert all(row.history.count() == 1 for row in [*BadgeLevel.objects.all(), *AwardDay.objects.all()])


@pytest.mark.django_db
def test_the_highest_level_reached():
    levels = awards.levels_in_use()
    reached = {n: awards.highest(levels, 12 * 30 - 1 + n) for n in (0, 1, 120, 121, 181)}
    assert {n: level and level.years for n, level in reached.items()} == {0: None, 1: 30, 120: 30, 121: 40, 181: 45}
    early = {n: awards.highest(levels, n, Kind.EARLY) for n in (347, 348, 12 * 68 - 1, 12 * 68)}
    assert {n: level and level.years for n, level in early.items()} == {347: None, 348: 30, 815: 65, 816: 70}


# The verb


def veteran(world, name="Vũ Xưa", code="DB01-01", decided=date(1988, 11, 7), **known):
    known = {"ceremony": decided + DAY, "official": decided + 380 * DAY, **known}
    return world.enroll(name, code, decided=decided, **known)


def award(world, *rows):
    """`rows`: (member, years, day, kind, reason), the last two at will."""
    awards.award([row(member, *more) for member, *more in rows], **world.act())


def row(member, years, day=ROUND, kind=Kind.ON_TIME, reason=""):
    level = BadgeLevel.objects.get(years=years)
    return Award(member=member, level=level, on=day, kind=kind, reason=reason)


def kept():
    rows = BadgeAward.objects.standing().order_by("pk")
    return [(r.member.full_name, r.level.years, r.organization and r.organization.code, r.on, r.kind) for r in rows]


@pytest.fixture
def old_hand(world):
    return veteran(world)


@pytest.mark.django_db
def test_many_in_one_act(world, old_hand):
    other = veteran(world, "Vũ Già", "CB01", decided=date(1978, 5, 1))
    award(world, (old_hand, 30), (other, 40))
    assert kept() == [("Vũ Xưa", 30, "DB01-01", ROUND, 1), ("Vũ Già", 40, "CB01", ROUND, 1)]
    change = Change.objects.latest("pk")
    assert change.words == "Trao Huy hiệu Đảng"
    undo(change, by=world.by, on=TODAY, reason="Nhầm đợt")
    assert kept() == []


@pytest.mark.django_db
def test_to_the_day(world, old_hand):
    young = veteran(world, "Vũ Trẻ", decided=date(1988, 11, 8))
    with refused("Vũ Trẻ có 29 năm 11 tháng tuổi Đảng, chưa đủ để nhận Huy hiệu 30 năm."):
        award(world, (old_hand, 30), (young, 30))
    award(world, (old_hand, 30))


@pytest.mark.django_db
def test_only_the_year_of_birth_is_known_and_it_does_not_matter(world):
    member = world.person("Vũ Mốc", birth_date=date(1950, 1, 1), birth_precision=Precision.YEAR)
    member = veteran(world, member=member)
    award(world, (member, 30))
    assert kept()[0][:2] == ("Vũ Mốc", 30)


@pytest.mark.django_db
def test_each_level_once(world, old_hand):
    award(world, (old_hand, 30))
    with refused("Vũ Xưa đã nhận Huy hiệu 30 năm ngày 07/11/2018."):
        award(world, (old_hand, 30, TODAY))
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Nhầm")
    with refused("Vũ Xưa đã nhận Huy hiệu 30 năm ngày 07/11/2018."):
        award(world, (old_hand, 30), (old_hand, 30))


@pytest.mark.django_db
def test_a_level_already_passed(world):
    old = veteran(world, decided=date(1978, 5, 1))
    with refused("Vũ Xưa đã qua mức 30 năm: tuổi Đảng đủ để nhận Huy hiệu 40 năm."):
        award(world, (old, 30))
    award(world, (old, 40))
    award(world, (old, 30, date(2008, 5, 19)))  # what was given in its time may be entered later
    assert [(years, place, day.year) for _, years, place, day, _ in kept()] == [(40, "DB01-01", 2018), (30, None, 2008)]


@pytest.mark.django_db
def test_levels_keep_the_order_of_days(world):
    old = veteran(world, decided=date(1978, 5, 1))
    award(world, (old, 40, date(2018, 5, 19)))
    BadgeAward.objects.update(on=date(2008, 1, 1))  # behind the verb: a forty before its time
    with refused("Vũ Xưa đã nhận Huy hiệu 40 năm ngày 01/01/2008; mức thấp hơn đã qua."):
        award(world, (old, 30, date(2008, 5, 19)))
    BadgeAward.objects.update(on=TODAY, level=BadgeLevel.objects.get(years=30))
    with refused("Vũ Xưa nhận Huy hiệu 30 năm ngày 14/12/2018, không trước ngày này."):
        award(world, (old, 40, ROUND))


@pytest.mark.django_db
def test_early_in_grave_illness(world):
    member = veteran(world, decided=date(1989, 11, 7))
    with refused("Vũ Xưa: trao sớm cần nêu lý do."):
        award(world, (member, 30, ROUND, Kind.EARLY))
    with refused(
        "Vũ Xưa có 28 năm 11 tháng tuổi Đảng, chưa đủ để nhận Huy hiệu 30 năm, được thiếu nhiều nhất 12 tháng."
    ):
        award(world, (member, 30, ROUND - DAY, Kind.EARLY, "Ốm nặng"))
    award(world, (member, 30, ROUND, Kind.EARLY, "Ốm nặng"))
    assert kept() == [("Vũ Xưa", 30, "DB01-01", ROUND, 2)]


@pytest.mark.django_db
def test_after_death(world):
    dead, alive = veteran(world, decided=date(1988, 12, 1)), veteran(world, "Vũ Sống", decided=date(1988, 1, 1))
    world.leave("Xưa", date(2018, 1, 10), Exit.DIED)
    words = "truy tặng chỉ ghi cho người đã từ trần, từ ngày từ trần trở đi."
    with refused(f"Vũ Sống: {words}"):
        award(world, (dead, 30, ROUND, Kind.POSTHUMOUS, "Từ trần"), (alive, 30, ROUND, Kind.POSTHUMOUS, "Từ trần"))
    with refused(f"Vũ Xưa: {words}"):
        award(world, (dead, 30, date(2018, 1, 9), Kind.POSTHUMOUS, "Từ trần"))
    with refused("Vũ Xưa không có tên trong danh sách đảng viên vào ngày 07/11/2018."):
        award(world, (dead, 30))
    award(world, (dead, 30, ROUND, Kind.POSTHUMOUS, "Từ trần ngày 10/01/2018"))
    assert kept() == [("Vũ Xưa", 30, "DB01-01", ROUND, 3)]


@pytest.mark.django_db
def test_after_death_no_more_than_twelve_months_may_be_wanting(world):
    member = veteran(world, decided=date(1989, 1, 11))
    world.leave("Xưa", date(2018, 1, 10), Exit.DIED)
    with refused(
        "Vũ Xưa có 28 năm 11 tháng tuổi Đảng, chưa đủ để nhận Huy hiệu 30 năm, được thiếu nhiều nhất 12 tháng."
    ):
        award(world, (member, 30, ROUND, Kind.POSTHUMOUS, "Từ trần"))


@pytest.mark.django_db
def test_only_who_is_on_the_roll(world, old_hand):
    with refused("Trần Xuân chưa từng có tên trong danh sách đảng viên."):
        stranger = world.person()
        stranger.added = Change.objects.first()
        stranger.pk = 10**6
        award(world, (old_hand, 30), (stranger, 30))
    world.leave("Xưa", date(2018, 11, 1))
    with refused("Vũ Xưa không có tên trong danh sách đảng viên vào ngày 07/11/2018."):
        award(world, (old_hand, 30))


@pytest.mark.django_db
def test_what_was_given_elsewhere_while_away(world):
    member = veteran(world, decided=date(1986, 5, 1))
    world.leave("Xưa", date(2016, 1, 1))
    back = world.arrival(
        "",
        "CB01",
        date(2018, 1, 1),
        member=member,
        decided=date(1986, 5, 1),
        ceremony=date(1986, 5, 2),
        entry=Entry.ARRIVED,
    )
    arrivals.enroll([back], **world.act())
    award(world, (member, 30, date(2016, 5, 19)))
    assert kept() == [("Vũ Xưa", 30, None, date(2016, 5, 19), 1)]


@pytest.mark.django_db
def test_time_outside_the_party_does_not_count(world):
    member = veteran(world, decided=date(1986, 5, 1))
    world.leave("Xưa", date(2016, 1, 1), Exit.STRUCK)
    again = world.newcomer(
        "", "DB01-01", date(2017, 1, 10), member=member, entry="READMITTED", decided=date(2017, 1, 1)
    )
    arrivals.admit([again], **world.act())
    with refused("Vũ Xưa chưa là đảng viên chính thức vào ngày 07/11/2018, chưa tính tuổi Đảng."):
        award(world, (member, 30))
    make_official({member: date(2018, 1, 10)}, **world.act())
    # 366 days outside: 30 years are full on 02/05/2017, not on 01/05/2016
    found = party_age.services([member.pk])[member.pk]
    assert found.gaps == [(date(2016, 1, 1), date(2017, 1, 1))]
    assert [found.months(date(2017, 5, n)) for n in (1, 2)] == [359, 360]
    award(world, (member, 30))


@pytest.mark.django_db
def test_a_badge_is_not_left_behind_in_a_cell_that_ends(world):
    member = veteran(world, code="CB01")
    award(world, (member, 30))
    with refused("Tổ chức CB01 có Huy hiệu Đảng trao từ ngày 07/11/2018 trở đi; ngày kết thúc phải sau đó."):
        world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ROUND)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ROUND + DAY)


@pytest.mark.django_db
def test_a_level_no_longer_in_use(world, old_hand):
    BadgeLevel.objects.filter(years=30).update(in_use=False)
    with refused("Vũ Xưa: mức 30 năm không còn dùng."):
        award(world, (old_hand, 30))


@pytest.mark.django_db
def test_not_ahead(world, old_hand):
    with refused("Vũ Xưa: ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."):
        award(world, (old_hand, 30, date(2018, 12, 15)))
