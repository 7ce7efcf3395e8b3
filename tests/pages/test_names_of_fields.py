"""What a form sends and what stands behind the “?” of an address are named in Vietnamese without marks, word by word."""

import re
from pathlib import Path

import pytest
from django import forms

import khoi_ccq.urls  # noqa: F401  every form there is

ROOT = Path(__file__).parents[2]
SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|p|ph|qu?|r|s|th?|tr|v|x)?"
    r"(?:ie|uoi|uye|uya|uo|ua|ue|uy|oai|oay|oa|oe|ye|yeu|ieu|ai|ao|au|ay|eo|eu|ia|iu|oi|ui|uu|a|e|i|o|u|y)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)
# Of Django and of django-tables2, whose pages and paging read them.
OF_LIBRARIES = {"next", "username", "password", "old_password", "new_password1", "new_password2", "page", "sort"}
ONE_LETTER = {"v"}  # the version of a line, v_12


def strange(names):
    """Those of `names` with a word that is no Vietnamese syllable."""
    words = {name: re.findall(r"[a-z]+", name) for name in names - OF_LIBRARIES}
    return {
        name for name, parts in words.items() if not all(SYLLABLE.fullmatch(w) for w in parts if w not in ONE_LETTER)
    }


def forms_of_pages():
    """Every form of ours that no model and no administration draws."""
    found, waiting = set(), [forms.Form]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found.update(below)
    return [
        form
        for form in found
        if not form.__module__.startswith(("django", "tests", "axes")) and ".admin" not in form.__module__
    ]


@pytest.mark.parametrize(
    "name", ["year", "quarter", "number", "date", "issuer", "sure", "why", "name", "bloc", "target_1", "was_1"]
)
def test_an_english_name_is_found(name):
    assert strange({name}) == {name}


def test_fields_of_forms():
    found = {name for form in forms_of_pages() for name in form.base_fields}
    assert {"so", "ngay", "co_quan", "ly_do", "xac_nhan", "han_chi_bo", "ngay_thanh_lap"} <= found
    assert not strange(found)


def test_fields_that_templates_and_scripts_name():
    found = set()
    for file in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/**/*.js")]:
        if "templates/admin" not in file.as_posix():
            text = file.read_text()
            found.update(re.findall(r"""<(?:input|select|textarea|button)\b[^>]*?\bname=["']([a-z_0-9]+)""", text))
            found.update(re.findall(r"""[?&]([a-z_]+)=""", text))
    assert {"viec", "ly_do", "dang_bo", "trang_thai"} <= found
    assert not strange(found)


def test_what_views_read():
    apps = [folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists() and folder.name != "tests"]
    found = set()
    for file in (file for app in apps for file in app.rglob("*.py")):
        found.update(re.findall(r"""\.(?:GET|POST)(?:\.get|\.getlist)?[(\[]"([a-z_]+)""", file.read_text()))
    assert {"trang", "nam"} <= found
    assert not strange(found)
