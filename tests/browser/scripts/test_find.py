"""static/js/find.js: the box in the head by keys alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="vi"><title>Tìm</title>
<header><form class="find"><input role="combobox" name="tim" aria-expanded="false">
<div id="tim-thay" role="listbox" hidden></div></form></header>
<main><input id="khac"><a href="#sau">Sau</a></main>
<script type="module" src="/static/js/find.js"></script></html>"""
FOUND = """list => {
  list.innerHTML = '<a role="option" id="a" href="#a">An</a><a role="option" id="b" href="#b">Bình</a>';
  list.dispatchEvent(new CustomEvent("htmx:afterSwap", {bubbles: true}));
}"""


@pytest.fixture
def page(blank):
    return blank.open(PAGE)


def told(page):
    """(whether the list is shown, the option that is chosen)"""
    box = page.locator("[role=combobox]")
    return box.get_attribute("aria-expanded"), box.get_attribute("aria-activedescendant")


def test_a_stroke_goes_to_the_box_but_is_typed_where_one_types(page):
    page.locator("#khac").press("/")
    expect(page.locator("#khac")).to_have_value("/")
    page.locator("a").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("an/b")
    expect(page.locator("[role=combobox]")).to_have_value("an/b")


def test_what_is_suggested_is_gone_through_and_opened_by_keys(page):
    page.locator("[role=combobox]").focus()
    page.locator("#tim-thay").evaluate(FOUND)
    assert told(page) == ("true", None)
    for key, chosen in (("ArrowDown", "a"), ("ArrowDown", "b"), ("ArrowDown", "a"), ("ArrowUp", "b")):
        page.keyboard.press(key)
        assert told(page) == ("true", chosen)
        assert page.locator("[aria-selected=true]").get_attribute("id") == chosen
    page.keyboard.press("Enter")
    assert page.url.endswith("#b")


def test_escape_closes_the_list_and_leaves_what_was_typed(page):
    page.locator("[role=combobox]").fill("an")
    page.locator("#tim-thay").evaluate(FOUND)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert told(page) == ("false", None)
    expect(page.locator("#tim-thay")).to_be_hidden()
    expect(page.locator("[role=combobox]")).to_have_value("an")
    page.keyboard.press("ArrowDown")
    assert told(page) == ("true", "a")


def test_an_answer_that_comes_late_opens_nothing(page):
    page.locator("#khac").focus()
    page.locator("#tim-thay").evaluate(FOUND)
    assert told(page) == ("false", None)
