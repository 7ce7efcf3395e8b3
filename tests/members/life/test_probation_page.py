"""Those on probation on a page: due dates and alerts, and recognising several at once."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.life import probation
from members.models import Officialization
from tests.hand import signed_in_as
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db
PAPER = {"so": "7-QĐ/ĐUK", "ngay": "01/12/2018", "co_quan": "Đảng ủy Khối"}


@pytest.fixture
def site(world):
    """Today Quá is four days overdue, Hôm due today, Gần in 26 days, Xa in half a year."""
    for name, code, day in (
        ("Trần Quá", "DB01-01", date(2017, 12, 10)),
        ("Trần Hôm", "CB01", date(2017, 12, 14)),
        ("Trần Gần", "DB01-02", date(2018, 1, 9)),
        ("Trần Xa", "DB01-02", date(2018, 6, 20)),
    ):
        world.admit(name, code, day)
    return world


@pytest.fixture
def as_(site):
    def give(role, code="K"):
        return signed_in_as(site.user(role, code))

    return give


def url(code="K", year=2018):
    return reverse("probation", args=[code, year])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def names(response):
    return re.findall(r'href="/dang-vien/ho-so/\d+/">([^<]+)</a>', response.content.decode())


def boxes(response):
    return re.findall(r'name="nguoi_duoc" value="(\d+)"', response.content.decode())


def recognise(ask, site, *people, code="K", **typed):
    data = {"nguoi_duoc": [site.people[name].pk for name in people], **PAPER, **typed}
    return ask.post(url(code), data)


def test_who_is_due_first_stands_first_with_the_alert(as_):
    page = as_("ORGANIZATION").get(url())
    assert names(page) == ["Trần Quá", "Trần Hôm", "Trần Gần", "Trần Xa"]
    said = text(page)
    for words in ("Quá hạn 4 ngày", "Đến hạn", "Còn 26 ngày", "Còn 188 ngày", "Còn hơn 90 ngày: 1 đồng chí"):
        assert words in said
    assert "2 đến hạn, quá hạn 1 còn đến 30 ngày 0 còn 31 đến 60 ngày 0 còn 61 đến 90 ngày" in said


def test_an_extension_is_told(as_, site):
    probation.extend_probation({site.people["Quá"]: date(2019, 2, 1)}, **site.act(date(2018, 12, 1)))
    said = text(as_("ORGANIZATION").get(url("DB01-01")))
    assert "01/02/2019 đã gia hạn" in said and "Còn 49 ngày" in said


def test_each_sees_their_own(as_):
    assert names(as_("COMMITTEE", "DB01").get(url("DB01"))) == ["Trần Quá", "Trần Gần", "Trần Xa"]
    assert names(as_("SECRETARY", "CB01").get(url("CB01"))) == ["Trần Hôm"]
    assert as_("COMMITTEE", "DB01").get(url("CB01")).status_code == 404
    assert "Đang dự bị vào ngày 14/12/2018: 0 đồng chí" in text(as_("COMMITTEE", "DB02").get(url("DB02")))


def test_a_past_year_shows_who_was_on_probation_then_and_offers_nothing(as_):
    page = as_("ORGANIZATION").get(url(year=2017))
    assert names(page) == ["Trần Quá", "Trần Hôm"]
    assert boxes(page) == [] and '<form method="post" class' not in page.content.decode()


def test_only_the_department_recognises_and_only_who_is_due(as_, site):
    due = {str(site.people[name].pk) for name in ("Quá", "Hôm")}
    assert set(boxes(as_("ORGANIZATION").get(url()))) == due
    for role, code in (("COMMITTEE", "DB01"), ("SECRETARY", "DB01-01"), ("INSPECTION", "K"), ("LEADER", "K")):
        ask = as_(role, code)
        assert boxes(ask.get(url(code))) == []
        assert recognise(ask, site, "Quá", code=code).status_code == 403


def test_several_are_recognised_by_one_paper(as_, site):
    ask = as_("ORGANIZATION")
    response = recognise(ask, site, "Quá", "Hôm")
    assert response.status_code == 302
    assert (
        "Đã công nhận 2 đảng viên chính thức, mỗi đồng chí từ ngày hết thời gian dự bị (10/12/2018 đến 14/12/2018)."
        in text(ask.get(response.url))
    )
    rows = Officialization.objects.filter(on__gte=date(2018, 1, 1))
    assert {(row.member.full_name, row.on) for row in rows} == {
        ("Trần Quá", date(2018, 12, 10)),
        ("Trần Hôm", TODAY),
    }
    assert {(row.added.words, row.added.document.number) for row in rows} == {
        ("Công nhận đảng viên chính thức", "7-QĐ/ĐUK")
    }
    assert names(ask.get(url())) == ["Trần Gần", "Trần Xa"]


@pytest.mark.parametrize(
    ("people", "typed", "sentence"),
    [
        ((), {}, "Hãy đánh dấu những đồng chí được công nhận, trong danh sách dưới đây."),
        (("Quá", "An"), {}, "Hãy đánh dấu những đồng chí được công nhận, trong danh sách dưới đây."),
        (("Quá", "Gần"), {}, "Trần Gần dự bị đến 09/01/2019, chưa đến ngày công nhận."),
        (("Quá",), {"ngay": "15/12/2018"}, "Ngày ban hành 15/12/2018 còn ở phía trước."),
        (("Quá",), {"co_quan": ""}, "Văn bản còn thiếu: Cơ quan ban hành."),
    ],
)
def test_what_is_refused_is_said_and_stays_ticked(as_, site, people, typed, sentence):
    ask = as_("ORGANIZATION")
    before = recorded()
    response = recognise(ask, site, *people, **typed)
    assert response.status_code == 400
    assert sentence in text(response)
    if "Quá" in people:
        assert re.search(rf'value="{site.people["Quá"].pk}" checked', response.content.decode())
    assert recorded() == before


def test_the_page_asks_as_much_of_many(as_, site):
    ask = as_("ORGANIZATION")

    def asked():
        ask.get(url())
        with CaptureQueriesContext(connection) as found:
            ask.get(url())
        return len(found)

    before = asked()
    for n in range(30):
        site.admit(f"Hồ M{n}", "DB02-01", date(2017, 12, 1))
    assert asked() == before


def test_only_whose_page_opens_is_a_link(as_, site):
    """DB01-01 is DB02's by now: DB01 still tells who was on probation there in 2017, and opens nobody's page."""
    site.move("DB01-01", "DB02", date(2018, 3, 1))
    ask = as_("COMMITTEE", "DB01")
    page = ask.get(url("DB01", 2017))
    assert "Trần Quá" in text(page) and names(page) == []
    assert ask.get(reverse("member", args=[site.people["Quá"].pk])).status_code == 404
    assert names(ask.get(url("DB01", 2018))) == ["Trần Gần", "Trần Xa"]
