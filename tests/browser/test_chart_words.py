"""Words in charts: none runs into another or out of its chart, on a phone or a desk; a point says a sentence and leads on."""

import re

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    *(
        "/chi-tieu/K/2017/KN/",
        "/chi-tieu/K/2018/TSVM/",
        "/chi-tieu/K/2018/DV-HTT/",
        "/chi-tieu/K/2018/KN/?goc=hien-nay",
    ),
    *(
        "/chi-tieu/DB01/2018/KN/",
        "/chi-tieu/DB12/2017/DV-HTT/",
        "/chi-tieu/DB01-01/2018/DV-HTT/",
        "/chi-tieu/K/2018/du-bao/",
    ),
]
# [[what is wrong, words, words]] of the words of every chart; a box may touch another by a pixel.
WRONG = """() => [...document.querySelectorAll("[data-chart]")].flatMap(chart => {
    const room = chart.getBoundingClientRect();
    const words = [...chart.querySelectorAll(".main-svg text")].filter(text => text.textContent.trim())
        .map(text => ({said: text.textContent, box: text.getBoundingClientRect()})).filter(({box}) => box.width);
    const out = words.filter(({box}) => box.left < room.left - 1 || box.right > room.right + 1
        || box.top < room.top - 1 || box.bottom > room.bottom + 1).map(({said}) => ["cut", said]);
    const met = words.flatMap((a, i) => words.slice(i + 1).filter(b => Math.min(a.box.right, b.box.right)
        - Math.max(a.box.left, b.box.left) > 1 && Math.min(a.box.bottom, b.box.bottom)
        - Math.max(a.box.top, b.box.top) > 3).map(b => ["met", a.said, b.said]));
    return [...(words.length ? [] : [["empty"]]), ...out, ...met];
})"""


@pytest.mark.parametrize("width", [360, 1440])
def test_words_in_charts_stand_apart_and_within(visit, width):
    visitor = visit("lanhdao", viewport={"width": width, "height": 900})
    for path in PAGES:
        assert visitor.open(path).status == 200, path
        assert visitor.draw() > 0, path
        assert visitor.page.evaluate(WRONG) == [], path
    assert visitor.complaints == []


def test_a_point_says_a_sentence_and_opens_its_year(visit):
    visitor = visit("lanhdao", viewport={"width": 1440, "height": 900})
    page = visitor.page
    visitor.open("/chi-tieu/K/2017/KN/")
    visitor.draw()
    point = page.locator("[data-chart] .points path").first.bounding_box()
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    said = page.locator("[data-chart] .hoverlayer .hovertext")
    said.wait_for()
    assert re.fullmatch(r"Năm 2013: \d+ đảng viên. Chỉ tiêu \d+: .+\.", said.text_content())
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    page.wait_for_url("**/chi-tieu/K/2013/KN/")
    assert visitor.complaints == []
