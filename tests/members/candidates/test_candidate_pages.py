"""The pipeline as its pages show it, and the way of a candidate taken by hand, each step by whoever may."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.candidates import steps as candidates
from members.candidates.amendments import amend
from members.candidates.pipeline import counts, listed
from members.candidates.steps import Recommendation
from members.models import Admission, CandidateRecord, CandidateStep, Stage
from organizations import lineage
from tests.hand import Hand
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db

BORN = date(1995, 3, 20)


def recommend(world, *names, code="DB01-01", on=date(2018, 1, 10), born=BORN):
    rows = [
        Recommendation(full_name=name, sex="F", birth_date=born, youth=True, organization=world.org[code], on=on)
        for name in names
    ]
    return candidates.recommend(rows, **world.act())


def advance(world, candidate, *days):
    for stage, day in zip((Stage.CLASS, Stage.DOSSIER, Stage.DECIDED), days, strict=False):
        candidates.advance([(candidate, stage, day)], **world.act())


@pytest.fixture
def scene(world):
    """DB01-01: one recommended, one decided; DB01-02: one with a class; CB01: one stopped in 2018, one in 2017."""
    first, decided = recommend(world, "Trần Một", "Trần Hai")
    advance(world, decided, date(2018, 4, 2), date(2018, 7, 5), date(2018, 9, 1))
    (other,) = recommend(world, "Đặng Ủy", code="DB01-02", born=date(1990, 1, 1))
    advance(world, other, date(2018, 5, 1))
    stopped, before = recommend(world, "Lê Thôi", "Lê Cũ", code="CB01", on=date(2017, 3, 1))
    candidates.stop([(stopped, Stage.STOPPED, date(2018, 2, 1), "Đi xa")], **world.act())
    candidates.stop([(before, Stage.WITHDRAWN, date(2017, 5, 1), "Đi học")], **world.act())
    world.first, world.decided, world.other = first, decided, other
    return world


def listing(hand, code, year=2018, **query):
    """(names on the list, the number it tells)."""
    text = hand.open(reverse("candidates", args=[code, year], query=query)).page.content.decode()
    names = re.findall(r'href="/nguon-ket-nap/nguoi/\d+/">([^<]+)</a>', text)
    return names, int(re.search(r'id="so-luong">(\d+) người', text)[1])


def test_counts_and_lists_agree(scene):
    hand = Hand(scene.user("ORGANIZATION", "K"))
    assert listing(hand, "K") == (["Trần Hai", "Trần Một", "Đặng Ủy"], 3)
    assert "Nguồn kết nạp vào ngày 14/12/2018: 3 người" in hand.text
    for stage, names in {
        Stage.RECOMMENDED: ["Trần Một"],
        Stage.CLASS: ["Đặng Ủy"],
        Stage.DECIDED: ["Trần Hai"],
        Stage.STOPPED: ["Lê Thôi"],
        Stage.WITHDRAWN: [],
    }.items():
        assert listing(hand, "K", buoc=stage.value) == (names, len(names)), stage
    assert listing(hand, "K", buoc="tat-ca") == (["Trần Hai", "Trần Một", "Lê Thôi", "Đặng Ủy"], 4)
    assert listing(hand, "DB01", ten="dang uy") == (["Đặng Ủy"], 1)
    assert listing(hand, "DB01", doan="khong") == ([], 0)
    assert listing(hand, "DB01-02") == (["Đặng Ủy"], 1)


def test_a_filter_that_cannot_be_read_hides_no_other(scene):
    hand = Hand(scene.user("ORGANIZATION", "K"))
    assert listing(hand, "K", ten="dang", buoc="99") == (["Đặng Ủy"], 1)
    assert 'aria-label="Bỏ lọc Tìm theo tên: dang"' in hand.page.content.decode()


def test_a_past_year_shows_who_waited_then(scene):
    hand = Hand(scene.user("ORGANIZATION", "K"))
    assert listing(hand, "K", 2017) == (["Lê Thôi"], 1)
    assert listing(hand, "K", 2017, buoc="7") == (["Lê Cũ"], 1)
    assert listing(hand, "K", 2016) == ([], 0)


def test_a_name_leads_on_only_where_the_page_opens(scene):
    (waiting,) = recommend(scene, "Lý Chuyển", code="DB01-02", on=date(2017, 3, 1))
    committee, bloc = Hand(scene.user("COMMITTEE", "DB01")), Hand(scene.user("ORGANIZATION", "K"))
    link = f'href="{reverse("candidate", args=[waiting.pk])}"'

    def led(hand):
        hand.open(reverse("candidates", args=["DB01", 2017], query={"ten": "ly chuyen"}))
        assert "Lý Chuyển" in hand.text
        return link in hand.page.content.decode()

    assert (led(committee), led(bloc)) == (True, True)
    scene.move("DB01-02", "DB02", date(2018, 6, 15))
    assert (led(committee), led(bloc)) == (False, True)


def test_the_parts_are_the_whole(scene):
    """Also where a part ended in the year: what happened there stays there, who waited went on."""
    (moved,) = recommend(scene, "Lý Chuyển", code="CB01")
    scene.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2018, 6, 15))
    first, last = date(2018, 1, 1), TODAY
    nodes = [scene.org[code] for code in ("K", "DB01", "DB02", "DB01-01", "CB02")]
    for node in nodes:
        found = counts(node, first, last)
        whole = [row.stage for row in listed(node, first, last)]
        for stage in Stage:
            assert sum(part[stage] for part in found.values()) == whole.count(stage)
    at_k = counts(scene.org["K"], first, last)
    codes = {scene.org[code].pk: code for code in scene.org}
    assert {codes[via]: dict(part) for via, part in at_k.items()} == {
        "DB01": {Stage.RECOMMENDED: 2, Stage.CLASS: 1, Stage.DECIDED: 1},
        "CB01": {Stage.STOPPED: 1},
    }
    hand = Hand(scene.user("ORGANIZATION", "K"))
    assert "Tổ chức CB01 (không còn trực thuộc vào cuối kỳ)" in hand.open("/nguon-ket-nap/K/2018/").text
    assert "Chuyển theo sắp xếp tổ chức về Tổ chức DB01-01, Tổ chức DB01 từ 15/06/2018" in (
        hand.open(reverse("candidate", args=[moved.pk])).text
    )


def test_who_waits_goes_along_with_a_cell_that_moves_and_what_happened_stays(scene):
    (stopped,) = recommend(scene, "Lý Thôi", code="DB01-02")
    candidates.stop([(stopped, Stage.STOPPED, date(2018, 5, 31), "Đi xa")], **scene.act())
    scene.move("DB01-02", "DB02", date(2018, 6, 1))
    hand = Hand(scene.user("ORGANIZATION", "K"))
    assert listing(hand, "DB01", buoc="tat-ca")[0] == ["Trần Hai", "Trần Một", "Lý Thôi"]
    assert listing(hand, "DB02", buoc="tat-ca")[0] == ["Đặng Ủy"]


def test_every_day_of_the_year_is_recounted_from_the_steps(scene):
    """A second naive way: of each candidate the last step by the day, along the tree of that day."""
    rows = list(CandidateStep.objects.standing().order_by("pk"))
    for month in range(1, 13):
        day = date(2018, month, 10)
        above, expected = lineage.ancestors(day), {}
        for candidate in {row.candidate_id for row in rows}:
            past = [row for row in rows if row.candidate_id == candidate and row.on <= day]
            if past and past[-1].stage <= Stage.DECIDED and scene.org["DB01"].pk in above[past[-1].organization_id]:
                expected[candidate] = past[-1].stage
        seen = {r.candidate_id: r.stage for r in listed(scene.org["DB01"], day, day) if r.stage <= Stage.DECIDED}
        assert seen == expected, day


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


def test_a_committee_chooses_among_its_cells_and_no_others(scene):
    hand = Hand(scene.user("COMMITTEE", "DB01")).open("/nguon-ket-nap/DB01/2018/")
    assert re.findall(r'<option value="(DB[\d-]+)"', hand.page.content.decode()) == ["DB01-01", "DB01-02"]
    known = {"ho_ten": "Trần Mới", "gioi": "F", "ngay_sinh": "20/03/1995", "doan_vien": "co", "tu_ngay": "01/02/2018"}
    hand.press("gioi-thieu", refused=True, chi_bo="DB02-01", **known)
    assert "Hãy chọn một trong các mục." in hand.text
    hand.press("gioi-thieu", chi_bo="DB01-02", **known)
    assert CandidateStep.objects.latest("pk").organization == scene.org["DB01-02"]


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


@pytest.mark.parametrize("role", [("INSPECTION", "K"), ("LEADER", "K")])
def test_who_only_reads_sees_no_form(scene, role):
    hand = Hand(scene.user(*role))
    for page in ("/nguon-ket-nap/DB01-01/2018/", reverse("candidate", args=[scene.first.pk])):
        errands = [value for form in hand.open(page).forms() for name, value in form["fields"] if name == "viec"]
        assert errands == [], page


def test_the_pages_cost_the_same_at_any_size(scene):
    hand = Hand(scene.user("ORGANIZATION", "K"))
    pages = ["/nguon-ket-nap/K/2018/?ten=tran", reverse("candidate", args=[scene.other.pk])]

    def asked():
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                hand.open(page)
            found.append(len(queries))
        return found

    asked()
    few = asked()
    for n, code in enumerate(["DB02-01", "DB03-01", "DB01-02", "CB02"] * 10):
        recommend(scene, f"Trần {'x' * n}", code=code)
    assert asked() == few
