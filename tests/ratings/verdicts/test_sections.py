"""A section committee (đảng bộ bộ phận): its office, the sheets it reviews, its own rating (domain §2.5)."""

from datetime import date

import pytest

from ledger import clock
from ledger.models import User
from organizations.access import Capacity, capacities
from ratings.models import OrganizationRating, State
from ratings.periods.board import lacking
from ratings.tasks.tasks import Duty, tasks_of
from tests.hand import signed_in_as
from tests.pages.test_pages_input import in_vietnamese
from tests.ratings.committee.page import shown, url
from tests.ratings.desk import RATED, Desk
from tests.world import TODAY, refused


@pytest.fixture
def year(world):
    return Desk(world, 2018)


@pytest.fixture
def section(year):
    return year.world.user("COMMITTEE", "BP01")


def owed(user):
    with clock.fixed(TODAY):
        return [(task.duty, task.place.organization.code) for task in tasks_of(User.objects.get(pk=user.pk)).owed]


def to_sign(user):
    with clock.fixed(TODAY):
        return [task.what for task in tasks_of(User.objects.get(pk=user.pk)).owed if task.sheets]


def _page(user, code):
    return signed_in_as(User.objects.get(pk=user.pk)).get(url("ratings", code)).context["page"]


def step(user, code, errand, desk, **more):
    return signed_in_as(user).post(url("rating_step", code), {"viec": errand, **shown(desk, "DB03-01"), **more})


def test_its_office_reaches_its_own_cells_and_no_others(year, section):
    org = year.world.org
    assert capacities(section, org["BP01"], TODAY) == {Capacity.CELL, Capacity.SECTION}
    assert capacities(section, org["DB03-01"], TODAY) == {Capacity.SECTION}
    assert capacities(section, org["DB03-02"], TODAY) == capacities(section, org["DB03"], TODAY) == set()
    browser = signed_in_as(section)
    assert browser.get(url("ratings", "DB03-01")).status_code == 200
    for code in ("DB03", "DB03-02", "DB01-01"):
        assert browser.get(url("ratings", code)).status_code == 404


def test_it_reviews_and_its_committee_decides(year, section):
    year.rate(Lan=2, Minh=3)
    year.submit("DB03-01")
    refusal = step(section, "BP01", "decide", year)
    assert (refusal.status_code, year.state("DB03-01")) == (403, State.SUBMITTED)
    page = in_vietnamese(signed_in_as(section).get(url("ratings", "BP01")))
    assert "1 phiếu chờ thẩm định" in page
    assert step(section, "BP01", "endorse", year).status_code == 302
    assert year.state("DB03-01") == State.ENDORSED
    year.decide("DB03-01")
    assert year.line("Minh").decided == 3


def test_it_sends_back_with_a_reason(year, section):
    year.rate(Lan=2, Minh=3)
    year.submit("DB03-01")
    assert step(section, "BP01", "return", year, ly_do="Chưa nêu ưu điểm.").status_code == 302
    sheet = year.sheet("DB03-01")
    assert (sheet.state, sheet.returned_because) == (State.DRAFT, "Chưa nêu ưu điểm.")


def test_whose_task_a_sheet_handed_in_is(year, section):
    """The section's as long as somebody holds its office; else the committee's above, so that none is forgotten."""
    committee = year.world.user("COMMITTEE", "DB03")
    year.rate(Lan=2, Minh=2, Nga=2, Oanh=2)
    year.submit("DB03-01", "DB03-02")
    assert (Duty.ENDORSE, "BP01") in owed(section)
    assert to_sign(section) == ["1 phiếu chờ thẩm định"]
    assert to_sign(committee) == ["1 phiếu chờ duyệt"]
    rows = {row.place.organization.code: row for row in _page(committee, "DB03").to_sign}
    assert (rows["DB03-01"].first, rows["DB03-01"].goes) == ("Tổ chức BP01", False)
    assert (rows["DB03-02"].first, rows["DB03-02"].goes) == ("", True)
    year.world.dismiss(section, TODAY)
    assert to_sign(committee) == ["2 phiếu chờ duyệt"]
    assert [row.goes for row in _page(committee, "DB03").to_sign] == [True, True]


def test_the_committee_above_may_review_too(year):
    year.rate(Lan=2, Minh=2)
    year.submit("DB03-01")
    committee = year.world.user("COMMITTEE", "DB03")
    assert step(committee, "DB03", "endorse", year).status_code == 302
    assert year.state("DB03-01") == State.ENDORSED


def test_it_proposes_its_own_level_and_its_committee_decides(year, section):
    year.decide_all()
    assert (Duty.PROPOSE, "BP01") in owed(section)
    own = url("rating_organizations", "BP01")
    version = year.organization("BP01").version
    sent = {"viec": "de-nghi", "muc": "2", "ban": version}
    assert signed_in_as(section).post(own, sent).status_code == 302
    row = year.organization("BP01")
    assert (row.tier, row.proposed, row.level) == (OrganizationRating.Tier.SECTION, 2, None)
    assert (Duty.PROPOSE, "BP01") not in owed(section)
    committee = year.world.user("COMMITTEE", "DB03")
    (task,) = [t for t in _tasks(committee) if t.duty == Duty.RATE_CELLS]
    assert task.detail.startswith("2 chi bộ, 1 đảng bộ bộ phận chưa có mức: ")
    page = in_vietnamese(signed_in_as(committee).get(url("rating_organizations", "DB03")))
    assert "Chi bộ, đảng bộ bộ phận trực thuộc: 0/3 đã có mức hoặc lý do" in page
    sent = {f"muc_{row.pk}": "3", f"khac_{row.pk}": "Còn chậm", f"ban_{row.pk}": row.version, f"cu_{row.pk}": "|0|"}
    paper = {"viec": "quyet-dinh", "so": "3-QĐ/ĐU", "ngay": "10/12/2018", "co_quan": "Đảng ủy DB03"}
    answer = signed_in_as(committee).post(url("rating_organizations", "DB03"), sent | paper)
    assert (answer.status_code, year.organization("BP01").level) == (302, 3)


def _tasks(user):
    with clock.fixed(TODAY):
        return tasks_of(User.objects.get(pk=user.pk)).owed


def test_the_lock_waits_for_it(year):
    year.decide_all()
    year.accept()
    year.rate_organizations(**{code.replace("-", "_"): 2 for code in RATED if code != "BP01"})
    with clock.fixed(date(2019, 1, 16)):
        assert lacking(year.period) == ["Còn 1 tổ chức chưa có mức xếp loại hoặc lý do: 1 đảng bộ bộ phận."]
        with refused("Còn 1 tổ chức chưa có mức xếp loại hoặc lý do: 1 đảng bộ bộ phận."):
            year.lock()
        year.rate_organizations(BP01="to_chuc_moi")
        year.lock()
    assert year.period.locked


def test_a_section_counts_in_no_figure_of_grassroots_organizations(year):
    from indicators.facts import Window
    from indicators.measures import counts, organizations_rated

    year.finish()
    window, top = Window(2018, date(2018, 1, 1), date(2018, 12, 31)), year.world.org["K"].pk
    assert counts([organizations_rated], [window], nodes=[top])["organizations_rated", top, 2018] == 5
