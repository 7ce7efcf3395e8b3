"""Exactly the figures that hang on a correction change; what was published stays beside them."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators import wording
from indicators.board import board
from indicators.measures import LOCKED, REGISTRY, as_locked, counts
from tests.indicators.board import lines, set_groups, set_targets, window
from tests.ratings.sheets.correcting import member, organization, put


def all_counts(world, measures):
    nodes = [o.pk for o in world.org.values()]
    return counts(measures, [window(2017)], nodes=nodes)


def differences(before, after):
    return {
        (code, node): (before[code, node, y], n) for (code, node, y), n in after.items() if n != before[code, node, y]
    }


def named(world, found):
    codes = {o.pk: code for code, o in world.org.items()}
    return {(code, codes[node]): pair for (code, node), pair in found.items()}


def test_exactly_the_figures_that_hang_on_it_change(locked):
    world = locked.world
    before = all_counts(world, REGISTRY)
    put(locked, member(locked, "An", level=3))
    after = all_counts(world, REGISTRY)
    up = ("DB01-01", "DB01", "K")
    assert named(world, differences(before, after)) == {
        **{("rated_good", code): pair for code, pair in zip(up, ((1, 0), (3, 2), (15, 14)), strict=True)},
        **{(measure, code): (1, 0) for measure in ("rated_top", "rated_1") for code in up},
        **{("rated_3", code): (0, 1) for code in up},
    }


def test_what_was_known_at_the_lock_never_changes(locked):
    """Whatever is corrected, and corrected again, the measures as locked count what they counted then."""
    world = locked.world
    of_ratings = [m for m in REGISTRY if as_locked(m)]
    assert {m.facts for m in REGISTRY if as_locked(m)} == set(LOCKED)
    then = all_counts(world, of_ratings)
    steps = [
        [member(locked, "An", level=3)],
        [member(locked, "Bình", level=1), organization(locked, "DB01", level=1, exemplary=True)],
    ]
    for rows in steps:
        put(locked, *rows)
        assert all_counts(world, map(as_locked, of_ratings)) == then
    put(locked, member(locked, "An", left_out=locked.why("mien")))
    put(locked, organization(locked, "DB01", level=4), member(locked, "Bình", level=2))
    assert all_counts(world, map(as_locked, of_ratings)) == then
    assert all_counts(world, of_ratings) != then


@pytest.fixture
def published(locked):
    set_groups(locked.world, 2016, 2017)
    set_targets(locked.world, DV_HTT={"K": 90}, TSVM={"K": 50})
    return locked


def said(desk, code, year=2017):
    return {name: text for name, line in lines(desk.world, code, year).items() if (text := wording.correction(line))}


def test_before_any_correction_nothing_is_said(published):
    assert said(published, "K") == {}


def test_both_figures_are_shown_where_they_differ(published):
    put(published, member(published, "An", level=3))
    corrected = "đính chính: khi khóa kỳ 15/15 (100%), nay 14/15"
    assert said(published, "K") == {
        "DV-HTT": corrected,
        "DV-XS": "đính chính: khi khóa kỳ 1/15 (6,7%), nay 0/15",
    }
    assert said(published, "DB01")["DV-HTT"] == "đính chính: khi khóa kỳ 3/3 (100%), nay 2/3"
    assert said(published, "DB02") == {}


def test_a_correction_within_a_level_that_counts_alike_changes_no_figure(published):
    put(published, member(published, "Chi", level=3))
    put(published, member(published, "Chi", level=2))
    assert said(published, "K") == {}


def test_the_state_of_one_organization_is_shown_as_it_was(published):
    put(published, organization(published, "DB01", level=1))
    assert said(published, "DB01")["TSVM"] == (
        "đính chính: khi khóa kỳ Hoàn thành tốt nhiệm vụ, nay Trong sạch, vững mạnh"
    )
    assert said(published, "K")["TSVM"] == "đính chính: khi khóa kỳ 0/5 (0%), nay 1/5"


def test_machines_are_told_both(published):
    def told():
        out = StringIO()
        call_command("figures", "--year", "2017", "--format", "json", stdout=out)
        return {group["code"]: group for group in json.loads(out.getvalue())["groups"]}

    assert not any("published" in group for group in told().values())
    put(published, member(published, "An", level=3))
    found = told()
    assert found["DV-HTT"]["numerator"] == "14"
    assert found["DV-HTT"]["published"] == {
        "numerator": "15",
        "denominator": "15",
        "value": "100",
        "exact": "100.00",
        "verdict": "exceeded",
    }
    assert [code for code, group in found.items() if "published" in group] == ["DV-HTT"]
    out = StringIO()
    call_command("figures", "--year", "2017", stdout=out)
    assert "93% (14/15 đảng viên được xếp loại)" in out.getvalue()
    assert "· đính chính: khi khóa kỳ 15/15 (100%), nay 14/15\n" in out.getvalue()


def test_a_successor_answers_with_what_its_predecessors_had_then(published):
    """DB02 ends in DB01 within the year after; the year 2017 is looked at along its own tree and stays as it was."""
    put(published, member(published, "An", level=3))
    published.world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, date(2018, 6, 1))
    assert said(published, "K")["DV-HTT"] == "đính chính: khi khóa kỳ 15/15 (100%), nay 14/15"


def test_asking_costs_nothing_where_nothing_was_corrected(published):
    def asked(code="K"):
        with CaptureQueriesContext(connection) as found:
            board(published.world.org[code], 2017, years=[2016, 2017])
        return len(found)

    before = asked()
    put(published, member(published, "An", level=3))
    # Two families of facts and the states of the year, as they were.
    assert asked() == before + 4
