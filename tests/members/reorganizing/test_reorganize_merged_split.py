"""Mergers and splits in the small world: the tree, the roll, the flows and what is told of them (domain §3.2)."""

from members.models import Exit
from members.reorganizing import plan
from organizations.forest import Forest
from organizations.models import Origin
from tests.members.reorganizing.aftermath import DAY, came_and_went, ids, new, places_of, reorganized, takeovers, told
from tests.world import START


def test_a_and_b_become_b(world):
    (duc,) = ids(world, "Đức")
    (giang,) = ids(world, "Giang")
    act = plan.merging(
        Forest.on(DAY),
        ("DB02", "CB01"),
        "DB01",
        people={"DB02-01": "DB01-01", "CB01": "DB01-02"},
        persons={duc: "DB02-02"},
        leaving={giang: Exit.DEPARTED},
        name="Đảng bộ Hợp Sở",
    )
    world.carry_out(act, DAY)
    assert came_and_went() == ({"DB02-02": ("CBTT", "DB01")}, {"DB02", "DB02-01", "CB01"})
    assert world.names("DB01-02", DAY) == {"Chi", "Dung", "Phúc", "Quân"}
    assert world.names("DB02-02", DAY) == {"Đức", "Hà", "Khánh"}
    assert world.names("DB01", DAY) == {"An", "Bình", "Chi", "Dung", "Phúc", "Quân", "Đức", "Hà", "Khánh"}
    assert places_of(world, "Đức") == [
        ("DB02-01", START, "OPENING", "REORGANIZED"),
        ("DB02-02", DAY, "REORGANIZED", ""),
    ]
    assert places_of(world, "Giang") == [("DB02-01", START, "OPENING", "DEPARTED")]
    assert takeovers() == {
        ("DB02", "DB01", DAY, True),
        ("CB01", "DB01", DAY, True),
        ("DB02-01", "DB01-01", DAY, True),
        ("DB02-01", "DB01", DAY, False),
    }
    assert told(world, "DB01")[:-1] == [
        (DAY, "Đổi tên từ Tổ chức DB01 thành Đảng bộ Hợp Sở"),
        (DAY, "Tiếp nhận Tổ chức DB02"),
        (DAY, "Tiếp nhận Tổ chức CB01"),
    ]
    assert told(world, "DB01-01")[0] == (DAY, "Tiếp nhận Tổ chức DB02-01, Tổ chức DB02")
    assert told(world, "DB02")[0] == (DAY, "Sáp nhập vào Đảng bộ Hợp Sở")
    assert told(world, "CB01")[0] == (DAY, "Sáp nhập vào Đảng bộ Hợp Sở")
    assert told(world, "DB02-01")[0] == (
        DAY,
        "Sáp nhập vào Tổ chức DB01-01, Đảng bộ Hợp Sở (kế thừa chính), Đảng bộ Hợp Sở",
    )


def test_a_section_committee_that_is_not_named_goes_on_with_its_cells(world):
    world.carry_out(plan.merging(Forest.on(DAY), ("DB03",), "DB01", people={"DB03-02": "DB01-01"}), DAY)
    assert came_and_went() == ({"BP01": ("DBBP", "DB01")}, {"DB03", "DB03-02"})
    assert world.names("BP01", DAY) == {"Lan", "Minh"}
    assert world.names("DB01", DAY) >= {"Lan", "Minh", "Nga", "Oanh"}


def test_a_and_b_become_c(world):
    founded = [new("DB09", "DBCS", "K", "Đảng bộ Sở Mới"), new("DB09-01", "CBTT", "DB09")]
    people = {"CB01": "DB09-01", "CB02": "DB09-01"}
    world.carry_out(plan.merging_anew(Forest.on(DAY), ("DB02", "CB01", "CB02"), founded, people=people), DAY)
    assert came_and_went() == (
        {
            "DB09": ("DBCS", "K"),
            "DB09-01": ("CBTT", "DB09"),
            "DB02-01": ("CBTT", "DB09"),
            "DB02-02": ("CBTT", "DB09"),
        },
        {"DB02", "CB01", "CB02"},
    )
    assert world.names("DB09-01", DAY) == {"Phúc", "Quân", "Sơn", "Tâm"}
    assert len(world.names("DB09", DAY)) == 8
    assert reorganized(world, "DB09", "DB02", "CB01", "K") == {
        "DB09": (0, 8, 8),
        "DB02": (4, -4, 0),
        "CB01": (2, -2, 0),
        "K": (16, 0, 16),
    }
    assert told(world, "DB09") == [
        (DAY, "Thành lập: Đảng bộ Sở Mới"),
        (DAY, "Tiếp nhận Tổ chức DB02"),
        (DAY, "Tiếp nhận Tổ chức CB01"),
        (DAY, "Tiếp nhận Tổ chức CB02"),
    ]
    assert told(world, "DB02")[0] == (DAY, "Hợp nhất thành Đảng bộ Sở Mới")
    assert told(world, "DB02-01")[0] == (DAY, "Chuyển trực thuộc từ Tổ chức DB02 sang Đảng bộ Sở Mới")


