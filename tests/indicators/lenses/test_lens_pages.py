"""The switch between the two lenses and the panel of their bridge, on the dashboard and on the page of a group."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Exit
from tests.hand import signed_in_as

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2018, 3, 1), date(2018, 5, 1)


def browser(world, role="ORGANIZATION", code="K"):
    return signed_in_as(world.user(role, code))


def page(client, code, group="DV-HTT", year=2017, status=200, **query):
    response = client.get(reverse("indicator", args=[code, year, group], query=query))
    assert response.status_code == status
    return response.content.decode()


def table(text, label):
    """Rows of the table in the region `label`, each a list of the texts of its cells."""
    found = re.search(rf'aria-label="{label}".*?</table>', text, re.S)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", found, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(cell))).strip() for cell in row] for row in cells]


def links(text):
    """{text of a link of the bridge: its address}"""
    found = re.findall(r'<a class="tap" href="(\?[^"]+#cau-noi-dong)" aria-label="([^"]+)"', text)
    return {unescape(label): unescape(address.split("#")[0]) for address, label in found}


def chart(text, label):
    raw = re.search(rf'data-chart="([^"]*)" role="img" aria-label="{label}', text)[1]
    return json.loads(unescape(raw))


@pytest.fixture
def merged(site):
    """CB01 goes into DB01-01 in 2018; Quân died before."""
    site.leave("Quân", date(2018, 2, 1), Exit.DIED)
    site.merge("CB01", "DB01", {"CB01": "DB01-01"}, MARCH)
    return site


def test_without_a_reorganization_there_is_nothing_to_choose(site):
    ask = browser(site)
    for code in ("K", "DB01", "DB01-01"):
        for text in (page(ask, code), page(ask, code, goc="hien-nay")):
            assert "Quy về" not in text and "cau-noi" not in text


def test_the_switch_stands_where_the_lenses_differ(merged):
    ask = browser(merged)
    for code, offered in (("K", True), ("DB01", True), ("DB01-01", True), ("DB01-02", False), ("DB02", False)):
        text = page(ask, code)
        assert ("Quy về tổ chức hiện nay" in text) == offered, code
        assert ("cau-noi" in text) == offered, code


def test_the_same_series_under_either_lens(merged):
    ask = browser(merged)
    first, second = page(ask, "DB01"), page(ask, "DB01", goc="hien-nay")
    assert table(first, "Qua các năm") == [
        ["Năm", "Kết quả", "Chỉ tiêu", "Kết luận"],
        ["2016", "–", "–", "Chưa có dữ liệu"],
        ["2017", "100%", "95%", "Vượt 5 điểm %"],
    ]
    assert table(second, "Qua các năm") == [
        ["Năm", "Quy về hiện nay", "Tử số/mẫu số"],
        ["2016", "–", "–"],
        ["2017", "100%", "7/7"],
    ]
    assert "không kết luận đạt hay chưa đạt" in second and "14/12/2018" in second
    assert "Chỉ tiêu" in {trace["name"] for trace in chart(first, "Biểu đồ qua các năm")["data"]}
    assert {trace["name"] for trace in chart(second, "Biểu đồ qua các năm")["data"]} == {"Kết quả"}
    # The figure itself and its verdict stay those of the organization of that time.
    for text in (first, second):
        assert "5 trên 5 đảng viên được xếp loại" in text and "Chỉ tiêu 95%" in text


def test_below_the_bloc_a_state_has_no_percentage_under_either_lens(merged):
    ask = browser(merged)
    first, second = page(ask, "DB01", "TSVM"), page(ask, "DB01", "TSVM", goc="hien-nay")
    assert table(first, "Qua các năm")[-1] == ["2017", "–", "–", "Hoàn thành tốt nhiệm vụ"]
    assert table(second, "Qua các năm")[-1] == ["2017", "–", "0/2"]
    for text in (first, second):
        assert "Biểu đồ qua các năm" not in text
        assert table(text, "Cầu nối năm 2017")[-1] == ["Quy về tổ chức hiện nay", "0", "2"]
    assert table(page(ask, "K", "TSVM", goc="hien-nay"), "Qua các năm")[-1][1].endswith("%")


def test_the_year_of_a_reorganization_is_marked(site):
    site.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 1, 1))
    ask = browser(site)
    for code, marked in (("DB02", ["sắp xếp tổ chức"]), ("K", ["sắp xếp tổ chức"]), ("DB01", [])):
        for goc in ("", "hien-nay"):
            notes = chart(page(ask, code, goc=goc), "Biểu đồ qua các năm")["layout"]["annotations"]
            assert [note["text"] for note in notes] == marked


def test_the_bridge_explains_the_difference_and_opens_onto_its_rows(merged):
    ask = browser(merged)
    text = page(ask, "DB01")
    assert table(text, "Cầu nối năm 2017") == [
        ["Phần", "Tử số", "Mẫu số", "Tỷ lệ"],
        ["Theo tổ chức lúc đó", "5", "5", "100%"],
        ["+ từ Tổ chức CB01 sáp nhập ngày 01/03/2018", "+2", "+2", ""],
        ["Quy về tổ chức hiện nay", "7", "7", "100%"],
    ]
    address = links(text)["+ từ Tổ chức CB01, số được tính: +2"]
    opened = ask.get(reverse("indicator", args=["DB01", 2017, "DV-HTT"]) + address).content.decode()
    section = opened[opened.index('id="cau-noi-dong"') : opened.index('id="gop"')]
    assert re.findall(r"<td[^>]*>(?:<a[^>]*>)?(Lê \w+|Võ \w+)<", section) == ["Lê Phúc", "Võ Quân"]
    assert "Tổ chức CB01" in section


def test_each_cell_has_its_own_bridge(merged):
    """Phúc was taken along; Quân had died and counts at the committee, the principal successor, itself."""
    ask = browser(merged)
    assert table(page(ask, "DB01-01"), "Cầu nối năm 2017")[1:] == [
        ["Theo tổ chức lúc đó", "3", "3", "100%"],
        ["+ từ Tổ chức CB01 sáp nhập ngày 01/03/2018", "+1", "+1", ""],
        ["Quy về tổ chức hiện nay", "4", "4", "100%"],
    ]


def test_one_that_ended_is_shown_as_it_was_and_says_where_its_facts_are(merged):
    text = page(browser(merged), "CB01", goc="hien-nay")
    assert "Tổ chức này kết thúc ngày 01/03/2018 nên chỉ xem theo tổ chức lúc đó." in text
    assert "Số liệu của tổ chức nay tính ở Tổ chức DB01; Tổ chức DB01-01, Tổ chức DB01." in text
    assert "Cách tính qua các năm" not in text and table(text, "Qua các năm")[0][-1] == "Kết luận"
    assert table(text, "Cầu nối năm 2017")[1:] == [
        ["Theo tổ chức lúc đó", "2", "2", "100%"],
        ["− sang Tổ chức DB01 sáp nhập ngày 01/03/2018", "−1", "−1", ""],
        ["− sang Tổ chức DB01-01, Tổ chức DB01 sáp nhập ngày 01/03/2018", "−1", "−1", ""],
        ["Quy về tổ chức hiện nay tổ chức đã kết thúc ngày 01/03/2018", "0", "0", "–"],
    ]
    # A group without a fact of its own still says who took over.
    assert "Số liệu của tổ chức nay tính ở Tổ chức DB01." in page(browser(merged), "CB01", "KN", 2016)


def test_at_the_bloc_the_parts_sum_to_nothing(merged):
    merged.move("BP01", "DB02", MAY)
    ask = browser(merged)
    text = page(ask, "K")
    assert table(text, "Cầu nối năm 2017")[1:] == [
        ["Theo tổ chức lúc đó", "17", "17", "100%"],
        ["Quy về tổ chức hiện nay", "17", "17", "100%"],
    ]
    assert table(text, "Giữa các tổ chức trực thuộc")[1:] == [
        ["từ Tổ chức CB01 sang Tổ chức DB01 sáp nhập ngày 01/03/2018", "2", "2"],
        ["từ Tổ chức DB03 sang Tổ chức DB02 chuyển trực thuộc ngày 01/05/2018 (Tổ chức BP01)", "2", "2"],
    ]
    assert table(text, "Chênh lệch của từng tổ chức")[1:] == [
        ["Tổ chức CB01", "−2", "−2"],
        ["Tổ chức DB01", "+2", "+2"],
        ["Tổ chức DB02", "+2", "+2"],
        ["Tổ chức DB03", "−2", "−2"],
        ["Cộng", "0", "0"],
    ]
    address = next(a for label, a in links(text).items() if label.startswith("từ Tổ chức DB03"))
    opened = ask.get(reverse("indicator", args=["K", 2017, "DV-HTT"]) + address).content.decode()
    section = opened[opened.index('id="cau-noi-dong"') : opened.index('id="gop"')]
    assert re.findall(r"<td[^>]*>(?:<a[^>]*>)?(Lê \w+|Võ \w+)<", section) == ["Lê Lan", "Võ Minh"]
    assert "ở tổ chức này hai cách tính bằng nhau" in page(ask, "K", goc="hien-nay").lower()


def test_what_an_organization_took_over_within_the_year_is_a_line_of_its_own(site):
    site.admit("Ngô Lam", "CB02", date(2017, 2, 1))
    site.merge("CB02", "DB02", {"CB02": "DB02-01"}, MAY.replace(year=2017))
    text = page(browser(site), "DB02", "KN")
    assert "gồm cả số trong năm của Tổ chức CB02; ở đây phần đó là một dòng riêng" in text
    assert table(text, "Cầu nối năm 2017") == [
        ["Phần", "Số đếm"],
        ["Theo tổ chức lúc đó", "0"],
        ["+ từ Tổ chức CB02 sáp nhập ngày 01/05/2017", "+1"],
        ["Quy về tổ chức hiện nay", "1"],
    ]


def test_rows_open_only_to_who_may_see_them_where_they_happened(merged):
    """DB02 receives a cell in 2018: how many rated in it in 2017 is told, who they were is not."""
    merged.move("DB03-02", "DB02", MAY)
    line = "+ từ Tổ chức DB03 chuyển trực thuộc ngày 01/05/2018 (Tổ chức DB03-02)"
    bloc, committee = browser(merged), browser(merged, "COMMITTEE", "DB02")
    seen = page(bloc, "DB02")
    (address,) = {a for a in links(seen).values() if "tu-so" in a}
    told = page(committee, "DB02")
    assert table(told, "Cầu nối năm 2017") == table(seen, "Cầu nối năm 2017")
    assert [line, "+2", "+2", ""] in table(told, "Cầu nối năm 2017")
    assert links(told) == {}
    there = reverse("indicator", args=["DB02", 2017, "DV-HTT"]) + address
    assert bloc.get(there).status_code == 200
    assert committee.get(there).status_code == 404
    # What it lost is in its own figure, and what one took over comes with its office.
    assert links(page(browser(merged, "COMMITTEE", "DB03"), "DB03"))
    assert links(page(browser(merged, "COMMITTEE", "DB01"), "DB01"))


def test_letters_below_the_bloc_stay_with_those_who_may_see_them(merged):
    merged.merge("DB01", "DB03", {"DB01-01": None, "DB01-02": None}, MAY)
    told = page(browser(merged, "INSPECTION"), "K", "DTTC")
    assert table(told, "Giữa các tổ chức trực thuộc")[1][1:] == ["1", "1"]
    assert len(links(told)) == 2
    silent = page(browser(merged), "K", "DTTC")
    assert "Giữa các tổ chức trực thuộc" not in silent and links(silent) == {}
    address = next(iter(links(told).values()))
    there = reverse("indicator", args=["K", 2017, "DTTC"]) + address
    assert browser(merged, "INSPECTION").get(there).status_code == 200
    assert browser(merged).get(there).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"cau": "1999"}, {"cau": "hai"}, {"cau": "²⁰¹⁷"}, {"mo": "khong-co"}, {"mo": "khong-co", "trong": "1"},
        {"cau": "2016", "mo": "1_2_20180301me"}, {"mo": "x", "phan": "khac"},
    ],
)  # fmt: skip
def test_what_the_address_names_and_is_not_there_is_said(merged, query):
    assert "Cầu nối" in page(browser(merged), "DB01", status=404, **query) or query.get("cau")


def test_a_part_that_the_group_does_not_have_is_not_found(merged):
    ask = browser(merged)
    address = next(a for a in links(page(ask, "DB01")).values() if "tu-so" in a)
    there = reverse("indicator", args=["DB01", 2017, "DV-HTT"]) + address.replace("tu-so", "khong-tinh")
    assert ask.get(there).status_code == 404


def queries(client, *where, **query):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page(client, *where, **query)
    return len(caught)


def test_a_page_costs_the_same_whatever_was_reorganized(merged):
    ask = browser(merged)
    page(ask, "DB01")
    before = {goc: queries(ask, "K", goc=goc) for goc in ("", "hien-nay")}
    merged.move("BP01", "DB01", MAY)
    merged.merge("DB02", "DB01", {"DB02-01": "DB01-02", "DB02-02": None}, date(2018, 6, 1))
    assert {goc: queries(ask, "K", goc=goc) for goc in ("", "hien-nay")} == before
