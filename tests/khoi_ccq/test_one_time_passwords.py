"""A password that somebody else set: typed off a slip, good for a time, changed at the first sign-in."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import Installation, OneTimePasswords, User
from organizations.accounts.opening import NewAccount, open_accounts
from tests.administration.pages import PASSWORD, url
from tests.hand import signed_in_as
from tests.world import TODAY

pytestmark = pytest.mark.django_db
LOGIN = reverse("login")
OWN = "cau-cua-rieng-minh-thoi"
EXPIRED = (
    "Mật khẩu được cấp chỉ dùng đến hết ngày 13/01/2019 và chưa được đổi sang mật khẩu riêng. "
    "Hãy nhờ quản trị in lại phiếu đăng nhập hoặc đặt mật khẩu mới."
)


@pytest.fixture
def slip(world):
    row = NewAccount(username="bithu.cb01", display_name="Lê Phúc", role="SECRETARY", code="CB01")
    return open_accounts([row], by=world.by, on=TODAY)[0]


def sign_in(password, name="bithu.cb01", address=LOGIN):
    client = Client()
    client.answer = client.post(address, {"username": name, "password": password}, follow=True)
    return client


def on(day):
    Installation.objects.update(demo_day=day)


@pytest.mark.parametrize(
    "typed",
    [
        lambda slip: slip.password,
        lambda slip: " ".join(slip.groups),
        lambda slip: "-".join(slip.groups),
        lambda slip: slip.password.upper(),
    ],
    ids=["as it is", "in groups", "with hyphens", "capitals"],
)
def test_it_is_typed_as_people_type_and_changed_first(slip, typed):
    client = sign_in(typed(slip))
    assert client.answer.redirect_chain[-1][0] == reverse("password_change")
    assert client.get(reverse("tasks")).url == reverse("password_change")
    data = {"old_password": typed(slip), "new_password1": OWN, "new_password2": OWN}
    assert "Đã đổi mật khẩu" in client.post(reverse("password_change"), data, follow=True).content.decode()
    user = User.objects.get(username="bithu.cb01")
    assert (user.must_change_password, user.password_given_on) == (False, None)
    assert client.get(reverse("tasks")).status_code == 200
    assert not user.check_password(slip.password)


@pytest.mark.parametrize("new", [lambda slip: slip.password, lambda slip: slip.password.upper()])
def test_ones_own_is_another_however_it_is_typed(slip, new):
    client = sign_in(slip.password)
    data = {"old_password": slip.password, "new_password1": new(slip), "new_password2": new(slip)}
    page = client.post(reverse("password_change"), data).content.decode()
    assert "Mật khẩu mới phải khác mật khẩu đang dùng." in page


def test_ones_own_password_is_typed_as_it_is(slip):
    user = slip.user
    user.set_password("Mat-Khau-Cua-Toi")
    user.must_change_password = False
    user.save()
    assert user.check_password("Mat-Khau-Cua-Toi")
    assert not user.check_password("mat-khau-cua-toi")
    assert not user.check_password("matkhaucuatoi")


@pytest.mark.parametrize("address", ["login", "admin:login"])
def test_unused_it_ends_on_its_last_day(slip, address):
    User.objects.filter(pk=slip.user.pk).update(is_staff=True)
    on(date(2019, 1, 13))
    assert "_auth_user_id" in sign_in(slip.password, address=reverse(address)).session
    on(date(2019, 1, 14))
    client = sign_in(slip.password, address=reverse(address))
    assert "_auth_user_id" not in client.session
    assert EXPIRED in client.answer.content.decode()
    assert EXPIRED not in sign_in("sai-mat-khau", address=reverse(address)).answer.content.decode()


def test_who_set_his_own_in_time_is_asked_nothing_later(slip):
    client = sign_in(slip.password)
    client.post(reverse("password_change"), {"old_password": slip.password, "new_password1": OWN, "new_password2": OWN})
    on(date(2020, 1, 1))
    assert "_auth_user_id" in sign_in(OWN).session


def test_the_rule_is_the_installations(slip):
    OneTimePasswords.objects.update(days=3)
    on(date(2018, 12, 18))
    assert "_auth_user_id" not in sign_in(slip.password).session


def test_what_the_administration_sets_ends_alike(slip):
    root = signed_in_as(User.objects.create_superuser("goc", is_staff=True))
    root.post(url(User, "add"), {"username": "moi", "display_name": "M", "password1": PASSWORD, "password2": PASSWORD})
    data = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD, "set-password": "x"}
    root.post(reverse("admin:auth_user_password_change", args=[slip.user.pk]), data)
    given = User.objects.filter(username__in=["moi", "bithu.cb01"]).values_list("password_given_on", flat=True)
    assert set(given) == {TODAY}
    on(date(2019, 1, 14))
    for name in ("moi", "bithu.cb01"):
        assert "_auth_user_id" not in sign_in(PASSWORD, name).session


def test_an_account_that_came_before_the_rule_is_let_in(slip):
    User.objects.filter(pk=slip.user.pk).update(password_given_on=None)
    on(date(2020, 1, 1))
    assert "_auth_user_id" in sign_in(slip.password).session
