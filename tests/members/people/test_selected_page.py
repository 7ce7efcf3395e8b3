"""Those picked from the list of members: counted, and acted on by one paper."""

from datetime import date

import pytest

from members.models import Membership, Post, Status
from tests.hand import Hand
from tests.members.member_pages import browser, names, selected, text, url
from tests.world import recorded

pytestmark = pytest.mark.django_db


def test_those_ticked_or_all_that_match_are_picked(world, department):
    an, chi = world.people["An"].pk, world.people["Chi"].pk
    assert names(selected(department, chon=[an, chi])) == ["Lê An", "Lê Chi"]
    assert selected(department, ten="le", tat_ca="1").context["tally"].total == 8
    assert selected(department, ten="vo", chon=[an]).context["tally"].total == 0
    assert selected(department, chon=["x", "9" * 40, "-1"]).context["tally"].total == 0
    assert selected(browser(world, "SECRETARY", "DB01-01"), "DB01-01", chon=[an, chi]).context["tally"].total == 1


def test_who_has_no_act_for_those_picked_is_told_so(world, department):
    quiet = "đồng chí không có việc gì ghi chung được"
    assert quiet not in text(selected(department, tat_ca="1"))
    for role, code in (("SECRETARY", "DB01-01"), ("LEADER", "K")):
        page = selected(browser(world, role, code), code, tat_ca="1")
        assert quiet in text(page) and '<form method="post" class="form"' not in text(page)
    nobody = text(selected(department))
    assert "Chưa chọn ai" in nobody and "hãy đánh dấu ô trước tên" in nobody and quiet not in nobody


def test_the_acts_stand_above_those_picked(world, department):
    page = text(selected(department, tat_ca="1"))
    assert page.index("Miễn công tác") < page.index("Từng đồng chí") < page.index("<table")


def test_several_are_exempted_by_one_paper(world):
    hand = Hand(world.user("COMMITTEE", "DB01"))
    hand.open(url("DB01") + "?ten=le")
    hand.open(url("DB01", name="people_selected") + "?ten=le&tat_ca=1")
    assert "Đã chọn 2 đồng chí" in hand.text
    paper = {"so": "15-QĐ/ĐU", "ngay": "01/12/2018", "co_quan": "Đảng ủy DB01"}
    hand.press("mien", tu_ngay="05/12/2018", refused=True, so="", ngay="", co_quan="")
    assert "Hãy nhập ngày" in hand.text
    hand.press("mien", tu_ngay="05/12/2018", **paper)
    assert "Đã ghi miễn công tác và sinh hoạt đảng cho 2 đồng chí." in hand.text
    held = Status.objects.standing().select_related("added__document")
    assert {(s.member.full_name, s.starts, s.added.document.number) for s in held} == {
        ("Lê An", date(2018, 12, 5), "15-QĐ/ĐU"),
        ("Lê Chi", date(2018, 12, 5), "15-QĐ/ĐU"),
    }
    assert len({s.added_id for s in held}) == 1


@pytest.mark.parametrize(
    ("between", "now"),
    [
        (lambda world: world.transfer("Phúc", "DB01-01", date(2018, 12, 1)), 5),
        (lambda world: world.leave("Chi", date(2018, 12, 1)), 3),
    ],
)
def test_nothing_is_recorded_for_others_than_the_page_showed(world, between, now):
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(url("DB01", name="people_selected") + "?tat_ca=1")
    between(world)
    typed = {"tu_ngay": "05/12/2018", "so": "15-QĐ/ĐU", "ngay": "01/12/2018", "co_quan": "Đảng ủy DB01"}
    before = recorded()
    hand.press("mien", refused=True, **typed)
    assert f"Danh sách đã thay đổi từ lúc mở trang: nay là {now} đồng chí." in hand.text
    assert f"Ghi miễn sinh hoạt cho {now} đồng chí" in hand.text
    assert 'value="15-QĐ/ĐU"' in hand.page.content.decode()
    assert recorded() == before
    hand.press("mien")
    assert f"Đã ghi miễn công tác và sinh hoạt đảng cho {now} đồng chí." in hand.text


