"""An act taken back from the page of a member: what it says, what stands in the way, whose right it is."""

import re
from datetime import date

import pytest
from django.urls import reverse

from ledger.models import Change
from members.badges import awards
from members.life import offers, sanctions, statuses
from members.models import BadgeLevel, Exit
from members.register import arrivals, departures
from tests.hand import signed_in_as
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 15)


@pytest.fixture
def as_(world):
    def give(role, code="K"):
        return signed_in_as(world.user(role, code))

    return give


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def last():
    return Change.objects.latest("pk")


def url(world, name, change):
    return reverse("take_back", args=[world.people[name].pk, change.pk])


def record(ask, world, name):
    return ask.get(reverse("member", args=[world.people[name].pk])).content.decode()


def take_back(ask, world, name, change, reason="Ghi nhầm người"):
    return ask.post(url(world, name, change), {"ly_do": reason})


def test_an_act_is_taken_back_and_both_stay_in_the_history(world, as_):
    world.transfer("An", "DB02-01", DAY)
    change, ask = last(), as_("ORGANIZATION")
    assert url(world, "An", change) in record(ask, world, "An")
    page = text(ask.get(url(world, "An", change)))
    assert "Chuyển trong Đảng bộ Khối: Tổ chức DB02-01, Tổ chức DB02 từ 15/06/2018" in page
    assert "Chưa hủy được" not in page
    response = take_back(ask, world, "An", change)
    assert response.status_code == 302
    shown = text(ask.get(response.url))
    for said in (
        "Đã hủy việc “Chuyển sinh hoạt chính thức”.",
        "Hủy việc: Chuyển sinh hoạt chính thức",
        "Lý do: Ghi nhầm người",
        "Tiếp tục: có khi lập sổ: Tổ chức DB01-01, Tổ chức DB01 từ 01/01/2015",
        "Hủy: Chuyển trong Đảng bộ Khối: Tổ chức DB02-01",
        "Đã hủy ngày 14/12/2018",
    ):
        assert said in shown, said
    assert url(world, "An", change) not in record(ask, world, "An")
    assert "An" in world.names("DB01-01", DAY)


def test_a_badge_is_taken_back_from_the_page_of_who_received_it(world, as_):
    old = world.enroll("Vũ Xưa", "DB01-01", decided=date(1988, 5, 1), ceremony=date(1988, 5, 2))
    rows = [awards.Award(member=old, level=BadgeLevel.objects.get(years=30), on=DAY)]
    awards.award(rows, **world.act(DAY))
    change, ask = last(), as_("ORGANIZATION")
    said = "Huy hiệu 30 năm tuổi Đảng, đúng hạn, ngày 15/06/2018"
    assert url(world, "Xưa", change) in record(ask, world, "Xưa")
    assert said in text(ask.get(url(world, "Xưa", change)))
    shown = text(ask.get(take_back(ask, world, "Xưa", change).url))
    assert f"Hủy: {said}" in shown
    assert url(world, "Xưa", change) not in record(ask, world, "Xưa")


def test_what_stands_in_the_way_is_told(world, as_):
    world.transfer("An", "DB02-01", DAY)
    change = last()
    world.transfer("An", "CB01", date(2018, 7, 1))
    ask = as_("ORGANIZATION")
    page = text(ask.get(url(world, "An", change)))
    assert "Chưa hủy được" in page
    assert "Sau đó đã có việc “Chuyển sinh hoạt chính thức”" in page
    before = recorded()
    assert take_back(ask, world, "An", change).status_code == 400
    assert recorded() == before


def test_many_things_in_the_way_are_counted(world, as_):
    people = arrivals.enroll([world.arrival(f"Vũ X{n}", "CB01") for n in range(12)], **world.act())
    change = last()
    for member in people:
        departures.leave([(member, TODAY, Exit.DEPARTED)], **world.act())
    page = text(as_("ORGANIZATION").get(reverse("take_back", args=[people[0].pk, change.pk])))
    assert page.count("dựa trên việc này") == 8
    assert "Và 4 việc nữa." in page


def test_an_act_about_many_names_them(world, as_):
    people = arrivals.enroll([world.arrival(f"Vũ X{n:02}", "CB01") for n in range(30)], **world.act())
    statuses.exempt([world.people["An"], *people], **world.act(DAY))
    change, ask = last(), as_("ORGANIZATION")
    page = text(ask.get(url(world, "An", change)))
    assert "Việc này ghi chung cho 31 đồng chí; hủy là hủy cho tất cả: Vũ X00, " in page
    assert "và 10 đồng chí khác." in page


