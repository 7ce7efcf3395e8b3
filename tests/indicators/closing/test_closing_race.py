"""A closing beside writers: it knows every act before its own and none after, whoever commits when (shapes §8).

Meaningful on PostgreSQL, where acts overlap; on SQLite one writer is alone.
"""

from datetime import date

import pytest

from indicators.closing.closings import close_figures, withdraw
from indicators.closing.since import Since
from indicators.models import Closing
from ledger.models import Change
from members.register import arrivals
from members.verbs import MemberVerb
from tests.indicators.board import set_groups
from tests.ratings.desk import Desk
from tests.ratings.sheets.test_races import at_once, slowly
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = [pytest.param(4, id="4"), pytest.param(40, id="40", marks=pytest.mark.deep)]
WRITERS = 4


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_closing_beside_writers_recomputes(monkeypatch, rounds):
    world = World()
    set_groups(world, 2017)
    desk = Desk(world)
    desk.finish()
    desk.lock()
    slowly(monkeypatch, arrivals, "tell")
    day = date(2017, 9, 2)
    for n in range(rounds):
        rows = [world.newcomer(f"Lý Mới {n} {w}", "DB01-01", day) for w in range(WRITERS)]
        writers = [lambda row=row: arrivals.admit([row], **world.act(day)) for row in rows]
        *written, closing = at_once(*writers, lambda: close_figures(desk.period, **world.act()))
        assert isinstance(closing, Closing), closing
        assert [type(result) for result in written] == [list] * WRITERS
        since = Since(Closing.objects.get(pk=closing.pk))
        assert since.sound
        after = Change.objects.filter(verb=MemberVerb.ADMIT, pk__gt=closing.added_id)
        assert [named.change.pk for named in since.named] == list(after.values_list("pk", flat=True))
        withdraw(closing, **world.act(reason="Vòng sau"))
