"""What each user owes, and whom they wait for."""

from datetime import date, timedelta

import pytest

from ledger import clock
from ledger.models import Installation, User
from members.models import Exit
from organizations.appoint import NewOffice, appoint
from ratings.models import OrganizationRating
from ratings.periods import periods
from ratings.tasks.tasks import Duty, count_owed, tasks_of
from ratings.verdicts.verdicts import record_tasks
from tests.hand import signed_in_as
from tests.ratings.desk import CELLS, RATED, Desk
from tests.ratings.periods.first_pages import codes
from tests.ratings.tasks.proposing import put_forward

JANUARY = date(2019, 1, 17)


def fresh(user):
    """The same account as a new request meets it."""
    return User.objects.get(pk=user.pk)


def owed(user):
    """[(Duty, code)] in the order shown; as many as every page counts."""
    found = [(task.duty, task.place.organization.code) for task in tasks_of(fresh(user)).owed]
    assert count_owed(fresh(user)) == len(found)
    return found


def details(user):
    return [task.detail for task in tasks_of(fresh(user)).owed]


def waited(user):
    return [row.place.organization.code for row in tasks_of(fresh(user)).waiting]


def say_work(desk, *codes):
    done = dict.fromkeys((desk.world.org[code] for code in codes), OrganizationRating.Task.COMPLETED)
    record_tasks(desk.period, done, **desk.by())


def test_a_secretary_owes_the_sheet_until_it_is_submitted(year):
    user = year.world.user("SECRETARY", "DB01-01")
    assert owed(user) == [(Duty.FILL, "DB01-01")]
    assert details(user) == ["0/2 đảng viên đã có mức hoặc lý do. Chi bộ chưa tự đề nghị mức của mình."]
    assert tasks_of(user).owed[0].names == ("Lê An", "Võ Bình")
    year.rate(An=2)
    assert details(user) == ["1/2 đảng viên đã có mức hoặc lý do. Chi bộ chưa tự đề nghị mức của mình."]
    assert tasks_of(user).owed[0].names == ("Võ Bình",)
    put_forward(year, "DB01-01")
    year.rate(Bình=2)
    assert details(user) == ["Đã đủ 2/2 đảng viên; còn đọc lại và gửi."]
    year.submit("DB01-01")
    assert owed(user) == []


def test_the_department_urges_those_whose_day_has_passed(year):
    """Eight sheets, none begun: nothing to urge while there is time; the link opens exactly those that are late."""
    user = year.world.user("ORGANIZATION", "K")
    assert owed(user) == []
    Installation.objects.update(demo_day=year.period.cell_due + timedelta(days=1))
    urging = tasks_of(fresh(user)).owed
    assert [(task.duty, task.place.organization.code) for task in urging] == [(Duty.URGE, "K")]
    assert count_owed(fresh(user)) == 1 and urging[0].deadline.is_late
    late = {code for code in CELLS if year.world.org[code].code not in ("CB01", "CB02")}
    assert urging[0].detail == f"{len(late)} phiếu quá hạn, ở 3 tổ chức cơ sở đảng."
    page = signed_in_as(fresh(user)).get(urging[0].url)
    assert set(codes(page)) == late
    leader, committee = year.world.user("LEADER", "K"), year.world.user("COMMITTEE", "DB01")
    assert Duty.URGE not in {task.duty for who in (leader, committee) for task in tasks_of(fresh(who)).owed}


def test_a_proposal_left_out_is_owed_after_the_sheet_went_up(year):
    user = year.world.user("SECRETARY", "DB01-01")
    year.rate(An=2, Bình=2)
    year.submit("DB01-01")
    assert owed(user) == [(Duty.PROPOSE, "DB01-01")]
    year.rate_organizations(DB01_01=2)
    assert owed(user) == []


def test_a_returned_sheet_comes_back_with_its_reason(year):
    user = year.world.user("SECRETARY", "DB01-01")
    put_forward(year, "DB01-01")
    year.rate(An=2, Bình=2)
    year.submit("DB01-01")
    year.send_back("DB01-01", reason="Ghi lại mức của đồng chí An")
    assert owed(user) == [(Duty.FILL, "DB01-01")]
    said = "Phiếu bị trả lại: “Ghi lại mức của đồng chí An”. Đã đủ 2/2 đảng viên; còn đọc lại và gửi."
    assert details(user) == [said]


def test_a_cell_that_decides_itself(year):
    user = year.world.user("SECRETARY", "CB01")
    assert owed(user) == [(Duty.FILL_OWN, "CB01"), (Duty.WORK, "CB01")]
    year.rate(Phúc=2, Quân=2)
    year.decide("CB01")
    assert owed(user) == [(Duty.PROPOSE, "CB01"), (Duty.WORK, "CB01")]
    put_forward(year, "CB01")
    say_work(year, "CB01")
    assert owed(user) == []


