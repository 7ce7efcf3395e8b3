"""What was refused is told above its form, and each error there leads to its field: one form of each family of pages."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.hand import Hand
from tests.inspections.checks.test_plan import plan
from tests.members.candidates.waiting import recommend
from tests.ratings.desk import Desk

pytestmark = pytest.mark.django_db
SAID = "Chưa ghi được. Hãy sửa những chỗ dưới đây rồi ghi lại; những gì đã gõ vẫn còn nguyên."
NO_DAY = "Hãy nhập ngày, ví dụ 20/12/2018."


@pytest.fixture
def keeper(world):
    return Hand(world.user("ORGANIZATION", "K"))


@pytest.fixture
def inspector(world):
    return Hand(world.user("INSPECTION", "K"))


def told(hand):
    """{words: id it leads to} of the errors told above the one form that was refused; each id stands once on the page."""
    page = hand.page.content.decode()
    (above,) = re.findall(r'<div role="alert"[^>]*data-refused>(.*?)</div>', page, re.S)
    assert SAID in above
    found = {words: key for key, words in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', above)}
    assert found and all(page.count(f' id="{key}"') == 1 for key in found.values()), found
    return found


def test_a_reorganization(keeper):
    keeper.open(reverse("reorganize_act", args=["DB01", "thanh-lap"])).press("dien-tap", refused=True, ten="")
    found = told(keeper)
    assert found[f"Ngày ban hành: {NO_DAY}"] == "id_ngay" and "id_ten" in found.values()


def test_an_act_about_a_person(world, keeper):
    keeper.open(reverse("errand", args=[world.people["An"].pk, "mien"])).press(None, refused=True)
    assert set(told(keeper).values()) == {"id_tu_ngay", "id_so", "id_ngay"}


def test_an_entry(keeper):
    keeper.open(reverse("enter", args=["DB01-01", 2018, "ket-nap"])).press(None, refused=True)
    assert {"id_ho_ten", "id_so"} <= set(told(keeper).values())


def test_a_candidate(world, keeper):
    (candidate,) = recommend(world, "Trần Một")
    keeper.open(reverse("candidate", args=[candidate.pk])).press("buoc", refused=True, tu_ngay="31/02/2018")
    assert "id_buoc_tu_ngay" in told(keeper).values()


def test_a_closing(world, keeper):
    desk = Desk(world, 2017)
    desk.finish()
    desk.lock()
    keeper.open(reverse("closing", args=["K", 2017])).press("chot", refused=True, so="", ngay="", co_quan="")
    assert set(told(keeper).values()) == {"id_so", "id_ngay", "id_co_quan"}


def test_a_letter(inspector):
    inspector.open(reverse("letter_new", args=["K", 2018])).press(None, refused=True)
    assert set(told(inspector).values()) >= {"id_so_don", "id_to_chuc", "id_tu_ngay", "id_han"}


def test_a_plan_leads_to_the_list_that_nothing_was_picked_from(inspector):
    inspector.open(reverse("inspection_plan", args=["K", 2018])).press(None, refused=True)
    assert "id_to_chuc" in told(inspector).values()


def test_an_act_on_an_inspection_comes_back_to_its_form(world, inspector):
    made = plan(world, "DB01", "DB02")
    inspector.open(reverse("inspection", args=[made.pk], query={"viec": "hoan-thanh"}))
    assert f'action="{reverse("inspection", args=[made.pk])}#viec"' in inspector.page.content.decode()
    inspector.press("hoan-thanh", refused=True)
    assert {"id_dong", "id_tu_ngay"} <= set(told(inspector).values())


def test_what_the_register_refuses_is_told_alone(world, keeper):
    keeper.open(reverse("errand", args=[world.people["An"].pk, "tu-tran"]))
    keeper.press(None, refused=True, tu_ngay=f"{date(2018, 12, 15):%d/%m/%Y}")
    page = keeper.page.content.decode()
    assert "còn ở phía trước" in re.search(r'role="alert".*?</div>', page, re.S)[0]
    assert SAID not in page
