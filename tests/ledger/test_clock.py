"""One clock: the demo's day, the real day, and one day for each request."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from ledger import clock
from ledger.models import Installation
from ledger.web.middleware import OneDayPerRequest

DEMO = date(2018, 12, 14)
REAL = date(2031, 5, 6)


@pytest.fixture
def installed(db, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: REAL)
    return lambda day: Installation.objects.create(demo_day=day)


def test_without_a_demo_it_is_the_real_day(installed):
    assert (clock.today(), clock.is_demo()) == (REAL, False)
    installed(None)
    assert (clock.today(), clock.is_demo()) == (REAL, False)


def test_a_demo_stands_still(installed):
    installed(DEMO)
    assert (clock.today(), clock.is_demo()) == (DEMO, True)


def test_production_ignores_the_demo_day(installed, settings):
    installed(DEMO)
    settings.PRODUCTION = True
    assert (clock.today(), clock.is_demo()) == (REAL, False)


def test_a_fixed_day_ends_with_its_block(installed):
    with clock.fixed(date(2017, 12, 31)):
        assert clock.today() == date(2017, 12, 31)
    assert clock.today() == REAL
    with pytest.raises(RuntimeError), clock.fixed(date(2017, 12, 31)):
        raise RuntimeError
    assert clock.today() == REAL


def test_a_request_that_passes_midnight_keeps_its_day(installed, monkeypatch, django_assert_num_queries):
    seen = []

    def page(request):
        seen.append(clock.today())
        monkeypatch.setattr(timezone, "localdate", lambda: date(2031, 5, 7))
        seen.append(clock.today())
        return HttpResponse()

    with django_assert_num_queries(1):
        OneDayPerRequest(page)(RequestFactory().get("/"))
    assert seen == [REAL, REAL]
    assert clock.today() == date(2031, 5, 7)


def test_static_files_and_the_health_check_ask_for_no_day(installed, django_assert_num_queries):
    with django_assert_num_queries(0):
        OneDayPerRequest(lambda request: HttpResponse())(RequestFactory().get("/healthz"))
