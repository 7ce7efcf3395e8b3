"""The committee's page: its cells on their way, and what it decides."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratings.judging.locking import CLOSED
from ratings.models import Sheet
from tests.ratings.desk import Desk

from .page import PAPER, shown, text, url


def test_a_committee_sees_its_cells_on_their_way(committee):
    page = text(committee.get(url("ratings", "DB01")))
    assert "0 /2 phiếu đã quyết định" in page
    assert "hạn của đảng ủy cơ sở 28/12/2018, còn 14 ngày" in page
    assert "Vượt 1 suất xuất sắc trong toàn Tổ chức DB01: đã dùng 1/0, tối đa 20% của 4" in page
    assert "1 phiếu chờ duyệt" in page
    assert "Vượt tỷ lệ xuất sắc, chi bộ nêu lý do: Được tỉnh khen 2 người: 1 xuất sắc · 1 tốt 01/12/2018" in page
    assert "2 chưa xếp loại" in page.partition("Các chi bộ khác")[2]
    assert page.index("Tổ chức DB01-01") < page.index("Các chi bộ khác") < page.index("Tổ chức DB01-02")


def test_once_decided_what_a_cell_wrote_stays_in_sight(desk, committee):
    desk.endorse("DB01-01")
    desk.decide("DB01-01")
    page = text(committee.get(url("ratings", "DB01")))
    assert "phiếu chờ duyệt" not in page
    assert "2/2 1 xuất sắc, 1 tốt" in page
    assert "Vượt tỷ lệ xuất sắc vì: Được tỉnh khen" in page
    assert "Phiếu đã quyết định; việc quyết định xếp loại đảng viên cần phiếu đã thẩm định." in page


def test_each_cell_opens_onto_its_sheet(committee):
    page = committee.get(url("ratings", "DB01")).content.decode()
    for code in ("DB01-01", "DB01-02"):
        assert url("ratings", code) in page
        assert committee.get(url("ratings", code)).status_code == 200


@pytest.mark.parametrize("role", ["ORGANIZATION", "LEADER", "INSPECTION"])
def test_the_bloc_reads_it_and_is_told_whose_the_acts_are(signed_in, role):
    answer = signed_in(role, "K").get(url("ratings", "DB01"))
    assert answer.status_code == 200
    assert "<form" not in answer.content.decode().partition("<main")[2]
    assert "Việc thẩm định phiếu là của đảng ủy cơ sở." in text(answer)


def test_others_do_not_find_it(signed_in):
    for role, code in (("COMMITTEE", "DB02"), ("SECRETARY", "DB01-01"), (None, None)):
        for name in ("ratings", "rating_organizations", "rating_history"):
            assert signed_in(role, code).get(url(name, "DB01")).status_code == 404, (role, name)


def test_the_committee_endorses_then_decides_by_one_paper(desk, committee):
    step = url("rating_step", "DB01")
    done = committee.post(step, {"viec": "endorse", **shown(desk, "DB01-01")}, follow=True)
    assert "Đã thẩm định phiếu." in text(done)
    assert "1 phiếu chờ duyệt" in text(done)
    assert "đã thẩm định 14/12/2018" in text(done)
    done = committee.post(step, {"viec": "decide", **PAPER, **shown(desk, "DB01-01")}, follow=True)
    assert "1 /2 phiếu đã quyết định" in text(done)
    assert desk.sheet("DB01-01").decision.number == "7-QĐ/ĐU"


@pytest.mark.parametrize(("errand", "state"), [("approve", "decided"), ("endorse", "endorsed")])
def test_the_forms_of_the_page_are_all_that_is_needed(desk, committee, errand, state):
    """What the page itself carries, sent back with its box ticked and its paper told, takes the step."""
    page = committee.get(url("ratings", "DB01")).content.decode()
    (form,) = re.findall(r'(?s)<form[^>]*buoc/[^>]*>(?:(?!</form>).)*value="endorse"(?:(?!</form>).)*</form>', page)
    fields = dict(re.findall(r'<input type="(?:hidden|checkbox|text)" name="([^"]+)" value="([^"]*)"', form))
    sent = {name: value for name, value in PAPER.items() if name != "co_quan"} | fields | {"viec": errand}
    assert fields["co_quan"] == "Tổ chức DB01"
    assert committee.post(url("rating_step", "DB01"), sent).status_code == 302
    assert desk.state("DB01-01") == state


def test_what_was_refused_keeps_what_was_typed(desk, committee):
    desk.endorse("DB01-01")
    typed = {"viec": "approve", **PAPER, "ngay": "40/12/2018", "ly_do_giu": "Được khen", **shown(desk, "DB01-01")}
    answer = committee.post(url("rating_step", "DB01"), typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in page
    assert "Cần đủ số, ngày và cơ quan ban hành." in text(answer)
    assert 'value="7-QĐ/ĐU"' in page
    assert 'value="40/12/2018"' in page
    assert ">Được khen</textarea>" in page
    (box,) = re.findall(rf'<input type="checkbox" name="phieu" value="{desk.sheet("DB01-01").pk}"([^>]*)>', page)
    assert "checked" in box
    assert desk.state("DB01-01") == "endorsed"


def test_a_return_wants_its_reason(desk, committee):
    answer = committee.post(url("rating_step", "DB01"), {"viec": "return", "ly_do": " ", **shown(desk, "DB01-01")})
    assert answer.status_code == 400
    assert "Trả lại phiếu cần nêu lý do để chi bộ biết phải sửa gì." in text(answer)
    committee.post(url("rating_step", "DB01"), {"viec": "return", "ly_do": "Xem lại", **shown(desk, "DB01-01")})
    assert (desk.state("DB01-01"), desk.sheet("DB01-01").returned_because) == ("draft", "Xem lại")


def test_a_sheet_that_changed_since_stops_the_signature(desk, committee):
    before = shown(desk, "DB01-01")
    desk.send_back("DB01-01", reason="Xem lại")
    desk.rate(Bình=3)
    desk.submit("DB01-01")
    answer = committee.post(url("rating_step", "DB01"), {"viec": "endorse", **before})
    assert answer.status_code == 409
    assert "Phiếu của chi bộ DB01-01 đã thay đổi từ lúc mở trang." in text(answer)
    assert "2 người: 1 xuất sắc · 1 hoàn thành" in text(answer)
    now = shown(desk, "DB01-01")
    assert now[f"thay_{desk.sheet('DB01-01').pk}"] in answer.content.decode()


def test_a_locked_period_says_so(desk, signed_in):
    closed = Desk(desk.world, 2017)
    closed.finish()
    closed.lock()
    page = text(signed_in("COMMITTEE", "DB01").get(url("ratings", "DB01", 2017)))
    assert "Năm 2017, đã khóa" in page
    assert page.count(CLOSED) == 3
    assert "Lược đồ của kỳ này không khống chế tỷ lệ xuất sắc." in page


def test_as_many_queries_for_many_cells_and_people(desk, committee):
    def asked(name):
        committee.get(url(name, "DB01"))
        with CaptureQueriesContext(connection) as found:
            assert committee.get(url(name, "DB01")).status_code == 200
        return len(found)

    names = ("ratings", "rating_organizations")
    before = [asked(name) for name in names]
    desk.world.found(*[(f"DB01-{n}", "CBTT", "DB01") for n in range(40, 50)])
    for n in range(20):
        desk.world.enroll(f"Trần M{n}", f"DB01-{40 + n % 10}", date(2018, 2, 1))
    assert Sheet.objects.filter(period=desk.period, organization__code__startswith="DB01-").count() == 12
    assert [asked(name) for name in names] == before
