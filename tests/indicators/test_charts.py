"""Figures as plotly.js takes them: years in order, cut where they do not compare, each with its sentence and address."""

import json

import pytest

from indicators import charts, wording
from indicators.board import board
from indicators.comparable import breaks_of
from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)


def drawn(site, code, group, year=2018):
    seen = board(site.org[code], year)
    lines = seen.trend(group)
    breaks = dict.fromkeys(breaks_of(seen, lines[year].indicator), "đổi cách xếp loại")
    opens = {y: f"/{y}/" for y in lines}
    return seen, lines, breaks, json.loads(charts.trend(lines, breaks, [2018], seen.moving, opens))


@pytest.mark.parametrize("group", ["KN", "TSVM", "DV-HTT"])
def test_each_point_is_the_figure_of_its_year(site, group):
    seen, lines, breaks, figure = drawn(site, "K", group)
    *results, aims = figure["data"]
    assert aims["name"] == "Chỉ tiêu"
    found = {(int(x), y) for trace in results for x, y in zip(trace["x"], trace["y"], strict=True)}
    assert found == {(y, float(x.result.value)) for y, x in lines.items() if x.result.value is not None}
    assert dict(zip(aims["x"], aims["y"], strict=True)) == {
        str(y): float(x.result.target) for y, x in lines.items() if x.result.target is not None
    }
    for trace in results:
        years = [int(x) for x in trace["x"]]
        assert not breaks.keys() & set(years[1:])
        assert trace["opens"] == [f"/{y}/" for y in years]
        assert all(wording.value(lines[y]) in text for y, text in zip(years, trace["hovertext"], strict=True))
        assert (trace["line"]["dash"] == "dot") == (years[-1] in seen.moving)


def test_each_word_has_a_row_of_its_own_and_a_line_to_its_year(site):
    _, lines, breaks, figure = drawn(site, "K", "DV-HTT")
    notes, ties = figure["layout"]["annotations"], figure["layout"]["shapes"]
    years = list(lines)
    assert sorted(n["text"] for n in notes) == ["sắp xếp tổ chức", *["đổi cách xếp loại"] * len(breaks)]
    assert len({n["yshift"] for n in notes}) == len(notes)
    assert {n["x"] for n in notes} == {t["x0"] for t in ties}
    assert {n["x"] for n in notes} == {years.index(2018), *(years.index(y) - 0.5 for y in breaks)}


@pytest.mark.parametrize(
    ("values", "aims", "found"),
    [
        ([5], [None], ["top center"]),
        ([1, 2, 3], [None] * 3, ["bottom center", "top center", "top center"]),
        ([3, 1, 2], [9] * 3, ["top center", "bottom center", "top center"]),
        ([2, 2], [2, 2], ["top center", "top center"]),
        ([93, 98], [92, None], ["top center", "top center"]),
        ([93, 98], [None, 99], ["bottom center", "bottom center"]),
    ],
)
def test_words_keep_off_the_line_and_off_targets(values, aims, found):
    assert charts._beside(values, aims, 10) == found


def test_nothing_to_draw_is_no_figure():
    assert charts.trend({}, {}, []) == "" and charts.as_json([], {}) == ""
