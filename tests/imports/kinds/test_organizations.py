"""The tree in one file, in any order; changes; what is wrong, row by row."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from organizations import lineage
from organizations.models import Organization, OrganizationSpell
from tests.imports.by_file import looked_at, table, written
from tests.world import TODAY

ON = date(2016, 1, 1)
HEADER = ("Mã", "Tên tổ chức", "Loại", "Trực thuộc", "Ngày thành lập")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def places():
    return {s.organization.code: (s.name, s.kind, s.parent and s.parent.code) for s in lineage.places(TODAY)}


def test_a_tree_in_any_order_comes_in_one_act_and_once(office):
    before, acts = places(), Change.objects.count()
    rows = [
        HEADER,
        ("", "Chi bộ Một", "Chi bộ trực thuộc", "Đảng bộ Sở Y tế", ""),
        ("", "Đảng bộ Sở Y tế", "Đảng bộ cơ sở", "", ""),
        ("DB50", "Đảng bộ Sở Công Thương", "DBCS", "K", "01/06/2015"),
        ("DB50-01", "Chi bộ Hai", "chi bộ trực thuộc", "DB50", "01/06/2015"),
        ("", "Chi bộ Thanh tra", "Chi bộ cơ sở", "", ""),
    ]
    brought = written("to-chuc", table(*rows), office, on=ON)
    assert brought.counts == {"tao": 5}
    assert {code: place for code, place in places().items() if code not in before} == {
        "DB51": ("Đảng bộ Sở Y tế", "DBCS", "K"),
        "DB51-01": ("Chi bộ Một", "CBTT", "DB51"),
        "DB50": ("Đảng bộ Sở Công Thương", "DBCS", "K"),
        "DB50-01": ("Chi bộ Hai", "CBTT", "DB50"),
        "CB03": ("Chi bộ Thanh tra", "CBCS", "K"),
    }
    assert Change.objects.count() == acts + 1
    assert OrganizationSpell.objects.get(organization__code="DB50").starts == date(2015, 6, 1)
    assert lineage.differences() == (set(), set())
    assert looked_at("to-chuc", table(*rows), office, on=ON).counts == {"giu": 5}


def test_rows_that_hang_under_one_another_are_refused(office):
    rows = [("Chi bộ A", "CBTT", "Chi bộ B"), ("Chi bộ B", "CBTT", "Chi bộ A")]
    brought = looked_at("to-chuc", table(("Tên", "Loại hình", "Trực thuộc"), *rows), office)
    assert brought.counts == {"loi": 2}
    assert all("lại nằm dưới chính nó" in brought.reasons(number)[0] for number in (2, 3))


def test_the_code_of_who_has_ended_is_refused_in_its_column(world, office):
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, date(2016, 6, 1))
    brought = looked_at("to-chuc", table(("Mã", "Tên", "Loại", "Trực thuộc"), ("DB02", "X", "DBCS", "K")), office)
    assert brought.rows[2]["faults"] == [
        ["Mã tổ chức", "DB02", "Mã DB02 đã dùng cho một tổ chức khác. Hãy chọn mã khác."]
    ]


def test_of_rows_with_one_code_the_first_stands(office):
    rows = [("CB09", name, "CBCS", "K") for name in ("Một", "Hai", "Ba")]
    brought = looked_at("to-chuc", table(HEADER[:4], *rows), office)
    assert brought.counts == {"tao": 1, "loi": 2}
    assert [brought.reasons(n)[0] for n in (3, 4)] == ["Mã CB09 đã ghi ở dòng 2. Hãy cho mỗi tổ chức một mã."] * 2


def test_rows_without_a_kind_are_not_taken_for_one_another(office):
    brought = looked_at("to-chuc", table(("Tên", "Trực thuộc"), ("Chi bộ A", "DB01"), ("Chi bộ B", "DB01")), office)
    assert all(brought.reasons(number)[0].startswith("Tổ chức mới cần có loại hình") for number in (2, 3))


def test_what_stands_otherwise_is_shown_and_changed(office):
    rows = [
        HEADER,
        ("DB01", "Tên mới", "", "", ""),
        ("DB01-02", "Tổ chức DB01-02", "", "DB02", ""),
        ("CB01", "Tổ chức CB01", "", "", ""),
    ]
    brought = looked_at("to-chuc", table(*rows), office, on=ON)
    assert brought.counts == {"sua": 2, "giu": 1}
    assert brought.rows[2]["changes"] == [["Tên", "Tổ chức DB01", "Tên mới"]]
    assert brought.rows[3]["changes"] == [["Trực thuộc", "DB01", "DB02"]]
    assert places()["DB01"][0] == "Tổ chức DB01"  # only looked at
    written("to-chuc", table(*rows), office, on=ON)
    assert (places()["DB01"][0], places()["DB01-02"][2]) == ("Tên mới", "DB02")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("", "Chi bộ Lạ", "Chi bộ trực thuộc", "Sở không có", ""), "Trực thuộc", "Không có tổ chức"),
        (("", "Chi bộ Lạ", "", "DB01", ""), "Loại hình", "cần có loại hình"),
        (("", "Chi bộ Lạ", "Chi đoàn", "DB01", ""), "Loại hình", "Không hiểu “Chi đoàn”"),
        (("", "Chi bộ Lạ", "Chi bộ trực thuộc", "", ""), "Trực thuộc", "cần có cấp trên"),
        (("", "Chi bộ Lạ", "Chi bộ trực thuộc", "CB01", ""), "Trực thuộc", "phải trực thuộc"),
        (("x1", "Chi bộ Lạ", "Chi bộ cơ sở", "K", "31/04/2015"), "Ngày thành lập", "Không có ngày này"),
        (("DB02", "Tổ chức DB02", "Chi bộ cơ sở", "", ""), "Loại hình", "Chuyển loại hình"),
        (("", "", "Chi bộ cơ sở", "K", ""), "Tên tổ chức", "để trống"),
        (("K9", "Khối khác", "Đảng bộ Khối", "", ""), "Loại hình", "trang riêng"),
    ],
)
def test_each_fault_is_told_with_its_column(office, row, column, says):
    brought = looked_at("to-chuc", table(HEADER, row), office, on=ON)
    assert brought.counts == {"loi": 1}
    assert brought.columns(2) == [column]
    assert says in brought.reasons(2)[0]


def test_what_hangs_under_a_refused_row_is_refused_with_it_and_the_rest_is_written(office):
    rows = [
        HEADER,
        ("", "Đảng bộ Sai", "Đảng bộ cơ sở", "", "ngày xưa"),
        ("", "Chi bộ Con", "Chi bộ trực thuộc", "Đảng bộ Sai", ""),
        ("", "Chi bộ Đúng", "Chi bộ cơ sở", "", ""),
    ]
    brought = written("to-chuc", table(*rows), office, on=ON)
    assert brought.counts == {"loi": 2, "tao": 1}
    assert "Cấp trên ở dòng 2" in brought.reasons(3)[0]
    assert "CB03" in places()


def test_an_import_is_taken_back_whole(office):
    before = places()
    rows = [HEADER, ("", "Chi bộ Đúng", "Chi bộ cơ sở", "", ""), ("DB01", "Tên mới", "", "", "")]
    brought = written("to-chuc", table(*rows), office, on=ON)
    undo(brought.run.change, by=office, on=TODAY, reason="Nhầm tệp")
    assert places() == before
    assert not Organization.objects.standing().filter(code="CB03").exists()
