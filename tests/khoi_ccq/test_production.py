"""The demonstration, its key and its file are never used for real; each refusal says what to set."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from khoi_ccq.production import DEMONSTRATION_KEY, is_on, refusals
from ledger.checks import no_demonstration_in_production
from ledger.models import Installation, User
from tests.world import TODAY

ROOT = Path(__file__).resolve().parents[2]
KEY = "mot-chuoi-ngau-nhien-0123456789-abcdefghijklmnopqrstuvwxyz"
SOUND = {"debug": False, "secret_key": KEY, "hosts": ["khoi.tinh.example"], "database": True}


def test_what_is_set_well_is_let_through():
    assert refusals(**SOUND) == []


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"debug": True}, "PRODUCTION=1 không chạy cùng DEBUG=1"),
        ({"secret_key": ""}, "PRODUCTION=1 cần SECRET_KEY"),
        ({"secret_key": "abc"}, "PRODUCTION=1 không nhận SECRET_KEY này"),
        ({"secret_key": KEY[:49]}, "PRODUCTION=1 không nhận SECRET_KEY này"),
        ({"secret_key": "abcd" * 20}, "PRODUCTION=1 không nhận SECRET_KEY này"),
        ({"secret_key": DEMONSTRATION_KEY}, "PRODUCTION=1 không nhận SECRET_KEY này"),
        ({"secret_key": "django-insecure-" + KEY}, "PRODUCTION=1 không nhận SECRET_KEY này"),
        ({"hosts": []}, "PRODUCTION=1 cần ALLOWED_HOSTS"),
        ({"hosts": ["*"]}, "PRODUCTION=1 cần ALLOWED_HOSTS"),
        ({"database": False}, "PRODUCTION=1 cần DATABASE_URL"),
    ],
)
def test_each_danger_is_refused_with_its_sentence(wrong, begins):
    (sentence,) = refusals(**SOUND | wrong)
    assert sentence.startswith(begins)


@pytest.mark.parametrize(
    ("text", "on"), [("1", True), (" True ", True), ("yes", True), ("", False), ("0", False), ("off", False)]
)
def test_a_switch_is_on_or_off(text, on):
    assert is_on("PRODUCTION", text) is on


@pytest.mark.parametrize("text", ["enabled", "2", "đúng"])
def test_a_switch_that_is_misspelt_is_not_taken_for_off(text):
    with pytest.raises(ImproperlyConfigured, match=f"PRODUCTION={text} không hiểu được. Hãy đặt 1"):
        is_on("PRODUCTION", text)


def test_the_settings_tell_all_that_is_wrong_at_once():
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment |= {"PRODUCTION": "1", "DEBUG": "1", "SECRET_KEY": "abc", "ALLOWED_HOSTS": " , ", "DATABASE_URL": " "}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    for name in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        assert name in done.stderr


@pytest.mark.django_db
def test_the_demonstration_is_not_loaded_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="PRODUCTION=1: không nạp dữ liệu mẫu"):
        call_command("load_demo", stdout=StringIO())
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("row", [{"demo_day": TODAY}, {"loaded": True}])
def test_a_database_of_the_demonstration_is_not_served_in_production(settings, caplog, row):
    Installation.objects.create(**row)
    assert Client().get(reverse("login")).status_code == 200
    settings.PRODUCTION = True
    client = Client()
    for address in (reverse("login"), reverse("admin:login"), reverse("home"), reverse("healthz")):
        page = client.get(address)
        assert page.status_code == 503
        assert "Cơ sở dữ liệu này chứa bản trình diễn" in page.content.decode()
    refused = client.get(reverse("home"), headers={"Accept": "application/json"})
    assert refused.json()["error"].startswith("Cơ sở dữ liệu này chứa bản trình diễn")
    assert "chứa bản trình diễn" in caplog.text
    assert [error.id for error in no_demonstration_in_production(None, databases=["default"])] == ["ledger.E004"]
    assert not [error for error in run_checks() if error.id == "ledger.E004"]  # where no database is at hand


@pytest.mark.django_db
def test_any_other_database_is_served(settings):
    settings.PRODUCTION = True
    assert Client().get(reverse("login")).status_code == 200
    assert no_demonstration_in_production(None, databases=["default"]) == []
