"""Two organizations side by side, from the page after sign-in, in four clicks."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_two_organizations_side_by_side_in_four_clicks(visit, width):
    visitor = visit("lanhdao", viewport={"width": width, "height": 900})
    page = visitor.page
    clicks = 0
    if "/chi-tieu/" not in page.url:
        page.get_by_role("link", name="Kết quả", exact=True).first.click()
        page.wait_for_url("**/chi-tieu/**")
        clicks += 1
    for tick in page.locator("#noi-can-de-y .to-compare input:visible").all()[:2]:
        tick.check()
        clicks += 1
    page.get_by_role("button", name="So sánh các nơi đã đánh dấu").click()
    clicks += 1
    page.wait_for_url("**/so-sanh/?o=*&o=*")
    assert clicks <= 4
    assert page.locator(".side-by-side.two").count() >= 3
    assert visitor.overflow() <= 0
    assert visitor.complaints == []
