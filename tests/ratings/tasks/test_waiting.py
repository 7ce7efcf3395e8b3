"""Beside what is owed in ratings: what waits in the registers, with the number that the page behind the line shows."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.letters.letters import ReceivedLetter, register_letters
from members.life import offers
from tests.hand import Hand
from tests.members.candidates.waiting import advance, recommend
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def letter(world, number, due):
    row = ReceivedLetter(
        number=number,
        organization=world.org["DB02"],
        received_on=date(2018, 9, 3),
        accepted_on=date(2018, 9, 10),
        due_on=due,
    )
    register_letters([row], **world.act())


@pytest.fixture
def busy(world):
    """Two offered from DB01 to DB02, one back; one probation four days overdue, one with 26 days, one far; two letters."""
    org, people = world.org, world.people
    offers.offer({people["An"]: org["DB02-01"], people["Bình"]: org["DB02-02"]}, **world.act())
    offers.offer({people["Hà"]: org["DB01-01"]}, **world.act())
    for name, day in (("Quá", date(2017, 12, 10)), ("Gần", date(2018, 1, 9)), ("Xa", date(2018, 6, 20))):
        world.admit(f"Trần {name}", "CB01", day)
    letter(world, "LATE-1", TODAY - timedelta(days=1))
    letter(world, "RUN-2", TODAY + timedelta(days=20))
    return world


def lines(hand):
    """{address: words} of the lines on the page of tasks."""
    page = hand.open(reverse("tasks")).page.content.decode()
    found = re.search(r'<section class="panel todos" aria-labelledby="trong-so">(.*?)</section>', page, re.S)
    return dict(re.findall(r'<a class="tap" href="([^"]+)">([^<]+)</a>', found[1])) if found else {}


LETTERS = {"letters": "2 đơn thư chưa giải quyết xong, trong đó 1 quá hạn"}


@pytest.mark.parametrize(
    ("role", "code", "told"),
    [
        (
            "ORGANIZATION",
            "K",
            {
                "offers": "3 đảng viên được giới thiệu đến, chờ trả lời",
                "probation": "2 đảng viên dự bị đến hạn trong 90 ngày tới, trong đó 1 đã đến hạn",
            },
        ),
        ("COMMITTEE", "DB02", {"offers": "2 đảng viên được giới thiệu đến, chờ trả lời"}),
        ("COMMITTEE", "DB01", {"offers": "1 đảng viên được giới thiệu đến, chờ trả lời"}),
        ("SECRETARY", "DB02-01", {}),
        ("SECRETARY", "CB01", {}),
        ("INSPECTION", "K", LETTERS),
        ("LEADER", "K", LETTERS),
    ],
)
def test_each_is_told_what_waits_for_them_and_the_page_behind_opens(busy, role, code, told):
    hand = Hand(busy.user(role, code))
    found = lines(hand)
    assert found == {reverse(name, args=[code, 2018]): words for name, words in told.items()}
    for url in found:
        hand.open(url)


def test_where_nothing_waits_nothing_is_told(world):
    assert lines(Hand(world.user("ORGANIZATION", "K"))) == {}
    assert lines(Hand(world.user("INSPECTION", "K"))) == {}


@pytest.mark.parametrize("role", ["ORGANIZATION", "INSPECTION"])
def test_the_number_of_queries_does_not_grow(busy, role):
    hand = Hand(busy.user(role, "K"))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            lines(hand)
        return len(queries)

    lines(hand)
    before = cost()
    offers.offer({busy.people["Chi"]: busy.org["DB02-01"]}, **busy.act())
    busy.admit("Trần Thêm", "DB01-02", date(2017, 12, 20))
    letter(busy, "MORE-3", TODAY)
    assert cost() == before


def test_who_has_a_decision_waits_for_the_ceremony(world):
    """Told to who keeps the pipeline of the place; the page behind the line lists exactly those."""
    _, decided = recommend(world, "Trần Một", "Trần Hai")
    advance(world, decided, date(2018, 4, 2), date(2018, 7, 5), date(2018, 9, 1))
    words = "1 người đã có quyết định, chờ làm lễ kết nạp"
    for role, code in (("ORGANIZATION", "K"), ("COMMITTEE", "DB01"), ("SECRETARY", "DB01-01")):
        hand = Hand(world.user(role, code))
        told = {address: said for address, said in lines(hand).items() if "lễ kết nạp" in said}
        assert list(told.values()) == [words], role
        page = hand.open(*told).page
        assert [row.record.candidate_id for row in page.context["table"].rows] == [decided.pk]
    for role, code in (("COMMITTEE", "DB02"), ("INSPECTION", "K")):
        assert words not in lines(Hand(world.user(role, code))).values()
