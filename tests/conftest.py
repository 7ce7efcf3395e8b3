import gc
import re
from functools import partial
from zlib import crc32

import pytest
from django.db import connection, connections
from django.test import Client
from hypothesis import settings

from tests import migrated
from tests.answers import checked
from tests.kept import kept
from tests.site import signed_in, site  # noqa: F401
from tests.world import World

# One run is like the next: no example database, no clock, no luck.
settings.register_profile("house", derandomize=True, database=None, deadline=None)
settings.load_profile("house")

Client.request = checked(Client.request)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):
    """Whether the tests begin with a copy of the database that an earlier run has migrated."""
    if connection.vendor != "sqlite":
        return False
    return migrated.lay(connection.creation._get_test_db_name())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.keep(connection)
    yield
    if django_db_keepdb:
        with django_db_blocker.unblock():
            connections.close_all()
            # Asked for by its name: where no test that was chosen is marked to use one, it is the site's own that is open.
            migrated.forget(connection.creation._get_test_db_name())


@pytest.fixture
def world(db):
    return kept(World)


@pytest.fixture
def committed(catalogues_come_back, transactional_db, django_db_serialized_rollback):
    """Real commits, for threads and for changes of tables. Use it instead of django_db(transaction=True)."""


@pytest.fixture
def catalogues_come_back(django_db_setup, django_db_blocker):
    # Such a test empties every table at its end, and what the migrations brought is gone for whoever comes next.
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


# What the figures say and what commits is always held to both databases. Of the other tests each runs on one of them,
# with --deep on both; so do walks that are drawn, pages that show the figures, and each form that is sent twice.
FIGURES = ("tests/demo/", "tests/indicators/", "tests/reorganizations/test_rehearsal")
ON_ONE = re.compile(
    "tests/indicators/closing/test_closing_walk|tests/indicators/lenses/test_lenses_walk|tests/field/sent_twice/|"
    r"tests/indicators/.*_pages?\.py"
)
# PostgreSQL plans every query anew, which costs half as much again as the rest of a test; and the browser comes after it.
ONE_IN = 4


def _with_room(call, **arguments):
    return call(**arguments)


# The interpreter maps its stack in pieces of 16 KB and gives each back as soon as it is empty. A test is called so deep that
# some loop of a template always runs across an edge: thousands of pieces a request, a tenth of all its time. A frame that
# claims 800 KB leaves whatever it calls within one piece.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=100_000)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    call = pyfuncitem.obj
    pyfuncitem.obj = partial(_with_room, call)
    try:
        return (yield)
    finally:
        pyfuncitem.obj = call


def pytest_collection_finish(session):
    """What was loaded up to here lives to the end: the collector need not walk through it again and again.

    Nor, for a run of minutes, as often as it would for a server of months.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_addoption(parser):
    parser.addoption("--share", action="store_true", help="what is no figure on one database alone")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    # A browser leaves its event loop in the thread to the end, where nothing may ask the database any more.
    items.sort(key=lambda item: "browser" in item.keywords)
    if config.getoption("share"):
        ours, others = [], []
        for item in items:
            (others if _of_the_other_database(item) else ours).append(item)
        config.hook.pytest_deselected(items=others)
        items[:] = ours


def _of_the_other_database(item):
    """Whether the run on the other database has this test; drawn by its name, so that every kind is met on both."""
    figures_or_commits = item.nodeid.startswith(FIGURES) or "committed" in item.fixturenames
    if figures_or_commits and not ON_ONE.match(item.nodeid):
        return False
    if any(map(item.get_closest_marker, ("skipif", "browser"))):  # these say themselves where they run
        return False
    of_postgresql = crc32(item.nodeid.encode()) % ONE_IN == 0
    return of_postgresql != (connection.vendor == "postgresql")
