"""One term, one meaning: "vào Đảng" is the day of the ceremony wherever it stands; who was expelled is told so."""

import json
import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from members.life import sanctions
from members.register import departures
from members.register.returns import Return, come_back
from tests.hand import Hand
from tests.ratings.desk import Desk

pytestmark = pytest.mark.django_db
DECIDED, CEREMONY = date(2017, 5, 20), date(2017, 6, 1)


@pytest.fixture
def hand(world):
    world.admit("Vũ Xuân", "CB01", CEREMONY, decided=DECIDED)
    return Hand(world.user("ORGANIZATION", "K"))


def row_of(page, name):
    return next(row for row in re.findall(r"(?s)<tr.*?</tr>", page.content.decode()) if name in row)


def test_the_list_tells_the_ceremony_and_the_decision_each_by_its_name(world, hand):
    shown = ["admitted", "decided"]
    hand.open(reverse("people", args=["CB01", 2018], query={"cot": shown}))
    assert "Vào Đảng" in hand.text and "Quyết định kết nạp" in hand.text
    found = re.findall(r"\d\d/\d\d/\d{4}", row_of(hand.page, "Vũ Xuân"))
    assert found[-2:] == ["01/06/2017", "20/05/2017"]


def test_the_usual_list_tells_the_ceremony(world, hand):
    hand.open(reverse("people", args=["CB01", 2018]))
    row = row_of(hand.page, "Vũ Xuân")
    assert "01/06/2017" in row and "20/05/2017" not in row
    found = hand.open(reverse("people", args=["CB01", 2018], query={"vao_dang": "2017"})).text
    assert "Vũ Xuân" in found and "Lê Phúc" not in found


def test_the_sheet_tells_the_same_day(world, hand):
    Desk(world, 2018)
    secretary = Hand(world.user("SECRETARY", "CB01")).open(reverse("ratings", args=["CB01", (2018, None)]))
    assert "vào Đảng 01/06/2017" in secretary.text


def test_the_record_tells_both(world, hand):
    hand.open(reverse("member", args=[world.people["Xuân"].pk]))
    assert "Vào Đảng 01/06/2017, quyết định kết nạp 20/05/2017" in hand.text


def test_the_command_tells_both(world, hand):
    out = StringIO()
    call_command("roll", "--organization", "CB01", "--format", "json", stdout=out)
    (row,) = [row for row in json.loads(out.getvalue()) if row["name"] == "Vũ Xuân"]
    assert (row["joined"], row["decided"]) == ("2017-06-01", "2017-05-20")


def test_rights_given_back_are_no_joining(world, hand):
    world.leave("An", date(2016, 1, 1), "STRUCK")
    back = Return(
        member=world.people["An"],
        organization=world.org["CB01"],
        on=date(2017, 3, 1),
        entry="RESTORED",
        decided=date(2017, 2, 1),
    )
    come_back([back], **world.act())
    row = row_of(hand.open(reverse("people", args=["CB01", 2018])).page, "Lê An")
    assert "19/05/2010" in row and "01/03/2017" not in row
    Desk(world, 2018)
    secretary = Hand(world.user("SECRETARY", "CB01")).open(reverse("ratings", args=["CB01", (2018, None)]))
    assert "vào Đảng 19/05/2010" in secretary.text and "vào Đảng 01/03/2017" not in secretary.text
    hand.open(reverse("member", args=[world.people["An"].pk]))
    assert "Phục hồi đảng tịch 01/03/2017, quyết định 01/02/2017" in hand.text


# Discipline and ways out


def discipline_of(hand, member):
    page = hand.open(reverse("member", args=[member.pk])).page.content.decode()
    return re.sub(r"(\s*<[^>]+>\s*)+", " ", re.search(r"(?s)<h2>Kỷ luật</h2>(.*?)</section>", page).group(1)).strip()


def test_the_record_of_an_expelled_member_says_so_under_discipline(world, hand):
    an = world.people["An"]
    assert discipline_of(hand, an) == "Không có."
    sanctions.discipline([(an, 2, date(2016, 3, 1))], **world.act())
    sanctions.expel({an: date(2016, 5, 1)}, **world.act())
    assert discipline_of(hand, an) == "Cảnh cáo, ngày 01/03/2016 Khai trừ từ 01/05/2016"
    back = Return(
        member=an, organization=world.org["CB01"], on=date(2017, 3, 1), entry="RESTORED", decided=date(2017, 2, 1)
    )
    come_back([back], **world.act())
    assert discipline_of(hand, an).endswith(
        "Khai trừ từ 01/05/2016; đã phục hồi đảng tịch, sinh hoạt lại từ 01/03/2017"
    )


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("EXPELLED", "Khai trừ"),
        ("STRUCK", "Xóa tên"),
        ("RESIGNED", "Xin ra khỏi Đảng"),
        ("DIED", "Từ trần"),
        ("DEPARTED", "Chuyển đi đảng bộ khác"),
        ("ABROAD", "Ra nước ngoài"),
    ],
)
def test_the_record_tells_every_way_out(world, hand, why, said):
    left = f"Ra khỏi danh sách {said} từ"
    assert left not in hand.open(reverse("member", args=[world.people["An"].pk])).text
    departures.leave([(world.people["An"], date(2018, 3, 1), why)], **world.act())
    hand.open(reverse("member", args=[world.people["An"].pk]))
    assert f"{left} 01/03/2018" in hand.text
    assert ("(37 tuổi)" in hand.text) is (why == "DIED")  # 38 on 14/12/2018
    assert (discipline_of(hand, world.people["An"]) == "Không có.") is (why != "EXPELLED")
