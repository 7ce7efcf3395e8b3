"""The forest of a day by code: what hangs where, and what a plan would make of it."""

from datetime import date

import pytest

from organizations.forest import Forest, Place
from tests.world import START

DAY = date(2017, 5, 1)


def place(code, kind, parent=None, position=0):
    return Place(code=code, name=code, kind=kind, parent=parent, position=position)


@pytest.fixture
def forest():
    return Forest.of(
        [
            place("K", "KHOI"),
            place("DB02", "DBCS", "K", 2),
            place("DB01", "DBCS", "K", 1),
            place("CB01", "CBCS", "K", 3),
            place("BP01", "DBBP", "DB01"),
            place("DB01-1", "CBTT", "BP01"),
            place("DB01-2", "CBTT", "DB01"),
            place("R", "KHOI"),
        ]
    )


def test_what_hangs_where(forest):
    assert forest.children("K") == ["DB01", "DB02", "CB01"]
    assert forest.below("DB01") == ["DB01", "BP01", "DB01-1", "DB01-2"]
    assert forest.cells("K") == ["DB01-1", "DB01-2", "CB01"]
    assert forest.cells("CB01") == ["CB01"]
    assert forest.above("DB01-1") == ["BP01", "DB01", "K"]
    assert forest.above("R") == forest.above("absent") == []


def test_what_would_come_of_it(forest):
    after = forest.after(
        founded=[place("DB03", "DBCS", "R")],
        changed={"DB01": {"parent": "R", "name": "  Tên  mới"}, "absent": {"name": "x"}},
        ended=["CB01"],
    )
    assert after.children("R") == ["DB03", "DB01"]
    assert after["DB01"] == Place(code="DB01", name="Tên mới", kind="DBCS", parent="R", position=1)
    assert after.keys() == forest.keys() - {"CB01"} | {"DB03"}
    assert forest["DB01"].parent == "K"


def test_a_ring_that_a_form_might_send_does_not_hang(forest):
    after = forest.after(changed={"DB01": {"parent": "DB02"}, "DB02": {"parent": "DB01"}})
    assert after.above("DB01") == ["DB02", "DB01"]


def test_the_forest_of_a_day(world):
    world.move("BP01", "DB01", DAY)
    assert Forest.on(START).above("DB03-01") == ["BP01", "DB03", "K"]
    assert Forest.on(DAY).above("DB03-01") == ["BP01", "DB01", "K"]
    assert Forest.on(DAY).keys() == world.org.keys()
    assert Forest.on(date(2014, 12, 31)) == {}
