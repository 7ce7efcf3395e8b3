"""The pipeline and the badges of the demonstration: plausible, closed by the admissions, summing up the tree."""

from collections import Counter
from datetime import date

import pytest

from indicators.forecast import page as forecast_page
from ledger.models import User
from members.badges import party_age
from members.badges.rounds import Rounds, given_in
from members.candidates import pipeline
from members.models import Admission, BadgeAward, CandidateStep, Stage
from organizations.frame import frame
from tests.world import TODAY

pytestmark = pytest.mark.django_db
FIRST = date(2018, 1, 1)


@pytest.fixture
def page(demo):
    user = User.objects.get(username="bantochuc")
    return lambda code, year=2018: frame(user, code, year)


def test_who_waits_and_who_left(demo):
    whole = sum(pipeline.counts(demo.of["K"], FIRST, TODAY).values(), Counter())
    assert whole == {
        Stage.RECOMMENDED: 21,
        Stage.CLASS: 15,
        Stage.DOSSIER: 9,
        Stage.DECIDED: 4,
        Stage.ADMITTED: 93,
        Stage.STOPPED: 3,
        Stage.WITHDRAWN: 2,
    }
    parts = Counter()
    for code in demo.of:
        if code.startswith(("DB", "CB")) and "-" not in code:
            parts += sum(pipeline.counts(demo.of[code], FIRST, TODAY).values(), Counter())
    assert parts == whole


def test_whoever_came_out_of_it_is_a_member_since_that_day():
    steps = CandidateStep.objects.standing().filter(stage=Stage.ADMITTED).select_related("member")
    admissions = {a.member_id: a for a in Admission.objects.filter(organization__isnull=False)}
    assert steps.count() == 326
    for step in steps:
        admission = admissions[step.member_id]
        assert (step.on, step.organization_id) == (admission.ceremony, admission.organization_id)


def test_the_forecast_of_the_open_year(page):
    found = forecast_page.context(page("K"))
    assert found["sentence"] == "Cần thêm 12 người trong tháng còn lại; nguồn có 13 người đã đủ hồ sơ."
    assert found["forecast"].done + found["forecast"].wanting == 120
    assert sum(m.came for m in found["months"]) == found["line"].result.numerator == 108
    assert found["source"].startswith("trung vị của 233 người")


def test_a_closed_year_shows_what_came(page):
    found = forecast_page.context(page("K", 2017))
    assert found["sentence"] == "Cả năm kết nạp 129 người, chỉ tiêu 115."
    assert [m.total for m in found["months"]][-1] == 129


def test_nearly_all_who_are_due_a_badge_received_it(page):
    given, wanting = 0, 0
    for year in range(2013, 2019):
        for round_ in Rounds(page("K", year)).in_turn:
            given, wanting = given + len(round_.given), wanting + len(round_.open)
    assert given > 130
    assert wanting < given / 10
    assert {award.kind for award in given_in(page("K"))} == {1, 2, 3}


def test_no_badge_before_its_time_but_out_of_turn():
    awards = BadgeAward.objects.standing().select_related("level")
    services = party_age.services({award.member_id for award in awards})
    early = [a for a in awards if services[a.member_id].months(a.on) < 12 * a.level.years]
    assert sorted(a.kind for a in early) == [BadgeAward.Kind.EARLY, BadgeAward.Kind.POSTHUMOUS]
