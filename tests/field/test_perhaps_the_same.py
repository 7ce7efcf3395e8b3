"""Who is perhaps the same person is shown with what differs; a card given back still finds its holder and still warns."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from ledger.acts import Refused
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.identity import cards
from members.identity.likeness import ANYBODY, PerhapsKnown, alike, likely, resemblance
from members.merging.mergers import merge
from members.models import Member
from members.records.amendments import amend
from members.register import arrivals
from tests.hand import Hand
from tests.world import TODAY

pytestmark = pytest.mark.django_db
NOBODY = frozenset()
OLD, NEW = "12345678", "123456789012"
PERSON = {"gioi_tinh": "F", "dan_toc": "01"}
PAPER = {"so": "12-QĐ/ĐUK", "ngay": "01/03/2018", "co_quan": "Đảng ủy Khối"}
ADMITTED = {**PERSON, **PAPER, "chi_bo": "CB01", "ngay_le": "19/05/2018", "hinh_thuc": "ADMITTED"}


@pytest.fixture
def department(world):
    return Hand(world.user("ORGANIZATION", "K"))


def enter(hand, refused=True, **typed):
    address = reverse("enter", args=["K", 2018, "ket-nap"])
    return hand.open(address).press(None, refused=refused, **{**ADMITTED, **typed})


def exchange(world, name="An", old=OLD, new=NEW):
    for number in (old, new):
        amend({world.people[name]: {"card_number": number}}, **world.act(reason="đổi thẻ"))


@pytest.mark.parametrize(
    ("name", "born", "why"),
    [
        ("Nguyễn Thị Lý", "08/05/1994", "cùng họ tên, ngày và tháng sinh đổi chỗ cho nhau"),
        ("Nguyễn Thị Lý", "05/08/1984", "cùng họ tên, ngày sinh lệch một chữ số"),
        ("Nguyễn Thị Lý", "05/08/1976", ""),
        ("Nguyễn Thị Lý", "15/08/1994", "cùng họ tên, ngày sinh lệch một chữ số"),
        ("Nguyễn Thị Lý", "05/09/1994", "cùng họ tên, ngày sinh lệch một chữ số"),
        ("NGUYEN THI LY", "05/08/1994", "cùng họ tên và ngày sinh"),
        ("Nguyễn Thị Lý", "16/09/1994", ""),
        ("Nguyễn Thị Lan", "05/08/1994", ""),
        ("Nguyễn Thị Lí", "05/08/1994", "cùng họ tên và ngày sinh"),
        ("Nguyễn Thị Lyn", "05/08/1994", ""),
    ],
)
def test_an_entry_that_slipped_is_asked_about(world, department, name, born, why):
    known = {"decided": date(2015, 1, 5), "ceremony": date(2015, 1, 9), "official": date(2016, 1, 9)}
    world.enroll("Nguyễn Thị Lý", "CB02", date(2017, 1, 2), born=date(1994, 8, 5), **known)
    enter(department, refused=bool(why), ho_ten=name, ngay_sinh=born, chu_hoa="giu")
    if why:
        assert f"· {why}" in department.text
        if born != "05/08/1994":
            assert f"ngày sinh {born} và 05/08/1994" in department.text
        department.press(None, tick=("nguoi_khac",))
    assert Member.objects.filter(search_key__startswith="nguyen thi l").count() == 2


@pytest.mark.parametrize(
    ("written", "typed", "alike"),
    [
        ("Trần Thị Mỹ", "Trần Thị Mĩ", True),
        ("Lê Quí", "Lê Quý", True),
        ("K'Brôi", "Kʼbrôi", True),
        ("Kʼbrôi", "K’Brôi", True),
        ("Lê Quí", "Lê Quy", True),  # accents aside, as every name
        ("Lê Quí", "Lê Quyên", False),
    ],
)
def test_two_spellings_of_one_name_are_asked_about(world, department, written, typed, alike):
    known = {"decided": date(2015, 1, 5), "ceremony": date(2015, 1, 9), "official": date(2016, 1, 9)}
    world.enroll(written, "CB02", date(2017, 1, 2), born=date(1994, 8, 5), **known)
    enter(department, refused=alike, ho_ten=typed, ngay_sinh="05/08/1994")
    assert ("· cùng họ tên và ngày sinh" in department.text) is alike


def test_the_verb_asks_whoever_calls_it(world):
    row = world.newcomer("Lê An", "CB01", date(2018, 5, 19), born=date(1980, 6, 15), others=NOBODY)
    with pytest.raises(PerhapsKnown) as asked:
        arrivals.admit([row], **world.act())
    assert [found.key for found in asked.value.alike] == [f"dv{world.people['An'].pk}"]
    assert row.member.pk is None
    said = world.newcomer(
        "Lê An", "CB01", date(2018, 5, 19), born=date(1980, 6, 15), others=frozenset({f"dv{world.people['An'].pk}"})
    )
    assert arrivals.admit([said], **world.act())


def test_a_card_that_was_exchanged_warns_on_entry(world, department):
    exchange(world)
    enter(department, ho_ten="Hồ Xuân", ngay_sinh="15/06/1990", so_the=OLD)
    assert "· số thẻ đảng viên trùng với số thẻ cũ" in department.text
    assert f"số thẻ {OLD} và {NEW}" in department.text
    enter(department, ho_ten="Hồ Xuân", ngay_sinh="15/06/1990", so_the=NEW)
    assert "· cùng số thẻ đảng viên" in department.text
    department.press(None, tick=("nguoi_khac",), refused=True)  # one card is one person's, whoever says otherwise
    assert "Số thẻ đảng viên này đã ghi cho một đồng chí khác." in department.text


def test_an_old_card_given_to_another_is_asked_about_on_the_record(world):
    exchange(world)
    hand = Hand(world.user("COMMITTEE", "DB01"))
    hand.open(reverse("record", args=[world.people["Chi"].pk])).press(None, so_the=OLD, ly_do="phát thẻ", refused=True)
    assert f"hồ sơ số {world.people['An'].pk} (số thẻ đảng viên trùng với số thẻ cũ)" in hand.text
    hand.press(None, tick=("nguoi_khac",))
    assert Member.objects.get(pk=world.people["Chi"].pk).card_number == OLD


def test_a_card_held_beyond_ones_reach_is_not_told(world):
    exchange(world, "Đức")
    hand = Hand(world.user("COMMITTEE", "DB01"))
    hand.open(reverse("record", args=[world.people["An"].pk]))
    hand.press(None, so_the=NEW, ly_do="phát thẻ", refused=True)
    assert "Lê Đức" not in hand.text and "DB02" not in hand.text
    hand.press(None, so_the=OLD)
    assert Member.objects.get(pk=world.people["An"].pk).card_number == OLD


@pytest.mark.parametrize("number", [OLD, NEW, "1234 5678"])
def test_both_numbers_find_the_person_in_the_list(world, department, number):
    exchange(world)
    text = department.open(reverse("people", args=["K", 2018]) + f"?ten={number}").text
    assert "Lê An" in text and "Lê Chi" not in text


def test_an_old_number_finds_the_second_record_of_a_merger(world, department):
    exchange(world)
    text = department.open(reverse("merge_records", args=[world.people["Chi"].pk]) + f"?ten={OLD}").text
    assert "Lê An" in text


def test_the_number_of_a_merged_record_is_one_of_the_kept(world):
    an, chi = world.people["An"], world.people["Chi"]
    exchange(world, "Chi", "11111111", "22222222")
    exchange(world)
    merge(an, chi, **world.act(reason="một người ghi hai lần"))
    assert cards.old_numbers([an.pk]) == {an.pk: {OLD, "11111111", "22222222"}}
    assert cards.holders_of_old(["22222222", "11111111", "99999999"]) == {"22222222": {an.pk}, "11111111": {an.pk}}
    merge(world.people["Hà"], an, **world.act(reason="một người ghi hai lần"))
    ha = world.people["Hà"].pk
    assert cards.holders_of_old(["22222222", OLD]) == {"22222222": {ha}, OLD: {ha}}
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="nhầm")
    assert cards.holders_of_old(["22222222"]) == {"22222222": {an.pk}}


def test_a_number_that_was_never_written_after_all_is_no_old_one(world):
    amend({world.people["An"]: {"card_number": OLD}}, **world.act(reason="phát thẻ"))
    amend({world.people["An"]: {"card_number": NEW}}, **world.act(reason="đổi thẻ"))
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="nhầm")
    assert cards.holders_of_old([OLD, NEW]) == {}
    for _ in range(2):  # entered in error, taken back and entered again
        row = world.arrival("", "CB02", member=world.person("Lê Mới", card_number="33333333"))
        arrivals.enroll([row], **world.act())
        undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="nhầm")
    arrivals.enroll([replace(row, member=world.person("Lê Mới", card_number="33333333"))], **world.act())
    assert cards.holders_of_old(["33333333"]) == {} and to_look_at() == []


def test_mergers_are_begun_with_who_is_perhaps_the_same(world, department):
    world.enroll("Lê Ân", "CB02", born=date(1980, 6, 16))
    text = department.open(reverse("merge_records", args=[world.people["An"].pk])).text
    assert "Lê Ân , sinh 16/06/1980 · cùng họ tên, ngày sinh lệch một chữ số" in text
    assert "họ tên Lê An và Lê Ân; ngày sinh 15/06/1980 và 16/06/1980" in text


def test_the_query_finds_who_the_rule_finds(world):
    """Every pair of a crowd with slips and cards, the rule alone beside the query."""
    births = [date(1974, 8, 5), date(1974, 5, 8), date(1984, 8, 5), date(1974, 8, 15), date(1974, 9, 16)]
    people = [
        world.person(name, birth_date=born, birth_name=other)
        for name in ("Lê Lan", "LE LAN", "Lê Anh")
        for born in births
        for other in ("", "Võ Lan")
    ]
    crowd = arrivals.enroll([world.arrival("", "CB01", member=one) for one in people], **world.act())
    for n, member in enumerate(crowd[::3]):
        amend({member: {"card_number": f"{n:08}"}}, **world.act(reason="phát thẻ"), others=ANYBODY)
        amend({member: {"card_number": f"{n + 1:012}"}}, **world.act(reason="đổi thẻ"), others=ANYBODY)
    everyone = list(Member.objects.all())
    old = cards.old_numbers([one.pk for one in everyone])
    for one, found in zip(everyone, alike(everyone), strict=True):
        naive = {
            other.pk
            for other in everyone
            if other.pk != one.pk and resemblance(one, other, old.get(one.pk, ()), old.get(other.pk, ()))
        }
        assert {other.pk for other, _ in found} == naive == {likeness.member.pk for likeness in likely(one)}


def to_look_at():
    return [finding.sentence for outcome in outcomes() if not outcome.certain for finding in outcome.findings]


def test_the_self_check_offers_what_may_be_one_person_and_is_not_wrong(world):
    assert to_look_at() == []
    an, known = world.people["An"].pk, {"born": date(1980, 6, 15)}
    third = world.enroll("Lê Ẩn", "CB02", **known)
    twin = world.enroll("Lê Ân", "CB02", ceremony=date(2012, 5, 19), official=date(2013, 5, 19), **known)
    assert to_look_at() == [
        f"Lê Ẩn, sinh 15/06/1980: hồ sơ số {third.pk} và số {an} có thể của một người (cùng họ tên và ngày sinh; họ tên "
        "Lê Ẩn và Lê An; cùng vào Đảng 19/05/2010). Nếu đúng, hãy gộp; nếu là hai người thì để nguyên.",
        f"Lê Ân, sinh 15/06/1980: hồ sơ số {twin.pk} và số {an} có thể của một người (cùng họ tên và ngày sinh; họ tên "
        "Lê Ân và Lê An). Nếu đúng, hãy gộp; nếu là hai người thì để nguyên.",
    ]
    exchange(world)
    amend({twin: {"card_number": OLD}}, **world.act(reason="phát thẻ", others=ANYBODY))
    assert to_look_at()[2:] == [f"Lê Ân: số thẻ {OLD} trước đây ghi cho Lê An. Hãy đối chiếu thẻ của hai người."]
    assert all(outcome.sound for outcome in outcomes())


@pytest.mark.parametrize(
    ("name", "born", "why"),
    [
        ("Nguyễn Thị Lỳ", date(1994, 5, 8), "cùng họ tên, ngày và tháng sinh đổi chỗ cho nhau"),
        ("Nguyễn Thị Lí", date(1984, 8, 5), "cùng họ tên, ngày sinh lệch một chữ số"),
        ("Nguyễn Thị Lỳ", date(1976, 8, 5), ""),
        ("Nguyễn Thị Lài", date(1994, 5, 8), ""),
    ],
)
def test_the_self_check_offers_whom_the_entry_would_ask_about(world, name, born, why):
    known = {"decided": date(2015, 1, 5), "ceremony": date(2015, 1, 9), "official": date(2016, 1, 9)}
    first = world.enroll("Nguyễn Thị Lý", "CB02", date(2017, 1, 2), born=date(1994, 8, 5), **known)
    other = world.enroll(name, "CB01", date(2017, 1, 2), born=born, **known)
    found = [(f.sentence, f.url) for outcome in outcomes() for f in outcome.findings]
    assert resemblance(other, first) == why
    if not why:
        assert found == []
        return
    ((sentence, url),) = found
    assert sentence.startswith(
        f"{name}, sinh {other.born}: hồ sơ số {other.pk} và số {first.pk} có thể của một người ({why};"
    )
    assert (
        f"họ tên {name} và Nguyễn Thị Lý; ngày sinh {other.born} và 05/08/1994; cùng vào Đảng 09/01/2015)" in sentence
    )
    assert url == reverse("merge_records", args=[other.pk]) + f"?bo={first.pk}"


def test_a_card_in_use_is_refused_in_one_sentence(world):
    exchange(world)
    with pytest.raises(Refused) as refused:
        amend({world.people["Chi"]: {"card_number": NEW}}, **world.act(reason="x"))
    assert refused.value.messages[0].startswith("Số thẻ đảng viên này đã ghi cho một đồng chí khác.")
