"""Acts about a member on their page: what is listed for whom, and no more than opens."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions.table import ERRANDS
from members.life import offers as transfers
from members.life import statuses
from members.life.posts import post
from members.models import Post
from members.register.arrivals import enroll
from tests.members.actions.deeds import address, text

pytestmark = pytest.mark.django_db
ON_ROLL = {
    "gioi-thieu", "chuyen", "tam-thoi", "chuyen-di", "ra-nuoc-ngoai", "mien", "dinh-chi", "nghi-om", "chuc-vu",
    "tu-tran", "xoa-ten", "xin-ra",
}  # fmt: skip


def listed(ask, world, name):
    """Keys of the acts on the page of the person."""
    page = text(ask.get(reverse("member", args=[world.people[name].pk])))
    return set(re.findall(r'href="/dang-vien/ho-so/\d+/ghi/([\w-]+)/"', page))


@pytest.mark.parametrize(
    ("role", "code", "keys"),
    [
        ("ORGANIZATION", "K", ON_ROLL),
        ("COMMITTEE", "DB01", {"gioi-thieu", "chuyen", "tam-thoi", "mien", "dinh-chi", "nghi-om", "chuc-vu"}),
        ("INSPECTION", "K", {"ky-luat", "khai-tru"}),
        ("SECRETARY", "DB01-01", set()),
        ("LEADER", "K", set()),
    ],
)
def test_exactly_what_is_theirs_is_listed_and_opens(world, as_, role, code, keys):
    ask = as_(role, code)
    assert listed(ask, world, "An") == keys
    for key in ERRANDS:
        status = ask.get(address(world, "An", key)).status_code
        assert status in ((200,) if key in keys else (403, 404)), key


def test_the_secretary_of_a_cell_that_is_a_grassroots_organization_is_its_committee(world, as_):
    """With one cell alone there is nowhere to move anyone without asking."""
    found = {"gioi-thieu", "tam-thoi", "mien", "dinh-chi", "nghi-om", "chuc-vu"}
    assert listed(as_("SECRETARY", "CB01"), world, "Phúc") == found


def test_what_makes_no_sense_today_is_not_listed(world, as_):
    ask = as_("ORGANIZATION")
    an, org = world.people["An"], world.org
    world.admit("Trần Mới", "DB01-01", date(2018, 3, 10))
    statuses.exempt([an], **world.act(date(2018, 5, 1)))
    statuses.set_status([an], 4, until=date(2019, 5, 1), host=org["CB01"], **world.act(date(2018, 5, 1)))
    post([(an, org["DB01"], Post.Kind.DEPUTY)], **world.act(date(2018, 5, 1)))
    transfers.offer({an: org["CB01"]}, **world.act())
    changed = (ON_ROLL | {"thoi-mien", "het-tam-thoi", "thoi-chuc-vu"}) - {"mien", "tam-thoi", "gioi-thieu"}
    assert listed(ask, world, "An") == changed
    assert listed(ask, world, "Mới") == (ON_ROLL | {"chinh-thuc", "gia-han-du-bi", "khong-cong-nhan"}) - {"xoa-ten"}
    assert listed(as_("INSPECTION"), world, "Mới") == {"ky-luat"}
    again = ask.get(address(world, "An", "mien"))
    assert again.status_code == 404
    assert "Lúc này không ghi “Miễn công tác và sinh hoạt đảng” cho đồng chí Lê An." in text(again)
    assert f'href="{reverse("member", args=[an.pk])}">Mở hồ sơ đồng chí Lê An</a>' in text(again)


@pytest.mark.parametrize(
    ("why", "keys"),
    [
        ("DIED", set()),
        ("DEPARTED", {"chuyen-den-lai", "ket-nap-lai"}),
        ("EXPELLED", {"ket-nap-lai", "phuc-hoi"}),
    ],
)
def test_of_who_has_left_only_the_way_back_is_listed(world, as_, why, keys):
    world.leave("An", date(2018, 3, 1), why)
    ask = as_("ORGANIZATION")
    assert listed(ask, world, "An") == keys
    assert "<h2>Lịch sử</h2>" in text(ask.get(reverse("member", args=[world.people["An"].pk])))
    assert listed(as_("COMMITTEE", "DB01"), world, "An") == set()


@pytest.mark.parametrize(("role", "home"), [("ORGANIZATION", "K"), ("COMMITTEE", "DB01")])
def test_the_menu_stays_on_the_pages_of_who_has_left(world, as_, role, home):
    world.leave("An", date(2018, 3, 1), "DEPARTED")
    ask, pk = as_(role, home), world.people["An"].pk
    addresses = [reverse("member", args=[pk])]
    if role == "ORGANIZATION":
        addresses.append(address(world, "An", "chuyen-den-lai"))
    for page in (text(ask.get(url)) for url in addresses):
        assert f'href="{reverse("people", args=[home, 2018])}" aria-current="page">Danh sách</a>' in page


def test_who_moved_on_is_acted_for_by_the_new_place_alone(world, as_):
    world.transfer("An", "DB02-01", date(2018, 6, 15))
    assert listed(as_("COMMITTEE", "DB01"), world, "An") == set()
    assert as_("COMMITTEE", "DB01").get(address(world, "An", "mien")).status_code == 403
    assert "mien" in listed(as_("COMMITTEE", "DB02"), world, "An")


def test_an_act_there_is_not(world, as_):
    assert as_("ORGANIZATION").get(address(world, "An", "lam-gi-do")).status_code == 404


def test_the_page_of_a_member_asks_as_much_after_many_acts(world, as_):
    ask = as_("ORGANIZATION")
    page = reverse("member", args=[world.people["An"].pk])

    def asked():
        ask.get(page)
        with CaptureQueriesContext(connection) as found:
            assert ask.get(page).status_code == 200
        return len(found)

    statuses.exempt([world.people["An"]], **world.act(date(2016, 1, 1)))
    statuses.lift_status([world.people["An"]], 1, **world.act(date(2016, 1, 2)))
    world.transfer("An", "CB01", date(2016, 2, 1))
    before = asked()
    people = enroll([world.arrival(f"Vũ X{n}", "DB01-01") for n in range(60)], **world.act())
    for year in (2016, 2017, 2018):
        statuses.exempt([world.people["An"], *people], **world.act(date(year, 3, 1)))
        statuses.lift_status([world.people["An"], *people], 1, **world.act(date(year, 6, 1)))
        world.transfer("An", "CB02", date(year, 8, 1))
        world.transfer("An", "CB01", date(year, 9, 1))
    assert asked() == before
