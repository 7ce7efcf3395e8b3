"""Accounts made with their offices, many at once; each row that cannot be is told for itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Change, Installation, OneTimePasswords, User
from ledger.undo import undo
from organizations.access import office_of
from organizations.accounts.opening import NewAccount, judge_accounts, open_accounts, renew_slips
from organizations.accounts.slips import SIGNS, new_password
from organizations.models import Appointment
from tests.organizations.confirming.asking import anew, told
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db


def account(code, username="", role="SECRETARY", name="Trần Mới", starts=None):
    return NewAccount(
        username=username or f"bithu.{code.lower()}", display_name=name, role=role, code=code, starts=starts
    )


def test_accounts_with_their_offices_in_one_act(world):
    rows = [account("CB01"), account("DB01-01"), account("DB01", "danguy.db01", "COMMITTEE", "Đảng ủy DB01")]
    made = open_accounts(rows, by=world.by, on=TODAY)
    assert [(slip.user.username, slip.office) for slip in made] == [
        ("bithu.cb01", "Bí thư Tổ chức CB01"),
        ("bithu.db01-01", "Bí thư Tổ chức DB01-01, Tổ chức DB01"),
        ("danguy.db01", "Cấp ủy Tổ chức DB01"),
    ]
    assert {slip.last_day for slip in made} == {date(2019, 1, 13)}
    for slip, row in zip(made, rows, strict=True):
        user = anew(slip.user)
        assert user.check_password(slip.password)
        assert (user.must_change_password, user.last_login, user.display_name) == (True, None, row.display_name)
        assert [(a.role, a.organization.code) for a in office_of(user).appointments] == [(row.role, row.code)]
        assert [line.history_user for line in user.history.all()] == [world.by]
    acts = set(Appointment.objects.filter(user__in=[slip.user for slip in made]).values_list("added__verb", flat=True))
    assert acts == {"organizations.open_accounts"}


def test_the_password_stands_nowhere(world):
    (slip,) = open_accounts([account("CB01")], by=world.by, on=TODAY)
    assert slip.password not in repr(slip)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert slip.password not in repr(cursor.fetchall()), table


def test_a_password_is_long_and_of_signs_that_nobody_mistakes():
    passwords = {new_password() for _ in range(200)}
    assert len(passwords) == 200
    assert {len(password) for password in passwords} == {12}
    assert set("".join(passwords)) <= set(SIGNS)
    assert [pair for pair in "0o 1l 1i li 5s 2z 6b 8b 9g 9q gq uv".split() if set(pair) <= set(SIGNS)] == []
    assert not set(SIGNS) & set("aeiouydwz")  # of which Telex and VNI make other letters
    assert len(SIGNS) ** 12 > 2**50


def test_who_holds_an_office_of_the_bloc_is_told_to_its_leader(world):
    leader = world.user("LEADER", "K")
    open_accounts([account("K", "kiemtra.k", "INSPECTION"), account("CB01")], by=world.by, on=TODAY)
    assert told(leader) == [("kiemtra.k", "INSPECTION", "K")]


FAULTS = [
    (account("CB01", "van-phong"), ["Tên đăng nhập van-phong đã có người dùng. Hãy chọn tên khác."]),
    (account("CB01", "Van-Phong"), ["Tên đăng nhập van-phong đã có người dùng. Hãy chọn tên khác."]),
    (account("DB99"), ["Không có tổ chức nào mang mã DB99. Hãy xem lại mã."]),
    (account("DB02"), ["Bí thư chi bộ chỉ phân công ở chi bộ."]),
    (account("CB02"), ["Tổ chức CB02 không tồn tại vào ngày này."]),
    (account("CB01", starts=date(2014, 1, 1)), ["Tổ chức CB01 không tồn tại vào ngày này."]),
    (account("CB01", role="CHAIR"), None),
    (account("CB01", name=" "), ["Họ và tên hiển thị: mục này không được để trống."]),
    (
        account("DB01-02"),
        ["Vai trò ở DB01-02 đã có Bí thư cũ (cu). Hãy bàn giao thay vì tạo thêm."],
    ),
    (account("CB01", starts=date(2030, 1, 1)), None),
]


@pytest.mark.parametrize(("row", "sentences"), FAULTS)
def test_each_fault_is_told_of_its_row(world, row, sentences):
    world.merge("CB02", "DB01", {"CB02": "DB01-01"}, date(2018, 3, 1))
    held = world.user("SECRETARY", "DB01-02")
    User.objects.filter(pk=held.pk).update(username="cu", display_name="Bí thư cũ")
    good = account("DB02-01")
    judged = judge_accounts([good, row, account("DB02-02")], TODAY)
    assert judged[0] == judged[2] == []
    assert len(judged[1]) == 1
    assert sentences in (None, judged[1])
    with refused(*judged[1]):
        open_accounts([good, row], by=world.by, on=TODAY)
    assert not User.objects.filter(username="bithu.db02-01").exists()


def test_rows_are_held_against_each_other(world):
    rows = [account("CB01"), account("CB01", "bithu.cb01.2"), account("CB02", "BITHU.CB01")]
    twice = "Tên đăng nhập {} có ở nhiều dòng. Mỗi tài khoản cần một tên riêng."
    assert judge_accounts(rows, TODAY) == [
        [twice.format("bithu.cb01")],
        ["Vai trò ở CB01 đã có ở dòng trên. Mỗi vai trò chỉ tạo một tài khoản."],
        [twice.format("BITHU.CB01")],
    ]


def test_judging_takes_as_many_queries_for_many_as_for_one(world):
    codes = ["CB01", "CB02", "DB01-01", "DB01-02", "DB02-01"]
    numbers = []
    for rows in ([account("CB01")], [account(code) for code in codes]):
        with CaptureQueriesContext(connection) as queries:
            judge_accounts(rows, TODAY)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_an_office_from_a_day_ahead_opens_on_that_day(world):
    (slip,) = open_accounts([account("CB01", starts=date(2019, 1, 1))], by=world.by, on=TODAY)
    assert office_of(anew(slip.user)).appointments == []
    Installation.objects.update(demo_day=date(2019, 1, 1))
    assert [a.organization.code for a in office_of(anew(slip.user)).appointments] == ["CB01"]


def test_undone_the_offices_are_vacant_and_what_was_not_used_is_switched_off(world):
    first, second = open_accounts([account("CB01"), account("DB01-01")], by=world.by, on=TODAY)
    User.objects.filter(pk=second.user.pk).update(last_login="2018-12-14T08:00Z")
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Sai mẫu tên")
    assert not Appointment.objects.standing().filter(user__in=[first.user, second.user]).exists()
    assert not anew(first.user).is_active
    assert anew(second.user).is_active
    assert anew(first.user).history.first().history_user == world.by


def test_a_slip_is_made_anew_while_nobody_has_signed_in(world):
    (slip,) = open_accounts([account("CB01")], by=world.by, on=TODAY)
    held = Appointment.objects.get(user=slip.user)
    (again,) = renew_slips([held], by=world.by, on=TODAY)
    assert again.office == slip.office
    assert not anew(slip.user).check_password(slip.password)
    assert anew(slip.user).check_password(again.password)
    User.objects.filter(pk=slip.user.pk).update(last_login="2018-12-14T08:00Z")
    with refused(
        "Không in lại phiếu cho bithu.cb01: tài khoản đã đăng nhập, đã khóa hoặc là tài khoản quản trị. "
        "Nếu quên mật khẩu, hãy đặt mật khẩu mới ở trang quản trị."
    ):
        renew_slips([Appointment.objects.get(user=slip.user)], by=world.by, on=TODAY)
    assert anew(slip.user).check_password(again.password)


def test_a_new_slip_for_who_holds_an_office_of_the_bloc_is_told(world):
    leader = world.user("LEADER", "K")
    (slip,) = open_accounts([account("K", "kiemtra.k", "INSPECTION")], by=world.by, on=TODAY)
    renew_slips([Appointment.objects.get(user=slip.user)], by=world.by, on=TODAY)
    assert told(leader) == [("kiemtra.k", "INSPECTION", "K")] * 2


def test_how_long_a_password_is_good_is_a_row(world):
    OneTimePasswords.objects.update(days=7)
    (slip,) = open_accounts([account("CB01")], by=world.by, on=TODAY)
    assert slip.last_day == date(2018, 12, 21)


def test_a_name_is_not_free_again_while_its_account_was_used_or_holds_an_office(world):
    (slip,) = open_accounts([account("CB01")], by=world.by, on=TODAY)
    taken = ["Tên đăng nhập bithu.cb01 đã có người dùng. Hãy chọn tên khác."]
    again = [account("CB02", "bithu.cb01")]
    User.objects.filter(pk=slip.user.pk).update(is_active=False)
    assert judge_accounts(again, TODAY) == [taken]  # it holds its office still
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Sai mẫu tên")
    assert judge_accounts(again, TODAY) == [[]]
    User.objects.filter(pk=slip.user.pk).update(last_login="2018-12-14T08:00Z")
    assert judge_accounts(again, TODAY) == [taken]
