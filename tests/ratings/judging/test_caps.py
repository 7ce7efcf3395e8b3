"""The cap on the top level, held in each grassroots organization from the first level typed (domain §2.3)."""

from datetime import date

import pytest

from ledger.models import Change
from members.models import Exit
from members.register import arrivals
from ratings.judging.caps import places, places_of_members
from ratings.models import Cap, MemberRating, Rule
from ratings.sheets import draft
from tests.ratings.desk import Desk
from tests.world import World, refused

THREE_OF_TEN = "Tổ chức DB01 có 3 đảng viên hoàn thành xuất sắc, vượt 2 suất cho phép (20% của 10). Muốn giữ nguyên phải nêu lý do."
KEEP, FORBIDDEN = "Muốn giữ nguyên phải nêu lý do.", "Quy tắc của kỳ không cho vượt; hãy chọn mức khác."
TWO_OF_NINE = (
    "Tổ chức DB01 có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 9). Muốn giữ nguyên phải nêu lý do."
)


@pytest.mark.parametrize(
    ("percent", "base", "most"),
    [(20, 10, 2), (20, 14, 2), (20, 15, 3), (20, 4, 0), (20, 0, 0), (15, 2305, 345), ("13.7", 2305, 315)],
)
def test_places_are_rounded_down(percent, base, most):
    assert places(percent, base) == most


@pytest.fixture
def desk(world):
    """DB01 has ten members in two cells in 2018, when at most 20% may be excellent."""
    more = [world.arrival(f"Vũ Thêm {n}", "DB01-01" if n < 4 else "DB01-02") for n in range(6)]
    world.more = arrivals.enroll(more, **world.act(date(2015, 1, 1)))
    made = Desk(world, 2018)
    assert made.period.scheme.code == "2018"
    return made


def left(desk, code="DB01"):
    cells = [desk.world.org[c].pk for c in ("DB01-01", "DB01-02", "CB01", "DB02-01")]
    return places_of_members(desk.period, cells, desk.today)[desk.world.org[code].pk].left


def rate_the_others(desk):
    for code, members in (("DB01-01", desk.world.more[:4]), ("DB01-02", desk.world.more[4:])):
        draft.rate({desk.sheet(code): {m.pk: 2 for m in members}}, **desk.by())


def over_cap(desk, code, why="Tập thể dẫn đầu khối thi đua", **lines):
    people = {desk.world.people[name].pk: rank for name, rank in lines.items()}
    sheet = desk.sheet(code)
    draft.rate({sheet: people}, over_cap={sheet.pk: why}, **desk.by())


def test_two_of_ten_may_be_excellent(desk):
    assert left(desk) == 2
    desk.rate(An=1, Chi=1)
    assert left(desk) == 0


def test_three_of_ten_may_not(desk):
    desk.rate(An=1, Chi=1)
    with refused(THREE_OF_TEN):
        desk.rate(Bình=1)
    with refused(THREE_OF_TEN):
        desk.rate(Dung=1)
    assert desk.line("An").proposed == 1


def test_of_many_lines_at_once_those_that_come_first_take_the_places(desk):
    """Two places, three at the top, one below: three lines are written in one act, the third at the top is named."""
    sheet, (first, second, third, fourth) = desk.sheet("DB01-01"), desk.world.more[:4]
    before = Change.objects.count()
    reading, refusals = draft.rate_what_passes(
        sheet, {first.pk: 1, second.pk: 1, third.pk: 1, fourth.pk: 2}, **desk.by()
    )
    assert {pk: why.messages for pk, why in refusals.items()} == {third.pk: [THREE_OF_TEN]}
    assert Change.objects.count() == before + 1
    assert left(desk) == 0
    written = dict(MemberRating.objects.filter(sheet=sheet).values_list("member", "proposed"))
    assert written == {first.pk: 1, second.pk: 1, fourth.pk: 2}
    lines = reading.lines[sheet.organization_id]
    assert {pk: line.proposed for pk, line in lines.items() if line is not None and line.pk} == written
    draft.undo(sheet, **desk.by())
    assert not MemberRating.objects.filter(sheet=sheet, proposed__isnull=False).exists()


def test_who_leaves_the_top_makes_room_for_another_beside_a_line_that_is_refused(desk):
    desk.rate(An=1, Bình=1)
    people = desk.world.people
    typed = {people["An"].pk: 2, desk.world.more[0].pk: 1, people["Chi"].pk: 2}
    _, refusals = draft.rate_what_passes(desk.sheet("DB01-01"), typed, **desk.by())
    assert list(refusals) == [people["Chi"].pk]  # of another cell
    assert (desk.line("An").proposed, left(desk)) == (2, 0)


def test_the_cap_is_of_the_roof_not_of_the_cell(desk):
    """DB01-01 takes both places; the same level is refused to the cell next door, not to another committee."""
    desk.rate(An=1, Bình=1)
    with refused(THREE_OF_TEN):
        desk.rate(Chi=1)
    desk.rate(Chi=2, Dung=2)


