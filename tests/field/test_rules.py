"""Rules of the field: a wrong removal breaks no Party age, late recognition, and months counted by the calendar."""

import random
from datetime import date, timedelta

import pytest
from django.urls import reverse

from ledger import months
from ledger.numbers import day_in_words
from ledger.soundness import outcomes
from members.badges import awards, party_age
from members.life import probation
from members.models import BadgeLevel, Officialization
from members.register import places
from members.register.returns import Return, come_back
from members.roll.on_a_day import is_probationary, roll
from tests.hand import Hand
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db
LEFT, DECIDED, BACK = date(2015, 3, 1), date(2017, 2, 1), date(2017, 3, 1)
PAPER = {"so": "7-QĐ/ĐUK", "ngay": "01/12/2018", "co_quan": "Đảng ủy Khối"}


def sound():
    return [f.sentence for outcome in outcomes() for f in outcome.findings] == []


# Restored, admitted again


def away(world, name, why, entry):
    """`name` left on LEFT and came back on BACK."""
    world.leave(name, LEFT, why)
    row = Return(member=world.people[name], organization=world.org["CB01"], on=BACK, entry=entry, decided=DECIDED)
    come_back([row], **world.act())
    return world.people[name]


@pytest.mark.parametrize("why", ["EXPELLED", "STRUCK", "RESIGNED"])
def test_who_is_restored_keeps_an_unbroken_party_age(world, why):
    old = world.enroll("Vũ Xưa", "DB01-01", decided=date(1988, 5, 1), ceremony=date(1988, 5, 2))
    again = world.enroll("Vũ Lại", "DB01-01", decided=date(1988, 5, 1), ceremony=date(1988, 5, 2))
    world.leave("Xưa", LEFT, why)
    assert party_age.services([old.pk])[old.pk].months(TODAY) < 12 * 30  # outside, as far as is known
    world.transfer("Bình", "CB02", date(2016, 1, 1))
    row = Return(member=old, organization=world.org["CB01"], on=BACK, entry="RESTORED", decided=DECIDED)
    come_back([row], **world.act())
    away(world, "Lại", why, "READMITTED")
    probation.make_official({again: months.after(BACK, 12)}, **world.act())
    ages = party_age.services([old.pk, again.pk])
    assert ages[old.pk].months(date(2018, 5, 1)) == 12 * 30
    full = months.after(date(1988, 5, 1) + (DECIDED - LEFT), 12 * 30)
    assert ages[again.pk].months(full) == 12 * 30
    assert ages[again.pk].months(full - timedelta(days=1)) == 12 * 30 - 1
    thirty = BadgeLevel.objects.get(years=30)
    awards.award([awards.Award(member=old, level=thirty, on=date(2018, 5, 19))], **world.act())
    with pytest.raises(places.Refused, match="chưa đủ để nhận Huy hiệu 30 năm"):
        awards.award([awards.Award(member=again, level=thirty, on=date(2018, 5, 19))], **world.act())
    assert sound()


def test_the_record_and_the_round_follow_the_restored(world):
    world.enroll("Vũ Xưa", "DB01-01", decided=date(1988, 5, 1), ceremony=date(1988, 5, 2))
    old = away(world, "Xưa", "EXPELLED", "RESTORED")
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("member", args=[old.pk]))
    assert "30 năm 7 tháng" in hand.text
    assert "Vũ Xưa" in hand.open(reverse("badges", args=["K", 2018])).text


# Recognized late


def test_several_are_recognised_each_from_their_own_day(world):
    for name, day in (("Trần Một", date(2017, 3, 10)), ("Trần Hai", date(2017, 9, 2)), ("Trần Ba", date(2017, 6, 1))):
        world.admit(name, "DB01-01", day)
    probation.extend_probation({world.people["Ba"]: date(2018, 10, 1)}, **world.act(date(2018, 5, 2)))
    people = [world.people[name] for name in ("Một", "Hai", "Ba")]
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("probation", args=["K", 2018]))
    assert "Công nhận chính thức từ ngày" not in hand.text
    hand.press(None, tick=["nguoi_duoc"], **PAPER)
    assert "Đã công nhận 3 đảng viên chính thức, mỗi đồng chí từ ngày hết thời gian dự bị" in hand.text
    days = dict(Officialization.objects.filter(member__in=people).values_list("member__full_name", "on"))
    assert days == {
        "Trần Một": date(2018, 3, 10),
        "Trần Hai": date(2018, 9, 2),
        "Trần Ba": date(2018, 10, 1),
    }
    (row,) = [r for r in roll(world.org["DB01-01"], date(2018, 3, 10)) if r.member.full_name == "Trần Một"]
    assert not is_probationary(row)
    assert sound()


