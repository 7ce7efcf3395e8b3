"""The page of one organization's offices."""

import re

import pytest
from django.urls import reverse

from ledger.models import Change, Installation, User
from organizations.access import office_of
from organizations.appoint import OWN
from organizations.models import Appointment
from tests.hand import Hand, signed_in_as
from tests.organizations.confirming.asking import anew
from tests.world import TODAY

pytestmark = pytest.mark.django_db
CB01 = reverse("office", args=["CB01"])


@pytest.fixture
def held(world):
    user = world.user("SECRETARY", "CB01")
    User.objects.filter(pk=user.pk).update(display_name="Lê Phúc", last_login="2018-01-05T08:00Z")
    return user.appointments.get()


@pytest.fixture
def hand(one):
    return Hand(one)


def open_act(hand, what, row, address=CB01):
    return hand.open(f"{address}?viec={what}-{row.pk}")


def test_handed_over_to_a_new_account_on_a_day_ahead(world, held, hand):
    open_act(hand, "ban-giao", held)
    hand.press(
        f"ban-giao-{held.pk}", tu_ngay="01/01/2019", ho_ten="Trần Mới", so="7-QĐ/ĐU", ngay="10/12/2018", co_quan="ĐU"
    )
    assert "1 phiếu đăng nhập" in hand.text
    assert "bàn giao cho Trần Mới từ 01/01/2019" in hand.text
    user = User.objects.get(display_name="Trần Mới")
    assert user.username == "bithu.cb01"
    assert Appointment.objects.get(user=user).added.document.number == "7-QĐ/ĐU"
    text = hand.open(CB01).text
    assert "giữ vai trò đến hết 31/12/2018" in text
    assert "giữ vai trò từ 01/01/2019" in text
    Installation.objects.update(demo_day="2019-01-01")
    assert [a.organization.code for a in office_of(anew(user)).appointments] == ["CB01"]


def test_handed_over_to_who_has_an_account(world, held, hand):
    to = User.objects.create_user("nguoi-moi", display_name="Người mới")
    open_act(hand, "ban-giao", held).press(f"ban-giao-{held.pk}", tai_khoan="Nguoi-Moi")
    assert "Cấp ủy" not in hand.text
    assert "bàn giao cho Người mới từ 14/12/2018" in hand.text
    assert [a.organization.code for a in office_of(anew(to)).appointments] == ["CB01"]
    assert office_of(anew(held.user)).appointments == []


def test_what_is_missing_is_told_and_nothing_typed_is_lost(world, held, hand):
    open_act(hand, "ban-giao", held)
    hand.press(f"ban-giao-{held.pk}", tu_ngay="01/01/2019", ten_moi="bithu.moi", ly_do="Đại hội", refused=True)
    assert "Hãy ghi mục này để tạo tài khoản mới, hoặc ghi tên đăng nhập đã có ở dưới." in hand.text
    for kept in ("bithu.moi", "Đại hội", "01/01/2019"):
        assert kept in hand.page.content.decode()
    hand.press(f"ban-giao-{held.pk}", tai_khoan="khong-co", refused=True)
    assert "Không có tài khoản nào tên khong-co." in hand.text
    hand.press(f"ban-giao-{held.pk}", tai_khoan="", ho_ten="Trần Mới", ten_moi="quan-tri", refused=True)
    assert "Tên đăng nhập quan-tri đã có người dùng. Hãy chọn tên khác." in hand.text


def test_a_handover_to_come_is_called_off(world, held, hand):
    open_act(hand, "ban-giao", held).press(f"ban-giao-{held.pk}", tu_ngay="01/01/2019", ho_ten="Trần Mới")
    coming = Appointment.objects.standing().get(user__display_name="Trần Mới")
    open_act(hand, "huy", coming).press(f"huy-{coming.pk}", ly_do="Đại hội lùi ngày")
    assert "Đã hủy việc “Bàn giao vai trò”." in hand.text
    assert "giữ vai trò từ" not in hand.text
    row = Appointment.objects.standing().get(organization=world.org["CB01"])
    assert (row.user, row.is_open) == (held.user, True)
    assert not User.objects.get(display_name="Trần Mới").is_active


