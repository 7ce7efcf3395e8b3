"""The label that tells people of one name apart, and the pickers that need a world of their own."""

from datetime import date

import pytest
from django.urls import reverse

from members.badges.awards import Award, award, levels_in_use
from members.candidates import steps
from members.identity.homonyms import tell_apart
from members.identity.likeness import ANYBODY
from members.models import Exit, Member
from members.register import arrivals, departures, moves
from ratings.sheets import draft
from tests.field.alike import CARDS, NAME, WAYS, Controls, marks, pair, shows
from tests.hand import Hand, signed_in_as
from tests.indicators.board import set_groups
from tests.ratings.desk import Desk


@pytest.fixture(params=WAYS)
def way(request):
    """By what the two are told apart: their cards, the days they came in, or nothing that is written."""
    return request.param


def test_badges(world, way):
    found = pair(
        world, way, (date(1978, 5, 19), date(1978, 9, 2)), "enroll", born=date(1950, 8, 5), official=date(1980, 1, 1)
    )
    found_marks = marks(way, found)
    keeper = world_browser(world, "ORGANIZATION", "K")
    shows(keeper.get(reverse("badges", args=["K", 2018])), found_marks)
    level = next(level for level in levels_in_use() if level.years == 40)
    award([Award(member=member, level=level, on=date(2018, 11, 7)) for member in found], **world.act())
    shows(keeper.get(reverse("badges", args=["K", 2018])), found_marks)


def test_who_came_in_since_a_closing(world):
    set_groups(world, 2017)
    desk = Desk(world, 2017)
    desk.finish()
    desk.lock()
    keeper, page = world_browser(world, "ORGANIZATION", "K"), reverse("closing", args=["K", 2017])
    keeper.post(page, {"viec": "chot", "so": "3-BB", "ngay": "20/01/2018", "co_quan": "Ban Tổ chức Đảng ủy Khối"})
    found = pair(world, "cards", (date(2017, 9, 2), date(2017, 11, 7)))
    shows(keeper.get(page), marks("cards", found))


def test_corrections_after_the_lock(world, way):
    found = pair(world, way, (date(2016, 5, 19), date(2016, 9, 2)))
    world.people["Đôi"] = found[0]
    desk = Desk(world, 2017)
    draft.rate({desk.sheet("DB01-01"): dict.fromkeys([member.pk for member in found], 2)}, **desk.by())
    desk.finish()
    desk.lock()
    answer = world_browser(world, "ORGANIZATION", "K").get(reverse("rating_correction", args=["DB01-01", (2017, None)]))
    shows(answer, marks(way, found))


def world_browser(world, role, code):
    return signed_in_as(world.user(role, code))


# The label itself


@pytest.fixture
def alike(world):
    return pair(world, "cards", (date(2016, 5, 19), date(2016, 9, 2)))


def called(members, user, **more):
    return [person.called for person in tell_apart(members, user, **more)]


def test_a_card_is_shown_to_none_who_may_not_see_the_record(world, alike):
    """Both have gone on to DB02-01; their first cell still sees that they were there."""
    keeper, before = world.user("SECRETARY", "DB02-01"), world.user("SECRETARY", "DB01-01")
    moves.transfer([(member, world.org["DB02-01"], date(2018, 3, 1)) for member in alike], **world.act())
    assert called(alike, keeper) == [f"{NAME} (sinh 05/08/1994, số thẻ {card})" for card in CARDS]
    assert called(alike, before) == [f"{NAME} (sinh 05/08/1994, hồ sơ số {member.pk})" for member in alike]


def test_only_what_is_needed_is_said(world, alike, django_assert_num_queries):
    user = world.user("ORGANIZATION", "K")
    other = world.enroll("LÊ SINH ĐỘI", "DB01-02")
    an = world.people["An"]
    with django_assert_num_queries(0):
        assert called([an, alike[0]], user) == ["Lê An", NAME]
        assert called([alike[0], alike[0]], user) == [NAME, NAME]
        assert called([other, alike[0]], user, born_shown=True) == ["LÊ SINH ĐỘI", NAME]
        assert called([other, alike[0]], user) == ["LÊ SINH ĐỘI (sinh 15/06/1980)", f"{NAME} (sinh 05/08/1994)"]
    assert called(alike, user, born_shown=True) == [f"{NAME} (số thẻ {card})" for card in CARDS]


def test_one_card_and_one_without(world, alike):
    Member.objects.filter(pk=alike[1].pk).update(card_number="")
    alike[1].refresh_from_db()
    assert called(alike, world.user("ORGANIZATION", "K"), born_shown=True) == [
        f"{NAME} (số thẻ 12345678)",
        f"{NAME} (vào Đảng 19/05/2016)",
    ]


def test_who_an_act_is_about(world, way):
    found = pair(world, way, (date(2016, 5, 19), date(2016, 9, 2)))
    keeper = world_browser(world, "ORGANIZATION", "K")
    for member, mark in zip(found, marks(way, found), strict=True):
        back = reverse("take_back", args=[member.pk, member.added_id])
        pages = [reverse("errand", args=[member.pk, "mien"]), reverse("record", args=[member.pk]), back]
        for page in pages:
            assert f"{NAME} ({mark})" in keeper.get(page).content.decode()


