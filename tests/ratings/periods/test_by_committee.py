"""The board by committee: what is done, for whom the others wait, until when; and who is reminded."""

from datetime import date, timedelta

import pytest

from ledger import clock
from ledger.models import Change, Installation
from ratings.models import MemberRating, Step
from ratings.periods.remind import remind
from ratings.periods.standing import SheetStanding, standing_of
from ratings.tasks.tasks import tasks_of
from ratings.undoing import rated_since
from ratings.verbs import RatingVerb
from tests.hand import signed_in_as
from tests.pages.test_pages_input import says
from tests.ratings.periods.first_pages import BOARD, TASKS, cells_of, text
from tests.world import TODAY, refused

STEP = "/xep-loai/K/2018/buoc/"


@pytest.fixture
def board(year):
    """DB01-01 handed in, DB01-02 a draft, CB01 decided, DB02-01 endorsed, DB02-02 accepted; DB03 and CB02 not begun."""
    names = ("An", "Bình", "Phúc", "Quân", *year.world.names("DB02", year.today))
    year.rate(**dict.fromkeys(names, 2))
    year.submit("DB01-01", "DB02-01", "DB02-02")
    year.decide("CB01")
    year.endorse("DB02-01", "DB02-02")
    year.decide("DB02-02")
    year.accept("DB02-02")
    return year


def roofs(answer):
    return {roof.place.organization.code: roof for roof in answer.context["page"]}


def test_a_line_says_what_is_done_and_for_whom_the_others_wait(board, as_):
    answer = as_("LEADER", "K").get(BOARD)
    found = roofs(answer)
    assert list(found) == ["CB01", "CB02", "DB01", "DB02", "DB03"]
    assert {code: (roof.decided, len(roof.sheets)) for code, roof in found.items()} == {
        "CB01": (1, 1),
        "CB02": (0, 1),
        "DB01": (0, 2),
        "DB02": (1, 2),
        "DB03": (0, 2),
    }
    assert {code: roof.waits for code, roof in found.items()} == {
        "CB01": "1 phiếu chờ tiếp nhận",
        "CB02": "chờ chi bộ quyết định",
        "DB01": "chờ 1 chi bộ nộp · chờ đảng ủy duyệt 1 phiếu",
        "DB02": "chờ đảng ủy duyệt 1 phiếu",
        "DB03": "chờ 2 chi bộ nộp",
    }
    period = board.period
    assert {code: roof.deadline.due for code, roof in found.items()} == {
        "CB01": period.bloc_due,
        "CB02": period.committee_due,
        "DB01": period.cell_due,
        "DB02": period.committee_due,
        "DB03": period.cell_due,
    }
    said = text(answer)
    assert "Tổ chức DB01 0/2 Chờ 1 chi bộ nộp · chờ đảng ủy duyệt 1 phiếu Tổ chức DB01-02 20/12/2018 còn 6 ngày" in said


def test_the_line_counts_all_its_sheets_whatever_the_filter_keeps(board, as_):
    whole = roofs(as_("LEADER", "K").get(BOARD))["DB01"]
    narrowed = roofs(as_("INSPECTION", "K").get(BOARD, {"trang_thai": "submitted"}))
    assert list(narrowed) == ["DB01"]
    assert (narrowed["DB01"].waits, len(narrowed["DB01"].sheets)) == (whole.waits, 2)
    assert [cell.row.place.organization.code for cell in narrowed["DB01"].cells] == ["DB01-01"]


def test_what_waits_for_a_section_is_told_apart(board, as_):
    names = board.world.names("DB03-01", board.today)
    board.rate(**dict.fromkeys(names, 2))
    board.submit("DB03-01")
    roof = roofs(as_("LEADER", "K").get(BOARD))["DB03"]
    assert roof.waits == "chờ 1 chi bộ nộp · chờ Tổ chức BP01 duyệt 1 phiếu"


