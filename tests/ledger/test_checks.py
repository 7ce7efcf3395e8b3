"""What the site refuses to start with."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import NotSupportedError, connection

from ledger.checks import OLDEST

pytestmark = pytest.mark.django_db


def said():
    found = run_checks() + run_checks(tags=[Tags.database], databases=["default"])
    return {error.id: error.msg for error in found if error.id.startswith("ledger.")}


def test_this_database_is_one_the_figures_were_tried_on():
    assert said() == {}


def test_an_older_database_is_refused_with_its_version(monkeypatch):
    older = (OLDEST[connection.vendor][0] - 1, 9)
    monkeypatch.setattr(connection, "get_database_version", lambda: older)
    name = {"sqlite": "SQLite từ bản 3.40", "postgresql": "PostgreSQL từ bản 14"}[connection.vendor]
    assert said() == {
        "ledger.E003": f"Phần mềm cần {name} trở lên; máy này có bản {older[0]}.9. Hãy nâng cấp rồi chạy lại."
    }


def test_a_database_too_old_for_django_itself_is_refused_in_our_words(monkeypatch):
    def refuse():
        raise NotSupportedError("PostgreSQL 14 or later is required (found 13.4).")

    monkeypatch.setattr(connection, "get_database_version", refuse)
    assert said()["ledger.E003"].endswith("máy này có một bản cũ hơn. Hãy nâng cấp rồi chạy lại.")
