"""Figures through mergers and moves: where it happened counts, parts sum, the successor answers (design §3, shapes §2)."""

from datetime import date

import pytest

from indicators.board import contributions, the_years
from indicators.models import Target
from indicators.targets import targets
from ledger.acts import act
from members.reorganizing.plan import splitting
from organizations.forest import Forest
from organizations.reorganize import Founding
from ratings import workflow
from tests.ratings.desk import Desk
from tests.world import refused

from .board import counted, indicator, lines, row, set_groups, set_targets

MARCH, MAY, JULY = date(2017, 3, 1), date(2017, 5, 1), date(2017, 7, 1)


@pytest.fixture
def world(world):
    set_groups(world, 2017, 2018)
    return world


def parts(world, code, place, year=2017):
    codes = {o.pk: c for c, o in world.org.items()}
    found = contributions(indicator(code, year), world.org[place], the_years([year])[year])
    return {codes[node]: part for node, part in found.items()}


def admissions(world, *codes, year=2017):
    return {code: counted(world, "admitted", code, year)[0] for code in codes}


def test_an_admission_counts_where_it_happened(world):
    """DB01-02 moves to DB02 in May: one admission before, one on the day, one after."""
    world.admit("Vũ Xuân", "DB01-02", MARCH)
    world.move("DB01-02", "DB02", MAY)
    world.admit("Vũ Thu", "DB01-02", MAY)
    world.admit("Vũ Đông", "DB01-02", JULY)
    assert admissions(world, "K", "DB01", "DB02", "DB01-02") == {"K": 3, "DB01": 1, "DB02": 2, "DB01-02": 3}
    assert parts(world, "KN", "DB01") == {"DB01-02": (1, None)}
    assert parts(world, "KN", "DB02") == {"DB01-02": (2, None)}
    assert parts(world, "KN", "K") == {"DB01": (1, None), "DB02": (2, None)}


def test_a_part_that_has_ended_stays_a_part(world):
    world.admit("Vũ Xuân", "CB01", MARCH)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, MAY)
    world.admit("Vũ Thu", "DB01-01", JULY)
    assert parts(world, "KN", "K") == {"CB01": (1, None), "DB01": (1, None)}
    assert admissions(world, "K", "DB01", "CB01") == {"K": 2, "DB01": 1, "CB01": 1}


def test_what_holds_at_the_end_counts_along_the_tree_of_the_end(world):
    world.move("DB01-02", "DB02", MAY)
    assert counted(world, "members cells", "DB01") == [2, 1]
    assert counted(world, "members cells", "DB02") == [6, 3]
    assert counted(world, "members cells", "DB01", last=date(2017, 4, 30)) == [4, 2]


def test_ratings_follow_the_tree_of_the_cut_off(world):
    desk = Desk(world)
    desk.decide_all(An=3)
    assert counted(world, "rated rated_good", "DB01") == [4, 3]
    world.move("DB01-01", "DB02", date(2017, 12, 20))
    assert counted(world, "rated rated_good", "DB01") == [2, 2]
    assert counted(world, "rated rated_good", "DB02") == [6, 5]
    assert counted(world, "rated rated_good", "K") == [16, 15]


def test_the_successor_answers_for_its_predecessor_and_says_so(world):
    world.admit("Vũ Xuân", "CB01", MARCH, youth=True)
    world.admit("Vũ Thu", "DB01-01", MARCH)
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MAY)
    set_targets(world, KN={"DB01": 2}, KN_TN={"K": 60})
    found = lines(world, "DB01")
    assert (found["KN"].result.value, found["KN"].result.excess) == (2, 0)
    assert found["KN"].predecessors == (world.org["CB01"].pk,)
    assert (found["KN-TN"].result.numerator, found["KN-TN"].result.denominator) == (1, 2)
    assert row(world, "K", "DB01")["KN"].result == found["KN"].result
    # The whole is not counted twice, and the parts stay as they happened.
    assert lines(world, "K")["KN"].result.value == 2
    assert parts(world, "KN", "K") == {"CB01": (1, None), "DB01": (1, None)}


