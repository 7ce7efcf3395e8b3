"""The demonstration as a visitor meets it: its own database, a real server, a real browser."""

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from tests import migrated

from .interpreter import Interpreter
from .server import ROOT as ROOT
from .server import Server, environment_of, load
from .visitor import Visitor, open_chromium


@contextmanager
def database(directory, copied=None):
    """Address of a database beside the one the other tests use, gone afterwards: empty, or what stands at `copied`."""
    wanted = settings.DATABASES["default"]
    if wanted["ENGINE"].endswith("sqlite3"):
        address = f"sqlite:///{directory / 'demo.sqlite3'}"
        if copied:
            with closing(sqlite3.connect(_file_of(copied))) as old, closing(sqlite3.connect(_file_of(address))) as new:
                old.backup(new)
        else:
            migrated.lay(_file_of(address))  # where there is none the command migrates
        yield address
        return
    name = f"browser_{directory.name}_{os.getpid()}"
    where = {"host": wanted["HOST"], "port": wanted["PORT"], "user": wanted["USER"], "password": wanted["PASSWORD"]}
    connection = psycopg2.connect(dbname="postgres", **where)
    connection.autocommit = True
    cursor = connection.cursor()
    template = f' TEMPLATE "{copied.rpartition("/")[2]}"' if copied else ""
    cursor.execute(f'CREATE DATABASE "{name}"{template}')
    yield f"postgres://{where['user']}:{where['password']}@{where['host']}:{where['port']}/{name}"
    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


def _file_of(address):
    return Path(address.removeprefix("sqlite:///"))


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory):
    """Address of the demonstration as it was loaded: nobody works in it, all are given copies."""
    with database(tmp_path_factory.mktemp("loaded")) as address:
        load(address)
        yield address


@pytest.fixture(scope="session")
def demo_environment(loaded_once, tmp_path_factory):
    with database(tmp_path_factory.mktemp("browser"), copied=loaded_once) as address:
        yield environment_of(address)


@pytest.fixture(scope="session")
def address(demo_environment):
    """Where the demonstration answers."""
    server = Server(demo_environment)
    yield server.address
    server.stop()


@pytest.fixture(scope="session")
def interpreter(demo_environment):
    """What asks and prepares the shared demonstration behind the server's back."""
    interpreter = Interpreter(demo_environment)
    yield interpreter
    interpreter.stop()


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
