"""Ten years of a bloc, drawn at random: after each year, and in between, everything that must hold holds."""

import pytest

from ledger.soundness import outcomes

from .history import History
from .offices import OFFICES_AND_TREE, check_offices

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
@pytest.mark.parametrize(
    "seed", (20, 22, 23)
)  # 21 takes back the founding of all there is, and nothing is left to live
def test_blocs_end_again_and_again(world, seed):
    history = History(world, seed, pace=40, more=["end_bloc"] * 12)
    history.run(every=40)
    assert history.done["end_bloc"] > 2


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(30, 33))
def test_offices_pass_on_while_their_organizations_come_and_go(world, seed):
    history = History(world, seed, pace=10)
    history.acts = OFFICES_AND_TREE
    for _ in range(160):
        history.pass_time_and_act()
        check_offices(history.day)
    assert [o.title for o in outcomes(quick=True) if not o.sound] == []
    assert min(history.done[name] for name in ("open_accounts", "hand_over", "deputize", "dismiss")) > 2
