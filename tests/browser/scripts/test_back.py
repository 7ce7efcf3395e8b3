"""static/js/back.js: a page out of the browser's memory, seen by who has signed in or out since."""

import pytest

pytestmark = pytest.mark.browser

PAGE = '<script type="module" src="/static/js/back.js"></script><p>Danh sách</p>'
SHOWN_AGAIN = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


@pytest.mark.parametrize(
    ("cookies", "found"),
    [
        ("", ""),
        ("csrftoken=abc", "abc"),
        ("xcsrftoken=no; csrftoken=abc; z=1", "abc"),
        ("csrftoken=a=b", "a=b"),
        ("csrftokens=no", ""),
    ],
)
def test_a_cookie_is_found_by_its_whole_name(blank, cookies, found):
    page = blank.open()
    for one in filter(None, cookies.split("; ")):
        page.evaluate("one => { document.cookie = one }", one)
    assert blank.run("cookies.js", "return it.cookie('csrftoken')") == found


def test_a_page_of_another_session_is_asked_for_anew(blank):
    page = blank.open(PAGE)
    page.evaluate("document.cookie = 'csrftoken=another'; window.same = true")
    with page.expect_navigation():
        page.evaluate(SHOWN_AGAIN)
    assert page.evaluate("window.same") is None


def test_a_page_of_the_same_session_stays(blank):
    page = blank.open()
    page.evaluate("document.cookie = 'csrftoken=mine'")
    blank.open(PAGE)
    page.evaluate(f"window.same = true; {SHOWN_AGAIN}")
    assert page.evaluate("[window.same, document.documentElement.hidden]") == [True, False]


def test_a_page_drawn_just_now_stays(blank):
    page = blank.open(PAGE)
    page.evaluate("document.cookie = 'csrftoken=another'; window.same = true; dispatchEvent(new Event('pageshow'))")
    assert page.evaluate("[window.same, document.documentElement.hidden]") == [True, False]
