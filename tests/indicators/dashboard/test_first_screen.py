"""The first screen of a year: its headline, a line for each group, and where to look."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from indicators import wording
from indicators.board import board, rule_of
from indicators.dashboard.lead import lead, one_less
from indicators.dashboard.result_lines import AIM, result_line, years
from indicators.dashboard.small_line import HEIGHT
from indicators.dashboard.wanting import wanting
from indicators.results import Score, judge
from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)


def told(site, code, year=2017, **query):
    answer = site.as_("LEADER", "K").get(reverse("dashboard", args=[code, year], query=query))
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))
    return answer.context, text


@pytest.fixture(scope="module")
def closed(site):
    """The bloc's page of the closed year."""
    return told(site, "K")


def line_of(site, code, numerator, denominator, target):
    """The headline of the group `code`, as if it had come to these numbers."""
    line = next(x for x in board(site.org["K"], 2017).cards() if x.group.code == code)
    return replace(line, result=judge(rule_of(line.indicator), numerator, denominator, target))


def missed_at(site, code):
    """Groups that the organization's own page says it misses: read off the words alone."""
    words = {x.group.code: (wording.verdict(x), x.state) for x in board(site.org[code], 2017).cards()}
    return {
        group for group, (said, state) in words.items() if said.startswith("Chưa đạt") or state and state.good is False
    }


@pytest.mark.parametrize("code", ["K", "DB01", "DB02", "DB03"])
def test_where_to_look_is_what_the_pages_of_those_below_say(site, code):
    seen = board(site.org[code], 2017)
    found = wanting(seen)
    rows = [*found.several, *found.one, *found.none, *found.unjudged]
    assert {r.place for r in rows} == set(seen.children) and len(rows) == len(seen.children)
    for row in rows:
        red = {group.code for group, cell in row.cells if cell and cell.short}
        assert red == missed_at(site, row.place.organization.code) & {x.group.code for x in seen.cards()}
        assert row.short == len(red)
    assert [row.short for row in found.several] == sorted((r.short for r in rows if r.short > 1), reverse=True)
    assert all(any(c and c.short for r in rows for g, c in r.cells if g == group) for group in found.groups)


def test_where_to_look_is_said_in_words_without_what_is_none(closed):
    context, text = closed
    found = context["wanting"]
    for rows, words in (
        (found.several, "nơi thiếu từ hai nhóm trở lên"),
        (found.one, "nơi thiếu một nhóm"),
        (found.none, "nơi không thiếu nhóm nào"),
    ):
        assert (f"{len(rows)} {words}" in text) == bool(rows)
    assert "0 nơi" not in found.words and found.words in text


def test_the_number_of_places_opens_exactly_those(site, closed):
    context, _ = closed
    for result in context["results"]:
        code = result.line.group.code
        wanted = {
            s.organization.code for s in context["board"].children if code in missed_at(site, s.organization.code)
        }
        assert result.short == len(wanted)
    most = max(context["results"], key=lambda result: result.short)
    address = reverse("indicator", args=["K", 2017, most.line.group.code], query={"thieu": "on"})
    opened = site.as_("LEADER", "K").get(address).context
    assert len(opened["ranks"]) == most.short > 0
    assert all(most.line.group.code in missed_at(site, rank.place.organization.code) for rank in opened["ranks"])


def test_a_kept_address_of_the_ranking_leads_to_where_it_stands_now(site):
    leader = site.as_("LEADER", "K")
    answer = leader.get(reverse("dashboard", args=["K", 2017], query={"xep": "DV-HTT", "thieu": "on"}))
    assert answer["Location"] == reverse("indicator", args=["K", 2017, "DV-HTT"]) + "?thieu=on#xep-hang"
    assert leader.get(reverse("dashboard", args=["K", 2017], query={"xep": "khong-co"})).status_code == 200


def test_every_place_stands_on_every_group_worst_first(site):
    leader = site.as_("LEADER", "K")
    heat = leader.get(reverse("heat_map", args=["K", 2017])).context["map"]
    seen = board(site.org["K"], 2017)
    assert {row.place.organization_id for row in heat.rows} == {s.organization_id for s in seen.children}
    counted = [sum(c is not None and c.tone == "no" for c in row.cells) for row in heat.rows]
    assert counted == sorted(counted, reverse=True) == [row.short for row in heat.rows]
    for row in heat.rows:
        lines = [seen.lines.get((g.headlines[0].pk, row.place.organization_id)) for g in heat.groups]
        assert [cell and cell.line for cell in row.cells] == lines
    assert "chưa có tổ chức trực thuộc" in leader.get(reverse("heat_map", args=["DB01-01", 2017])).content.decode()


def test_a_cell_has_its_lines_and_nowhere_to_look(site):
    context, text = told(site, "DB01-01")
    assert context["results"] and context["wanting"] is None
    assert "Nơi cần để ý" not in text and "Còn thiếu ở" not in text
    assert context["composition"] is None  # no pyramid of four people: they are told by name
    assert [each.member.full_name for each in context["named"]] and "Tuổi và giới tính" not in text


