"""The guide inside the product: what is about which page, whom to call, what a reader chooses for a browser."""

import re

import pytest
from django.urls import reverse

from khoi_ccq.help.about import BY_PAGE, BY_PLACE, OF_OFFICE, SHEETS, about
from khoi_ccq.help.choices import WORDS
from khoi_ccq.help.guide import chapters, slug_of
from khoi_ccq.navigation.places import PLACES
from ledger.models import HelpDesk
from organizations.access import office_of
from organizations.models import Role
from ratings.periods.periods import open_period
from tests.hand import signed_in_as


def titles():
    return {chapter.title: {part.title for part in chapter.parts} for chapter in chapters()}


def test_the_guide_is_the_file_cut_at_its_headings(settings):
    text = (settings.BASE_DIR / "docs" / "users.md").read_text(encoding="utf-8")
    assert list(titles()) == [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert sum(map(len, titles().values())) == len(re.findall(r"^### ", text, re.MULTILINE))
    slugs = [chapter.slug for chapter in chapters()]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize("told", sorted({*BY_PAGE.values(), *((title, "") for title in BY_PLACE.values())}))
def test_what_a_page_leads_to_stands_in_the_guide(told):
    chapter, part = told
    assert not part or part in titles()[chapter], part
    assert chapter in titles()


def test_every_page_of_the_navigation_leads_into_the_guide():
    names = {name for place in PLACES for page in place.pages for name in (page.opens, *page.also)}
    assert [name for name in names if about(name) is None] == []
    assert {title for _, title in OF_OFFICE} <= titles()[SHEETS]


@pytest.mark.parametrize(
    ("role", "code", "part"),
    [
        (Role.SECRETARY, "DB01-01", "bi-thu-chi-bo-muoi-phut"),
        (Role.COMMITTEE, "DB01", "dang-uy-co-so"),
        (Role.ORGANIZATION, "K", "khoi"),
    ],
)
def test_of_the_ratings_each_office_is_led_to_its_own_part(world, role, code, part):
    user = world.user(role, code)
    client = signed_in_as(user)
    page = client.get(reverse("tasks"))
    address = reverse("help_chapter", args=["xep-loai-cuoi-nam"])
    assert f'href="{address}#{part}"' in page.text
    assert f'id="{part}"' in client.get(address).text
    assert about("tasks", office_of(user))[2] == part == slug_of(about("tasks", office_of(user))[0])


def test_who_cannot_sign_in_reads_whom_to_call(client, db):
    HelpDesk.objects.update(name="Phòng Tổng hợp", phone="0277 3851 234", hours="thứ Hai đến thứ Sáu")
    page = " ".join(client.get(reverse("help")).text.split())
    assert 'Phòng Tổng hợp: <a href="tel:02773851234">0277 3851 234</a> (thứ Hai đến thứ Sáu).' in page
    assert reverse("help") in client.get(reverse("login")).text


def test_where_nobody_is_named_the_administration_is(client, db):
    assert "Quản trị của Đảng bộ Khối." in client.get(reverse("help")).text


def test_a_chapter_that_is_none_is_told(client, db):
    answer = client.get(reverse("help_chapter", args=["khong-co"]))
    assert answer.status_code == 404 and "Hướng dẫn không có chương này" in answer.text


def choose(client, *, at="http://testserver/", **sent):
    return client.post(reverse("choose"), sent, headers={"referer": at})


def test_large_letters_are_kept_for_the_browser(world):
    client = signed_in_as(world.user(Role.SECRETARY, "DB01-01"))
    tasks = reverse("tasks")
    assert 'class="large"' not in client.get(tasks).text
    answer = choose(client, tuy_chon="chu", gia_tri="to", at=f"http://testserver{tasks}")
    assert (answer.status_code, answer.url) == (302, f"http://testserver{tasks}")
    assert '<html lang="vi" class="large">' in client.get(tasks).text
    choose(client, tuy_chon="chu", gia_tri="thuong", at=f"http://testserver{tasks}")
    assert 'class="large"' not in client.get(tasks).text


def test_hints_are_shown_until_they_were_read(world):
    open_period(2018, **world.act())
    client = signed_in_as(world.user(Role.SECRETARY, "DB01-01"))
    assert "Lần đầu làm phiếu?" in client.get(reverse("tasks")).text
    choose(client, tuy_chon="goi_y", gia_tri="an")
    assert "Lần đầu làm phiếu?" not in client.get(reverse("tasks")).text
    choose(client, tuy_chon="goi_y", gia_tri="hien")
    assert "Lần đầu làm phiếu?" in client.get(reverse("tasks")).text


def test_nothing_else_can_be_chosen_and_nobody_is_led_away(client, db):
    for sent in ({}, {"tuy_chon": "sessionid", "gia_tri": "x"}, {"tuy_chon": "chu", "gia_tri": "x"}):
        answer = choose(client, **sent)
        assert answer.status_code == 400 and not {*answer.cookies} & {*WORDS, "sessionid"}
    answer = choose(client, tuy_chon="chu", gia_tri="to", at="https://elsewhere.example/")
    assert answer.url == reverse("help")
