"""opening + in − out + reorganized = closing, for every organization and any period (domain §3.3)."""

from datetime import date, timedelta

import pytest

from members.models import Exit
from members.roll.flows import flows
from organizations import lineage
from organizations.models import Organization
from tests.world import START, TODAY

FIRST, LAST = date(2017, 1, 1), date(2017, 12, 31)
MAY, JUNE, JULY = (date(2017, month, 1) for month in (5, 6, 7))
DAY = timedelta(days=1)


def flow(world, code, first=FIRST, last=LAST):
    found = flows([world.org[code]], first, last)[world.org[code].pk]
    assert found.balances
    return found.opening, dict(found.arrivals), dict(found.departures), found.reorganized, found.closing


def test_a_quiet_year(world):
    assert flow(world, "K") == (16, {}, {}, 0, 16)
    assert flow(world, "DB01-01") == (2, {}, {}, 0, 2)


def test_the_year_everything_began(world):
    assert flow(world, "K", START, date(2015, 12, 31)) == (0, {"OPENING": 16}, {}, 0, 16)
    assert flow(world, "K", date(2014, 1, 1), START - DAY) == (0, {}, {}, 0, 0)


def test_who_comes_and_who_goes(world):
    world.admit("Vũ Xuân", "DB01-01", MAY)
    world.enroll("Vũ Thu", "DB01-01", JUNE, entry="ARRIVED")
    world.leave("An", JUNE, Exit.DIED)
    world.leave("Bình", JULY, Exit.DEPARTED)
    for code, opening in (("DB01-01", 2), ("DB01", 4), ("K", 16)):
        assert flow(world, code) == (
            *(opening, {"ADMITTED": 1, "ARRIVED": 1}, {"DIED": 1, "DEPARTED": 1}, 0),
            opening,
        )
    assert flow(world, "DB01-02") == (2, {}, {}, 0, 2)


def test_the_first_and_the_last_day_belong_to_the_period(world):
    world.leave("An", FIRST, Exit.DIED)
    world.leave("Bình", LAST, Exit.DIED)
    world.leave("Chi", FIRST - DAY, Exit.DIED)
    world.leave("Dung", LAST + DAY, Exit.DIED)
    assert flow(world, "DB01") == (3, {}, {"DIED": 2}, 0, 1)
    assert flow(world, "DB01", FIRST - DAY, FIRST - DAY) == (4, {}, {"DIED": 1}, 0, 3)
    assert flow(world, "DB01", LAST + DAY, LAST + DAY) == (1, {}, {"DIED": 1}, 0, 0)


def test_a_transfer_is_nothing_to_what_holds_both_cells(world):
    world.transfer("An", "DB01-02", MAY)
    assert flow(world, "DB01-01") == (2, {}, {"MOVED": 1}, 0, 1)
    assert flow(world, "DB01-02") == (2, {"MOVED": 1}, {}, 0, 3)
    assert flow(world, "DB01") == (4, {}, {}, 0, 4)
    world.transfer("An", "CB01", JUNE)
    assert flow(world, "DB01-02") == (2, {"MOVED": 1}, {"MOVED": 1}, 0, 2)
    assert flow(world, "DB01") == (4, {}, {"MOVED": 1}, 0, 3)
    assert flow(world, "CB01") == (2, {"MOVED": 1}, {}, 0, 3)
    assert flow(world, "K") == (16, {}, {}, 0, 16)


def test_a_moved_cell_is_a_reorganization_to_both_committees_and_nothing_to_the_bloc(world):
    world.move("DB01-02", "DB02", MAY)
    assert flow(world, "DB01") == (4, {}, {}, -2, 2)
    assert flow(world, "DB02") == (4, {}, {}, 2, 6)
    assert flow(world, "DB01-02") == (2, {}, {}, 0, 2)
    assert flow(world, "K") == (16, {}, {}, 0, 16)


def test_a_moved_section_takes_its_people_along(world):
    world.move("BP01", "DB01", MAY)
    assert flow(world, "DB03") == (4, {}, {}, -2, 2)
    assert flow(world, "DB01") == (4, {}, {}, 2, 6)
    assert flow(world, "BP01") == flow(world, "DB03-01") == (2, {}, {}, 0, 2)


