"""Every page of the administration answers, in Vietnamese, and administrators alone."""

import json
import re

import pytest
from django.db.models import Model
from django.urls import reverse

from ledger.models import Change, User
from members.models import Member, Status
from organizations.models import Appointment, Organization
from ratings.models import Scheme
from tests.administration.pages import ADDED_HERE, CHANGED_HERE, MODELS, PASSWORD, english, text, url


def answers(desk, model):
    """Each kind of page of the model with its response."""
    pk = model._base_manager.order_by("pk").first().pk
    for page, args in [("changelist", ()), ("add", ()), ("change", (pk,)), ("history", (pk,))]:
        yield page, desk.get(url(model, page, *args))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_answers_in_vietnamese(desk, rows, model):
    for page, response in answers(desk, model):
        refused = page == "add" and model not in ADDED_HERE
        assert response.status_code == (403 if refused else 200), page
        assert not english(response), page
        if page == "change" and model not in CHANGED_HERE:
            assert b'name="_save"' not in response.content


def test_every_row_has_a_name_of_its_own():
    assert not [model._meta.label for model in MODELS if model.__str__ is Model.__str__]


def test_pages_of_no_model_answer_in_vietnamese(desk):
    for name in ["index", "password_change", "password_change_done"]:
        response = desk.get(reverse(f"admin:{name}"), follow=True)
        assert response.status_code == 200, name
        assert not english(response), name
    for app in {model._meta.app_label for model in MODELS}:
        assert not english(desk.get(reverse("admin:app_list", args=[app]))), app


def test_scripts_of_the_administration_speak_vietnamese(desk):
    script = desk.get(reverse("admin:jsi18n")).content.decode()
    sentences = json.loads(re.search(r"const newcatalog = (\{.*?\});?\n", script, re.DOTALL)[1])
    assert sentences["Choose a Date"] == "Chọn ngày"
    assert sentences["Sunday"] == "Chủ nhật"
    assert sentences["Choose all %s"] == "Chọn tất cả %s"


def test_pages_meet_the_content_security_policy(desk, rows):
    scheme = Scheme.objects.first()
    scheme.save()
    for address in [
        reverse("admin:index"),
        url(Appointment, "add"),
        url(Scheme, "change", scheme.pk),
        url(Scheme, "history", scheme.pk),
        url(Scheme, "simple_history", scheme.pk, scheme.history.first().pk),
        url(User, "add"),
        url(Member, "changelist"),
        url(Change, "changelist"),
    ]:
        response = desk.get(address)
        html = response.content.decode()
        assert response.status_code == 200
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", html), address
        for tag in re.findall(r"<script[^>]*>", html):
            assert "src=" in tag or "application/json" in tag, address
        assert 'rel="icon" href="/static/img/star.svg"' in html


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("ORGANIZATION", "K"),
        ("INSPECTION", "K"),
        ("LEADER", "K"),
        ("COMMITTEE", "DB01"),
        ("SECRETARY", "DB01-01"),
        (None, None),
    ],
)
def test_only_administrators_come_in(client, world, role, code):
    user = world.user(role, code)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for address in [reverse("admin:index"), url(User, "changelist"), url(Appointment, "add"), url(User, "add")]:
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))
    page = client.get(response["Location"])
    assert "không được dùng trang này" in text(page)
    assert not english(page)
    before = User.objects.count()
    data = {"username": "ai-do", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(url(User, "add"), data).status_code == 302
    assert User.objects.count() == before


def test_an_open_spell_reads_until_now(desk, rows, world):
    for address in [
        url(Appointment, "changelist"),
        url(Status, "changelist"),
        url(Status, "change", Status.objects.get().pk),
        url(Organization, "change", world.org["DB01"].pk),
    ]:
        page = text(desk.get(address))
        assert re.search(r"\bnay\b", page), address
        assert "9999" not in page, address
