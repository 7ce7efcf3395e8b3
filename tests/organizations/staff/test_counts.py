"""How many work at an organization in a year: entered, corrected, withdrawn; never overwritten (domain §1.1)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ledger.acts import UNCHANGED
from ledger.models import Change, Document
from ledger.soundness import outcomes
from ledger.undo import standing_in_the_way, undo
from ledger.web.opened import Overtaken
from organizations import history
from organizations.models import StaffCount
from organizations.staff.counts import StaffRow, judge, set_staff, texts
from tests.world import TODAY, refused

from .entering import enter, row, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db):
    return Document.objects.create(number="15-BC/SNV", date=date(2018, 1, 10), issuer="Sở Nội vụ")


def test_many_rows_are_one_act_with_its_paper(world, paper):
    made = enter(world, DB01=(40, 20, 5), DB02="trên 30", DB03=(40, None, None, 55), CB01=(7, 0, 0), document=paper)
    assert standing() == {"DB01": "65", "DB02": "trên 30", "DB03": "55", "CB01": "7"}
    (change,) = {count.added for count in made}
    assert (change.words, change.document, change.undoable) == (
        "Ghi số công chức, viên chức, người lao động năm 2017",
        paper,
        True,
    )
    db01 = StaffCount.objects.get(organization=world.org["DB01"])
    assert (db01.civil_servants, db01.public_employees, db01.workers, db01.total) == (40, 20, 5, 65)
    assert str(StaffCount.objects.get(organization=world.org["DB02"])) == "DB02, năm 2017: trên 30"


def test_a_correction_voids_and_inserts(world):
    enter(world, DB01=60, DB02=30)
    enter(world, DB01=65, DB02=30)
    rows = StaffCount.objects.filter(organization=world.org["DB01"]).order_by("pk")
    last = Change.objects.latest("pk")
    assert [(r.total, r.voided) for r in rows] == [(60, last), (65, None)]
    assert StaffCount.objects.filter(organization=world.org["DB02"]).count() == 1


def test_what_stands_already_is_no_act(world, paper):
    enter(world, DB01=(40, 20, 5), DB02="trên 30")
    with refused(UNCHANGED):
        enter(world, DB01=(40, 20, 5), DB02="trên 30")
    with refused(UNCHANGED):
        enter(world, CB01=None)
    enter(world, DB01=(40, 20, 5), document=paper)  # the same number, now by a paper
    assert StaffCount.objects.standing().get(organization=world.org["DB01"]).added.document == paper
    with refused(UNCHANGED):
        enter(world, DB01=(40, 20, 5), document=paper)
    enter(world, DB02=30)  # no longer a bound
    assert standing()["DB02"] == "30"


def test_what_was_entered_in_error_is_withdrawn(world):
    enter(world, DB01=60, DB02=30)
    enter(world, DB01=None)
    assert standing() == {"DB02": "30"}
    assert StaffCount.objects.filter(organization=world.org["DB01"]).count() == 1


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ((40, 20, -5), "người lao động phải là số từ 0 đến 9.999.999."),
        (10_000_000, "tổng số phải là số từ 0 đến 9.999.999."),
        ((40, 20, None), "chưa biết đủ ba số thì cần ghi tổng số; không có ai thì ghi 0."),
        ((40, 20, None, 59), "tổng số 59 ít hơn các số đã ghi cộng lại (60). Hãy xem lại."),
        (
            (400, 800, 5, 1206),
            "tổng số 1.206 khác ba số cộng lại (1.205). Hãy xem lại, hoặc để trống tổng số.",
        ),
    ],
)
def test_numbers_that_contradict_one_another(world, told, sentence):
    with refused(f"DB01, năm 2017: {sentence}"):
        enter(world, DB01=told, DB02=30)
    assert standing() == {}


def test_a_bound_is_of_a_total_that_is_not_known(world):
    whole = StaffRow(
        organization=world.org["DB01"], year=2017, civil_servants=4, public_employees=2, workers=0, at_least=True
    )
    with refused("DB01, năm 2017: đã đủ ba số thì tổng số là chính xác. Hãy bỏ “trên”, hoặc để trống số chưa biết."):
        set_staff([whole], **world.act())
    empty = StaffRow(organization=world.org["DB01"], year=2017, at_least=True)
    with refused("DB01, năm 2017: chưa biết đủ ba số thì cần ghi tổng số; không có ai thì ghi 0."):
        set_staff([empty], **world.act())


def test_every_faulty_row_is_named(world):
    world.found(("DB04", "DBCS", "K"), on=date(2018, 3, 1))
    world.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 7, 1))
    with refused(
        "DB04, năm 2017: tổ chức không hoạt động vào ngày 31/12/2017, nên số này không tính vào đâu. Hãy ghi cho tổ chức "
        "đang hoạt động vào ngày đó.",
        "CB02, năm 2017: tổ chức không hoạt động vào ngày 31/12/2017, nên số này không tính vào đâu. Hãy ghi cho tổ chức "
        "đang hoạt động vào ngày đó.",
        "DB01-01, năm 2017: Tổ chức DB01-01 là chi bộ trực thuộc; số này ghi cho tổ chức cơ sở đảng hoặc đảng bộ khối.",
    ):
        enter(world, DB04=9, CB02=9, DB01=9, DB01_01=9)
    with refused("DB01, năm 2019: năm này chưa tới hoặc quá sớm. Hãy xem lại năm."):
        enter(world, 2019, DB01=9)
    again = [row(world, "DB01", 2017, 9), row(world, "DB02", 2017, 9), row(world, "DB01", 2017, 8)]
    told = "được ghi 2 lần. Hãy để lại một dòng."
    assert judge(again) == [told, "", told]
    with refused(f"DB01, năm 2017: {told}", f"DB01, năm 2017: {told}"):
        set_staff(again, **world.act())


def test_who_comes_second_is_told_what_stands(world):
    """Unless both say the same."""
    world_row = row(world, "DB01", 2017, 60)
    opened = {world_row.key: texts(None)}
    enter(world, DB01="trên 50")
    with pytest.raises(Overtaken, match="DB01, năm 2017 vừa được người khác sửa: tổng số nay là trên 50"):
        set_staff([world_row], **world.act(), opened=opened)
    enter(world, DB01=60)
    with refused(UNCHANGED):
        set_staff([world_row], **world.act(), opened=opened)


def test_five_hundred_rows_cost_as_many_queries_as_two(world):
    world.found(*((f"CB{n}", "CBCS", "K") for n in range(100, 600)))

    def asked(year, codes):
        with CaptureQueriesContext(connection) as found:
            enter(world, year, **dict.fromkeys(codes, 9))
        return len(found)

    few = asked(2016, ["CB100", "CB101"])
    assert asked(2017, [f"CB{n}" for n in range(100, 600)]) <= few + 8  # SQLite takes 999 values at once


def test_the_act_is_told_in_the_history_and_taken_back_whole(world, paper):
    enter(world, DB01=60, on=date(2018, 1, 10))
    enter(world, DB01="trên 5000", CB01=9, on=date(2018, 2, 1), document=paper)
    told = [(e.day, e.text, e.document) for e in history.events(world.org["DB01"])]
    assert told[0] == (date(2018, 2, 1), "Số công chức, viên chức, người lao động năm 2017: trên 5.000", paper)
    change = history.acts(world.org["DB01"])[0]
    assert history.organizations_of(change) == ["CB01", "DB01"]
    undo(change, by=world.by, on=TODAY, reason="ghi nhầm năm")
    assert standing() == {"DB01": "60"}
    assert [act.undone_id is None for act in history.acts(world.org["CB01"])] == [True, False, True]  # founded, too
    first = history.acts(world.org["DB01"])[-2]
    assert standing_in_the_way(first) == []
    undo(first, by=world.by, on=TODAY, reason="ghi nhầm")
    assert standing() == {}


def test_an_organization_does_not_end_before_a_year_of_which_it_has_a_number(world):
    enter(world, 2016, CB02=9)
    enter(world, 2017, CB02=9)
    told = (
        "Tổ chức CB02 đã ghi số công chức, viên chức, người lao động năm 2017; ngày kết thúc phải sau 01/01/2017, hoặc "
    )
    for day in (date(2016, 7, 1), date(2017, 1, 1)):
        with refused(told + "hãy rút số đó trước."):
            world.merge("CB02", "DB02", {"CB02": "DB02-01"}, day)
    world.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 1, 2))
    assert standing() == {"CB02": "9"}  # handed to nobody
    enter(world, 2017, CB02=None)  # but withdrawn at any time
    assert (standing(2017), standing(2016)) == ({}, {"CB02": "9"})


def test_the_self_check_finds_what_cannot_be(world):
    def found():
        return [f.sentence for o in outcomes(quick=True) for f in o.findings if "người lao động" in o.title]

    enter(world, 2014 + 1, DB01=(1, 2, None, 9))
    assert found() == []
    StaffCount.objects.update(total=2)
    assert found() == ["DB01, năm 2015: 2; ba số cộng lại là 3."]
    StaffCount.objects.update(total=9, year=2014)
    assert found() == ["DB01, năm 2014: 9; tổ chức không hoạt động trong năm đó."]


def test_the_database_keeps_one_number_a_year_and_its_parts_whole(world):
    (count,) = enter(world, DB01=(1, 2, 3))
    again = {"organization": world.org["DB01"], "year": 2017, "added": count.added}
    for columns in (
        {"total": 9},
        {"year": 2016, "total": 7, "civil_servants": 1, "public_employees": 2, "workers": 3},
        {"year": 2016, "total": 6, "civil_servants": 1, "public_employees": 2, "workers": 3, "at_least": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffCount.objects.create(**again | columns)
    StaffCount.objects.create(**again | {"year": 2016, "total": 7, "civil_servants": 1, "workers": 3, "at_least": True})