def test_a_year_that_runs_says_what_is_wanting(site, closed):
    context, text = told(site, "K", 2018)
    assert "Năm 2018: tạm tính, chưa kết thúc" in text and "Còn 17 ngày là hết năm." in text
    admitted = context["results"][0]
    assert (admitted.value, admitted.verdict, admitted.so_far) == ("1", "Tạm tính", "còn 1, hôm nay cần 2")
    assert "Tạm tính còn 1" in text
    for result in context["results"]:
        assert (result.so_far == "đã đủ mức giao") == bool(result.so_far and result.line.result.excess >= 0)
        assert result.tone in ("wait", "none")
    assert not any(result.so_far for result in closed[0]["results"])


@pytest.mark.parametrize(
    ("code", "score", "sentence"),
    [
        ("K", (8, 8), "Năm 2017 đạt cả 8 nhóm chỉ tiêu"),
        ("K", (7, 8), "Năm 2017 đạt 7 trong 8 nhóm chỉ tiêu"),
        ("K", (0, 8), "Năm 2017 chưa đạt nhóm nào trong 8 nhóm chỉ tiêu"),
        ("DB01", (3, 4), "Năm 2017 đạt 3 trong 4 nhóm được giao chỉ tiêu"),
        ("DB01", (1, 1), "Năm 2017 đạt nhóm được giao chỉ tiêu duy nhất"),
        ("DB01", (0, 1), "Năm 2017 chưa đạt nhóm được giao chỉ tiêu duy nhất"),
    ],
)
def test_the_headline_is_a_sentence(site, code, score, sentence):
    seen = board(site.org[code], 2017)
    seen.__dict__["score"] = Score(*score, 0, False)
    assert wording.headline(seen) == sentence


def test_the_lead_names_what_is_missed(site):
    seen = board(site.org["K"], 2017)
    missed = {x.group.name for x in seen.cards() if wording.verdict(x).startswith("Chưa đạt")}
    said = str(lead(seen))
    assert missed and f"{len(missed)} nhóm chưa đạt" in said
    assert {name[:1].upper() + name[1:] for name in re.findall(r">([^<]+)</a>", said)} == missed
    assert "/K/2017/TSVM/" in said and "2/5" in said


@pytest.mark.parametrize(("n", "target"), [(52, 93), (53, 93), (54, 95), (54, 96)])
def test_the_nearest_risk_is_one_fewer(site, n, target):
    """52/56 is 93% and 51/56 is 91%; 53/56 is 94,64%, rounded 95%."""
    rounded = (Decimal(100 * (n - 1)) / 56).quantize(Decimal(1), rounding="ROUND_HALF_UP")
    words = ", bớt một tổ chức là không đạt" if rounded < target else ""
    assert one_less(line_of(site, "TSVM", n, 56, target)) == words


@pytest.mark.parametrize(("n", "length"), [(115, AIM), (0, 0), (23, AIM / 5), (129, AIM * 129 / 115), (400, 100)])
def test_every_bar_is_drawn_against_one_target(site, n, length):
    drawn = result_line(board(site.org["K"], 2017), line_of(site, "KN", n, None, 115), ())
    assert float(drawn.fill) == pytest.approx(length, abs=0.05)


def test_the_years_rise_and_those_missed_have_a_ring(site):
    trend = {
        2013: line_of(site, "KN", 100, None, 110),
        2014: line_of(site, "KN", 110, None, 110),
        2015: line_of(site, "KN", 90, None, 100),
        2016: line_of(site, "KN", 120, None, 100),
    }
    drawn = years(trend, {2016})
    assert [year for _, year in drawn.drawn.missed] == ["2013", "2015"]
    assert drawn.words == "2013 100, chưa đạt; 2014 110; 2015 90, chưa đạt; 2016 120"
    assert (drawn.since, drawn.first, len(drawn.drawn.paths)) == (2013, "100", 1)
    assert len(drawn.drawn.lone) == 0  # 2016 is the last, which has a mark of its own
    heights = [float(y) for path in drawn.drawn.paths for _, y in re.findall(r"([\d.]+) ([\d.]+)", path)]
    assert heights == [pytest.approx(HEIGHT - 5 - 22 * (v - 90) / 30, abs=0.06) for v in (100, 110, 90)]
    assert years({2013: trend[2013]}, ()) is None


def test_every_mark_is_a_symbol():
    root = Path(settings.BASE_DIR)
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', (root / "static/img/icons.svg").read_text()))
    pages = "".join(path.read_text() for path in (root / "templates").rglob("*.html"))
    used = {*wording.MARKS.values(), *re.findall(r'mark="([^"]+)"|{% icon "([^"]+)"', pages)}
    names = {name for each in used for name in (each if isinstance(each, tuple) else (each,)) if name}
    assert names <= symbols
    assert not re.search("[●◔◑■]", pages)
