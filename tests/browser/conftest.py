"""The demonstration as a visitor meets it: its own database, a real server, a real browser."""

import os
from contextlib import contextmanager

import psycopg2
import pytest
from django.conf import settings

from .server import ROOT as ROOT
from .server import Server, loaded
from .visitor import Visitor, open_chromium


@contextmanager
def empty_database(directory):
    """Address of an empty database beside the one the other tests use, gone afterwards."""
    wanted = settings.DATABASES["default"]
    if wanted["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{directory / 'demo.sqlite3'}"
        return
    name = f"browser_{directory.name}_{os.getpid()}"
    where = {"host": wanted["HOST"], "port": wanted["PORT"], "user": wanted["USER"], "password": wanted["PASSWORD"]}
    connection = psycopg2.connect(dbname="postgres", **where)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgres://{where['user']}:{where['password']}@{where['host']}:{where['port']}/{name}"
    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    with empty_database(tmp_path_factory.mktemp("browser")) as address:
        yield address


@pytest.fixture(scope="session")
def demo_environment(database):
    return loaded(database)


@pytest.fixture(scope="session")
def address(demo_environment):
    """Where the demonstration answers."""
    server = Server(demo_environment)
    yield server.address
    server.stop()


@pytest.fixture
def own_server(demo_environment):
    """A second server on the same demonstration, for a test that stops it."""
    server = Server(demo_environment)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium():
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def visit(chromium, request):
    """A function: a Visitor signed in as a user, at the shared demonstration unless told."""
    visitors = []

    def visitor(user=None, at=None, **options):
        visitors.append(Visitor(chromium, at or request.getfixturevalue("address"), user, **options))
        return visitors[-1]

    yield visitor
    for one in visitors:
        one.context.close()
