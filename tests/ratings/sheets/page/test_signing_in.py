"""The form that comes along to the sign-in page, and back."""

import re

from django.contrib.sessions.models import Session
from django.urls import reverse

from ledger.models import User
from ledger.web import carry
from tests.hand import signed_in_as
from tests.ratings.sheets.page.form import PAGE, PASSWORD, text, typed


def carried(answer):
    return re.search(r'name="mang_theo" value="([^"]+)"', answer.content.decode())[1]


def sign_in(client, user, packed):
    data = {"username": user.username, "password": PASSWORD, "mang_theo": packed, "next": "/"}
    return client.post(reverse("login"), data, follow=True)


def test_the_sign_in_page_carries_the_form_and_opens_it_again(desk, secretary):
    data = typed(desk, muc_An="2", ghi_chu_An="Còn nguyên") | {"nguoi": carry.token(secretary.user)}
    Session.objects.all().delete()
    answer = secretary.post(PAGE, data)
    assert answer.status_code == 401
    answer = sign_in(secretary, secretary.user, carried(answer))
    row = answer.context["sheet_page"].rows[0]
    assert (row.typed["muc"], row.typed["ghi_chu"], row.line) == ("2", "Còn nguyên", None)
    assert "Những gì đồng chí đã gõ còn nguyên dưới đây" in text(answer)
    # Once: the next visit shows what is on the server.
    assert secretary.get(PAGE).context["sheet_page"].rows[0].typed["muc"] == ""


def test_another_account_does_not_get_it(desk, secretary, signed_in):
    data = typed(desk, muc_An="2") | {"nguoi": carry.token(secretary.user)}
    other = signed_in("SECRETARY", "DB01-02").user
    Session.objects.all().delete()
    packed = carried(secretary.post(PAGE, data))
    answer = sign_in(secretary, other, packed)
    assert "Nội dung gõ dở thuộc tài khoản khác nên không mở lại ở đây." in text(answer)
    assert carry.KEPT not in secretary.session


def test_a_forged_form_is_not_carried(desk, secretary):
    Session.objects.all().delete()
    for forged in ("", "x", carry.token(User(pk=9)) + "x"):
        answer = secretary.post(PAGE, typed(desk, muc_An="2") | {"nguoi": forged})
        assert answer.status_code == 302


def test_signed_in_elsewhere_meanwhile_the_form_comes_back_too(desk, secretary):
    """The token of the page is old once the same person has signed in again in another window."""
    strict = signed_in_as(secretary.user, enforce_csrf_checks=True)
    data = typed(desk, muc_An="2") | {"nguoi": carry.token(secretary.user), "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(PAGE, data, follow=True)
    assert answer.context["sheet_page"].rows[0].typed["muc"] == "2"
    assert desk.sheet("DB01-01").lines.count() == 0
