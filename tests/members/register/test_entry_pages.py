"""Entering somebody new: the form, the records that may already be theirs, and who comes back on the old record."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from ledger.soundness import outcomes
from members.badges.party_age import services
from members.candidates.steps import Recommendation, recommend
from members.identity.likeness import ANYBODY
from members.models import Admission, CandidateStep, Exit, Member, Membership, Officialization, Stage
from members.register.arrivals import admit
from members.roll.on_a_day import is_probationary, roll
from tests.hand import Hand
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db
PERSON = {"gioi_tinh": "F", "dan_toc": "01", "ngay_sinh": "15/06/1990"}
PAPER = {"so": "12-QĐ/ĐUK", "ngay": "01/03/2018", "co_quan": "Đảng ủy Khối"}
ADMITTED = {**PERSON, **PAPER, "chi_bo": "CB01", "ngay_le": "19/05/2018", "hinh_thuc": "ADMITTED"}
ARRIVED = {
    **PERSON,
    **PAPER,
    "chi_bo": "CB01",
    "tu_ngay": "02/04/2018",
    "quyet_dinh": "01/05/2012",
    "ngay_le": "19/05/2012",
    "chinh_thuc": "19/05/2013",
}


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def at(errand, code="K", **query):
    return reverse("enter", args=[code, 2018, errand], query=query)


def member(name):
    return Member.objects.get(full_name=name)


def places(person):
    rows = Membership.objects.standing().filter(member=person).order_by("starts")
    return [(row.organization.code, row.starts, row.entry) for row in rows]


def test_an_admission_is_entered_with_its_two_days_and_its_paper(world, hand):
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Xuân", doan_vien="on", **ADMITTED)
    assert "Đã ghi đồng chí Hồ Xuân." in hand.text
    admission = Admission.objects.get(member=member("Hồ Xuân"))
    assert (admission.decided, admission.ceremony, admission.youth, admission.organization.code) == (
        date(2018, 3, 1),
        date(2018, 5, 19),
        True,
        "CB01",
    )
    assert str(admission.added.document) == "12-QĐ/ĐUK ngày 01/03/2018 của Đảng ủy Khối"
    assert places(member("Hồ Xuân")) == [("CB01", date(2018, 5, 19), "ADMITTED")]


def test_what_may_stay_empty_is_told_and_may(world, hand):
    optional = "Tên khai sinh; Tên gọi; Tôn giáo; Số thẻ đảng viên; Nghề nghiệp, vị trí; Ghi chú"
    hand.open(at("ket-nap"))
    assert f"Được bỏ trống: {optional}. Các mục khác cần ghi đủ." in hand.text
    hand.press(None, ho_ten="Hồ Xuân", **ADMITTED)
    assert "Đã ghi đồng chí Hồ Xuân." in hand.text


def test_an_arrival_is_entered_with_what_happened_elsewhere(world, hand):
    hand.open(at("chuyen-den")).press(None, ho_ten="Hồ Xuân", **ARRIVED)
    person = member("Hồ Xuân")
    assert places(person) == [("CB01", date(2018, 4, 2), "ARRIVED")]
    assert Admission.objects.get(member=person).organization is None
    assert Officialization.objects.get(member=person).on == date(2013, 5, 19)


def test_what_is_refused_is_said_and_nothing_typed_is_lost(world, hand):
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Xuân", refused=True, **{**ADMITTED, "ngay_sinh": "01/01/2001"})
    assert "Hồ Xuân chưa đủ 18 tuổi vào ngày kết nạp 19/05/2018." in hand.text
    hand.press(None, refused=True, so="", ngay_le="30/02/2018", ngay_sinh="15/06/1990")
    assert "Ngày không đúng." in hand.text
    assert 'value="Hồ Xuân"' in hand.page.content.decode()
    assert not Member.objects.filter(full_name="Hồ Xuân").exists()
    hand.press(None, so="12-QĐ/ĐUK", ngay_le="19/05/2018")
    assert places(member("Hồ Xuân"))


def test_over_sixty_the_provincial_committee_has_to_agree(world, hand):
    old = {**ADMITTED, "ngay_sinh": "01/04/1958"}
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Xuân", refused=True, **old)
    assert "Hồ Xuân quá 60 tuổi vào ngày kết nạp 19/05/2018." in hand.text
    assert '<details class="numbers" open><summary>Khi người được kết nạp quá 60 tuổi' in hand.page.content.decode()
    hand.press(None, refused=True, so_tinh_uy="9-CV/TU")
    assert "Văn bản đồng ý của Ban Thường vụ Tỉnh ủy cần đủ số và ngày." in hand.text
    hand.press(None, refused=True, so_tinh_uy="9-CV/TU", ngay_tinh_uy="20/05/2018")
    assert "ghi ngày 20/05/2018, sau ngày kết nạp 19/05/2018." in hand.text
    hand.press(None, so_tinh_uy="9-CV/TU", ngay_tinh_uy="15/02/2018")
    consent = Admission.objects.get(member=member("Hồ Xuân")).consent
    assert str(consent) == "9-CV/TU ngày 15/02/2018 của Ban Thường vụ Tỉnh ủy"


@pytest.mark.parametrize("born", ["19/05/1958", "31/05/1958", "05/1958", "1958"])
def test_sixty_is_counted_by_month(world, hand, born):
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Xuân", **{**ADMITTED, "ngay_sinh": born})
    assert places(member("Hồ Xuân"))


def test_who_may_be_written_already_is_shown_with_where_they_were(world, hand):
    hand.open(at("ket-nap")).press(
        None, ho_ten="LÊ ÂN", refused=True, chu_hoa="thuong", **{**ADMITTED, "ngay_sinh": "1980"}
    )
    assert "Có thể đã có hồ sơ của người này" in hand.text
    assert "Lê An , sinh 15/06/1980 · cùng họ tên, ngày sinh khớp trong phần đã ghi" in hand.text
    assert "Tổ chức DB01-01, Tổ chức DB01, từ 01/01/2015 đến nay" in hand.text
    assert "Đồng chí này đang có tên trong danh sách, không ghi mới được." in hand.text
    hand.press(None, refused=True)
    hand.press(None, tick=("nguoi_khac",))
    assert places(member("Lê Ân")) == [("CB01", date(2018, 5, 19), "ADMITTED")]


def waits(world, born=date(1990, 6, 15)):
    """Hồ Xuân, who waits in the pipeline of CB01."""
    row = Recommendation(
        full_name="Hồ Xuân", sex="F", birth_date=born, organization=world.org["CB01"], on=date(2018, 1, 8)
    )
    return recommend([row], **world.act())[0]


def test_whoever_waits_in_the_pipeline_is_asked_about(world, hand):
    candidate = waits(world, born=date(1990, 6, 16))
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Xuân", refused=True, **ADMITTED)
    assert "Hồ Xuân , sinh 16/06/1990 · cùng họ tên, ngày sinh lệch một chữ số" in hand.text
    assert "Trong nguồn kết nạp của Tổ chức CB01: đã giới thiệu, ngày 08/01/2018" in hand.text
    hand.press(str(candidate.pk), refused=True, ngay_le="30/02/2018")
    assert "Là người đã chọn trong nguồn kết nạp" in hand.text
    hand.press(None, ngay_le="19/05/2018")  # whom they are stays said
    step = CandidateStep.objects.latest("pk")
    assert (step.candidate, step.stage, step.member) == (candidate, Stage.ADMITTED, member("Hồ Xuân"))


def test_whoever_comes_back_is_asked_about_who_waits(world, hand):
    an = world.people["An"]
    world.leave("An", date(2017, 3, 1), Exit.STRUCK)
    row = Recommendation(
        full_name="Lê An", sex="F", birth_date=date(1980, 6, 15), organization=world.org["CB01"], on=date(2018, 1, 8)
    )
    (candidate,) = recommend([replace(row, others=ANYBODY)], **world.act())
    hand.open(reverse("errand", args=[an.pk, "ket-nap-lai"]))
    hand.press(None, refused=True, chi_bo="CB01", tu_ngay="19/05/2018", quyet_dinh="01/03/2018", **PAPER)
    hand.press(str(candidate.pk))
    step = CandidateStep.objects.latest("pk")
    assert (step.candidate, step.stage, step.member) == (candidate, Stage.ADMITTED, an)


def test_somebody_new_who_is_restored_keeps_the_admission_of_before(world, hand):
    restored = {**ADMITTED, "hinh_thuc": "RESTORED", "ngay_sinh": "15/06/1960"}
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Xuân", refused=True, **restored)
    assert "Hãy ghi ngày này: tuổi Đảng tính từ lần kết nạp trước đây." in hand.text
    before = {"quyet_dinh_truoc": "01/05/1988", "ngay_le_truoc": "19/05/1988", "chinh_thuc_truoc": "19/05/1989"}
    hand.press(None, refused=True, **{**before, "hinh_thuc": "ADMITTED"})
    assert "Ngày này không ghi với hình thức đã chọn." in hand.text
    hand.press(None, refused=True, **{**before, "hinh_thuc": "RESTORED", "chinh_thuc_truoc": "19/05/1987"})
    assert "Hồ Xuân: các ngày phải theo thứ tự: quyết định kết nạp, lễ kết nạp, chính thức" in hand.text
    hand.press(None, **before)
    xuan = member("Hồ Xuân")
    (row,) = [row for row in roll(world.org["CB01"], TODAY) if row.member == xuan]
    assert (row.joined_on, row.official_on, is_probationary(row)) == (date(1988, 5, 19), date(1989, 5, 19), False)
    assert services([xuan.pk])[xuan.pk].months(TODAY) == 12 * 30 + 7
    kinds = Admission.objects.filter(member=xuan).values_list("kind", "organization__code")
    assert sorted(kinds, key=str) == [("ADMITTED", None), ("RESTORED", "CB01")]
    row = world.newcomer("Hồ Thu", "CB01", date(2018, 5, 19), entry="RESTORED")
    with refused(
        "Hồ Thu: phục hồi đảng tịch cần ngày quyết định và ngày làm lễ kết nạp trước đây, vì tuổi Đảng tính từ đó."
    ):
        admit([row], **world.act())
    assert [found.title for found in outcomes() if not found.sound] == []


def test_somebody_new_who_is_admitted_again_has_the_time_outside_taken_off(world, hand):
    again = {**ADMITTED, "hinh_thuc": "READMITTED", "ngay_sinh": "15/06/1960"}
    before = {"quyet_dinh_truoc": "01/05/1988", "ngay_le_truoc": "19/05/1988", "chinh_thuc_truoc": "19/05/1989"}
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Xuân", refused=True, **again, **before)
    assert "Hãy ghi ngày này: tuổi Đảng tính từ lần kết nạp trước đây." in hand.text
    hand.press(None, refused=True, ra_truoc="02/03/2018")  # after the decision to admit again
    assert "ra khỏi Đảng, quyết định kết nạp lại. Hãy xem lại." in hand.text
    hand.press(None, ra_truoc="01/03/2008")
    xuan = member("Hồ Xuân")
    service = services([xuan.pk])[xuan.pk]
    assert service.gaps == [(date(2008, 3, 1), date(2018, 3, 1))]
    assert service.months(TODAY) == 20 * 12 + 7 and not service.is_official(TODAY)
    assert "ra khỏi Đảng từ 01/03/2008" in hand.open(reverse("member", args=[xuan.pk])).text
    hand.open(at("ket-nap")).press(None, ho_ten="Hồ Thu", **again)  # what nobody knows is not asked for
    assert services([member("Hồ Thu").pk])[member("Hồ Thu").pk].decided == date(2018, 3, 1)
    assert [found.title for found in outcomes() if not found.sound] == []


def test_another_person_alike_since_is_asked_about_again(world, hand):
    hand.open(at("ket-nap")).press(None, ho_ten="Lê Ân", refused=True, **{**ADMITTED, "ngay_sinh": "1980"})
    world.enroll("Lê Ấn", "CB02")
    hand.press(None, tick=("nguoi_khac",), refused=True)
    assert "Lê Ấn" in hand.text
    hand.press(None, tick=("nguoi_khac",))
    assert places(member("Lê Ân"))


def test_who_left_and_comes_back_goes_on_the_old_record(world, hand):
    world.leave("An", date(2017, 3, 1), Exit.STRUCK)
    an = world.people["An"]
    hand.open(at("ket-nap")).press(None, ho_ten="Lê An", refused=True, **{**ADMITTED, "ngay_sinh": "15/06/1980"})
    assert "(xóa tên)" in hand.text
    hand.press(str(an.pk))
    assert "Ghi trên hồ sơ đã có" in hand.text
    assert 'value="19/05/2018"' in hand.page.content.decode()  # what was typed of the act
    hand.press(None, hinh_thuc="READMITTED")
    assert places(an) == [("DB01-01", date(2015, 1, 1), "OPENING"), ("CB01", date(2018, 5, 19), "READMITTED")]
    assert Member.objects.filter(full_name="Lê An").count() == 1
    kinds = Admission.objects.filter(member=an).order_by("ceremony").values_list("kind", flat=True)
    assert list(kinds) == ["ADMITTED", "READMITTED"]


def test_who_comes_back_from_elsewhere_is_not_admitted_a_second_time(world, hand):
    world.leave("An", date(2017, 3, 1))
    an = world.people["An"]
    hand.open(at("chuyen-den", ho_so=an.pk))
    assert "Ngày quyết định kết nạp" not in hand.text
    hand.press(None, chi_bo="CB01", tu_ngay="02/04/2018", **PAPER)
    assert places(an) == [("DB01-01", date(2015, 1, 1), "OPENING"), ("CB01", date(2018, 4, 2), "ARRIVED")]
    assert Admission.objects.filter(member=an).count() == Officialization.objects.filter(member=an).count() == 1


def test_who_comes_back_official_while_they_left_on_probation(world, hand):
    world.admit("Hồ Xuân", "CB01", date(2016, 5, 19))
    world.leave("Xuân", date(2016, 12, 1))
    xuan = world.people["Xuân"]
    hand.open(at("chuyen-den", ho_so=xuan.pk))
    hand.press(None, chi_bo="CB02", tu_ngay="02/04/2018", chinh_thuc="19/05/2017", **PAPER)
    assert Officialization.objects.get(member=xuan).on == date(2017, 5, 19)
    assert Admission.objects.filter(member=xuan).count() == 1


def test_an_old_recognition_does_not_stand_for_one_since_the_last_ceremony(world, hand):
    an, again = world.people["An"], date(2016, 6, 1)
    world.leave("An", date(2016, 3, 1), Exit.STRUCK)
    admit([world.newcomer("", "CB01", again, member=an, entry="READMITTED")], **world.act(again))
    world.leave("An", date(2016, 12, 1))
    hand.open(at("chuyen-den", ho_so=an.pk))
    hand.press(None, chi_bo="CB02", tu_ngay="02/04/2018", chinh_thuc="01/06/2017", **PAPER)
    days = Officialization.objects.filter(member=an).order_by("on").values_list("on", flat=True)
    assert list(days) == [date(2011, 5, 19), date(2017, 6, 1)]


def test_who_is_here_cannot_be_entered_again(world, hand):
    hand.open(at("chuyen-den", ho_so=world.people["An"].pk))
    hand.press(None, chi_bo="CB01", tu_ngay="02/04/2018", refused=True, **PAPER)
    assert "Đồng chí Lê An đang sinh hoạt ở chi bộ DB01-01; không ghi thêm lần nữa." in hand.text


@pytest.mark.parametrize(
    "address",
    [at("nghi-viec"), at("ket-nap", ho_so="x"), at("ket-nap", ho_so="999999"), at("ket-nap", ho_so="9" * 5000)],
)
def test_what_is_not_there_is_not_found(world, hand, address):
    assert hand.client.get(address).status_code == 404


def test_a_cell_is_chosen_among_those_below(world, hand):
    hand.open(at("ket-nap", "DB01"))
    assert "Tổ chức DB01-02, Tổ chức DB01" in hand.text and "DB02-01" not in hand.text
    hand.press(None, ho_ten="Hồ Xuân", refused=True, **ADMITTED)
    assert not Member.objects.filter(full_name="Hồ Xuân").exists()
