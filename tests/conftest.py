import pytest
from django.db import connection
from django.test import Client
from hypothesis import settings

from tests.answers import checked
from tests.kept import kept
from tests.world import World

# One run is like the next: no example database, no clock, no luck.
settings.register_profile("house", derandomize=True, database=None, deadline=None)
settings.load_profile("house")

Client.request = checked(Client.request)


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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    # A browser leaves its event loop in the thread to the end, where nothing may ask the database any more.
    items.sort(key=lambda item: "browser" in item.keywords)