def test_a_deputy_for_a_time(world, held, hand):
    open_act(hand, "thay", held)
    hand.press(f"thay-{held.pk}", tu_ngay="20/12/2018", den_ngay="31/12/2018", ho_ten="Võ Quân")
    assert "Võ Quân thay Lê Phúc từ 20/12/2018 đến hết 31/12/2018" in hand.text
    assert "Bí thư Tổ chức CB01" in hand.text
    assert "thay Lê Phúc từ 20/12/2018 đến hết 31/12/2018" in hand.open(CB01).text
    deputy = Appointment.objects.get(user__display_name="Võ Quân")
    assert f"viec=ban-giao-{deputy.pk}" not in hand.page.content.decode()
    open_act(hand, "thay", held)
    hand.press(f"thay-{held.pk}", tu_ngay="31/12/2018", den_ngay="20/12/2018", ho_ten="Võ Quân Hai", refused=True)
    assert "Ngày thôi thay phải sau ngày bắt đầu thay." in hand.text


def test_a_vacant_office_is_given_and_ended(world, hand):
    hand.open(f"{CB01}?viec=giao-bithu").press("giao-bithu", ho_ten="Lê Phúc")
    assert "1 phiếu đăng nhập" in hand.text
    row = Appointment.objects.get(user__display_name="Lê Phúc")
    assert row.user.username == "bithu.cb01"
    open_act(hand, "thoi", row).press(f"thoi-{row.pk}", tu_ngay="31/12/2018")
    assert "thôi vai trò từ 31/12/2018" in hand.text
    assert "giữ vai trò đến hết 30/12/2018" in hand.text


def test_a_vacant_office_is_given_to_who_has_an_account(world, hand):
    to = User.objects.create_user("nguoi-moi", display_name="Người mới")
    hand.open(f"{CB01}?viec=giao-bithu").press("giao-bithu", tai_khoan="nguoi-moi", tu_ngay="20/12/2018")
    assert "Đã giao cho Người mới" in hand.text
    assert Appointment.objects.get(user=to).starts == TODAY.replace(day=20)


def test_the_slip_of_one_is_printed_anew(world, hand):
    hand.open(f"{CB01}?viec=giao-bithu").press("giao-bithu", ho_ten="Lê Phúc")
    first = hand.page.content.decode()
    row = Appointment.objects.get(user__display_name="Lê Phúc")
    open_act(hand, "in-lai", row).press(f"in-lai-{row.pk}")
    assert "Đã đặt mật khẩu mới cho bithu.cb01." in hand.text
    printed = re.findall(r"apart\">(.*?)</dd>", hand.page.content.decode() + first, re.DOTALL)
    assert len(set(printed)) == 2


def test_the_bloc_has_its_offices(world, one, other, hand):
    leader = world.user("LEADER", "K")
    address = reverse("office", args=["K"])
    text = hand.open(address).text
    assert text.count("Chưa có ai") == 2
    hand.open(f"{address}?viec=giao-kiemtra").press("giao-kiemtra", tai_khoan="quan-tri", refused=True)
    assert OWN in hand.text
    row = leader.appointments.get()
    open_act(hand, "ban-giao", row, address).press(f"ban-giao-{row.pk}", tai_khoan="quan-tri", refused=True)
    assert OWN in hand.text


def test_what_ended_has_none(world, hand):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, TODAY)
    assert "nay không còn hoạt động" in hand.open(CB01).text


def test_an_act_that_is_gone_is_told(world, held, one):
    page = signed_in_as(one).post(CB01, {"viec": f"ban-giao-{held.pk + 99}"})
    assert page.status_code == 400
    assert "Việc này nay không làm được nữa." in page.content.decode()
    assert not Change.objects.filter(verb="organizations.hand_over_office").exists()
