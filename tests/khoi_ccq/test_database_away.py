"""The database does not answer, or lets somebody wait: a page in Vietnamese, one line of log, nothing typed is lost."""

import logging
import socket
from contextlib import contextmanager

import pytest
from django.conf import settings as site_settings
from django.db import OperationalError, connections
from django.test import Client
from django.urls import reverse

from khoi_ccq.database import OneLine, Trouble, trouble_of
from tests.hand import _Forms, signed_in_as
from tests.pages.test_pages_site import standing

POSTGRES = site_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
site = pytest.fixture(scope="module")(standing)


@contextmanager
def away():
    """Whatever asks the database of this thread meets a server that refuses, as when it has stopped."""
    ours = connections["default"]
    gone = ours.copy("default")
    gone.settings_dict |= {"HOST": "127.0.0.1", "PORT": str(_unused_port()), "OPTIONS": {"connect_timeout": 2}}
    if not POSTGRES:
        gone.settings_dict |= {"NAME": "/khong-co-thu-muc/khoi.sqlite3", "OPTIONS": {}}
        gone.is_in_memory_db = lambda: False
    connections["default"] = gone
    try:
        yield
    finally:
        connections["default"] = ours


def _unused_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def lines(caplog):
    """What the log would say of django's own record: one text an event, its traceback with it."""

    def told():
        found = []
        for record in caplog.records:
            if record.name == "django.request":
                assert OneLine().filter(record)
                found.append(logging.Formatter().format(record))
        return found

    return told


def asking(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def secretary(site):
    return asking(site.as_("SECRETARY", "DB01-01"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/dang-nhap/", "/quan-tri/", "/khong-co/", "/phieu"])
def test_a_page_without_the_database(secretary, lines, path):
    with away():
        page = secretary.get(path)
    text = page.content.decode()
    assert page.status_code == 503
    assert "Cơ sở dữ liệu chưa trả lời" in text
    assert "Tải lại" in text
    assert page.headers["Retry-After"] == "10"
    assert "no-store" in page.headers["Cache-Control"]
    (line,) = lines()
    assert line.startswith("Cơ sở dữ liệu chưa trả lời (")
    assert "\n" not in line
    assert len(line) < 300


@pytest.mark.django_db
def test_the_machine_that_watches_is_told_plainly(site):
    with away():
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content.decode()) == (503, "cơ sở dữ liệu không trả lời")
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_the_saving_of_a_line_is_told_that_nothing_was_saved(secretary, lines):
    """static/js/sheet.js keeps what it has on any answer of 500 or more, and sends it again."""
    address = reverse("rating_line", args=["DB01-01", (2018, None)])
    with away():
        answer = secretary.post(address, {"dang_vien": "1"}, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json()["unsaved"] is True
    assert "Việc vừa gửi chưa được ghi" in answer.json()["error"]
    assert len(lines()) == 1


@pytest.mark.django_db
def test_a_form_comes_back_and_can_be_sent_again(site, lines):
    client = asking(signed_in_as(site.user("ORGANIZATION", "K"), enforce_csrf_checks=True))
    client.get(reverse("password_change"))
    token = client.cookies["csrftoken"].value
    sent = {"csrfmiddlewaretoken": token, "nam": "2019", "ghi_chu": '\ndòng một\ndòng <hai> & "ba"', "o": ["1", "2"]}
    with away():
        page = client.post(reverse("periods") + "?nam=2019", sent)
    assert page.status_code == 503
    assert "Những gì đã gõ còn nguyên" in page.content.decode()
    (form,) = _Forms(page.content.decode()).forms
    assert form["action"] == reverse("periods") + "?nam=2019"
    back = [(name, value.removeprefix("\n")) for name, value in form["fields"]]
    assert ("ghi_chu", '\ndòng một\ndòng <hai> & "ba"') in back
    assert [value for name, value in back if name == "o"] == ["1", "2"]
    assert len(lines()) == 1
    again = client.post(form["action"], dict(back))
    assert again.status_code in (302, 400)  # understood by the page: no refusal of the token


@pytest.mark.django_db
def test_what_a_stranger_sent_is_not_offered_again(site):
    client = asking(signed_in_as(site.user("ORGANIZATION", "K"), enforce_csrf_checks=True))
    with away():
        page = client.post(reverse("periods"), {"nam": "2019"})
    assert page.status_code == 503
    assert _Forms(page.content.decode()).forms == []


@pytest.mark.django_db
def test_a_password_is_not_written_into_a_page(site):
    with away():
        page = asking(Client()).post(reverse("login"), {"username": "a", "password": "bi-mat"})
    assert page.status_code == 503
    assert "bi-mat" not in page.content.decode()
    assert "Việc vừa gửi chưa được ghi." in page.content.decode()


@pytest.mark.django_db
def test_any_other_fault_is_told_without_the_database_too(secretary, monkeypatch):
    def broken(request):
        raise ValueError("hỏng")

    monkeypatch.setattr("khoi_ccq.views.connection", property(broken))
    page = secretary.get("/healthz")
    assert page.status_code == 500
    assert "Có lỗi ở máy chủ" in page.content.decode()


@pytest.mark.django_db
def test_a_form_comes_back_from_any_other_fault_too(site, monkeypatch):
    monkeypatch.setattr("khoi_ccq.views.connection", property(lambda request: 1 / 0))
    client = asking(Client(enforce_csrf_checks=True))
    client.get(reverse("login"))
    sent = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value, "ghi_chu": "đang gõ dở"}
    page = client.post("/healthz", sent)
    assert page.status_code == 500
    (form,) = _Forms(page.content.decode()).forms
    assert ("ghi_chu", "đang gõ dở") in [(name, value.removeprefix("\n")) for name, value in form["fields"]]
    assert _Forms(client.post("/healthz", {"ghi_chu": "của người lạ"}).content.decode()).forms == []


# What kind of trouble it is


class Said(Exception):
    def __init__(self, pgcode):
        self.pgcode = pgcode


def said(code, error=OperationalError):
    found = error("…")
    found.__cause__ = Said(code)
    return found


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (said("55P03"), Trouble.BUSY),
        (said("40P01"), Trouble.BUSY),
        (said("57014"), Trouble.SLOW),
        (said("25P03"), Trouble.SLOW),
        (said("57P01"), Trouble.AWAY),
        (said("08006"), Trouble.AWAY),
        (said("53300"), Trouble.AWAY),
        (said("42P01"), None),
        (OperationalError("database is locked"), Trouble.BUSY),
        (OperationalError("unable to open database file"), Trouble.AWAY),
        (OperationalError("no such table: ledger_user"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
)
def test_troubles_are_told_apart(error, trouble):
    assert trouble_of(error) is trouble


def test_a_trouble_is_found_behind_another_error():
    try:
        try:
            raise OperationalError("database is locked")
        except OperationalError as inner:
            raise ValueError("trang không vẽ được") from inner
    except ValueError as error:
        assert trouble_of(error) is Trouble.BUSY
