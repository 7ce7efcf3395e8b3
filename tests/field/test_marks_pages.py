"""A name, a card and a pasted line are found through marks, apostrophes and spellings, page by page."""

import unicodedata
from datetime import date

import pytest

from members.models import Member
from tests.hand import Hand, signed_in_as
from tests.ratings.desk import Desk

LIST = "/dang-vien/DB01-01/2018/"
PASTE = "/xep-loai/DB01-01/2018/dan/"


@pytest.fixture
def people(world):
    """K'Brôi with a card, Lý Mĩ, Hà Linh and Vũ Quý, all in DB01-01."""
    for name in ("K’Brôi", "Lý Mĩ", "Hà Linh", "Vũ Quý"):
        world.admit(name, "DB01-01", date(2018, 3, 3))
    Member.objects.filter(full_name="K'Brôi").update(card_number="12345678")
    return world


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("K'Brôi", {"K'Brôi"}),
        ("K’Brôi", {"K'Brôi"}),
        ("Kʼbrôi", {"K'Brôi"}),
        ("\u200ekbroi\u202c", {"K'Brôi"}),
        (unicodedata.normalize("NFD", "brôi"), {"K'Brôi"}),
        ("\u206612345678\u2069", {"K'Brôi"}),
        ("1234\u00a05678\ufeff", {"K'Brôi"}),
        ("Lí Mỹ", {"Lý Mĩ"}),
        ("lý\u00a0mĩ", {"Lý Mĩ"}),
        ("ly", {"Lý Mĩ"}),
        ("li", {"Lý Mĩ", "Hà Linh"}),
        ("Quí", {"Vũ Quý"}),
        ("quý", {"Vũ Quý"}),
    ],
)
def test_the_list_of_members(people, typed, names):
    page = signed_in_as(people.user("ORGANIZATION", "K")).get(LIST, {"ten": typed})
    assert {row.record.member.full_name for row in page.context["table"].rows} == names


def test_the_link_to_sort_carries_the_cleaned_words(people):
    page = signed_in_as(people.user("ORGANIZATION", "K")).get(LIST, {"ten": "\u200eK’Brôi\u202c"}).content.decode()
    assert "ten=K%27Br%C3%B4i" in page
    assert "%E2%80%8E" not in page


def test_a_pasted_line(people):
    desk = Desk(people, 2018)
    hand = Hand(people.user("SECRETARY", "DB01-01"))
    for typed in ("K'Brôi", "K’Brôi", "\u200eKʼbrôi\u202c"):
        page = hand.client.post(PASTE, {"cot": f"{typed}\tHTXSNV\nLí Mỹ\tHTTNV"})
        assert [row.chosen and row.chosen.member.full_name for row in page.context["rows"]] == ["K'Brôi", "Lý Mĩ"], (
            typed
        )
    assert desk.period.year == 2018
