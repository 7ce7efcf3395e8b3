"""The list of members in its order, what a search in it finds, and what is told of the record to whom."""

import re
from datetime import date

import pytest

from members.models import Exit, Qualification, Theory
from members.records.amendments import amend
from tests.members.member_pages import browser, names, text, url
from tests.members.people.crowds import found, put

pytestmark = pytest.mark.django_db


def test_people_are_ordered_as_vietnamese_orders_them(world, department):
    order = ["Bùi Văn An", "Đinh Văn An", "Nguyễn Văn An", "Nguyễn Anh", "Nguyễn Thị Ánh", "Trần Thị Ân"]
    order += ["Nguyễn Văn Ấn", "Phạm Dung", "Đặng Dũng", "Lê Đức", "K'Brôi"]
    for name in reversed(order):
        put(world, name, "CB01", occupation="đo thứ tự")
    listed = found(department, "CB01")
    assert [name for name in listed if name in order] == order
    assert [name for name in found(department, "CB01", sort="-name") if name in order] == order[::-1]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dang uy", {"Đặng Ủy", "Đặng Uý", "Dang Uy"}),
        ("Đặng Uỷ", {"Đặng Ủy", "Đặng Uý", "Dang Uy"}),
        ("Ðặng", {"Đặng Ủy", "Đặng Uý", "Dang Uy"}),
        ("k'broi", {"K'Brôi"}),
        ("K'BRÔI", {"K'Brôi"}),
        ("hlan", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_search_knows_the_traps(world, department, typed, wanted):
    for name in ("Đặng Ủy", "Đặng Uý", "Dang Uy", "K'Brôi"):
        put(world, name, "CB01")
    assert set(found(department, "CB01", ten=typed)) == wanted


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Đặng", "Đặng Yến"), ("đặng", "Đặng Yến"), ("ĐẶNG", "Đặng Yến"), ("Dang", "Dang Xuân"), ("dàng", "Dàng Vân")],
)
def test_who_is_written_exactly_so_comes_first(world, department, typed, first):
    for name in ("Đặng Yến", "Dang Xuân", "Dàng Vân"):
        put(world, name, "CB01")
    listed = found(department, "CB01", ten=typed)
    assert listed[0] == first
    others = [name for name in ("Dàng Vân", "Dang Xuân", "Đặng Yến") if name != first]
    assert listed[1:] == others
    assert found(department, "CB01", ten=typed, sort="-name")[0] == first


def test_a_card_number_finds_its_holder(world, department):
    amend({world.people["An"]: {"card_number": "12345678"}}, **world.act(reason="phát thẻ"))
    assert found(department, ten="12345678") == ["Lê An"]
    assert found(department, ten="1234 5678") == ["Lê An"]
    assert found(department, ten="1234567") == []


def test_a_card_is_not_told_to_who_sees_an_earlier_cell_alone(world):
    amend({world.people["An"]: {"card_number": "12345678"}}, **world.act(reason="phát thẻ"))
    world.transfer("An", "DB02-01", date(2017, 6, 15))
    earlier, present = browser(world, "SECRETARY", "DB01-01"), browser(world, "SECRETARY", "DB02-01")
    assert found(earlier, "DB01-01", 2016, ten="12345678") == []
    page = earlier.get(url("DB01-01", 2016), {"cot": ["card", "born"]})
    assert "Lê An" in names(page) and "12345678" not in text(page)
    assert "12345678" in text(present.get(url("DB02-01"), {"cot": ["card"]}))


RECORD = ["card", "occupation", "qualification", "theory"]


def test_what_the_record_says_today_is_told_to_who_sees_the_record(world):
    """An is in DB02 now, Bình has died in DB01-01: the record of the one is closed to DB01-01, of the other open."""
    known = {"occupation": "thợ tiện", "qualification": 4, "theory": Theory.ADVANCED}
    amend({world.people["An"]: {**known, "card_number": "12345678"}}, **world.act(reason="x"))
    amend({world.people["Bình"]: {**known, "card_number": "87654321"}}, **world.act(reason="x"))
    world.transfer("An", "DB02-01", date(2017, 6, 15))
    world.leave("Bình", date(2017, 8, 1), Exit.DIED)
    earlier, present = browser(world, "SECRETARY", "DB01-01"), browser(world, "SECRETARY", "DB02-01")
    for narrowed in ({"trinh_do": "4"}, {"ly_luan": str(int(Theory.ADVANCED))}):
        assert found(earlier, "DB01-01", 2016, **narrowed) == ["Võ Bình"]
        assert found(present, "DB02-01", **narrowed) == ["Lê An"]
    for sort in RECORD:
        page = earlier.get(url("DB01-01", 2016), {"cot": RECORD, "sort": sort})
        cells = {
            name: re.findall(r"<td[^>]*>([^<]*)</td>", text(page).split(f">{name}</a>")[1])[:4] for name in names(page)
        }
        assert cells["Lê An"] == ["–"] * 4
        assert cells["Võ Bình"] == [Qualification(4).label, Theory.ADVANCED.label, "thợ tiện", "87654321"]
