"""Who leaves a machine leaves nothing on it: no page is kept, and none is shown again to the next."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ledger.models import User
from members.models import Member
from tests.answers import faults
from tests.hand import Hand
from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db

site = pytest.fixture(scope="module")(standing)


def test_every_answer_that_any_test_asks_for_is_held_to_it():
    """The walk over every URL and role (tests/access/test_every_url.py) among them."""
    assert Client.request.__wrapped__.__qualname__ == "Client.request"


@pytest.mark.deep
@pytest.mark.parametrize(
    "headers", [{}, {"HX-Request": "true"}, {"Accept": "application/json"}], ids=["page", "part", "json"]
)
def test_whatever_names_a_person_is_not_kept(site, headers):
    """Pages, parts of pages and files alike: every address in reach that a leader can open from the first page."""
    ask, asked, named = site.as_("LEADER", "K"), set(), 0
    waiting = [reverse("people", args=["DB01-01", 2017]), reverse("dashboard", args=["K", 2017])]
    names = Member.objects.values_list("full_name", flat=True)
    while waiting and len(asked) < 120:
        path = waiting.pop(0)
        asked.add(path)
        answer = ask.get(path, headers=headers)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if any(name.encode() in text for name in names):
            named += 1
            assert "no-store" in answer.headers["Cache-Control"], path
        links = re.findall(r'href="(/[^"#]+|\?[^"#]+)', text.decode("utf-8", "ignore"))
        links = [(path.split("?")[0] if link[0] == "?" else "") + link.replace("&amp;", "&") for link in links]
        waiting += [x for x in dict.fromkeys(links) if x not in asked and x not in waiting and "/static/" not in x]
    assert named > 30


def test_refusals_are_not_kept(site):
    ask = site.as_("SECRETARY", "DB01-01")
    for answer, status in [
        (ask.get("/khong-co/"), 404),
        (ask.get(reverse("periods")), 403),
        (ask.get(reverse("logout")), 405),
        (site.signed_in(site.user()).get("/healthz"), 200),
    ]:
        assert answer.status_code == status
        assert "no-store" in answer.headers["Cache-Control"]


def test_static_files_keep_their_own_header(site, client):
    answer = client.head("/static/js/sheet.js")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("way_out", ["logout", "admin:logout"])
def test_signing_out_marks_the_pages_that_a_browser_holds_in_memory(site, way_out):
    """static/js/back.js compares the token a page was drawn under with the one of now."""
    ask = site.signed_in(User.objects.create_superuser(f"q-{way_out}"))
    page = ask.get(reverse("home"), follow=True)
    assert "/static/js/back.js" in page.content.decode()
    assert "/static/js/back.js" in ask.get(reverse("admin:index")).content.decode()
    before = ask.cookies["csrftoken"].value
    ask.post(reverse(way_out), follow=True)
    assert ask.cookies["csrftoken"].value not in ("", before)


def test_a_form_sends_words_and_no_printed_object(site):
    member = Member.objects.get(full_name="Lê An")
    hand = Hand(site.user("ORGANIZATION", "K")).open(reverse("errand", args=[member.pk, "mien"]))
    assert [value for form in hand.forms() for name, value in form["fields"] if name == "viec"] == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>&lt;members.errands.Errand object at 0x7f2a3c0d&gt;</p>",
        "<input value='<function label at 0x7f2a3c0d1e>'>",
        "<p>&lt;object object&gt;</p>",
        "<p>&lt;django.utils.functional.lazy.&lt;locals&gt;.__proxy__ …&gt;</p>",
    ],
)
def test_a_printed_object_is_noticed(text):
    assert len(faults(_answer(text, {"Cache-Control": "no-store"}))) == 1
    assert faults(_answer("<p>An object lesson at 0x10</p>")) == ["a browser may keep it: no Cache-Control: no-store"]


@pytest.mark.parametrize(
    "text", ["<p>Việc members.admit, đã ghi</p>", "<select name='viec_letter_1'></select>", '<input name="row">']
)
def test_a_code_and_an_english_name_are_noticed(text):
    assert len(faults(_answer(text, {"Cache-Control": "no-store"}))) == 1


def _answer(text, headers=None):
    """As the test client hands it on."""
    answer = HttpResponse(text, headers=headers)
    answer.request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    return answer
