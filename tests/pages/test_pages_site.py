"""The small world with three years of figures, as the pages see it; and every number of a result opens onto its rows.

Other tests of pages hold this site for a whole module: `site = pytest.fixture(scope="module")(standing)`.
"""

import re
from datetime import date

import pytest
from django.db import connection, transaction
from django.urls import reverse

from indicators.models import Indicator
from indicators.targets import targets
from inspections.checks.register import InspectionPlan, register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from ledger.models import Document, User
from members.candidates.steps import Recommendation, recommend
from ratings.models import OrganizationRating
from ratings.verdicts.verdicts import record_tasks
from tests.hand import signed_in_as
from tests.kept import kept
from tests.ratings.desk import SUBORDINATE, Desk
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db

PASSWORD = "mot-cau-dai-kho-doan"
TARGETS = {"KN": 2, "KN-TN": 60, "TSVM": 50, "DV-HTT": 90, "KTGS": 100, "DTTC": 100, "TCD": 25, "NVCT": 100}
Kind = Inspection.Kind
Task = OrganizationRating.Task


class Site(World):
    """2016 has its groups alone, 2017 is closed, 2018 open. On 01/03/2017 DB03-02 moved from DB03 to DB02."""

    def __init__(self):
        super().__init__()
        self.paper = Document.objects.create(number="5-NQ/ĐUK", date=date(2017, 1, 9), issuer="Đảng ủy Khối")
        self.move("DB03-02", "DB02", date(2017, 3, 1))
        self.admit("Đặng Ủy", "DB01-01", date(2017, 5, 19), youth=True)
        self.admit("Trần Uyên", "DB02-01", date(2017, 9, 2))
        self.admit("Lý Vân", "CB01", date(2018, 2, 3), youth=True)
        for year in (2016, 2017, 2018):
            targets.set_groups(year, targets.eight_groups(year), **self.act())
            self.set(year, "K", **{code.replace("-", "_"): value for code, value in TARGETS.items()})
        self.set(2017, "DB01", KN=1)
        self._work()
        self._rate()
        self._recommend()

    def _recommend(self):
        """Each recommended in their cell in 2017 and still waiting."""
        born, on = date(1995, 3, 20), date(2017, 6, 1)
        people = {"Trần Nguồn": "DB01-01", "Trần Khác": "DB02-01"}
        rows = [
            Recommendation(full_name=name, sex="F", birth_date=born, organization=self.org[code], on=on)
            for name, code in people.items()
        ]
        recommend(rows, **self.act())

    def set(self, year, code, **values):
        of = {i.code: i for i in Indicator.objects.filter(group__year=year)}
        rows = {(of[name.replace("_", "-")], self.org[code]): value for name, value in values.items()}
        targets.set_targets(rows, **self.act(document=self.paper))

    def _work(self):
        day, org = date(2017, 6, 1), self.org
        plans = [
            (Kind.INSPECTION, "K", {"DB01": day, "DB02": None}),
            (Kind.SUPERVISION, "K", {"CB01": day}),
            (Kind.FINANCE, "K", {"CB01": day, "DB01": day}),
            (Kind.INSPECTION, "DB01", {"DB01-01": day, "DB01-02": day}),
        ]
        register_inspections(
            [
                InspectionPlan(
                    year=2017,
                    kind=kind,
                    title=f"Nghị quyết {n}",
                    conductor=org[by],
                    subjects=tuple((org[code], done) for code, done in subjects.items()),
                )
                for n, (kind, by, subjects) in enumerate(plans)
            ],
            **self.act(),
        )
        letters = [("DB01-01", date(2017, 7, 1)), ("CB01", date(2017, 11, 1)), ("DB02-01", None)]
        register_letters(
            [
                ReceivedLetter(
                    number=f"Đơn-{code}",
                    organization=org[code],
                    received_on=date(2017, 5, 2),
                    accepted_on=date(2017, 5, 9) if done else None,
                    due_on=date(2017, 8, 9),
                    resolved_on=done,
                )
                for code, done in letters
            ],
            **self.act(),
        )

    def _rate(self):
        desk = self.closed = Desk(self, 2017)
        desk.rate_all(2, An=3, Dung=2)
        desk.submit(*SUBORDINATE)
        desk.endorse(*SUBORDINATE)
        desk.decide()
        desk.accept()
        rows = {code.replace("-", "_"): 2 for code in (*SUBORDINATE, "BP01", "DB02", "DB03", "CB02")}
        desk.rate_organizations(DB01=1, CB01={"level": 1, "exemplary": True}, **rows)
        done = dict.fromkeys(("DB01", "DB02", "DB03", "CB01"), Task.COMPLETED) | {"CB02": Task.FAILED}
        record_tasks(desk.period, {self.org[c]: t for c, t in done.items()}, **desk.by())
        desk.lock()
        desk = self.open = Desk(self, 2018)
        desk.rate_all(2, on=desk.today)
        desk.submit(*SUBORDINATE)
        desk.decide("CB01")

    def signed_in(self, user):
        """A browser in which `user` has signed in."""
        return signed_in_as(user)

    def as_(self, role=None, code=None, **more):
        """A browser in which a new holder of the role has signed in."""
        return self.signed_in(self.user(role, code, **more))

    def as_administrator(self):
        return self.signed_in(User.objects.create_superuser("quan-tri", password=PASSWORD))


