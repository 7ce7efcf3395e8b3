"""How a sheet follows its people and the tree until the lock (design §6)."""

from datetime import date

import pytest

from members.models import Exit
from members.register import arrivals, moves
from members.reorganizing.plan import regrading
from ratings.judging.reading import Reading
from ratings.models import MemberRating, OrganizationRating, Sheet
from ratings.sheets import draft
from tests.ratings.desk import Desk
from tests.world import refused

DECEMBER_10, LAST_DAY, NEW_YEAR = date(2017, 12, 10), date(2017, 12, 31), date(2018, 1, 5)


# People who move


def on_roll(desk, name):
    rows = MemberRating.objects.standing().filter(member=desk.world.people[name], period=desk.period)
    return {row.organization.code: row.on_roll for row in rows}


def tally(desk, code, day=LAST_DAY):
    counted = Reading(desk.period, [desk.sheet(code)], day).tally(desk.world.org[code].pk)
    return counted["roll"], counted["rated"], counted["out_of_scope"], counted["not_yet"]


def test_who_comes_from_another_cell_is_typed_anew(desk):
    desk.rate(An=1, Chi=2)
    desk.world.transfer("An", "DB01-02", DECEMBER_10)
    assert on_roll(desk, "An") == {"DB01-01": False}
    assert (tally(desk, "DB01-01"), tally(desk, "DB01-02")) == ((1, 0, 0, 1), (3, 1, 0, 2))
    draft.rate({desk.sheet("DB01-02"): {desk.world.people["An"].pk: 3}}, **desk.by(DECEMBER_10))
    assert on_roll(desk, "An") == {"DB01-01": False, "DB01-02": True}
    old = MemberRating.objects.get(member=desk.world.people["An"], organization__code="DB01-01")
    assert (old.proposed, old.voided) == (1, None)
    assert (tally(desk, "DB01-01"), tally(desk, "DB01-02")) == ((1, 0, 0, 1), (3, 2, 0, 1))


def test_who_goes_and_comes_back_counts_again_at_once(desk):
    desk.rate(An=2)
    desk.world.transfer("An", "CB01", date(2017, 12, 3))
    desk.world.transfer("An", "DB01-01", DECEMBER_10)
    assert on_roll(desk, "An") == {"DB01-01": True}
    desk.world.leave("An", date(2017, 12, 12))
    assert on_roll(desk, "An") == {"DB01-01": False}
    back = desk.world.arrival("", "DB01-01", date(2017, 12, 20), member=desk.world.people["An"], entry="ARRIVED")
    arrivals.enroll([back], **desk.by(date(2017, 12, 20)))
    assert on_roll(desk, "An") == {"DB01-01": True}


def test_a_death_on_the_cut_off_counts_and_one_after_it_does_not(desk):
    desk.rate(An=2, Bình=2)
    desk.world.leave("An", LAST_DAY, Exit.DIED)
    desk.world.leave("Bình", date(2018, 1, 1), Exit.DIED)
    assert (on_roll(desk, "An"), on_roll(desk, "Bình")) == ({"DB01-01": False}, {"DB01-01": True})


@pytest.mark.parametrize("moved", ["transfer", "leave"])
def test_an_act_dated_after_the_cut_off_changes_nothing(desk, moved):
    desk.rate(An=2)
    if moved == "transfer":
        desk.world.transfer("An", "CB01", NEW_YEAR)
    else:
        desk.world.leave("An", NEW_YEAR)
    assert on_roll(desk, "An") == {"DB01-01": True}


def test_a_locked_period_is_left_alone(desk):
    desk.finish()
    desk.lock()
    later = Desk(desk.world, 2018)
    later.rate(An=2)
    desk.world.leave("An", LAST_DAY, Exit.DIED)
    assert (on_roll(desk, "An"), on_roll(later, "An")) == ({"DB01-01": True}, {"DB01-01": False})
    # The list of a locked sheet is what it was at the lock, whatever is recorded of that time afterwards.
    assert tally(desk, "DB01-01") == (2, 2, 0, 0)


