"""A return, an admission anew or a death is not undone while an act of the member rests on it; acts of the gone are named."""

from datetime import date

import pytest

from members.life import sanctions
from members.life.probation import make_official
from members.models import BadgeAward, BadgeLevel, Discipline, Entry, Exit, Extension, Officialization
from members.register import arrivals
from tests.members.reorganizing.taking_back import BACK, DAY, LATER, LEFT, badge, come, found, last, take_back, veteran
from tests.world import refused

pytestmark = pytest.mark.django_db
ON_THE_ROLL = (
    "Công nhận chính thức, gia hạn dự bị, kỷ luật, Huy hiệu Đảng chỉ ghi cho người có tên trong danh sách hôm đó"
)


def discipline(world, name, day=LATER):
    sanctions.discipline([(world.people[name], Discipline.Kind.WARNING, day)], **world.act())
    return last()


def test_a_return_is_not_undone_under_a_discipline(world):
    world.leave("An", LEFT)
    back = come(world, "An")
    act = discipline(world, "An")
    with refused("Lê An có kỷ luật đảng viên ghi ngày 01/09/2018; hãy hủy việc đó trước."):
        take_back(world, back)
    take_back(world, act)
    take_back(world, back)


def test_nor_is_an_arrival_of_someone_known(world):
    world.leave("An", LEFT)
    arrivals.enroll([world.arrival("", "CB01", BACK, member=world.people["An"], entry="ARRIVED")], **world.act())
    back = last()
    discipline(world, "An")
    with refused("Lê An có kỷ luật đảng viên ghi ngày 01/09/2018; hãy hủy việc đó trước."):
        take_back(world, back)


def test_nor_is_an_admission_anew_under_its_recognition(world):
    world.leave("An", date(2016, 1, 1), Exit.RESIGNED)
    back = come(world, "An", Entry.READMITTED, date(2016, 9, 1), decided=date(2016, 8, 1))
    make_official({world.people["An"]: date(2017, 9, 1)}, **world.act())
    with refused("Lê An có công nhận chính thức ghi ngày 01/09/2017; hãy hủy việc đó trước."):
        take_back(world, back)


def test_nor_under_a_badge_given_elsewhere_before_it(world):
    old = veteran(world)
    world.leave("Xưa", LEFT)
    back = come(world, "Xưa")
    badge(world, old, date(2018, 3, 15))
    assert BadgeAward.objects.get().organization is None
    with refused("Vũ Xưa có Huy hiệu Đảng đã trao ghi ngày 15/03/2018; hãy hủy việc đó trước."):
        take_back(world, back)


def test_nor_is_a_death_under_a_badge_after_it(world):
    old = veteran(world)
    world.leave("Xưa", LEFT, Exit.DIED)
    death = last()
    badge(world, old, kind=BadgeAward.Kind.POSTHUMOUS, reason="theo đề nghị của chi bộ")
    with refused("Vũ Xưa có Huy hiệu Đảng đã trao ghi ngày 01/06/2018; hãy hủy việc đó trước."):
        take_back(world, death)


def test_what_was_brought_from_elsewhere_comes_before_the_roll(world):
    world.leave("An", date(2016, 1, 1))
    come(world, "An")
    Officialization.objects.filter(member=world.people["An"]).update(on=date(2017, 1, 1))
    assert found() == {}


@pytest.mark.parametrize(
    "model, more", [(Discipline, {"kind": 1}), (Extension, {"until": date(2019, 1, 1)}), (Officialization, {})]
)
def test_acts_of_the_gone_are_named(world, model, more):
    an = world.people["An"]
    world.leave("An", LEFT)
    row = model.objects.create(member=an, on=DAY, added=last(), **more)
    told = f"Lê An: {row._meta.verbose_name} ghi ngày 01/06/2018, ngoài thời gian có tên trong danh sách."
    assert found()[ON_THE_ROLL] == [told]


def test_a_badge_of_the_gone_and_one_of_the_living_after_death_are_named(world):
    old, level = veteran(world), BadgeLevel.objects.get(years=30)
    row = BadgeAward.objects.create(
        member=old, level=level, organization=world.org["DB01-01"], on=DAY, kind=3, added=last()
    )
    told = ["Vũ Xưa: Huy hiệu Đảng đã trao ghi ngày 01/06/2018, ngoài thời gian có tên trong danh sách."]
    assert found()[ON_THE_ROLL] == told
    world.people["Xưa"].memberships.update(ends=LEFT, exit=Exit.DEPARTED)
    BadgeAward.objects.filter(pk=row.pk).update(kind=1)
    assert found()[ON_THE_ROLL] == told
