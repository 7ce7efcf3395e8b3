"""Two lenses on the small world, and the bridge between them: exact numbers, every rule a story of its own."""

from datetime import date

import pytest

from indicators.lenses import lens as lenses
from indicators.lenses.bridge import Bridges
from indicators.measures import MEASURES, REGISTRY
from inspections.checks.register import InspectionPlan as Work
from inspections.checks.register import register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from members.models import Exit
from members.register import arrivals
from members.reorganizing.plan import dissolving, merging, splitting
from organizations import reorganize
from organizations.forest import Forest
from organizations.reorganize import Founding
from ratings.models import OrganizationRating
from ratings.verdicts.verdicts import record_tasks
from tests.indicators.board import window
from tests.kept import kept
from tests.ratings.desk import CELLS, SUBORDINATE, Desk
from tests.world import TODAY, World, count_anew

from .lens_checks import Both

pytestmark = pytest.mark.django_db
WINTER, MARCH, MAY, JULY, LATER = (
    date(2017, 2, 1), date(2017, 3, 1), date(2017, 5, 1), date(2017, 7, 1), date(2018, 3, 1)
)  # fmt: skip
WINDOWS = [window(2015), window(2016), window(2017), window(2018, TODAY)]


@pytest.fixture
def world(db):
    return kept(with_facts)


def with_facts():
    """Facts of every family in 2016: four admitted into CB01, one into DB01-01; everyone rated; letters, work, checks."""
    world = kept(World)
    for name, code in (("Xuân", "CB01"), ("Hạ", "CB01"), ("Thu", "CB01"), ("Đông", "CB01"), ("Bắc", "DB01-01")):
        world.admit(f"Vũ {name}", code, date(2016, 3, 1), youth=name in ("Xuân", "Hạ"))
    desk = Desk(world, 2016)
    desk.rate_all(An=1, Xuân=1)
    desk.submit(*SUBORDINATE)
    desk.endorse(*SUBORDINATE)
    desk.decide(*CELLS)
    desk.rate_organizations(DB01=2, DB02=2, DB03=2, CB01={"level": 1, "exemplary": True}, CB02=2)
    task = OrganizationRating.Task
    record_tasks(desk.period, {world.org["CB01"]: task.EXCEEDED, world.org["DB03"]: task.FAILED}, **desk.by())
    org = world.org
    letters = [
        ReceivedLetter(number=f"{n}", organization=org[code], received_on=date(2016, 2, 1), accepted_on=date(2016, 2, 3),
                 due_on=date(2016, 6, 1), resolved_on=date(2016, 5, n))
        for n, code in enumerate(("CB01", "DB01-01", "DB03-01"), start=1)
    ]  # fmt: skip
    register_letters(letters, **world.act())
    work = [
        Work(
            year=2016, kind=kind, title=kind, conductor=org[by], subjects=tuple((org[o], date(2016, 4, 1)) for o in on)
        )
        for kind, by, on in (
            (Inspection.Kind.INSPECTION, "CB01", ["DB01-01", "CB02"]),
            (Inspection.Kind.SUPERVISION, "DB01", ["DB01-01"]),
            (Inspection.Kind.FINANCE, "K", ["CB01", "DB02"]),
        )
    ]
    register_inspections(work, **world.act())
    return world


def seen(world):
    return Both(WINDOWS, TODAY).check()


def figures(both, world, code, measures, year=2016):
    """ "then → now" of each of `measures` at the organization `code`."""
    keys = [(m, world.org[code].pk, year) for m in measures.split()]
    return " ".join(f"{both.then[key]}→{both.now[key]}" for key in keys)


def lines(both, world, code, measure, year=2016, *, inside=False):
    """{"old > new: event day": n}: the bridge at the organization `code`."""
    codes = {o.pk: c for c, o in world.org.items()} | {None: "?"}
    ask = both.bridges.inside if inside else both.bridges.at
    return {
        f"{codes[line.old]} > {codes[line.new]}: "
        + ", ".join(f"{event} {day:%d/%m/%Y}" for day, event in line.steps): n
        for line in ask(world.org[code].pk, year)
        if (n := line.counts[measure])
    }


def merge_cb01(world, day=MAY):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, day)


def test_without_a_reorganization_the_lenses_are_one(world):
    world.transfer("An", "DB02-01", MARCH)
    world.rename("DB01", "Tên khác", MAY)
    world.found(("DB01-03", "CBTT", "DB01"), on=MAY)
    world.leave("Bình", JULY, Exit.DIED)
    both = seen(world)
    assert both.now == both.then
    assert not both.lens.touched and not both.bridges.facts
    assert not any(both.lens.differs(o.pk) or both.lens.years_of_change(o.pk) for o in world.org.values())


