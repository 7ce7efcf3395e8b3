"""Each kind of page of the administration as its administrator meets it: in the site's face at every width, day and night."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

AT = "/quan-tri/"
NEW = ["organizations/appointment/add/", "ledger/user/add/", "ratings/rule/add/", "indicators/targetgroup/add/"]
ONE = ["ledger/user/1/change/", "organizations/organization/1/change/", "members/member/1/change/"]
ONE += ["ratings/scheme/1/change/", "ratings/scheme/3/change/", "ratings/scheme/3/history/", "ledger/user/5/password/"]
LISTS = ["", "ledger/", "ledger/user/", "organizations/organization/?q=so+xay+dung", "organizations/appointment/"]
LISTS += ["ledger/change/", "indicators/indicator/", "members/member/?q=zzzz", "ratings/reason/", "khong-co/"]
KINDS = [AT + path for path in [*LISTS, *NEW, *ONE]]
# What is smaller than a line of text should be, or than a finger meets on a phone; boxes to tick have their row.
SMALL = """phone => {
  const seen = (e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1
    && e.checkVisibility({ visibilityProperty: true }) && !e.closest(".hush, .visually-hidden") };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let text; (text = texts.nextNode());) { const e = text.parentElement;
    if (text.textContent.trim() && seen(e) && parseFloat(getComputedStyle(e).fontSize) < 15) found.push(text.textContent) }
  const touched = "a, button, select, summary, input:not([type=hidden], [type=checkbox], [type=radio])";
  for (const e of phone ? document.querySelectorAll(touched) : [])
    if (e.closest("main") && seen(e) && e.getBoundingClientRect().height < 43.5) found.push(e.outerHTML.slice(0, 120));
  return found }"""
DEEP = [
    pytest.param(*case, marks=pytest.mark.deep)
    for case in [(360, "light"), (768, "light"), (768, "dark"), (1440, "dark")]
]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light"), *DEEP])
def test_each_kind_of_page(visit, width, scheme):
    visitor = visit("quantri", viewport={"width": width, "height": 900}, bypass_csp=True, color_scheme=scheme)
    for path in KINDS:
        answer = visitor.open(path)
        assert answer.status == (404 if "khong-co" in path else 200), path
        assert visitor.overflow() <= 0, path
        assert visitor.page.evaluate(SMALL, width < 700) == [], path
        found = Axe().run(visitor.page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_no_page_complains_under_the_strict_policy(visit):
    visitor = visit("quantri")
    for path in KINDS:
        if "khong-co" not in path:
            visitor.open(path)
    assert visitor.complaints == []


def test_an_office_is_given_by_typing_parts_of_names(visit):
    """Without marks, in any order; what is offered says name and code; nothing is sent."""
    visitor = visit("quantri")
    visitor.open(f"{AT}organizations/appointment/add/")
    visitor.page.get_by_role("combobox", name="Cho tổ chức").click()
    visitor.page.get_by_role("searchbox", name="Tìm Cho tổ chức").fill("dung xay so")
    offered = visitor.page.get_by_role("option").filter(has_text="Sở Xây dựng")
    offered.first.wait_for()
    assert "(DB" in offered.first.inner_text()
    offered.first.click()
    assert "Sở Xây dựng" in visitor.page.get_by_role("combobox", name="Cho tổ chức").inner_text()
    assert visitor.complaints == []
