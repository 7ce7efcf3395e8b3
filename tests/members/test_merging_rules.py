"""What a merger's preview promises, the verb keeps: what may stand once a member, and who may have come back."""

from datetime import date

import pytest

from ledger.soundness import outcomes
from members import badges, merging, register, transfers
from members.badges import Award
from members.merging import Fate, plan
from members.models import BadgeAward, BadgeLevel, Entry, Extension, Member, Membership, TransferOffer
from members.probation import extend_probation
from tests.world import refused

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 15)
LEFT = date(2017, 3, 1)


def join(world, kept, dropped):
    return merging.merge(world.people[kept], world.people[dropped], **world.act(reason="một người ghi hai lần"))


def faults():
    return [finding.sentence for outcome in outcomes() for finding in outcome.findings]


def badge_on_each(world):
    """The same level, each in its own cell."""
    known = {"decided": date(1986, 5, 1), "ceremony": date(1986, 5, 2), "official": date(1987, 5, 2)}
    pair = [world.enroll(name, code, **known) for name, code in (("Vũ Xưa", "CB01"), ("Vũ Xứa", "DB01-01"))]
    level = BadgeLevel.objects.get(years=30)
    Member.objects.filter(pk__in=[m.pk for m in pair]).update(birth_date=date(1960, 1, 1))
    badges.award([Award(member=m, level=level, on=date(2018, 11, 7)) for m in pair], **world.act())


def offer_on_each(world):
    pair = [world.enroll(name, code) for name, code in (("Vũ Xưa", "CB01"), ("Vũ Xứa", "DB01-01"))]
    transfers.offer(dict.fromkeys(pair, world.org["CB02"]), **world.act(DAY))


def extension_on_each(world):
    pair = [world.admit(name, code, date(2018, 1, 10)) for name, code in (("Vũ Xưa", "CB01"), ("Vũ Xứa", "DB01-01"))]
    extend_probation(dict(zip(pair, (date(2019, 6, 1), date(2019, 7, 1)), strict=True)), **world.act(DAY))


@pytest.mark.parametrize(
    ("model", "prepare"),
    [(BadgeAward, badge_on_each), (TransferOffer, offer_on_each), (Extension, extension_on_each)],
)
def test_what_a_member_has_once_is_kept_once(world, model, prepare):
    prepare(world)
    kept, dropped = world.people["Xưa"], world.people["Xứa"]
    assert [fate for row, fate in plan(kept, dropped).fates if isinstance(row, model)] == [Fate.REPEATS]
    join(world, "Xưa", "Xứa")
    assert model.objects.get(voided__isnull=True).member == kept
    assert faults() == []


def test_an_offer_that_was_answered_stands_beside_one_that_waits(world):
    offer_on_each(world)
    transfers.withdraw(
        TransferOffer.objects.filter(voided__isnull=True, member=world.people["Xứa"]), **world.act(DAY, reason="nhầm")
    )
    join(world, "Xưa", "Xứa")
    rows = TransferOffer.objects.filter(voided__isnull=True, member=world.people["Xưa"])
    assert sorted(rows.values_list("answer", flat=True)) == ["", "WITHDRAWN"]


@pytest.mark.parametrize(("kept", "dropped"), [("An", "Ân"), ("Ân", "An")])
def test_a_merger_raises_nobody_from_the_dead(world, kept, dropped):
    world.leave("An", LEFT, "DIED")
    world.enroll("Lê Ân", "CB01", date(2017, 6, 1), entry=Entry.ARRIVED)
    sentence = (
        "Một hồ sơ ghi đồng chí đã từ trần ngày 01/03/2017, hồ sơ kia ghi “Chuyển đến từ đảng bộ khác” ngày "
        "01/06/2017: không trở lại danh sách như vậy được. Hãy sửa dòng ghi nhầm trước, hoặc để riêng hai hồ sơ."
    )
    with refused(sentence):
        join(world, kept, dropped)
    assert merging.objection(world.people[kept], plan(world.people[kept], world.people[dropped])) == sentence


@pytest.mark.parametrize(
    ("why", "entry", "joined"),
    [
        ("DEPARTED", "ARRIVED", True),
        ("DEPARTED", "OPENING", True),
        ("STRUCK", "ARRIVED", False),
        ("EXPELLED", "OPENING", False),
    ],
)
def test_two_records_are_one_life_where_there_is_a_way_back(world, why, entry, joined):
    world.leave("An", LEFT, why)
    world.enroll("Lê Ân", "CB01", date(2017, 6, 1), entry=entry)
    assert bool(merging.objection(world.people["An"], plan(world.people["An"], world.people["Ân"]))) != joined


def test_who_was_struck_and_admitted_anew_on_another_record_is_one_person(world):
    world.leave("An", LEFT, "STRUCK")
    world.admit("Lê Ân", "CB01", date(2017, 6, 1))
    join(world, "An", "Ân")
    assert faults() == []


def test_the_check_names_who_came_back_as_nobody_does(world):
    world.leave("An", LEFT, "DIED")
    register.enroll([world.arrival("Lê Ân", "CB01", date(2017, 6, 1))], **world.act())
    Membership.objects.current().filter(member__full_name="Lê Ân").update(member=world.people["An"])
    found = [sentence for sentence in faults() if sentence.startswith("Lê An")]
    assert found == ["Lê An: đã từ trần ngày 01/03/2017, lại ghi “Có khi lập sổ” ngày 01/06/2017."]
