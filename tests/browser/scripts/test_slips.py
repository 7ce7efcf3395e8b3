"""static/js/print.js: a page is printed by a button; static/js/slips.js: what takes long says so."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MODULE = '<script type="module" src="/static/js/slips.js"></script>'
PRINT = '<script type="module" src="/static/js/print.js"></script>'


def test_a_button_prints(blank):
    page = blank.open(
        f"<script>print = () => document.title = 'in'</script>{PRINT}<button data-print hidden>In</button>"
    )
    page.click("button")
    expect(page).to_have_title("in")


def test_a_list_opened_to_be_printed_prints_once_and_not_again_when_it_is_loaded_anew(blank):
    page = blank.open(f"<script>print = () => document.title += 'in'</script>{PRINT}<p data-print-now>Cả 60 dòng</p>")
    expect(page).to_have_title("in")
    page.reload(wait_until="load")
    page.wait_for_function("document.readyState === 'complete'")
    expect(page).to_have_title("")


@pytest.mark.parametrize(("what", "is_slow"), [("tao-tat-ca", True), ("tao", False)])
def test_what_takes_long_says_so(blank, what, is_slow):
    form = f'<form><p data-slow hidden>Xin chờ</p><button name="viec" value="{what}">Tạo</button></form>'
    page = blank.open(f"{MODULE}<script>addEventListener('submit', e => e.preventDefault())</script>{form}")
    page.click("button")
    expect(page.locator("[data-slow]")).to_be_visible(visible=is_slow)
