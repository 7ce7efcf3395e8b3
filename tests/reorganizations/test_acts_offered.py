"""Each organization is offered the reorganizations that make sense for its kind."""

import re
from datetime import date

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def offered(hand, code):
    hand.open(reverse("reorganize", args=[code]))
    return re.findall(rf"/sap-xep/{code}/([\w-]+)/", hand.page.content.decode())


@pytest.mark.parametrize(
    ("code", "acts"),
    [
        ("K", ["thanh-lap", "doi-ten", "tiep-nhan", "lap-khoi", "lap-dang-bo-tinh", "ket-thuc-khoi"]),
        (
            "DB01",
            [
                *("thanh-lap", "lap-bo-phan", "doi-ten", "sap-nhap", "hop-nhat", "chia-tach", "thanh-chi-bo"),
                *("giai-the", "chuyen-giao"),
            ],
        ),
        ("BP01", ["thanh-lap", "ket-thuc-bo-phan", "doi-ten", "chuyen-truc-thuoc", "chia-tach"]),
        (
            "CB01",
            [
                *("doi-ten", "sap-nhap", "hop-nhat", "chia-tach", "thanh-dang-bo", "doi-loai", "giai-the"),
                "chuyen-giao",
            ],
        ),
        (
            "DB01-01",
            ["doi-ten", "chuyen-truc-thuoc", "sap-nhap", "hop-nhat", "chia-tach", "doi-loai", "giai-the"],
        ),
    ],
)
def test_an_organization_is_offered_what_makes_sense_for_its_kind(hand, code, acts):
    assert offered(hand, code) == acts


def test_an_act_that_makes_no_sense_is_not_found(hand):
    for code, slug in (("K", "sap-nhap"), ("DB01", "thanh-dang-bo"), ("CB01", "thanh-lap"), ("DB01", "khong-co")):
        assert hand.client.get(reverse("reorganize_act", args=[code, slug])).status_code == 404


def test_an_organization_that_ended_is_offered_nothing(world, hand):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2018, 3, 1))
    assert offered(hand, "CB01") == []
    assert hand.client.get(reverse("reorganize_act", args=["CB01", "doi-ten"])).status_code == 404
