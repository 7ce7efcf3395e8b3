"""static/js/charts.js: colours by the page's tokens, the library once and only when a chart is in view."""

import json

import pytest

pytestmark = pytest.mark.browser

FIGURE = json.dumps({"data": [{"marker": {"color": ["var(--data)", "#fff"]}}], "layout": {"title": "var(--data)"}})
PAGE = f"""<style>:root {{ --data: rgb(1, 2, 3); }} @media (prefers-color-scheme: dark) {{ :root {{ --data: rgb(9, 9, 9) }} }}
</style><div style="height: 3000px">cao</div><div data-chart='{FIGURE}' style="height: 100px"></div>
<script type="module" src="/static/js/charts.js" data-plotly="/static/plotly-for-tests.js"></script>"""
LIBRARY = "window.loads = (window.loads || 0) + 1; window.drawings = []; window.Plotly = { newPlot: (...all) => drawings.push(all.slice(1)) }"
PAPER = 680


@pytest.fixture
def charts(blank):
    blank.page.route(
        "**/plotly-for-tests.js", lambda route: route.fulfill(body=LIBRARY, content_type="text/javascript")
    )
    return blank.open(PAGE)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("var(--data)", "rgb(1, 2, 3)"),
        ("1px solid var(--data)", "1px solid var(--data)"),
        (["var(--data)", 3, None, True], ["rgb(1, 2, 3)", 3, None, True]),
        ({"a": {"b": ["var(--data)"]}, "c": ""}, {"a": {"b": ["rgb(1, 2, 3)"]}, "c": ""}),
    ],
)
def test_colours_are_those_of_the_page(blank, value, found):
    blank.open("<style>:root { --data: rgb(1, 2, 3); }</style>")
    asked = "return it.coloured(arg, getComputedStyle(document.documentElement))"
    assert blank.run("charts/colours.js", asked, value) == found


def test_nothing_is_drawn_until_a_chart_comes_into_view(charts):
    assert charts.evaluate("document.querySelectorAll('[data-drawn]').length") == 0
    charts.locator("[data-chart]").scroll_into_view_if_needed()
    charts.wait_for_selector("[data-drawn]")
    assert charts.evaluate("loads") == 1
    data, layout, options = charts.evaluate("drawings[0]")
    assert data == [{"marker": {"color": ["rgb(1, 2, 3)", "#fff"]}}]
    assert layout == {"title": "rgb(1, 2, 3)"}
    assert options["displayModeBar"] is False


def test_charts_that_come_later_are_drawn_with_the_same_library(charts):
    charts.locator("[data-chart]").scroll_into_view_if_needed()
    charts.wait_for_selector("[data-drawn]")
    charts.evaluate(
        "figure => { const later = document.createElement('div'); later.id = 'sau'; later.dataset.chart = figure; "
        "document.body.append(later); document.dispatchEvent(new Event('htmx:load')) }",
        FIGURE,
    )
    charts.wait_for_selector("#sau[data-drawn]", state="attached")
    assert charts.evaluate("[loads, drawings.length]") == [1, 2]


def test_another_light_draws_again_what_was_drawn(charts):
    charts.locator("[data-chart]").scroll_into_view_if_needed()
    charts.wait_for_selector("[data-drawn]")
    charts.emulate_media(color_scheme="dark")
    charts.wait_for_function("drawings.length === 2")
    assert charts.evaluate("drawings[1][1]") == {"title": "rgb(9, 9, 9)"}


def test_paper_has_every_chart_unscrolled_by_day(charts):
    charts.emulate_media(color_scheme="dark")
    charts.wait_for_function("window.Plotly")
    assert charts.evaluate("drawings.length") == 0
    charts.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert charts.evaluate("drawings.map(([, layout]) => layout.width)") == [PAPER]
    charts.emulate_media(media="print", color_scheme="light")
    charts.wait_for_function("drawings.length > 1")
    assert charts.evaluate("drawings.at(-1)[1]") == {"title": "rgb(1, 2, 3)", "width": PAPER}


@pytest.mark.parametrize(("width", "text"), [(360, ["62", "", "", "", "129"]), (1440, ["62", "70", "81", "99", "129"])])
def test_a_narrow_chart_names_its_ends_alone(blank, width, text):
    figure = {"data": [{"text": ["62", "70", "81", "99", "129"], "opens": ["/a/"]}], "layout": {}}
    blank.open("")
    drawn = blank.run("charts/drawing.js", f"return it.drawing(arg, {width})", figure)
    assert drawn["data"][0]["text"] == text
    assert drawn["opens"] == [["/a/"]]


def test_a_narrow_chart_of_several_lines_names_the_ends_of_all(blank):
    figure = {"data": [{"text": ["73%", "92%", "91%", "100%"]}, {"text": ["", "100%"]}, {"y": [96]}], "layout": {}}
    blank.open("")
    drawn = blank.run("charts/drawing.js", "return it.drawing(arg, 300)", figure)
    assert [trace.get("text") for trace in drawn["data"]] == [["73%", "", "", ""], ["", "100%"], None]