def test_a_committee_is_split_and_goes_on(world):
    (an,) = ids(world, "An")
    founded = [new("DB09", "DBCS", "K"), new("DB09-01", "CBTT", "DB09")]
    act = plan.splitting(
        Forest.on(DAY), "DB01", founded, ends=False, parents={"DB01-02": "DB09"}, persons={an: "DB09-01"}
    )
    world.carry_out(act, DAY)
    assert came_and_went() == (
        {"DB09": ("DBCS", "K"), "DB09-01": ("CBTT", "DB09"), "DB01-02": ("CBTT", "DB09")},
        set(),
    )
    assert world.names("DB01", DAY) == {"Bình"}
    assert world.names("DB09", DAY) == {"An", "Chi", "Dung"}
    assert places_of(world, "An") == [
        ("DB01-01", START, "OPENING", "REORGANIZED"),
        ("DB09-01", DAY, "REORGANIZED", ""),
    ]
    assert reorganized(world, "DB01", "DB09", "K") == {"DB01": (4, -3, 1), "DB09": (0, 3, 3), "K": (16, 0, 16)}
    assert takeovers() == set()
    assert set(Origin.objects.values_list("organization__code", "source__code", "on")) == {("DB09", "DB01", DAY)}
    assert told(world, "DB01")[0] == (DAY, "Chia tách, thành lập Tổ chức DB09")
    assert told(world, "DB09") == [(DAY, "Thành lập: Tổ chức DB09"), (DAY, "Tách ra từ Tổ chức DB01")]


def test_a_committee_is_split_and_ends(world):
    founded = [new("DB08", "DBCS", "K"), new("DB09", "DBCS", "K"), new("DB08-01", "CBTT", "DB08")]
    act = plan.splitting(
        Forest.on(DAY),
        "DB01",
        founded,
        ends=True,
        parents={"DB01-02": "DB09"},
        people={"DB01-01": "DB08-01"},
        principal="DB09",
    )
    world.carry_out(act, DAY)
    assert came_and_went()[1] == {"DB01", "DB01-01"}
    assert (world.names("DB08", DAY), world.names("DB09", DAY)) == ({"An", "Bình"}, {"Chi", "Dung"})
    assert takeovers() == {
        ("DB01", "DB09", DAY, True),
        ("DB01", "DB08", DAY, False),
        ("DB01-01", "DB08-01", DAY, True),
        ("DB01-01", "DB08", DAY, False),
    }
    assert told(world, "DB01")[0] == (DAY, "Chia tách thành Tổ chức DB09 (kế thừa chính), Tổ chức DB08")
    assert told(world, "DB08")[1:] == [(DAY, "Cùng kế thừa Tổ chức DB01")]
    assert told(world, "DB09")[1:] == [(DAY, "Tiếp nhận Tổ chức DB01")]


def test_a_cell_is_split_one_by_one(world):
    """Every member of the cell has a line in the form; who is told the cell they are in stays."""
    an, binh = ids(world, "An", "Bình")
    act = plan.splitting(
        Forest.on(DAY),
        "DB01-01",
        [new("DB01-03", "CBTT", "DB01")],
        ends=False,
        persons={an: "DB01-03", binh: "DB01-01"},
    )
    world.carry_out(act, DAY)
    assert (world.names("DB01-01", DAY), world.names("DB01-03", DAY)) == ({"Bình"}, {"An"})
    assert places_of(world, "Bình") == [("DB01-01", START, "OPENING", "")]


def test_a_cell_that_ends_is_split_one_by_one(world):
    an, binh = ids(world, "An", "Bình")
    founded = [new("DB01-03", "CBTT", "DB01"), new("DB01-04", "CBTT", "DB01")]
    world.carry_out(
        plan.splitting(Forest.on(DAY), "DB01-01", founded, ends=True, persons={an: "DB01-03", binh: "DB01-04"}), DAY
    )
    assert (world.names("DB01-03", DAY), world.names("DB01-04", DAY)) == ({"An"}, {"Bình"})
    assert takeovers() == {("DB01-01", "DB01-03", DAY, True), ("DB01-01", "DB01-04", DAY, False)}
