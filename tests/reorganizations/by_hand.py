"""A reorganization from its form to the tree: rehearsed first, carried out then; who and what stands where after it."""

import re
from datetime import date

from django.urls import reverse

from ledger.models import Change
from organizations.forest import Forest
from organizations.models import Organization
from tests.reorganizations.test_rehearsal import tables
from tests.world import recorded

ON = date(2018, 7, 1)
PAPER = {"so": "7-QĐ/ĐUK", "ngay": "20/06/2018", "co_quan": "Đảng ủy Khối", "tu_ngay": "01/07/2018", "ly_do": "Sắp xếp"}


def open_(hand, code, slug, **chosen):
    return hand.open(reverse("reorganize_act", args=[code, slug], query=chosen))


def carried_out(hand, code, slug, *, chosen=None, **typed):
    """The whole way; after the rehearsal nothing is written yet, after the act something is."""
    open_(hand, code, slug, **(chosen or {}))
    before = recorded(), tables()
    hand.press("dien-tap", **PAPER | typed)
    assert "Đây mới là diễn tập: chưa có gì được ghi." in hand.text
    assert (recorded(), tables()) == before
    rehearsed = hand.text
    hand.press("ghi")
    assert "Đã ghi: " in hand.text
    assert recorded() != before[0]
    change = Change.objects.latest("pk")
    assert (change.on, change.document.number, change.reason) == (ON, "7-QĐ/ĐUK", "Sắp xếp")
    assert "Hủy việc đã ghi" in hand.client.get(way_back(hand, change)).content.decode()
    return rehearsed


def way_back(hand, change):
    """Address behind the message that the act was done, of the page on which it is taken back."""
    (url,) = re.findall(r'<a href="([^"]+)">Xem hoặc hủy việc này</a>', hand.page.content.decode())
    assert url.endswith(f"/huy/{change.pk}/")
    return url


def forest(day=ON):
    return {code: (place.name, place.kind, place.parent) for code, place in Forest.on(day).items()}


def who(world, code, day=ON):
    """Given names on the roll of `code`, which may have been founded since."""
    world.org.setdefault(code, Organization.objects.filter(code=code).first())
    return world.names(code, day)


def person(world, name):
    return f"dang_vien_{world.people[name].pk}"
