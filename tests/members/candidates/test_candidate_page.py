"""The way of a candidate taken by hand, each step by whoever may, once, and taken back."""

from datetime import date

import pytest
from django.urls import reverse

from members.candidates import steps as candidates
from members.candidates.amendments import amend
from members.models import Admission, CandidateRecord, CandidateStep, Stage
from tests.hand import Hand
from tests.members.candidates.waiting import advance, listing, recommend
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db


def test_a_cell_secretary_takes_a_candidate_all_the_way_to_the_decision(world):
    hand = Hand(world.user("SECRETARY", "DB01-01"))
    hand.open("/nguon-ket-nap/DB01-01/2018/")
    hand.press("gioi-thieu", ho_ten="Trần Mới", gioi="F", ngay_sinh="20/03/1995", doan_vien="co", tu_ngay="10/01/2018")
    assert "Đã ghi Trần Mới vào nguồn kết nạp." in hand.text
    candidate = CandidateStep.objects.get().candidate
    page = reverse("candidate", args=[candidate.pk])
    hand.open(page).press("buoc", tu_ngay="02/04/2018")
    assert "đã ghi bước “Đã học lớp nhận thức về Đảng”" in hand.text
    hand.press("buoc", tu_ngay="05/07/2018")
    hand.press("buoc", refused=True, tu_ngay="01/09/2018")
    assert "Hãy nhập ngày, ví dụ 20/12/2018." in hand.text  # a decision comes with its paper
    hand.press("buoc", tu_ngay="01/09/2018", so="12-QĐ/ĐU", ngay="01/09/2018", co_quan="Đảng ủy Sở")
    assert "Chờ lễ kết nạp" in hand.text
    steps = list(CandidateStep.objects.order_by("pk").values_list("stage", "on", "added__document__number"))
    assert steps == [
        (1, date(2018, 1, 10), None),
        (2, date(2018, 4, 2), None),
        (3, date(2018, 7, 5), None),
        (4, date(2018, 9, 1), "12-QĐ/ĐU"),
    ]


def test_what_is_refused_stands_on_the_form_with_all_that_was_typed(scene):
    hand = Hand(scene.user("SECRETARY", "DB01-01"))
    hand.open(reverse("candidate", args=[scene.first.pk]))
    before = recorded()
    hand.press("buoc", refused=True, tu_ngay="09/01/2018", ly_do="Lớp khóa 3")
    assert (
        "Trần Một: ngày 09/01/2018 trước bước liền trước (“Đã giới thiệu”, ngày 10/01/2018). Hãy xem lại ngày."
        in hand.text
    )
    page = hand.page.content.decode()
    assert 'value="09/01/2018"' in page and "Lớp khóa 3</textarea>" in page
    hand.open("/nguon-ket-nap/DB01-01/2018/")
    hand.press("gioi-thieu", refused=True, ho_ten="Trần Một", gioi="M", ngay_sinh="20/03/1995", doan_vien="khong")
    assert "Hãy nhập ngày, ví dụ 20/12/2018." in hand.text
    assert 'value="Trần Một"' in hand.page.content.decode()
    hand.press(
        "gioi-thieu",
        refused=True,
        ho_ten="Trần Một",
        gioi="M",
        ngay_sinh="20/03/1995",
        doan_vien="khong",
        tu_ngay="01/02/2018",
    )
    assert "Trần Một, sinh 20/03/1995, đã có trong nguồn kết nạp của DB01-01." in hand.text
    assert recorded() == before


def sent_twice(user, page, errand, **typed):
    """The Hand of the second of two who opened the page and sent one form; the first one's was done."""
    first, second = Hand(user).open(page), Hand(user).open(page)
    first.press(errand, **typed)
    before = recorded()
    second.press(errand, refused=True, **typed)
    assert recorded() == before
    return second


@pytest.mark.parametrize(("whose", "next_step"), [("first", "đủ hồ sơ"), ("other", "đã có quyết định kết nạp")])
def test_a_step_sent_twice_is_one_step(scene, whose, next_step):
    page = reverse("candidate", args=[getattr(scene, whose).pk])
    twice = sent_twice(scene.user("COMMITTEE", "DB01"), page, "buoc", tu_ngay="14/12/2018", ly_do="Lớp khóa 3")
    assert "đã có người ghi bước “" in twice.text and "” ngày 14/12/2018. Hãy xem lại." in twice.text
    assert "Bước đã gửi: " in twice.text and "Lớp khóa 3</textarea>" in twice.page.content.decode()
    twice.press("buoc", refused=True)
    assert f"Bước tiếp theo: {next_step}" in twice.open(page).text


