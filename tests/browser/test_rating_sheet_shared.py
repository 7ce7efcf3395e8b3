"""The rating sheet in two real browsers at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.sheets import all_saved, rows, sheet

pytestmark = pytest.mark.browser


def test_two_browsers_on_one_line(visit):
    first, second = visit("bithu.DB17-04"), visit("bithu.DB17-04")
    for visitor in (first, second):
        visitor.open(sheet("DB17-04"))
    rows(first.page).nth(0).locator(".seg label").nth(1).click()
    all_saved(first.page)
    row = rows(second.page).nth(0)
    row.locator(".seg label").nth(2).click()
    expect(row.locator(".st")).to_contain_text("vừa ghi “tốt”. Của đồng chí vẫn ở đây, chưa lưu.")
    expect(row.locator("input:checked")).to_have_value("3")
    row.get_by_role("button", name="Giữ của tôi").click()
    all_saved(second.page)
    first.page.reload()
    expect(rows(first.page).nth(0).locator("input:checked")).to_have_value("3")


def test_two_browsers_and_the_second_gives_way(visit):
    first, second = visit("bithu.DB17-04"), visit("bithu.DB17-04")
    for visitor in (first, second):
        visitor.open(sheet("DB17-04"))
    rows(first.page).nth(1).locator(".seg label").nth(1).click()
    all_saved(first.page)
    row = rows(second.page).nth(1)
    row.locator(".seg label").nth(2).click()
    row.get_by_role("button", name="Lấy của người kia").click()
    expect(row.locator("input:checked")).to_have_value("2")
    row.locator(".seg label").nth(3).click()
    all_saved(second.page)


def test_two_browsers_without_javascript(visit):
    first, second = (visit("bithu.DB24-03", java_script_enabled=False) for _ in range(2))
    for visitor in (first, second):
        visitor.open(sheet("DB24-03"))
    for visitor, level in ((first, 1), (second, 2)):
        rows(visitor.page).nth(0).locator(".seg label").nth(level).click()
        visitor.page.get_by_role("button", name="Lưu", exact=True).click()
    row = rows(second.page).nth(0)
    expect(row.locator(".st")).to_contain_text("vừa ghi “tốt”.")
    expect(row.locator("input:checked")).to_have_value("3")
    second.page.get_by_role("button", name="Lưu", exact=True).click()
    expect(second.page.locator(".messages")).to_contain_text("Đã lưu 1 dòng.")


def test_what_was_kept_here_does_not_write_over_what_another_wrote_meanwhile(visit, own_server):
    first = visit("bithu.DB13-02", at=own_server.address)
    first.open(sheet("DB13-02"))
    own_server.stop()
    rows(first.page).nth(0).locator(".seg label").nth(2).click()
    expect(first.page.locator("#ket-noi")).to_contain_text("Mất kết nối")
    first.page.goto("about:blank")
    own_server.start()
    second = visit("bithu.DB13-02")
    second.open(sheet("DB13-02"))
    rows(second.page).nth(0).locator(".seg label").nth(1).click()
    all_saved(second.page)
    first.open(sheet("DB13-02"))
    row = rows(first.page).nth(0)
    expect(row.locator(".st")).to_contain_text("vừa ghi “tốt”. Của đồng chí vẫn ở đây, chưa lưu.")
    expect(row.locator("input:checked")).to_have_value("3")
    second.page.reload()
    expect(rows(second.page).nth(0).locator("input:checked")).to_have_value("2")


def test_places_taken_next_door_are_seen_without_touching_the_page(visit):
    """DB24-01 and DB24-03 share the places of DB24; whoever comes back to the window sees what is left."""
    one, other = visit("bithu.DB24-01"), visit("bithu.DB24-03")
    one.open(sheet("DB24-01"))
    before = one.page.locator("#khong-che b").first.inner_text()
    other.open(sheet("DB24-03"))
    rows(other.page).nth(6).locator(".seg label").nth(0).click()
    all_saved(other.page)
    now = other.page.locator("#khong-che b").first.inner_text()
    assert now != before
    one.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(one.page.locator("#khong-che b").first).to_have_text(now)
    assert one.complaints == []
