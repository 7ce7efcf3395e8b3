"""Who stood below whom: the pure function on small trees, and the questions that pages ask of the stored rows."""

from datetime import date, timedelta

import pytest

from ledger.spells import FOREVER
from organizations import lineage
from organizations.descent import lineage_of
from organizations.models import Lineage
from organizations.verbs import TreeVerb
from tests.world import START

A, B, C, D = (date(2016 + n, 1, 1) for n in range(4))
DAY = timedelta(days=1)


def test_an_organization_stands_below_itself():
    assert lineage_of({1: [(None, A, B)]}) == {(1, 1, 1, A, B)}
    assert lineage_of({}) == set()


def test_via_is_the_child_of_the_ancestor_on_the_way():
    spells = {1: [(None, A, D)], 2: [(1, A, D)], 3: [(2, A, D)], 4: [(3, A, D)]}
    assert {row[:3] for row in lineage_of(spells)} == {
        *((n, n, n) for n in (1, 2, 3, 4)),
        *((2, 1, 2), (3, 2, 3), (3, 1, 2)),
        *((4, 3, 4), (4, 2, 3), (4, 1, 2)),
    }


def test_a_rename_on_any_floor_is_no_event_in_a_line():
    spells = {1: [(None, A, B), (None, B, D)], 2: [(1, A, C), (1, C, D)], 3: [(2, A, D)]}
    assert lineage_of(spells) == {
        (1, 1, 1, A, D),
        *((2, 2, 2, A, D), (2, 1, 2, A, D)),
        *((3, 3, 3, A, D), (3, 2, 3, A, D), (3, 1, 2, A, D)),
    }


def test_a_move_of_the_parent_changes_the_way_but_not_the_top():
    # 4 stays in 3; 3 goes from 1 to 2; both are below 9.
    spells = {9: [(None, A, D)], 1: [(9, A, D)], 2: [(9, A, D)], 3: [(1, A, B), (2, B, D)], 4: [(3, A, D)]}
    rows = {row for row in lineage_of(spells) if row[0] == 4}
    assert rows == {
        *((4, 4, 4, A, D), (4, 3, 4, A, D)),
        *((4, 1, 3, A, B), (4, 2, 3, B, D)),
        *((4, 9, 1, A, B), (4, 9, 2, B, D)),
    }


def test_a_line_that_breaks_off_and_comes_back_is_two_rows():
    spells = {1: [(None, A, D)], 2: [(None, A, D)], 3: [(1, A, B), (2, B, C), (1, C, D)]}
    assert {row for row in lineage_of(spells) if row[1] == 1} == {(1, 1, 1, A, D), (3, 1, 3, A, B), (3, 1, 3, C, D)}


def test_a_forest_has_a_tree_for_each_root():
    spells = {1: [(None, A, D)], 2: [(1, A, D)], 8: [(None, B, D)], 9: [(8, B, C)]}
    assert {row[:2] for row in lineage_of(spells)} == {(1, 1), (2, 2), (2, 1), (8, 8), (9, 9), (9, 8)}


def test_the_stored_rows_are_those_of_the_world(world):
    assert lineage.differences() == (set(), set())
    rows = Lineage.objects.standing().filter(organization=world.org["DB03-01"])
    codes = {row.ancestor.code: (row.via.code, row.starts, row.ends) for row in rows}
    assert codes == {
        "DB03-01": ("DB03-01", START, FOREVER),
        "BP01": ("DB03-01", START, FOREVER),
        "DB03": ("BP01", START, FOREVER),
        "K": ("DB03", START, FOREVER),
    }


def test_differences_tell_both_ways(world):
    row = Lineage.objects.standing().get(organization=world.org["DB03-01"], ancestor=world.org["K"])
    told = (row.organization_id, row.ancestor_id, row.via_id, row.starts, row.ends)
    Lineage.objects.filter(pk=row.pk).update(starts=A)
    assert lineage.differences() == ({told}, {(*told[:3], A, FOREVER)})


def test_a_rebuild_voids_only_what_changed(world):
    before = set(Lineage.objects.standing().values_list("pk", flat=True))
    world.move("DB01-02", "DB02", B)
    after = set(Lineage.objects.standing().values_list("pk", flat=True))
    gone = Lineage.objects.filter(pk__in=before - after)
    # Its lines to the old parent and, by way of it, to the bloc; nobody else's.
    assert {(row.organization.code, row.ancestor.code) for row in gone} == {("DB01-02", "DB01"), ("DB01-02", "K")}
    assert len(after - before) == 4
    assert gone.filter(voided__verb=TreeVerb.MOVE).count() == 2


def test_renaming_touches_no_line(world):
    before = set(Lineage.objects.values_list("pk", "voided"))
    world.rename("DB01", "Tên mới", B)
    assert set(Lineage.objects.values_list("pk", "voided")) == before


def codes(spells):
    return [spell.organization.code for spell in spells]


def test_below_follows_the_day(world):
    world.move("BP01", "DB01", B)

    def below(code, day):
        ids = lineage.below([world.org[code]], day)
        return {code for code, o in world.org.items() if ids.filter(organization=o).exists()}

    assert below("DB01", B - DAY) == {"DB01", "DB01-01", "DB01-02"}
    assert below("DB01", B) == {"DB01", "DB01-01", "DB01-02", "BP01", "DB03-01"}
    assert below("DB03", B) == {"DB03", "DB03-02"}
    assert below("K", B) == set(world.org)
    assert below("K", START - DAY) == set()


