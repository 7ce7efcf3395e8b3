"""The first page of who owes something, as it is seen and used."""

import re
from datetime import date
from html import unescape

from ledger import clock
from organizations.appoint import NewOffice, appoint
from ratings.verdicts.verdicts import Proposal, propose
from tests.hand import signed_in_as
from tests.pages.test_pages_input import in_vietnamese
from tests.ratings.periods.first_pages import BOARD, TASKS, codes, text


def test_who_owes_something_begins_with_it(year, as_):
    for role, code in (("SECRETARY", "DB01-01"), ("SECRETARY", "CB01"), ("COMMITTEE", "DB01")):
        assert as_(role, code).get("/").url == TASKS


def test_who_owes_nothing_begins_with_the_figures(year, as_):
    # A leader who stands before offices of the bloc are given is told of these first
    # (tests/organizations/confirming/test_pages.py).
    for role in ("LEADER", "ORGANIZATION", "INSPECTION", "ADMINISTRATOR"):
        browser = as_(role, "K")
        assert browser.get("/").url.startswith("/chi-tieu/K/"), role
        assert not re.search(r"Việc cần làm \d", text(browser.get(BOARD))), role
    assert text(as_("LEADER", "K").get(TASKS)).count("Không còn việc nào chờ đồng chí.") == 1


def test_the_department_begins_with_what_was_decided(year, as_):
    year.rate_all()
    year.decide("CB01")
    browser = as_("ORGANIZATION", "K")
    assert browser.get("/").url == TASKS
    page = browser.get(TASKS)
    assert "Việc cần làm 1" in text(page)
    onward = re.search(r'<a class="button main" href="([^"]+)"', page.content.decode())[1]
    assert codes(browser.get(unescape(onward))) == ["CB01"]


def test_an_account_without_an_office_has_no_tasks(year, as_):
    page = as_().get(TASKS)
    assert "Không còn việc nào chờ đồng chí." in in_vietnamese(page)


def test_the_list_leads_to_the_oldest_and_tells_what_is_missing(year, as_):
    year.rate(An=2)
    browser = as_("SECRETARY", "DB01-01")
    page = in_vietnamese(browser.get(TASKS))
    assert re.findall(r'<a class="button main" href="([^"]+)"', page) == ["/xep-loai/DB01-01/2018/"]
    said = text(browser.get(TASKS))
    for words in ("Hạn 20/12/2018", "còn 6 ngày", "1/2 đảng viên đã có mức hoặc lý do.", "Võ Bình"):
        assert words in said
    assert "Lê An" not in said
    assert 'class="reminder' not in page


def test_a_reminder_when_it_is_near_and_when_it_is_late(year, as_):
    browser = as_("SECRETARY", "DB01-01")
    for day, said in ((date(2018, 12, 15), "Có 1 việc sắp đến hạn."), (date(2018, 12, 21), "Có 1 việc đã quá hạn.")):
        with clock.fixed(day):
            assert said in text(browser.get(TASKS))
    with clock.fixed(date(2018, 12, 21)):
        assert "quá hạn 1 ngày" in text(browser.get(TASKS))


def test_a_committee_sees_whom_it_waits_for_apart(year, as_):
    year.rate(An=2, Bình=2)
    year.submit("DB01-01")
    page = text(as_("COMMITTEE", "DB01").get(TASKS))
    owed, _, waiting = page.partition("Đang chờ 1 chi bộ nộp phiếu")
    assert "1 phiếu chờ duyệt" in owed
    assert "Tổ chức DB01-02" in waiting
    assert "0/2" in waiting


def test_who_serves_a_cell_that_ended_still_has_the_other(year):
    """The merger leaves the appointment; its page is gone, the tasks of the other office are not."""
    user = year.world.user("SECRETARY", "CB01")
    appoint([NewOffice(user=user, role="SECRETARY", organization=year.world.org["DB01-01"])], **year.by())
    year.world.merge("CB01", "DB01", {"CB01": "DB01-02"}, date(2018, 12, 10))
    browser = signed_in_as(user)
    page = in_vietnamese(browser.get(TASKS))
    assert re.findall(r'<a class="button main" href="([^"]+)"', page) == ["/xep-loai/DB01-01/2018/"]
    assert "/chi-tieu/DB01-01/2018/" in page


def test_who_serves_only_what_ended_has_an_empty_list(year, as_):
    browser = as_("SECRETARY", "CB01")
    year.world.merge("CB01", "DB01", {"CB01": "DB01-02"}, date(2018, 12, 10))
    assert "Không còn việc nào chờ đồng chí." in in_vietnamese(browser.get(TASKS))


def test_tasks_are_only_read(year, as_):
    assert as_("SECRETARY", "DB01-01").post(TASKS).status_code == 405


def test_the_leader_is_led_to_the_organizations(year, as_):
    propose(year.period, [Proposal(organization=year.world.org["DB01"], level=2)], **year.by())
    browser = as_("LEADER", "K")
    assert browser.get("/").url == TASKS
    page = browser.get(TASKS).content.decode()
    assert re.findall(r'<a class="button main" href="([^"]+)"', page) == ["/xep-loai/K/2018/to-chuc/"]