def test_a_crowd_that_moves_costs_no_more_than_one(desk, django_assert_max_num_queries):
    rows = [desk.world.arrival(f"Vũ Xuân {n}", "DB01-01") for n in range(30)]
    many = arrivals.enroll(rows, **desk.by())
    draft.rate({desk.sheet("DB01-01"): {m.pk: 2 for m in many}}, **desk.by())
    with django_assert_max_num_queries(25):
        moves.transfer([(m, desk.world.org["CB01"], DECEMBER_10) for m in many], **desk.by(DECEMBER_10))
    assert not MemberRating.objects.filter(sheet=desk.sheet("DB01-01"), on_roll=True).exists()


# The tree


def have(desk):
    """({cell with a sheet}, {organization with a row: tier})"""
    sheets = Sheet.objects.standing().filter(period=desk.period)
    rows = OrganizationRating.objects.standing().filter(period=desk.period)
    return set(sheets.values_list("organization__code", flat=True)), dict(
        rows.values_list("organization__code", "tier")
    )


def test_a_founded_organization_has_its_sheet_and_row_at_once(desk):
    sheets, rows = have(desk)
    desk.world.found(("DB04", "DBCS", "K"), ("DB04-01", "CBTT", "DB04"), ("BP02", "DBBP", "DB04"), on=DECEMBER_10)
    assert have(desk) == (sheets | {"DB04-01"}, rows | {"DB04": "GRASSROOTS", "BP02": "SECTION", "DB04-01": "CELL"})
    assert OrganizationRating.history.filter(organization__code="DB04").count() == 1


def test_what_is_merged_away_loses_both_and_its_lines(desk):
    desk.rate(Phúc=2)
    sheets, rows = have(desk)
    desk.world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DECEMBER_10)
    rows.pop("CB01")
    assert have(desk) == (sheets - {"CB01"}, rows)
    gone = MemberRating.objects.get(member=desk.world.people["Phúc"])
    assert (gone.voided.words, gone.on_roll) == ("Sáp nhập tổ chức", False)
    with refused("Có phiếu không còn hiệu lực vì chi bộ đã kết thúc."):
        draft.rate({gone.sheet: {gone.member_id: 2}}, **desk.by(DECEMBER_10))
    assert tally(desk, "DB01-01") == (4, 0, 0, 4)


def test_a_move_keeps_sheet_and_lines(desk):
    desk.rate(An=2)
    before = have(desk), desk.sheet("DB01-01").pk, desk.line("An").pk
    desk.world.move("DB01-01", "DB02", DECEMBER_10)
    assert (have(desk), desk.sheet("DB01-01").pk, desk.line("An").pk) == before


def promote(desk, code, on):
    """The cell becomes a grassroots organization right under the bloc."""
    desk.world.carry_out(regrading(code, "CBCS", "K"), on)


def test_a_cell_that_becomes_grassroots_changes_its_tier_and_decides_itself(desk):
    desk.rate(An=2, Bình=2)
    sheets, rows = have(desk)
    promote(desk, "DB01-01", DECEMBER_10)
    assert have(desk) == (sheets, rows | {"DB01-01": "GRASSROOTS"})
    desk.decide("DB01-01", on=DECEMBER_10)
    assert desk.state("DB01-01") == "decided"


def test_only_open_periods_follow_the_tree(desk):
    desk.finish()
    desk.lock()
    later = Desk(desk.world, 2018)
    before = have(desk)
    desk.world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2018, 6, 1))
    promote(desk, "DB02-01", date(2018, 6, 1))
    assert have(desk) == before
    assert "CB01" not in have(later)[0]
    assert have(later)[1]["DB02-01"] == "GRASSROOTS"


def test_what_happens_after_the_cut_off_gives_nothing(desk):
    before = have(desk)
    desk.world.found(("CB03", "CBCS", "K"), on=date(2018, 1, 1))
    assert have(desk) == before
    desk.world.found(("CB04", "CBCS", "K"), on=LAST_DAY)
    assert have(desk)[0] == before[0] | {"CB04"}
