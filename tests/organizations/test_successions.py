"""Several successors: the principal alone answers for figures and acts, the others may look (design §3)."""

from datetime import date, timedelta

import pytest

from members.reorganizing import plan
from members.reorganizing.plan_bloc import ending
from organizations.access import Capacity, capacities, visible_to
from organizations.forest import Forest
from organizations.models import Origin, Succession
from organizations.reorganize import Founding
from organizations.soundness import origins_stand, successors_stand
from organizations.successions import taken_over

DAY = date(2017, 5, 1)
EVE = DAY - timedelta(days=1)
YEAR = {2017: (date(2017, 1, 1), date(2017, 12, 31))}


def new(code, kind="DBCS", parent="K"):
    return Founding(code=code, name=f"Tổ chức {code}", kind=kind, parent=parent)


def answered(world, spans=YEAR):
    codes = {o.pk: code for code, o in world.org.items()}
    return {codes[new]: [codes[old] for old in olds] for new, olds in taken_over(spans)[2017].items() if olds}


@pytest.fixture
def split(world):
    """DB01 ends into DB08, which takes DB01-01, and the principal DB09, which takes DB01-02."""
    parents = {"DB01-01": "DB08", "DB01-02": "DB09"}
    founded = [new("DB08"), new("DB09")]
    world.carry_out(plan.splitting(Forest.on(DAY), "DB01", founded, ends=True, parents=parents, principal="DB09"), DAY)
    return world


def test_only_the_principal_answers_for_figures(split):
    assert answered(split) == {"DB09": ["DB01"]}


def test_the_principal_acts_the_other_looks(split):
    seen, may = {}, {}
    for code in ("DB08", "DB09", "DB02"):
        user = split.user("COMMITTEE", code, DAY)
        seen[code] = set(visible_to(user, EVE).values_list("code", flat=True))
        may[code] = capacities(user, split.org["DB01-01"], EVE)
    old = {"DB01", "DB01-01", "DB01-02"}
    assert seen["DB08"] == old
    assert seen["DB09"] == old
    assert seen["DB02"] == {"DB02", "DB02-01", "DB02-02"}
    assert may == {"DB08": set(), "DB09": {Capacity.COMMITTEE}, "DB02": set()}


def test_a_cell_answers_for_the_cell_whose_people_it_received(world):
    world.carry_out(plan.merging(Forest.on(DAY), ("DB02",), "DB01", people={"DB02-01": "DB01-01"}), DAY)
    assert answered(world) == {"DB01": ["DB02"], "DB01-01": ["DB02-01"]}
    secretary, committee = world.user("SECRETARY", "DB01-01"), world.user("COMMITTEE", "DB01")
    assert set(visible_to(secretary, EVE).values_list("code", flat=True)) == {"DB01-01", "DB02-01"}
    assert capacities(secretary, world.org["DB02-01"], EVE) == {Capacity.CELL}
    assert Capacity.COMMITTEE in capacities(committee, world.org["DB02-01"], EVE)
    # Also on a day when it stands no more.
    assert "DB02-01" in set(visible_to(committee, DAY).values_list("code", flat=True))


def test_a_cell_beneath_is_not_answered_for_twice_by_two_grassroots_organizations(world):
    """DB03 goes to DB01, the people of its cell to CB01: DB01 answers for all that DB03 did."""
    people = {"DB03-01": "DB01-01", "DB03-02": "CB01"}
    world.carry_out(plan.dissolving(Forest.on(DAY), "DB03", people=people, successors=("DB01", "CB01")), DAY)
    assert answered(world) == {"DB01": ["DB03"], "DB01-01": ["DB03-01"]}


def test_what_stood_below_its_successor_counts_there_already(world):
    world.carry_out(plan.turning_into_cell(Forest.on(DAY), "DB03"), DAY)
    assert answered(world) == {}


def test_what_ended_earlier_below_one_that_ended_later_counts_there(world):
    world.carry_out(plan.merging(Forest.on(DAY), ("DB02-01",), "DB01", people={"DB02-01": "DB01-01"}), DAY)
    later = date(2017, 8, 1)
    world.merge("DB02", "DB01", {"DB02-02": None}, later)
    assert answered(world) == {"DB01": ["DB02"]}


def test_what_merged_while_its_bloc_ended_is_answered_for_wherever_its_heir_went(world):
    """R1 is the principal heir of the bloc, CB02 goes to R2: each is told of what it took over."""
    founded = [new(code, "KHOI", None) for code in ("R1", "R2")]
    along = [plan.merging(Forest.on(DAY), ["CB01"], "CB02", people={"CB01": "CB02"})]
    parents = {"DB01": "R1", "DB02": "R1", "DB03": "R1", "CB02": "R2"}
    world.carry_out(ending(["K"], parents, founded=founded, along=along), DAY)
    assert answered(world) == {"R1": ["K"], "CB02": ["CB01"]}


def test_a_chain_goes_by_the_principals(split):
    later = date(2017, 8, 1)
    split.merge("DB09", "DB02", {"DB01-02": None}, later)
    assert answered(split) == {"DB09": ["DB01"], "DB02": ["DB09", "DB01"]}


def found_by(check):
    return [finding.sentence for finding in check()]


def test_the_self_check_names_a_successor_that_did_not_stand(split):
    assert found_by(successors_stand) == []
    Succession.objects.filter(principal=True).update(successor=split.org["DB01-01"], on=EVE)
    assert found_by(successors_stand) == ["DB01: có kế thừa từ 30/04/2017 mà không kết thúc ngày đó."]
    Succession.objects.filter(principal=True).update(successor=split.org["DB01"], on=DAY)
    assert found_by(successors_stand) == ["DB01: kế thừa DB01 từ 01/05/2017 mà không hoạt động ngày đó."]
    Succession.objects.filter(principal=True).update(principal=False)
    assert found_by(successors_stand)[-1] == "DB01: có 0 tổ chức kế thừa chính."


def test_the_self_check_names_an_origin_that_does_not_fit(world):
    world.carry_out(plan.splitting(Forest.on(DAY), "CB01", [new("CB09", "CBCS")], ends=False), DAY)
    assert found_by(origins_stand) == []
    Origin.objects.update(on=EVE)
    assert found_by(origins_stand) == ["CB09: ghi tách ra từ CB01 ngày 30/04/2017, không khớp."]
