"""static/js/forms.js: filters that send themselves, what was refused, what is kept of a page of several forms."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MODULE = '<script type="module" src="/static/js/forms.js"></script>'
TWO_FORMS = f"""{MODULE}<p data-kept-note hidden>Còn nguyên</p>
<form data-keep id="ghi"><input type="hidden" name="viec" value="ghi"><input name="so"><button>Ghi</button></form>
<form data-keep id="nop"><input type="hidden" name="viec" value="nop"><input type="hidden" name="khoa" value="1">
<input name="so" value="12"><input type="checkbox" name="ai" value="An"><input type="checkbox" name="ai" value="Binh"
 checked><select name="muc"><option value="">Chọn</option><option value="2">Tốt</option></select></form>
<a href="/to-chuc/" data-keep>Sang trang</a><a href="/to-chuc/" id="bo">Bỏ</a>"""


def test_a_filter_sends_itself_when_a_choice_changes(blank):
    page = blank.open(f'{MODULE}<form data-send-on-change><select name="xep"><option>A<option>B</select></form>')
    page.select_option("select", "B")
    page.wait_for_url("**/?xep=B")


def test_other_forms_wait_for_their_button(blank):
    page = blank.open(f'{MODULE}<form><select name="xep"><option>A<option>B</select><button>Xem</button></form>')
    page.select_option("select", "B")
    page.click("button")
    page.wait_for_url("**/?xep=B")
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_what_was_refused_has_the_focus(blank):
    page = blank.open(f'{MODULE}<div data-refused tabindex="-1">Chưa ghi</div><input autofocus>')
    expect(page.locator("[data-refused]")).to_be_focused()


@pytest.mark.parametrize(
    ("field", "change", "touched"),
    [
        ('<input value="a">', "", False),
        ('<input value="a">', "one.value = 'b'", True),
        ('<input value="a">', "one.value = 'b'; one.value = 'a'", False),
        ("<textarea>a</textarea>", "one.value = ''", True),
        ('<input type="checkbox" checked>', "", False),
        ('<input type="checkbox" checked>', "one.checked = false", True),
        ('<input type="radio">', "one.checked = true", True),
        ("<select><option>a<option>b</select>", "", False),
        ("<select><option>a<option>b</select>", "one.value = 'b'", True),
        ("<select><option>a<option selected>b</select>", "", False),
        ("<select><option>a<option selected>b</select>", "one.value = 'a'", True),
    ],
)
def test_what_is_touched(blank, field, change, touched):
    blank.open(field)
    asked = f"const one = document.querySelector('input, textarea, select'); {change}; return it.isTouched(one)"
    assert blank.run("forms/kept.js", asked) is touched


def typed_in(page):
    page.fill("#ghi [name=so]", "5-QĐ")
    page.fill("#nop [name=so]", "7-QĐ")
    page.check("[value=An]")
    page.uncheck("[value=Binh]")
    page.select_option("[name=muc]", "2")


def test_sending_one_form_keeps_what_was_typed_in_the_others(blank):
    page = blank.open(TWO_FORMS)
    typed_in(page)
    page.click("#ghi button")
    page.wait_for_url("**/?viec=ghi*")
    expect(page.locator("[data-kept-note]")).to_be_visible()
    expect(page.locator("#nop [name=so]")).to_have_value("7-QĐ")
    expect(page.locator("[value=An]")).to_be_checked()
    expect(page.locator("[value=Binh]")).not_to_be_checked()
    expect(page.locator("[name=muc]")).to_have_value("2")
    expect(page.locator("#ghi [name=so]")).to_have_value("")
    page.reload()
    expect(page.locator("[data-kept-note]")).to_be_hidden()
    expect(page.locator("#nop [name=so]")).to_have_value("12")


def test_a_link_that_keeps_keeps_all_forms_for_their_own_page(blank):
    page = blank.open(TWO_FORMS)
    typed_in(page)
    page.click("a[data-keep]")
    page.wait_for_url("**/to-chuc/")
    expect(page.locator("#nop [name=so]")).to_have_value("12")
    page.goto("http://khoi.test/")
    expect(page.locator("#ghi [name=so]")).to_have_value("5-QĐ")
    expect(page.locator("#nop [name=so]")).to_have_value("7-QĐ")


def test_another_link_keeps_nothing(blank):
    page = blank.open(TWO_FORMS)
    typed_in(page)
    page.click("#bo")
    page.wait_for_url("**/to-chuc/")
    page.goto("http://khoi.test/")
    expect(page.locator("#nop [name=so]")).to_have_value("12")


def test_what_was_kept_and_cannot_be_read_is_let_go(blank):
    page = blank.open(TWO_FORMS)
    page.evaluate("sessionStorage.setItem('khoi.keep./', '{')")
    page.reload()
    expect(page.locator("#nop [name=so]")).to_have_value("12")
    expect(page.locator("[data-kept-note]")).to_be_hidden()


FOUR = f"""{MODULE}<form id="ky"><input type="checkbox" name="tat_ca" value="1,2" data-ticks="phieu">
<input type="checkbox" name="phieu" value="1" data-together><input type="checkbox" name="phieu" value="2" data-together>
<input type="checkbox" name="phieu" value="3"></form><form id="khac"><input type="checkbox" name="phieu" value="4"></form>"""


def ticked(page):
    return page.eval_on_selector_all(":checked", "boxes => boxes.map(box => box.value)")


def test_one_box_ticks_those_it_stands_for_and_goes_with_the_first_that_is_unticked(blank):
    page = blank.open(FOUR)
    page.check("[name=tat_ca]")
    assert ticked(page) == ["1,2", "1", "2"]
    page.check("[value='3']")
    assert ticked(page) == ["1,2", "1", "2", "3"]
    page.uncheck("[value='2']")
    assert ticked(page) == ["1", "3"]
    page.check("[value='2']")
    page.uncheck("[name=tat_ca]")
    assert ticked(page) == ["3"]
    page.check("#khac [name=phieu]")
    assert ticked(page) == ["3", "4"]
