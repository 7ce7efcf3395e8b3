"""On PostgreSQL nobody waits for ever: a lock or a statement that takes too long is told, and the form is kept.

Apart from the other tests of the database: those hold one transaction around them all, these commit.
"""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as site_settings
from django.db import OperationalError, connection, connections, transaction
from django.urls import reverse

from khoi_ccq.database import Trouble, limit_waiting, require_known_version, trouble_of
from ledger.acts import act
from ledger.models import Change, User
from tests.hand import _Forms, signed_in_as
from tests.world import TODAY

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = site_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
PASSWORD = "mot-cau-dai-kho-doan"


@contextmanager
def waits(settings, **seconds):
    settings.DATABASE_WAITS = site_settings.DATABASE_WAITS | seconds
    limit_waiting(None, connection)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name in settings.DATABASE_WAITS:
                cursor.execute("SELECT set_config(%s, '0', false)", [name])


@pytest.mark.skipif(not POSTGRES, reason="SQLite has one wait, the `timeout` of the settings")
@pytest.mark.django_db
def test_the_site_waits_no_longer_than_it_is_told(settings):
    told = {"lock_timeout": 7, "statement_timeout": 8, "idle_in_transaction_session_timeout": 9}
    with waits(settings, **told), connection.cursor() as cursor:
        for name, shown in zip(told, ("7s", "8s", "9s"), strict=True):
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (shown,)
        settings.DATABASE_WAITS = {"statement_timeout": 0.01}
        limit_waiting(None, connection)
        with pytest.raises(OperationalError) as caught, transaction.atomic():
            cursor.execute("SELECT pg_sleep(20)")
        assert trouble_of(caught.value) is Trouble.SLOW


@pytest.mark.skipif(not POSTGRES, reason="on SQLite the lock is the file's own")
def test_who_waits_for_another_writer_is_told_and_keeps_the_form(committed, settings):
    """Another has the lock that a closing holds alone (ledger/acts.py)."""
    by = User.objects.create_user("khac")
    administrator = User.objects.create_superuser("quan-tri", password=PASSWORD)
    client = signed_in_as(administrator, raise_request_exception=False)
    held, done = threading.Event(), threading.Event()

    def hold():
        with act("Chốt số liệu", by=by, on=TODAY, alone=True):
            User.objects.filter(pk=by.pk).update(display_name="Người chốt số liệu")
            held.set()
            done.wait(60)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(60)
    try:
        with waits(settings, lock_timeout=0.1):
            page = client.post(reverse("first_steps"), FOUNDING)
    finally:
        done.set()
        holder.join()
    text = page.content.decode()
    assert page.status_code == 503, text
    assert "Đang có người khác ghi" in text
    (form,) = _Forms(text).forms
    assert ("ten", FOUNDING["ten"]) in [(n, v.removeprefix("\n")) for n, v in form["fields"]]
    assert Change.objects.count() == 1


FOUNDING = {"ten": "Đảng bộ Khối các cơ quan tỉnh", "ngay_thanh_lap": "01/01/2015"}


def test_commands_are_not_cut_and_the_site_refuses_an_unknown_version():
    """Only the site's entry point has waits set, also for `runserver`; it runs no checks, so it asks itself."""
    code = (
        "import django; django.setup()\n"
        "from django.db.backends.signals import connection_created as made\n"
        "before = len(made.receivers)\n"
        "import khoi_ccq.wsgi\n"
        "print(len(made.receivers) - before)\n"
        "from importlib import reload\n"
        "from ledger import checks\n"
        "checks.OLDEST = dict.fromkeys(checks.OLDEST, (99, 1))\n"
        "reload(khoi_ccq.wsgi)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "khoi_ccq.settings", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout == "1\n", done.stderr
    assert "ImproperlyConfigured: Phần mềm cần" in done.stderr
    assert "từ bản 99.1 trở lên" in done.stderr


WAITS = {"lock_timeout": 15, "statement_timeout": 60, "idle_in_transaction_session_timeout": 120}


@pytest.mark.parametrize(
    ("url", "told", "connect", "waits"),
    [
        ("postgres://khoi@127.0.0.1:1/khoi", {}, 5, WAITS),
        (
            "postgres://khoi@127.0.0.1:1/khoi",
            {"DATABASE_CONNECT_TIMEOUT": "2", "DATABASE_LOCK_TIMEOUT": "3", "DATABASE_IDLE_TIMEOUT": "0"},
            2,
            WAITS | {"lock_timeout": 3, "idle_in_transaction_session_timeout": 0},
        ),
        ("postgres://khoi@127.0.0.1:1/khoi?connect_timeout=9&sslmode=require", {}, 9, WAITS),
    ],
)
def test_what_a_postgresql_database_is_given(url, told, connect, waits):
    """A server that is away is given up after seconds; what the address says itself stands."""
    code = (
        "import json; from django.conf import settings as s\n"
        "d = s.DATABASES['default']; o = d['OPTIONS']\n"
        "print(json.dumps([int(o['connect_timeout']), o.get('sslmode'), 'transaction_mode' in o, s.DATABASE_WAITS]))"
    )
    known = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment = known | told | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "khoi_ccq.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [connect, "require" if "sslmode" in url else None, False, waits]


@pytest.mark.parametrize("error", [OperationalError("unable to open database file"), None])
def test_the_site_starts_though_its_database_is_away(monkeypatch, error):
    """It tells so on each page; what cannot be understood is not passed over."""

    def away():
        raise error or OperationalError("no such column")

    monkeypatch.setattr("khoi_ccq.database.faults_of_database", away)
    monkeypatch.setattr("khoi_ccq.database.connection", SimpleNamespace(connection=None, close=lambda: None))
    if error:
        require_known_version()
        return
    with pytest.raises(OperationalError, match="no such column"):
        require_known_version()
