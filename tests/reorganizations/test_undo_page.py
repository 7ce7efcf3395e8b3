"""An act about the tree is taken back from the organization's page: what would come back, what stands in the way."""

from datetime import date

import pytest
from django.urls import reverse

from inspections.letters.letters import ReceivedLetter, register_letters
from ledger import undo as undoing
from ledger.models import Change
from ledger.soundness import CheckOutcome, Finding
from ledger.undo import undo
from organizations.forest import Forest
from tests.hand import Hand
from tests.inspections.checks.test_plan import plan
from tests.organizations.staff.entering import enter
from tests.organizations.staff.entering import standing as staff_standing
from tests.world import recorded, refused

pytestmark = pytest.mark.django_db
ON = date(2018, 7, 1)
BUTTON = "Hủy việc này</button>"


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def merged(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, ON)
    return Change.objects.latest("pk")


def address(code, change):
    return reverse("reorganize_undo", args=[code, change.pk])


def test_what_would_come_back_is_shown_and_nothing_is_written(world, hand):
    change = merged(world)
    before = recorded()
    hand.open(address("DB01", change))
    assert recorded() == before
    assert BUTTON in hand.page.content.decode()
    assert "Hoạt động trở lại, chi bộ cơ sở trực thuộc Tổ chức K" in hand.text
    assert "2 người : Tổ chức DB01-01, Tổ chức DB01 → Tổ chức CB01" in hand.text


def test_looking_leaves_the_self_check_to_the_undoing(world, hand, monkeypatch):
    change, checked = merged(world), []
    monkeypatch.setattr(undoing, "outcomes", lambda **how: checked.append(1) or [])
    hand.open(address("CB01", change))
    assert (BUTTON in hand.page.content.decode(), checked) == (True, [])
    hand.press(None, ly_do="Ghi nhầm tổ chức")
    assert len(checked) == 1


@pytest.mark.parametrize("stands_already", [True, False])
def test_a_fault_that_stood_already_forbids_nothing_and_a_new_one_does(world, hand, monkeypatch, stands_already):
    change, fault = merged(world), Finding("Một dòng sai")
    answers = [[CheckOutcome("Quy tắc", (fault,), True)], [CheckOutcome("Quy tắc", (fault,) * stands_already, True)]]
    monkeypatch.setattr(undoing, "outcomes", lambda **how: answers.pop(0))
    before = recorded()
    hand.open(address("CB01", change)).press(None, ly_do="Ghi nhầm tổ chức", refused=not stands_already)
    assert ("Không hủy được, vì khi đó: Một dòng sai" in hand.text) == (not stands_already)
    assert ("CB01" in Forest.on(ON)) == stands_already
    assert (recorded() == before) == (not stands_already)
    assert answers == []


def test_an_act_is_taken_back(world, hand):
    change = merged(world)
    hand.open(address("CB01", change)).press(None, ly_do="Ghi nhầm tổ chức")
    assert "Đã hủy việc “Sáp nhập tổ chức”, hiệu lực 01/07/2018." in hand.text
    assert "CB01" in Forest.on(ON)
    assert world.names("CB01", ON) == {"Phúc", "Quân"}
    change.refresh_from_db()
    assert change.undone.reason == "Ghi nhầm tổ chức"
    hand.open(address("CB01", change))
    assert "Việc này đã được hủy ngày 14/12/2018." in hand.text
    assert BUTTON not in hand.page.content.decode()


def test_the_reason_is_asked(world, hand):
    change = merged(world)
    before = recorded()
    hand.open(address("CB01", change)).press(None, ly_do=" ", refused=True)
    assert "Mục này không được để trống." in hand.text
    assert recorded() == before


def test_what_stands_in_the_way_is_named_and_no_form_offered(world, hand):
    change = merged(world)
    world.transfer("Phúc", "DB02-01", date(2018, 9, 1))
    hand.open(address("DB01", change))
    assert "Chưa hủy được" in hand.text
    assert "Sau đó đã có việc “Chuyển sinh hoạt chính thức”" in hand.text
    assert BUTTON not in hand.page.content.decode()
    before = recorded()
    assert hand.client.post(address("DB01", change), {"ly_do": "Vẫn hủy"}).status_code == 400
    assert recorded() == before


@pytest.mark.parametrize("what", ["letter", "inspection"])
def test_what_the_inspectors_wrote_is_named_by_neither_verb_nor_day(world, hand, what):
    world.found(("DB01-03", "CBTT", "DB01"), on=ON)
    change = Change.objects.latest("pk")
    if what == "letter":
        days = {"received_on": date(2018, 9, 3), "due_on": date(2018, 12, 20)}
        register_letters([ReceivedLetter(number="01/ĐT", organization=world.org["DB01-03"], **days)], **world.act())
    else:
        plan(world, "DB01-03")
    hand.open(address("DB01-03", change))
    assert "Sau đó đã có một việc Ủy ban Kiểm tra đã ghi dựa trên việc này. Hãy hỏi nơi đã ghi." in hand.text
    assert "đơn thư" not in hand.text.lower() and "dựa trên việc này. Hãy hủy" not in hand.text
    with refused("Sau đó đã có một việc Ủy ban Kiểm tra đã ghi dựa trên việc này. Hãy hỏi nơi đã ghi."):
        undo(change, **world.act(reason="Ghi nhầm"))


def test_an_act_about_others_is_not_found_here(world, hand):
    change = merged(world)
    assert hand.client.get(address("DB02", change)).status_code == 404
    assert hand.client.get(reverse("reorganize_undo", args=["DB01", 10**9])).status_code == 404


def test_the_profile_names_every_act_and_offers_to_take_it_back(world, hand):
    change = merged(world)
    hand.open(reverse("organization", args=["DB01", 2018]))
    assert "Những việc đã ghi: 2" in hand.text
    assert address("DB01", change) in hand.page.content.decode()
    hand.open(address("DB01", change)).press(None, ly_do="Ghi nhầm tổ chức")
    hand.open(reverse("organization", args=["DB01", 2018]))
    assert "Đã hủy ngày 14/12/2018: Ghi nhầm tổ chức" in hand.text
    assert address("DB01", change) not in hand.page.content.decode()


def test_numbers_of_staff_that_would_come_back_are_listed(world, hand):
    enter(world, DB01=60)
    enter(world, DB01=65, CB01="trên 7")
    hand.open(address("CB01", Change.objects.latest("pk")))
    assert "Số công chức, viên chức, người lao động: 2 số trở lại như trước" in hand.text
    assert "Tổ chức CB01 2017 trên 7 không có Tổ chức DB01 2017 65 60" in hand.text
    hand.press(None, ly_do="ghi nhầm")
    assert staff_standing() == {"DB01": "60"}
