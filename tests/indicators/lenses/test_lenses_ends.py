"""What ends in several or in nobody, up to a whole bloc, under both lenses, and what is lost between them."""

from datetime import date

import pytest

from indicators.measures import MEASURES
from inspections.letters.letters import ReceivedLetter, register_letters
from members.models import Exit
from members.register import arrivals
from members.reorganizing.plan import dissolving
from organizations import reorganize
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.indicators.lenses.facts import LATER, MAY, WINDOWS, WINTER, facts_of_2016, figures, lines, seen
from tests.world import TODAY, count_anew

from .lens_checks import Both

pytestmark = pytest.mark.django_db
world = pytest.fixture(facts_of_2016)


def test_one_that_nobody_takes_over_leaves_its_own_facts_to_nobody(world):
    """CB01 is dissolved without a successor: Phúc and the others to CB02; whose facts remain are lost."""
    world.leave("Hạ", WINTER, Exit.DIED)
    persons = {world.people[name].pk: "CB02" for name in ("Phúc", "Quân", "Xuân", "Thu", "Đông")}
    world.carry_out(dissolving(Forest.on(MAY), "CB01", persons=persons), MAY)
    both = seen(world)
    assert figures(both, world, "CB02", "members admitted organizations_rated planned") == "2→7 0→3 1→1 0→0"
    assert figures(both, world, "CB01", "members admitted organizations_rated planned") == "6→0 4→0 1→0 2→0"
    assert figures(both, world, "K", "members admitted organizations_rated planned") == "21→21 5→5 5→5 0→0"
    event = "giải thể 01/05/2017"
    assert lines(both, world, "CB01", "admitted") == {f"CB01 > CB02: {event}": 3, f"CB01 > ?: {event}": 1}
    assert lines(both, world, "K", "members", inside=True) == {f"CB01 > CB02: {event}": 5, f"CB01 > ?: {event}": 1}
    assert {m for (m, year), n in both.lost.items() if year == 2016 and n} == {
        "admitted", "admitted_decided", "admitted_youth", "admitted_decided_youth", "members",
        "rated", "rated_good", "rated_2", "organizations_rated", "organizations_top", "organizations_good", "organizations_1",
        "organizations_exemplary", "tasks_entered", "tasks_done", "letters_due", "letters_in_time", "grassroots",
        "grassroots_cells", "cells", "finance_checked", "planned", "planned_done", "planned_inspections",
        "planned_inspections_done",
    }  # fmt: skip
    both.check_rows()


def test_the_bloc_of_gia_lai_closes(world):
    """105 organizations with 4.558 members go to three receivers: 22 with 567, 52 with 3.413, 31 with 578 (domain §1.4)."""
    sizes = {"CQD": (22, 567), "UBND": (52, 3413), "HUYEN": (31, 578)}
    world.found(("GL", "KHOI", None), *((code, "KHOI", None) for code in sizes))
    codes = {code: [f"{code}-{n}" for n in range(1, count + 1)] for code, (count, _) in sizes.items()}
    world.org |= reorganize.found(
        [Founding(code=c, name=f"Chi bộ {c}", kind="CBCS", parent="GL") for cells in codes.values() for c in cells],
        **world.act(date(2015, 1, 1)),
    )
    rows = [
        world.arrival(f"Lý {code} {n}", codes[code][n % count], date(2015, 1, 1))
        for code, (count, people) in sizes.items()
        for n in range(people)
    ]
    arrivals.enroll(rows, **world.act(date(2015, 1, 1)))
    count_anew()
    day = date(2018, 2, 10)
    goes = {cell: code for code, cells in codes.items() for cell in cells}
    world.carry_out(dissolving(Forest.on(day), "GL", parents=goes, successors=["UBND", "CQD", "HUYEN"]), day)
    both = Both(WINDOWS, TODAY, [MEASURES[code] for code in ("members", "grassroots")]).check()
    assert figures(both, world, "GL", "members grassroots", 2017) == "4558→0 105→0"
    for code, (count, people) in sizes.items():
        assert figures(both, world, code, "members grassroots", 2017) == f"0→{people} 0→{count}"
        assert figures(both, world, code, "members grassroots", 2018) == f"{people}→{people} {count}→{count}"
        assert lines(both, world, code, "members", 2017) == {f"GL > {code}: chia tách 10/02/2018": people}
    gone = {f"GL > {code}: chia tách 10/02/2018": people for code, (_, people) in sizes.items()}
    assert lines(both, world, "GL", "members", 2017) == gone and sum(gone.values()) == 4558
    inside = lines(both, world, "GL", "members", 2017, inside=True)
    assert len(inside) == 105 and sum(inside.values()) == 4558


def test_a_bloc_that_ends_leaves_its_own_facts_to_no_one_of_three(world):
    world.found(*((code, "KHOI", None) for code in ("R1", "R2", "R3")), on=LATER)
    org = world.org
    letter = ReceivedLetter(
        number="9", organization=org["K"], received_on=date(2017, 2, 1), accepted_on=date(2017, 2, 3), due_on=MAY
    )
    register_letters([letter], **world.act())
    day = date(2018, 4, 1)
    plan = dissolving(
        Forest.on(day), "K", successors=["R1", "R2", "R3"],
        parents={"DB01": "R1", "DB02": "R1", "DB03": "R2", "CB01": "R3", "CB02": "R3"},
    )  # fmt: skip
    world.carry_out(plan, day)
    both = seen(world)
    assert figures(both, world, "K", "members letters_due", 2017) == "21→0 1→1"
    assert [figures(both, world, c, "members letters_due", 2017) for c in ("R1", "R2", "R3")] == [
        "0→9 0→0", "0→4 0→0", "0→8 0→0"
    ]  # fmt: skip
    assert lines(both, world, "K", "letters_due", 2017) == {}
    assert lines(both, world, "K", "letters_due", 2017, inside=True) == {"K > ?: chia tách 01/04/2018": 1}
    assert lines(both, world, "R1", "members", 2017) == {"K > R1: chia tách 01/04/2018": 9}
    assert both.lost["letters_due", 2017] == 1
