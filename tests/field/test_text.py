"""Every text, date and query parameter of the site means what its clean text means: found by walking, never by a list.

Whatever page the site has is opened; every link with a query string on it is followed, and every form on it is sent,
twice: as it is typed, and with direction marks, decomposed letters, no-break spaces and en dashes. The answers and what
was written must be the same.
"""

import html
import importlib
import pkgutil
import re
import unicodedata
from collections import Counter
from copy import deepcopy
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.management import get_commands, load_command_class
from django.db import models, transaction
from django.urls import Resolver404, resolve, reverse

from ledger.management.arguments import CleanedCommand
from ledger.text import sent
from ledger.web.forms import DayField
from ledger.web.sent import is_secret
from tests.access.rows import ROLES as ROLES_OF_ROWS
from tests.access.rows import ROWS, address
from tests.pages.test_pages_site import standing
from tests.standing import countable
from tests.test_house import FLOORS

pytestmark = pytest.mark.django_db

site = pytest.fixture(scope="module")(standing)

LINE, DATE, NUMBER = "Lê Thị Ửng", "05-08-1994", "12345678"
MOST_LINKS = 3  # of one page and one set of parameter names


def dirty(text):
    """`text` as it comes out of another program: it says the same and looks the same."""
    if not text:
        return text
    half = len(text) // 2
    marked = unicodedata.normalize("NFD", text[:half]) + "\u200b" + unicodedata.normalize("NFD", text[half:])
    if " " not in text and "\n" not in text:
        marked = re.sub(r"(?<=\w)-(?=\w)", "–", marked)
    around = ("", "") if "\n" in text or "\t" in text else ("\u00a0", " \u00a0")
    marked = marked.replace(" ", "\u00a0")
    return f"\u200e{around[0]}\u2067{marked}\u2069\u202c{around[1]}\ufeff"


class Page(HTMLParser):
    """`links`: addresses with a query; `forms`: [(method, action, [(name, value)])], empty fields filled by their kind."""

    def __init__(self, text):
        super().__init__()
        self.links, self.onward, self.forms, self.inside, self.select, self.area = set(), set(), [], None, None, None
        self.ids = {}
        self.feed(text)

    def handle_starttag(self, tag, pairs):
        given = dict(pairs)
        if tag == "a" and given.get("href"):
            (self.links if "?" in given["href"] else self.onward).add(given["href"].split("#")[0])
        if tag == "form":
            self.inside = (given.get("method", "get").lower(), given.get("action", ""), [])
            self.ids[given.get("id")] = self.inside
            self.forms.append(self.inside)
        form = self.ids.get(given["form"]) if "form" in given else self.inside
        name = given.get("name")
        if tag == "option" and self.select:
            self._choose(given)
        if form is None or not name:
            return
        fields = form[2]
        if tag == "input" and given.get("type") in ("checkbox", "radio"):
            if "checked" in given or given["type"] == "radio" and name not in dict(fields):
                fields.append((name, given.get("value") or "on"))
        elif tag == "input":
            fields.append((name, given.get("value") or sample(given)))
        elif tag == "button" and given.get("value"):
            fields.append((name, given["value"]))
        elif tag == "select":
            self.select = (len(fields), name, fields)
        elif tag == "textarea":
            self.area = (name, [], fields)

    def _choose(self, given):
        place, name, fields = self.select
        if "selected" in given or len(fields) == place:
            del fields[place:]
            fields.append((name, given.get("value") or ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            name, parts, fields = self.area
            fields.append((name, "".join(parts) or f"{LINE}\nQuý – Quí"))
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)


def sample(given):
    if given.get("type") == "hidden":
        return ""
    if "ngày" in given.get("placeholder", ""):
        return DATE
    return NUMBER if given.get("inputmode") in ("numeric", "decimal") else LINE


def seen(answer):
    """What an answer says, without what is signed or counted anew each time."""
    text = html.unescape(answer.content.decode())
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|"csrfToken": "[^"]*"', "", text)
    text = re.sub(r"[\w-]*:[\w-]{5,8}:[\w-]{20,}", "SIGNED", text)
    return answer.status_code, re.sub(r"\d+", "#", answer.get("Location", "")), text


def written():
    """{(model, what a row says without keys): how many}"""
    found = Counter()
    for model in apps.get_models():
        if model._meta.app_label in FLOORS:
            names = [
                f.name
                for f in model._meta.concrete_fields
                if not (f.is_relation or f.primary_key or f.name == "id" or "_at" in f.name)
            ]  # an earlier version keeps the key of its row, which PostgreSQL numbers on however little is kept
            names = [n for n in names if not isinstance(model._meta.get_field(n), models.DateTimeField)]
            found.update((model.__name__, *countable(row)) for row in model._base_manager.values_list(*names))
    return found


def asked(browser, method, path, pairs):
    """(the answer, what it wrote, if anything), and everything is as before."""
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    cookies = deepcopy(browser.cookies)  # a sentence that is to be told on the next page lies in one
    with transaction.atomic():
        answer = getattr(browser, method)(path, data)
        told = seen(answer)
        rows = written() if method == "post" and answer.status_code == 302 else Counter()
        transaction.set_rollback(True)
    browser.cookies = cookies
    return told, rows