def test_a_merger_is_a_reorganization_wherever_it_is_felt(world):
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, MAY)
    assert flow(world, "DB02") == (4, {}, {}, -4, 0)
    assert flow(world, "DB01") == (4, {}, {}, 4, 8)
    assert flow(world, "DB02-01") == (2, {}, {}, -2, 0)
    assert flow(world, "DB01-01") == (2, {}, {}, 2, 4)
    assert flow(world, "DB02-02") == (2, {}, {}, 0, 2)
    assert flow(world, "K") == (16, {}, {}, 0, 16)


def test_a_grassroots_cell_taken_into_a_committee(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MAY)
    assert flow(world, "CB01") == (2, {}, {}, -2, 0)
    assert flow(world, "DB01-02") == (2, {}, {}, 2, 4)
    assert flow(world, "DB01") == (4, {}, {}, 2, 6)
    assert flow(world, "K") == (16, {}, {}, 0, 16)


def test_there_and_back_again_within_the_year(world):
    world.move("DB01-02", "DB02", MAY)
    world.move("DB01-02", "DB01", JULY)
    assert flow(world, "DB02") == (4, {}, {}, 0, 4)
    assert flow(world, "DB02", FIRST, JUNE) == (4, {}, {}, 2, 6)
    assert flow(world, "DB02", JUNE, LAST) == (6, {}, {}, -2, 4)


def test_a_person_moves_and_the_cell_moves_after(world):
    world.transfer("An", "DB01-02", MAY)
    world.move("DB01-02", "DB02", JUNE)
    world.leave("An", JULY, Exit.RESIGNED)
    assert flow(world, "DB01") == (4, {}, {}, -3, 1)
    assert flow(world, "DB02") == (4, {}, {"RESIGNED": 1}, 3, 6)
    assert flow(world, "DB01-02") == (2, {"MOVED": 1}, {"RESIGNED": 1}, 0, 2)
    assert flow(world, "K") == (16, {}, {"RESIGNED": 1}, 0, 15)


@pytest.fixture
def busy(world):
    """Years in which everything happens."""
    world.admit("Vũ Xuân", "DB02-01", date(2016, 3, 1))
    world.transfer("Lan", "DB03-02", date(2016, 9, 1))
    world.enroll("Vũ Thu", "DB03-01", date(2016, 12, 31), entry="ARRIVED")
    world.move("BP01", "DB01", FIRST)
    world.merge("DB02", "DB01", {"DB02-01": "DB03-01", "DB02-02": None}, MAY)
    world.rename("DB01", "Tên mới", JUNE)
    world.leave("Xuân", JULY, Exit.STRUCK)
    world.leave("Phúc", LAST, Exit.DIED)
    world.found(("DB09", "DBCS", "K"), ("DB09-01", "CBTT", "DB09"), on=LAST)
    world.move("BP01", "DB09", date(2018, 2, 1))
    world.transfer("Đức", "CB02", date(2018, 2, 1))
    world.merge("CB02", "DB09", {"CB02": "DB09-01"}, date(2018, 8, 1))
    return world


@pytest.mark.parametrize(
    ("first", "last"),
    [
        *((date(year, 1, 1), date(year, 12, 31)) for year in (2014, 2015, 2016, 2017)),
        (date(2018, 1, 1), TODAY),
        (MAY, MAY),
        (date(2018, 2, 1), date(2018, 2, 1)),
        (date(2016, 6, 30), date(2018, 8, 1)),
    ],
)
def test_the_books_balance_for_everyone(busy, first, last):
    everyone = list(Organization.objects.all())
    found = flows(everyone, first, last)
    assert len(found) == 15
    for organization in everyone:
        flow_ = found[organization.pk]
        assert flow_.opening == len(busy.names(organization.code, first - DAY)), organization
        assert flow_.closing == len(busy.names(organization.code, last)), organization
        assert flow_.balances, organization


def test_within_the_bloc_nobody_is_won_or_lost_by_reorganizing(busy):
    assert lineage.differences() == (set(), set())
    assert flow(busy, "K", START + DAY, TODAY) == (
        *(16, {"ADMITTED": 1, "ARRIVED": 1}, {"STRUCK": 1, "DIED": 1}, 0),
        16,
    )


def test_queries_do_not_grow_with_organizations_or_people(busy, django_assert_num_queries):
    with django_assert_num_queries(6):
        flows([busy.org["CB01"]], FIRST, LAST)
    with django_assert_num_queries(6):
        flows(list(busy.org.values()), date(2015, 1, 1), TODAY)
