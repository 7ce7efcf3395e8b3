"""How far the cells are: counted from rows, never more than all; what machines read of it."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ledger import clock
from members.models import Exit
from ratings.models import State
from ratings.periods.progress import by_state, names_missing, progress
from tests.ratings.desk import CELLS, SUBORDINATE, Desk

DECEMBER_10 = date(2018, 12, 10)


@pytest.fixture
def year(world):
    """2018, still open on 14/12/2018."""
    return Desk(world, 2018)


def sheets(*words):
    out = StringIO()
    call_command("sheets", "--period", *words, stdout=out)
    return out.getvalue()


def read(period="2018"):
    return {row["cell"]: row for row in json.loads(sheets(period, "--format", "json"))}


def counts(desk, code):
    (row,) = [row for row in progress(desk.period) if row.place.organization.code == code]
    return row.roll, row.rated, row.out_of_scope, row.not_yet, row.unsettled


def holds(desk):
    """Checks what must hold whatever happened; the codes of the cells expected."""
    rows = progress(desk.period)
    for row in rows:
        assert row.rated + row.out_of_scope + row.not_yet == row.roll
        assert 0 <= row.unsettled <= row.not_yet == len(row.missing)
    assert sum(n for _, n in by_state(rows)) == len(rows)
    return [row.place.organization.code for row in rows]


def test_what_machines_read(year):
    year.rate(An=2, Bình="mien", Chi=2, Dung=2, Phúc=2, Quân=3, Lan="vang_mat")
    year.submit("DB01-02")
    year.decide("CB01")
    rows = json.loads(sheets("2018", "--format", "json"))
    columns = ["organization", "cell", "state", "roll", "rated", "out_of_scope", "not_yet", "waits_for"]
    assert [list(row) for row in rows] == [columns] * 8
    assert [tuple(row.values()) for row in rows] == [
        ("CB01", "CB01", "decided", 2, 2, 0, 0, "Ban Tổ chức Đảng ủy Khối"),
        ("CB02", "CB02", "draft", 2, 0, 0, 2, "Tổ chức CB02"),
        ("DB01", "DB01-01", "draft", 2, 1, 1, 0, "Tổ chức DB01-01"),
        ("DB01", "DB01-02", "submitted", 2, 2, 0, 0, "Tổ chức DB01"),
        ("DB02", "DB02-01", "draft", 2, 0, 0, 2, "Tổ chức DB02-01"),
        ("DB02", "DB02-02", "draft", 2, 0, 0, 2, "Tổ chức DB02-02"),
        ("DB03", "DB03-01", "draft", 2, 0, 0, 2, "Tổ chức DB03-01"),
        ("DB03", "DB03-02", "draft", 2, 0, 0, 2, "Tổ chức DB03-02"),
    ]


def test_what_people_read(year):
    year.rate(Phúc=2, Quân=3)
    year.decide("CB01")
    lines = sheets("2018").splitlines()
    assert lines[0].split("\t") == [
        "CB01",
        "đã quyết định",
        "2/2 được xếp loại, 0 không thuộc diện, 0 chưa",
        "chờ Ban Tổ chức Đảng ủy Khối",
    ]
    assert lines[-1] == "8 chi bộ: 7 nháp, 1 đã quyết định"


def test_a_locked_period_waits_for_nobody(desk):
    desk.finish()
    desk.lock()
    rows = read("2017").values()
    assert {(row["state"], row["waits_for"]) for row in rows} == {("locked", None)}
    assert sheets("2017").splitlines()[0].endswith("\t–")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2017", "Chưa mở kỳ xếp loại 2017. Đang có: 2018."),
        ("2018-q4", "Chưa mở kỳ xếp loại 2018-q4. Đang có: 2018."),
        ("nam", "“nam” không phải là kỳ. Hãy viết 2018 hoặc 2025-q4."),
        ("2018-q5", "“2018-q5” không phải là kỳ. Hãy viết 2018 hoặc 2025-q4."),
    ],
)
def test_a_period_that_is_none(year, typed, said):
    with pytest.raises(CommandError) as caught:
        sheets(typed)
    assert str(caught.value) == said


def test_the_three_parts_make_up_the_roll(year):
    """A reason that postpones settles the line, yet leaves its member not yet rated."""
    assert counts(year, "DB01-01") == (2, 0, 0, 2, 2)
    year.rate(An="mien")
    assert counts(year, "DB01-01") == (2, 0, 1, 1, 1)
    year.rate(Bình="vang_mat")
    assert counts(year, "DB01-01") == (2, 0, 1, 1, 0)
    holds(year)
    year.rate(Bình=3)
    assert counts(year, "DB01-01") == (2, 1, 1, 0, 0)
    assert holds(year) == ["CB01", "CB02", *SUBORDINATE]


def test_a_line_of_one_who_left_counts_nowhere(year):
    year.rate(An=2, Bình=2)
    year.world.leave("An", DECEMBER_10, Exit.DEPARTED)
    assert counts(year, "DB01-01") == (1, 1, 0, 0, 0)
    year.world.leave("Bình", DECEMBER_10, Exit.DIED)
    assert counts(year, "DB01-01") == (0, 0, 0, 0, 0)
    holds(year)


def test_who_came_after_the_decision_is_missing_again(year):
    year.rate_all()
    year.decide("CB01")
    year.world.transfer("An", "CB01", DECEMBER_10)
    assert counts(year, "CB01") == (3, 2, 0, 1, 1)
    (row,) = progress(year.period, {year.world.org["CB01"].pk})
    assert row.missing == (year.world.people["An"].pk,)
    holds(year)


def test_the_missing_are_known_by_name_in_their_order(year):
    year.rate(Chi=2)
    cells = {year.world.org[code].pk for code in ("DB01-01", "DB01-02")}
    assert list(names_missing(progress(year.period, cells)).values()) == ["Lê An", "Võ Bình", "Võ Dung"]


def test_what_was_founded_in_the_year_is_expected(year):
    year.world.found(("CB03", "CBCS", "K"), ("DB01-03", "CBTT", "DB01"), on=DECEMBER_10)
    assert set(holds(year)) == {*CELLS, "CB03", "DB01-03"}
    assert counts(year, "CB03") == (0, 0, 0, 0, 0)


def test_what_was_dissolved_in_the_year_is_not(year):
    year.rate_all()
    year.decide("CB01")
    year.world.merge("CB01", "DB01", {"CB01": "DB01-02"}, DECEMBER_10)
    assert set(holds(year)) == set(CELLS) - {"CB01"}
    assert counts(year, "DB01-02") == (4, 2, 0, 2, 2)
    assert not any(row.is_decided for row in progress(year.period))


def test_what_began_or_ended_after_the_cut_off_changes_nothing(desk):
    """The period of 2017 is looked at on 31/12/2017, though today is in 2018."""
    desk.decide_all()
    before = read("2017")
    desk.world.found(("CB03", "CBCS", "K"), on=date(2018, 1, 2))
    desk.world.merge("CB01", "DB01", {"CB01": "DB01-02"}, date(2018, 2, 1))
    desk.world.leave("Chi", date(2018, 3, 1), Exit.DEPARTED)
    assert read("2017") == before
    assert set(holds(desk)) == set(CELLS)


def test_completeness_is_never_over_the_whole(year):
    """A cell that was decided and then left the tree takes its decision with it."""
    year.decide_all()
    rows = progress(year.period)
    assert (sum(row.is_decided for row in rows), len(rows)) == (8, 8)
    year.world.merge("CB01", "DB01", {"CB01": "DB01-02"}, DECEMBER_10)
    rows = progress(year.period)
    assert (sum(row.is_decided for row in rows), len(rows)) == (7, 7)


def test_whose_turn_it_is_and_until_when(year):
    year.rate_all()
    turns = {}
    for step in (None, year.submit, year.endorse, year.decide, year.accept):
        if step:
            step("DB03-01")
        (row,) = progress(year.period, {year.world.org["DB03-01"].pk})
        turns[State(row.sheet.state)] = (row.waits_for, f"{row.deadline.due:%d/%m/%Y}", row.deadline.days_left)
    assert turns == {
        State.DRAFT: ("Tổ chức DB03-01", "20/12/2018", 6),
        State.SUBMITTED: ("Tổ chức BP01", "28/12/2018", 14),
        State.ENDORSED: ("Tổ chức DB03", "28/12/2018", 14),
        State.DECIDED: ("Ban Tổ chức Đảng ủy Khối", "15/01/2019", 32),
        State.ACCEPTED: ("Ban Tổ chức Đảng ủy Khối", "15/01/2019", 32),
    }


def test_a_cell_that_decides_itself_has_the_committees_deadline(year):
    (row,) = progress(year.period, {year.world.org["CB01"].pk})
    assert (row.waits_for, row.deadline.due, row.is_own_roof) == ("Tổ chức CB01", year.period.committee_due, True)


@pytest.mark.parametrize(
    ("day", "words", "late", "near"),
    [
        (date(2018, 12, 14), "còn 6 ngày", False, False),
        (date(2018, 12, 15), "còn 5 ngày", False, True),
        (date(2018, 12, 20), "hôm nay là hạn cuối", False, True),
        (date(2018, 12, 21), "quá hạn 1 ngày", True, True),
        (date(2019, 1, 4), "quá hạn 15 ngày", True, True),
    ],
)
def test_deadlines_in_words(year, day, words, late, near):
    with clock.fixed(day):
        (row,) = progress(year.period, {year.world.org["DB01-01"].pk})
        deadline = row.deadline
        assert (deadline.words, deadline.is_late, deadline.is_near, row.is_late) == (words, late, near, late)


def test_the_number_of_queries_does_not_grow(year, django_assert_num_queries):
    one = {year.world.org["CB01"].pk}
    with clock.fixed(), django_assert_num_queries(5):
        progress(year.period, one)
    year.rate_all()
    year.submit(*SUBORDINATE)
    for n in range(3):
        year.world.found((f"DB01-1{n}", "CBTT", "DB01"), on=DECEMBER_10)
        year.world.enroll(f"Lê Thêm{n}", f"DB01-1{n}", DECEMBER_10)
    with clock.fixed(), django_assert_num_queries(5):
        assert len(progress(year.period)) == 11


def test_a_locked_board_keeps_what_a_back_dated_merger_took_out_of_the_tree(desk):
    """Recorded after the lock, dated before the cut-off: the locked sheets stay, under the names they last had."""
    desk.finish()
    desk.lock()
    before = read("2017")
    desk.world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, date(2017, 12, 20))
    now = read("2017")
    assert now.keys() == before.keys()
    assert now["DB01-01"] == before["DB01-01"]
    assert (now["DB01-01"]["organization"], now["DB01-02"]["organization"]) == ("DB01", "DB02")
    some = progress(desk.period, {desk.world.org["DB01-01"].pk})
    assert [row.place.name for row in some] == ["Tổ chức DB01-01"]