def test_a_merger_takes_each_persons_facts_to_where_it_took_the_person(world):
    """Hạ dies and Đông moves away before it; Thu moves on afterwards, of their own will."""
    world.leave("Hạ", WINTER, Exit.DIED)
    world.transfer("Đông", "DB02-02", MARCH)
    merge_cb01(world)
    world.transfer("Thu", "DB02-01", JULY)
    both = seen(world)
    measures = "admitted admitted_youth rated rated_top members"
    assert figures(both, world, "DB01-01", measures) == "1→3 0→1 3→7 1→2 3→7"
    # Whom it did not take goes to the principal successor, a committee, and counts there itself.
    assert figures(both, world, "DB01", measures) == "1→5 0→2 5→11 1→2 5→11"
    assert figures(both, world, "CB01", measures) == "4→0 2→0 6→0 1→0 6→0"
    assert figures(both, world, "K", measures) == "5→5 2→2 21→21 2→2 21→21"
    for code in ("DB02", "DB02-01", "DB02-02", "DB01-02"):
        assert lines(both, world, code, "members") == {}
    event = "sáp nhập 01/05/2017"
    assert lines(both, world, "DB01", "admitted") == {f"CB01 > DB01: {event}": 4}
    assert lines(both, world, "DB01-01", "admitted") == {f"CB01 > DB01-01: {event}": 2}
    assert lines(both, world, "CB01", "admitted") == {f"CB01 > DB01-01: {event}": 2, f"CB01 > DB01: {event}": 2}
    assert lines(both, world, "K", "admitted") == {}
    assert lines(both, world, "K", "admitted", inside=True) == {f"CB01 > DB01: {event}": 4}
    both.check_rows()


def test_a_merger_takes_an_organizations_facts_to_its_one_successor(world):
    merge_cb01(world)
    both = seen(world)
    measures = (
        "organizations_rated organizations_top tasks_done letters_due planned_done grassroots cells finance_checked"
    )
    assert figures(both, world, "DB01", measures) == "1→2 0→1 0→1 1→2 1→3 1→2 2→3 0→1"
    assert figures(both, world, "CB01", measures) == "1→0 1→0 1→0 1→0 2→0 1→0 1→0 1→0"
    assert figures(both, world, "K", measures) == "5→5 1→1 1→1 3→3 0→0 5→5 8→8 2→2"
    assert lines(both, world, "DB01", "planned_done") == {"CB01 > DB01: sáp nhập 01/05/2017": 2}
    assert lines(both, world, "K", "planned_done", inside=True) == {}  # work counts for its conductor alone


def test_a_merger_by_plan_names_the_receiving_cell_beside_its_committee_and_is_one_successor(world):
    """DB01 ends in DB02: DB01-01 into DB02-01 (successors: that cell, and DB02 above it), DB01-02 goes on."""
    world.carry_out(merging(Forest.on(MAY), ["DB01"], "DB02", people={"DB01-01": "DB02-01"}), MAY)
    both = seen(world)
    assert figures(both, world, "DB02", "organizations_rated letters_due cells members") == "1→2 0→1 2→4 4→9"
    assert figures(both, world, "DB02-01", "organizations_rated letters_due cells members") == "0→0 0→1 1→2 2→5"
    assert lines(both, world, "DB02", "letters_due") == {"DB01 > DB02: sáp nhập 01/05/2017": 1}
    assert lines(both, world, "DB02-01", "letters_due") == {"DB01-01 > DB02-01: sáp nhập 01/05/2017": 1}
    assert not any(both.lost.values())


def test_the_year_of_the_merger_is_parted_at_its_day(world):
    world.admit("Ngô Lam", "CB01", WINTER)
    merge_cb01(world)
    world.admit("Ngô Mai", "DB01-01", MAY)
    both = seen(world)
    assert figures(both, world, "DB01-01", "admitted members", 2017) == "1→2 11→11"
    assert figures(both, world, "CB01", "admitted members", 2017) == "1→0 0→0"
    assert figures(both, world, "DB01", "admitted members", 2018) == "0→0 13→13"


def test_looked_at_before_the_merger_the_lenses_are_one(world):
    merge_cb01(world)
    both = Both([window(2015), window(2016), window(2017, date(2017, 4, 30))], date(2017, 4, 30)).check()
    assert both.now == both.then and not both.lens.touched


