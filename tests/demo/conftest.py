"""The demonstration, loaded once for this package and gone when its last test is over."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from demo.loader import Loader
from indicators.board import the_years
from indicators.measures import REGISTRY, counts
from organizations.models import Organization

from .recount import Recount

PASSWORD = "chi-de-thu"
YEARS = range(2013, 2019)


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """Holds one transaction around all tests of the package; each test rolls back to its own savepoint within.

    `of`: organizations by code, `code`: their codes by id, `years`: {year: Year}, `counted`: every measure counted at
    every organization in every year, as loaded.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        Loader(PASSWORD).load()
        connection.check_constraints()  # else PostgreSQL checks all that was loaded after each test again
        of = {o.code: o for o in Organization.objects.all()}
        years = the_years(YEARS)
        windows = [y.window for y in years.values()]
        yield SimpleNamespace(
            of=of,
            code={o.pk: code for code, o in of.items()},
            years=years,
            windows=windows,
            counted=counts(REGISTRY, windows, nodes=[o.pk for o in of.values()]),
        )
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def recount(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return Recount(demo.windows)