def test_what_was_typed_for_nobody_any_more_is_kept(world):
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(url("DB01", name="people_selected") + f"?chon={world.people['An'].pk}")
    world.leave("An", date(2018, 12, 1))
    hand.press("mien", refused=True, tu_ngay="05/12/2018", so="15-QĐ/ĐU", ngay="01/12/2018", co_quan="Đảng ủy DB01")
    assert "Chưa chọn ai. Hãy quay lại danh sách và đánh dấu những đồng chí cần ghi." in hand.text
    assert 'value="15-QĐ/ĐU"' in hand.page.content.decode()


@pytest.mark.parametrize("unread", ["", "x", "9" * 5000])
def test_who_does_not_say_whom_the_page_showed_is_shown_them(world, unread):
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(url("DB01", name="people_selected") + f"?chon={world.people['An'].pk}")
    paper = {"so": "15-QĐ/ĐU", "ngay": "01/12/2018", "co_quan": "Đảng ủy DB01"}
    hand.press("mien", refused=True, tu_ngay="05/12/2018", dau=unread, **paper)
    assert "nay là 1 đồng chí." in hand.text
    assert not Status.objects.exists()


def test_a_committee_is_recorded_at_once(world):
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(url("DB01", name="people_selected") + "?tat_ca=1")
    paper = {"so": "7-QĐ/ĐUK", "ngay": "01/12/2018", "co_quan": "Đảng ủy Khối"}
    hand.press("chuc-vu", tu_ngay="05/12/2018", chuc_vu="3", **paper)
    assert "Đã ghi chức vụ cấp ủy viên ở Tổ chức DB01 cho 4 đồng chí." in hand.text
    assert {(p.member.full_name, p.organization.code, p.kind) for p in Post.objects.standing()} == {
        (name, "DB01", 3) for name in ("Lê An", "Võ Bình", "Lê Chi", "Võ Dung")
    }


def test_who_was_picked_from_an_earlier_list_and_has_gone_is_named(world):
    world.transfer("An", "DB02-01", date(2018, 6, 15))
    hand = Hand(world.user("COMMITTEE", "DB01"))
    hand.open(url("DB01", name="people_selected") + "?ngay=14/06/2018&tat_ca=1")
    paper = {"so": "15-QĐ/ĐU", "ngay": "01/12/2018", "co_quan": "Đảng ủy DB01"}
    hand.press("mien", tu_ngay="05/12/2018", refused=True, **paper)
    assert "Lê An không sinh hoạt trong Tổ chức DB01 vào ngày 05/12/2018." in hand.text
    assert not Status.objects.exists()


def test_nothing_is_recorded_for_who_belongs_to_another_committee_by_now(world):
    world.transfer("An", "DB02-01", date(2016, 6, 1))
    hand = Hand(world.user("COMMITTEE", "DB01"))
    hand.open(url("DB01", 2015, "people_selected") + f"?chon={world.people['An'].pk}&chon={world.people['Chi'].pk}")
    assert "Đã chọn 2 đồng chí" in hand.text
    paper = {"so": "15-QĐ/ĐU", "ngay": "01/06/2015", "co_quan": "Đảng ủy DB01"}
    hand.press("mien", tu_ngay="01/06/2015", refused=True, **paper)
    assert "Lê An nay do nơi khác quản lý; việc này do nơi ấy hoặc Ban Tổ chức Đảng ủy Khối ghi." in hand.text
    assert not Status.objects.exists()


def test_who_only_reads_sees_the_counts_and_may_not_act(world):
    client = browser(world, "LEADER", "K")
    page = selected(client, tat_ca="1")
    assert page.context["tally"].total == 16 and "Ghi miễn sinh hoạt" not in text(page)
    assert client.post(url(name="people_selected"), {"viec": "mien", "loc": "tat_ca=1"}).status_code == 403
    assert Membership.objects.standing().count() == 16