def test_the_last_step_sent_twice_is_one_step(scene):
    candidates.advance([(scene.other, Stage.DOSSIER, date(2018, 6, 1))], **scene.act())
    page = reverse("candidate", args=[scene.other.pk])
    paper = {"so": "12-QĐ/ĐU", "ngay": "01/09/2018", "co_quan": "Đảng ủy Sở"}
    twice = sent_twice(scene.user("COMMITTEE", "DB01"), page, "buoc", tu_ngay="01/09/2018", **paper)
    assert "đã có người ghi bước “Đã có quyết định kết nạp” ngày 01/09/2018. Hãy xem lại." in twice.text
    assert 'value="12-QĐ/ĐU"' in twice.page.content.decode()


@pytest.mark.parametrize("unread", ["", "x", "9" * 5000, "1", "6"])
def test_a_step_that_does_not_say_which_is_not_written(scene, unread):
    hand = Hand(scene.user("COMMITTEE", "DB01")).open(reverse("candidate", args=[scene.first.pk]))
    before = recorded()
    hand.press("buoc", refused=True, buoc=unread, tu_ngay="14/12/2018")
    assert "Trang không hiểu việc vừa gửi. Hãy tải lại trang rồi bấm lại nút." in hand.text
    assert 'value="14/12/2018"' in hand.page.content.decode()
    assert recorded() == before


def test_what_another_wrote_since_is_not_taken_back(scene):
    candidates.advance([(scene.first, Stage.CLASS, date(2018, 4, 2))], **scene.act())
    hand, page = Hand(scene.user("COMMITTEE", "DB01")), reverse("candidate", args=[scene.first.pk])
    hand.open(page)
    candidates.advance([(scene.first, Stage.DOSSIER, date(2018, 5, 2))], **scene.act())
    before = recorded()
    for unread in ({}, {"viec_so": ""}, {"viec_so": "9" * 5000}):
        hand.press("huy", refused=True, ly_do="Ghi nhầm", **unread)
        assert "Việc ghi sau cùng nay là “Bước trong nguồn kết nạp”" in hand.text
        assert "Ghi nhầm</textarea>" in hand.page.content.decode()
    assert recorded() == before
    hand.open(page).press("huy", ly_do="Ghi nhầm")
    assert "Bước tiếp theo: đủ hồ sơ" in hand.text


def test_taking_back_sent_twice_is_told(scene):
    page = reverse("candidate", args=[scene.other.pk])
    twice = sent_twice(scene.user("COMMITTEE", "DB01"), page, "huy", ly_do="Ghi nhầm")
    assert "Việc ghi sau cùng nay là “Hủy việc: Bước trong nguồn kết nạp”" in twice.text


def test_the_department_alone_records_the_ceremony(scene):
    page = reverse("candidate", args=[scene.decided.pk])
    hand = Hand(scene.user("COMMITTEE", "DB01")).open(page)
    assert "Ghi kết nạp" not in hand.text
    assert hand.client.post(page, {"viec": "ket-nap"}).status_code == 403
    hand = Hand(scene.user("ORGANIZATION", "K")).open(page)
    paper = {"so": "7-QĐ/ĐUK", "ngay": "01/09/2018", "co_quan": "Đảng ủy Khối"}
    hand.press("ket-nap", dan_toc=str(scene.kinh.pk), tu_ngay="20/09/2018", **paper)
    assert "Đã kết nạp Trần Hai." in hand.text
    step = CandidateStep.objects.latest("pk")
    assert (step.stage, step.on, step.member.full_name) == (Stage.ADMITTED, date(2018, 9, 20), "Trần Hai")
    assert reverse("member", args=[step.member_id]) in hand.page.content.decode()
    assert listing(hand, "K")[0] == ["Trần Một", "Đặng Ủy"]


def test_over_sixty_the_consent_is_asked_for(scene):
    (old,) = recommend(scene, "Hồ Cao", code="CB01", born=date(1955, 6, 1))
    advance(scene, old, date(2018, 4, 2), date(2018, 7, 5), date(2018, 9, 1))
    hand = Hand(scene.user("ORGANIZATION", "K"))
    paper = {"so": "12-QĐ/ĐU", "ngay": "01/09/2018", "co_quan": "Đảng ủy Sở"}
    typed = {"dan_toc": str(scene.kinh.pk), "tu_ngay": "20/09/2018", **paper}
    hand.open(reverse("candidate", args=[scene.decided.pk]))
    assert "đồng ý của Ban Thường vụ Tỉnh ủy" not in hand.text
    hand.open(reverse("candidate", args=[old.pk])).press("ket-nap", refused=True, **typed)
    assert "Hồ Cao quá 60 tuổi vào ngày kết nạp 20/09/2018." in hand.text
    hand.press("ket-nap", refused=True, so_tinh_uy="9-CV/TU", ngay_tinh_uy="21/09/2018")
    assert "ghi ngày 21/09/2018, sau ngày kết nạp 20/09/2018." in hand.text
    hand.press("ket-nap", so_tinh_uy="9-CV/TU", ngay_tinh_uy="15/08/2018")
    assert "Đã kết nạp Hồ Cao." in hand.text
    assert str(Admission.objects.latest("pk").consent) == "9-CV/TU ngày 15/08/2018 của Ban Thường vụ Tỉnh ủy"


