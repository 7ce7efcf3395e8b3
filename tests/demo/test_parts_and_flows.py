"""Parts sum to the whole, and members who came and went explain the next roll: everywhere, every year."""

from collections import Counter
from datetime import date, timedelta

import pytest

from indicators.board import contributions
from indicators.measures import REGISTRY, counts
from indicators.models import Indicator
from members.models import Exit
from members.roll.flows import flows
from members.roll.on_a_day import roll
from organizations import lineage

pytestmark = pytest.mark.django_db


def parents(demo, year):
    """Codes of all that had children at some time of the year."""
    window = demo.years[year].window
    rows = lineage.Lineage.objects.touching(window.first, window.last).values_list("ancestor_id", "via_id")
    return sorted({demo.code[ancestor] for ancestor, via in rows if ancestor != via})


@pytest.mark.parametrize("code", ["K", "DB01", "DB05", "DB06", "DB12", "CB32"])
def test_the_parts_of_every_measure_sum_to_the_whole(demo, code):
    node = demo.of[code].pk
    parts = Counter()
    for (measure, _, year), n in counts(REGISTRY, demo.windows, nodes=[node], by="via").items():
        parts[measure, year] += n
    assert +parts == Counter({(m, y): n for (m, o, y), n in demo.counted.items() if o == node and n})


@pytest.mark.parametrize("year", [2016, 2017])
def test_contributions_sum_to_the_figure(demo, year):
    indicators = Indicator.objects.filter(group__year=year, headline=True)
    for code in parents(demo, year):
        organization = demo.of[code]
        for indicator in indicators:
            parts = contributions(indicator, organization, demo.years[year])
            whole = demo.counted[indicator.numerator, organization.pk, year]
            assert sum(n for n, _ in parts.values()) == whole, (code, indicator.code)
            if indicator.denominator:
                whole = demo.counted[indicator.denominator, organization.pk, year]
                assert sum(d for _, d in parts.values()) == whole, (code, indicator.code)


def test_the_bloc_is_made_of_its_56(demo):
    kn = Indicator.objects.get(group__year=2017, code="KN")
    parts = contributions(kn, demo.of["K"], demo.years[2017])
    assert sum(n for n, _ in parts.values()) == 129
    below = {code for code in parents(demo, 2017) if code != "K"} | {c for c in demo.of if c.startswith("CB")}
    assert {demo.code[node] for node in parts} <= below


def test_a_cell_brings_each_committee_only_its_share(demo):
    """DB05-03 moved to DB06 on 01/07/2016: whatever it did later in the year is DB06's."""
    cell = demo.of["DB05-03"].pk
    kn = Indicator.objects.get(group__year=2016, code="KN")
    shares = {c: contributions(kn, demo.of[c], demo.years[2016]).get(cell, (0, None))[0] for c in ("DB05", "DB06")}
    assert shares == {"DB05": 0, "DB06": demo.counted["admitted", cell, 2016]} == {"DB05": 0, "DB06": 1}


def test_the_books_of_every_organization_balance_in_every_year(demo):
    everyone = list(demo.of.values())
    opening = None
    for year, looked_at in demo.years.items():
        window = looked_at.window
        found = flows(everyone, window.first, window.last)
        for organization in everyone:
            flow = found[organization.pk]
            gained, lost = sum(flow.arrivals.values()), sum(flow.departures.values())
            assert flow.opening + gained - lost + flow.reorganized == flow.closing, (organization.code, year)
            assert flow.closing == demo.counted["members", organization.pk, year], (organization.code, year)
            assert opening is None or flow.opening == opening[organization.pk], (organization.code, year)
        opening = {pk: flow.closing for pk, flow in found.items()}


def test_the_bloc_in_2017_movement_by_movement(demo):
    flow = flows([demo.of["K"]], date(2017, 1, 1), date(2017, 12, 31))[demo.of["K"].pk]
    assert (flow.opening, flow.reorganized, flow.closing) == (2243, 0, 2305)
    assert flow.arrivals == {"ADMITTED": 129, "ARRIVED": 19}
    assert flow.departures == {"DEPARTED": 69, "DIED": 11, "EXPELLED": 2, "STRUCK": 3, "RESIGNED": 1}


def test_the_merger_and_the_move_are_flows_of_their_own_kind(demo):
    found = flows(list(demo.of.values()), date(2016, 1, 1), date(2016, 12, 31))
    moved = {code: found[o.pk].reorganized for code, o in demo.of.items() if found[o.pk].reorganized}
    assert moved.keys() == {"CB32", "DB12", "DB12-02", "DB05", "DB06"}
    assert moved["CB32"] == -moved["DB12"] == -moved["DB12-02"] < 0
    assert moved["DB05"] == -moved["DB06"] < 0
    assert found[demo.of["CB32"].pk].closing == 0


@pytest.mark.parametrize("year", [2016, 2017])
def test_the_roll_itself_has_as_many_rows(demo, year):
    last = demo.years[year].window.last
    for code, organization in demo.of.items():
        assert roll(organization, last).count() == demo.counted["members", organization.pk, year], code


def test_one_dies_on_the_last_day_of_every_past_year(demo):
    for year in range(2013, 2018):
        day = date(year, 12, 31)
        flow = flows([demo.of["K"]], day, day)[demo.of["K"].pk]
        assert flow.departures[Exit.DIED] == 1
        assert roll(demo.of["K"], day).count() == roll(demo.of["K"], day - timedelta(days=1)).count() - 1
