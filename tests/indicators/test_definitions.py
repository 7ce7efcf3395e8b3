"""How each measure was defined when years were closed: what stands here has been kept in closings.

Whoever changes a line makes every closed year say “định nghĩa đã đổi”; what counts otherwise is another measure.
"""

from enum import Enum

import pytest
from django.db.models import F, Q, Value

from indicators.definitions import WRITTEN, written
from indicators.measures import REGISTRY
from organizations.models import Kind

DEFINITIONS = {
    "admitted": "4d4ec1c6cb53f83f",
    "admitted_youth": "bb1f7d481abb0224",
    "admitted_decided": "d3dba7db9486b0d4",
    "admitted_decided_youth": "99b54aced6061c14",
    "rated": "f30ae0ece602a16a",
    "rated_good": "ad60ba43bb87298e",
    "rated_top": "319f8befe5bd51ca",
    "rated_1": "7e9ac70a9f6d887e",
    "rated_2": "cd299aef97624c40",
    "rated_3": "594dc5e840910b26",
    "rated_4": "bd6d89222a6c0024",
    "organizations_rated": "bf229b6966066a77",
    "organizations_top": "8321152bd2cb6772",
    "organizations_good": "8350092052c0a463",
    "organizations_exemplary": "9bc662320e76402f",
    "organizations_1": "e21ad4d0b1c2d8aa",
    "organizations_2": "2a84643b5110a74e",
    "organizations_3": "c73e1bf81f7fd6a0",
    "organizations_4": "06a6cfdf084989d2",
    "tasks_entered": "cb37734a34d036ad",
    "tasks_done": "317085a8769cd4f2",
    "planned": "54e2bf55843444e3",
    "planned_done": "b7aec5262857e6ce",
    "planned_inspections": "c0f48b493df4c683",
    "planned_inspections_done": "bdd4c908c7e26ab3",
    "planned_supervisions": "9cbade69d08ea367",
    "planned_supervisions_done": "56192cc37497abd3",
    "letters_due": "9a699a6ab52f1273",
    "letters_in_time": "db31c770777ab189",
    "grassroots": "605397b73ee32bf8",
    "committees": "079472908c9efe2c",
    "grassroots_cells": "6fa6d46d942911c4",
    "cells": "032385045ba571f8",
    "subordinate_cells": "fbde7d6aad5cf678",
    "finance_checked": "355aebcbe98f7fd4",
    "members": "f24dfb2f18902c48",
}


def test_what_closings_keep_of_each_measure():
    assert {measure.code: measure.definition for measure in REGISTRY} == DEFINITIONS


@pytest.fixture
def renamed():
    names = {enumeration: enumeration.__qualname__ for enumeration in WRITTEN}
    for enumeration in names:
        enumeration.__qualname__ = "Another"
    yield
    for enumeration, name in names.items():
        enumeration.__qualname__ = name


@pytest.mark.usefixtures("renamed")
def test_the_name_of_a_class_is_no_part_of_it():
    assert "Another" in repr(Kind.CBCS)
    test_what_closings_keep_of_each_measure()


@pytest.mark.parametrize("measure", REGISTRY, ids=lambda measure: measure.code)
def test_it_is_written_as_django_wrote_it(measure):
    """The first closings kept the hash of what Django said of a condition."""
    assert written(measure.left_out) == repr(measure.left_out)


def test_conditions_within_conditions():
    either = Q(kind=Kind.KHOI) | ~Q(Q(a=1) & Q(b__gt=F("day")), c=(True,))
    assert written((("x", either),)) == repr((("x", either),))


def test_what_was_never_written_is_refused():
    class Colour(Enum):
        RED = 1

    with pytest.raises(KeyError):
        written(Q(kind=Colour.RED))
    with pytest.raises(TypeError, match=r"indicators/definitions\.py"):
        written(Q(kind=Value(1)))