def test_stopping_correcting_and_taking_back(scene):
    hand = Hand(scene.user("SECRETARY", "DB01-02")).open(reverse("candidate", args=[scene.other.pk]))
    hand.press("sua", ho_ten="Đặng Ủy", gioi="M", ly_do="Ghi nhầm giới tính")
    assert "Đặng Ủy, nam, sinh 01/01/1990, đoàn viên" in hand.text
    assert "Hủy: Đặng Ủy, nữ, sinh 01/01/1990, đoàn viên" in hand.text
    hand.press("thoi", refused=True, cach=str(Stage.WITHDRAWN.value), tu_ngay="01/10/2018")
    assert "Hãy ghi lý do." in hand.text
    hand.press("thoi", cach=str(Stage.WITHDRAWN.value), tu_ngay="01/10/2018", ly_do="Đi học xa")
    assert "Xin rút ngày 01/10/2018, Tổ chức DB01-02, Tổ chức DB01: Đi học xa." in hand.text
    assert "buoc" not in [name for form in hand.forms() for name in dict(form["fields"]).values()]
    hand.press("huy", ly_do="Đồng chí ấy ở lại")
    assert "Đã hủy việc “Đưa ra khỏi nguồn kết nạp”." in hand.text
    assert "Trong nguồn kết nạp của Tổ chức DB01-02" in hand.text
    # The act undone was the last; what stands before it is not offered, for others have acted since.
    assert "Hủy việc vừa ghi" not in hand.text


def test_another_corrected_meanwhile_and_nothing_typed_is_lost(scene):
    hand = Hand(scene.user("SECRETARY", "DB01-02")).open(reverse("candidate", args=[scene.other.pk]))
    amend({scene.other: {"full_name": "Đặng Thị Ủy"}}, **scene.act(reason="đối chiếu"))
    hand.press("sua", refused=True, doan_vien="khong", ly_do="Không còn là đoàn viên")
    assert "vừa được người khác sửa: họ và tên nay là “Đặng Thị Ủy”." in hand.text
    assert "Không còn là đoàn viên</textarea>" in hand.page.content.decode()
    record = CandidateRecord.objects.get(candidate=scene.other, voided__isnull=True)
    assert (record.full_name, record.youth) == ("Đặng Thị Ủy", True)
    hand.press("sua", ho_ten="Đặng Thị Ủy")
    record = CandidateRecord.objects.get(candidate=scene.other, voided__isnull=True)
    assert (record.full_name, record.youth) == ("Đặng Thị Ủy", False)


def test_a_recommendation_taken_back_leads_to_the_list(scene):
    hand = Hand(scene.user("SECRETARY", "CB02")).open("/nguon-ket-nap/CB02/2018/")
    hand.press("gioi-thieu", ho_ten="Trần Nhầm", gioi="F", ngay_sinh="1/1/1990", doan_vien="co", tu_ngay="1/2/2018")
    candidate = CandidateStep.objects.latest("pk").candidate
    hand.open(reverse("candidate", args=[candidate.pk])).press("huy", ly_do="Nhầm người")
    assert hand.page.request["PATH_INFO"] == "/nguon-ket-nap/CB02/2018/"
    assert hand.client.get(reverse("candidate", args=[candidate.pk])).status_code == 404


def test_an_act_about_others_too_is_taken_back_only_by_who_may_keep_them_all(scene):
    (one,), (two,) = recommend(scene, "Lý Một", code="DB01-01"), recommend(scene, "Lý Hai", code="DB02-01")
    candidates.advance([(one, Stage.CLASS, TODAY), (two, Stage.CLASS, TODAY)], **scene.act())
    page = reverse("candidate", args=[one.pk])
    assert "Hủy việc vừa ghi" not in Hand(scene.user("SECRETARY", "DB01-01")).open(page).text
    hand = Hand(scene.user("ORGANIZATION", "K")).open(page)
    assert "gồm cả 1 người khác cùng được ghi" in hand.text
    hand.press("huy", ly_do="Nhầm lớp")
    assert CandidateStep.objects.standing().filter(candidate=two).count() == 1


def test_what_the_page_does_not_offer_is_not_done(scene):
    hand = Hand(scene.user("SECRETARY", "DB01-01"))
    page = reverse("candidate", args=[scene.first.pk])
    before = recorded()
    for errand in ("ket-nap", "xoa", ""):
        answer = hand.client.post(page, {"viec": errand})
        assert answer.status_code == (403 if errand == "ket-nap" else 400), errand
    assert "Trang không hiểu việc vừa gửi." in answer.content.decode()
    assert recorded() == before
