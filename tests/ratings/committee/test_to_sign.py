"""What waits for a committee is one list, and one signature endorses and decides what was ticked in it."""

from datetime import date

import pytest

from ledger.models import Change
from ratings.models import Cap
from ratings.verbs import RatingVerb
from tests.ratings.judging.test_rules import CEILING_SENTENCE, disciplined, rule

from .page import PAPER, shown, text, url

STEP = url("rating_step", "DB01")


@pytest.fixture
def waiting(desk):
    """Both cells of DB01 have handed in, the first over the cap with its reason."""
    desk.rate(Chi=2, Dung=3)
    desk.submit("DB01-02")
    return desk


def codes(rows):
    return [row.place.organization.code for row in rows]


def listed(committee):
    return committee.get(url("ratings", "DB01")).context["page"]


def sent(desk, *codes, **more):
    return {"viec": "approve", **PAPER, **shown(desk, *codes), **more}


def test_all_that_waits_is_one_list_with_what_to_look_at_first(waiting, committee):
    waiting.endorse("DB01-02")
    page = listed(committee)
    assert codes(page.to_sign) == codes(page.together) == ["DB01-01", "DB01-02"]
    assert [row.proposes for row in page.to_sign] == [
        "2 người: 1 xuất sắc · 1 tốt",
        "2 người: 1 tốt · 1 hoàn thành",
    ]
    assert page.together_proposed == "4 người: 1 xuất sắc · 2 tốt · 1 hoàn thành"
    assert page.barred == []
    rule(waiting, "CEILING", "ASK", reason="ky_luat")
    disciplined(waiting, "Chi")
    waiting.world.admit("Vũ Xuân", "DB01-02", date(2018, 12, 12))
    first, second = listed(committee).to_sign
    assert codes([first, second]) == ["DB01-01", "DB01-02"]
    assert [(remark.words, remark.forbids, remark.asks) for remark in second.remarks] == [
        ("1 đồng chí chưa có mức, chưa có lý do: trả lại để chi bộ bổ sung.", True, False),
        (f"Lê Chi: {CEILING_SENTENCE}.", False, True),
    ]
    assert codes(listed(committee).together) == ["DB01-01"]


def test_what_has_something_to_look_at_stands_first(waiting, committee):
    sheets = type(waiting.sheet("DB01-01")).objects
    sheets.filter(organization__code="DB01-01").update(over_cap="")
    sheets.filter(organization__code="DB01-02").update(explanation="Đã kiểm điểm kỹ")
    assert codes(listed(committee).to_sign) == ["DB01-02", "DB01-01"]


def test_one_tick_and_one_paper_decide_them_all(waiting, committee):
    rows = listed(committee).together
    data = sent(waiting, "DB01-01", "DB01-02") | {"phieu": [], "tat_ca": ",".join(row.key for row in rows)}
    acts = Change.objects.count()
    done = committee.post(STEP, data, follow=True)
    assert "Đã thẩm định và quyết định 2 phiếu theo số 7-QĐ/ĐU ngày 13/12/2018 của Đảng ủy DB01." in text(done)
    assert "2 /2 phiếu đã quyết định" in text(done)
    assert Change.objects.count() == acts + 1
    assert Change.objects.latest("pk").verb == RatingVerb.ENDORSE_AND_DECIDE
    assert {waiting.sheet(code).decision.number for code in ("DB01-01", "DB01-02")} == {"7-QĐ/ĐU"}


def test_what_could_not_go_along_is_told_by_its_name(waiting, committee):
    data = sent(waiting, "DB01-01", "DB01-02")
    waiting.send_back("DB01-02", reason="Xem lại")
    done = committee.post(STEP, data, follow=True)
    assert "Đã thẩm định và quyết định 1 phiếu theo số 7-QĐ/ĐU" in text(done)
    said = "Tổ chức DB01-02 chưa được quyết định. Phiếu của chi bộ DB01-02 nháp; việc này cần phiếu đã nộp hoặc"
    assert said in text(done)
    assert (waiting.state("DB01-01"), waiting.state("DB01-02")) == ("decided", "draft")


def test_over_the_cap_it_is_refused_whole_until_a_reason_is_given(waiting, committee):
    Cap.objects.filter(scheme=waiting.period.scheme, limits="MEMBERS").update(percent=10)
    sheet = waiting.sheet("DB01-01")
    type(sheet).objects.filter(pk=sheet.pk).update(over_cap="")
    data = sent(waiting, "DB01-01", "DB01-02")
    refusal = committee.post(STEP, data)
    assert refusal.status_code == 400
    assert "Tổ chức DB01 có 1 đảng viên hoàn thành xuất sắc, vượt 0 suất cho phép" in text(refusal)
    assert 'name="ly_do_giu"' in refusal.content.decode()
    assert {waiting.state(code) for code in ("DB01-01", "DB01-02")} == {"submitted"}
    assert committee.post(STEP, data | {"ly_do_giu": "Được Tỉnh ủy cho phép"}).status_code == 302
    assert Change.objects.latest("pk").reason == "Được Tỉnh ủy cho phép"


def test_a_reason_for_sending_back_is_none_for_keeping(waiting, committee):
    """Two reasons may be typed on the page; each goes with its own button."""
    committee.post(STEP, sent(waiting, "DB01-01", ly_do="Xem lại", ly_do_giu="Được khen"))
    assert Change.objects.latest("pk").reason == "Được khen"


def test_others_may_not(waiting, signed_in):
    for role, code, place in (("ORGANIZATION", "K", "DB01"), ("LEADER", "K", "DB01")):
        client = signed_in(role, code)
        assert "phiếu chờ duyệt" not in text(client.get(url("ratings", place)))
        assert client.post(STEP, sent(waiting, "DB01-01")).status_code == 403
    section = signed_in("COMMITTEE", "BP01")
    waiting.rate(Lan=2, Minh=2)
    waiting.submit("DB03-01")
    assert section.post(url("rating_step", "BP01"), sent(waiting, "DB03-01")).status_code == 403
    assert waiting.state("DB03-01") == "submitted"


@pytest.mark.parametrize("names", [{}, {"tat_ca": ""}, {"tat_ca": ","}])
def test_none_ticked(waiting, committee, names):
    refusal = committee.post(STEP, {"viec": "approve", **PAPER, **names})
    assert refusal.status_code == 400
    assert "Chưa chọn phiếu nào. Hãy đánh dấu ít nhất một phiếu." in text(refusal)


@pytest.mark.parametrize("names", ["x", "²", "9" * 40, "1,,x", "-1"])
def test_a_box_that_is_none_breaks_nothing(waiting, committee, names):
    assert committee.post(STEP, {"viec": "approve", **PAPER, "tat_ca": names}).status_code == 400
