"""Accounts and passwords in the administration."""

from django.test import Client
from django.urls import reverse

from ledger.models import User
from tests.administration.pages import PASSWORD, english, text, url


def test_an_account_is_made_administrator_and_switched_off(desk):
    data = {"username": "moi", "display_name": "Người mới", "password1": PASSWORD, "password2": PASSWORD}
    response = desk.post(url(User, "add"), data, follow=True)
    assert "Đã thêm tài khoản" in text(response)
    user = User.objects.get(username="moi")
    assert user.check_password(PASSWORD)
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)

    data = {"username": "moi", "display_name": "Người mới", "email": "", "is_active": "on", "is_superuser": "on"}
    response = desk.post(url(User, "change", user.pk), data, follow=True)
    assert "Đã lưu tài khoản" in text(response)
    assert not english(response)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, True)

    desk.post(url(User, "change", user.pk), {"username": "moi", "display_name": "Người mới"})
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.is_superuser) == (False, False, False)
    signing_in = Client().post(reverse("login"), {"username": "moi", "password": PASSWORD})
    assert signing_in.status_code == 200
    assert "_auth_user_id" not in signing_in.client.session
    assert not english(signing_in)

    history = desk.get(url(User, "history", user.pk))
    assert "Đang dùng" in text(history)
    assert "3 lần ghi" in text(history)
    assert not english(history)


def test_faults_in_an_account_are_told_in_vietnamese(desk, world):
    address = url(User, "add")
    cases = [
        ({"username": "van-phong"}, "Tên đăng nhập này đã có. Hãy chọn tên khác."),
        ({"username": ""}, "Mục này không được để trống."),
        ({"username": "hai chữ"}, "Tên đăng nhập chỉ gồm chữ"),
        ({"password2": "khac"}, "Hai lần nhập mật khẩu không giống nhau."),
        ({"password1": "ngan", "password2": "ngan"}, "Mật khẩu quá ngắn. Mật khẩu cần ít nhất 8 ký tự."),
        ({"password1": "password", "password2": "password"}, "Mật khẩu này quá dễ đoán."),
        ({"password1": "81640357", "password2": "81640357"}, "Mật khẩu này chỉ gồm chữ số."),
        ({"username": "mot-cau-dai-kho", "password2": PASSWORD}, "Mật khẩu quá giống tên đăng nhập."),
    ]
    for wrong, sentence in cases:
        data = {"username": "moi", "password1": PASSWORD, "password2": PASSWORD, **wrong}
        response = desk.post(address, data)
        assert response.status_code == 200, wrong
        assert sentence in text(response), wrong
        assert "Chưa lưu được. Hãy sửa các chỗ báo lỗi dưới đây." in text(response)
        assert not english(response), wrong
    assert not User.objects.filter(username="moi").exists()


def test_a_password_is_set_in_vietnamese(desk, world):
    user = world.user()
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    for _ in range(2):
        page = desk.get(address)
        assert page.status_code == 200
        assert not english(page)
        data = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD, "set-password": "x"}
        response = desk.post(address, data, follow=True)
        assert "Đã đổi mật khẩu." in text(response)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "Đã đặt mật khẩu." in text(response)
    assert user.password.split("$")[0] not in text(response)
