"""The dashboard's figures cost a constant number of queries, whatever is shown."""

import pytest

from indicators.board import board, contributions, known_years

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("years", [[2017], [2013, 2017], [*range(2013, 2019)]])
@pytest.mark.parametrize("code", ["K", "DB01", "DB25", "DB01-01", "CB01"])
def test_the_bloc_a_committee_or_a_cell_one_year_or_six(demo, code, years, django_assert_num_queries):
    with django_assert_num_queries(19):
        board(demo.of[code], 2017, years=years)


def test_to_ask_which_years_there_are_is_one_more(demo, django_assert_num_queries):
    with django_assert_num_queries(1):
        known_years()
    with django_assert_num_queries(20):
        board(demo.of["K"], 2017)


@pytest.mark.parametrize("code", ["K", "DB01", "CB01"])
def test_an_open_year_asks_for_its_progress_too(demo, code, django_assert_num_queries):
    with django_assert_num_queries(19):
        board(demo.of[code], 2018, years=[2018])


@pytest.mark.parametrize("code", ["K", "DB12", "CB01"])
def test_a_year_of_reorganization_asks_for_the_names_of_those_that_ended(demo, code, django_assert_num_queries):
    with django_assert_num_queries(20):
        board(demo.of[code], 2016, years=[2016])


def test_contributions_are_one_query(demo, django_assert_num_queries):
    seen = board(demo.of["K"], 2017)
    with django_assert_num_queries(len(seen.cards())):
        for line in seen.cards():
            contributions(line.indicator, demo.of["K"], seen.year)
