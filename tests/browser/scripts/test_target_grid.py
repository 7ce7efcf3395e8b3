"""static/js/target_grid: a block out of a spreadsheet pasted into the table of targets, and the table without a mouse."""

import pytest
from playwright.sync_api import expect

from ledger.numbers import read_number

pytestmark = pytest.mark.browser

WORDS = (
    "data-equal='{total}/{given} đủ' data-short='{total}/{given} còn {short}' data-over='{total}/{given} vượt {short}'"
)


def row(n, *values):
    cells = "".join(f'<td><input name="o_{n}_{m}" value="{value}" data-cell></td>' for m, value in enumerate(values))
    return f"<tr data-row><th>{n}</th>{cells}</tr>"


PAGE = f"""<form data-target-grid><p data-with-script hidden>Dán</p><p data-pasted hidden></p><table>
{row(0, "3", "")}{row(1, "", "95")}{row(2, "1.200", "")}</table>
<output data-sum="0" data-given="1210" {WORDS} data-alone='{{total}}'>…</output>
<details><summary>Dán</summary><textarea data-named></textarea></details></form>
<script type="module" src="/static/js/target_grid.js"></script>"""


@pytest.fixture
def page(blank):
    page = blank.open(PAGE)
    expect(page.locator("[data-with-script]")).to_be_visible()
    return page


def values(page):
    return page.evaluate("[...document.querySelectorAll('[data-cell]')].map((cell) => cell.value)")


def focused(page):
    return page.evaluate("document.activeElement.name")


def paste(page, name, text):
    """What a browser does when `text` is pasted into the cell `name`; whether it is left to the browser."""
    page.focus(f"[name={name}]")
    return page.evaluate(
        """text => { const clipboardData = new DataTransfer(); clipboardData.setData("text/plain", text);
        const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
        return document.activeElement.dispatchEvent(event); }""",
        text,
    )


def test_a_block_fills_the_cells_from_where_it_is_pasted_and_can_be_put_back(page):
    assert not paste(page, "o_0_0", '5\t60\r\n"6"\t"61 %"\r\n')
    assert values(page) == ["5", "60", "6", "61 %", "1.200", ""]
    expect(page.locator("[data-pasted]")).to_contain_text("Đã dán 4 ô, chưa ghi.")
    expect(page.locator("output")).to_have_text("1.211/1.210 vượt 1")
    page.click("text=Bỏ phần vừa dán")
    assert values(page) == ["3", "", "", "95", "1.200", ""]
    expect(page.locator("output")).to_have_text("1.203/1.210 còn 7")
    assert focused(page) == "o_0_0"


def test_a_block_with_names_goes_to_the_field_that_reads_them(page):
    text = "Mã\tKN\nDB01\t4\n"
    paste(page, "o_0_0", text)
    assert values(page) == ["3", "", "", "95", "1.200", ""]
    assert page.evaluate("[document.activeElement.value, document.querySelector('details').open]") == [text, True]
    expect(page.locator("[data-pasted]")).to_contain_text("hãy bấm “Đọc các dòng”")


def test_numbers_are_read_as_the_server_reads_them(blank):
    blank.open()
    typed = [
        "115",
        "62,5",
        "62.5",
        "1.200",
        "1.234,5",
        "95%",
        "",
        "-",
        "1,200",
        "1.20.000",
        "9%5",
        "0.125",
        "1e3",
        "nan",
    ]
    said = blank.run("target_grid/sums.js", "return arg.map((one) => String(it.numberOf(one)));", typed)
    assert said == [_read(one) for one in typed]


def _read(text):
    try:
        number = read_number(text)
    except ValueError:
        number = None
    return "NaN" if number is None else f"{number.normalize():f}"


def test_what_has_no_cell_is_told(page):
    paste(page, "o_2_1", "1\t2\n3\t4")
    assert values(page)[-1] == "1"
    expect(page.locator("[data-pasted]")).to_contain_text("Đã dán 1 ô, chưa ghi. 3 ô nằm ngoài bảng nên không dán.")


def test_one_cell_is_pasted_by_the_browser(page):
    assert paste(page, "o_0_0", "7\n")
    assert values(page)[0] == "3"


def test_a_cell_that_holds_a_line_break_is_one_cell(blank):
    blank.open()
    read = blank.run("target_grid/pasting.js", "return it.tableOf(arg);", 'a\t"b\r\nc ""d"""\t\n\t"e"f\r\n\ng')
    assert read == [["a", 'b c "d"', ""], ["", '"e"f'], [""], ["g"]]


def test_arrows_and_enter_go_from_cell_to_cell(page):
    page.focus("[name=o_0_0]")
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "o_1_1"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "o_0_1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "o_0_0"
    assert values(page) == ["3", "", "7", "95", "1.200", ""]
    expect(page.locator("output")).to_have_text("1.210/1.210 đủ")


def test_within_a_number_an_arrow_moves_the_caret(page):
    page.focus("[name=o_2_0]")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "o_2_0"
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "o_2_1"
    page.keyboard.press("Control+ArrowUp")
    assert focused(page) == "o_2_1"


def test_escape_puts_back_what_the_page_came_with(page):
    page.focus("[name=o_0_0]")
    page.keyboard.type("88")
    page.keyboard.press("Escape")
    assert values(page)[0] == "3"
    expect(page.locator("output")).to_have_text("1.203/1.210 còn 7")


def test_a_page_left_with_something_typed_asks_first(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("http://khoi.test/")
    assert asked == []
    page.locator("[name=o_0_0]").fill("9")
    page.goto("http://khoi.test/")
    assert asked == ["beforeunload"]


def test_what_the_server_filled_in_is_not_left_unasked(blank):
    cell = '<td><input name="chi_tieu_1" value="4" data-cell><input type="hidden" name="cu_1" value="3"></td>'
    page = blank.open(PAGE.replace("<table>", f"<table><tr data-row>{cell}</tr>"))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    expect(page.locator("[data-with-script]")).to_be_visible()
    page.click("[name=chi_tieu_1]")
    page.goto("http://khoi.test/")
    assert asked == ["beforeunload"]
