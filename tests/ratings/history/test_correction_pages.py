"""Corrections after the lock, as each role meets them, and the published figure beside the new one."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Change, Document, Installation
from ratings.models import MemberRating
from ratings.sheets.draft import LineEntry
from tests.hand import signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.ratings.desk import Desk
from tests.ratings.history.of_2017 import LEVELS, put, text, url

PAPER = {"so": "9-ĐC/ĐUK", "ngay": "03/03/2018", "co_quan": "Đảng ủy Khối", "ly_do": "Sót kỷ luật"}


def test_only_the_department_corrects(desk, signed_in):
    for role, place, code in (
        ("SECRETARY", "DB01-01", "DB01-01"),
        ("COMMITTEE", "DB01", "DB01"),
        ("LEADER", "K", "K"),
        ("INSPECTION", "K", "K"),
    ):
        client = signed_in(role, place)
        assert client.get(url("rating_correction", code)).status_code == 403, role
        data = PAPER | {"dong": f"t{desk.organization('DB01').pk}", "moi": "1"}
        assert client.post(url("rating_correction", code), data).status_code == 403, role
    assert signed_in("SECRETARY", "DB01-02").get(url("rating_correction", "DB01-01")).status_code == 404
    assert desk.organization("DB01").level == 2


def test_a_line_is_chosen_and_corrected(desk, department):
    page = url("rating_correction", "DB01-01")
    links = re.findall(r'href="(\?dong=m\d+)#dong"', department.get(page).content.decode())
    assert len(links) == 2
    form = text(department.get(page, {"dong": f"m{desk.line('An').pk}"}))
    assert "Đính chính: đồng chí Lê An" in form
    assert "Đang ghi: “Hoàn thành tốt nhiệm vụ” ." in form
    data = PAPER | {"dong": f"m{desk.line('An').pk}", "moi": "3"}
    done = department.post(page, data, follow=True)
    assert "Đã ghi đính chính." in text(done)
    (row,) = re.findall(r"(?s)<tr><td data-th=\"Lúc\">.*?</tr>", done.content.decode())
    words = re.sub(r"<[^>]+>", "|", row)
    for said in (
        "Đồng chí Lê An, Tổ chức DB01-01, Tổ chức DB01",
        "“Hoàn thành tốt nhiệm vụ”",
        "“Hoàn thành nhiệm vụ”",
        "Sót kỷ luật",
        "9-ĐC/ĐUK ngày 03/03/2018 của Đảng ủy Khối",
        department.user.get_full_name(),
    ):
        assert said in words
    assert desk.line("An").decided == 3
    assert "đính chính sau khi khóa kỳ: đồng chí Lê An từ" in text(department.get(url("rating_history", "DB01-01")))


def test_a_late_rating(desk, department):
    data = PAPER | {"dong": f"m{desk.line('Bình').pk}", "moi": "2", "ly_do": "Đã kiểm điểm bổ sung"}
    assert department.post(url("rating_correction", "DB01-01"), data).status_code == 302
    assert (desk.line("Bình").decided, desk.line("Bình").reason) == (2, None)
    page = text(department.get(url("rating_correction", "DB01-01")))
    assert "chưa xếp loại (Vắng mặt, chưa kiểm điểm) “Hoàn thành tốt nhiệm vụ”" in page


@pytest.mark.parametrize("place", ["DB01", "K", "DB01-01"])
def test_an_organization_is_corrected_where_it_is_rated(desk, department, place):
    code = "DB01-01" if place == "DB01-01" else "DB01"
    data = PAPER | {"dong": f"t{desk.organization(code).pk}", "moi": "1", "tieu_bieu": "on"}
    assert department.post(url("rating_correction", place), data).status_code == 302
    row = desk.organization(code)
    assert (row.level, row.exemplary, row.decision.number) == (1, True, "9-ĐC/ĐUK")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"moi": "2"}, "Lê An: mức mới trùng với mức đang ghi, không có gì để điều chỉnh."),
        ({"moi": ""}, "Lê An: chọn một mức xếp loại hoặc một lý do không xếp loại."),
        ({"moi": "8"}, "Mức này không có trong danh sách. Hãy chọn lại."),
        ({"moi": "3", "ly_do": "  "}, "Điều chỉnh sau khi khóa kỳ cần nêu lý do."),
        ({"moi": "3", "so": ""}, "Chưa ghi được. Hãy sửa những chỗ báo đỏ dưới đây rồi ghi lại."),
        ({"moi": "3", "ngay": "31/02/2018"}, "Chưa ghi được. Hãy sửa những chỗ báo đỏ dưới đây rồi ghi lại."),
        ({"moi": "3", "ngay": "15/12/2018"}, "Ngày ban hành 15/12/2018 còn ở phía trước. Hãy xem lại ngày."),
    ],
)
def test_what_is_refused_is_said_and_stays(desk, department, typed, sentence):
    before = Change.objects.count(), Document.objects.count()
    data = PAPER | {"dong": f"m{desk.line('An').pk}"} | typed
    answer = department.post(url("rating_correction", "DB01-01"), data)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert 'value="Đảng ủy Khối"' in answer.content.decode()
    if typed["moi"] == "3":
        assert '<option value="3" selected>' in answer.content.decode()
    assert (Change.objects.count(), Document.objects.count()) == before
    assert desk.line("An").decided == 2


@pytest.mark.parametrize("chosen", ["", "m0", "x1", "m", "m²", "m" + "9" * 30, "' OR 1=1"])
def test_a_line_there_is_not(desk, department, chosen):
    page = url("rating_correction", "DB01-01")
    assert department.get(page, {"dong": chosen}).status_code == 200
    answer = department.post(page, PAPER | {"dong": chosen, "moi": "3"})
    assert answer.status_code == 400
    assert "Chưa chọn dòng cần đính chính. Hãy chọn trong danh sách dưới đây." in text(answer)


def test_a_line_of_another_cell_is_not_corrected_here(desk, department):
    for row in (f"m{desk.line('Chi').pk}", f"t{desk.organization('DB01').pk}"):
        answer = department.post(url("rating_correction", "DB01-01"), PAPER | {"dong": row, "moi": "3"})
        assert answer.status_code == 400
    assert (desk.line("Chi").decided, desk.organization("DB01").level) == (2, 2)


def test_who_comes_second_is_shown_what_stands_now(desk, department):
    data = PAPER | {"dong": f"m{desk.line('An').pk}", "moi": "3"}
    put(desk, level=1)
    answer = department.post(url("rating_correction", "DB01-01"), data)
    assert answer.status_code == 409
    assert "Dòng này vừa được người khác điều chỉnh. Hãy xem lại rồi ghi." in text(answer)
    assert "Đang ghi: “Hoàn thành xuất sắc nhiệm vụ” ." in text(answer)
    assert f'name="dong" value="m{desk.line("An").pk}"' in answer.content.decode()
    assert '<option value="3" selected>' in answer.content.decode()
    again = data | {"dong": f"m{desk.line('An').pk}"}
    assert department.post(url("rating_correction", "DB01-01"), again).status_code == 302
    assert desk.line("An").decided == 3


def test_before_the_lock_there_is_nothing_to_correct(desk, department):
    open_year = Desk(desk.world, 2018)
    open_year.rate(An=2)
    page = url("rating_correction", "DB01-01", 2018)
    assert "Kỳ chưa khóa: chưa có gì để đính chính, hãy sửa trên phiếu." in text(department.get(page))
    answer = department.post(page, PAPER | {"dong": f"m{open_year.line('An').pk}", "moi": "3"})
    assert answer.status_code == 400
    assert MemberRating.objects.get(pk=open_year.line("An").pk).proposed == 2


def test_points_are_corrected_as_points(world):
    Installation.objects.update(demo_day=date(2026, 1, 20))
    desk = Desk(world, 2025)
    desk.decide_all(rank=LineEntry(points=Decimal("80")))
    desk.accept()
    desk.rate_organizations(**LEVELS)
    desk.lock(date(2026, 1, 16))
    client = signed_in_as(world.user("ORGANIZATION", "K"))
    page = url("rating_correction", "DB01-01", 2025)
    data = PAPER | {"dong": f"m{desk.line('An').pk}", "moi": ""}
    wrong = client.post(page, data | {"diem": "nhiều"})
    assert "“nhiều” không phải là điểm." in text(wrong)
    assert client.post(page, data | {"diem": "92,5"}).status_code == 302
    assert (desk.line("An").decided, str(desk.line("An").points)) == (1, "92.50")


def test_as_many_queries_for_many_lines_and_corrections(desk, department):
    def asked(code):
        department.get(url("rating_correction", code))
        with CaptureQueriesContext(connection) as found:
            department.get(url("rating_correction", code))
        return len(found)

    put(desk)
    codes = ("K", "DB01", "DB01-01")
    before = [asked(code) for code in codes]
    for name, level in (("An", 1), ("An", 4), ("Bình", 2), ("Chi", 3), ("Phúc", 3)):
        put(desk, name, level)
    assert [asked(code) for code in codes] == before


def test_the_published_figure_stays_beside_the_new_one(desk, signed_in):
    set_groups(desk.world, 2016, 2017)
    set_targets(desk.world, DV_HTT={"K": 90})
    leader = signed_in("LEADER", "K")
    pages = ("/chi-tieu/K/2017/", "/chi-tieu/K/2017/DV-HTT/")
    for page in pages:
        assert "đính chính" not in text(leader.get(page))
    put(desk)
    said = "đính chính: khi khóa kỳ 15/15 (100%), nay 14/15"
    assert said in text(leader.get(pages[0]))
    page = text(leader.get(pages[1]))
    assert f"{said.capitalize()}." in page
    assert page.count(said) == 1  # in the table of the years
    assert "đính chính" not in text(leader.get("/chi-tieu/K/2017/KN/"))
