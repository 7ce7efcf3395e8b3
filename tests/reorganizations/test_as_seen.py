"""What is written is what was rehearsed: where something was changed in between, it is rehearsed again."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.models import Target
from organizations.models import Organization
from tests.hand import Hand
from tests.indicators.board import set_groups, set_targets
from tests.world import recorded

from .test_defaults import ON, PAPER

pytestmark = pytest.mark.django_db

JUNE = date(2018, 6, 1)
BETWEEN = {
    "nothing": (lambda world: None, ""),
    "beside it": (lambda world: world.admit("Đặng Bên", "DB02-01", JUNE), ""),
    "people": (lambda world: world.admit("Đặng Mới", "CB01", JUNE), "Kết nạp"),
    "a code": (lambda world: world.found(("CB03", "CBCS", "K")), "Thành lập tổ chức"),
    "the heir's target": (lambda world: set_targets(world, 2018, KN={"CB02": 7}), "Giao chỉ tiêu"),
}


@pytest.mark.parametrize("between", BETWEEN)
def test_what_was_changed_since_is_rehearsed_again(world, between):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"CB01": 5, "CB02": 4})
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(reverse("reorganize_act", args=["CB01", "hop-nhat"], query={"voi": "CB02"}))
    hand.press("dien-tap", **PAPER, ten="Chi bộ Chung")
    change, verb = BETWEEN[between]
    change(world)
    if verb:
        before = recorded()
        hand.press("ghi", refused=True)
        assert "Từ lúc diễn tập đã có thay đổi (đã ghi: " in hand.text and verb in hand.text
        assert "Đây mới là diễn tập: chưa có gì được ghi." in hand.text
        assert recorded() == before
    hand.press("ghi")
    assert "Đã ghi: " in hand.text
    kept = Target.objects.get(voided__isnull=True)
    assert kept.organization == Organization.objects.get(code="CB04" if between == "a code" else "CB03")
    assert kept.value == (12 if between == "the heir's target" else 9)


def test_an_act_that_was_not_rehearsed_is_rehearsed_first(world):
    hand = Hand(world.user("ORGANIZATION", "K"))
    before = recorded()
    url = reverse("reorganize_act", args=["CB01", "doi-ten"])
    hand.page = hand.client.post(url, PAPER | {"ten": "Chi bộ Một", "buoc": "ghi"})
    assert "Đây mới là diễn tập" in hand.text and "Từ lúc diễn tập" not in hand.text
    assert recorded() == before
    hand.press("ghi")
    assert "Chi bộ Một" in world.org["CB01"].spells.on(ON).get().name


@pytest.mark.parametrize("unread", ["9" * 5000 + "-x", "9" * 19 + "-x", "x"])
def test_a_seal_that_cannot_be_read_is_as_none(world, unread):
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("reorganize_act", args=["CB01", "doi-ten"]))
    hand.press("dien-tap", **PAPER, ten="Chi bộ Một")
    hand.press("ghi", refused=True, dau=unread)
    assert "Đây mới là diễn tập" in hand.text and "Từ lúc diễn tập" not in hand.text
    hand.press("ghi")
    assert "Chi bộ Một" in world.org["CB01"].spells.on(ON).get().name
