"""Who consents to an admission over sixty is the office's row: said everywhere, kept for what is recorded already."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from ledger.documents import document
from ledger.models import User
from ledger.soundness import outcomes
from members.corrections.days import DayCorrection, RecordedDays
from members.models import Admission, ConsentRule, Entry
from members.records.amendments import amend
from members.register.returns import Return, come_back
from tests.hand import Hand
from tests.world import refused

pytestmark = pytest.mark.django_db
PROVINCE, BLOC = "Ban Thường vụ Tỉnh ủy", "Đảng ủy Khối"
CEREMONY, OLD = date(2017, 3, 10), date(1956, 1, 1)
TYPED = {
    "ho_ten": "Hồ Xuân",
    "gioi_tinh": "F",
    "dan_toc": "01",
    "ngay_sinh": "01/04/1958",
    "so": "12-QĐ/ĐUK",
    "ngay": "01/03/2018",
    "co_quan": "Đảng ủy Sở",
    "chi_bo": "CB01",
    "ngay_le": "19/05/2018",
    "hinh_thuc": "ADMITTED",
}
AGREED = {"so_tinh_uy": "9-CV", "ngay_tinh_uy": "15/02/2018"}


def choose(**values):
    """As the administrator does, in the administration."""
    hand = Hand(User.objects.create_superuser("goc", is_staff=True))
    hand.open(reverse("admin:members_consentrule_change", args=[ConsentRule.objects.get().pk]))
    return hand.press(None, refused=None, **values)


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K")).open(reverse("enter", args=["K", 2018, "ket-nap"]))


def paper(issuer=PROVINCE):
    return document("9-CV", date(2017, 2, 1), issuer)


def told():
    """{title: sentences} of the self-check about consents"""
    return {o.title: [f.sentence for f in o.findings] for o in outcomes() if "văn bản đồng ý" in o.title}


def title(issuer):
    return f"Ai kết nạp ở Khối khi quá 60 tuổi đều có văn bản đồng ý (nay của {issuer})"


def test_a_database_that_stands_is_given_what_held(world):
    assert ConsentRule.objects.values_list("issuer", "issuer_alone").get() == (PROVINCE, False)
    ConsentRule.objects.all().delete()
    import_module("members.migrations.0018_consent_rule").load(apps, None)
    assert ConsentRule.objects.values_list("issuer", "issuer_alone").get() == (PROVINCE, False)
    ConsentRule.objects.all().delete()  # a row that is gone is the same as none chosen
    assert told() == {title(PROVINCE): []}


def test_the_administration_changes_it_keeps_what_was_and_takes_no_empty_name(world):
    choose(issuer="  Đảng ủy   Khối ")
    row = ConsentRule.objects.get()
    assert row.issuer == BLOC
    assert [(kept.issuer, kept.history_user.username) for kept in row.history.all()] == [(BLOC, "goc")]
    hand = Hand(User.objects.get(username="goc")).open(reverse("admin:members_consentrule_change", args=[row.pk]))
    assert "Lần kết nạp đã ghi giữ cơ quan ghi trên văn bản của lần ấy." in hand.text
    hand.press(None, refused=None, issuer="")
    assert ConsentRule.objects.get().issuer == BLOC


@pytest.mark.parametrize("issuer", [PROVINCE, BLOC])
def test_the_form_says_who_consents_and_records_them(world, hand, issuer):
    choose(issuer=issuer)
    hand.open(reverse("enter", args=["K", 2018, "ket-nap"]))
    assert f"Số văn bản đồng ý của {issuer}" in hand.text and f"Để trống là {issuer}." in hand.text
    hand.press(None, refused=True, **TYPED)
    assert f"Cần ghi số, ngày văn bản đồng ý của {issuer}." in hand.text
    hand.press(None, refused=True, co_quan_tinh_uy="Thành ủy")
    assert f"Văn bản đồng ý của {issuer} cần đủ số và ngày." in hand.text
    hand.press(None, co_quan_tinh_uy="", **AGREED)
    assert str(Admission.objects.latest("pk").consent) == f"9-CV ngày 15/02/2018 của {issuer}"


def test_another_that_consented_is_recorded_as_it_was(world, hand):
    choose(issuer=BLOC)
    hand.press(None, **TYPED, **AGREED, co_quan_tinh_uy=PROVINCE)
    assert str(Admission.objects.latest("pk").consent) == f"9-CV ngày 15/02/2018 của {PROVINCE}"


def test_another_is_refused_by_the_form_when_the_office_chose_so(world, hand):
    choose(issuer=BLOC, issuer_alone="on")
    hand.press(None, refused=True, **TYPED, **AGREED, co_quan_tinh_uy=PROVINCE)
    assert (
        f"Hồ Xuân: văn bản đồng ý là của {PROVINCE}, mà quản trị đã chọn chỉ nhận văn bản của {BLOC}. "
        "Hãy xem lại cơ quan đồng ý, hoặc báo quản trị nếu quy định lúc ấy là như vậy."
    ) in hand.text
    hand.press(None, co_quan_tinh_uy="đảng uỷ  KHỐI")  # the same, otherwise typed
    assert Admission.objects.latest("pk").consent is not None


def test_the_verbs_take_whom_the_row_says(world):
    world.admit("Hồ Thu", "CB01", CEREMONY, born=OLD, consent=paper("Thường trực Tỉnh ủy"))
    ConsentRule.objects.update(issuer_alone=True)
    why = (
        f"văn bản đồng ý là của {BLOC}, mà quản trị đã chọn chỉ nhận văn bản của {PROVINCE}. "
        "Hãy xem lại cơ quan đồng ý, hoặc báo quản trị nếu quy định lúc ấy là như vậy."
    )
    with refused(f"Hồ Đông: {why}"):
        world.admit("Hồ Đông", "CB01", CEREMONY, born=OLD, consent=paper(BLOC))
    world.enroll("Hồ Cao", "CB01", born=OLD)
    world.leave("Cao", date(2017, 1, 1), "RESIGNED")
    again = Return(
        member=world.people["Cao"],
        organization=world.org["CB01"],
        on=CEREMONY,
        entry=Entry.READMITTED,
        decided=date(2017, 3, 1),
        consent=paper(BLOC),
    )
    with refused(f"Hồ Cao: {why}"):
        come_back([again], **world.act())
    come_back([replace(again, consent=paper())], **world.act())
    ConsentRule.objects.update(issuer=BLOC)
    world.admit("Hồ Đông", "CB01", CEREMONY, born=OLD, consent=paper(BLOC))


def test_what_was_recorded_under_an_earlier_choice_stays_right(world):
    world.admit("Hồ Thu", "CB01", CEREMONY, born=OLD, consent=paper())
    before = Admission.objects.latest("pk")
    choose(issuer=BLOC, issuer_alone="on")
    assert told() == {title(BLOC): []}
    assert Admission.objects.latest("pk").consent.issuer == PROVINCE
    moved = DayCorrection(member=world.people["Thu"], decided=date(2017, 2, 25))
    assert RecordedDays([world.people["Thu"]]).why_not(moved, None) == []
    Admission.objects.filter(pk=before.pk).update(consent=None)
    assert told() == {title(BLOC): ["Hồ Thu: kết nạp ngày 10/03/2017 khi quá 60 tuổi mà không có văn bản đồng ý."]}


def test_a_birth_put_right_asks_for_the_consent_that_would_be_wanted_now(world):
    world.admit("Hồ Xuân", "CB01", CEREMONY)
    choose(issuer=BLOC)
    with refused(
        "Sinh 28/02/1957 thì quá 60 tuổi vào ngày kết nạp 10/03/2017, mà lần kết nạp ấy không có văn bản đồng ý của "
        f"{BLOC}. Hãy xem lại ngày sinh, hoặc hủy lần kết nạp rồi ghi lại kèm văn bản."
    ):
        amend({world.people["Xuân"]: {"birth_date": date(1957, 2, 28)}}, **world.act(reason="đối chiếu"))
