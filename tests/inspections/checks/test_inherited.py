"""Inspections of what ended: inherited plans open and are listed, and cost the same however many there are."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.checks.register import carry_out
from inspections.discipline.discipline import Decision, discipline_organizations
from inspections.models import InspectionSubject
from inspections.overview import overview
from ledger.models import Change, Installation
from ledger.undo import undo
from members.reorganizing.carry_out import merge
from tests.hand import Hand
from tests.indicators.board import set_groups
from tests.inspections.checks.test_inspection_pages import page_of
from tests.inspections.checks.test_plan import plan

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2018, 5, 2), date(2018, 6, 4)


@pytest.fixture
def office(world):
    set_groups(world, 2018)
    return world


def test_a_plan_inherited_before_its_year_began_opens(office):
    made = plan(office, "DB02-01", "CB01", conductor="DB02", year=2019)
    office.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None}, JUNE)
    office.merge("CB01", "DB01", {"CB01": "DB01-01"}, JUNE)
    Installation.objects.update(demo_day=date(2019, 2, 1))
    hand = Hand(office.user("COMMITTEE", "DB01"))
    page = hand.open(page_of(made, viec="hoan-thanh")).page.content.decode()
    for url in set(re.findall(r'href="(/kiem-tra/[A-Z][^"?]*)', page)):
        hand.open(url)
    hand.open(page_of(made, viec="hoan-thanh"))
    hand.press("hoan-thanh", tick=["dong"], tu_ngay="15/01/2019", refused=True)
    assert "tổ chức CB01 không tồn tại vào ngày 15/01/2019" in hand.text


def test_all_that_is_undone_is_listed_whoever_left_it(office, monkeypatch):
    plan(office, "DB02-01", "DB02-02", conductor="DB02", year=2019)
    plan(office, "DB01-01", conductor="DB01", year=2019, title="Của mình")
    office.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None}, JUNE)
    Installation.objects.update(demo_day=date(2019, 2, 1))
    monkeypatch.setattr(overview, "LISTED", 2)
    hand = Hand(office.user("COMMITTEE", "DB01")).open(reverse("inspections", args=["DB01", 2019]))
    assert "Chưa hoàn thành: 3 lượt" in hand.text
    url = re.search(r'href="([^"]+)">Xem tất cả', hand.page.content.decode())[1].replace("&amp;", "&")
    assert re.search(r'id="so-luong">3 lượt', hand.open(url).page.content.decode())


def test_a_page_costs_the_same_with_two_that_ended_and_with_twenty(office):
    """Half of them ended before they were looked at; the discipline of the others was taken back."""
    codes = [f"DB01-{n}" for n in range(10, 30)]
    office.found(*((code, "CBTT", "DB01") for code in codes))
    few, many = plan(office, "DB01-10", "DB01-20"), plan(office, *codes, title="Tất cả")
    for made in (few, many):
        done = InspectionSubject.objects.filter(inspection=made, organization__code__gte="DB01-20")
        carry_out(dict.fromkeys(done, MAY), **office.act(MAY))
        rows = [Decision(organization=s.organization, kind=2, on=JUNE, origin=s) for s in done.filter(voided=None)]
        discipline_organizations(rows, **office.act(JUNE))
        undo(Change.objects.latest("pk"), **office.act(reason="Ghi nhầm"))
    ended = [office.org[code] for code in codes[:10]]
    merge(ended, office.org["DB01-01"], cells=dict.fromkeys(ended, office.org["DB01-01"]), **office.act(JUNE))
    hand = Hand(office.user("INSPECTION", "K"))

    def asked(made, n):
        with CaptureQueriesContext(connection) as queries:
            hand.open(page_of(made))
        assert hand.text.count("nay là Tổ chức DB01-01") == n
        assert hand.text.count("tổ chức DB01-2") >= n
        return len(queries)

    asked(few, 1)
    assert asked(few, 1) == asked(many, 10)
