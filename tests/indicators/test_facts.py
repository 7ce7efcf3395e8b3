"""Windows that overlap would count a row once for two of them; they are refused."""

from datetime import date

import pytest

from indicators.facts import Window
from indicators.measures import MEASURES, REGISTRY, counts

from .board import window

pytestmark = pytest.mark.django_db
YEAR = window(2017)
QUARTER = Window(2018, date(2017, 12, 31), date(2018, 3, 31))


@pytest.mark.parametrize("code", ["admitted", "letters_due", "rated", "organizations_rated", "planned"])
def test_overlapping_windows(code):
    with pytest.raises(ValueError, match="overlapping windows need one call each"):
        counts([MEASURES[code]], [YEAR, QUARTER], nodes=[1])
    with pytest.raises(ValueError, match="overlapping windows need one call each"):
        counts([MEASURES[code]], [QUARTER, YEAR], nodes=[1])


def test_neighbours_do_not_overlap(world):
    later = Window(2018, date(2018, 1, 1), date(2018, 3, 31))
    nodes = [o.pk for o in world.org.values()]
    both = counts(REGISTRY, [YEAR, later], nodes=nodes)
    each = counts(REGISTRY, [YEAR], nodes=nodes) + counts(REGISTRY, [later], nodes=nodes)
    assert +both == +each
    assert sum(both.values()) > 0


def test_a_window_in_which_ratings_are_not_looked_at(world):
    half = Window(2017, date(2017, 1, 1), date(2017, 6, 30), rated=False)
    bloc = world.org["K"]
    assert list(MEASURES["rated"].all(bloc, half)) == list(MEASURES["rated"].excluded(bloc, half)) == []
    assert counts([MEASURES["rated"]], [half], nodes=[bloc.pk])["rated", bloc.pk, 2017] == 0


def test_codes_are_unique_and_families_are_shared():
    assert len(MEASURES) == len(REGISTRY)
    assert len({m.facts for m in REGISTRY}) == 8
