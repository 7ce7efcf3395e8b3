"""Ten years of a bloc, drawn at random: after each year, and in between, everything that must hold holds."""

import pytest

from .history import History

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", [1])
def test_a_short_history_of_ten_years(world, seed):
    history = History(world, seed, pace=120)
    history.run(every=40)
    assert history.done.total() > 20


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(10, 13))
def test_a_long_history_of_ten_years(world, seed):
    history = History(world, seed, pace=12, more=["end_bloc"] * 2)
    history.run(every=25)
    assert history.done.total() > 200


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(20, 23))
def test_blocs_end_again_and_again(world, seed):
    history = History(world, seed, pace=40, more=["end_bloc"] * 12)
    history.run(every=40)
    assert history.done["end_bloc"] > 2
