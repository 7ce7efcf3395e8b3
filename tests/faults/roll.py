"""The scenes of verbs about the roll: who comes, moves and leaves, statuses, posts, reorganizations."""

from datetime import date

from members.life import probation, sanctions, statuses
from members.life.posts import post
from members.models import Discipline, Exit, Post, Status
from members.register import arrivals, departures, moves
from members.reorganizing.carry_out import carry_out, merge
from members.reorganizing.plan import Plan
from organizations.reorganize import Founding
from organizations.verbs import TreeVerb
from tests.faults.scene import DAY, people, scene
from tests.ratings.desk import Desk


@scene("members.register.arrivals.enroll")
def _(world):
    return lambda: arrivals.enroll([world.arrival("Lê Mới", "DB01-01"), world.arrival("Võ Tới", "CB01")], **world.act())


@scene("members.register.arrivals.admit")
def _(world):
    Desk(world, 2018)
    return lambda: arrivals.admit(
        [world.newcomer("Lê Mới", "DB01-01", DAY), world.newcomer("Võ Tới", "CB01", DAY)], **world.act(DAY)
    )


@scene("members.register.moves.transfer")
def _(world):
    Desk(world, 2018).rate(An=2, Chi=2)
    rows = [(member, world.org["DB02-01"], DAY) for member in people(world, "An", "Chi")]
    return lambda: moves.transfer(rows, **world.act(DAY))


@scene("members.register.departures.leave")
def _(world):
    Desk(world, 2018).rate(An=2)
    an, chi = people(world, "An", "Chi")
    statuses.exempt([an], **world.act(date(2018, 1, 1)))
    post([(chi, world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(date(2018, 1, 1)))
    return lambda: departures.leave([(an, DAY, Exit.DIED), (chi, DAY, Exit.DEPARTED)], **world.act(DAY))


@scene("members.life.probation.make_official")
def _(world):
    world.admit("Lê Mới", "DB01-01", date(2017, 3, 1))
    return lambda: probation.make_official({world.people["Mới"]: DAY}, **world.act(DAY))


@scene("members.life.statuses.set_status")
def _(world):
    return lambda: statuses.set_status(people(world, "An", "Chi"), Status.Kind.SICK, **world.act(DAY))


@scene("members.life.statuses.exempt")
def _(world):
    return lambda: statuses.exempt(people(world, "An", "Chi"), **world.act(DAY))


@scene("members.life.statuses.suspend")
def _(world):
    return lambda: statuses.suspend(people(world, "An", "Chi"), **world.act(DAY))


@scene("members.life.statuses.lift_status")
def _(world):
    both = people(world, "An", "Chi")
    statuses.suspend(both, **world.act(date(2018, 1, 1)))
    return lambda: statuses.lift_status(both, Status.Kind.SUSPENDED, **world.act(DAY))


@scene("members.life.sanctions.discipline")
def _(world):
    rows = [(member, Discipline.Kind.WARNING, DAY) for member in people(world, "An", "Chi")]
    return lambda: sanctions.discipline(rows, **world.act(DAY))


@scene("members.life.posts.post")
def _(world):
    rows = [(member, world.org["DB01"], Post.Kind.COMMITTEE) for member in people(world, "An", "Chi")]
    return lambda: post(rows, **world.act(DAY))


@scene("members.reorganizing.carry_out.merge")
def _(world):
    Desk(world, 2018).rate(Lan=2)
    org = world.org
    cells = {org["DB03-01"]: org["DB02-01"], org["DB03-02"]: None}
    return lambda: merge([org["DB03"], org["BP01"]], org["DB02"], cells=cells, **world.act(DAY))


@scene("members.reorganizing.carry_out.carry_out")
def _(world):
    Desk(world, 2018).rate(Phúc=2, An=2)
    phuc, quan, chi = people(world, "Phúc", "Quân", "Chi")
    post([(phuc, world.org["CB01"], Post.Kind.SECRETARY)], **world.act(date(2018, 1, 1)))
    plan = Plan(
        verb=TreeVerb.MERGE,
        founded=(
            Founding(code="DB01-03", name="Chi bộ mới", kind="CBTT", parent="DB01"),
            Founding(code="DB01-04", name="Chi bộ chuyển đến", kind="CBTT", parent="DB01"),
        ),
        changed={"DB01-02": {"parent": "DB02", "name": "Tên mới"}},
        ended=("CB01", "CB02"),
        people={"CB01": "DB01-03"},
        sent={"CB02": "Đảng bộ huyện"},
        received={"DB01-04": "Đảng bộ huyện"},
        arriving={"DB01-04": (world.arrival("Lê Tới", "K", DAY, entry="RECEIVED"),)},
        persons={chi.pk: "DB01-03"},
        leaving={quan.pk: Exit.DEPARTED},
        successors={"CB01": ("DB01-03", "DB01")},
        origins={"DB01-03": "DB01-02"},
    )
    return lambda: carry_out(plan, **world.act(DAY))
