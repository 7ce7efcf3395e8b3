"""static/js/passwords.js: what was typed into a password field is shown when asked, and sent hidden again."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FORM = """<form method="post"><label for="mk">Mật khẩu</label><input type="password" id="mk" name="mk">
<label for="lai">Gõ lại</label><input type="password" id="lai" name="lai"><input name="ten"><button>Gửi</button></form>
<script type="module" src="/static/js/passwords.js"></script>"""


def test_each_password_field_is_shown_and_hidden_by_its_own_box(blank):
    page = blank.open(FORM)
    page.fill("#mk", "bí mật")
    expect(page.get_by_label("Hiện mật khẩu")).to_have_count(2)
    page.click("[aria-controls=mk]")
    expect(page.locator("#mk")).to_have_attribute("type", "text")
    expect(page.locator("#mk")).to_have_value("bí mật")
    expect(page.locator("#lai")).to_have_attribute("type", "password")
    page.click("[aria-controls=mk]")
    expect(page.locator("#mk")).to_have_attribute("type", "password")
    assert blank.sent == []


def test_a_shown_password_is_hidden_again_when_it_is_sent(blank):
    page = blank.open(FORM)
    page.evaluate(
        "document.forms[0].addEventListener('submit', e => {"
        " e.preventDefault(); document.body.dataset.type = document.getElementById('mk').type })"
    )
    page.fill("#mk", "bí mật")
    page.click("[aria-controls=mk]")
    page.click("text=Gửi")
    expect(page.locator("body")).to_have_attribute("data-type", "password")