def test_all_accepted_waits_for_nothing(year, as_):
    year.finish()
    answer = as_("LEADER", "K").get(BOARD)
    assert {roof.waits for roof in roofs(answer).values()} == {""}
    assert {roof.deadline for roof in roofs(answer).values()} == {None}
    assert "Đã tiếp nhận" in text(answer)


def test_what_is_late_is_said(board, as_):
    browser = as_("LEADER", "K")
    with clock.fixed(date(2018, 12, 29)):
        late = {code: roof.late for code, roof in roofs(browser.get(BOARD)).items()}
        said = text(browser.get(BOARD))
    assert late == {"CB01": 0, "CB02": 1, "DB01": 2, "DB02": 1, "DB03": 2}
    assert "2 phiếu quá hạn 9 ngày" in said
    assert "1 phiếu quá hạn 1 ngày" in said


def test_since_when_each_stands_where_it_does(board, as_):
    day = date(2018, 12, 10)
    board.endorse("DB01-01", on=day)
    cells = {cell.row.place.organization.code: cell.standing for cell in cells_of(as_("LEADER", "K").get(BOARD))}
    assert cells["DB01-01"] == SheetStanding(since=day)
    assert cells["DB01-02"] == SheetStanding()
    assert cells["CB01"] == SheetStanding(since=board.today)


# Reminders


def reminded(desk, code):
    return standing_of([desk.sheet(code)])[desk.sheet(code).pk].reminded


def remember(desk, *codes, on=TODAY):
    return {sheet.organization.code for sheet in remind(desk.sheets(*codes), **desk.by(on))}


def test_a_reminder_is_a_word_that_moves_nothing(board):
    before = board.sheet("DB01-02").version, board.sheet("DB01-01").version
    rows = MemberRating.history.count()
    assert remember(board, "DB01-02", "DB01-01") == {"DB01-01", "DB01-02"}
    assert (board.sheet("DB01-02").version, board.sheet("DB01-01").version) == before
    assert (board.state("DB01-02"), board.state("DB01-01")) == ("draft", "submitted")
    assert MemberRating.history.count() == rows
    act = Change.objects.latest("pk")
    assert (act.verb, act.words) == (RatingVerb.REMIND, "Nhắc về phiếu xếp loại")
    assert {(step.before, step.after) for step in Step.objects.filter(added=act)} == {
        ("draft", "draft"),
        ("submitted", "submitted"),
    }


def test_it_holds_until_the_sheet_moves_on(board):
    remember(board, "DB01-01")
    assert reminded(board, "DB01-01") == TODAY
    board.endorse("DB01-01", on=TODAY)
    assert reminded(board, "DB01-01") is None


def test_once_a_day_is_enough(board):
    remember(board, "DB01-02")
    with refused("Các phiếu này đã được nhắc ngày 14/12/2018; mỗi ngày nhắc một lần là đủ."):
        remember(board, "DB01-02")
    assert remember(board, "DB01-02", "DB03-01") == {"DB03-01"}
    Installation.objects.update(demo_day=TODAY + timedelta(days=1))
    assert remember(board, "DB01-02", on=TODAY + timedelta(days=1)) == {"DB01-02"}


@pytest.mark.parametrize(("code", "state"), [("CB01", "đã quyết định"), ("DB02-02", "đã tiếp nhận")])
def test_nobody_is_reminded_of_what_waits_for_the_bloc(board, code, state):
    with refused(f"Phiếu của chi bộ {code} {state}, không còn chờ chi bộ hay đảng ủy."):
        remember(board, "DB01-02", code)


def test_who_has_the_sheet_sees_it_among_their_tasks(board):
    secretary, committee = board.world.user("SECRETARY", "DB01-02"), board.world.user("COMMITTEE", "DB01")
    cell_of_its_own = board.world.user("SECRETARY", "CB02")
    remember(board, "DB01-02", "DB01-01", "CB02")
    for user in (secretary, committee, cell_of_its_own):
        assert tasks_of(user).owed[0].detail.endswith(" Được nhắc ngày 14/12/2018.")
    assert "Được nhắc" not in "".join(task.detail for task in tasks_of(board.world.user("SECRETARY", "DB03-01")).owed)