def test_a_later_day_of_one_person_is_asked_about(world):
    moi = world.admit("Trần Mới", "DB01-01", date(2017, 3, 10))
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("errand", args=[moi.pk, "chinh-thuc"]))
    assert 'value="10/03/2018"' in hand.page.content.decode()
    assert "Đủ 12 tháng ngày 10/03/2018. Quyết định chậm cũng tính từ ngày đó." in hand.text
    before = recorded()
    hand.press(None, refused=True, tu_ngay="01/12/2018", **PAPER)
    assert (
        "Đủ 12 tháng ngày 10/03/2018. Công nhận chậm vẫn tính chính thức từ ngày đó, không từ 01/12/2018. Hãy xem lại "
        "ngày, hoặc đánh dấu nếu quyết định ghi rõ ngày muộn hơn." in hand.text
    )
    assert recorded() == before
    hand.press(None, tick=["ngay_khac"])
    assert Officialization.objects.get(member=moi).on == date(2018, 12, 1)


@pytest.mark.parametrize(
    ("until", "on", "end"),
    [
        (None, date(2018, 12, 1), "Đủ 12 tháng ngày 10/03/2018."),
        (None, date(2018, 3, 10), ""),
        (date(2018, 9, 10), date(2018, 9, 10), ""),
        (date(2018, 9, 10), date(2018, 9, 11), "Hết thời gian gia hạn dự bị ngày 10/09/2018."),
    ],
)
def test_a_later_day_that_stands_is_to_be_looked_at(world, until, on, end):
    moi = world.admit("Trần Mới", "DB01-01", date(2017, 3, 10))
    if until:
        probation.extend_probation({moi: until}, **world.act(date(2018, 3, 1)))
    probation.make_official({moi: on}, **world.act())
    sentence = (
        f"Trần Mới: chính thức từ {day_in_words(on)}. {end} Quyết định chậm cũng tính từ ngày đó; hãy xem lại ngày, để nguyên "
        "nếu quyết định ghi rõ ngày muộn hơn."
    )
    found = [(f.sentence, f.url, outcome.certain) for outcome in outcomes() for f in outcome.findings]
    assert found == ([(sentence, reverse("member", args=[moi.pk]), False)] if end else [])


def test_what_others_decided_late_is_written_as_it_was(world):
    known = {"decided": date(2012, 5, 1), "ceremony": date(2012, 5, 19), "entry": "ARRIVED"}
    world.enroll("Trần Xa", "CB01", date(2018, 2, 1), official=date(2014, 5, 19), **known)
    assert sound()


def test_the_usual_late_decision_takes_the_day_as_filled_in(world):
    moi = world.admit("Trần Mới", "DB01-01", date(2017, 3, 10))
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("errand", args=[moi.pk, "chinh-thuc"]))
    hand.press(None, **PAPER)
    row = Officialization.objects.get(member=moi)
    assert (row.on, row.added.document.date) == (date(2018, 3, 10), date(2018, 12, 1))


def test_who_came_from_elsewhere_after_the_twelve_months_is_official_from_their_end(world):
    known = {"decided": date(2016, 5, 1), "ceremony": date(2016, 5, 19), "official": None, "entry": "ARRIVED"}
    xa = world.enroll("Trần Xa", "CB01", date(2018, 2, 1), **known)
    probation.make_official({xa: date(2017, 5, 19)}, **world.act())
    assert Officialization.objects.get(member=xa).on == date(2017, 5, 19)
    assert sound()


# Months


@pytest.mark.parametrize(
    ("spans", "whether"),
    [
        ([(date(2018, 2, 1), date(2018, 4, 30))], True),
        ([(date(2018, 7, 2), date(2018, 9, 29))], False),
        ([(date(2018, 7, 2), date(2018, 10, 1))], True),
        ([(date(2018, 2, 1), date(2018, 4, 29))], False),
        ([(date(2018, 2, 1), date(2018, 2, 14)), (date(2018, 2, 15), date(2018, 4, 30))], True),  # they meet
        ([(date(2018, 2, 1), date(2018, 3, 31)), (date(2018, 6, 1), date(2018, 6, 29))], False),  # 2 months, 29 days
        ([(date(2018, 2, 1), date(2018, 3, 31)), (date(2018, 7, 1), date(2018, 7, 30))], True),  # 2 months, 30 days
        ([(date(2017, 12, 31), date(2018, 3, 30))], True),
    ],
)
def test_three_months_are_calendar_months(spans, whether):
    """`spans`: first and last day of each spell away."""
    assert months.reach([(first, last + timedelta(days=1)) for first, last in spans], 3) is whether


def walked(first, last):
    """Completed months, counted on one's fingers: day by day to the last of them."""
    found, day = 0, first
    while day < last:
        day += timedelta(days=1)
        follows = day.day == first.day or (day.day == 1 and first.day > (day - timedelta(days=1)).day)
        found += follows
    return found


def test_months_counted_on_the_fingers():
    chance = random.Random(7)
    for _ in range(150):
        first = date(2011, 1, 1) + timedelta(days=chance.randrange(3000))
        last = first + timedelta(days=chance.randrange(500))
        n = months.completed(first, last)
        assert n == walked(first, last)
        assert months.after(first, n) <= last < months.after(first, n + 1)
        assert months.before(last, n) >= first > months.before(last, n + 1)