def test_a_committee(year):
    user = year.world.user("COMMITTEE", "DB01")
    own = [(Duty.PROPOSE, "DB01"), (Duty.WORK, "DB01"), (Duty.RATE_CELLS, "DB01")]
    assert owed(user) == own
    assert waited(user) == ["DB01-01", "DB01-02"]
    assert details(user)[-1] == "2 chi bộ chưa có mức: Tổ chức DB01-01, Tổ chức DB01-02."
    year.rate(An=2, Bình="mien", Chi=2, Dung="vang_mat")
    year.submit("DB01-01", "DB01-02")
    year.endorse("DB01-02")
    assert owed(user) == [(Duty.APPROVE, "DB01"), *own]
    assert waited(user) == []
    assert {task.deadline.due for task in tasks_of(user).owed} == {year.period.committee_due}
    first = tasks_of(user).owed[0]
    assert (first.what, first.url) == ("2 phiếu chờ duyệt", "/xep-loai/DB01/2018/#duyet")
    told = "4 đảng viên: 2 được xếp loại, 1 không thuộc diện, 1 chưa xếp loại."
    assert first.detail == f"Tổ chức DB01-01, Tổ chức DB01-02. {told}"
    year.endorse("DB01-01")
    year.decide("DB01-02")
    first = tasks_of(fresh(user)).owed[0]
    assert (first.what, first.detail) == ("1 phiếu chờ duyệt", "2 đảng viên: 1 được xếp loại, 1 không thuộc diện.")
    year.decide("DB01-01")
    put_forward(year, "DB01")
    say_work(year, "DB01")
    assert owed(user) == [(Duty.RATE_CELLS, "DB01")]
    year.rate_organizations(DB01_01=2, DB01_02="to_chuc_moi")
    assert owed(user) == []


def test_a_committee_waits_for_cells_below_its_sections_too(year):
    user = year.world.user("COMMITTEE", "DB03")
    assert waited(user) == ["DB03-01", "DB03-02"]
    (task,) = [t for t in tasks_of(user).owed if t.duty == Duty.RATE_CELLS]
    assert task.url == "/xep-loai/DB03/2018/to-chuc/"


def test_a_committee_owes_nothing_of_another(year):
    user = year.world.user("COMMITTEE", "DB02")
    year.rate(An=2, Bình=2)
    year.submit("DB01-01")
    assert {code for _, code in owed(user)} == {"DB02"}


def test_the_organization_department_accepts_then_locks(year):
    user = year.world.user("ORGANIZATION", "K")
    assert owed(user) == []
    year.decide_all()
    assert owed(user) == [(Duty.ACCEPT, "K")]
    assert details(user) == ["8 phiếu đã quyết định, chờ tiếp nhận."]
    year.accept()
    codes = [code.replace("-", "_") for code in RATED]
    year.rate_organizations(**dict.fromkeys(codes, 2))
    assert owed(user) == []
    with clock.fixed(date(2018, 12, 31)):
        assert owed(user) == []
    with clock.fixed(JANUARY):
        assert owed(user) == [(Duty.LOCK, "K")]
        assert tasks_of(fresh(user)).owed[0].deadline.words == "quá hạn 2 ngày"
        year.lock(JANUARY)
        assert owed(user) == []


def test_the_leader_decides_what_was_proposed(year):
    user = year.world.user("LEADER", "K")
    year.decide_all()
    put_forward(year, "DB01-01")
    assert owed(user) == []
    put_forward(year, "DB01", "CB01")
    assert owed(user) == [(Duty.RATE_GRASSROOTS, "K")]
    assert details(user) == ["2 tổ chức đã tự đề nghị, chưa có quyết định."]
    year.rate_organizations(DB01=2, CB01=2)
    assert owed(user) == []


def test_who_owes_nothing(year, django_assert_num_queries):
    year.decide_all()
    for user in (year.world.user("INSPECTION", "K"), year.world.user(), User.objects.create_superuser("goc")):
        assert owed(user) == []
    administrator = User.objects.get(username="goc")
    with clock.fixed(), django_assert_num_queries(1):
        count_owed(administrator)


def test_an_office_that_ended_owes_nothing(year):
    user = year.world.user("SECRETARY", "DB01-01", since=date(2018, 2, 1))
    assert owed(year.world.dismiss(user, date(2018, 12, 14))) == []


