"""The levels of 56 organizations as a table: six in sight above the bar, walked by keys, nothing that was chosen is lost."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGE = "/xep-loai/K/2018/to-chuc/"
ROW = "form.levels li[data-organization]"


def test_six_organizations_stand_above_the_bar(visit):
    visitor = visit("lanhdao", viewport={"width": 1366, "height": 768})
    visitor.open(PAGE)
    page = visitor.page
    bar = page.locator(".sign-bar").bounding_box()
    ends = [row["y"] + row["height"] for row in (page.locator(ROW).nth(n).bounding_box() for n in range(6))]
    assert max(ends) <= bar["y"]
    page.mouse.wheel(0, 2000)
    expect(page.get_by_role("button", name="Ghi quyết định xếp loại")).to_be_in_viewport()
    assert visitor.complaints == []


def test_keys_walk_the_table_and_what_was_chosen_waits_for_who_comes_back(visit):
    visitor = visit("lanhdao")
    visitor.open(PAGE)
    page = visitor.page
    rows = page.locator(ROW)
    rows.first.locator(".seg input").last.focus()
    for key in ("2", "ArrowDown", "1", "ArrowDown", "0", "ArrowUp"):
        page.keyboard.press(key)
    expect(rows.nth(0).locator(".l2 input")).to_be_checked()
    expect(rows.nth(1).locator(".l1 input")).to_be_checked()
    expect(rows.nth(1).locator(".l1 input")).to_be_focused()
    expect(rows.nth(2).locator(".seg input:checked")).to_have_value(re.compile("^r"))
    expect(rows.nth(1).locator(".exemplary")).to_be_visible()
    expect(rows.nth(0).locator(".exemplary")).to_be_hidden()
    expect(page.locator("#so-dong")).to_have_text("Đang chọn 3 tổ chức, chưa ghi")
    rows.nth(0).get_by_role("link").click()
    page.go_back()
    visitor.open(PAGE)
    expect(rows.nth(1).locator(".l1 input")).to_be_checked()
    expect(page.locator("#so-dong")).to_have_text("Đang chọn 3 tổ chức, chưa ghi")
