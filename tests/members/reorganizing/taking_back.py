"""Days, acts and the way back from them, for the tests of what keeps an act from being undone."""

from datetime import date

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.badges import awards
from members.badges.awards import Award
from members.models import BadgeLevel, Entry
from members.register.returns import Return, come_back
from tests.world import START

LEFT = date(2018, 3, 1)
BACK = date(2018, 4, 1)
DAY = date(2018, 6, 1)
LATER = date(2018, 9, 1)


def last():
    return Change.objects.latest("pk")


def take_back(world, change):
    undo(change, reason="ghi nhầm", **world.act())
    assert found() == {}


def found():
    """{title: sentences} of the checks that find something; figures and texts are no business of these acts."""
    return {o.title: [f.sentence for f in o.findings] for o in outcomes(quick=True) if not o.sound}


def come(world, name, entry=Entry.ARRIVED, on=BACK, **more):
    row = Return(member=world.people[name], organization=world.org["CB01"], on=on, entry=entry, **more)
    come_back([row], **world.act())
    return last()


def veteran(world, name="Vũ Xưa", code="DB01-01", on=START):
    long_ago = {"decided": date(1988, 1, 1), "ceremony": date(1988, 1, 2), "official": date(1989, 1, 2)}
    return world.enroll(name, code, on, born=date(1960, 1, 1), **long_ago)


def badge(world, member, day=DAY, **more):
    awards.award([Award(member=member, level=BadgeLevel.objects.get(years=30), on=day, **more)], **world.act())
    return last()
