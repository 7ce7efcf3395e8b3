"""Accounts with their offices by file: made without a password, found again, told row by row where they cannot be."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from imports.runs import store
from ledger.models import User
from ledger.undo import undo
from organizations.models import Appointment, AppointmentNotice
from tests.hand import Hand, signed_in_as
from tests.imports.by_file import job, looked_at, table, written
from tests.world import TODAY

HEADER = ("Tên chi, đảng bộ", "Chức vụ", "Họ và tên", "Tài khoản", "Từ ngày")
ROWS = [
    HEADER,
    ("CB01", "Bí thư", "Phạm Thị Mẫu", "", "01/06/2018"),
    ("Tổ chức DB01", "Đảng ủy", "", "vp.db01", ""),
    ("DB01-01", "bi thu chi bo", "", "", ""),
    ("K", "UBKT", "Trần Văn Mẫu", "", ""),
    ("K", "UBKT", "Lý Văn Mẫu", "", ""),
]


@pytest.fixture
def one(world):
    return User.objects.create_superuser("quan-tri", display_name="Quản trị một")


def offices():
    """{username: (name shown, role, code, first day)} of who holds an office."""
    rows = Appointment.objects.standing().select_related("user", "organization")
    return {
        row.user.username: (row.user.display_name, row.role, row.organization.code, row.starts)
        for row in rows
        if row.ends > TODAY
    }


def test_accounts_come_with_their_offices_in_one_act_and_once(one):
    brought = written("tai-khoan", table(*ROWS), one, on=TODAY)
    assert brought.counts == {"tao": 5}
    assert offices() == {
        "bithu.cb01": ("Phạm Thị Mẫu", "SECRETARY", "CB01", date(2018, 6, 1)),
        "vp.db01": ("Cấp ủy Tổ chức DB01", "COMMITTEE", "DB01", TODAY),
        "bithu.db01-01": ("Bí thư Tổ chức DB01-01, Tổ chức DB01", "SECRETARY", "DB01-01", TODAY),
        "kiemtra.k": ("Trần Văn Mẫu", "INSPECTION", "K", TODAY),
        "kiemtra.k.2": ("Lý Văn Mẫu", "INSPECTION", "K", TODAY),
    }
    assert set(Appointment.objects.filter(added=brought.run.change).values_list("added__verb", flat=True)) == {
        "imports.accounts"
    }
    assert (
        AppointmentNotice.objects.filter(added=brought.run.change).count() == 2
    )  # who leads the bloc is told of its two
    again = looked_at("tai-khoan", table(*ROWS), one, on=TODAY)
    assert again.counts == {"giu": 5}


def test_nothing_opens_an_account_until_its_slip_is_printed(one):
    written("tai-khoan", table(*ROWS), one, on=TODAY)
    made = User.objects.filter(appointments__added__verb="imports.accounts")
    assert {(user.has_usable_password(), user.must_change_password) for user in made} == {(False, True)}
    page = Hand(one).open(reverse("accounts") + "?xem=chua-in")
    assert "5 tài khoản đã tạo từ tệp mà chưa có phiếu" in page.text and "In lại mọi phiếu" not in page.text
    page.press("in-moi")
    assert "5 phiếu đăng nhập" in page.text
    assert all(user.has_usable_password() for user in made.all())
    page.open(reverse("accounts"))
    assert "chưa có phiếu đăng nhập nào" not in page.text and "Chưa in phiếu (0)" in page.text
    assert "In lại mọi phiếu chưa dùng: 5" in page.text


def test_the_page_leads_on_to_the_slips(one):
    hand = Hand(one)
    hand.open(reverse("imports")).press(None, loai="tai-khoan", dan=table(*ROWS))
    hand.press("xem", tu_ngay="14/12/2018")
    assert "In phiếu đăng nhập" not in hand.text
    hand.press("ghi")
    assert f'href="{reverse("accounts")}?xem=chua-in">In phiếu đăng nhập' in hand.page.content.decode()


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("CB01", "Bí thư", "Ai Đó", "U1", ""), "Tên đăng nhập", "đã có người dùng"),
        (("CB01", "Bí thư", "Ai Đó", "bí thư!", ""), "Tên đăng nhập", "Tên đăng nhập chỉ gồm chữ"),
        (("CB77", "Bí thư", "Ai Đó", "", ""), "Tổ chức", "Không có tổ chức “CB77”"),
        (("DB02-01", "Bí thư", "Ai Đó", "", ""), "Tổ chức", "DB02-01 đã có"),
        (("DB02-01", "Bí thư", "Ai Đó", "khac", ""), "Tổ chức", "DB02-01 đã có"),
        (("DB02", "Bí thư", "Ai Đó", "", ""), "Tổ chức", "chỉ phân công ở chi bộ"),
        (("DB03", "Đảng ủy", "", "", "31/04/2018"), "Giữ vai trò từ ngày", "Không có ngày này"),
        (("CB01", "Trưởng phòng", "", "", ""), "Vai trò", "Chỉ hiểu: Bí thư chi bộ"),
        (("CB01", "", "Ai Đó", "", ""), "Vai trò", "để trống"),
        (("", "Bí thư", "Ai Đó", "", ""), "Tổ chức", "để trống"),
        (("CB01", "Bí thư", "", "", "01/01/2014"), "Tổ chức", "không tồn tại vào ngày này"),
        (("CB02", "Bí thư", "", "", ""), "", "Trùng với dòng 2"),
        (("CB02", "Bí thư", "Ai Đó", "", ""), "Tổ chức", "đã có ở dòng trên"),
        (("CB01", "Bí thư", "", "MOI", ""), "Tên đăng nhập", "có ở nhiều dòng"),
    ],
)
def test_each_fault_is_told_with_its_column(world, one, row, column, says):
    User.objects.create_user("u1")
    world.user("SECRETARY", "DB02-01")
    rows = [HEADER, ("CB02", "Bí thư", "", "", ""), row, ("DB01", "Đảng ủy", "", "moi", "")]
    found = looked_at("tai-khoan", table(*rows), one, on=TODAY)
    assert column in found.columns(3)
    assert any(says in why for why in found.reasons(3))
    assert not any("Tên đăng nhập: Tên đăng nhập" in why for why in found.reasons(3))


def test_who_held_the_office_and_holds_it_no_more_is_told(world, one):
    user = world.user("SECRETARY", "CB01")
    world.dismiss(user, date(2018, 6, 1))
    found = looked_at("tai-khoan", table(HEADER, ("CB01", "Bí thư", "Ai Đó", user.username, "")), one, on=TODAY)
    assert found.columns(2) == ["Tên đăng nhập", "Tên đăng nhập"]
    assert "đã thôi vai trò này từ ngày 01/06/2018" in found.reasons(2)[1]


def test_an_organization_that_ended_is_told_with_its_day(world, one):
    world.merge("CB02", "CB01", {"CB02": "CB01"}, date(2018, 7, 1))
    found = looked_at("tai-khoan", table(HEADER, ("CB02", "Bí thư", "", "", "")), one, on=TODAY)
    assert found.reasons(2) == ["Tổ chức CB02 đã kết thúc hoạt động từ ngày 01/07/2018. Hãy ghi tổ chức kế thừa."]


def test_who_has_the_office_already_is_left_and_told_of_what_differs(world, one):
    user = world.user("SECRETARY", "CB01")
    row = ("CB01", "Bí thư", "Tên Khác", user.username.upper(), "01/02/2018")
    found = looked_at("tai-khoan", table(HEADER, row, ("CB01", "Bí thư", "", "", "")), one, on=TODAY)
    assert found.counts == {"giu": 2}
    assert len(found.rows[2]["notes"]) == 2 and "từ ngày 01/01/2015" in found.rows[2]["notes"][1]


def test_only_administrators_bring_accounts(world, one, tmp_path):
    department = world.user("ORGANIZATION", "K")
    client = signed_in_as(department)
    assert client.get(reverse("import_template", args=["tai-khoan"])).status_code == 403
    file = tmp_path / "tk.csv"
    file.write_text("\n".join(";".join(row) for row in ROWS))
    with pytest.raises(CommandError, match="không có quyền nhập tài khoản"):
        call_command("import_file", "tai-khoan", file, "--by", department.username)
    call_command("import_file", "tai-khoan", file, "--by", one.username, "--set", "tu_ngay=14/12/2018")
    assert len(offices()) == 6


def test_accounts_made_by_a_file_are_taken_back_whole(one):
    before = offices()
    brought = written("tai-khoan", table(*ROWS), one, on=TODAY)
    undo(brought.run.change, by=one, on=TODAY, reason="Nhầm tệp")
    assert offices() == before
    assert not User.objects.filter(username="vp.db01", is_active=True).exists()
    written("tai-khoan", table(*ROWS), one, on=TODAY)
    assert {"vp.db01", "bithu.cb01", "kiemtra.k"} < offices().keys()  # the names are free again


def test_the_queries_do_not_grow_with_the_rows(world, one):
    def asked(codes):
        run = looked_at(
            "tai-khoan", table(HEADER, *((code, "Bí thư", "", "", "") for code in codes)), one, on=TODAY
        ).run
        with CaptureQueriesContext(connection) as queries:
            store.look(run, job(run))
        return len([query for query in queries.captured_queries if "advisory" not in query["sql"]])  # a lock for a lane

    few = asked(["CB01", "CB02"])
    assert asked(["CB01", "CB02", "DB01-01", "DB01-02", "DB02-01", "DB02-02"]) == few