def standing(django_db_setup, django_db_blocker):
    """The Site, held by one transaction around all tests of a module; what each of them writes is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _built()
        transaction.set_rollback(True)


def _built():
    site = kept(Site)
    connection.check_constraints()  # else PostgreSQL checks everything again after each test
    return site


site = pytest.fixture(scope="module")(standing)

RESULT = re.compile(r'(?s)<tr class="result [^>]*>(.*?)</tr>')
NUMBER = re.compile(r'<a href="([^"]+hang=[^"]+|[^"]+#dong)">(?:Xem )?([\d.]+)')
TALLY = re.compile(r'<p class="tally">([\d.]+) dòng')


def dashboard(code, year):
    return reverse("dashboard", args=[code, year])


def tally(response):
    """How many rows the last table of a page says it holds."""
    table = response.content.decode().rpartition("<table")[2]
    if "Không có dòng nào." in table:
        return "0"
    (count,) = TALLY.findall(table)
    return count


@pytest.mark.parametrize(
    ("code", "year"),
    [
        *((code, 2017) for code in ("K", "DB01", "DB02", "DB03", "BP01", "DB02-01", "DB03-02", "CB01")),
        *((code, 2018) for code in ("K", "CB01")),
        ("K", 2016),
    ],
)
def test_every_number_of_a_result_opens_onto_as_many_rows(site, code, year):
    browser = site.as_("LEADER", "K")
    results = RESULT.findall(browser.get(dashboard(code, year)).content.decode())
    numbers = [pair for result in results for pair in NUMBER.findall(result)]
    assert numbers
    for url, number in numbers:
        assert tally(browser.get(url)) == number, url


def test_the_numbers_of_the_closed_year(site):
    """The two tests beside this one compare; this one knows."""
    page = site.as_("LEADER", "K").get(dashboard("K", 2017)).content.decode()
    found = [[number for _, number in NUMBER.findall(result)] for result in RESULT.findall(page)]
    assert found == [["2"], ["1", "2"], ["2", "5"], ["17", "18"], ["2", "3"], ["1", "2"], ["2", "5"], ["4", "5"]]
    assert "<title>Năm 2017 đạt 3 trong 8 nhóm chỉ tiêu, Tổ chức K · Khối CCQ</title>" in page


@pytest.mark.parametrize(("code", "year"), [("K", 2017), ("DB02", 2016), ("DB02", 2018), ("DB01-01", 2017)])
def test_the_headcount_opens_onto_its_people(site, code, year):
    browser = site.as_("LEADER", "K")
    page = browser.get(dashboard(code, year)).content.decode()
    people = reverse("people", args=[code, year])
    (number,) = re.findall(rf'<a href="{people}"><b>([\d.]+)</b> đảng viên</a>', page)
    assert tally(browser.get(people)) == number


def test_the_number_of_organizations_opens_onto_them(site):
    browser = site.as_("LEADER", "K")
    assert re.search(r"<b>5</b> tổ\s+chức cơ sở đảng", browser.get(dashboard("K", 2017)).content.decode())
    profile = browser.get(reverse("organization", args=["K", 2017])).content.decode()
    assert len(set(re.findall(r"/to-chuc/(\w+)/2017/", profile)) - {"K"}) == 5


def test_the_administration_of_one_bloc_begins_with_it(site):
    assert site.as_administrator().get(reverse("home")).url == dashboard("K", 2018)


def test_contributions_sum_to_the_number(site):
    page = site.as_("LEADER", "K").get(reverse("indicator", args=["K", 2017, "DV-HTT"]))
    rows = list(page.context["contributions"].data)
    assert [sum(row[key] for row in rows) for key in ("numerator", "denominator")] == [17, 18]


def test_a_successor_shows_the_rows_of_those_it_took_over(site):
    """Its number includes theirs of the same year, so the list behind the number does too."""
    site.admit("Hồ Xuân", "CB02", date(2018, 4, 3))
    site.merge("CB02", "DB03", {"CB02": "DB03-01"}, date(2018, 6, 1))
    browser = site.as_("LEADER", "K")
    page = browser.get(reverse("indicator", args=["DB03", 2018, "KN"]))
    assert page.context["line"].result.numerator == 1
    assert tally(page) == "1"


def test_the_year_stands_on_its_last_day_come(site):
    page = site.as_("LEADER", "K").get(dashboard("K", 2018)).content.decode()
    assert f"Số liệu đến {TODAY:%d/%m/%Y}" in page
    assert "tạm tính" in page.lower()
