"""The day of the period: whom a cell hung under then."""

from datetime import date

import pytest
from django.urls import reverse

from ledger.models import Installation
from organizations.access import Act
from ratings.judging.reading import Reading
from tests.hand import signed_in_as
from tests.ratings.desk import Desk

from .page import PAPER, text, typed, url


@pytest.fixture
def spring(world):
    """The first quarter of 2018, still open in December; on 01/06 DB01-02 moved to DB02 and CB01 joined DB03."""
    spring = Desk(world, 2018, quarter=1)
    users = {code: world.user("COMMITTEE", code) for code in ("DB01", "DB02", "DB03")} | {
        "K": world.user("LEADER", "K")
    }
    world.move("DB01-02", "DB02", date(2018, 6, 1))
    world.merge("CB01", "DB03", {"CB01": "DB03-02"}, date(2018, 6, 1))

    def client(code):
        return signed_in_as(users[code])

    spring.client = client
    return spring


def quarter(name, code):
    return reverse(name, args=[code, (2018, 1)])


def test_a_quarter_is_decided_by_whom_the_cell_hung_under_then(spring):
    spring.rate(on=date(2018, 3, 31), Chi=2, Dung=2)
    spring.submit("DB01-02")
    reading = Reading(spring.period, spring.sheets("DB01-02"), spring.period.cutoff)
    seen = {f"thay_{s.pk}": reading.fingerprint(s) for s in reading.sheets} | {"phieu": [s.pk for s in reading.sheets]}
    old, new = spring.client("DB01"), spring.client("DB02")
    assert "Tổ chức DB01-02" in text(old.get(quarter("ratings", "DB01")))
    assert "Tổ chức DB01-02" not in text(new.get(quarter("ratings", "DB02")))
    sheet = old.get(quarter("ratings", "DB01-02"))
    assert sheet.context["sheet_page"].roof.name == "Tổ chức DB01"
    assert new.get(quarter("ratings", "DB01-02")).status_code == 404
    assert new.post(quarter("rating_step", "DB02"), {"viec": "endorse", **seen}).status_code == 400
    assert old.post(quarter("rating_step", "DB01"), {"viec": "endorse", **seen}).status_code == 302
    assert spring.state("DB01-02") == "endorsed"


def test_the_quarter_of_a_cell_that_ended_is_rated_by_who_took_it_over(spring):
    client = spring.client("DB03")
    page = client.get(quarter("ratings", "CB01"))
    assert page.status_code == 200
    assert page.context["sheet_page"].decides_itself
    assert page.context["sheet_page"].permits[Act.DECIDE].why == ""
    spring.rate(on=date(2018, 3, 31), Phúc=2, Quân=2)
    reading = Reading(spring.period, spring.sheets("CB01"), spring.period.cutoff)
    (sheet,) = reading.sheets
    sent = {"viec": "decide", "phieu": sheet.pk, f"thay_{sheet.pk}": reading.fingerprint(sheet), **PAPER}
    assert client.post(quarter("rating_step", "CB01"), sent).status_code == 302
    assert spring.state("CB01") == "decided"


def test_periods_of_the_year_lead_only_to_where_the_user_may_go(spring):
    """DB02 has had DB01-02 since June: the year is its own, the first quarter is not."""
    Desk(spring.world, 2018)
    page = spring.client("DB02").get(url("ratings", "DB01-02"))
    assert [p.slug for p in page.context["periods"]] == ["2018"]
    page = spring.client("DB01").get(quarter("ratings", "DB01-02"))
    assert [p.slug for p in page.context["periods"]] == ["2018-q1"]
    leader = spring.client("K")
    page = leader.get(url("ratings", "DB01-02"))
    assert [p.slug for p in page.context["periods"]] == ["2018-q1", "2018"]
    spring.world.found(("DB04", "DBCS", "K"), on=date(2018, 7, 1))
    assert [p.slug for p in leader.get(url("ratings", "DB04")).context["periods"]] == ["2018"]
    early = leader.get(quarter("ratings", "DB04"))
    assert early.status_code == 404
    assert "Tổ chức DB04 chưa thành lập vào ngày 31/03/2018." in text(early)


def test_a_successor_finishes_the_open_year_of_what_it_took_over(desk):
    """DB01 joins DB02 on 05/01/2019 while 2018 is open: its handed-in cell and its own level wait for DB02."""
    user = desk.world.user("COMMITTEE", "DB02")
    Installation.objects.update(demo_day=date(2019, 1, 10))
    desk.world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, date(2019, 1, 5))
    client = signed_in_as(user)
    reading = Reading(desk.period, desk.sheets("DB01-01"), desk.period.cutoff)
    (sheet,) = reading.sheets
    sent = {"viec": "endorse", "phieu": sheet.pk, f"thay_{sheet.pk}": reading.fingerprint(sheet)}
    assert "1 phiếu chờ duyệt" in text(client.get(url("ratings", "DB01")))
    assert client.post(url("rating_step", "DB01"), sent).status_code == 302
    assert desk.state("DB01-01") == "endorsed"
    page = url("rating_organizations", "DB01")
    assert client.post(page, {"viec": "de-nghi", "muc": "2", "ban": "0"}).status_code == 302
    assert client.post(page, typed(client, "DB01", DB01_02={"muc": "2"})).status_code == 302
    assert (desk.organization("DB01").proposed, desk.organization("DB01-02").level) == (2, 2)