def test_a_committee_moves_under_another_with_all_below_it(world):
    world.move("BP01", "DB01", MAY)
    both = seen(world)
    assert figures(both, world, "DB01", "members rated letters_due cells") == "5→7 5→7 1→2 2→3"
    assert figures(both, world, "DB03", "members rated letters_due cells") == "4→2 4→2 1→0 2→1"
    assert figures(both, world, "BP01", "members rated letters_due cells") == "2→2 2→2 1→1 1→1"
    assert lines(both, world, "DB01", "members") == {"DB03 > DB01: chuyển trực thuộc 01/05/2017": 2}
    assert lines(both, world, "DB03", "members") == {"DB03 > DB01: chuyển trực thuộc 01/05/2017": 2}
    assert lines(both, world, "K", "members", inside=True) == {"DB03 > DB01: chuyển trực thuộc 01/05/2017": 2}
    assert not both.lens.differs(world.org["BP01"].pk) and both.lens.years_of_change(world.org["BP01"].pk) == {2017}
    both.check_rows()


def test_what_moved_away_and_back_crossed_nothing(world):
    world.move("DB01-02", "DB02", MAY)
    world.move("DB01-02", "DB01", LATER)
    both = seen(world)
    assert figures(both, world, "DB01", "members", 2016) == "5→5"
    # At the cut-off of 2017 it was away.
    assert figures(both, world, "DB01", "members", 2017) == "3→5"
    assert lines(both, world, "DB01", "members", 2017) == {"DB02 > DB01: chuyển trực thuộc 01/03/2018": 2}


def split(world, day, *, ends, persons, principal="", code="DB01-01", founded=("DB01-03",), parent="DB01", people=None):
    rows = [Founding(code=c, name=f"Tổ chức {c}", kind="CBTT", parent=parent) for c in founded]
    persons = {world.people[name].pk: to for name, to in persons.items()}
    plan = splitting(Forest.on(day), code, rows, ends=ends, persons=persons, principal=principal, people=people or {})
    world.carry_out(plan, day)


def test_a_cell_that_goes_on_loses_the_facts_of_those_who_were_split_off(world):
    split(world, MAY, ends=False, persons={"An": "DB01-03"})
    both = seen(world)
    assert figures(both, world, "DB01-01", "members rated rated_top admitted letters_due") == "3→2 3→2 1→0 1→1 1→1"
    assert figures(both, world, "DB01-03", "members rated rated_top admitted letters_due") == "0→1 0→1 0→1 0→0 0→0"
    assert figures(both, world, "DB01", "members rated") == "5→5 5→5"
    assert lines(both, world, "DB01-03", "rated") == {"DB01-01 > DB01-03: chia tách 01/05/2017": 1}
    assert lines(both, world, "DB01-01", "rated") == {"DB01-01 > DB01-03: chia tách 01/05/2017": 1}
    assert not both.lens.differs(world.org["DB01"].pk) and both.lens.differs(world.org["DB01-01"].pk)
    both.check_rows()


def test_a_cell_that_ends_in_two_belongs_to_none_of_them(world):
    """An goes to one, Bình to the other; Bắc left before, so that the principal successor has them."""
    world.leave("Bắc", MARCH, Exit.DEPARTED)
    split(world, MAY, ends=True, founded=("DB01-03", "DB01-04"), principal="DB01-04",
          persons={"An": "DB01-03", "Bình": "DB01-04"})  # fmt: skip
    both = seen(world)
    assert figures(both, world, "DB01-03", "members admitted cells letters_due") == "0→1 0→0 0→0 0→0"
    assert figures(both, world, "DB01-04", "members admitted cells letters_due") == "0→2 0→1 0→0 0→0"
    assert figures(both, world, "DB01-01", "members admitted cells letters_due") == "3→0 1→0 1→0 1→0"
    assert figures(both, world, "DB01", "members admitted cells letters_due") == "5→5 1→1 2→1 1→0"
    assert figures(both, world, "K", "members admitted cells letters_due") == "21→21 5→5 8→8 3→3"
    event = "chia tách 01/05/2017"
    assert lines(both, world, "DB01", "letters_due") == {f"DB01 > ?: {event}": 1}
    assert lines(both, world, "DB01-01", "letters_due") == {f"DB01-01 > ?: {event}": 1}
    assert lines(both, world, "K", "letters_due") == {}
    assert lines(both, world, "K", "letters_due", inside=True) == {f"DB01 > ?: {event}": 1}
    assert both.lost["letters_due", 2016] == both.lost["cells", 2016] == 1 and both.lost["members", 2016] == 0
    both.check_rows()


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


def test_a_chain_of_two_mergers_is_followed_to_its_end(world):
    world.leave("Hạ", WINTER, Exit.DIED)
    world.merge("CB01", "CB02", {"CB01": "CB02"}, MAY)
    world.transfer("Đông", "DB03-02", JULY)
    world.merge("CB02", "DB01", {"CB02": "DB01-02"}, LATER)
    both = seen(world)
    # Đông went of their own will from CB02, which then ended: with Hạ at its successor, the committee.
    assert figures(both, world, "DB01-02", "members admitted") == "2→8 0→2"
    assert figures(both, world, "DB01", "members admitted organizations_rated") == "5→13 1→5 1→3"
    both_events = "sáp nhập 01/05/2017, sáp nhập 01/03/2018"
    assert lines(both, world, "DB01", "admitted") == {f"CB01 > DB01: {both_events}": 4}
    assert lines(both, world, "CB01", "admitted") == {
        f"CB01 > DB01-02: {both_events}": 2, f"CB01 > DB01: {both_events}": 2
    }  # fmt: skip
    assert lines(both, world, "CB02", "admitted") == {}
    assert lines(both, world, "CB02", "members", 2017) == {"CB02 > DB01-02: sáp nhập 01/03/2018": 6}
    both.check_rows()