def test_a_written_reason_lets_it_pass_and_stays_with_the_sheet(desk):
    desk.rate(An=1, Bình=1, Dung=2)
    over_cap(desk, "DB01-02", Chi=1)
    assert (desk.line("Chi").proposed, left(desk)) == (1, -1)
    assert desk.sheet("DB01-02").over_cap == "Tập thể dẫn đầu khối thi đua"
    rate_the_others(desk)
    desk.submit("DB01-01", "DB01-02")
    desk.endorse("DB01-01", "DB01-02")
    desk.decide("DB01-01", "DB01-02")
    assert desk.line("Chi").decided == 1


def test_the_reason_goes_when_the_cap_is_kept_again(desk):
    desk.rate(An=1, Bình=1)
    over_cap(desk, "DB01-02", Chi=1)
    desk.rate(Chi=2)
    assert desk.sheet("DB01-02").over_cap == ""
    with refused(THREE_OF_TEN):
        desk.rate(Chi=1)


def test_without_any_reason_the_committee_writes_its_own(desk):
    """A death shrinks the base when all is submitted: nobody chose the top, and two of nine are one too many."""
    desk.rate(An=1, Chi=1, Bình=2, Dung=2)
    rate_the_others(desk)
    desk.submit("DB01-01", "DB01-02")
    desk.endorse("DB01-01", "DB01-02")
    desk.world.leave("Dung", desk.today, Exit.DIED)
    assert left(desk) == -1
    with refused(TWO_OF_NINE):
        desk.decide("DB01-01", "DB01-02")
    desk.decide("DB01-01", "DB01-02", reason="Giữ mức đã thống nhất trước khi đồng chí Dung từ trần")
    assert desk.line("Chi").decided == 1


def test_over_it_without_fault_the_sheet_can_still_be_worked_on(desk):
    desk.rate(An=1, Chi=1, Bình=2, Dung=2)
    desk.world.leave("Dung", desk.today, Exit.DIED)
    rate_the_others(desk)
    with refused(THREE_OF_TEN.replace("20% của 10", "20% của 9").replace("vượt 2", "vượt 1")):
        desk.rate(Bình=1)
    desk.rate(An=2)
    assert left(desk) == 0


def test_a_smaller_base_shrinks_it_without_anyone_choosing_the_top(desk):
    """TOP_TWO: with Dung at 3 the base is nine, and nine have one place."""
    desk.rate(An=1, Chi=1)
    with refused(TWO_OF_NINE):
        desk.rate(Dung=3)


def test_who_is_left_out_is_no_part_of_the_base(desk):
    desk.rate(An=1, Chi=1)
    with refused(TWO_OF_NINE):
        desk.rate(Dung="mien")


def test_who_is_put_off_counts_in_the_base_until_it_is_decided(desk):
    desk.rate(An=1, Bình=2, Chi=1, Dung="vang_mat")
    assert left(desk) == 0
    rate_the_others(desk)
    desk.submit("DB01-01", "DB01-02")
    desk.endorse("DB01-01", "DB01-02")
    with refused(TWO_OF_NINE):
        desk.decide("DB01-01", "DB01-02")


@pytest.mark.parametrize(
    ("base", "low", "expected"),
    [("ALL", {"Dung": 3}, 0), ("TOP_TWO", {"Dung": 3}, -1), ("SECOND", {}, -1)],
)
def test_each_base(desk, base, low, expected):
    """Two excellent of ten: of all rated; of excellent and good; of good alone."""
    cap = Cap.objects.get(scheme=desk.period.scheme)
    cap.base = base
    cap.save()
    over_cap(desk, "DB01-01", An=1)
    over_cap(desk, "DB01-02", Chi=1, **low)
    assert left(desk) == expected


def test_a_cell_of_two_has_no_place(desk):
    with refused(
        "Tổ chức CB01 có 1 đảng viên hoàn thành xuất sắc, vượt 0 suất cho phép (20% của 2). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        desk.rate(Phúc=1, Quân=2)


def strength(desk, value):
    rule = Rule.objects.get(scheme=desk.period.scheme, code="CAP")
    rule.strength = value
    rule.save()


def test_as_a_note_the_cap_holds_nobody(desk):
    strength(desk, "NOTE")
    desk.rate(An=1, Bình=1, Chi=1)
    assert left(desk) == -1


def test_as_a_block_no_reason_helps(desk):
    strength(desk, "BLOCK")
    desk.rate(An=1, Bình=1)
    with refused(THREE_OF_TEN.replace(KEEP, FORBIDDEN)):
        over_cap(desk, "DB01-02", Chi=1)


def test_a_cell_that_changes_committee_takes_its_places_along(desk):
    desk.rate(An=1, Bình=1)
    desk.world.move("DB01-01", "DB02", desk.today)
    assert (left(desk, "DB01"), left(desk, "DB02")) == (0, 0)
    desk.world.move("DB01-01", "DB01", date(2018, 12, 2))


def test_the_cap_of_scheme_2014_is_off(db):
    assert Cap.objects.filter(scheme__code="2014", percent=15).exists()
    assert not Cap.objects.filter(scheme__code="2014", enabled=True).exists()


def test_so_in_2017_all_may_be_excellent(db):
    desk = Desk(World(), 2017)
    desk.rate(Phúc=1, Quân=1)
    desk.decide("CB01")
    assert desk.state("CB01") == "decided"
