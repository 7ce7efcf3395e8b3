"""The bloc of the demonstration ends: the past stays as it was, what came of it adds up, and it can be taken back."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection

from indicators.board import the_years
from indicators.measures import REGISTRY, counts
from indicators.models import TargetGroup
from indicators.targets import targets
from inspections.handover.hand_over import left_open, pass_over
from ledger.documents import document
from ledger.models import Change, Installation, User
from ledger.soundness import outcomes
from ledger.undo import undo
from members.reorganizing.carry_out import carry_out
from members.roll.flows import flows
from organizations.access import visible_to
from organizations.appoint import NewOffice, appoint
from organizations.forest import Forest
from organizations.models import GRASSROOTS, Organization
from ratings.models import Sheet
from ratings.periods import periods
from tests.indicators.lenses.lens_checks import Both
from tests.standing import standing

from .the_end import DAY, EVE, INTO, MERGED, RECEIVERS, SPLIT, the_plan

pytestmark = [pytest.mark.django_db, pytest.mark.deep]  # a browser plays the same act in every run


def faults():
    return {(o.title, finding.sentence) for o in outcomes() for finding in o.findings}


@pytest.fixture
def ended(demo):
    """Done as the page does it. `before`: every figure up to the eve, `faults`: what the self-check found before."""
    Installation.objects.update(demo_day=DAY)
    demo.by = User.objects.get(username="bantochuc")
    demo.eve = the_years(demo.years, as_of=EVE)
    demo.before = everything(demo)
    demo.faults = faults()
    paper = document("1533-QĐ/TU", DAY, "Tỉnh ủy")

    def hand_over(change, organizations):
        pass_over(left_open([demo.of["K"].pk], DAY).placed, change)

    demo.act = {"by": demo.by, "on": DAY, "document": paper}
    carry_out(the_plan(Forest.on(DAY)), **demo.act, also=[hand_over])
    demo.change = Change.objects.latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    demo.all = {o.code: o for o in Organization.objects.all()}
    return demo


def everything(demo):
    """Every measure at every organization in every year, seen on the eve."""
    return counts(REGISTRY, [y.window for y in demo.eve.values()], nodes=[o.pk for o in demo.of.values()])


def test_the_bloc_ends_in_one_act(ended):
    forest = Forest.on(DAY)
    below = {code: forest.children(code) for code in RECEIVERS}
    assert {code: len(children) for code, children in below.items()} == {"K01": 14, "K02": 33, "K03": 10}
    assert sum(place.kind in GRASSROOTS for place in forest.values()) == 56 + 2 - 1
    assert not {"K", "DB01", "DB09", MERGED} & forest.keys() and forest[INTO].parent == "K03"
    first = DAY.replace(month=1, day=1)
    found = flows([ended.all[c] for c in ("K", *RECEIVERS)], first, DAY)
    at = {code: found[ended.all[code].pk] for code in ("K", *RECEIVERS)}
    assert all(flow.balances for flow in at.values())
    assert at["K"].closing == 0
    assert -at["K"].reorganized == sum(at[code].closing for code in RECEIVERS)
    assert ended.change.undoable


def test_every_figure_up_to_the_eve_is_as_before(ended):
    assert everything(ended) == ended.before
    past = [y for y in ended.years if y < 2018]
    now = counts(REGISTRY, [ended.years[y].window for y in past], nodes=list(ended.code))
    assert now == Counter({key: n for key, n in ended.counted.items() if key[2] in past})


def test_both_lenses_tell_the_same_people(ended):
    """Bridges sum to zero everywhere, and the roots, those that ended included, have as much in the one as in the other."""
    windows = [y.window for y in the_years(ended.years).values()]
    both = Both(windows, DAY).check()
    roots = [ended.all[code].pk for code in ("K", *RECEIVERS)]
    for measure in (m for m in REGISTRY if not m.facts.own):
        for window in windows:
            then, now = (sum(f[measure.code, root, window.year] for root in roots) for f in (both.then, both.now))
            assert then == now, (measure.code, window.year)
    split = {code: both.now["organizations_rated", ended.all[code].pk, 2017] for code in SPLIT}
    assert split == dict.fromkeys(SPLIT, 0)
    assert both.now["organizations_rated", ended.all["K"].pk, 2017] == 2  # of the two that were split, to nobody
    assert both.then["organizations_rated", ended.all["K"].pk, 2017] == 56
    both.check_rows(every=199)


def test_the_self_check_finds_nothing_new(ended):
    assert faults() - ended.faults == set()


def test_the_heirs_see_what_they_took_over(ended):
    offices = {}
    for code in RECEIVERS:
        offices[code] = User.objects.create_user(f"moi-{code}")
        appoint([NewOffice(user=offices[code], role="ORGANIZATION", organization=ended.all[code])], **ended.act)
    for code, user in offices.items():
        seen = set(visible_to(user, DAY).values_list("code", flat=True))
        assert {code, "K"} <= seen
        assert not seen & (RECEIVERS.keys() - {code})
    for code in RECEIVERS:
        opened = periods.open_period(2018, bloc=ended.all[code], by=offices[code], on=DAY)
        cells = Forest.on(DAY).cells(code)
        rows = Sheet.objects.standing().filter(period=opened)
        assert sorted(rows.values_list("organization__code", flat=True)) == sorted(cells)
    day = date(2019, 1, 10)
    Installation.objects.update(demo_day=day)
    for code in RECEIVERS:
        periods.open_period(2019, bloc=ended.all[code], by=offices[code], on=day)
        targets.copy_groups(2019, bloc=ended.all[code], by=offices[code], on=day)
        assert TargetGroup.objects.filter(year=2019, bloc=ended.all[code]).count() == 8
    old = User.objects.get(username="danguy.DB01")
    assert not old.appointments.on(DAY).exists()


def test_it_is_taken_back_whole(ended):
    undo(ended.change, by=ended.by, on=DAY, reason="ghi nhầm")
    assert everything(ended) == ended.before
    assert "K" in Forest.on(DAY)
    assert faults() == ended.faults
    assert not any(code in Forest.on(DAY) for code in RECEIVERS)
    assert "Handover" not in standing()