def test_path_from_the_root_down(world):
    assert codes(lineage.path(world.org["DB03-01"], A)) == ["K", "DB03", "BP01", "DB03-01"]
    world.move("BP01", "DB01", B)
    assert codes(lineage.path(world.org["DB03-01"], B - DAY)) == ["K", "DB03", "BP01", "DB03-01"]
    assert codes(lineage.path(world.org["DB03-01"], B)) == ["K", "DB01", "BP01", "DB03-01"]
    assert codes(lineage.path(world.org["K"], B)) == ["K"]


def test_children_in_the_order_of_the_office(world):
    assert codes(lineage.children(world.org["K"], A)) == ["CB01", "CB02", "DB01", "DB02", "DB03"]
    assert codes(lineage.children(world.org["DB03"], A)) == ["BP01", "DB03-02"]
    assert codes(lineage.children(world.org["K"], START - DAY)) == []
    world.organization("CB02").spells.update(position=0)
    for position, code in enumerate(["DB03", "CB01", "DB01", "DB02"], start=1):
        world.organization(code).spells.update(position=position)
    assert codes(lineage.children(world.org["K"], A)) == ["CB02", "DB03", "CB01", "DB01", "DB02"]


def test_a_name_of_that_day_and_the_last_one_after_the_end(world):
    cell = world.org["DB02-01"]
    world.rename("DB02-01", "Chi bộ Đổi tên", B)
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, C)
    assert lineage.place(cell, B - DAY).name == "Tổ chức DB02-01"
    assert lineage.place(cell, B).name == "Chi bộ Đổi tên"
    assert lineage.place(cell, D).name == "Chi bộ Đổi tên"
    assert lineage.place(cell, START - DAY).name == "Tổ chức DB02-01"
    assert [spell.name for spell in lineage.path(cell, D)] == ["Chi bộ Đổi tên"]
    named = lineage.names([cell.pk, world.org["DB02"].pk, world.org["K"].pk], D)
    assert {spell.name for spell in named.values()} == {"Chi bộ Đổi tên", "Tổ chức DB02", "Tổ chức K"}
    assert lineage.names([cell.pk], START - DAY) == {}


def test_roots_of_a_forest(world):
    world.found(("K2", "KHOI", None), ("CB90", "CBCS", "K2"), on=B)
    assert codes(lineage.roots(B - DAY)) == ["K"]
    assert codes(lineage.roots(B)) == ["K", "K2"]
    assert codes(lineage.path(world.org["CB90"], B)) == ["K2", "CB90"]
    assert lineage.differences() == (set(), set())


def test_the_bloc_of_an_organization_whatever_stands_above_it(world):
    world.found(("T", "TINH", None), ("K2", "KHOI", "T"), ("DB90", "DBCS", "K2"), ("DB90-01", "CBTT", "DB90"), on=B)
    world.move("K", "T", C)
    org = world.org
    everything = [org[code] for code in ("T", "K", "K2", "DB03-01", "CB01", "DB90-01")]
    for day in (B, C, D):
        found = {code: lineage.bloc_of(org[code], day) for code in ("K", "K2", "DB03-01", "CB01", "DB90-01")}
        named = {code: spell.organization.code for code, spell in found.items()}
        assert named == {"K": "K", "DB03-01": "K", "CB01": "K", "K2": "K2", "DB90-01": "K2"}
        pairs = lineage.blocs_of(everything, day)
        assert pairs == {org[code].pk: org[bloc].pk for code, bloc in named.items()}
        assert lineage.bloc_of(org["T"], day) is None
        assert codes(lineage.blocs(day)) == ["K", "K2"]
    assert lineage.bloc_of(org["DB90-01"], B - DAY) is None
    assert codes(lineage.roots(C)) == ["T"]
    assert lineage.differences() == (set(), set())


def test_a_bloc_below_a_province_is_named_no_more_than_one_at_the_root(world):
    ids = {code: world.org[code].pk for code in ("K", "DB01", "DB01-01", "CB01")}
    before = lineage.labels(ids.values(), B)
    world.found(("T", "TINH", None), on=C)
    world.move("K", "T", C)
    assert lineage.labels(ids.values(), D) == before
    assert before[ids["DB01-01"]] == "Tổ chức DB01-01, Tổ chức DB01"
    assert lineage.labels_at((pk, day) for pk in ids.values() for day in (B, D)) == {
        (pk, day): before[pk] for pk in ids.values() for day in (B, D)
    }


@pytest.mark.parametrize("code", ["DB01", "DB01-01", "K"])
def test_places_and_kinds(world, code):
    spell = lineage.places(A).get(organization__code=code)
    expected = {"DB01": (True, False), "DB01-01": (False, True), "K": (False, False)}
    assert (spell.is_grassroots, spell.holds_members) == expected[code]
    both = lineage.places(A).get(organization__code="CB01")
    assert (both.is_grassroots, both.holds_members) == (True, True)
