"""The pipeline as its page lists and counts it, on any day and whatever was reorganized."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.candidates import steps as candidates
from members.candidates.pipeline import counts, listed
from members.models import CandidateStep, Stage
from organizations import lineage
from tests.hand import Hand
from tests.members.candidates.waiting import listing, recommend
from tests.world import TODAY

pytestmark = pytest.mark.django_db


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


def test_a_committee_chooses_among_its_cells_and_no_others(scene):
    hand = Hand(scene.user("COMMITTEE", "DB01")).open("/nguon-ket-nap/DB01/2018/")
    assert re.findall(r'<option value="(DB[\d-]+)"', hand.page.content.decode()) == ["DB01-01", "DB01-02"]
    known = {"ho_ten": "Trần Mới", "gioi": "F", "ngay_sinh": "20/03/1995", "doan_vien": "co", "tu_ngay": "01/02/2018"}
    hand.press("gioi-thieu", refused=True, chi_bo="DB02-01", **known)
    assert "Hãy chọn một trong các mục." in hand.text
    hand.press("gioi-thieu", chi_bo="DB01-02", **known)
    assert CandidateStep.objects.latest("pk").organization == scene.org["DB01-02"]


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
