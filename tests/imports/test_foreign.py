"""Files that name an organization of another bloc: told row by row as one that is not there, and nothing else is told of it."""

import json
from datetime import date

import pytest

from imports.kinds.registry import KINDS
from indicators.targets import targets
from ledger.models import User
from organizations.models import Appointment
from ratings.periods import periods
from tests.imports.by_file import looked_at, table
from tests.imports.kinds import (
    test_accounts,
    test_admissions,
    test_inspections,
    test_letters,
    test_members,
    test_moves,
    test_organization_ratings,
    test_organizations,
    test_posts,
    test_ratings,
    test_reconciliation,
    test_staff,
    test_statuses,
    test_targets,
)
from tests.imports.kinds.test_admissions import but
from tests.world import TODAY

BORN, SUMMER = "15/06/1980", date(2018, 6, 1)
CHI = test_statuses.CHI
# What rows of each kind say that name {} where a file names an organization; the role of who brings it; what is typed beside.
FILES = {
    "to-chuc": (test_organizations.HEADER, [("", "Chi bộ Mới", "CBTT", "{}", ""), ("DB01", "Tên mới", "", "{}", "")]),
    "dang-vien": (test_members.HEADER, [but(test_members.HOA, c5="{}")]),
    "ket-nap": (test_admissions.HEADER, [but(test_admissions.HOA, c5="{}")]),
    "chuyen-sinh-hoat": (
        test_moves.HEADER,
        [
            test_moves.row("Lê An", "01/03/2016", to="{}"),
            test_moves.row("Lê Chi", "01/03/2016", to="CB01", cell="{}"),
            test_moves.row("Lê Xuân", "01/03/2016", to="CB01", cell="{}"),
        ],
    ),
    "khai-tru": (("Họ tên", "Ngày sinh", "Chi bộ", "Ngày"), [("Lê An", BORN, "{}", "01/03/2016")]),
    "chuc-vu": (test_posts.HEADER, [("Lê An", BORN, "Bí thư", "{}", "01/03/2016", "")]),
    "trang-thai": (test_statuses.HEADER, [(*CHI[:5], "{}", *CHI[6:])]),
    "xep-loai": (test_ratings.HEADER, [("Lê Xuân", BORN, "{}", "HTTNV", ""), ("Lê An", BORN, "{}", "HTTNV", "")]),
    "xep-loai-to-chuc": (test_organization_ratings.HEADER, [("{}", "2", "", "", "")]),
    "kiem-tra": (
        test_inspections.HEADER,
        [test_inspections.row("{}"), test_inspections.row("DB01", by="{}"), test_inspections.row("{}", by="{}")],
    ),
    "don-thu": (test_letters.HEADER, [test_letters.row("01/ĐT", "{}")]),
    "chi-tieu": (test_targets.HEADER, [("{}", "5", "", "")]),
    "bien-che": (test_staff.HEADER, [("{}", "2017", "30", "10", "5", "")]),
    "doi-chieu": (
        test_reconciliation.HEADER,
        [but(test_reconciliation.AN, c2="{}"), ("Lê Xuân", BORN, "{}", *test_reconciliation.AN[3:])],
    ),
}
GIVEN = {
    "xep-loai": test_ratings.PAPER,
    "xep-loai-to-chuc": test_organization_ratings.PAPER,
    "khai-tru": test_moves.PAPER,
    "chi-tieu": test_targets.PAPER,
}
INSPECTORS = {"khai-tru", "kiem-tra", "don-thu"}
# An administrator's own, who reaches every bloc; made here for one cell, which its rows name by their sheet.
OTHERS = {"tai-khoan", "phieu-xep-loai"}
# A code and a name of each sort of organization in the second bloc.
FOREIGN = ["K2", "DB90", "CB90", "DB90-01", "Tổ chức DB90", "Tổ chức CB90", "Tổ chức DB90-01, Tổ chức DB90"]
UNKNOWN = "Chi bộ Không Đâu"


@pytest.fixture
def two(world):
    """The second bloc beside the first, with people of its own."""
    world.found(("K2", "KHOI", None), ("DB90", "DBCS", "K2"), ("CB90", "CBCS", "K2"), ("DB90-01", "CBTT", "DB90"))
    world.enroll("Lê Xuân", "DB90-01")
    for bloc in ("K", "K2"):
        periods.open_period(2017, bloc=world.org[bloc], **world.act(date(2017, 12, 1)))
    return world


def told(world, kind, place):
    """What a file of the first bloc comes to whose rows name `place`, as it is kept; `place` itself is told as {}."""
    header, rows = FILES[kind]
    rows = [[cell.replace("{}", place) for cell in row] for row in rows]
    user = world.user("INSPECTION" if kind in INSPECTORS else "ORGANIZATION", "K")
    brought = looked_at(kind, table(header, *rows), user, on=SUMMER, **GIVEN.get(kind, {}))
    return json.loads(json.dumps([brought.rows, brought.report["remarks"]]).replace(json.dumps(place)[1:-1], "{}"))


def test_every_kind_that_names_organizations_has_its_rows():
    assert FILES.keys() == KINDS.keys() - OTHERS


