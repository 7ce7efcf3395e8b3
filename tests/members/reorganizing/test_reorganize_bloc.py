"""A whole bloc ends in one act, and many people move in one: the closing of Gia Lai (domain §1.4), in bulk."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger import clock
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.models import Membership
from members.register import arrivals
from members.reorganizing import plan
from members.reorganizing.plan_bloc import ending, receiving, sending_away
from members.roll.flows import flows
from members.roll.on_a_day import below
from organizations import history, lineage, reorganize
from organizations.access import office_of
from organizations.forest import Forest
from organizations.models import GRASSROOTS, Lineage, OutsideTransfer, Succession
from organizations.reorganize import Founding
from tests.standing import standing
from tests.world import count_anew

DAY = date(2025, 2, 10)
EVE = DAY - timedelta(days=1)
# receiver: (organizations, members)
RECEIVERS = {"R1": (22, 567), "R2": (52, 3413), "R3": (31, 578)}
NAMES = {"R1": "Đảng bộ các cơ quan Đảng tỉnh", "R2": "Đảng bộ Ủy ban nhân dân tỉnh", "R3": "Đảng bộ huyện"}


@pytest.fixture
def gia_lai(world):
    """The bloc G: 105 grassroots organizations and 4.558 members; a committee of two cells where there are 30 or more."""
    with clock.fixed(date(2025, 2, 20)):
        rows, cells, world.goes = [Founding(code="G", name="Đảng bộ Khối", kind="KHOI")], [], {}
        for receiver, (organizations, members) in RECEIVERS.items():
            for n in range(organizations):
                code, size = f"{receiver}-{n + 1}", members // organizations + (n < members % organizations)
                world.goes[code] = receiver
                if size < 30:
                    rows.append(Founding(code=code, name=f"Chi bộ {code}", kind="CBCS", parent="G"))
                    cells.append((code, size))
                    continue
                rows.append(Founding(code=code, name=f"Đảng bộ {code}", kind="DBCS", parent="G"))
                for half in (1, 2):
                    rows.append(Founding(code=f"{code}-{half}", name=f"Chi bộ {half}", kind="CBTT", parent=code))
                    cells.append((f"{code}-{half}", size // 2 + (half == 1) * (size % 2)))
        world.org |= reorganize.found(rows, **world.act(date(2015, 1, 1)))
        roots = [Founding(code=code, name=name, kind="KHOI") for code, name in NAMES.items()]
        world.org |= reorganize.found(roots, **world.act(date(2025, 2, 1)))
        people = [world.arrival(f"Lê {code} {n}", code) for code, size in cells for n in range(size)]
        arrivals.enroll(people, **world.act(date(2015, 1, 1)))
        count_anew()
        yield world


def close_the_bloc(world):
    act = plan.dissolving(Forest.on(DAY), "G", parents=world.goes, successors=("R2", "R1", "R3"))
    return world.carry_out(act, DAY)


def figures(code, world, day):
    """(grassroots organizations, members) below `code`."""
    ids = lineage.below([world.org[code]], day)
    grassroots = lineage.places(day).filter(organization__in=ids, kind__in=GRASSROOTS)
    return grassroots.count(), below(world.org[code], day).count()


def test_the_bloc_of_gia_lai_goes_to_three_receivers_in_one_act(gia_lai):
    world, changes = gia_lai, Change.objects.count()
    assert figures("G", world, EVE) == (105, 4558)
    assert {code: figures(code, world, EVE) for code in RECEIVERS} == dict.fromkeys(RECEIVERS, (0, 0))
    memberships = Membership.objects.count()
    with CaptureQueriesContext(connection) as queries:
        close_the_bloc(world)
    assert Change.objects.count() == changes + 1
    assert Membership.objects.count() == memberships  # to nobody has anything happened
    assert len(queries) < 100

    assert {code: figures(code, world, DAY) for code in RECEIVERS} == RECEIVERS
    assert figures("G", world, DAY) == (0, 0)
    assert figures("G", world, EVE) == (105, 4558)
    assert "G" not in Forest.on(DAY)

    nodes = [world.org[code] for code in ("G", *RECEIVERS)]
    found = flows(nodes, date(2025, 1, 1), date(2025, 2, 20))
    seen = {o.code: (f.opening, f.gained, f.lost, f.reorganized, f.closing) for o in nodes for f in [found[o.pk]]}
    assert seen == {"G": (4558, 0, 0, -4558, 0)} | {
        code: (0, 0, 0, members, members) for code, (_, members) in RECEIVERS.items()
    }
    one = world.org["R2-1"]
    flow = flows([one], date(2025, 1, 1), date(2025, 2, 20))[one.pk]
    assert (flow.opening, flow.reorganized, flow.closing) == (66, 0, 66)

    rows = Succession.objects.filter(predecessor=world.org["G"]).values_list("successor__code", "principal")
    assert dict(rows) == {"R2": True, "R1": False, "R3": False}
    assert [e.text for e in history.events(world.org["G"])][0] == (
        "Kết thúc hoạt động; kế thừa: Đảng bộ Ủy ban nhân dân tỉnh (kế thừa chính), "
        "Đảng bộ các cơ quan Đảng tỉnh, Đảng bộ huyện"
    )
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_the_closing_of_the_bloc_is_taken_back(gia_lai):
    before = standing()
    close_the_bloc(gia_lai)
    undo(Change.objects.latest("pk"), by=gia_lai.by, on=DAY, reason="ghi nhầm")
    assert standing() == before


def test_people_who_go_with_their_cells_into_cells_of_the_receivers(gia_lai):
    """The other way round: everything ends, and 4.558 people move into the cells of their receivers in one act."""
    world = gia_lai
    cells = [Founding(code=f"{r}1", name="Chi bộ", kind="CBCS", parent=r) for r in RECEIVERS]
    forest = Forest.on(DAY)
    people = {cell: f"{_of(cell, world)}1" for cell in forest.cells("G")}
    act = plan.dissolving(forest, "G", people=people, successors=("R2", "R1", "R3"))
    act = replace(act, founded=tuple(cells))
    world.carry_out(act, DAY)
    assert {code: figures(code, world, DAY) for code in RECEIVERS} == {c: (1, n) for c, (_, n) in RECEIVERS.items()}
    nodes = [world.org[code] for code in ("G", *RECEIVERS)]
    found = flows(nodes, date(2025, 1, 1), date(2025, 2, 20))
    assert [found[o.pk].reorganized for o in nodes] == [-4558, 567, 3413, 578]
    assert (
        Counter(
            Membership.objects.on(DAY).filter(organization__code__startswith="R").values_list("member")
        ).most_common(1)[0][1]
        == 1
    )
    assert lineage.differences() == (set(), set())


def test_the_bloc_of_gia_lai_goes_out_of_its_register(gia_lai):
    """The register is that of the bloc alone: its 105 organizations and 4.558 people go to three places outside it."""
    world, changes = gia_lai, Change.objects.count()
    gone = sending_away(Forest.on(DAY), {code: NAMES[receiver] for code, receiver in world.goes.items()})
    with CaptureQueriesContext(connection) as queries:
        world.carry_out(ending(["G"], {}, along=[gone]), DAY)
    assert Change.objects.count() == changes + 1
    # Rows are written in as many pieces as their columns ask for: SQLite takes so many values at once.
    assert len([query for query in queries if not query["sql"].startswith("INSERT")]) < 60
    assert (figures("G", world, EVE), figures("G", world, DAY)) == ((105, 4558), (0, 0))
    flow = flows([world.org["G"]], date(2025, 1, 1), date(2025, 2, 20))[world.org["G"].pk]
    assert (flow.opening, dict(flow.departures), flow.reorganized, flow.closing) == (4558, {"SENT_AWAY": 4558}, 0, 0)
    heads = OutsideTransfer.objects.filter(organization__code__in=world.goes).values_list("elsewhere", flat=True)
    assert Counter(heads) == {NAMES[receiver]: count for receiver, (count, _) in RECEIVERS.items()}
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_a_receiver_of_gia_lai_receives_from_outside_its_register(world):
    """The register is that of one receiver, which stood before: 52 organizations and 3.413 people come into it."""
    with clock.fixed(date(2025, 2, 20)):
        world.found(("R2", "KHOI", None), on=date(2025, 2, 1))
        rows, arriving = [], {}
        organizations, members = RECEIVERS["R2"]
        for n in range(organizations):
            code, size = f"CB{100 + n}", members // organizations + (n < members % organizations)
            rows.append(Founding(code=code, name=f"Chi bộ {code}", kind="CBCS", parent="R2"))
            arriving[code] = [world.arrival(f"Lê {code} {k}", "K", DAY, entry="RECEIVED") for k in range(size)]
        with CaptureQueriesContext(connection) as queries:
            world.carry_out(receiving(rows, "Đảng bộ Khối", arriving), DAY)
        assert sum(query["sql"].startswith("SELECT") for query in queries) < 60  # SQLite inserts in many portions
        assert (figures("R2", world, EVE), figures("R2", world, DAY)) == ((0, 0), (52, 3413))
        flow = flows([world.org["R2"]], date(2025, 1, 1), date(2025, 2, 20))[world.org["R2"].pk]
        assert (flow.opening, dict(flow.arrivals), flow.reorganized, flow.closing) == (0, {"RECEIVED": 3413}, 0, 3413)
        assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def _of(cell, world):
    return next(receiver for code, receiver in world.goes.items() if cell == code or cell.startswith(f"{code}-"))


def reads(world, number, day):
    """How many questions a merger with `number` more people asks the database."""
    world.found((f"CB{number}", "CBCS", "K"))
    rows = [world.arrival(f"Lê {number} {n}", f"CB{number}") for n in range(number)]
    arrivals.enroll(rows, **world.act(date(2015, 1, 1)))
    act = plan.merging(Forest.on(day), (f"CB{number}",), "DB01", people={f"CB{number}": "DB01-01"})
    with CaptureQueriesContext(connection) as queries:
        world.carry_out(act, day)
    assert len(world.names("DB01-01", day)) >= 2
    return sum(query["sql"].startswith("SELECT") for query in queries)


def test_the_number_of_questions_does_not_grow_with_people(world):
    assert reads(world, 5, date(2017, 5, 1)) == reads(world, 500, date(2017, 6, 1))


def test_the_principal_acts_for_what_ended_and_the_others_look(world):
    founded = [Founding(code=c, name=f"Đảng bộ {c}", kind="DBCS", parent="K") for c in ("DB08", "DB09")]
    parents = {"DB01-01": "DB08", "DB01-02": "DB09"}
    day = date(2017, 5, 1)
    world.carry_out(plan.splitting(Forest.on(day), "DB01", founded, ends=True, parents=parents, principal="DB09"), day)
    principal, other = (office_of(world.user("COMMITTEE", code, day)) for code in ("DB09", "DB08"))
    ids = {code: world.org[code].pk for code in ("DB01", "DB08", "DB09")}
    assert principal.answerable == {ids["DB01"], ids["DB09"]}
    assert other.answerable == {ids["DB08"]}
    assert other.inherited == {ids["DB01"], ids["DB08"]}
    assert Lineage.objects.on(day).filter(ancestor=ids["DB01"]).count() == 0