def test_the_department_reminds_from_the_board_with_a_letter_to_copy(board, as_):
    browser = as_("ORGANIZATION", "K")
    letter = roofs(browser.get(BOARD))["DB01"].reminder.split("\n")
    assert letter == [
        "Kính gửi Tổ chức DB01,",
        "Đến ngày 14/12/2018, xếp loại năm 2018 còn 2 phiếu chưa xong:",
        "- chờ 1 chi bộ nộp, hạn 20/12/2018 (còn 6 ngày): Tổ chức DB01-02.",
        "- chờ đảng ủy duyệt 1 phiếu, hạn 28/12/2018 (còn 14 ngày): Tổ chức DB01-01.",
        "Đề nghị hoàn thành đúng hạn.",
    ]
    assert all(line in text(browser.get(BOARD)) for line in letter)
    sent = {"viec": "remind", "phieu": [board.sheet(code).pk for code in ("DB01-01", "DB01-02")]}
    said = "Đã ghi nhắc về 2 phiếu; chi bộ, đảng ủy thấy lời nhắc ở Việc cần làm."
    done = browser.post(f"{STEP}?trang_thai=draft", sent, follow=True)
    assert (done.redirect_chain[-1][0], said in text(done)) == (f"{BOARD}?trang_thai=draft", True)
    assert roofs(done)["DB01"].reminded == TODAY
    assert "đã nhắc 14/12/2018" in text(done)
    says(browser.post(STEP, sent), "Các phiếu này đã được nhắc ngày 14/12/2018", 400)
    with clock.fixed(date(2018, 12, 29)):
        assert roofs(browser.get(BOARD))["DB01"].reminder.endswith("Đề nghị hoàn thành ngay vì đã quá hạn.")


def test_a_committee_reminds_its_cells(board):
    user = board.world.user("COMMITTEE", "DB01")
    browser = signed_in_as(user)
    page = browser.get("/xep-loai/DB01/2018/")
    assert "Nhắc 1 chi bộ chưa nộp" in text(page)
    assert "Kính gửi các chi bộ, Đến ngày 14/12/2018, xếp loại năm 2018 còn 1 phiếu chưa xong:" in text(page)
    sent = {"viec": "remind", "phieu": board.sheet("DB01-02").pk}
    assert browser.post("/xep-loai/DB01/2018/buoc/", sent).status_code == 302
    assert reminded(board, "DB01-02") == TODAY
    other = {"viec": "remind", "phieu": board.sheet("DB03-01").pk}
    assert browser.post("/xep-loai/DB01/2018/buoc/", other).status_code == 400


def test_others_remind_nobody(board, as_):
    sent = {"viec": "remind", "phieu": board.sheet("DB01-02").pk}
    for role in ("LEADER", "INSPECTION"):
        browser = as_(role, "K")
        assert 'value="remind"' not in browser.get(BOARD).content.decode()
        assert browser.post(STEP, sent).status_code == 403
    secretary = as_("SECRETARY", "DB01-02")
    assert secretary.post("/xep-loai/DB01-02/2018/buoc/", sent).status_code == 403
    assert reminded(board, "DB01-02") is None


def test_the_history_of_a_sheet_tells_it(board, as_):
    remember(board, "DB01-02")
    assert "nhắc chi bộ, đảng ủy về phiếu" in text(as_("ORGANIZATION", "K").get("/xep-loai/DB01-02/2018/lich-su/"))


def test_a_reminder_keeps_no_act_from_being_taken_back(board):
    board.rate(Chi=2, Dung=2)
    board.submit("DB01-02")
    handed_in = Change.objects.latest("pk")
    remember(board, "DB01-02")
    assert list(rated_since(handed_in)) == []
    board.endorse("DB01-02", on=TODAY)
    assert len(list(rated_since(handed_in))) == 1


def test_tasks_are_the_same_without_a_reminder(board, as_):
    assert "Được nhắc" not in text(as_("SECRETARY", "DB01-02").get(TASKS))
