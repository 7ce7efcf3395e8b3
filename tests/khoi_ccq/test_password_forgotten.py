"""Signed out: the sign-in page says what happens with a forgotten password, and with what was just typed."""

import pytest
from django.test import Client
from django.urls import reverse

from ledger.web import carry

pytestmark = pytest.mark.django_db

KEPT = "nằm trong trang này thêm 7 ngày"


def test_the_sign_in_page_says_who_gives_a_new_password(client):
    text = client.get(reverse("login")).content.decode()
    assert "Quên mật khẩu?" in text
    assert "in phiếu mới có mật khẩu dùng một lần" in text
    assert KEPT not in text  # nothing was being typed


def test_who_was_typing_is_told_to_keep_the_page_open(account):
    sent = {carry.FIELD: carry.token(account), "note": "đang gõ dở"}
    text = Client().post(reverse("periods"), sent, follow=True).content.decode()
    assert KEPT in text
