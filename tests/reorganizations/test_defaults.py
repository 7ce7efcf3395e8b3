"""What a reorganization does when the choices that stand on its form are left as they are."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.models import Target
from organizations.forest import Forest
from tests.hand import Hand
from tests.indicators.board import set_groups, set_targets

pytestmark = pytest.mark.django_db

ON = date(2018, 7, 1)
PAPER = {"so": "7-QĐ/ĐUK", "ngay": "20/06/2018", "co_quan": "Đảng ủy Khối", "tu_ngay": "01/07/2018", "ly_do": "Sắp xếp"}


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def done(hand, code, slug, *, chosen=None, **typed):
    hand.open(reverse("reorganize_act", args=[code, slug], query=chosen or {}))
    hand.press("dien-tap", **PAPER | typed).press("ghi")
    assert "Đã ghi: " in hand.text


def standing():
    rows = Target.objects.standing().select_related("organization")
    return {target.organization.code: target.value for target in rows}


def test_a_split_that_goes_on_asks_for_no_principal_successor(hand):
    done(hand, "CB01", "chia-tach", sau_do="tiep-tuc", ten_1="Chi bộ Tách", ke_thua="moi-2")
    assert {"CB01", "CB03"} <= Forest.on(ON).keys()


@pytest.mark.parametrize(
    ("slug", "chosen", "typed", "left"),
    [
        ("thanh-chi-bo", {}, {"ten": "Chi bộ Một"}, {"DB01": 5}),
        ("sap-nhap", {"vao": "DB02"}, {"don_vi_DB01-01": "DB02-01", "don_vi_DB01-02": "DB02-01"}, {"DB02": 5}),
    ],
)
def test_a_target_broken_down_is_taken_over_once(world, hand, slug, chosen, typed, left):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"DB01": 5, "DB01-01": 2, "DB01-02": 3})
    done(hand, "DB01", slug, chosen=chosen, **typed)
    assert standing() == left


@pytest.mark.parametrize(("heir", "left"), [({}, {}), ({"ke_thua": "DB03"}, {"DB03": 4})])
def test_what_was_set_for_one_dissolved_passes_to_its_successor_or_to_nobody(world, hand, heir, left):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"DB02": 4}, KN_TN={"DB02": 60})
    done(hand, "DB02", "giai-the", **{"don_vi_DB02-01": "DB01-01", "don_vi_DB02-02": "DB01-02"}, **heir)
    assert standing() == left
