"""The scenes of verbs about people beside those of roll.py: probation, transfers, candidates, badges, records."""

from datetime import date

from inspections.discipline import discipline
from ledger.documents import document
from members.badges import awards
from members.candidates import steps
from members.candidates.amendments import amend
from members.life import offers as transfers
from members.life import probation, sanctions, statuses
from members.life.posts import end_posts, post
from members.merging import mergers
from members.models import BadgeLevel, Candidate, Discipline, Entry, Exit, Post, Stage
from members.records import amendments
from members.register import returns
from tests.ratings.desk import Desk

from .inspections import subjects_of
from .scene import DAY, people, scene

EARLY = date(2018, 1, 5)


def _on_probation(world):
    for name, code in (("Lê Mới", "DB01-01"), ("Võ Tới", "CB01")):
        world.admit(name, code, date(2017, 12, 1))
    return people(world, "Mới", "Tới")


@scene("members.life.probation.extend_probation")
def _(world):
    until = dict.fromkeys(_on_probation(world), date(2019, 6, 1))
    return lambda: probation.extend_probation(until, **world.act(DAY))


@scene("members.life.probation.end_probation")
def _(world):
    days = dict.fromkeys(_on_probation(world), DAY)
    return lambda: probation.end_probation(days, reason="không đủ tư cách", **world.act(DAY))


def _offered(world):
    Desk(world, 2018).rate(An=2, Chi=2)
    return transfers.offer(dict.fromkeys(people(world, "An", "Chi"), world.org["DB02-01"]), **world.act(EARLY))


@scene("members.life.offers.offer")
def _(world):
    rows = dict.fromkeys(people(world, "An", "Chi"), world.org["DB02-01"])
    return lambda: transfers.offer(rows, **world.act(DAY))


@scene("members.life.offers.accept")
def _(world):
    offers = _offered(world)
    return lambda: transfers.accept(offers, **world.act(DAY))


@scene("members.life.offers.refuse")
def _(world):
    offers = _offered(world)
    return lambda: transfers.refuse(offers, reason="chưa đủ hồ sơ", **world.act(DAY))


@scene("members.life.offers.withdraw")
def _(world):
    offers = _offered(world)
    return lambda: transfers.withdraw(offers, reason="giới thiệu nhầm", **world.act(DAY))


@scene("members.register.returns.come_back")
def _(world):
    Desk(world, 2018)
    for name, why in (("An", Exit.DEPARTED), ("Chi", Exit.STRUCK)):
        world.leave(name, EARLY, why)
    an, chi = people(world, "An", "Chi")
    rows = [
        returns.Return(member=an, organization=world.org["CB01"], on=DAY, entry=Entry.ARRIVED),
        returns.Return(member=chi, organization=world.org["CB01"], on=DAY, entry=Entry.RESTORED, decided=EARLY),
    ]
    return lambda: returns.come_back(rows, **world.act(DAY))


@scene("members.life.sanctions.expel")
def _(world):
    Desk(world, 2018).rate(An=2)
    days = dict.fromkeys(people(world, "An", "Chi"), DAY)
    return lambda: sanctions.expel(days, **world.act(DAY))


@scene("members.life.posts.end_posts")
def _(world):
    rows = [(member, world.org["DB01"], Post.Kind.COMMITTEE) for member in people(world, "An", "Chi")]
    post(rows, **world.act(EARLY))
    posts = list(Post.objects.standing().order_by("pk"))
    return lambda: end_posts(posts, **world.act(DAY))


def _person(world, name, code="DB01-01"):
    return steps.Recommendation(
        full_name=name, sex="F", birth_date=date(1994, 3, 3), organization=world.org[code], on=EARLY, youth=True
    )


def _recommended(world):
    return steps.recommend([_person(world, "Lê Mới"), _person(world, "Võ Tới", "CB01")], **world.act(EARLY))


@scene("members.candidates.steps.recommend")
def _(world):
    rows = [_person(world, "Lê Mới"), _person(world, "Võ Tới", "CB01")]
    return lambda: steps.recommend(rows, **world.act(EARLY))


@scene("members.candidates.steps.advance")
def _(world):
    rows = [(candidate, Stage.CLASS, DAY) for candidate in _recommended(world)]
    return lambda: steps.advance(rows, **world.act(DAY))


@scene("members.candidates.steps.stop")
def _(world):
    rows = [(candidate, Stage.STOPPED, DAY, "chuyển công tác") for candidate in _recommended(world)]
    return lambda: steps.stop(rows, **world.act(DAY))


@scene("members.candidates.amendments.amend")
def _(world):
    rows = {candidate: {"youth": False} for candidate in _recommended(world)}
    return lambda: amend(rows, **world.act(DAY))


@scene("members.candidates.steps.admit_from")
def _(world):
    Desk(world, 2018)
    found = _recommended(world)
    for stage, day in zip((Stage.CLASS, Stage.DOSSIER, Stage.DECIDED), (2, 3, 4), strict=True):
        rows = [(candidate, stage, date(2018, day, 1)) for candidate in found]
        steps.advance(rows, **world.act(date(2018, day, 1)))
    rows = [steps.Ceremony(candidate=c, on=DAY, ethnic_group=world.kinh) for c in Candidate.objects.order_by("pk")]
    return lambda: steps.admit_from(rows, **world.act(DAY))


@scene("members.badges.awards.award")
def _(world):
    long_ago = {"decided": date(1980, 5, 1), "ceremony": date(1980, 5, 19), "official": date(1981, 5, 19)}
    for name in ("Lê Già", "Võ Lão"):
        world.enroll(name, "CB01", born=date(1950, 1, 1), **long_ago)
    level = BadgeLevel.objects.get(years=30)
    rows = [awards.Award(member=member, level=level, on=DAY) for member in people(world, "Già", "Lão")]
    return lambda: awards.award(rows, **world.act(DAY))


@scene("members.records.amendments.amend")
def _(world):
    rows = {member: {"occupation": "kế toán", "card_number": ""} for member in people(world, "An", "Chi")}
    return lambda: amendments.amend(rows, reason="đối chiếu lý lịch", **world.act(DAY))


def tied(world, kept, dropped):
    """The same discipline of both; that of `dropped` followed from an inspection."""
    sanctions.discipline([(one, Discipline.Kind.REPRIMAND, DAY) for one in (kept, dropped)], **world.act(DAY))
    origin = subjects_of(world, date(2018, 5, 2))[0]
    discipline.tie([(Discipline.objects.get(member=dropped), origin)], **world.act(DAY))


@scene("members.merging.mergers.merge")
def _(world):
    Desk(world, 2018).rate(An=2, Chi=2)
    an, chi = people(world, "An", "Chi")
    post([(chi, world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(EARLY))
    statuses.exempt([chi], document=document("1-QĐ", EARLY, "Đảng ủy"), **world.act(EARLY))
    tied(world, an, chi)
    return lambda: mergers.merge(an, chi, reason="một người ghi hai lần", **world.act(DAY))
