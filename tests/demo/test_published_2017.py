"""The published result of 2017, figure by figure, computed from rows (domain §1 and §6)."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from indicators import wording
from indicators.board import board, left_out
from indicators.models import Indicator
from members.roll.on_a_day import roll

pytestmark = pytest.mark.django_db
STRINGS = ("numerator", "denominator", "value", "exact", "unit", "target", "excess", "excess_unit", "verdict")


def printed(command, **options):
    out = io.StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def figures():
    return json.loads(printed("figures", year=2017, format="json"))


def test_the_eight_groups(figures):
    groups = [tuple(g[name] for name in ("order", "code", *STRINGS, "by_rounding")) for g in figures["groups"]]
    assert groups == [
        (1, "KN", "129", None, "129", "129", "đảng viên", "115", "12", "%", "exceeded", False),
        (2, "KN-TN", "81", "129", "63", "62.79", "%", "60", "3", "điểm %", "exceeded", False),
        (3, "TSVM", "52", "56", "93", "92.86", "%", "93", "0", "điểm %", "met", True),
        (4, "DV-HTT", "2237", "2260", "99", "98.98", "%", "95", "4", "điểm %", "exceeded", False),
        (5, "KTGS", "12", "12", "100", "100.00", "%", "100", "0", "điểm %", "met", False),
        (6, "DTTC", "6", "6", "100", "100.00", "%", "100", "0", "điểm %", "met", False),
        (7, "TCD", "14", "56", "25", "25.00", "%", "25", "0", "điểm %", "met", False),
        (8, "NVCT", "54", "56", "96", "96.43", "%", "95", "1", "điểm %", "exceeded", False),
    ]


def test_the_parts_beside_them(figures):
    parts = {p["code"]: (p["numerator"], p["denominator"], p["value"]) for g in figures["groups"] for p in g["parts"]}
    assert parts == {
        "TSVM-TB": ("10", "56", "17.9"),
        "DV-XS": ("310", "2260", "13.7"),
        "KTGS-KT": ("10", "10", "100"),
        "KTGS-GS": ("2", "2", "100"),
    }


def test_the_json_keeps_to_its_shape(figures):
    assert list(figures) == ["year", "organization", "as_of", "met", "of", "groups"]
    assert (figures["year"], figures["organization"], figures["as_of"]) == (2017, "K", "2017-12-31")
    assert (figures["met"], figures["of"]) == (8, 8)
    assert all(type(figures[name]) is int for name in ("year", "met", "of"))
    for group in figures["groups"]:
        assert type(group["order"]) is int
        assert isinstance(group["parts"], list)
        for figure in (group, *group["parts"]):
            assert {*STRINGS, "code", "name"} <= figure.keys()
            assert all(figure[name] is None or type(figure[name]) is str for name in STRINGS)


def test_as_text():
    lines = printed("figures", year=2017).splitlines()
    assert lines[0] == "Đảng bộ Khối các cơ quan tỉnh, số liệu đến 31/12/2017"
    assert lines[1] == (
        "56 tổ chức cơ sở đảng = 25 đảng bộ cơ sở + 31 chi bộ cơ sở; 161 chi bộ trực thuộc; 192 chi bộ; 2.305 đảng viên"
    )
    assert lines[2] == "Năm 2017 đạt cả 8 nhóm chỉ tiêu"
    for n, expected in enumerate(
        [
            "129 · chỉ tiêu 115 · vượt 12%",
            "63% (81/129 đảng viên mới kết nạp) · chỉ tiêu 60% · vượt 3 điểm %",
            "93% (52/56 tổ chức cơ sở đảng được xếp loại) (chính xác 92,86%) · chỉ tiêu 93% · đạt (làm tròn)",
            "99% (2.237/2.260 đảng viên được xếp loại) · chỉ tiêu 95% · vượt 4 điểm %",
            "100% (12/12 lượt theo kế hoạch) · chỉ tiêu 100% · đạt",
            "100% (6/6 đơn đã thụ lý, đến hạn hoặc đã giải quyết) · chỉ tiêu 100% · đạt",
            "25% (14/56 tổ chức cơ sở đảng) · chỉ tiêu 25% · đạt",
            "96% (54/56 tổ chức cơ sở đảng đã có kết quả) · chỉ tiêu 95% · vượt 1 điểm %",
        ],
        start=1,
    ):
        (line,) = [line for line in lines if line.startswith(f"{n}. ")]
        assert line.partition(": ")[2] == expected
    assert "     trong đó hoàn thành xuất sắc: 13,7% (310/2.260 đảng viên được xếp loại)" in lines
    assert "     không tính 41: Được miễn công tác và sinh hoạt đảng" in lines
    assert "     không tính 4: Bị đình chỉ sinh hoạt đảng" in lines


def test_as_csv():
    rows = list(csv.DictReader(io.StringIO(printed("figures", year=2017, format="csv"))))
    assert [row["code"] for row in rows] == ["KN", "KN-TN", "TSVM", "DV-HTT", "KTGS", "DTTC", "TCD", "NVCT"]
    assert rows[0] == {
        "order": "1",
        "code": "KN",
        "name": "Kết nạp đảng viên mới",
        "numerator": "129",
        "denominator": "",
        "value": "129",
        "exact": "129",
        "unit": "đảng viên",
        "target": "115",
        "excess": "12",
        "excess_unit": "%",
        "verdict": "exceeded",
    }


def test_the_exact_rule_gives_seven_of_eight(demo):
    for indicator in Indicator.objects.filter(group__year=2017):
        indicator.rule = Indicator.Rule.EXACT
        indicator.save()
    seen = board(demo.of["K"], 2017)
    assert wording.headline(seen) == "Năm 2017 đạt 7 trong 8 nhóm chỉ tiêu"
    behind = [(line.group.code, wording.verdict(line)) for line in seen.cards() if not line.verdict.counts_as_met]
    assert behind == [("TSVM", "Chưa đạt")]


def test_the_45_left_out_are_listed_by_reason(demo):
    year = demo.years[2017]
    indicator = Indicator.objects.get(group__year=2017, code="DV-HTT")
    assert left_out(indicator, demo.of["K"], year) == [
        ("Được miễn công tác và sinh hoạt đảng", 41),
        ("Bị đình chỉ sinh hoạt đảng", 4),
    ]


def test_the_sentences_of_the_exact_figure(demo):
    tsvm = next(line for line in board(demo.of["K"], 2017).cards() if line.group.code == "TSVM")
    assert wording.in_words(tsvm) == (
        "52 trên 56 tổ chức cơ sở đảng được xếp loại: 52 × 100 : 56 = 92,86%, làm tròn thành 93%."
    )
    assert wording.judged_in_words(tsvm) == (
        "Chỉ tiêu 93%, so với số đã làm tròn: đạt (làm tròn). Số chính xác là 92,86%, nếu so số chính xác thì chưa đạt."
    )


def test_the_house_on_the_last_day_of_2017(demo):
    assert board(demo.of["K"], 2017).structure == {
        "grassroots": 56,
        "committees": 25,
        "grassroots_cells": 31,
        "cells": 192,
        "subordinate_cells": 161,
        "members": 2305,
    }


def test_the_roll_of_2305(demo):
    rows = json.loads(printed("roll", date="2017-12-31", format="json"))
    assert len(rows) == len({row["id"] for row in rows}) == roll(demo.of["K"], date(2017, 12, 31)).count() == 2305
    assert printed("roll", date="31/12/2017").splitlines()[-1] == "2305 đảng viên vào ngày 31/12/2017"
    assert set(rows[0]) == {
        *("id", "name", "sex", "born", "age", "ethnic_group", "organization", "since", "joined", "decided"),
        *("official", "probationary", "status"),
    }


def test_who_died_on_the_last_day_is_off_its_roll(demo):
    assert roll(demo.of["K"], date(2017, 12, 30)).count() == 2306


def test_the_planning_department_keeps_its_own_work_to_itself(demo):
    """Two inspections of five cells count for DB01, not for the bloc (domain §1.2)."""
    ktgs = {
        code: next(x for x in board(demo.of[code], 2017).cards() if x.group.code == "KTGS") for code in ("DB01", "K")
    }
    assert (ktgs["DB01"].result.numerator, ktgs["DB01"].result.denominator) == (5, 5)
    assert (ktgs["K"].result.numerator, ktgs["K"].result.denominator) == (12, 12)
    year = demo.years[2017]
    counted = {code: demo.counted["planned", demo.of[code].pk, year.year] for code in ("K", "DB01", "DB02", "DB01-01")}
    assert counted == {"K": 12, "DB01": 5, "DB02": 0, "DB01-01": 0}
