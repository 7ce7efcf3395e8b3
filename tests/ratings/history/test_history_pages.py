"""History of a sheet and of a member, and corrections after the lock, as each role meets them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import Change, Document, Installation, User
from ratings.history.member_page import page_of
from ratings.models import MemberRating
from ratings.sheets import draft
from ratings.sheets.correct import Correction, correct
from ratings.sheets.draft import LineEntry
from tests.hand import signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.kept import kept
from tests.ratings.desk import RATED, Desk
from tests.world import World

LEVELS = {code.replace("-", "_"): 2 for code in RATED}
PAPER = {"so": "9-ĐC/ĐUK", "ngay": "03/03/2018", "co_quan": "Đảng ủy Khối", "ly_do": "Sót kỷ luật"}


def url(name, code, year=2017):
    return reverse(name, args=[code, (year, None)])


def of_member(desk, name):
    return reverse("member_ratings", args=[desk.world.people[name].pk])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def desk(db):
    return kept(locked)


def locked():
    """2017, locked: Bình was absent, everybody and everything else stands at the second level."""
    world = kept(World)
    desk = Desk(world, 2017)
    desk.decide_all(Bình="vang_mat")
    desk.accept()
    desk.rate_organizations(**LEVELS)
    desk.lock()
    return desk


@pytest.fixture
def signed_in(desk):
    return lambda role, code: signed_in_as(desk.world.user(role, code))


@pytest.fixture
def department(signed_in):
    return signed_in("ORGANIZATION", "K")


def put(desk, name="An", level=3):
    row = Correction(row=desk.line(name), level=level)
    correct([row], **desk.by(date(2018, 3, 1), document=desk.paper, reason="Sót kỷ luật"))


# History


def test_the_history_of_a_sheet_latest_first(signed_in):
    page = text(signed_in("SECRETARY", "DB01-01").get(url("rating_history", "DB01-01")))
    steps = ["khóa kỳ xếp loại", "tiếp nhận phiếu", "quyết định xếp loại đảng viên theo số 1-QĐ/XL", "thẩm định phiếu"]
    steps += ["nộp phiếu", "nhập xếp loại, 2 đồng chí", "mở kỳ xếp loại"]
    assert sorted(page.index(step) for step in steps) == [page.index(step) for step in steps]
    assert "đồng chí Lê An từ chưa xếp loại thành “Hoàn thành tốt nhiệm vụ”" in page
    assert "(Hiệu lực từ 16/01/2018.)" in page


@pytest.mark.parametrize(
    ("role", "place", "code", "status"),
    [
        ("SECRETARY", "DB01-01", "DB01-02", 404),
        ("SECRETARY", "DB01-01", "DB01", 404),
        ("COMMITTEE", "DB01", "DB01-02", 200),
        ("COMMITTEE", "DB01", "DB01", 200),
        ("COMMITTEE", "DB02", "DB01-02", 404),
        ("INSPECTION", "K", "DB01-02", 200),
        ("LEADER", "K", "K", 200),
        (None, None, "DB01-02", 404),
    ],
)
def test_whose_history_is_seen(signed_in, role, place, code, status):
    client = signed_in(role, place)
    assert client.get(url("rating_history", code)).status_code == status
    assert client.post(url("rating_history", code)).status_code == 405


def test_a_year_without_a_period_has_no_history(signed_in):
    assert signed_in("LEADER", "K").get(url("rating_history", "DB01", 2016)).status_code == 404


def test_a_long_history_comes_in_pages(desk, signed_in):
    open_year = Desk(desk.world, 2018)
    for n in range(35):
        entry = LineEntry(level=2 + n % 2)
        draft.rate({open_year.sheet("DB01-01"): {desk.world.people["An"].pk: entry}}, **open_year.by())
    client = signed_in("SECRETARY", "DB01-01")
    first = client.get(url("rating_history", "DB01-01", 2018))
    assert len(first.context["page"].object_list) == 30
    assert "36 việc." in text(first)
    second = client.get(url("rating_history", "DB01-01", 2018), {"trang": "2"})
    assert len(second.context["page"].object_list) == 6
    for number in ("3", "0", "-1", "x", "9" * 30, "²"):
        answer = client.get(url("rating_history", "DB01-01", 2018), {"trang": number})
        assert answer.status_code == 404, number
        assert "Lịch sử không có trang này. Hãy mở lại trang đầu." in text(answer)


def test_as_many_queries_for_a_long_history(desk, signed_in):
    open_year = Desk(desk.world, 2018)
    client = signed_in("SECRETARY", "DB01-01")

    def asked():
        client.get(url("rating_history", "DB01-01", 2018))
        with CaptureQueriesContext(connection) as found:
            client.get(url("rating_history", "DB01-01", 2018))
        return len(found)

    open_year.rate(An=2)
    before = asked()
    for n in range(12):
        desk.world.enroll(f"Trần M{n}", "DB01-01", date(2018, 2, 1))
        open_year.rate(**{f"M{n}": 2})
    assert asked() == before


# One member


def test_a_member_year_by_year_with_the_break_of_schemes(desk, signed_in):
    open_year = Desk(desk.world, 2018)
    open_year.rate(An=3)
    page = text(signed_in("SECRETARY", "DB01-01").get(of_member(desk, "An")))
    assert page.index("Năm 2018: “Hoàn thành nhiệm vụ”") < page.index("Năm 2017: “Hoàn thành tốt nhiệm vụ”")
    assert page.count("Từ kỳ này theo lược đồ khác, không so sánh được với các kỳ trước.") == 1
    assert "kỳ chưa khóa" in page
    assert "quyết định “Hoàn thành tốt nhiệm vụ” như chi bộ đề nghị" in page


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        ("SECRETARY", "DB01-01", 200),
        ("COMMITTEE", "DB01", 200),
        ("INSPECTION", "K", 200),
        ("SECRETARY", "DB01-02", 404),
        ("COMMITTEE", "DB02", 404),
        (None, None, 404),
    ],
)
def test_whose_members_are_seen(desk, signed_in, role, place, status):
    assert signed_in(role, place).get(of_member(desk, "An")).status_code == status


def test_a_member_there_is_not(signed_in):
    client = signed_in("LEADER", "K")
    for pk in (0, 10**6, 10**30):
        answer = client.get(reverse("member_ratings", args=[pk]))
        assert answer.status_code == 404
        assert "Không tìm thấy đảng viên này trong phạm vi của đồng chí." in text(answer)


def test_the_cell_left_sees_what_it_gave_and_no_more(desk, signed_in):
    desk.world.transfer("An", "DB02-01", date(2018, 2, 1))
    open_year = Desk(desk.world, 2018)
    open_year.rate(An=3)
    before = text(signed_in("SECRETARY", "DB01-01").get(of_member(desk, "An")))
    assert "Năm 2017: “Hoàn thành tốt nhiệm vụ”" in before
    assert "Năm 2018" not in before
    now = signed_in("SECRETARY", "DB02-01").get(of_member(desk, "An"))
    assert "Năm 2018: “Hoàn thành nhiệm vụ”" in text(now)
    assert "Năm 2017: “Hoàn thành tốt nhiệm vụ”" in text(now)
    assert [len(row.told) for row in now.context["rows"]] == [1, 0]


def test_who_left_is_still_seen_by_the_cell_and_whoever_took_it_over(desk, signed_in):
    desk.world.leave("An", date(2018, 2, 1))
    desk.world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, date(2018, 6, 1))
    for role, place in (("COMMITTEE", "DB02"), ("INSPECTION", "K")):
        answer = signed_in(role, place).get(of_member(desk, "An"))
        assert "Năm 2017: “Hoàn thành tốt nhiệm vụ”" in text(answer), role
    assert signed_in("SECRETARY", "DB02-02").get(of_member(desk, "An")).status_code == 404


def test_as_many_queries_for_many_years(desk):
    user = desk.world.user("SECRETARY", "DB01-01")

    def asked():
        with CaptureQueriesContext(connection) as found:
            rows = page_of(User.objects.get(pk=user.pk), desk.world.people["An"].pk)["rows"]
        return len(rows), len(found)

    years, before = asked()
    for year in (2015, 2016, 2018):
        Desk(desk.world, year).rate(An=2)
    assert asked() == (years + 3, before)


# Corrections


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


# Published figures


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
