"""A badge stands in the cell in which its holder was on that day, whatever is recorded or undone later."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.badges.awards import go_with_holders
from members.merging import mergers
from members.models import BadgeAward, Exit
from tests.members.reorganizing.taking_back import BACK, LATER, LEFT, badge, found, last, take_back, veteran
from tests.standing import standing

pytestmark = pytest.mark.django_db


def cell_of_badge():
    return BadgeAward.objects.get(voided__isnull=True).organization.code


def test_a_badge_goes_with_a_transfer_dated_back(world):
    badge(world, veteran(world))
    before = standing()
    world.transfer("Xưa", "CB01", LEFT)
    assert (cell_of_badge(), found()) == ("CB01", {})
    take_back(world, last())
    assert standing() == before


def test_and_back_when_the_transfer_is_undone(world):
    old = veteran(world)
    world.transfer("Xưa", "CB01", LEFT)
    act = last()
    given = badge(world, old)
    assert cell_of_badge() == "CB01"
    take_back(world, act)
    assert cell_of_badge() == "DB01-01"
    take_back(world, given)
    assert not BadgeAward.objects.standing().exists()


def test_and_with_a_merger_of_two_records(world):
    old, twin = veteran(world), veteran(world, "Vũ Xua", "CB01", date(2016, 1, 1))
    badge(world, twin)
    before = standing()
    mergers.merge(old, twin, **world.act(reason="một người ghi hai lần"))
    assert (cell_of_badge(), found()) == ("DB01-01", {})
    take_back(world, last())
    assert standing() == before


def test_a_badge_after_death_and_one_before_the_transfer_stay(world):
    badge(world, veteran(world))
    world.transfer("Xưa", "CB01", LATER)
    assert BadgeAward.objects.get().organization.code == "DB01-01"
    gone = veteran(world, "Vũ Cũ", "DB01-02")
    world.transfer("Cũ", "CB02", LEFT)
    act = last()
    world.leave("Cũ", BACK, Exit.DIED)
    badge(world, gone, kind=BadgeAward.Kind.POSTHUMOUS, reason="theo đề nghị của chi bộ")
    BadgeAward.objects.filter(member=gone).update(organization=world.org["DB01-02"])
    with CaptureQueriesContext(connection) as queries:
        go_with_holders([gone.pk], act)
    assert (len(queries), found()) == (1, {})


def test_a_badge_in_another_cell_is_named(world):
    badge(world, veteran(world))
    BadgeAward.objects.update(organization=world.org["CB01"])
    title = "Huy hiệu Đảng ghi ở chi bộ mà người nhận sinh hoạt ngày trao"
    assert found() == {title: ["Vũ Xưa: Huy hiệu Đảng trao ngày 01/06/2018 ghi ở CB01, hôm đó sinh hoạt ở DB01-01."]}
