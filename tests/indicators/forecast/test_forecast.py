"""The forecast of admissions: exact numbers in the small world, and the arithmetic a second naive way."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.forecast import page as forecast_page
from indicators.forecast.forecast import Forecast, by_month, expected_on, median, months_left, usual
from members.candidates import pipeline, steps
from members.candidates.steps import Ceremony, Recommendation
from members.models import WAITING, Stage
from organizations.frame import frame
from tests.indicators.board import set_groups, set_targets
from tests.world import TODAY

DAY = timedelta(days=1)
TIMES = {Stage.RECOMMENDED: 100, Stage.CLASS: 60, Stage.DOSSIER: 30, Stage.DECIDED: 10}


# Arithmetic


@pytest.mark.parametrize(
    ("days", "middle"), [([], None), ([7], 7), ([1, 2], 2), ([9, 1, 5], 5), ([1, 2, 4, 100], 3), ([0, 0], 0)]
)
def test_the_median_is_whole(days, middle):
    assert median(days) == middle


def test_without_one_of_the_steps_there_is_no_usual_time():
    assert usual({stage: [n, n] for stage, n in TIMES.items()}) == TIMES
    assert usual({stage: [n] for stage, n in TIMES.items() if stage != Stage.CLASS}) == {}
    assert usual({}) == {}


def walked(stage, since, day):
    """Day by day: on each the next step is taken as soon as its time is over and the day looked at has come."""
    waits, now = TIMES[stage], since
    while True:
        if waits <= 0 and now >= day:
            if stage == Stage.DECIDED:
                return now
            stage, waits = Stage(stage + 1), TIMES[stage + 1]
            continue
        waits, now = waits - 1, now + DAY


@pytest.mark.parametrize("stage", WAITING)
@pytest.mark.parametrize("ago", [0, 1, 10, 29, 30, 31, 60, 400])
def test_who_may_come_when(stage, ago):
    since = TODAY - ago * DAY
    assert expected_on(stage, since, TIMES, TODAY) == walked(stage, since, TODAY)


def test_months_left_of_the_year():
    left = [months_left(date(2018, m, d)) for m, d in ((1, 1), (6, 29), (6, 30), (12, 14), (12, 30), (12, 31))]
    assert left == [12, 7, 6, 1, 1, 0]
    days = [date(2018, 1, 1) + n * DAY for n in range(365)]
    naive = [len({(d.month) for d in days if d > day}) for day in days]
    assert [months_left(day) for day in days] == naive


def look(day=date(2018, 6, 30), done=3, target=Decimal(15), waiting=(), times=TIMES):
    return Forecast(day=day, done=done, target=target, waiting=tuple(waiting), times=times)


def test_the_sentence_of_the_office():
    ready = [(Stage.DOSSIER, date(2018, 6, 1))] * 7 + [(Stage.DECIDED, date(2018, 6, 20))] * 2
    found = look(waiting=[*ready, (Stage.CLASS, date(2018, 1, 1))])
    assert (found.wanting, found.months, found.pace, found.ready) == (12, 6, 2, 9)
    assert forecast_page.sentence(found) == "Cần thêm 12 người, 2 người mỗi tháng; nguồn có 9 người đã đủ hồ sơ."


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"target": None}, "Không giao chỉ tiêu; đã kết nạp 3 người, nguồn có 0 người đã đủ hồ sơ."),
        ({"done": 15}, "Đã đủ chỉ tiêu: kết nạp 15 người, chỉ tiêu 15; nguồn có 0 người đã đủ hồ sơ."),
        ({"done": 16}, "Đã đủ chỉ tiêu: kết nạp 16 người, chỉ tiêu 15; nguồn có 0 người đã đủ hồ sơ."),
        ({"done": 14}, "Cần thêm 1 người, 1 người mỗi tháng; nguồn có 0 người đã đủ hồ sơ."),
        ({"day": TODAY}, "Cần thêm 12 người trong tháng còn lại; nguồn có 0 người đã đủ hồ sơ."),
        ({"day": date(2018, 12, 31)}, "Cả năm kết nạp 3 người, chỉ tiêu 15, thiếu 12 người."),
        ({"day": date(2018, 12, 31), "done": 18}, "Cả năm kết nạp 18 người, chỉ tiêu 15."),
    ],
)
def test_what_is_said(known, said):
    assert forecast_page.sentence(look(**known)) == said


def test_the_pace_is_rounded_up():
    for wanting in range(1, 30):
        for month in range(1, 12):
            found = look(day=date(2018, month, 10), done=0, target=Decimal(wanting))
            months, pace = found.months, found.pace
            assert pace * months >= wanting > (pace - 1) * months


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "Nguồn kết nạp chưa có ai đang chờ."),
        ({"day": date(2018, 12, 31)}, ""),
        (
            {"waiting": [(Stage.CLASS, date(2018, 6, 1))], "times": {}},
            "Chưa có năm nào trước đây ghi đủ các bước, nên chưa tính được ai kịp đến 31/12; "
            "dưới đây là số người ở từng bước.",
        ),
        (
            {"waiting": [(Stage.CLASS, date(2018, 6, 1)), (Stage.RECOMMENDED, date(2018, 6, 30))]},
            "Theo thời gian thường lệ, đến 31/12 có thể kết nạp thêm 1 người, cả năm 4 người: còn thiếu 11 người.",
        ),
        (
            {"waiting": [(Stage.DECIDED, date(2018, 6, 1))], "done": 14},
            "Theo thời gian thường lệ, đến 31/12 có thể kết nạp thêm 1 người, cả năm 15 người: đủ chỉ tiêu.",
        ),
        (
            {"waiting": [(Stage.DECIDED, date(2018, 6, 1))], "target": None},
            "Theo thời gian thường lệ, đến 31/12 có thể kết nạp thêm 1 người, cả năm 4 người.",
        ),
    ],
)
def test_what_may_come_is_said(known, said):
    assert forecast_page.outlook(look(**known)) == said


def test_the_last_day_that_is_in_time():
    # 30 + 10 days: whose dossier is complete on 21 November may come on 31 December.
    found = look(day=date(2018, 11, 22), waiting=[(Stage.DOSSIER, date(2018, 11, d)) for d in (20, 21, 22)])
    assert found.in_time == {Stage.DOSSIER: 2}


def test_month_by_month():
    months = by_month([date(2018, 1, 5), date(2018, 3, 1), date(2018, 3, 31)], date(2018, 4, 10), Decimal(10))
    assert [(m.came, m.total) for m in months[:5]] == [(1, 1), (0, 1), (2, 3), (0, 3), (None, None)]
    assert [m.aim_whole for m in months] == [1, 2, 3, 3, 4, 5, 6, 7, 8, 8, 9, 10]
    assert {m.aim for m in by_month([], TODAY, None)} == {None}


# The page in the small world

WAY = (date(2016, 10, 3), date(2017, 1, 11), date(2017, 3, 12), date(2017, 4, 11), date(2017, 4, 21))


@pytest.fixture
def scene(world):
    """2017: one came out of the pipeline of CB01, 100 + 60 + 30 + 10 days. 2018: target 3, one admitted, three wait."""
    set_groups(world, 2017, 2018)
    set_targets(world, 2018, KN={"K": 3, "CB01": 1})
    come_in(world, "Trần Trước", "CB01", *WAY)
    come_in(world, "Trần Mới", "DB01-01", *(day.replace(year=day.year + 1) for day in WAY))
    come_in(world, "Trần Một", "DB01-01", date(2018, 7, 2))
    come_in(world, "Trần Hai", "DB01-02", date(2018, 3, 1), date(2018, 8, 1), date(2018, 11, 22))
    come_in(world, "Trần Ba", "CB01", date(2018, 3, 1), date(2018, 8, 1), date(2018, 11, 1), date(2018, 12, 3))
    return world


def come_in(world, name, code, *days):
    born = date(1990, 1, 1) + len(name) * DAY
    row = Recommendation(full_name=name, sex="F", birth_date=born, organization=world.org[code], on=days[0])
    (candidate,) = steps.recommend([row], **world.act())
    for stage, day in zip(WAITING[1:], days[1:4], strict=False):
        steps.advance([(candidate, stage, day)], **world.act())
    if len(days) == 5:
        row = Ceremony(candidate=candidate, on=days[4], ethnic_group=world.kinh)
        steps.admit_from([row], **world.act())
    return candidate


def page(world, code, year=2018, role="ORGANIZATION", at="K"):
    return forecast_page.context(frame(world.user(role, at), code, year))


@pytest.mark.django_db
def test_the_bloc(scene):
    found = page(scene, "K")
    forecast = found["forecast"]
    assert (forecast.done, forecast.target, forecast.wanting, forecast.pace, forecast.ready) == (1, 3, 2, 2, 2)
    assert forecast.times == TIMES
    assert found["source"] == "trung vị của 1 người kết nạp từ nguồn các năm trước ở tổ chức này"
    # Hai: 22/11 + 30, then 10 days: 1 January. Ba: 3/12 + 10, overdue, so today.
    assert dict(forecast.in_time) == {Stage.DECIDED: 1}
    assert found["sentence"] == "Cần thêm 2 người trong tháng còn lại; nguồn có 2 người đã đủ hồ sơ."
    assert found["outlook"] == (
        "Theo thời gian thường lệ, đến 31/12 có thể kết nạp thêm 1 người, cả năm 2 người: còn thiếu 1 người."
    )
    assert [(n, days, coming) for _, n, days, coming in found["stages"]] == [
        (1, 100, 0), (0, 60, 0), (1, 30, 0), (1, 10, 1),
    ]  # fmt: skip
    assert found["came"] == 1
    assert [m.total for m in found["months"]] == [0, 0, 0, *[1] * 9]


@pytest.mark.django_db
def test_where_there_is_no_history_of_ones_own_the_bloc_s_is_used(scene):
    found = page(scene, "DB01")
    assert found["source"] == "trung vị của 1 người kết nạp từ nguồn các năm trước ở Tổ chức K"
    assert found["forecast"].target is None
    assert found["sentence"] == "Không giao chỉ tiêu; đã kết nạp 1 người, nguồn có 1 người đã đủ hồ sơ."
    assert page(scene, "CB01")["source"].endswith("ở tổ chức này")


@pytest.mark.django_db
def test_without_any_history_there_is_the_count_alone(scene):
    found = page(scene, "K", 2017)
    assert (found["forecast"].times, found["source"], found["outlook"]) == ({}, "", "")
    assert found["sentence"] == "Không giao chỉ tiêu; đã kết nạp 1 người, nguồn có 0 người đã đủ hồ sơ."
    assert page(scene, "DB02")["outlook"] == "Nguồn kết nạp chưa có ai đang chờ."


@pytest.mark.django_db
def test_a_year_without_groups(scene):
    found = page(scene, "K", 2016)
    assert (found["line"], found["sentence"], found["months"], found["chart"]) == (None, "", [], "")
    assert [(stage, n) for stage, n, _, _ in found["stages"]] == list(zip(WAITING, (1, 0, 0, 0), strict=True))


@pytest.mark.django_db
def test_a_past_year_shows_what_came(scene):
    set_targets(scene, 2017, KN={"K": 2})
    found = page(scene, "K", 2017)
    assert found["sentence"] == "Cả năm kết nạp 1 người, chỉ tiêu 2, thiếu 1 người."
    assert found["forecast"].is_over


@pytest.mark.django_db
def test_every_figure_is_the_line_s(scene):
    """The last of the months is the figure itself, also where it includes what a predecessor brought."""
    scene.admit("Lý Vân", "CB02", date(2018, 2, 3))
    scene.merge("CB02", "DB01", {"CB02": "DB01-01"}, date(2018, 6, 1))
    for code in ("K", "DB01", "CB01"):
        found = page(scene, code)
        assert found["months"][-1].total == found["line"].result.numerator
    assert page(scene, "DB01")["forecast"].done == 2


@pytest.mark.django_db
def test_the_spans_are_those_of_the_rows(scene):
    found = pipeline.spans(scene.org["K"], date(2018, 1, 1))
    assert found == {stage: [(b - a).days] for stage, (a, b) in zip(WAITING, pairwise(WAY), strict=True)}
    assert pipeline.spans(scene.org["K"], WAY[-1]) == dict.fromkeys(WAITING, [])
    assert pipeline.spans(scene.org["DB01"], date(2018, 1, 1)) == dict.fromkeys(WAITING, [])
    assert {stage: sorted(days) for stage, days in pipeline.spans(scene.org["K"], TODAY).items()} == {
        stage: [days[0]] * 2 for stage, days in found.items()
    }


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(scene):
    here = frame(scene.user("ORGANIZATION", "K"), "K", 2018)

    def asked():
        with CaptureQueriesContext(connection) as found:
            forecast_page.context(here)
        return len(found)

    few = asked()
    for n in range(12):
        come_in(scene, f"Lý {'x' * n}", "DB02-01", *WAY[: 1 + n % 5])
    assert asked() == few