def kind_of(path):
    """What makes two pages alike for the walk: the view and the words in its address, not of whom or of when it is."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    words = [
        str(v) for k, v in found.kwargs.items() if k not in ("code", "year", "pk", "change", "object_id", "period")
    ]
    return (found.view_name, *words)


ROLES = {
    "organization": ("ORGANIZATION", "K"),
    "inspection": ("INSPECTION", "K"),
    "secretary": ("SECRETARY", "DB01-01"),
    "administrator": None,
}


def starts(role):
    """Addresses of every page that `role` may open."""
    if role == "administrator":
        lists = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry]
        adds = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_add") for m in admin.site._registry]
        return [*lists, *adds, reverse("password_change"), reverse("first_steps")]
    column = 3 + ROLES_OF_ROWS.index(role)
    rows = [row for row in ROWS if row[1] == "GET" and row[column].startswith("200") and row[0] != "admin:*"]
    return [address(name, place, role) for name, _, place, *_ in rows]


@pytest.mark.deep
@pytest.mark.parametrize("role", ROLES)
def test_the_site_reads_what_is_meant(site, role):
    browser = site.as_administrator() if role == "administrator" else site.as_(*ROLES[role])
    waiting, known, sent_forms, links = starts(role), set(), 0, 0
    while waiting:
        path = waiting.pop()
        kind = kind_of(path)
        if kind is None or kind in known or kind[0] in ("logout", "admin:logout", "admin:jsi18n"):
            continue
        answer = browser.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        known.add(kind)
        page = Page(answer.content.decode())
        waiting += sorted(urljoin(path, link) for link in page.onward if link.startswith("/"))
        links += follow(browser, path, page.links)
        sent_forms += send(browser, path, page.forms)
    assert len(known) > 10
    assert links + sent_forms > 10


def follow(browser, path, found):
    """Follows the links with a query; how many."""
    kinds, n = Counter(), 0
    for link in sorted(found):
        to = urlsplit(urljoin(path, link))
        pairs = parse_qsl(to.query, keep_blank_values=True)
        names = (kind_of(to.path), tuple(sorted({name for name, _ in pairs})))
        kinds[names] += 1
        if names[0] is None or kinds[names] > MOST_LINKS:
            continue
        compare(browser, "get", to.path, pairs)
        n += 1
    return n


def send(browser, path, found):
    n = 0
    for method, action, pairs in found:
        to = urlsplit(urljoin(path, action)).path
        if kind_of(to) and kind_of(to)[0] not in ("logout", "admin:logout"):
            compare(browser, method, to, pairs)
            n += 1
    return n


def compare(browser, method, path, pairs):
    clean = [(name, sent(value)) for name, value in pairs]
    marked = [(name, value if is_secret(name) else dirty(value)) for name, value in clean]
    (told, rows), (meant, wanted) = (asked(browser, method, path, data) for data in (marked, clean))
    assert told == meant, (method, path, clean)
    assert (rows - wanted, wanted - rows) == (Counter(), Counter()), (method, path, clean)


# The same of the fields alone: they are also filled where nothing was sent by a browser (a command, an import, a paste).


def subclasses(cls):
    return {cls, *(found for one in cls.__subclasses__() for found in subclasses(one))}


def forms_of_the_site():
    for app in FLOORS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations." not in module.name and ".commands" not in module.name:
                importlib.import_module(module.name)
    known = {cls for cls in subclasses(forms.BaseForm) if hasattr(cls, "base_fields")}
    return {cls for cls in known if cls.__module__.split(".")[0] in (*FLOORS, "django")}


def test_every_day_is_read_by_the_one_field():
    wrong = {
        (cls.__name__, name)
        for cls in forms_of_the_site()
        if cls.__module__.split(".")[0] in FLOORS and not issubclass(cls, forms.BaseModelForm)
        for name, field in cls.base_fields.items()
        if isinstance(field, forms.DateField) and not isinstance(field, DayField)
    }
    assert not wrong


def test_every_field_reads_a_marked_text_as_the_clean_one():
    samples = (LINE, "K'Brôi", DATE, NUMBER, "62,5", "DB01-01", "12-QĐ/ĐUK")
    for cls in forms_of_the_site():
        for name, field in cls.base_fields.items():
            if is_secret(name) or isinstance(field, (forms.FileField, forms.ChoiceField)):
                continue  # what is chosen from a list that the form fills is sent by the walk
            for text in samples:
                marked = dirty(text) if isinstance(field, DayField) else sent(dirty(text))
                assert outcome(field, marked) == outcome(field, text), (cls, name, text)


def outcome(field, text):
    try:
        return field.clean(text)
    except forms.ValidationError as wrong:
        return wrong.messages


def test_every_password_is_known_for_one():
    for cls in forms_of_the_site():
        for name, field in cls.base_fields.items():
            assert is_secret(name) == isinstance(field.widget, forms.PasswordInput) or name in (
                "password",  # the administration shows that one is set
                "usable_password",
            ), (cls, name)


def test_every_command_of_ours_cleans_its_arguments():
    ours = {name for name, app in get_commands().items() if app in FLOORS}
    assert ours >= {"figures", "roll", "sheets", "remind", "self_check"}
    for name in ours:
        assert isinstance(load_command_class(get_commands()[name], name), CleanedCommand), name
