"""Two lenses on the small world: where nothing was reorganized they are one, and what the bridge between them asks for."""

from datetime import date

import pytest

from indicators.lenses import lens as lenses
from indicators.lenses.bridge import Bridges
from indicators.measures import REGISTRY
from members.models import Exit
from tests.indicators.board import window
from tests.indicators.lenses.facts import JULY, MARCH, MAY, WINDOWS, facts_of_2016, merge_cb01, seen

from .lens_checks import Both

pytestmark = pytest.mark.django_db
world = pytest.fixture(facts_of_2016)


def test_without_a_reorganization_the_lenses_are_one(world):
    world.transfer("An", "DB02-01", MARCH)
    world.rename("DB01", "Tên khác", MAY)
    world.found(("DB01-03", "CBTT", "DB01"), on=MAY)
    world.leave("Bình", JULY, Exit.DIED)
    both = seen(world)
    assert both.now == both.then
    assert not both.lens.touched and not both.bridges.facts
    assert not any(both.lens.differs(o.pk) or both.lens.years_of_change(o.pk) for o in world.org.values())


def test_looked_at_before_the_merger_the_lenses_are_one(world):
    merge_cb01(world)
    both = Both([window(2015), window(2016), window(2017, date(2017, 4, 30))], date(2017, 4, 30)).check()
    assert both.now == both.then and not both.lens.touched


def test_queries_do_not_grow_with_years_organizations_or_indicators(world, django_assert_num_queries):
    merge_cb01(world)
    world.move("BP01", "DB01", JULY)
    with django_assert_num_queries(5):  # the clock
        lens = lenses.read()
    families = len({m.facts for m in REGISTRY})
    for windows in (WINDOWS[1:2], WINDOWS):
        with django_assert_num_queries(families):
            bridges = Bridges(lens, REGISTRY, windows)
        with django_assert_num_queries(0):
            for organization in world.org.values():
                for w in windows:
                    bridges.at(organization.pk, w.year), bridges.inside(organization.pk, w.year)
