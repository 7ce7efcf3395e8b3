"""The organizations below on one group: best first, each bar on one scale, with its own target."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.board import board
from indicators.figure.ranking import ranking
from indicators.models import Indicator
from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)


def ranked(site, group, kind=""):
    seen = board(site.org["K"], 2017)
    return seen, ranking(seen, next(x for x in seen.cards() if x.group.code == group).indicator, kind)


@pytest.mark.parametrize("group", ["KN", "KN-TN", "TSVM", "DV-HTT", "TCD", "NVCT"])
def test_the_best_come_first_and_bars_share_one_scale(site, group):
    seen, ranks = ranked(site, group)
    lines = {s.organization_id: seen.lines.get((ranks[0].line.indicator.pk, s.organization_id)) for s in seen.children}
    assert {r.place.organization_id: r.line for r in ranks} == {o: line for o, line in lines.items() if line}
    amounts = [r.amount for r in ranks if r.amount is not None]
    upward = ranks[0].line.indicator.direction != Indicator.Direction.AT_LEAST
    assert amounts == sorted(amounts, reverse=not upward)
    assert [r.amount is None for r in ranks] == sorted(r.amount is None for r in ranks)
    drawn = [r for r in ranks if r.length]
    longest = max((max(r.line.result.exact, r.line.result.target or 0) for r in drawn), default=None)
    for rank in drawn:
        assert Decimal(rank.length) == pytest.approx(
            Decimal(100) * rank.line.result.exact / longest, abs=Decimal("0.06")
        )
        assert bool(rank.aim) == (rank.line.result.target is not None)


def test_a_kind_is_picked_out(site):
    _, ranks = ranked(site, "DV-HTT", "CBCS")
    assert {r.place.organization.code for r in ranks} == {"CB01", "CB02"}


def test_only_those_that_fall_short_the_worst_first(site):
    leader = site.as_("LEADER", "K")
    address = reverse("indicator", args=["K", 2017, "TSVM"])
    every, short = (leader.get(address, asked).context for asked in ({}, {"thieu": "on"}))
    names = [r.name for r in short["ranks"]]
    assert names and names == [r.name for r in reversed(every["ranks"]) if r.tone == "no"]
    assert every["ranking_said"] == f"{len(names)}/{len(every['ranks'])} tổ chức còn thiếu."


def test_a_cell_ranks_nobody(site):
    assert "ranking" not in site.as_("LEADER", "K").get(reverse("indicator", args=["DB01-01", 2017, "KN"])).context
