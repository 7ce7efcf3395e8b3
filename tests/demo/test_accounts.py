"""The logins of the demonstration, and a second run of the loader."""

import io
from collections import Counter

import pytest
from django.core.management import call_command

from ledger import clock
from ledger.models import Change, Installation, User
from organizations.access import visible_to
from organizations.models import Appointment

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_accounts_for_every_office(demo):
    names = set(User.objects.values_list("username", flat=True))
    committees = {f"danguy.DB{n:02}" for n in range(1, 26)}
    secretaries = {name for name in names if name.startswith("bithu.")}
    assert names == {"quantri", "bantochuc", "kiemtra", "lanhdao"} | committees | secretaries
    cells = {c for c in demo.of if "-" in c or c.startswith("CB")} - {"CB32"}
    assert secretaries == {f"bithu.{code}" for code in cells}
    assert len(secretaries) == 192


def test_each_with_its_office():
    rows = Appointment.objects.standing().values_list("role", flat=True)
    assert Counter(rows) == {"ORGANIZATION": 1, "INSPECTION": 1, "LEADER": 1, "COMMITTEE": 25, "SECRETARY": 192}
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["quantri"]


def test_one_password_for_all():
    for name in ("quantri", "bantochuc", "danguy.DB01", "bithu.DB01-01", "bithu.CB31"):
        assert User.objects.get(username=name).check_password(PASSWORD), name


def test_what_they_see(demo):
    day = clock.today()
    seen = {}
    for name in ("quantri", "lanhdao", "danguy.DB02", "danguy.DB12", "bithu.DB01-01", "bithu.CB31"):
        codes = visible_to(User.objects.get(username=name), day).distinct().values_list("code", flat=True)
        seen[name] = set(codes)
    assert seen["quantri"] == seen["lanhdao"] == set(demo.of)
    assert seen["danguy.DB02"] == {"DB02", *(f"DB02-{n:02}" for n in range(1, 9))}
    # What it took over in 2016 stays open to the successor.
    assert seen["danguy.DB12"] >= {"DB12", "DB12-02", "CB32"}
    assert seen["bithu.DB01-01"] == {"DB01-01"}
    assert seen["bithu.CB31"] == {"CB31"}


def test_a_second_run_changes_nothing(demo):
    before = Change.objects.count(), User.objects.count()
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert out.getvalue().splitlines()[0] == "Dữ liệu mẫu đã có sẵn, không thay đổi gì."
    assert (Change.objects.count(), User.objects.count()) == before
    assert Installation.objects.count() == 1
