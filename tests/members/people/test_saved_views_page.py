"""Ways of looking at the list: kept, opened elsewhere, shared with a role and no further."""

from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from ledger.acts import Refused
from members.models import SavedView
from members.people.saved_views import MOST, cleaned, save_view, views_for
from tests.hand import Hand, signed_in_as
from tests.world import TODAY

pytestmark = pytest.mark.django_db
STATE = "gioi=F&tuoi=36-40&cot=born&cot=card&sort=-born"


def client_of(user):
    return signed_in_as(user)


def at(name="saved_views", code="K", year=2018, query=""):
    return reverse(name, args=[code, year]) + (f"?{query}" if query else "")


def test_what_the_list_showed_is_shown_again_wherever_it_is_opened(world):
    user = world.user("ORGANIZATION", "K")
    hand = Hand(user)
    hand.open(at("people", query=STATE + "&page=1&ngay=14/12/2018"))
    shown = hand.page.context["list"]
    before = (shown.chips, shown.columns.shown, [r.record.pk for r in hand.page.context["table"].page.object_list])
    hand.open(at(query=shown.address))
    hand.press("luu", ten="Nữ 36–40", chia_se="")
    assert "Đã lưu cách xem “Nữ 36–40”." in hand.text
    view = SavedView.objects.get()
    assert parse_qsl(view.query) == parse_qsl(STATE)
    hand.open(at("people"))
    assert f'href="/dang-vien/K/2018/?{view.query.replace("&", "&amp;")}"' in hand.page.content.decode()
    hand.open(at("people", query=view.query))
    shown = hand.page.context["list"]
    after = (shown.chips, shown.columns.shown, [r.record.pk for r in hand.page.context["table"].page.object_list])
    assert after == before
    hand.open(at("people", "DB02", 2016))
    assert f'href="/dang-vien/DB02/2016/?{view.query.replace("&", "&amp;")}"' in hand.page.content.decode()
    hand.open(at("people", "DB02", 2016, query=view.query))
    assert hand.page.context["list"].chips == before[0]


def test_a_view_is_seen_by_the_role_it_is_shared_with_and_no_further(world):
    owner = world.user("ORGANIZATION", "K")
    save_view("chỗ riêng", STATE, by=owner)
    save_view("của cấp ủy", STATE, by=owner, shared_with="COMMITTEE")
    offices = {
        "owner": owner,
        "colleague": world.user("ORGANIZATION", "K"),
        "committee": world.user("COMMITTEE", "DB01"),
        "secretary": world.user("SECRETARY", "DB01-01"),
        "leader": world.user("LEADER", "K"),
    }
    seen = {name: [view.name for view in views_for(user)] for name, user in offices.items()}
    assert seen == {
        "owner": ["chỗ riêng", "của cấp ủy"],
        "colleague": [],
        "committee": ["của cấp ủy"],
        "secretary": [],
        "leader": [],
    }
    page = client_of(offices["committee"]).get(at("people", "DB01")).content.decode()
    assert "của cấp ủy" in page and "chỗ riêng" not in page


def test_an_office_that_ended_sees_no_shared_view(world):
    save_view("của cấp ủy", STATE, by=world.user("ORGANIZATION", "K"), shared_with="COMMITTEE")
    user = world.user("COMMITTEE", "DB01")
    assert views_for(user)
    assert not views_for(world.dismiss(user, TODAY))


def test_only_the_owner_renames_shares_and_removes(world):
    owner, other = world.user("ORGANIZATION", "K"), world.user("ORGANIZATION", "K")
    view = save_view("cũ", STATE, by=owner, shared_with="ORGANIZATION")
    for errand in ("sua", "bo"):
        sent = {"viec": errand, "so": view.pk, "ten": "của tôi", "chia_se": ""}
        assert client_of(other).post(at(), sent).status_code == 404
    assert "cũ" not in client_of(other).get(at()).content.decode()
    hand = Hand(owner).open(at())
    hand.press("sua", ten="mới", chia_se="LEADER")
    view.refresh_from_db()
    assert (view.name, view.shared_with, view.query) == ("mới", "LEADER", STATE)
    hand.press("bo")
    assert "Đã bỏ cách xem “mới”." in hand.text
    assert not SavedView.objects.exists()
    told = SavedView.history.order_by("history_id").values_list("history_type", "name", "history_user")
    assert list(told) == [("+", "cũ", owner.pk), ("~", "mới", owner.pk), ("-", "mới", owner.pk)]


def test_a_name_is_ones_own_once_and_another_may_have_it_too(world):
    owner = world.user("ORGANIZATION", "K")
    save_view("nữ", STATE, by=owner)
    hand = Hand(owner).open(at(query=STATE)).press("luu", ten="nữ", refused=True)
    assert "Đồng chí đã có một cách xem mang tên này. Hãy đặt tên khác." in hand.text
    assert 'value="nữ"' in hand.page.content.decode()
    save_view("nữ", STATE, by=world.user("LEADER", "K"))
    hand.press("luu", ten="", refused=True)
    assert "Hãy đặt tên cho cách xem." in hand.text
    assert SavedView.objects.count() == 2


def test_a_list_that_nothing_narrows_is_not_offered_to_be_kept(world):
    client = client_of(world.user("ORGANIZATION", "K"))
    bare, narrowed = (client.get(at(query=query)).content.decode() for query in ("", STATE))
    assert "Hãy lọc danh sách trước rồi lưu." in bare and 'value="luu"' not in bare
    assert 'value="luu"' in narrowed


def test_what_belongs_to_one_visit_is_not_kept():
    assert cleaned("page=3&gioi=F&ngay=14%2F06%2F2018&chon=1&chon=2&tat_ca=1&cot=born") == "gioi=F&cot=born"


def test_views_are_no_store_of_text(world):
    owner = world.user("ORGANIZATION", "K")
    with pytest.raises(Refused, match="quá nhiều điều kiện"):
        save_view("dài", "ten=" + "a" * 1000, by=owner)
    for n in range(MOST):
        save_view(str(n), STATE, by=owner)
    with pytest.raises(Refused, match="đã lưu 30 cách xem"):
        save_view("thêm", STATE, by=owner)
