"""Fields and what stands behind the “?” of an address are named in Vietnamese; of each answer tests/answers.py holds it."""

import re
from pathlib import Path

import pytest
from django import forms
from django.urls import get_resolver

from tests.answers import faults
from tests.field_names import FIELD, strange

ROOT = Path(__file__).parents[2]
ENGLISH = "year quarter number date issuer sure why name bloc target_1 was_1 cell_due".split()


@pytest.mark.parametrize("name", ENGLISH)
def test_an_english_name_is_found(name):
    assert strange([name, "ly_do", "tach_DB05_ten_1", "v_12"]) == [name]


def test_it_is_found_on_a_page(client, db):
    page = client.get("/dang-nhap/")
    assert faults(page) == []
    page.content = page.content.replace(b'name="username"', b'name="user"')
    assert faults(page) == ["fields with names that are no Vietnamese: ['user']"]


def test_fields_of_forms():
    assert get_resolver().url_patterns  # every module with a form is read
    found, waiting = set(), [forms.Form]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found.update(form for form in below if not form.__module__.startswith(("django", "tests", "axes")))
    names = {name for form in found if ".admin" not in form.__module__ for name in form.base_fields}
    assert {"so", "ngay", "co_quan", "ly_do", "xac_nhan", "han_chi_bo", "ngay_thanh_lap"} <= names
    assert not strange(names)


def test_what_templates_and_scripts_name():
    names = set()
    for file in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/**/*.js")]:
        if not {"admin", "simple_history"} & set(file.relative_to(ROOT).parts):
            text = file.read_text()
            names.update(FIELD.findall(text), re.findall(r"""[?&]([a-z_]+)=""", text))
    assert {"viec", "ly_do", "dang_bo", "tat_ca"} <= names
    assert not strange(names)


def test_what_views_read():
    apps = [folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists() and folder.name != "tests"]
    names = set()
    for file in (file for app in apps for file in app.rglob("*.py")):
        names.update(re.findall(r"""\.(?:GET|POST)(?:\.get|\.getlist)?[(\[]"([a-z_]+)""", file.read_text()))
    assert {"cau", "hang", "tu"} <= names
    assert not strange(names)
