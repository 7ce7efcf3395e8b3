"""The rules of static/css that a machine can see: one place for each, one file for colours, nothing that is not used."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin as administration

from tests.stylesheets import CSS, declared, imported, repeated
from tests.test_house import CODE, ROOT

OF_ADMINISTRATION = {"administration.css"} | {
    path.relative_to(CSS).as_posix() for path in (CSS / "administration").glob("*.css")
}
ALONE = {"no-plotly.css"} | OF_ADMINISTRATION  # linked by pages with charts, by those of the administration
FILES = [*imported(), *sorted(ALONE)]
ALL = [one for file in FILES for one in declared((CSS / file).read_text(), file)]
HEADS = {(one.selector, "display") for one in ALL if one.selector.endswith(" thead")}  # hidden where rows are cards
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|color)a?\(|\b(?:white|black|red|gr[ae]y)\b", re.I
)


def test_site_css_imports_each_file_once():
    assert len(imported()) == len(set(imported()))
    assert set(imported()) | ALONE | {"site.css"} == {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")}
    assert declared((CSS / "site.css").read_text()) == []


def test_no_rule_stands_twice():
    assert [f"{earlier} | {later}" for earlier, later in repeated(ALL)] == []


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (".a { color: red } .b { margin: 0 } .a { color: blue }", 1),
        (".a, .b { color: red } .b:hover { color: blue } .b { color: blue }", 1),
        (".a { color: red } @media print { .a { color: blue } }", 0),
        ("@media print { .a { color: red } } @media print { .a { color: blue } }", 1),
        (".a { color: red; color: blue }", 1),
        (".a { margin: 0; margin-left: 1px }", 0),
        (".a { margin: 0 } .a { margin-left: 1px }", 1),
        (".a { border: 0 } .a { border-radius: 1px }", 0),
        (".a:not(.b, .c) { color: red } .a { color: red }", 0),
        (".a  >  b { color: red }\n.a > b{ color: red }", 1),
    ],
)
def test_what_stands_twice(text, pairs):
    assert len(list(repeated(declared(text)))) == pairs


def test_paper_is_light_and_a_table_on_it_is_a_table():
    """A page of A4 is narrower than many a breakpoint, and the browser's dark colours are no colours of ink."""
    of_screens = [one for one in ALL if "prefers-color-scheme" in one.media or (one.selector, one.name) in HEADS]
    assert len(of_screens) > 10
    assert [str(one) for one in of_screens if not one.media.startswith("screen and")] == []


def test_colours_are_named_in_one_file():
    assert [str(one) for one in ALL if one.file != "tokens.css" and COLOUR.search(one.value)] == []


def test_every_token_is_used_and_every_one_used_is_there():
    of_the_site = [one for one in ALL if one.file != "administration.css"]  # that one gives Django's names our values
    tokens = {one.name for one in of_the_site if one.name.startswith("--")}
    used = {token for one in ALL for token in re.findall(r"var\((--[\w-]+)\)", one.value)}
    in_charts = {token for path in CODE for token in re.findall(r"var\((--[\w-]+)\)", path.read_text())}
    assert in_charts
    assert tokens == used | in_charts
    assert {one.file for one in of_the_site if one.name.startswith("--")} == {"tokens.css"}


def test_every_class_stands_on_a_page():
    """Found as a word of an attribute or text of templates, modules or code, of Django's administration too; plotly writes
    some itself.
    """
    theirs = {"errorlist", "js-plotly-plot", "plotly", "main-svg", "draglayer", "hoverlayer", "svg-container"}
    theirs |= {"plotly-notifier", "l1", "l3", "l4"}  # a level's rank is put together by the template
    where = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").rglob("*.js"), *CODE]
    where += [path for kind in ("*.html", "*.py", "*.js") for path in Path(administration.__file__).parent.rglob(kind)]
    where += list(Path(forms.__file__).parent.rglob("*.py"))
    words = set(re.findall(r"[\w-]+", "\n".join(path.read_text() for path in where)))
    classes = {name for one in ALL for name in re.findall(r"\.([a-z][\w-]*)", one.selector)}
    assert classes - words - theirs == set()


def luminance(colour):
    """Of #rgb or #rrggbb, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


ON = {  # {what is written: what it is written on}
    **dict.fromkeys(("ink", "ink-2", "ink-3", "accent", "good", "even", "bad", "data"), ("paper", "card")),
    "on-accent": ("accent",),
}
CHIPS = {"good": "good-soft", "even": "even-soft", "bad": "bad-soft", "ink": "wait-soft"}


@pytest.mark.parametrize("dark", [False, True])
def test_every_letter_stands_out_from_what_it_is_written_on(dark):
    light, _, night = (CSS / "tokens.css").read_text().partition("@media")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", light))
    colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", night)) if dark else {}
    pairs = [(text, ground) for text, grounds in ON.items() for ground in grounds] + list(CHIPS.items())
    told = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in told.items() if ratio < 4.5} == {}


def test_contrast_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == 21
    assert round(contrast("#777777", "#fff"), 2) == 4.48
