"""A bloc's staff: its own number, else the sum of the grassroots organizations of the year's last day (design §3)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Change
from organizations import lineage
from organizations.staff.numbers import not_counted, reverted, staff_of

from .entering import enter, last_of, summed_by_hand

pytestmark = pytest.mark.django_db


def staff(world, code, year=2017, day=None):
    day = day or last_of(year)
    place = lineage.place(world.org[code], day)
    return staff_of([place], year, day).get(place.organization_id)


def known(found):
    return found.total, found.at_least, found.exact, len(found.counted), len(found.below)


def told_beside(world, code, year=2017, day=None):
    day = day or last_of(year)
    rows = not_counted(lineage.place(world.org[code], day), year, day)
    return [(r.count.organization.code, r.count.in_words, r.name, r.why) for r in rows]


def test_the_sum_says_of_how_many_it_is(world):
    assert known(staff(world, "K")) == (None, False, False, 0, 5)
    enter(world, DB01=(40, 20, 5), DB02=(10, 10, 10))
    assert known(staff(world, "K")) == (95, False, False, 2, 5)
    assert [s.place.organization.code for s in staff(world, "K").missing] == ["CB01", "CB02", "DB03"]
    enter(world, DB03=(1, 2, 3), CB01=(4, 0, 0), CB02=(5, 0, 0))
    assert known(staff(world, "K")) == (110, False, True, 5, 5)
    assert staff(world, "K").parts == [60, 32, 18]
    assert summed_by_hand("K", 2017, last_of(2017)) == (110, 5, 5)


def test_a_part_that_somebody_does_not_know_has_no_sum(world):
    enter(world, DB01=(40, 20, 5), DB02=(10, None, 7, 30), DB03=(0, 0, 0), CB01=(0, 0, 0), CB02=(0, 0, 0))
    assert known(staff(world, "K")) == (95, False, True, 5, 5)
    assert staff(world, "K").parts == [50, None, 12]


def test_a_bound_makes_the_sum_a_bound(world):
    enter(world, DB01=65, DB02="trên 30", DB03=1, CB01=1, CB02=1)
    assert known(staff(world, "K")) == (98, True, False, 5, 5)


def test_the_number_of_the_bloc_itself_goes_before_the_sum(world):
    enter(world, DB01=65, DB02=30, K="trên 5000")
    found = staff(world, "K")
    assert known(found) == (5000, True, False, 2, 5)
    assert not found.is_sum
    enter(world, K=None)
    assert staff(world, "K").total == 95


def test_a_grassroots_organization_has_its_own_and_a_cell_none(world):
    enter(world, DB01=65, CB01=9)
    assert known(staff(world, "DB01")) == (65, False, True, 0, 0)
    assert known(staff(world, "CB01")) == (9, False, True, 0, 0)
    assert known(staff(world, "DB02")) == (None, False, False, 0, 0)
    assert staff(world, "DB01-01") is staff(world, "BP01") is None


def test_who_ended_within_the_year_hands_its_number_to_nobody(world):
    enter(world, DB01=65, DB02=30, DB03=1, CB01=1, CB02=7)
    world.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 7, 1))
    assert known(staff(world, "K")) == (97, False, True, 4, 4)
    assert summed_by_hand("K", 2017, last_of(2017)) == (97, 4, 4)
    beside = [("CB02", "7", "Tổ chức CB02", "kết thúc ngày 01/07/2017")]
    assert told_beside(world, "K") == told_beside(world, "DB02") == beside
    assert told_beside(world, "DB01") == told_beside(world, "K", 2018, date(2018, 12, 14)) == []


def test_it_counts_along_the_tree_of_the_last_day(world):
    """Who goes to another bloc within the year takes its number along; who came, brings it."""
    world.found(("T", "TINH", None), ("K2", "KHOI", None), on=date(2017, 2, 1))
    enter(world, DB01=65, DB02=30, DB03=1, CB01=1, CB02=7)
    enter(world, 2016, DB01=60, DB02=30, DB03=1, CB01=1, CB02=7)
    world.move("DB01", "K2", date(2017, 7, 1))
    assert (known(staff(world, "K")), known(staff(world, "K2"))) == ((39, False, True, 4, 4), (65, False, True, 1, 1))
    assert told_beside(world, "K") == [("DB01", "65", "Tổ chức DB01", "vào ngày 31/12/2017 thuộc đảng bộ khác")]
    assert staff(world, "K", 2016).total == 99
    for code, year in (("K", 2016), ("K", 2017), ("K2", 2017)):
        assert staff(world, code, year).total == summed_by_hand(code, year, last_of(year))[0]


def test_a_province_sums_its_blocs_each_by_its_own_number(world):
    world.found(("T", "TINH", None))
    world.found(("K2", "KHOI", "T"))
    world.found(("CB90", "CBCS", "K2"))
    world.move("K", "T", date(2016, 1, 1))
    enter(world, DB01=65, CB90=4, K=500)
    assert known(staff(world, "T")) == (504, False, True, 2, 2)
    enter(world, K=None)
    found = staff(world, "T")
    assert known(found) == (69, False, False, 2, 2)
    assert summed_by_hand("T", 2017, last_of(2017))[0] == 69


def test_two_queries_for_any_number_of_organizations(world):
    enter(world, DB01=65)
    day = last_of(2017)

    def asked(codes):
        places = [lineage.place(world.org[code], day) for code in codes]
        with CaptureQueriesContext(connection) as found:
            staff_of(places, 2017, day)
        return len(found)

    assert asked(["DB01"]) == 1
    assert asked(["K"]) == asked(["K", "DB01", "DB02", "CB01"]) == 2


def test_what_undoing_an_act_would_make_of_the_numbers(world):
    enter(world, DB01=60, DB02=30)
    enter(world, DB01="trên 65", DB02=None, CB01=7)
    last, first = Change.objects.order_by("-pk")[:2]
    told = [(r.name, r.year, r.now, r.then) for r in reverted(last)]
    assert told == [
        ("Tổ chức CB01", 2017, "7", ""),
        ("Tổ chức DB01", 2017, "trên 65", "60"),
        ("Tổ chức DB02", 2017, "", "30"),
    ]
    assert [(r.now, r.then) for r in reverted(first)] == [("60", ""), ("30", "")]
    world.rename("DB01", "Tên mới", last_of(2016))
    assert reverted(Change.objects.latest("pk")) == []
