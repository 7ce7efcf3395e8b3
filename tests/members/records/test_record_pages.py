"""The pages that amend a record and merge two: what is asked, what is kept when refused, what the member's page tells."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.acts import take_back
from ledger.models import Change
from members.models import Amendment, Member, Membership, Merger
from members.records.amendments import amend, texts
from tests.hand import Hand, signed_in_as
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def record(world, name):
    return reverse("record", args=[world.people[name].pk])


def merge(world, name, **query):
    return reverse("merge_records", args=[world.people[name].pk], query=query)


def merged(world, name):
    """The page of mergers with the latest into the record opened."""
    return merge(world, name, gop=Merger.objects.filter(member=world.people[name]).latest("pk").pk)


def fresh(world, name):
    return Member.objects.get(pk=world.people[name].pk)


def test_a_record_is_amended_and_its_page_tells_it(world, hand):
    hand.open(record(world, "An")).press(None, ngay_sinh="16/6/1980", so_the="1234 5678", ly_do="đối chiếu lý lịch")
    assert "Đã sửa hồ sơ của đồng chí Lê An." in hand.text
    assert "Sửa ngày sinh: từ 15/06/1980 thành 16/06/1980." in hand.text
    assert "Sửa số thẻ đảng viên: từ không ghi thành “12345678”." in hand.text
    assert "Lý do: đối chiếu lý lịch" in hand.text
    assert Change.objects.latest("pk").on == TODAY


@pytest.mark.parametrize(
    ("typed", "stored"), [("1980", ("1980", "Y")), ("7/1980", ("07/1980", "M")), ("01-02-1979", ("01/02/1979", "D"))]
)
def test_a_birth_is_kept_as_far_as_it_is_known(world, hand, typed, stored):
    hand.open(record(world, "An")).press(None, ngay_sinh=typed, ly_do="x")
    an = fresh(world, "An")
    assert (an.born, an.birth_precision) == stored
    hand.open(record(world, "An")).press(None, nghe_nghiep="kế toán", ly_do="x")
    assert [a.field for a in Amendment.objects.filter(added=Change.objects.latest("pk"))] == ["occupation"]


@pytest.mark.parametrize("typed", ["15/06", "31/02/1980", "15/06/80", "hôm qua", "1/2/3/1980", "19800615"])
def test_a_birth_that_cannot_be_is_told_and_kept(world, hand, typed):
    hand.open(record(world, "An")).press(None, ngay_sinh=typed, ly_do="x", refused=True)
    assert "Ngày sinh không đúng." in hand.text
    assert f'value="{typed}"' in hand.page.content.decode()
    assert fresh(world, "An").born == "15/06/1980"


def test_what_is_wanting_is_said_in_one_place_and_at_each_field(world, hand):
    hand.open(record(world, "An")).press(None, ho_ten="", so_the="123", ly_do="", refused=True)
    for said in ("Chưa ghi được.", "Số thẻ gồm 8 hoặc 12 chữ số.", "Hãy nêu lý do sửa."):
        assert said in hand.text


def test_a_name_in_capitals_is_asked_about_before_it_is_written(world, hand):
    hand.open(record(world, "An")).press(None, ho_ten="LÊ THỊ ÂN", ly_do="x", refused=True)
    assert "Viết hoa chữ đầu: Lê Thị Ân" in hand.text and "Giữ nguyên: LÊ THỊ ÂN" in hand.text
    assert fresh(world, "An").full_name == "Lê An"
    hand.press(None, chu_hoa="thuong")
    assert fresh(world, "An").full_name == "Lê Thị Ân"
    hand.open(record(world, "Bình")).press(None, ho_ten="VÕ BÌNH", ly_do="x", refused=True)
    hand.press(None, chu_hoa="giu")
    assert fresh(world, "Bình").full_name == "VÕ BÌNH"
    hand.open(record(world, "Bình")).press(None, chu_hoa="thuong", ly_do="x")
    assert fresh(world, "Bình").full_name == "Võ Bình"


def test_another_wrote_meanwhile_and_nothing_typed_is_lost(world, hand):
    hand.open(record(world, "An"))
    amend({world.people["An"]: {"occupation": "kế toán"}}, **world.act(reason="bổ sung"))
    hand.press(None, so_the="12345678", ly_do="phát thẻ", refused=True)
    assert "Hồ sơ vừa được người khác sửa: nghề nghiệp, vị trí nay là “kế toán”." in hand.text
    assert 'value="12345678"' in hand.page.content.decode()
    assert texts(fresh(world, "An"))["card_number"] == ""
    hand.press(None, nghe_nghiep="kế toán")
    assert (fresh(world, "An").card_number, fresh(world, "An").occupation) == ("12345678", "kế toán")


def test_a_card_of_somebody_else_is_refused_and_kept(world, hand):
    amend({world.people["Bình"]: {"card_number": "12345678"}}, **world.act(reason="phát thẻ"))
    hand.open(record(world, "An")).press(None, so_the="12345678", ly_do="x", refused=True)
    assert "Số thẻ đảng viên này đã ghi cho một đồng chí khác." in hand.text
    assert 'value="12345678"' in hand.page.content.decode()


def test_a_paper_half_given_is_refused(world, hand):
    hand.open(record(world, "An")).press(None, so_the="12345678", ly_do="x", so="5-CV", refused=True)
    assert "Văn bản còn thiếu: Ngày ban hành, Cơ quan ban hành." in hand.text


def test_only_who_keeps_the_record_is_offered_to_amend_it(world):
    def page(role, code):
        client = signed_in_as(world.user(role, code))
        return client.get(reverse("member", args=[world.people["An"].pk])).content.decode()

    for role, code, offered in [
        ("ORGANIZATION", "K", True),
        ("COMMITTEE", "DB01", True),
        ("SECRETARY", "DB01-01", False),
        ("LEADER", "K", False),
    ]:
        assert ("Sửa hồ sơ" in page(role, code)) == offered, role


def test_who_left_on_probation_is_not_said_to_be_on_it(world, hand):
    member = world.admit("Trần Mới", "DB01-01", date(2018, 1, 10))
    path = reverse("member", args=[member.pk])
    assert "Chính thức đang dự bị" in hand.open(path).text
    world.leave("Mới", date(2018, 6, 1))
    assert "Chính thức chưa được công nhận" in hand.open(path).text


# Merging


@pytest.fixture
def twice(world):
    """Dung left DB01-02 and was entered anew in CB02, with an accent more."""
    world.leave("Dung", date(2017, 3, 1))
    world.enroll("Võ Dũng", "CB02", date(2017, 6, 1))
    return world


def test_the_second_record_is_found_previewed_and_merged(twice, hand):
    hand.open(merge(twice, "Dũng"))
    assert "Võ Dung , sinh 15/06/1980 · cùng họ tên và ngày sinh" in hand.text
    assert "Tổ chức DB01-02, Tổ chức DB01, từ 01/01/2015 đến trước 01/03/2017" in hand.text
    hand.open(merge(twice, "Dũng", bo=twice.people["Dung"].pk))
    for said in (
        "họ và tên “Võ Dũng” “Võ Dung” “Võ Dũng”",
        "từ 01/01/2015 hồ sơ gộp vào chuyển sang hồ sơ giữ lại",
        "hồ sơ gộp vào hủy, vì hồ sơ kia đã ghi",
    ):
        assert said in hand.text
    hand.press("gop", ly_do="", refused=True)
    hand.press("gop", ly_do="một người ghi hai lần")
    assert "Đã gộp hồ sơ số" in hand.text
    assert f"Gộp hồ sơ số {twice.people['Dung'].pk} của cùng một người vào hồ sơ này." in hand.text


def test_the_merged_record_leads_to_the_kept_one_and_can_be_parted(twice, hand):
    hand.open(merge(twice, "Dũng", bo=twice.people["Dung"].pk)).press("gop", ly_do="một người")
    hand.open(reverse("member", args=[twice.people["Dung"].pk]))
    assert hand.page.redirect_chain == [(reverse("member", args=[twice.people["Dũng"].pk]), 302)]
    hand.open(merge(twice, "Dũng"))
    assert "Xem lịch sử hồ sơ đã gộp, tách lại" in hand.text and "Gộp nhầm?" not in hand.text
    hand.open(merged(twice, "Dũng"))
    assert "Lịch sử của hồ sơ đã gộp" in hand.text and "Có khi lập sổ" in hand.text
    hand.press("tach", ly_do_tach="", refused=True)
    hand.press("tach", ly_do_tach="hai người khác nhau")
    assert "Đã tách lại hai hồ sơ" in hand.text
    assert not Merger.objects.standing().exists()
    hand.open(reverse("member", args=[twice.people["Dung"].pk]))
    assert hand.page.redirect_chain == []


def test_parting_is_for_who_keeps_every_place_the_merger_touched(twice, hand):
    """CB02 keeps the record that is left, but what moved onto it is of DB01-02."""
    hand.open(merge(twice, "Dũng", bo=twice.people["Dung"].pk)).press("gop", ly_do="một người")
    committee = Hand(twice.user("SECRETARY", "CB02"))
    committee.open(merged(twice, "Dũng"))
    assert "Lần gộp này đã ghi cả ở nơi khác" in committee.text and "Gộp nhầm?" not in committee.text
    sent = {"viec": "tach", "gop": str(Merger.objects.get().pk), "ly_do_tach": "hai người"}
    page = committee.client.post(merge(twice, "Dũng"), sent)
    assert page.status_code == 400 and "Lần gộp này đã ghi cả ở nơi khác" in page.content.decode()
    assert Merger.objects.standing().exists()


def test_an_act_since_stands_in_the_way_of_parting_and_is_named(twice, hand):
    hand.open(merge(twice, "Dũng", bo=twice.people["Dung"].pk)).press("gop", ly_do="một người")
    amend({fresh(twice, "Dũng"): {"occupation": "x"}}, **twice.act(reason="y"))
    hand.open(merged(twice, "Dũng"))
    assert "Gộp nhầm? Tách lại hai hồ sơ" in hand.text  # an amendment rests on nothing that was merged
    row = Membership.objects.standing().get(member=twice.people["Dũng"], organization=twice.org["DB01-02"])
    take_back(Membership.objects.filter(pk=row.pk), **twice.act(reason="ghi nhầm"))
    hand.open(merged(twice, "Dũng"))
    assert "Sau đó đã có việc “Hủy dòng đã ghi”" in hand.text
    assert "Gộp nhầm?" not in hand.text


def test_the_page_costs_the_same_after_one_merger_and_after_three(twice, hand):
    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            assert hand.client.get(address).status_code == 200
        return len(queries)

    def again(name):
        hand.open(merge(twice, "Dũng", bo=twice.people[name].pk)).press("gop", ly_do="một người")

    again("Dung")
    plain, opened = asked(merge(twice, "Dũng")), asked(merged(twice, "Dũng"))
    for name in ("Dụng", "Dùng"):
        twice.enroll(f"Võ {name}", "CB02", date(2017, 6, 1))
        again(name)
    assert Merger.objects.filter(member=twice.people["Dũng"]).count() == 3
    assert (asked(merge(twice, "Dũng")), asked(merged(twice, "Dũng"))) == (plain, opened)


def test_nobody_merges_what_they_do_not_keep(twice):
    """A committee keeps records of its own cells: the other one has to be in its reach as well."""
    client = signed_in_as(twice.user("COMMITTEE", "DB01"))
    twice.enroll("Lê Ân", "CB01")
    an = merge(twice, "An")
    page = client.get(an).content.decode()
    assert "Lê Ân" not in page  # like An, but elsewhere
    assert client.get(merge(twice, "An", ten="Ân")).content.decode().count("Lê Ân") == 0
    assert client.get(merge(twice, "An", bo=twice.people["Ân"].pk)).status_code == 404
    assert client.get(merge(twice, "An", bo="x")).status_code == 404
    assert client.get(merge(twice, "An", bo="9" * 5000)).status_code == 404
    assert client.get(merge(twice, "An", bo=twice.people["An"].pk)).status_code == 404
    assert client.get(merge(twice, "An", bo=twice.people["Dung"].pk)).status_code == 200  # left DB01-02


def test_a_preview_of_another_moment_is_not_carried_out(twice, hand):
    hand.open(merge(twice, "Dũng", bo=twice.people["Dung"].pk))
    amend({twice.people["Dung"]: {"card_number": "12345678"}}, **twice.act(reason="bổ sung"))
    hand.press("gop", ly_do="một người", refused=True)
    assert "Một trong hai hồ sơ vừa thay đổi." in hand.text
    assert re.search(r"số thẻ đảng viên không ghi “12345678” “12345678”", hand.text)
    hand.press("gop", ly_do="một người")
    assert fresh(twice, "Dũng").card_number == "12345678"


@pytest.mark.parametrize("unread", ["[" * 4900, "1" * 4900, '{"full_name": ', "null", '"x"', ""])
def test_an_opening_that_cannot_be_read_is_held_against_nothing(world, hand, unread):
    hand.open(record(world, "An")).press(None, luc_mo=unread, nghe_nghiep="kế toán", ly_do="x")
    assert fresh(world, "An").occupation == "kế toán"


@pytest.mark.parametrize("typed", ["\x00", "x\x00y", "Lê\x00"])
def test_no_record_is_sought_by_no_character(world, hand, typed):
    page = hand.client.get(merge(world, "An", ten=typed))
    assert page.status_code == 200
    assert page.context["page"].search.errors["ten"]


@pytest.mark.parametrize("pk", [2**63, int("9" * 19), int("9" * 400)])
def test_a_number_longer_than_any_record_has_is_not_found(hand, pk):
    assert hand.client.get(reverse("member", args=[pk])).status_code == 404