def test_a_namesake_beyond_ones_reach_is_not_told(world):
    arrivals.enroll([world.arrival("Lê An", "DB02-01")], **world.act())
    page = reverse("record", args=[world.people["An"].pk])
    for role, code, told in (("COMMITTEE", "DB01", False), ("ORGANIZATION", "K", True)):
        assert (">Sửa hồ sơ Lê An (hồ sơ số" in world_browser(world, role, code).get(page).content.decode()) is told


@pytest.mark.parametrize("gone", [False, True])
def test_whose_record_may_be_that_of_who_is_entered(world, way, gone):
    """Both are shown, each with the button or the link that takes up their record."""
    found = pair(world, way, (date(2016, 5, 19), date(2016, 9, 2)))
    if gone:
        departures.leave([(member, date(2018, 3, 1), Exit.DEPARTED) for member in found], **world.act())
    typed = {"ho_ten": NAME, "ngay_sinh": "05/08/1994", "gioi_tinh": "F", "dan_toc": "01", "chi_bo": "CB01"}
    typed |= {"so": "12-QĐ", "ngay": "01/03/2018", "co_quan": "Đảng ủy Khối", "tu_ngay": "02/04/2018"}
    typed |= {"quyet_dinh": "09/05/2016", "ngay_le": "19/05/2016", "chinh_thuc": "19/05/2017"}
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("enter", args=["K", 2018, "chuyen-den"]))
    hand.press(None, refused=True, **typed)
    shows(hand.page, marks(way, found))
    heard = [words for words, _ in Controls(hand.page.content.decode()).found if NAME in words]
    assert len(set(heard)) == 2


# Who waits to be admitted


@pytest.fixture(params=["days", "numbers"])
def waiting(world, request):
    """(two candidates of one name and birth in DB01-01, by what they are told apart)."""
    days = date(2018, 1, 8), date(2018, 2, 5) if request.param == "days" else date(2018, 1, 8)
    person = {"full_name": NAME, "sex": "F", "birth_date": date(1994, 8, 5), "organization": world.org["DB01-01"]}
    rows = [steps.Recommendation(on=day, others=ANYBODY, **person) for day in days]
    found = [candidate for row in rows for candidate in steps.recommend([row], **world.act())]
    told = [f"giới thiệu {day:%d/%m/%Y}" for day in days]
    return found, told if request.param == "days" else [f"số {one.pk} trong nguồn kết nạp" for one in found]


def test_who_waits_is_told_apart_in_the_list_and_on_their_page(world, waiting):
    found, told = waiting
    for role, code in (("ORGANIZATION", "K"), ("SECRETARY", "DB01-01")):
        keeper = world_browser(world, role, code)
        shows(keeper.get(reverse("candidates", args=[code, 2018])), told)
        for one, mark in zip(found, told, strict=True):
            answer = keeper.get(reverse("candidate", args=[one.pk]))
            shows(answer, told)
            assert f"<h1>{NAME} ({mark})</h1>" in answer.content.decode()


def test_who_waits_is_told_apart_where_they_may_be_who_is_entered(world, waiting):
    typed = {"ho_ten": NAME, "ngay_sinh": "05/08/1994", "gioi_tinh": "F", "dan_toc": "01", "chi_bo": "CB01"}
    typed |= {"so": "12-QĐ", "ngay": "01/03/2018", "co_quan": "Đảng ủy Khối", "tu_ngay": "02/04/2018"}
    typed |= {"quyet_dinh": "09/05/2016", "ngay_le": "19/05/2016", "chinh_thuc": "19/05/2017"}
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("enter", args=["K", 2018, "chuyen-den"]))
    shows(hand.press(None, refused=True, **typed).page, waiting[1])
    heard = [words for words, _ in Controls(hand.page.content.decode()).found if "Là người này" in words]
    assert len(set(heard)) == 2


def test_who_waits_is_told_apart_where_they_may_be_who_comes_in_a_pasted_table(world, waiting):
    people = f"{NAME}\t05/08/1994\tNữ\tKinh\t01/02/2016\t19/05/2016\t19/05/2017\t\tCB03"
    typed = {"so": "9-QĐ/TU", "ngay": "20/06/2018", "co_quan": "Tỉnh ủy", "tu_ngay": "01/07/2018", "tu_dau": "nơi khác"}
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("reorganize_act", args=["K", "tiep-nhan"]))
    hand.press("dien-tap", refused=True, **typed, to_chuc="Chi bộ Ba\tCBCS", dang_vien=people)
    options = [words for words, _ in Controls(hand.page.content.decode()).found if "đang chờ kết nạp" in words]
    assert len(set(options)) == 2 and all(any(mark in words for words in options) for mark in waiting[1])


def test_who_is_like_a_new_candidate_is_told_apart(world, way):
    found = pair(world, way, (date(2016, 5, 19), date(2016, 9, 2)))
    shows(recommended_again(world), marks(way, found))


def test_who_waits_and_is_like_a_new_candidate_is_told_apart(world, waiting):
    shows(recommended_again(world), waiting[1])


def recommended_again(world):
    hand = Hand(world.user("SECRETARY", "DB01-01")).open(reverse("candidates", args=["DB01-01", 2018]))
    typed = {"ho_ten": NAME, "gioi": "F", "ngay_sinh": "05/08/1994", "doan_vien": "co", "tu_ngay": "01/03/2018"}
    return hand.press("gioi-thieu", refused=True, **typed).page
