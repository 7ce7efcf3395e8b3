"""The demonstration as a visitor meets it: its own database, a real server, a real browser."""

import os
import select
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import psycopg2
import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "thu-nghiem-2018"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
# plotly's map part writes one style of its own, which a strict policy refuses; no map is ever drawn.
KNOWN = "Applying inline style violates the following Content Security Policy directive"


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


class Server:
    """The site answering at `address`; it can be stopped and started again at the same place."""

    def __init__(self, environment):
        self.environment = environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.here = f"127.0.0.1:{free.getsockname()[1]}"
        self.address = f"http://{self.here}"
        self.start()

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "--bind", self.here, "--workers", "1", "--threads", "4"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "khoi_ccq.wsgi"], cwd=ROOT, env=self.environment, **quiet)
        _answers(f"{self.address}/healthz", self.process)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(scope="session")
def demo_environment(database):
    return loaded(database)


def loaded(database):
    """What a server or a command is told to work on the demonstration, loaded into `database`."""
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "khoi_ccq.settings"}
    environment.pop("DEMO_PASSWORD", None)
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, capture_output=True
        )
    return environment


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


def _answers(url, server):
    for _ in range(600):
        assert server.poll() is None, "the server did not start"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except URLError:
            a_moment()
    pytest.fail("the server did not answer")


def a_moment():
    """A tenth of a second without work: the server needs the core more than this loop does."""
    select.select([], [], [], 0.1)


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "no Chromium: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()


class Visitor:
    """One signed-in page that notes every complaint of the browser and every request that leaves the machine."""

    def __init__(self, chromium, address, user, **options):
        self.address, self.complaints = address, []
        self.context = chromium.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "locale": "vi-VN", "reduced_motion": "reduce", **options}
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("request", self._asked)
        if user:
            self.open("/dang-nhap/")
            self.page.fill("[name=username]", user)
            self.page.fill("[name=password]", PASSWORD)
            self.page.click("main button")
            self.page.wait_for_url(lambda url: "dang-nhap" not in url)

    def _said(self, message):
        if message.type in ("error", "warning") and KNOWN not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"left the machine: {request.url}")

    def open(self, path):
        return self.page.goto(self.address + path, wait_until="load")

    def draw(self):
        """Brings each chart into view and waits until it is drawn; returns how many."""
        charts = self.page.locator("[data-chart]")
        for i in range(charts.count()):
            charts.nth(i).scroll_into_view_if_needed()
            self.page.wait_for_function("i => document.querySelectorAll('[data-chart]')[i].dataset.drawn", arg=i)
        return charts.count()

    def overflow(self):
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


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
