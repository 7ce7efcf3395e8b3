"""What was typed in several lines stays in several lines: in fields, in columns, on pages."""

import importlib
import pkgutil
import re

from django import forms
from django.conf import settings
from django.urls import reverse

from ledger.fields import CleanTextField
from ledger.models import Change
from ratings.models import Sheet
from tests.hand import Hand
from tests.ratings.desk import Desk

TWO_LINES = "Dòng một\nDòng hai"


def every_form():
    """Every class of form of the site."""
    for app in ("ledger", "organizations", "members", "inspections", "ratings", "indicators", "khoi_ccq"):
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "migrations" not in module.name and "management" not in module.name and module.name != "khoi_ccq.wsgi":
                importlib.import_module(module.name)
    found, waiting = set(), [forms.Form]
    while waiting:
        for sub in waiting.pop().__subclasses__():
            if sub not in found and not sub.__module__.startswith(("django", "axes", "simple_history", "tests")):
                found.add(sub)
            waiting.append(sub)
    return found


CELLS = ("UploadForm", "dan")  # pasted cells, whose tabs and quotes mean something


def test_every_field_of_several_lines_keeps_them():
    areas = [
        (form.__name__, name, field)
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea) and (form.__name__, name) != CELLS
    ]
    assert {"ly_do", "noi_dung"} <= {name for _, name, _ in areas}
    for form, name, field in areas:
        assert field.clean("Dòng một\r\n\r\n  Dòng  hai\r\n") == "Dòng một\n\nDòng hai", (form, name)


def test_every_column_that_a_textarea_fills_keeps_lines():
    columns = [(Change, "reason"), (Sheet, "returned_because"), (Sheet, "over_cap"), (Sheet, "explanation")]
    for model, name in columns:
        assert isinstance(model._meta.get_field(name), CleanTextField), (model, name)


def test_no_template_folds_the_lines_of_a_reason():
    folded = [
        (path.name, found)
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for found in re.findall(
            r"\{\{ [a-z_.]*(?:(?:change|act|voided|undone|added|badge|award|step)\.reason|over_cap|explanation"
            r"|returned_because|conclusion\.text) \}\}",
            path.read_text(),
        )
    ]
    assert folded == []


def test_a_reason_of_two_lines_by_its_pages(world):
    desk = Desk(world, 2018)
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    committee, secretary = (world.user(*office) for office in (("COMMITTEE", "DB01"), ("SECRETARY", "DB01-01")))
    hand = Hand(committee).open(reverse("ratings", args=["DB01-01", (2018, None)]))
    hand.press("return", ly_do="Dòng một\r\nDòng hai")
    assert desk.sheet("DB01-01").returned_because == TWO_LINES
    assert Change.objects.latest("pk").reason == TWO_LINES
    shown = "Dòng một<br>Dòng hai"
    page = reverse("ratings", args=["DB01-01", (2018, None)])
    assert shown in Hand(secretary).open(page).page.content.decode()
    history = reverse("rating_history", args=["DB01-01", (2018, None)])
    assert shown in Hand(secretary).open(history).page.content.decode()
    keeper = Hand(world.user("ORGANIZATION", "K"))
    keeper.open(reverse("errand", args=[world.people["An"].pk, "mien"]))
    paper = {"so": "1-QĐ", "ngay": "01/12/2018", "co_quan": "Đảng ủy", "tu_ngay": "01/12/2018"}
    keeper.press(None, ly_do="Dòng một\r\nDòng hai", **paper)
    assert Change.objects.latest("pk").reason == TWO_LINES
    assert shown in keeper.open(reverse("member", args=[world.people["An"].pk])).page.content.decode()
