"""Every figure equals the rows behind it and a recount in plain Python (issue 2, "What it must show")."""

import pytest

from indicators.measures import MEASURES, REGISTRY
from organizations import lineage

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("measure", REGISTRY, ids=lambda m: m.code)
def test_the_number_is_the_number_of_rows(demo, measure):
    """The bloc in all years, everyone in 2017, and of the rest every tenth."""
    asked = [(o, y) for y in demo.years for o in demo.of.values()]
    some = [(o, y) for i, (o, y) in enumerate(asked) if i % 10 == 0 or y == 2017 or o.code == "K"]
    for organization, year in some:
        n = measure.rows(organization, demo.years[year].window).count()
        assert n == demo.counted[measure.code, organization.pk, year], (organization.code, year)


@pytest.mark.parametrize("year", [2016, 2017, 2018])
def test_rows_and_those_left_out_are_all(demo, year):
    window = demo.years[year].window
    for code in ("K", "DB01", "DB05", "DB06", "DB12", "CB01", "CB32", "DB05-03"):
        organization = demo.of[code]
        for measure in REGISTRY:
            every = set(measure.all(organization, window).values_list("pk", flat=True))
            rows = set(measure.rows(organization, window).values_list("pk", flat=True))
            excluded = set(measure.excluded(organization, window).values_list("pk", flat=True))
            assert rows | excluded == every, (code, measure.code)
            assert not rows & excluded, (code, measure.code)
            assert "" not in measure.excluded(organization, window).values_list("why", flat=True)


def test_a_numerator_is_part_of_its_denominator(demo):
    """Whatever is left out of the larger measure is left out of the smaller one for the same reason."""
    window, bloc = demo.years[2018].window, demo.of["K"]
    for small, large in (("rated_top", "rated_good"), ("rated_good", "rated"), ("letters_in_time", "letters_due")):
        inner = set(MEASURES[small].rows(bloc, window).values_list("pk", flat=True))
        assert inner <= set(MEASURES[large].rows(bloc, window).values_list("pk", flat=True))
        why = dict(MEASURES[small].excluded(bloc, window).values_list("pk", "why"))
        assert dict(MEASURES[large].excluded(bloc, window).values_list("pk", "why")).items() <= why.items()
