"""The other years, days within a year, and questions that have no answer."""

import hashlib
import io
import json
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from indicators import machine, wording
from indicators.board import board, known_years
from members.models import Member
from ratings.models import Sheet

pytestmark = pytest.mark.django_db


def printed(**options):
    out = io.StringIO()
    call_command("figures", stdout=out, **options)
    return out.getvalue()


def of(board_, code):
    return next(line for line in board_.cards() if line.group.code == code)


def test_six_years_side_by_side():
    rows = json.loads(printed(years="2013-2018", format="json"))
    assert [row["year"] for row in rows] == [2013, 2014, 2015, 2016, 2017, 2018]
    values = {
        g["code"]: [next(x["value"] for x in y["groups"] if x["code"] == g["code"]) for y in rows]
        for g in rows[0]["groups"]
    }
    assert values == {
        "KN": ["112", "116", "121", "124", "129", "108"],
        "KN-TN": ["55", "57", "59", "60", "63", "65"],
        "TSVM": ["82", "86", "88", "91", "93", None],
        "DV-HTT": ["95", "96", "97", "98", "99", "98"],
        "KTGS": ["91", "100", "100", "100", "100", "75"],
        "DTTC": ["100", "86", "100", None, "100", "100"],
        "TCD": ["19", "21", "21", "23", "25", "16"],
        "NVCT": ["93", "93", "95", "95", "96", None],
    }
    assert [(row["met"], row["of"]) for row in rows] == [(5, 8), (7, 8), (7, 8), (7, 8), (8, 8), (0, 8)]


def test_many_years_as_a_table():
    lines = printed(years="2016-2017").splitlines()
    assert lines[0].split() == ["year", "2016", "2017"]
    assert lines[7].split() == ["6", "DTTC", "–", "100"]
    assert printed(years="2013-2017", format="csv").splitlines()[:2] == [
        "order,code,2013,2014,2015,2016,2017",
        "1,KN,112,116,121,124,129",
    ]


def test_a_span_reaching_beyond_what_is_known_shows_what_is_known():
    assert [y["year"] for y in json.loads(printed(years="2016-2030", format="json"))] == [2016, 2017, 2018]


def test_without_letters_none_arose_and_the_group_is_met(demo):
    line = of(board(demo.of["K"], 2016), "DTTC")
    assert (wording.value(line), wording.verdict(line)) == ("–", "Không phát sinh")


def test_the_open_year_is_provisional(demo):
    seen = board(demo.of["K"], 2018)
    assert wording.headline(seen) == "Năm 2018: tạm tính, chưa kết thúc"
    assert wording.provisional(seen) == "tạm tính · 60/192 chi bộ đã quyết định"
    assert {line.group.code: line.verdict.value for line in seen.cards()} == {
        **dict.fromkeys(("KN", "KN-TN", "DV-HTT", "KTGS", "DTTC", "TCD"), "provisional"),
        **dict.fromkeys(("TSVM", "NVCT"), "no_data"),
    }
    assert "Đạt" not in {wording.verdict(line) for line in seen.cards()}
    assert board(demo.of["K"], 2017).progress == (0, 0)


def test_the_progress_of_a_part_is_its_own(demo):
    rows = Sheet.objects.filter(period__year=2018).values_list("organization__code", "state")
    roofs = {code: "DB06" if code == "DB05-03" else code[:4] for code, _ in rows}
    for roof in ("DB01", "DB05", "DB06", "DB12", "CB01"):
        states = [state for code, state in rows if roofs[code] == roof]
        assert board(demo.of[roof], 2018, years=[2018]).progress == (states.count("decided"), len(states))
    states = Counter(state for _, state in rows)
    assert states == {"decided": 60, "submitted": 36, "draft": 96}


def test_before_2018_the_third_group_is_named_after_the_old_label(demo):
    names = [of(board(demo.of["K"], year), "TSVM").group.name for year in (2017, 2018)]
    assert names == ["Tổ chức cơ sở đảng trong sạch, vững mạnh", "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên"]


