"""The bloc's progress board, as it is seen and used."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from ledger import clock
from ratings.models import Sheet
from tests.pages.test_pages_input import in_vietnamese, says
from tests.ratings.desk import CELLS, SUBORDINATE
from tests.ratings.periods.first_pages import BOARD, TASKS, codes, missing, text
from tests.world import PEOPLE

STEP = "/xep-loai/K/2018/buoc/"
JANUARY = date(2019, 1, 17)


@pytest.fixture
def board(year):
    """CB01 decided, DB01-01 submitted, An left out, the others drafts of which only Chi is rated."""
    year.rate(An="mien", Bình=2, Chi=2, Phúc=2, Quân=2)
    year.submit("DB01-01")
    year.decide("CB01")
    return year


def test_the_headline_and_the_states(board, as_):
    page = as_("LEADER", "K").get(BOARD)
    said = text(page)
    assert "1 /8 chi bộ đã quyết định" in said
    assert [(one.words, one.n) for one in page.context["filter"].quick] == [
        ("Tất cả", 8),
        ("Chưa nộp", 6),
        ("Chờ duyệt", 1),
        ("Đã quyết định", 1),
        ("Quá hạn", 0),
    ]
    assert "Tổ chức cơ sở đảng: 0/5 đã quyết định" in said
    assert reverse("rating_organizations", args=["K", "2018"]) in page.content.decode()


@pytest.mark.parametrize("query", ["", "?co_so=DB01", "?co_so=DB01&han=qua"])
def test_every_filter_opens_onto_as_many_sheets(board, as_, query):
    browser = as_("INSPECTION", "K")
    with clock.fixed(date(2018, 12, 21)):
        page = browser.get(BOARD + query).content.decode()
        links = re.findall(r'<a\s[^>]*?href="([^"#]+)#phieu"[^>]*>([^<]+) <b>(\d+)</b>', page)
        assert [words for _, words, _ in links] == ["Tất cả", "Chưa nộp", "Chờ duyệt", "Đã quyết định", "Quá hạn"]
        for url, words, n in links:
            found = browser.get(unescape(url))
            assert len(codes(found)) == int(n)
            assert [one.words for one in found.context["filter"].quick if one.acts] == [words]


def test_who_is_missing_stands_by_name(board, as_):
    page = as_("LEADER", "K").get(BOARD)
    named = missing(page)
    assert (named["DB01-01"], named["DB01-02"], named["CB02"]) == ([], ["Võ Dung"], ["Lê Sơn", "Võ Tâm"])
    assert "Còn thiếu 1 đồng chí" in text(page)
    assert "Võ Dung" not in text(as_("LEADER", "K").get(BOARD, {"trang_thai": "submitted"}))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["CB01", "CB02", *SUBORDINATE]),
        ({"trang_thai": "decided"}, ["CB01"]),
        ({"co_so": "DB01"}, ["DB01-01", "DB01-02"]),
        ({"co_so": "DB03", "trang_thai": "draft"}, ["DB03-01", "DB03-02"]),
        ({"co_so": "DB01", "trang_thai": "locked"}, []),
        ({"trang_thai": "cho-duyet"}, ["DB01-01"]),
        ({"trang_thai": "submitted"}, ["DB01-01"]),
        ({"trang_thai": "endorsed"}, []),
        ({"han": "qua"}, ["DB01-02", "DB02-01", "DB02-02", "DB03-01", "DB03-02"]),
    ],
)
def test_the_filters(board, as_, query, found):
    with clock.fixed(date(2018, 12, 21)):
        page = as_("LEADER", "K").get(BOARD, query)
    assert codes(page) == found
    in_vietnamese(page)


@pytest.mark.parametrize("name", ["trang_thai", "co_so", "han"])
@pytest.mark.parametrize("value", ["XX", "' OR 1=1 --", "<script>alert(1)</script>", "x\x00y"])
def test_a_filter_that_is_none_says_so_and_shows_all(board, as_, name, value):
    page = as_("LEADER", "K").get(BOARD, {name: value})
    says(page, "không có trong danh sách; đang hiện tất cả.", 200, typed=value)
    assert len(codes(page)) == 8
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("value", ["0", "2", "-1", "hai", "9" * 30, "١", "\x00", ""])
def test_a_page_that_is_none(board, as_, value):
    says(as_("LEADER", "K").get(BOARD, {"trang": value}), "Bảng không có trang này.")


def test_pages_are_of_organizations(board, as_, monkeypatch):
    monkeypatch.setattr("ratings.periods.board.PER_PAGE", 2)
    browser = as_("LEADER", "K")
    first, second = browser.get(BOARD, {"trang_thai": "draft"}), browser.get(BOARD, {"trang_thai": "draft", "trang": 2})
    assert (codes(first), codes(second)) == (["CB02", "DB01-02"], list(SUBORDINATE[2:]))
    assert f"{BOARD}?trang_thai=draft&amp;trang=2#phieu" in first.content.decode()
    assert "4 tổ chức cơ sở đảng, 6 phiếu như đang lọc." in text(second)


@pytest.mark.parametrize(
    ("role", "code", "url"),
    [("ORGANIZATION", "K", BOARD), ("COMMITTEE", "DB01", TASKS), ("SECRETARY", "DB01-01", TASKS)],
)
def test_the_number_of_queries_does_not_grow(board, as_, role, code, url, django_assert_max_num_queries):
    board.send_back("DB01-01", reason="Xem lại")
    board.world.enroll("Lê Trước", "DB01-01", date(2018, 12, 3))
    browser = as_(role, code)

    def queries():
        with django_assert_max_num_queries(60) as asked:
            assert browser.get(url).status_code == 200
        return len(asked)

    before = queries()
    board.world.found(*((f"DB01-{n:02}", "CBTT", "DB01") for n in range(10, 14)), on=date(2018, 12, 2))
    for n in range(10, 14):
        board.world.enroll(f"Lê Thêm{n}", f"DB01-{n:02}", date(2018, 12, 3))
        board.world.enroll(f"Lê Nữa{n}", "DB01-01", date(2018, 12, 3))
    assert queries() == before


def test_only_the_department_has_boxes_and_the_lock(board, as_):
    for role in ("LEADER", "INSPECTION", "ADMINISTRATOR"):
        page = as_(role, "K").get(BOARD).content.decode()
        for tool in ('name="phieu"', "Tiếp nhận", "Khóa kỳ", "/ky-xep-loai/"):
            assert tool not in page, (role, tool)
    page = as_("ORGANIZATION", "K").get(BOARD).content.decode()
    assert len(re.findall(r'type="checkbox"\s+name="phieu"', page)) == 1
    assert "/ky-xep-loai/" in page


def test_cells_and_committees_have_no_board(board, as_):
    for role, code in (("SECRETARY", "CB01"), ("COMMITTEE", "DB01")):
        assert as_(role, code).get(BOARD).status_code == 404


def fields(page, last=False):
    """The fields of the form that accepts: of the ticked ones with every box ticked, or (`last`) of all filtered."""
    html = page.content.decode()
    forms = re.findall(rf'(?s)<form\s+method="post"\s+action="{STEP}(?:(?!</form>).)*value="accept".*?</form>', html)
    boxes = "".join(re.findall(r'<input[^>]*form="chon"[^>]*>', html))
    found = {}
    for tag in re.findall(r"<input[^>]+>", forms[0] if last else forms[-1] + boxes):
        name, value = re.search(r'name="([^"]+)"', tag)[1], re.search(r'value="([^"]*)"', tag)
        found.setdefault(name, []).append(value[1])
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_the_ticked_are_accepted(board, as_):
    board.rate(Dung=2, Sơn=2, Tâm=2)
    board.decide("CB02")
    browser = as_("ORGANIZATION", "K")
    sent = fields(browser.get(BOARD))
    assert len(sent["phieu"]) == 2
    answer = browser.post(STEP, sent | {"phieu": [str(board.sheet("CB02").pk)]})
    assert answer.url == BOARD
    assert (board.state("CB01"), board.state("CB02")) == ("decided", "accepted")
    assert fields(browser.get(BOARD))["phieu"] == [str(board.sheet("CB01").pk)]


def test_all_that_are_shown_by_the_filter_are_accepted(board, as_):
    names = [name.split()[-1] for code in (*SUBORDINATE[1:], "CB02") for name in PEOPLE[code]]
    board.rate(**dict.fromkeys(names, 2))
    board.submit(*SUBORDINATE[1:])
    board.endorse(*SUBORDINATE)
    board.decide(*(code for code in CELLS if code != "CB01"))
    browser = as_("ORGANIZATION", "K")
    page = browser.get(BOARD, {"co_so": "DB01"})
    assert "Tiếp nhận cả 2 phiếu đang lọc" in text(page)
    assert browser.post(STEP, fields(page, last=True)).status_code == 302
    accepted = Sheet.objects.filter(state="accepted").values_list("organization__code", flat=True)
    assert set(accepted) == {"DB01-01", "DB01-02"}


def test_a_sheet_that_changed_since_is_not_accepted_and_the_ticks_stay(board, as_):
    board.rate(Sơn=2, Tâm=2)
    board.decide("CB02")
    browser = as_("ORGANIZATION", "K")
    sent = fields(browser.get(BOARD)) | {"phieu": [str(board.sheet("CB02").pk)]}
    board.send_back("CB02", reason="Xem lại")
    board.decide("CB02")
    answer = browser.post(f"{STEP}?trang_thai=decided", sent)
    says(answer, "Phiếu của chi bộ CB02 đã thay đổi từ lúc mở trang.", 409)
    assert codes(answer) == ["CB01", "CB02"]
    ticked = re.findall(r'name="phieu"\s+form="chon"\s+value="(\d+)"[^>]* checked', answer.content.decode())
    assert ticked == sent["phieu"]
    assert board.state("CB02") == "decided"


def test_a_sheet_with_someone_new_offers_no_box(board, as_):
    board.world.transfer("Dung", "CB01", date(2018, 12, 10))
    page = as_("ORGANIZATION", "K").get(BOARD)
    assert 'type="checkbox"' not in page.content.decode()
    assert missing(page)["CB01"] == ["Võ Dung"]


def test_none_ticked(board, as_):
    says(as_("ORGANIZATION", "K").post(STEP, {"viec": "accept"}), "Chưa chọn phiếu nào.", 400)


def test_the_deadlines_are_told_on_the_board(board, as_):
    browser = as_("LEADER", "K")
    assert 'class="reminder' not in browser.get(BOARD).content.decode()
    with clock.fixed(date(2018, 12, 16)):
        assert "Hạn của chi bộ 20/12/2018: còn 4 ngày, 5 chi bộ chưa nộp." in text(browser.get(BOARD)).replace(
            " ,", ","
        )
    with clock.fixed(date(2018, 12, 29)):
        said = text(browser.get(BOARD))
    assert "Hạn của chi bộ 20/12/2018: quá hạn 9 ngày, 5 chi bộ chưa nộp." in said
    assert "28/12/2018: quá hạn 1 ngày, 2 chi bộ chưa quyết định." in said
    assert "7 phiếu quá hạn." in said


def test_the_lock_panel_says_what_is_wanting_until_it_can_be_locked(board, as_):
    browser = as_("ORGANIZATION", "K")
    page = in_vietnamese(browser.get(BOARD))
    assert "Còn 8 phiếu chưa tiếp nhận: 6 nháp, 1 đã nộp, 1 đã quyết định." in page
    assert 'value="khoa"' not in page


def test_the_lock_from_the_board(year, as_):
    year.finish()
    browser = as_("ORGANIZATION", "K")
    assert "Ngày chốt 31/12/2018 chưa qua" in text(browser.get(BOARD))
    with clock.fixed(JANUARY):
        page = browser.get(BOARD)
        form = re.search(r'(?s)<form method="post" action="(/ky-xep-loai/)".*?</form>', page.content.decode())
        assert "Khóa kỳ năm 2018" in form[0]
        answer = browser.post(form[1], {"viec": "khoa", "ky": "2018", "xac_nhan": "on"}, follow=True)
        assert "Đã khóa kỳ xếp loại năm 2018." in text(answer)
        said = text(browser.get(BOARD))
    assert "8 /8 chi bộ đã quyết định" in said
    assert "Kỳ đã khóa ngày 17/01/2019" in said


def test_someone_new_after_the_acceptance_bars_the_lock(year, as_):
    year.finish()
    year.world.admit("Vũ Xuân", "CB01", date(2018, 12, 12))
    with clock.fixed(JANUARY):
        page = as_("ORGANIZATION", "K").get(BOARD)
    assert "Có 1 phiếu đã tiếp nhận mà nay còn đảng viên chưa xếp loại" in text(page)
    assert 'value="khoa"' not in page.content.decode()


@pytest.mark.parametrize("pk", ["9" * 5000, "²", "٣", "x", "\x00", ""])
def test_a_box_that_is_none_breaks_nothing(board, as_, pk):
    answer = as_("ORGANIZATION", "K").post(STEP, {"viec": "accept", "phieu": [pk]})
    assert answer.status_code == 400
    assert answer.context["ticked"] == set()