def test_an_act_undone_names_nobody_of_other_places(world, as_):
    """Phúc is of CB01: DB01 learns of an act about An and Phúc no more than how many it was about, also once undone."""
    statuses.exempt([world.people["An"], world.people["Phúc"]], **world.act(DAY))
    change, department = last(), as_("ORGANIZATION")
    assert take_back(department, world, "An", change).status_code == 302
    shared, named = "Việc này ghi chung cho 2 đồng chí", world.people["Phúc"].full_name
    for role, code in (("SECRETARY", "DB01-01"), ("COMMITTEE", "DB01")):
        page = text(as_(role, code).get(url(world, "An", change)))
        assert shared + "." in page and named not in page
    assert f"{shared}; hủy là hủy cho tất cả: {named}." in text(department.get(url(world, "An", change)))


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_taken_back(world, as_, reason):
    world.transfer("An", "DB02-01", DAY)
    change, ask = last(), as_("ORGANIZATION")
    before = recorded()
    assert take_back(ask, world, "An", change, reason).status_code == 400
    assert recorded() == before


def test_whose_right_it_is(world, as_):
    """The right of the act, at every place it concerns."""
    statuses.exempt([world.people["An"]], **world.act(DAY))
    own = last()
    statuses.exempt([world.people["Bình"], world.people["Phúc"]], **world.act(DAY))
    shared = last()
    sanctions.discipline([(world.people["An"], 1, DAY)], **world.act(DAY))
    discipline = last()
    world.leave("Bình", TODAY, "DIED")
    death = last()
    found = {
        ("COMMITTEE", "DB01"): {own},
        ("SECRETARY", "DB01-01"): set(),
        ("ORGANIZATION", "K"): {own, shared, death},
        ("INSPECTION", "K"): {discipline},
        ("LEADER", "K"): set(),
    }
    for (role, code), mine in found.items():
        ask = as_(role, code)
        pages = record(ask, world, "An") + record(ask, world, "Bình")
        for change, name in ((own, "An"), (shared, "Bình"), (discipline, "An"), (death, "Bình")):
            assert (url(world, name, change) in pages) == (change in mine), (role, change)
            assert ask.get(url(world, name, change)).status_code == (200 if change in mine else 403), (role, change)


def test_an_offer_is_its_senders_its_acceptance_both_sides(world, as_):
    rows = {world.people["An"]: world.org["DB02-01"], world.people["Bình"]: world.org["DB01-02"]}
    an, binh = (offers.offer({member: cell}, **world.act(DAY))[0] for member, cell in rows.items())
    sender, receiver, department = as_("COMMITTEE", "DB01"), as_("COMMITTEE", "DB02"), as_("ORGANIZATION")
    assert sender.get(url(world, "An", an.added)).status_code == 200
    assert receiver.get(url(world, "An", an.added)).status_code == 404
    offers.accept([an], **world.act())
    accepted = last()
    assert [ask.get(url(world, "An", accepted)).status_code for ask in (sender, receiver, department)] == [
        404,
        403,
        200,
    ]
    offers.accept([binh], **world.act())
    assert sender.get(url(world, "Bình", last())).status_code == 200
    refused = offers.offer({world.people["Chi"]: world.org["CB01"]}, **world.act())
    offers.refuse(refused, **world.act(reason="Chưa đủ hồ sơ"))
    assert sender.get(url(world, "Chi", last())).status_code == 403  # the answer is the receiver's


def test_an_act_about_someone_else_is_not_found(world, as_):
    statuses.exempt([world.people["Bình"]], **world.act(DAY))
    change, ask = last(), as_("ORGANIZATION")
    assert ask.get(url(world, "An", change)).status_code == 404
    for pk in (0, 10**9, 10**30):
        assert ask.get(reverse("take_back", args=[world.people["An"].pk, pk])).status_code == 404


def test_a_death_recorded_in_error_is_taken_back(world, as_):
    statuses.suspend([world.people["An"]], **world.act(date(2018, 3, 1)))
    world.leave("An", DAY, "DIED")
    change, ask = last(), as_("ORGANIZATION")
    assert take_back(ask, world, "An", change).status_code == 302
    assert "An" in world.names("DB01-01", TODAY)
    assert "Bị đình chỉ sinh hoạt đảng" in record(ask, world, "An")
    assert "Tiếp tục: bị đình chỉ sinh hoạt đảng từ 01/03/2018" in text(
        ask.get(reverse("member", args=[world.people["An"].pk]))
    )


def test_twice_is_told(world, as_):
    world.transfer("An", "DB02-01", DAY)
    change, ask = last(), as_("ORGANIZATION")
    take_back(ask, world, "An", change)
    assert "Việc này đã được hủy ngày 14/12/2018." in text(ask.get(url(world, "An", change)))
    assert take_back(ask, world, "An", change).status_code == 400