def test_who_came_back_is_followed_when_their_cell_ends(world):
    """Bình left DB01-01 and came back before it ended: it took them along, and their facts of both times."""
    world.transfer("Bình", "DB02-01", WINTER)
    world.transfer("Bình", "DB01-01", MARCH)
    split(world, MAY, ends=True, founded=("DB01-03", "DB01-04"), people={},
          persons={"An": "DB01-03", "Bình": "DB01-04", "Bắc": "DB01-03"})  # fmt: skip
    both = seen(world)
    assert figures(both, world, "DB01-04", "members rated") == "0→1 0→1"
    assert figures(both, world, "DB01-03", "members rated") == "0→2 0→2"


def test_what_happened_after_a_reorganization_is_not_taken_along_by_it(world):
    """An is split off into DB01-03 and comes back: what is of the time after stays where it happened."""
    split(world, date(2016, 12, 1), ends=False, persons={"An": "DB01-03"})
    world.transfer("An", "DB01-01", MARCH)
    both = seen(world)
    assert figures(both, world, "DB01-01", "members", 2015) == "2→1"
    assert figures(both, world, "DB01-03", "members", 2015) == "0→1"
    assert figures(both, world, "DB01-01", "members", 2017) == "3→3"
    assert figures(both, world, "DB01-03", "members", 2017) == "0→0"


def test_a_fact_that_went_to_the_principal_successor_follows_the_person_no_more(world):
    """Đông leaves CB01 before it ends in CB02, joins CB02 later and is split off from it: the fact at CB01 is CB02's."""
    world.transfer("Đông", "DB02-02", WINTER)
    world.merge("CB01", "CB02", {"CB01": "CB02"}, MAY)
    world.transfer("Đông", "CB02", JULY)
    row = Founding(code="CB03", name="Chi bộ CB03", kind="CBCS", parent="K")
    persons = {world.people["Đông"].pk: "CB03", world.people["Xuân"].pk: "CB03"}
    world.carry_out(splitting(Forest.on(LATER), "CB02", [row], ends=False, persons=persons), LATER)
    both = seen(world)
    assert figures(both, world, "CB02", "admitted members") == "0→3 2→7"  # Hạ, Thu and Đông
    assert figures(both, world, "CB03", "admitted members") == "0→1 0→1"  # Xuân
    assert figures(both, world, "CB03", "members", 2017) == "0→2"


def test_work_of_a_conductor_that_ended_within_the_year_goes_to_its_successor(world):
    org = world.org
    row = Work(year=2017, kind="SUPERVISION", title="x", conductor=org["CB01"], subjects=((org["CB02"], None),))
    register_inspections([row], **world.act())
    merge_cb01(world)
    both = seen(world)
    assert figures(both, world, "CB01", "planned", 2017) == "1→0"
    assert figures(both, world, "DB01", "planned", 2017) == "0→1"


def test_a_committee_merged_with_its_cells_is_one_merger(world):
    """DB02 ends under DB01: one cell goes on, the other into DB01-01."""
    world.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": "DB01-01"}, MAY)
    both = seen(world)
    assert figures(both, world, "DB01", "members cells organizations_rated") == "5→9 2→4 1→2"
    assert lines(both, world, "DB01", "members") == {"DB02 > DB01: sáp nhập 01/05/2017": 4}
    assert lines(both, world, "DB01-01", "members") == {"DB02-02 > DB01-01: sáp nhập 01/05/2017": 2}
    assert lines(both, world, "DB02-01", "members") == {}


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


def test_queries_do_not_grow_with_years_organizations_or_indicators(world, django_assert_num_queries):
    merge_cb01(world)
    world.move("BP01", "DB01", JULY)
    with django_assert_num_queries(5):  # the clock
        lens = lenses.read()
    families = len({m.facts for m in REGISTRY})
    for windows in (WINDOWS[1:2], WINDOWS):
        with django_assert_num_queries(families):
            bridges = Bridges(lens, REGISTRY, windows)
        with django_assert_num_queries(0):
            for organization in world.org.values():
                for w in windows:
                    bridges.at(organization.pk, w.year), bridges.inside(organization.pk, w.year)
