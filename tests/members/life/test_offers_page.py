"""Transfers on their way on a page: who sees which, who answers, who takes back, and what is refused."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.life import offers
from members.models import TransferOffer
from tests.hand import signed_in_as
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db
OFFERED = date(2018, 5, 20)


@pytest.fixture
def site(world):
    """An and Bình are offered by DB01-01, to DB02-01 and to DB01-02; Phúc by CB01 to DB01-01."""
    people, org = world.people, world.org
    rows = {people["An"]: org["DB02-01"], people["Bình"]: org["DB01-02"], people["Phúc"]: org["DB01-01"]}
    offers.offer(rows, **world.act(OFFERED))
    return world


@pytest.fixture
def as_(site):
    def give(role, code="K"):
        return signed_in_as(site.user(role, code))

    return give


def url(code, year=2018):
    return reverse("offers", args=[code, year])


def offer(name):
    return TransferOffer.objects.standing().filter(member__full_name__endswith=name).latest("pk")


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def listed(ask, code, year=2018):
    """{(given name, what may be done)} of each of the three lists."""
    page = ask.get(url(code, year)).content.decode()
    parts = re.split(r"<h2>(?:Chờ trả lời ở đây|Giới thiệu từ đây|Đã xong)", page)[1:]
    found = []
    for part in parts:
        rows = re.findall(r"(?s)<tr><td.*?</tr>", part)
        found.append(
            {
                re.search(r"(\w+)(?:</a>)?</b>", row)[1]: tuple(re.findall(r"viec=([\w-]+)&amp;phieu=\d+", row))
                for row in rows
            }
        )
    return found


def answer(ask, code, errand, name, day="15/06/2018", **typed):
    return ask.post(url(code), {"viec": errand, "phieu": offer(name).pk, "tu_ngay": day, **typed})


@pytest.mark.parametrize(
    ("role", "place", "code", "incoming", "outgoing"),
    [
        (
            "COMMITTEE",
            "DB01",
            "DB01",
            {"Bình": ("tiep-nhan", "khong-nhan", "rut"), "Phúc": ("tiep-nhan", "khong-nhan")},
            {"An": ("rut",)},
        ),
        ("COMMITTEE", "DB02", "DB02", {"An": ("tiep-nhan", "khong-nhan")}, {}),
        ("SECRETARY", "DB01-01", "DB01-01", {"Phúc": ()}, {"An": (), "Bình": ()}),
        ("SECRETARY", "CB01", "CB01", {}, {"Phúc": ("rut",)}),
        (
            "ORGANIZATION",
            "K",
            "K",
            dict.fromkeys(("An", "Bình", "Phúc"), ("tiep-nhan", "khong-nhan", "rut")),
            {},
        ),
        ("LEADER", "K", "DB02", {"An": ()}, {}),
    ],
)
def test_who_sees_which_and_may_do_what(as_, role, place, code, incoming, outgoing):
    assert listed(as_(role, place), code) == [incoming, outgoing, {}]


def test_who_waits_for_us_is_no_link_until_they_are_ours(as_, site):
    ask = as_("COMMITTEE", "DB02")
    page = ask.get(url("DB02")).content.decode()
    assert f"/dang-vien/ho-so/{site.people['An'].pk}/" not in page
    answer(ask, "DB02", "tiep-nhan", "An")
    assert f"/dang-vien/ho-so/{site.people['An'].pk}/" in ask.get(url("DB02")).content.decode()


def test_accepted_by_its_form_from_the_day_on(as_, site):
    ask = as_("COMMITTEE", "DB02")
    form = ask.get(url("DB02"), {"viec": "tiep-nhan", "phieu": offer("An").pk})
    assert "Tiếp nhận: đồng chí Lê An" in text(form)
    assert "Giới thiệu từ Tổ chức DB01-01, Tổ chức DB01 đến Tổ chức DB02-01, Tổ chức DB02, ngày 20/05/2018." in text(
        form
    )
    response = answer(ask, "DB02", "tiep-nhan", "An")
    assert response.status_code == 302
    assert "Đã tiếp nhận đồng chí Lê An." in text(ask.get(response.url))
    days = [date(2018, 6, 14), date(2018, 6, 15)]
    assert ["An" in site.names("DB01-01", day) for day in days] == [True, False]
    assert ["An" in site.names("DB02-01", day) for day in days] == [False, True]
    pages = [
        text(as_("ORGANIZATION").get(reverse("people", args=["DB02-01", 2018], query={"ngay": f"{day:%d/%m/%Y}"})))
        for day in days
    ]
    assert ["Lê An" in page for page in pages] == [False, True]
    assert listed(ask, "DB02") == [{}, {}, {"An": ()}]
    assert "Đã tiếp nhận ngày 15/06/2018" in text(ask.get(url("DB02")))


def test_a_refusal_gives_its_reason_and_leaves_the_person_at_home(as_, site):
    ask = as_("COMMITTEE", "DB02")
    before = recorded()
    response = answer(ask, "DB02", "khong-nhan", "An")
    assert response.status_code == 400
    assert recorded() == before
    assert answer(ask, "DB02", "khong-nhan", "An", ly_do="Chưa đủ hồ sơ").status_code == 302
    assert "An" in site.names("DB01-01", TODAY)
    assert listed(as_("COMMITTEE", "DB01"), "DB01")[2] == {"An": ()}


def test_withdrawn_by_who_offered(as_):
    ask = as_("COMMITTEE", "DB01")
    assert answer(ask, "DB01", "rut", "An").status_code == 302
    assert listed(ask, "DB01")[1:] == [{}, {"An": ()}]
    assert listed(as_("COMMITTEE", "DB02"), "DB02") == [{}, {}, {"An": ()}]


@pytest.mark.parametrize(
    ("role", "place", "code", "errand", "name", "status"),
    [
        ("COMMITTEE", "DB01", "DB01", "tiep-nhan", "An", 403),  # the sending side does not answer
        ("COMMITTEE", "DB02", "DB02", "rut", "An", 403),  # nor the receiving side take back
        ("SECRETARY", "DB01-01", "DB01-01", "tiep-nhan", "Phúc", 403),
        ("LEADER", "K", "K", "rut", "An", 403),
        ("COMMITTEE", "DB02", "DB02", "tiep-nhan", "Phúc", 404),  # it does not concern them
        ("COMMITTEE", "DB02", "DB01", "tiep-nhan", "Bình", 404),
        ("ORGANIZATION", "K", "K", "lam-gi-do", "An", 404),
    ],
)
def test_whose_answer_it_is(as_, role, place, code, errand, name, status):
    ask = as_(role, place)
    assert answer(ask, code, errand, name, ly_do="Như trao đổi").status_code == status
    assert ask.get(url(code), {"viec": errand, "phieu": offer(name).pk}).status_code == status
    assert offer(name).answer == ""


@pytest.mark.parametrize("number", ["", "0", "x", "²", "9" * 30])
def test_an_offer_there_is_not(as_, number):
    ask = as_("ORGANIZATION")
    assert ask.get(url("K"), {"viec": "rut", "phieu": number}).status_code == 404
    assert ask.post(url("K"), {"viec": "rut", "phieu": number, "tu_ngay": "15/06/2018"}).status_code == 404


def test_two_answer_the_same_offer_and_the_second_is_told(as_, site):
    ask, row = as_("COMMITTEE", "DB02"), offer("An")
    offers.withdraw([row], **site.act(date(2018, 6, 1)))
    response = ask.post(url("DB02"), {"viec": "tiep-nhan", "phieu": row.pk, "tu_ngay": "15/06/2018"})
    assert response.status_code == 400
    assert "không còn chờ trả lời: Đã rút (ngày 01/06/2018)." in text(response)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("19/05/2018", "Lê An được giới thiệu ngày 20/05/2018; ngày trả lời không thể trước ngày đó."),
        ("15/12/2018", "Ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."),
        ("", "Hãy nhập ngày, ví dụ 20/12/2018."),
    ],
)
def test_what_is_refused_is_said(as_, day, sentence):
    response = answer(as_("COMMITTEE", "DB02"), "DB02", "tiep-nhan", "An", day=day, ly_do="Đã nhận hồ sơ")
    assert response.status_code == 400
    assert sentence in text(response) and "Đã nhận hồ sơ" in text(response)


def test_a_past_year_shows_what_waited_then(as_, site):
    offers.accept([offer("An")], **site.act(TODAY))
    people, org = site.people, site.org
    early = offers.offer({people["Chi"]: org["DB02-01"]}, **site.act(date(2017, 12, 1)))
    offers.accept(early, **site.act(date(2018, 1, 10)))
    assert listed(as_("ORGANIZATION"), "K", 2017) == [{"Chi": ()}, {}, {}]
    assert listed(as_("ORGANIZATION"), "K", 2018)[2] == {"Chi": (), "An": ()}


def test_the_page_asks_as_much_of_many(as_, site):
    ask = as_("ORGANIZATION")

    def asked():
        ask.get(url("K"))
        with CaptureQueriesContext(connection) as found:
            ask.get(url("K"))
        return len(found)

    before = asked()
    for n in range(30):
        site.enroll(f"Hồ M{n}", "DB02-02")
    offers.offer({site.people[f"M{n}"]: site.org["CB02"] for n in range(30)}, **site.act(OFFERED))
    assert asked() == before


def test_an_offer_is_told_as_of_its_day_whatever_year_is_looked_at(as_, site):
    site.found(("CB09", "CBCS", "K"), on=date(2018, 3, 1))
    offers.offer({site.people["Chi"]: site.org["CB09"]}, **site.act(OFFERED))
    page = as_("COMMITTEE", "DB01").get(url("DB01", 2017), {"viec": "rut", "phieu": offer("Chi").pk})
    assert page.status_code == 200
    assert page.context["ends"][1] == "Tổ chức CB09"
    assert "Rút giới thiệu: đồng chí Lê Chi" in text(page)
