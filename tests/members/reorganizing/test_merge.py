"""A merger moves organizations and people in one act, or nothing at all (domain §3.2)."""

from datetime import date, timedelta

from ledger.models import Change
from members.models import Membership
from members.reorganizing.carry_out import merge
from organizations import lineage
from organizations.models import Lineage, Succession
from tests.world import START, refused

DAY = date(2017, 5, 1)
BEFORE = DAY - timedelta(days=1)


def standing(day):
    return set(lineage.places(day).values_list("organization__code", flat=True))


def test_people_go_to_their_cell_and_a_cell_that_goes_on_moves(world):
    changes = Change.objects.count()
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    assert Change.objects.count() == changes + 1
    assert standing(BEFORE) - standing(DAY) == {"DB02", "DB02-01"}
    assert standing(DAY) <= standing(BEFORE)
    assert world.names("DB01-01", DAY) == {"An", "Bình", "Đức", "Giang"}
    assert world.names("DB02-02", DAY) == {"Hà", "Khánh"}
    assert world.names("DB01", DAY) == {"An", "Bình", "Chi", "Dung", "Đức", "Giang", "Hà", "Khánh"}
    assert world.names("DB02", BEFORE) == {"Đức", "Giang", "Hà", "Khánh"}
    spells = Membership.objects.standing().filter(member=world.people["Đức"]).order_by("starts")
    assert [(s.organization.code, s.starts, s.entry, s.exit) for s in spells] == [
        ("DB02-01", START, "OPENING", "REORGANIZED"),
        ("DB01-01", DAY, "REORGANIZED", ""),
    ]
    # To whoever stays in a cell that goes on, nothing has happened.
    assert Membership.objects.filter(member=world.people["Hà"]).count() == 1
    assert lineage.differences() == (set(), set())


def test_the_successor_takes_over_what_ended(world):
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)
    rows = set(Succession.objects.values_list("predecessor__code", "successor__code", "on"))
    assert rows == {("DB02", "DB01", DAY), ("DB02-01", "DB01", DAY)}


def test_a_grassroots_cell_becomes_part_of_a_committee(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, DAY)
    assert standing(BEFORE) - standing(DAY) == {"CB01"}
    assert world.names("DB01-02", DAY) == {"Chi", "Dung", "Phúc", "Quân"}


def test_two_predecessors_at_once(world):
    cells = {"DB02-01": "DB01-01", "DB02-02": "DB01-02", "CB01": "DB01-02"}
    merge(
        [world.org["DB02"], world.org["CB01"]],
        world.org["DB01"],
        cells={world.org[cell]: world.org[to] for cell, to in cells.items()},
        **world.act(DAY),
    )
    assert len(world.names("DB01", DAY)) == 10
    assert standing(BEFORE) - standing(DAY) == {"DB02", "DB02-01", "DB02-02", "CB01"}


def test_every_cell_is_told_where_to_go(world):
    with refused("Chưa chỉ định nơi tiếp nhận cho Tổ chức DB02-02."):
        world.merge("DB02", "DB01", {"DB02-01": "DB01-01"}, DAY)


def test_nobody_is_sent_into_a_cell_that_ends_too(world):
    with refused("Tổ chức DB02-01: nơi tiếp nhận cũng kết thúc trong lần sáp nhập này."):
        world.merge("DB02", "DB01", {"DB02-01": "DB02-02", "DB02-02": "DB01-01"}, DAY)


def test_people_are_sent_to_cells(world):
    with refused("Lê Phúc: Tổ chức DB01 không phải chi bộ; đảng viên sinh hoạt ở chi bộ."):
        world.merge("CB01", "DB01", {"CB01": "DB01"}, DAY)


def test_a_section_committee_must_be_told_too(world):
    with refused("Tổ chức BP01 còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận."):
        world.merge("DB03", "DB01", {"DB03-01": "DB01-01", "DB03-02": None}, DAY)
    merge(
        [world.org["DB03"], world.org["BP01"]],
        world.org["DB01"],
        cells={world.org["DB03-01"]: None, world.org["DB03-02"]: None},
        **world.act(DAY),
    )
    assert world.names("DB01", DAY) >= {"Lan", "Minh", "Nga", "Oanh"}
    ancestors = Lineage.objects.on(DAY).filter(organization=world.org["DB03-01"])
    assert set(ancestors.values_list("ancestor__code", flat=True)) == {"DB03-01", "DB01", "K"}


def test_a_back_dated_merger_leaves_nobody_behind(world):
    world.enroll("Vũ Thu", "DB02-01", DAY + timedelta(days=5), entry="ARRIVED")
    with refused("Tổ chức DB02-01 còn đảng viên sau ngày 01/05/2017. Hãy chỉ định nơi tiếp nhận."):
        world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)


def test_who_came_that_very_day_cannot_leave_that_day(world):
    world.transfer("An", "DB02-01", DAY)
    with refused("Lê An đến chi bộ DB02-01 ngày 01/05/2017; ngày đi phải sau ngày đó."):
        world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)


def test_an_organization_ends_once(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, DAY)
    with refused("Tổ chức CB01 không tồn tại vào ngày 02/05/2017."):
        world.merge("CB01", "DB01", {}, DAY + timedelta(days=1))