def test_the_most_overdue_first(year):
    """A quarter opened late lies before the year; within a day the way of the work decides."""
    quarter = periods.open_period(2018, quarter=3, **year.by())
    user = year.world.user("SECRETARY", "CB01")
    year.world.leave("Quân", date(2018, 12, 3), Exit.DEPARTED)
    found = [(task.period, task.duty) for task in tasks_of(user).owed]
    assert found == [
        (quarter, Duty.FILL_OWN),
        (year.period, Duty.FILL_OWN),
        (year.period, Duty.WORK),
    ]
    first = tasks_of(user).owed[0]
    assert (first.url, first.deadline.words) == ("/xep-loai/CB01/2018-q3/", "quá hạn 68 ngày")
    assert first.names == ("Lê Phúc", "Võ Quân")  # the roll of 30/09


def test_two_offices_are_one_list(year):
    user = year.world.user("SECRETARY", "DB01-01")
    appoint([NewOffice(user=user, role="COMMITTEE", organization=year.world.org["DB02"])], **year.by())
    assert [code for _, code in owed(user)] == ["DB01-01", "DB02", "DB02", "DB02"]


@pytest.mark.parametrize(("role", "code"), [("SECRETARY", "DB01-01"), ("COMMITTEE", "DB01"), ("ORGANIZATION", "K")])
def test_the_number_of_queries_does_not_grow(year, role, code, django_assert_max_num_queries):
    user = year.world.user(role, code)
    year.rate(An=2, Phúc=2, Quân=2)
    year.decide("CB01")

    def queries(ask):
        with clock.fixed(), django_assert_max_num_queries(20) as asked:
            ask(fresh(user))
        return len(asked)

    before = queries(count_owed), queries(tasks_of)
    for n in range(4):
        year.world.found((f"DB01-1{n}", "CBTT", "DB01"), on=date(2018, 12, 10))
        year.world.enroll(f"Lê Thêm{n}", f"DB01-1{n}", date(2018, 12, 10))
        year.world.enroll(f"Lê Nữa{n}", "DB01-01", date(2018, 12, 10))
    assert (queries(count_owed), queries(tasks_of)) == before
    assert before[0] <= 9


def where(user):
    return {task.duty: task.url for task in tasks_of(fresh(user)).owed}


def test_what_a_handed_in_sheet_takes_no_more_is_done_on_the_page_of_levels(year):
    user = year.world.user("SECRETARY", "CB01")
    assert where(user) == dict.fromkeys((Duty.FILL_OWN, Duty.WORK), "/xep-loai/CB01/2018/")
    year.rate(Phúc=2, Quân=2)
    year.decide("CB01")
    assert where(user) == dict.fromkeys((Duty.PROPOSE, Duty.WORK), "/xep-loai/CB01/2018/to-chuc/")


# The day of the period


JUNE = date(2018, 6, 1)


@pytest.fixture
def spring(world):
    """The first quarter of 2018, opened in its last month and still open in December."""
    return Desk(world, 2018, quarter=1)


def test_a_quarter_is_owed_by_whom_the_cell_hung_under_then(spring):
    old, new = spring.world.user("COMMITTEE", "DB01"), spring.world.user("COMMITTEE", "DB02")
    spring.world.move("DB01-02", "DB02", JUNE)
    assert waited(old) == ["DB01-01", "DB01-02"]
    assert waited(new) == ["DB02-01", "DB02-02"]
    for user, cells in ((old, "Tổ chức DB01-01, Tổ chức DB01-02"), (new, "Tổ chức DB02-01, Tổ chức DB02-02")):
        assert details(user)[-1] == f"2 chi bộ chưa có mức: {cells}."


def test_the_quarter_of_a_cell_that_ended_is_owed_by_who_took_it_over(spring):
    user, cell = spring.world.user("COMMITTEE", "DB02"), spring.world.user("SECRETARY", "DB01-01")
    spring.world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, JUNE)
    assert owed(cell) == []  # the office ended with its cell; who took it over finishes the sheet
    assert (Duty.FILL, "DB01-01") in owed(user)
    spring.rate(on=date(2018, 3, 31), An=2, Bình=2)
    spring.submit("DB01-01")
    assert (Duty.APPROVE, "DB01") in owed(user)
    assert {code for _, code in owed(user)} == {"DB01", "DB01-01", "DB02"}


def test_a_year_still_open_when_its_committee_ended(year):
    year.decide_all()
    user = year.world.user("COMMITTEE", "DB02")
    year.send_back("DB01-02", reason="Xem lại")
    year.submit("DB01-02")
    with clock.fixed(date(2019, 1, 10)):
        year.world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, date(2019, 1, 5))
        found = owed(user)
    assert (Duty.APPROVE, "DB01") in found
    assert (Duty.PROPOSE, "DB01") in found


def test_nobody_is_asked_for_a_closed_period(desk):
    desk.finish()
    desk.lock()
    assert [owed(desk.world.user("SECRETARY", code)) for code in CELLS] == [[]] * 8
