"""Every date that can be typed anywhere: each field of each form, each page that people reach, is given impossible ones."""

import re
from datetime import date
from html import unescape
from importlib import import_module
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django import forms
from django.urls import resolve, reverse

from ledger.web.forms import DayField
from members.actions.table import ERRANDS
from members.identity.person_form import BirthField
from members.life import statuses
from members.models import Status
from tests.hand import forms_of, signed_in_as
from tests.pages.test_pages_site import standing
from tests.world import recorded

pytestmark = pytest.mark.django_db

site = pytest.fixture(scope="module")(standing)

ROOT = Path(__file__).resolve().parents[2]
APPS = ["ledger", "organizations", "members", "inspections", "ratings", "indicators", "khoi_ccq"]
IMPOSSIBLE = ["12/03/0198", "12/03/2130", "31/12/9999"]
SAID = re.compile(
    r"[Nn]gày (?:sinh )?\d\d/\d\d/\d{4} "
    r"(?:trước \d\d/\d\d/\d{4}, ngày sớm nhất ghi được|sau \d\d/\d\d/\d{4}, ngày xa nhất ghi được|còn ở phía trước"
    r"|cách nay hơn 120 năm)\. Hãy "
)


# Every date field of every form


def every_form():
    """Form classes of the site; those of the administration are driven through its pages."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts and "management" not in path.parts:
                import_module(path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."))
    found, waiting = [], [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.split(".")[0] in APPS:
                found.append(form)
    return found


def date_fields():
    """{(form, field)} of the date fields of all forms."""
    return {
        (form, name)
        for form in every_form()
        if not issubclass(form, forms.BaseModelForm)
        for name, field in {**getattr(form, "base_fields", {})}.items()
        if isinstance(field, (forms.DateField, BirthField))
    }


def test_every_date_field_refuses_what_cannot_be(site):
    found = date_fields()
    assert len({name for _, name in found}) >= 14
    for form, name in found:
        field = form.base_fields[name]
        assert isinstance(field, (DayField, BirthField)), (form, name)
        for typed in IMPOSSIBLE:
            with pytest.raises(forms.ValidationError) as wrong:
                field.clean(typed)
            assert SAID.search(wrong.value.messages[0] + " "), (form, name, wrong.value.messages)


# Every date field of every page

DATES = re.compile(r'<input[^>]*name="([^"]+)"[^>]*placeholder="ngày/tháng/năm"')
WHICH = {"code", "year", "pk", "period", "change", "rule"}  # which one of many alike a page is about
SKIPPED = {"logout", "password_change", "login"}


def walk(client, start):
    """(kind, path, page) of what a person finds by following links: one page of each kind."""
    waiting, seen = list(start), set()
    while waiting:
        path = waiting.pop()
        match = resolve(path.partition("?")[0])
        query = re.findall(r"[?&](viec|dot|buoc)=([^&#]*)", path)
        kind = (match.url_name, *(v for k, v in match.kwargs.items() if k not in WHICH), *sorted(query))
        if kind in seen or match.url_name in SKIPPED or match.namespaces:
            continue
        page = client.get(path, follow=True)
        if page.status_code != 200 or "text/html" not in page["Content-Type"]:
            continue
        seen.add(kind)
        yield kind, path, page
        for link in re.findall(r'(?:href|action)="([^"]*)"', page.content.decode()):
            link = urljoin(path, unescape(link)).partition("#")[0]
            if link.startswith("/") and not link.startswith(("/static/", "/quan-tri/")):
                waiting.append(link)


@pytest.fixture(scope="module")
def everybody(site):
    """The Site, with somebody in each standing that brings forms of its own."""
    people = site.people
    site.enroll("Hồ Rời", "DB01-01")
    site.leave("Rời", date(2018, 3, 1), "STRUCK")
    site.enroll("Hồ Xa", "DB01-01")
    site.leave("Xa", date(2018, 3, 1))
    statuses.exempt([people["An"]], **site.act())
    statuses.set_status([people["An"]], Status.Kind.SICK, **site.act())
    return site


# Who finds other forms than those before.
ROLES = {"ORGANIZATION": "K", "INSPECTION": "K", "SECRETARY": "DB01-01"}
# Asked only where another thing holds; the form itself is asked above.
ELSEWHERE = {"chinh_thuc", "ngay_thanh_lap"}


@pytest.mark.deep
def test_every_date_on_every_page_is_refused_with_a_sentence(everybody):
    driven = set()
    for role, code in ROLES.items():
        client = signed_in_as(everybody.user(role, code))
        for kind, path, page in walk(client, [*_errands(everybody), reverse("home")]):
            for name in sorted(set(DATES.findall(page.content.decode()))):
                if (kind, name) not in driven:
                    driven.add((kind, name))
                    _drive(client, path, page, name)
    wanted = {name for _, name in date_fields()} - ELSEWHERE
    assert wanted <= {name for _, name in driven}, wanted - {name for _, name in driven}


def _errands(site):
    people = ("An", "Vân", "Rời", "Xa")
    return [reverse("errand", args=[site.people[name].pk, key]) for name in people for key in ERRANDS]


def _drive(client, path, page, name):
    """Sends each form of the page that shows the date `name`, once with every impossible day."""
    text, before = page.content.decode(), recorded()
    forms_ = zip(re.findall(r"(?s)<form([^>]*)>(.*?)</form>", text), forms_of(text), strict=True)
    for (tag, inside), form in forms_:
        if name not in DATES.findall(inside):
            continue
        send = client.post if 'method="post"' in tag.lower() else client.get
        target, data = urljoin(page.request["PATH_INFO"], unescape(form["action"])), {}
        for field, value in form["fields"]:
            data.setdefault(field, []).append(value)
        for typed in IMPOSSIBLE:
            answer = send(target, data | {name: [typed]}, follow=True)
            said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
            assert answer.status_code < 500
            assert SAID.search(said), (path, name, typed, answer.status_code, said[:1500])
    assert recorded() == before, (path, name)
