"""How inspections and letters are counted (domain §6 rows 5–7, shapes §1–2)."""

from datetime import date

import pytest

from indicators.measures import MEASURES
from inspections.checks.register import InspectionPlan, carry_out, register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters, resolve_letters
from inspections.models import Inspection, InspectionSubject, Letter

from .board import counted, window

Kind = Inspection.Kind
JUNE = date(2017, 6, 1)
KTGS = (
    "planned planned_done planned_inspections planned_inspections_done planned_supervisions planned_supervisions_done"
)


def inspect(world, kind=Kind.INSPECTION, conductor="K", year=2017, planned=True, title="Kiểm tra", **subjects):
    named = tuple((world.org[code.replace("_", "-")], day) for code, day in subjects.items())
    plan = InspectionPlan(
        year=year, kind=kind, title=title, conductor=world.org[conductor], subjects=named, planned=planned
    )
    return register_inspections([plan], **world.act())[0]


def test_the_unit_is_one_organization_in_one_inspection(world):
    inspect(world, DB01=JUNE, DB02=JUNE, CB01=JUNE)
    inspect(world, Kind.SUPERVISION, DB01=JUNE, DB01_01=JUNE)
    assert counted(world, KTGS, "K") == [5, 5, 3, 3, 2, 2]


def test_what_was_planned_and_not_done_counts_at_the_cut_off(world):
    made = inspect(world, DB01=JUNE, DB02=None)
    assert counted(world, KTGS, "K")[:2] == [2, 1]
    planned = InspectionSubject.objects.get(inspection=made, organization__code="DB02")
    carry_out({planned: date(2017, 12, 31)}, **world.act())
    assert counted(world, KTGS, "K")[:2] == [2, 2]
    # As of November it was planned and not yet done.
    assert counted(world, KTGS, "K", last=date(2017, 11, 30))[:2] == [2, 1]


def test_work_counts_for_who_did_it_and_for_nobody_above(world):
    inspect(world, conductor="DB01", DB01_01=JUNE, DB01_02=JUNE)
    found = {code: counted(world, "planned planned_done", code) for code in ("DB01", "DB01-01", "K")}
    assert found == {"DB01": [2, 2], "DB01-01": [0, 0], "K": [0, 0]}


def test_what_stood_in_no_plan_is_left_out_with_the_reason(world):
    inspect(world, DB01=JUNE)
    inspect(world, planned=False, DB02=JUNE)
    inspect(world, Kind.FINANCE, CB01=JUNE)
    assert counted(world, KTGS, "K") == [1, 1, 1, 1, 0, 0]
    left_out = MEASURES["planned"].excluded(world.org["K"], window(2017)).values_list("organization__code", "why")
    assert dict(left_out) == {"DB02": "ngoài kế hoạch", "CB01": "kiểm tra tài chính, tính ở nhóm riêng"}


def test_a_plan_belongs_to_its_year(world):
    inspect(world, year=2016, DB01=date(2016, 6, 1))
    assert counted(world, KTGS, "K") == [0] * 6
    assert counted(world, KTGS, "K", 2016)[:2] == [1, 1]


def test_finance_checks_count_grassroots_organizations_once(world):
    inspect(world, Kind.FINANCE, DB01=JUNE, CB01=JUNE, DB02_01=JUNE, DB03=None)
    inspect(world, Kind.FINANCE, title="Kiểm tra, đợt 2", DB01=date(2017, 9, 1))
    inspect(world, DB02=JUNE)
    assert counted(world, "finance_checked grassroots", "K") == [2, 5]
    assert counted(world, "finance_checked grassroots", "DB01") == [1, 1]
    assert counted(world, "finance_checked grassroots", "DB02") == [0, 1]
    assert counted(world, "finance_checked", "K", last=date(2017, 5, 31)) == [0]
    assert counted(world, "finance_checked", "K", 2018) == [0]


def test_an_organization_checked_and_merged_leaves_both_numbers(world):
    inspect(world, Kind.FINANCE, CB01=JUNE)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2017, 7, 1))
    assert counted(world, "finance_checked grassroots", "K") == [0, 4]
    assert counted(world, "finance_checked grassroots", "K", last=date(2017, 6, 30)) == [1, 5]


@pytest.fixture
def letter(world):
    def make(accepted=date(2017, 3, 8), due=date(2017, 6, 6), resolved=None, code="DB01-01", number="01/ĐT"):
        row = ReceivedLetter(
            number=number,
            organization=world.org[code],
            received_on=date(2017, 3, 1),
            accepted_on=accepted,
            due_on=due,
            resolved_on=resolved,
        )
        return register_letters([row], **world.act())[0]

    return make


def letters(world, year=2017, code="K", last=None):
    """(due or resolved, resolved in time)"""
    return tuple(counted(world, "letters_due letters_in_time", code, year, last))


def test_resolved_in_time(world, letter):
    letter(resolved=date(2017, 5, 5))
    assert [letters(world, code=code) for code in ("K", "DB01", "DB01-01", "DB02")] == [(1, 1)] * 3 + [(0, 0)]


def test_resolved_on_the_last_day_and_the_day_after(world, letter):
    letter(resolved=date(2017, 6, 6))
    letter(resolved=date(2017, 6, 7), number="02/ĐT")
    assert letters(world) == (2, 1)


def test_not_resolved_at_all(world, letter):
    letter()
    assert letters(world) == (1, 0)
    why = MEASURES["letters_in_time"].excluded(world.org["K"], window(2017)).values_list("why", flat=True)
    assert list(why) == ["chưa giải quyết"]


def test_not_accepted_is_left_out(world, letter):
    letter(accepted=None)
    assert letters(world) == (0, 0)
    why = MEASURES["letters_due"].excluded(world.org["K"], window(2017)).values_list("why", flat=True)
    assert list(why) == ["chưa thụ lý"]


def test_due_next_year_carries_over(world, letter):
    letter(due=date(2018, 1, 15))
    assert [letters(world, year) for year in (2017, 2018)] == [(0, 0), (1, 0)]


def test_due_next_year_and_resolved_before_belongs_to_this_year(world, letter):
    letter(due=date(2018, 1, 15), resolved=date(2017, 12, 20))
    assert [letters(world, year) for year in (2017, 2018)] == [(1, 1), (0, 0)]


def test_due_this_year_and_resolved_late_in_the_next_is_counted_once(world, letter):
    made = letter(due=date(2017, 12, 20))
    resolve_letters({made: date(2018, 2, 1)}, **world.act())
    assert [letters(world, year) for year in (2017, 2018)] == [(1, 0), (0, 0)]
    assert Letter.objects.count() == 2


def test_before_it_is_due_it_is_nobodys_arrear(world, letter):
    letter()
    assert letters(world, last=date(2017, 6, 5)) == (0, 0)
    assert letters(world, last=date(2017, 6, 6)) == (1, 0)
