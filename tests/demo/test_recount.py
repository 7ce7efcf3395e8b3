"""Every figure equals the rows behind it and a recount in plain Python (issue 2, "What it must show")."""

from types import SimpleNamespace

import pytest
from django.db import connection

from indicators.measures import MEASURES, REGISTRY
from organizations import lineage

pytestmark = pytest.mark.django_db
ANYONE = SimpleNamespace(pk=-1)


def at_bloc(found, demo):
    bloc = demo.of["K"].pk
    return {(code, year): n for (code, node, year), n in found.items() if node == bloc and n}


def test_the_bloc_in_every_year(demo, recount):
    assert at_bloc(demo.counted, demo) == at_bloc(recount.found, demo)


def test_every_organization_in_every_year(demo, recount):
    assert +demo.counted == +recount.found
    assert {code for code, _, _ in +recount.found} == MEASURES.keys()


def test_the_lineage_is_sound():
    assert lineage.differences() == (set(), set())


class Rows:
    """`measure.rows(organization, window)` of one measure and year, compiled once: only the organization differs."""

    def __init__(self, measure, window):
        query = measure.rows(ANYONE, window).order_by().values("pk").query
        self.sql, self.params = query.sql_with_params()
        assert self.params.count(ANYONE.pk) == 1

    def count(self, organization):
        with connection.cursor() as cursor:
            params = [organization.pk if p == ANYONE.pk else p for p in self.params]
            cursor.execute(f"SELECT COUNT(*) FROM ({self.sql}) AS rows_", params)
            return cursor.fetchone()[0]


@pytest.mark.parametrize("measure", REGISTRY, ids=lambda m: m.code)
def test_the_number_is_the_number_of_rows(demo, measure):
    """The bloc in all years, everyone in 2017, and of the rest every tenth."""
    for year, looked_at in demo.years.items():
        rows = Rows(measure, looked_at.window)
        for i, organization in enumerate(demo.of.values(), start=year):
            if year == 2017 or organization.code == "K" or i % 10 == 0:
                n = demo.counted[measure.code, organization.pk, year]
                assert rows.count(organization) == n, (organization.code, year)
    assert measure.rows(demo.of["K"], demo.windows[-1]).count() == demo.counted[measure.code, demo.of["K"].pk, 2018]


@pytest.mark.parametrize(("code", "year"), [("K", 2016), ("DB12", 2016), ("CB32", 2016), ("K", 2018)])
def test_rows_and_those_left_out_are_all(demo, code, year):
    organization, window = demo.of[code], demo.years[year].window
    for measure in REGISTRY:
        every = set(measure.all(organization, window).values_list("pk", flat=True))
        rows = set(measure.rows(organization, window).values_list("pk", flat=True))
        excluded = dict(measure.excluded(organization, window).values_list("pk", "why"))
        assert rows | excluded.keys() == every, measure.code
        assert not rows & excluded.keys(), measure.code
        assert all(excluded.values()), measure.code


def test_a_numerator_is_part_of_its_denominator(demo):
    """Whatever is left out of the larger measure is left out of the smaller one for the same reason."""
    window, bloc = demo.years[2018].window, demo.of["K"]
    for small, large in (("rated_top", "rated"), ("rated_good", "rated"), ("planned_done", "planned")):
        inner = set(MEASURES[small].rows(bloc, window).values_list("pk", flat=True))
        assert inner < set(MEASURES[large].rows(bloc, window).values_list("pk", flat=True))
        why = dict(MEASURES[small].excluded(bloc, window).values_list("pk", "why"))
        assert dict(MEASURES[large].excluded(bloc, window).values_list("pk", "why")).items() <= why.items()
