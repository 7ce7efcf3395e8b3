"""static/js/sheet/keyboard.js, walk.js and choices.js: the sheet without a mouse; a level and a reason exclude each other."""

import pytest
from playwright.sync_api import expect

from .sheets import choose, member, points, row, saved, says, sheet

pytestmark = pytest.mark.browser


@pytest.fixture
def keys(blank):
    """A sheet whose every saving succeeds; the focus is on An's levels."""
    for _ in range(9):
        blank.answer(**saved())
    page = blank.open(sheet())
    page.locator("[name=muc_1]").first.focus()
    return page


def focused(page):
    return page.evaluate("document.activeElement.name + '=' + document.activeElement.value")


def test_a_digit_is_a_level_and_arrows_go_from_row_to_row(keys):
    keys.keyboard.press("2")
    keys.keyboard.press("ArrowDown")
    keys.keyboard.press("1")
    keys.keyboard.press("ArrowUp")
    assert focused(keys) == "muc_1=2"
    expect(row(keys, 2).locator("input:checked")).to_have_value("1")
    expect(keys.locator("#da-luu")).to_contain_text("đều đã lưu")


def test_the_last_row_leads_to_the_cells_own_level_and_the_first_nowhere_up(keys):
    keys.keyboard.press("ArrowUp")
    assert focused(keys) == "muc_1=1"
    keys.keyboard.press("ArrowDown")
    keys.keyboard.press("ArrowDown")
    assert focused(keys) == "de_nghi=1"
    keys.keyboard.press("2")
    keys.keyboard.press("ArrowUp")
    assert focused(keys).startswith("muc_2=")
    keys.keyboard.press("ArrowDown")
    keys.keyboard.press("ArrowDown")
    assert focused(keys) == "viec=nop"  # and the cell's level is still the one that was chosen
    assert keys.locator("[name=de_nghi]:checked").get_attribute("value") == "2"


def test_keys_with_a_modifier_are_the_browsers(keys):
    keys.keyboard.press("Control+2")
    keys.keyboard.press("Alt+3")
    assert row(keys, 1).locator("input:checked").count() == 0


def test_nought_opens_the_reasons(keys):
    keys.keyboard.press("0")
    assert focused(keys) == "ly_do_1="
    expect(row(keys, 1).locator("details")).to_have_attribute("open", "")


def test_of_a_list_only_what_it_stands_on_at_the_end_is_chosen(blank):
    blank.answer(**saved())
    page = blank.open(sheet())
    page.locator("[name=muc_1]").first.focus()
    page.keyboard.press("0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert blank.sent == []
    page.keyboard.press("Tab")
    expect(says(page, 1)).to_contain_text("✓ đã lưu")
    assert [dict(one)["ly_do_1"] for one in blank.sent] == ["6"]


def test_enter_chooses_what_a_list_stands_on_without_sending_the_form(blank):
    blank.answer(**saved())
    page = blank.open(sheet())
    page.locator("[name=muc_1]").first.focus()
    page.keyboard.press("0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(says(page, 1)).to_contain_text("✓ đã lưu")
    assert [dict(one)["ly_do_1"] for one in blank.sent] == ["5"]


def test_enter_in_points_goes_on(blank):
    blank.answer(**saved())
    page = blank.open(sheet(member(1, points("diem_1")), member(2, points("diem_2"))))
    page.locator("[name=diem_1]").focus()
    page.keyboard.type("85")
    page.keyboard.press("Enter")
    assert focused(page) == "diem_2="
    expect(says(page, 1)).to_contain_text("✓ đã lưu")


def test_a_reason_lets_the_level_go_and_a_level_the_reason(keys):
    choose(keys, 1, 1)
    row(keys, 1).locator("summary").click()
    keys.select_option("[name=ly_do_1]", "5")
    assert row(keys, 1).locator(".seg input:checked").count() == 0
    choose(keys, 1, 4)
    expect(keys.locator("[name=ly_do_1]")).to_have_value("")


def test_a_reason_empties_the_points(blank):
    for _ in range(2):
        blank.answer(**saved())
    page = blank.open(sheet(member(1, points("diem_1"))))
    page.fill("[name=diem_1]", "85")
    row(page, 1).locator("summary").click()
    page.select_option("[name=ly_do_1]", "5")
    expect(page.locator("[name=diem_1]")).to_have_value("")


def test_the_link_to_an_open_row_leads_to_its_field(keys):
    keys.click("[data-next]")
    assert focused(keys) == "muc_2=1"
    assert "#" not in keys.url


def test_a_page_without_a_sheet_is_left_alone(blank):
    page = blank.open('<form></form><script type="module" src="/static/js/sheet.js"></script>')
    assert page.evaluate("document.documentElement.className") == ""


def test_with_scripts_the_page_says_so_to_its_styles(keys):
    assert keys.evaluate("document.documentElement.className") == "js"
