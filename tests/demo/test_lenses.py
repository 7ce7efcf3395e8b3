"""The merger and the move of 2016 in the demonstration, under both lenses: exact, and everywhere in every year."""

import pytest

from tests.indicators.lenses.lens_checks import Both

pytestmark = pytest.mark.django_db
EVENT = {
    "CB32": "sáp nhập 01/07/2016",  # its seven, eight, nine members went into DB12-02, the organization into DB12
    "DB05": "chuyển trực thuộc 01/07/2016",  # the cell DB05-03 went under DB06
}


@pytest.fixture(scope="module")
def both(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return Both(demo.windows, demo.windows[-1].last, then=demo.counted)


def series(both, demo, measure, code):
    """ "then→now" of the years 2013 to 2018."""
    node = demo.of[code].pk
    return " ".join(f"{both.then[measure, node, y]}→{both.now[measure, node, y]}" for y in demo.years)


@pytest.mark.parametrize(
    ("measure", "code", "expected"),
    [
        ("admitted", "DB12", "5→5 5→6 2→3 5→5 6→6 4→4"),
        ("admitted", "CB32", "0→0 1→0 1→0 0→0 0→0 0→0"),
        ("admitted", "DB05", "6→5 5→5 6→4 2→2 8→8 3→3"),
        ("admitted", "DB06", "2→3 0→0 2→4 5→5 5→5 7→7"),
        ("admitted", "K", "112→112 116→116 121→121 124→124 129→129 108→108"),
        ("rated", "DB12", "62→69 67→75 69→78 83→83 87→87 44→44"),
        ("rated", "DB12-02", "6→13 7→15 7→16 17→17 18→18 19→19"),
        ("rated", "CB32", "7→0 8→0 9→0 0→0 0→0 0→0"),
        ("rated", "K", "2031→2031 2088→2088 2141→2141 2202→2202 2260→2260 728→728"),
        ("members", "DB12", "64→71 69→77 71→80 85→85 89→89 92→92"),
        ("members", "DB05", "79→67 83→71 88→76 77→77 85→85 89→89"),
        ("members", "DB06", "65→77 64→76 63→75 79→79 83→83 89→89"),
        ("members", "DB05-03", "12→12 12→12 12→12 13→13 15→15 16→16"),
        ("organizations_rated", "DB12", "1→2 1→2 1→2 1→1 1→1 0→0"),
        ("organizations_rated", "DB12-02", "0→0 0→0 0→0 0→0 0→0 0→0"),
        ("organizations_rated", "K", "57→57 57→57 57→57 56→56 56→56 0→0"),
        ("finance_checked", "DB12", "1→1 0→1 1→2 1→1 1→1 0→0"),
    ],
)
def test_series_under_both_lenses(both, demo, measure, code, expected):
    assert series(both, demo, measure, code) == expected


def lines(both, demo, crossings, measure):
    return {
        (demo.code[line.old], demo.code[line.new], *(f"{event} {day:%d/%m/%Y}" for day, event in line.steps)): n
        for line in crossings
        if (n := line.counts[measure])
    }


def test_the_bridges_name_what_crossed(both, demo):
    at = {code: both.bridges.at(demo.of[code].pk, 2015) for code in demo.of}
    merged, moved = ("CB32", "DB12", EVENT["CB32"]), ("DB05", "DB06", EVENT["DB05"])
    assert lines(both, demo, at["DB12"], "rated") == {merged: 9}
    assert lines(both, demo, at["CB32"], "rated") == {("CB32", "DB12-02", EVENT["CB32"]): 9}
    assert lines(both, demo, at["CB32"], "organizations_rated") == {merged: 1}
    assert lines(both, demo, at["DB05"], "rated") == lines(both, demo, at["DB06"], "rated") == {moved: 12}
    assert at["DB05-03"] == at["K"] == at["DB01"] == []
    inside = both.bridges.inside(demo.of["K"].pk, 2015)
    assert lines(both, demo, inside, "rated") == {merged: 9, moved: 12}
    assert {c for c in demo.of if at[c]} == {"DB12", "DB12-02", "CB32", "DB05", "DB06"}


def test_only_those_touched_are_told_to_differ(both, demo):
    differing = {code for code, o in demo.of.items() if both.lens.differs(o.pk)}
    assert differing == {"K", "DB12", "DB12-02", "CB32", "DB05", "DB06"}
    marked = {code: both.lens.years_of_change(o.pk) for code, o in demo.of.items() if both.lens.years_of_change(o.pk)}
    assert marked == dict.fromkeys([*differing, "DB05-03"], {2016})


def test_every_measure_everywhere_in_every_year(both):
    """Against every row followed on its own day by day; bridges and parts sum; each line opens onto its rows."""
    both.check()
    assert not any(both.lost.values())
    both.check_rows()