def test_of_several_successors_the_principal_answers_for_the_figure(world):
    world.admit("Vũ Xuân", "DB01-01", MARCH)
    founded = [Founding(code=c, name=f"Đảng bộ {c}", kind="DBCS", parent="K") for c in ("DB08", "DB09")]
    parents = {"DB01-01": "DB08", "DB01-02": "DB09"}
    plan = splitting(Forest.on(MAY), "DB01", founded, ends=True, parents=parents, principal="DB09")
    world.carry_out(plan, MAY)
    world.admit("Vũ Thu", "DB01-01", JULY)
    set_targets(world, KN={"K": 2, "DB08": 1, "DB09": 1})
    values = {code: lines(world, code)["KN"].result.value for code in ("K", "DB08", "DB09")}
    assert values == {"K": 2, "DB08": 1, "DB09": 1}
    assert lines(world, "DB08")["KN"].predecessors == ()
    assert lines(world, "DB09")["KN"].predecessors == (world.org["DB01"].pk,)


def test_a_predecessor_that_brought_nothing_is_not_mentioned(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MAY)
    assert lines(world, "DB01")["KN"].predecessors == ()


def test_a_chain_of_mergers_is_followed(world):
    world.admit("Vũ Xuân", "CB01", MARCH)
    world.merge("CB01", "CB02", {"CB01": "CB02"}, MAY)
    world.merge("CB02", "DB01", {"CB02": "DB01-02"}, JULY)
    line = lines(world, "DB01")["KN"]
    assert (line.result.value, line.predecessors) == (1, (world.org["CB01"].pk,))


def test_next_year_the_successor_stands_alone(world):
    world.admit("Vũ Xuân", "CB01", MARCH)
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MAY)
    line = lines(world, "DB01", 2018)["KN"]
    assert (line.result.value, line.predecessors) == (0, ())


def hand_on(world, rows):
    """`rows`: {Target: code of its heir, or None}, inside an act as a reorganization does it."""
    with act("Sắp xếp", **world.act(MAY)) as change:
        targets.hand_on({target: code and world.org[code] for target, code in rows.items()}, change)


def test_counts_pass_on_to_the_successor_and_rates_are_withdrawn(world):
    set_targets(world, KN={"CB01": 3, "DB01": 5}, KN_TN={"CB01": 70})
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MAY)
    left = targets.of_those_that_end([world.org["CB01"].pk], MAY)
    hand_on(world, {row: "DB01" if targets.passes_by_itself(row.indicator) else None for row in left})
    standing = Target.objects.standing().values_list("organization__code", "indicator__code", "value")
    assert set(standing) == {("DB01", "KN", 8)}
    assert lines(world, "DB01")["KN"].result.target == 8
    # What was set before is still there to be read.
    assert Target.objects.filter(voided__isnull=False).count() == 3


def test_a_target_passes_on_to_one_that_had_none(world):
    set_targets(world, 2018, KN={"CB01": 9})
    set_targets(world, KN={"CB01": 3})
    hand_on(world, {Target.objects.get(indicator__group__year=2017): "DB02"})
    assert lines(world, "DB02")["KN"].result.target == 3
    assert Target.objects.get(indicator__group__year=2018).voided is None


def test_an_ended_cells_sheet_is_no_longer_written(world):
    desk = Desk(world)
    desk.finish()
    sheet = desk.sheet("CB01")
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, date(2017, 12, 15))
    late = date(2017, 12, 20)
    desk.send_back("DB01-02", reason="Có người chuyển đến")
    desk.rate(on=late, Phúc=2, Quân=2)
    desk.submit("DB01-02", on=late)
    desk.endorse("DB01-02", on=late)
    desk.decide("DB01-02", on=late)
    desk.accept("DB01-02", on=late)
    desk.lock()
    with refused("Kỳ xếp loại đã khóa; chỉ còn ghi điều chỉnh bổ sung."):
        workflow.accept([sheet], **world.act())
    assert counted(world, "rated", "K") == [16]
    assert counted(world, "rated organizations_rated", "DB01") == [6, 1]