def test_half_a_year(demo):
    seen = json.loads(printed(year=2017, as_of="2017-06-30", format="json"))
    assert seen["as_of"] == "2017-06-30"
    groups = {g["code"]: g for g in seen["groups"]}
    assert {code: g["verdict"] for code, g in groups.items()} == {
        **dict.fromkeys(("KN", "KN-TN", "KTGS", "TCD", "DTTC"), "provisional"),
        **dict.fromkeys(("TSVM", "DV-HTT", "NVCT"), "no_data"),
    }
    admitted = demo.counted["admitted", demo.of["K"].pk, 2017]
    assert (admitted, groups["KN"]["value"]) == (129, "43")
    assert (groups["KTGS"]["numerator"], groups["KTGS"]["denominator"]) == ("0", "12")


def test_as_of_a_later_day_a_past_year_is_whole():
    assert json.loads(printed(year=2017, as_of="2018-03-01", format="json")) == json.loads(
        printed(year=2017, format="json")
    )


def test_an_organization_by_its_code():
    seen = json.loads(printed(year=2016, organization="DB12", format="json"))
    assert (seen["organization"], seen["of"], seen["groups"][0]["value"]) == ("DB12", 3, "5")
    assert [g["code"] for g in seen["groups"]] == ["KN", "KN-TN", "TSVM", "DV-HTT", "DTTC", "TCD", "NVCT"]
    assert {g["code"]: g["state"] for g in seen["groups"] if "state" in g} == {
        "TSVM": "Trong sạch, vững mạnh",
        "TCD": "đã kiểm tra",
        "NVCT": "hoàn thành vượt mức",
    }


def test_an_organization_that_has_ended_has_no_figures_any_more():
    lines = printed(year=2017, organization="CB32").splitlines()
    assert lines[0] == "Chi bộ Ban Dân tộc tỉnh, số liệu đến 31/12/2017"
    assert lines[2] == "Năm 2017: chưa giao chỉ tiêu nào"
    assert lines[3] == "1. Kết nạp đảng viên mới: 0"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"year": 2012}, "Không có nhóm chỉ tiêu cho năm được hỏi. Có các năm: 2013, 2014, 2015, 2016, 2017, 2018."),
        ({"year": 2019}, "Không có nhóm chỉ tiêu cho năm được hỏi. Có các năm: 2013, 2014, 2015, 2016, 2017, 2018."),
        (
            {"years": "1990-1999"},
            "Không có nhóm chỉ tiêu cho năm được hỏi. Có các năm: 2013, 2014, 2015, 2016, 2017, 2018.",
        ),
        ({"years": "2017-2013"}, "Viết khoảng năm như 2013-2017."),
        ({"years": "2017"}, "Viết khoảng năm như 2013-2017."),
        ({"years": "tất cả"}, "Viết khoảng năm như 2013-2017."),
        ({"year": 2017, "organization": "DB99"}, "Không có tổ chức mang mã “DB99”."),
        (
            {"year": 2017, "as_of": "31/02/2017"},
            "“31/02/2017” không phải là ngày. Hãy viết 2017-12-31 hoặc 31/12/2017.",
        ),
        ({"year": 2017, "as_of": "2016-12-31"}, "Ngày 31/12/2016 trước năm 2017."),
    ],
)
def test_questions_without_an_answer(options, sentence):
    with pytest.raises(CommandError) as caught:
        printed(**options)
    assert str(caught.value) == sentence


def test_a_year_that_is_no_number():
    with pytest.raises(CommandError):
        call_command("figures", "--year", "bảy")


def test_the_demonstration_is_the_same_every_time(demo):
    assert known_years() == [2013, 2014, 2015, 2016, 2017, 2018]
    figures = [machine.figures(b := board(demo.of["K"], year), b.year.window.last) for year in known_years()]
    names = list(Member.objects.order_by("pk").values_list("full_name", "birth_date"))
    text = json.dumps([figures, [(name, str(born)) for name, born in names]], ensure_ascii=False, sort_keys=True)
    assert len(names) == 2829
    assert (
        hashlib.sha256(text.encode()).hexdigest() == "58b2733456dc9fa21a5f611d8c04a48ec7e92ad828a6922b801197452eb96912"
    )


def test_today_is_the_day_of_the_demonstration(demo):
    assert demo.windows[-1].last == date(2018, 12, 14)