@pytest.mark.parametrize("kind", FILES)
def test_what_stands_in_another_bloc_is_as_what_stands_nowhere(two, kind):
    if kind == "chi-tieu":
        targets.set_groups(2018, targets.eight_groups(2018), bloc=two.org["K"], **two.act())
    nowhere = told(two, kind, UNKNOWN)
    for place in FOREIGN:
        assert told(two, kind, place) == nowhere, place
    rows, _ = nowhere
    written = [row["outcome"] for row in rows.values() if row["outcome"] in ("tao", "sua")]
    if kind in (
        "trang-thai",
        "xep-loai",
    ):  # a place outside, written as it is told; the period's own roll says the cell
        assert all(row["notes"] for row in rows.values() if row["outcome"] in ("tao", "sua"))
    else:
        assert written == []
        faults = [fault for row in rows.values() for fault in row["faults"]]
        assert all("Hãy" in why or "Không có Lê Xuân" in why for _, _, why in faults)
        named = [fault for fault in faults if fault[1] == "{}"]
        assert named and all(column and why.startswith("Không có tổ chức “{}”") for column, _, why in named)


def test_a_code_of_another_bloc_is_taken_and_no_more_is_told(two):
    office = two.user("ORGANIZATION", "K")
    rows = [
        ("DB90", "Đảng bộ Mới", "DBCS", "K", ""),
        ("CB90", "Chi bộ Mới", "", "", ""),
        ("", "Tổ chức DB90", "DBCS", "", ""),
    ]
    look = looked_at("to-chuc", table(test_organizations.HEADER, *rows), office, on=SUMMER)
    assert look.reasons(2) == ["Mã DB90 đã dùng cho một tổ chức khác. Hãy chọn mã khác."]
    assert look.reasons(3)[0].startswith("Tổ chức mới cần có loại hình.")
    # The only bloc there is for this office is its own.
    assert look.rows[4]["told"].startswith("Thành lập Tổ chức DB90, mã DB91")


def test_a_name_that_both_blocs_have_is_that_of_ones_own(two):
    two.rename("CB90", "Tổ chức CB01", date(2016, 1, 1))
    for kind in ("dang-vien", "ket-nap", "don-thu", "bien-che"):
        header, rows = FILES[kind]
        rows = [[cell.replace("{}", "Tổ chức CB01") for cell in row] for row in rows]
        user = two.user("INSPECTION" if kind in INSPECTORS else "ORGANIZATION", "K")
        look = looked_at(kind, table(header, *rows), user, on=SUMMER, **GIVEN.get(kind, {}))
        assert look.counts == {"tao": 1}, look.rows
        assert "CB90" not in json.dumps(look.rows)


def test_what_moved_over_is_named_by_both(two):
    two.move("CB02", "K2", date(2017, 1, 1))
    row = but(test_admissions.HOA, c5="CB02")
    for bloc, says in (("K", "không có quyền"), ("K2", "")):
        look = looked_at("ket-nap", table(test_admissions.HEADER, row), two.user("ORGANIZATION", bloc), on=SUMMER)
        assert (look.counts == {"tao": 1}) == (bloc == "K2"), look.rows
        assert not says or says in look.reasons(2)[0]


def test_accounts_of_two_blocs_are_told_row_by_row(two):
    """Who brings accounts reaches both blocs; a name that is taken, one that both have, what is in neither, what ended."""
    two.rename("CB90", "Tổ chức CB01", date(2016, 1, 1))
    two.merge("CB02", "CB01", {"CB02": "CB01"}, date(2018, 7, 1))
    User.objects.create_user("u9")
    one = User.objects.create_superuser("quan-tri", display_name="Quản trị một")
    past = two.user("SECRETARY", "DB01-01")
    two.dismiss(past, date(2018, 6, 1))
    rows = [
        ("DB90-01", "Bí thư", "Lê Xuân", "", ""),
        ("DB01-02", "Bí thư", "Lê Chi", "U9", ""),
        ("Tổ chức CB01", "Bí thư", "Lê Phúc", "", ""),
        ("Đảng bộ Khối Doanh nghiệp", "Ban Tổ chức", "Ai Đó", "", ""),
        ("CB02", "Bí thư", "Lê Sơn", "", ""),
        ("DB01-01", "Bí thư", "Lê An", past.username, ""),
        ("K2", "Bí thư", "Ai Đó", "", ""),
    ]
    brought = looked_at("tai-khoan", table(test_accounts.HEADER, *rows), one, on=TODAY)
    assert brought.counts == {"tao": 1, "loi": 6}
    assert [brought.rows[n]["faults"] for n in range(3, 9)] == [
        [["Tên đăng nhập", "U9", "Tên đăng nhập u9 đã có người dùng. Hãy chọn tên khác."]],
        [["Tổ chức", "Tổ chức CB01", "Có 2 tổ chức tên “Tổ chức CB01” (CB01, CB90). Hãy ghi mã thay cho tên."]],
        [
            [
                "Tổ chức",
                "Đảng bộ Khối Doanh nghiệp",
                "Không có tổ chức “Đảng bộ Khối Doanh nghiệp” vào ngày 14/12/2018. Hãy ghi mã tổ chức, hoặc tên như trong "
                "danh sách.",
            ]
        ],
        [["Tổ chức", "CB02", "Tổ chức CB02 đã kết thúc hoạt động từ ngày 01/07/2018. Hãy ghi tổ chức kế thừa."]],
        [
            ["Tên đăng nhập", past.username, f"Tên đăng nhập {past.username} đã có người dùng. Hãy chọn tên khác."],
            [
                "Tên đăng nhập",
                past.username,
                f"Tài khoản {past.username} đã thôi vai trò này từ ngày 01/06/2018. Nếu giao lại, hãy giao ở trang Tài khoản và "
                "vai trò.",
            ],
        ],
        [["Tổ chức", "K2", "Bí thư chi bộ chỉ phân công ở chi bộ."]],
    ]
    assert not Appointment.objects.standing().filter(ends__gt=TODAY).exists()
