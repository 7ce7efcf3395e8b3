"""Party age and badges: the rules against a count day by day, and what the verb takes and refuses (domain §4.3, §4.4)."""

import random
from datetime import date, timedelta

import pytest

from ledger import months as counted
from ledger.models import Change
from ledger.undo import undo
from members.badges import awards, party_age
from members.badges.awards import Award, Kind
from members.badges.party_age import Service
from members.life.probation import make_official
from members.models import AwardDay, BadgeAward, BadgeLevel, Entry, Exit, Precision
from members.register import arrivals
from tests.world import TODAY, refused

DAY = timedelta(days=1)
ROUND = date(2018, 11, 7)


class PlainSpell:
    def __init__(self, starts, ends, exit_=""):
        self.starts, self.ends, self.exit, self.entry = starts, ends, exit_, ""


FOREVER = date(9999, 12, 31)


# Party age, a second naive way: walk day by day, and put off the anniversary by a day for each day outside.


def walked(decided, outside, day):
    """Completed months: each day outside moves the start of the count on by a day; then months are ticked off."""
    start = decided
    for n in range((day - decided).days):
        if any(first <= decided + n * DAY < until for first, until in outside):
            start += DAY
    months = 0
    while _month_later(start, months + 1) <= day:
        months += 1
    return months


def _month_later(start, months):
    """The day on which `months` are full: the same day of the month, else the first of the next."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    try:
        return start.replace(year=year, month=month)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def service(decided, *outside, exit_=Exit.STRUCK):
    """Someone who left on the first day of each gap and was taken in again by a decision of its last."""
    starts, spells, admissions = decided, [], [(decided + 10 * DAY, decided)]
    for first, until in outside:
        spells.append(PlainSpell(starts, first, exit_))
        starts = until + 7 * DAY  # the ceremony
        admissions.append((starts, until))
    return Service(tuple(admissions), (), (*spells, PlainSpell(starts, FOREVER)))


def test_party_age_day_by_day():
    chance = random.Random(30)
    for _ in range(60):
        decided = date(1950, 1, 1) + timedelta(days=chance.randrange(25000))
        first = decided + timedelta(days=chance.randrange(400, 4000))
        until = first + timedelta(days=chance.randrange(1, 3000))
        again = until + timedelta(days=chance.randrange(400, 2000))
        outside = [(first, until), (again, again + timedelta(days=chance.randrange(1, 700)))][: chance.randrange(3)]
        someone = service(decided, *outside)
        assert someone.gaps == outside
        for _ in range(4):
            day = decided + timedelta(days=chance.randrange(20000))
            if not any(first <= day < until for first, until in outside):
                assert someone.months(day) == walked(decided, outside, day), (decided, outside, day)


@pytest.mark.parametrize(
    ("decided", "day", "months"),
    [
        (date(1988, 2, 29), date(2018, 2, 28), 359),
        (date(1988, 2, 29), date(2018, 3, 1), 360),
        (date(1988, 2, 29), date(2020, 2, 28), 383),
        (date(1988, 2, 29), date(2020, 2, 29), 384),
        (date(1988, 11, 7), date(2018, 11, 6), 359),
        (date(1988, 11, 7), date(2018, 11, 7), 360),
        (date(1988, 1, 31), date(2018, 2, 28), 360),
        (date(1988, 1, 31), date(2018, 3, 1), 361),
    ],
)
def test_the_day_a_month_is_full(decided, day, months):
    assert counted.completed(decided, day) == months == walked(decided, [], day)


def test_a_gap_puts_off_every_level():
    someone = service(date(1980, 1, 1), (date(1990, 1, 1), date(1991, 1, 1)))
    # The year was put off by the 365 days outside: 1980 had 366.
    assert someone.months(date(2010, 12, 30)) == 359
    assert someone.months(date(2010, 12, 31)) == 360
    assert someone.months(date(1990, 6, 1)) == 120  # outside, it stands still


@pytest.mark.parametrize("exit_", [Exit.DEPARTED, Exit.ABROAD, Exit.MOVED, Exit.REORGANIZED])
def test_who_goes_to_another_organization_stays_inside(exit_):
    someone = service(date(1980, 1, 1), (date(1990, 1, 1), date(1991, 1, 1)), exit_=exit_)
    assert someone.gaps == []
    assert someone.months(date(2010, 1, 1)) == 360
    assert someone.is_inside(date(1990, 6, 1))


@pytest.mark.parametrize("exit_", [Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED])
def test_who_left_the_party_is_outside_until_the_decision(exit_):
    someone = service(date(1980, 1, 1), (date(1990, 1, 1), date(1991, 1, 1)), exit_=exit_)
    inside = [someone.is_inside(date(1990, 1, 1) + n * DAY) for n in (-1, 0, 364, 365)]
    assert inside == [True, False, False, True]


def test_what_the_dead_had_stays():
    someone = Service(
        ((date(1980, 1, 1), date(1980, 1, 1)),), (), (PlainSpell(date(1980, 1, 1), date(2010, 6, 1), "DIED"),)
    )
    assert someone.months(date(2010, 6, 1)) == someone.months(date(2018, 1, 1)) == 365


def test_party_age_in_words():
    assert [party_age.in_words(n) for n in (360, 361, 371, 5)] == [
        "30 năm",
        "30 năm 1 tháng",
        "30 năm 11 tháng",
        "0 năm 5 tháng",
    ]


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
