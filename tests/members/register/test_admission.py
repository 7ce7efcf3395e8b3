"""How people come onto the roll, and from probation to official membership (domain §4.3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.models import Change
from members.life import probation
from members.life import statuses as states
from members.models import Admission, Entry, Exit, Membership, Officialization, Status
from members.register import arrivals
from members.roll.on_a_day import is_probationary, roll
from tests.world import START, TODAY, refused

CEREMONY = date(2017, 3, 10)
YEAR_LATER = date(2018, 3, 10)
EARLY = " mới hết thời gian dự bị. Muốn công nhận sớm hơn, hãy ghi số, ngày và cơ quan ban hành văn bản cho phép."


def row(world, name, day, code="K"):
    return next(r for r in roll(world.org[code], day) if r.member.full_name.endswith(name))


def make_official(world, name, day):
    probation.make_official({world.people[name]: day}, **world.act(max(day, START)))


def test_enroll_brings_someone_admitted_elsewhere(world):
    changes = Change.objects.count()
    member = world.enroll("Vũ Xuân", "CB01", date(2016, 2, 1), entry=Entry.ARRIVED)
    assert Change.objects.count() == changes + 1
    spell = Membership.objects.get(member=member)
    assert (spell.organization, spell.starts, spell.entry) == (world.org["CB01"], date(2016, 2, 1), "ARRIVED")
    admission = Admission.objects.get(member=member)
    # Admitted outside the bloc: it is no admission of any of its cells.
    assert (admission.organization, admission.decided, admission.ceremony) == (
        None,
        date(2010, 5, 1),
        date(2010, 5, 19),
    )
    assert Officialization.objects.get(member=member).on == date(2011, 5, 19)


def test_admit_keeps_both_dates_and_the_youth_flag(world):
    member = world.admit("Vũ Xuân", "DB01-01", CEREMONY, decided=date(2016, 12, 28), youth=True)
    admission = Admission.objects.get(member=member)
    assert (admission.decided, admission.ceremony) == (date(2016, 12, 28), CEREMONY)
    assert (admission.organization, admission.kind, admission.youth) == (world.org["DB01-01"], "ADMITTED", True)
    assert "Xuân" not in world.names("DB01-01", CEREMONY - timedelta(days=1))
    assert "Xuân" in world.names("DB01-01", CEREMONY)
    assert not Officialization.objects.filter(member=member).exists()


def test_who_comes_back_is_the_same_person(world):
    world.leave("An", date(2016, 5, 1), Exit.STRUCK)
    again = world.newcomer("", "CB01", CEREMONY, member=world.people["An"], entry=Entry.READMITTED)
    arrivals.admit([again], **world.act(CEREMONY))
    kinds = Admission.objects.filter(member=world.people["An"]).order_by("ceremony").values_list("kind", flat=True)
    assert list(kinds) == ["ADMITTED", "READMITTED"]
    assert "An" in world.names("CB01", CEREMONY)
    # Official long ago, yet on probation again since the second admission.
    assert is_probationary(row(world, "An", CEREMONY))
    assert not is_probationary(row(world, "An", date(2016, 4, 30)))
    make_official(world, "An", YEAR_LATER)
    assert not is_probationary(row(world, "An", YEAR_LATER))


def test_whoever_is_on_the_roll_does_not_come_again(world):
    again = world.arrival("", "CB01", date(2016, 1, 1), member=world.people["An"], entry=Entry.ARRIVED)
    with refused("Đồng chí Lê An đang sinh hoạt ở chi bộ DB01-01; không ghi thêm lần nữa."):
        arrivals.enroll([again], **world.act())


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (
            {"decided": date(2017, 3, 11)},
            "Vũ Xuân: ngày làm lễ 10/03/2017 trước ngày quyết định 11/03/2017.",
        ),
        ({"official": CEREMONY - timedelta(days=1)}, "Vũ Xuân: ngày chính thức trước ngày kết nạp."),
        ({"entry": Entry.OPENING}, "Vũ Xuân: hình thức kết nạp không hợp lệ."),
        ({"entry": Entry.MOVED}, "Vũ Xuân: hình thức kết nạp không hợp lệ."),
        (
            {"born": date(1999, 4, 1)},
            "Vũ Xuân chưa đủ 18 tuổi vào ngày kết nạp 10/03/2017. Hãy xem lại ngày sinh 01/04/1999 và ngày ấy.",
        ),
    ],
)
def test_an_admission_obeys_its_rules(world, known, sentence):
    with refused(sentence):
        world.admit("Vũ Xuân", "DB01-01", CEREMONY, **known)


def test_one_belongs_to_the_cell_from_the_ceremony(world):
    early = replace(world.newcomer("Vũ Xuân", "DB01-01", CEREMONY), on=CEREMONY - timedelta(days=1))
    with refused("Vũ Xuân: sinh hoạt tại chi bộ tính từ ngày làm lễ kết nạp."):
        arrivals.admit([early], **world.act(CEREMONY))


def test_eighteen_from_the_first_of_the_month(world):
    world.admit("Vũ Xuân", "DB01-01", CEREMONY, born=date(1999, 3, 31), decided=CEREMONY)


def test_enrolling_is_not_a_way_round_admitting(world):
    with refused("Vũ Xuân: dùng việc kết nạp để ghi người mới vào Đảng."):
        world.enroll("Vũ Xuân", "DB01-01", entry=Entry.ADMITTED)
    with refused("Vũ Xuân: ngày làm lễ 30/04/2010 trước ngày quyết định 01/05/2010."):
        world.enroll("Vũ Xuân", "DB01-01", ceremony=date(2010, 4, 30))


@pytest.mark.parametrize("code", ["K", "DB01", "BP01"])
def test_only_a_cell_has_members(world, code):
    sentence = f"Vũ Xuân: Tổ chức {code} không phải chi bộ; đảng viên sinh hoạt ở chi bộ."
    with refused(sentence):
        world.admit("Vũ Xuân", code, CEREMONY)
    with refused(sentence):
        world.enroll("Vũ Xuân", code)


def test_the_cell_stands_on_the_day(world):
    world.found(("CB09", "CBCS", "K"), on=CEREMONY)
    with refused("Vũ Xuân: tổ chức CB09 không tồn tại vào ngày 09/03/2017."):
        world.admit("Vũ Xuân", "CB09", CEREMONY - timedelta(days=1))
    world.admit("Vũ Xuân", "CB09", CEREMONY)
    world.merge("CB02", "DB01", {"CB02": "DB01-01"}, CEREMONY)
    with refused("Vũ Thu: tổ chức CB02 không tồn tại vào ngày 10/03/2017."):
        world.admit("Vũ Thu", "CB02", CEREMONY)


def test_twelve_months_of_probation(world):
    world.admit("Vũ Xuân", "DB01-01", CEREMONY)
    with refused("Vũ Xuân kết nạp ngày 10/03/2017, đến 10/03/2018" + EARLY):
        make_official(world, "Xuân", YEAR_LATER - timedelta(days=1))
    make_official(world, "Xuân", YEAR_LATER)
    with refused("Vũ Xuân không ở trong thời gian dự bị vào ngày 09/04/2018."):
        make_official(world, "Xuân", YEAR_LATER + timedelta(days=30))


def test_a_probation_from_29_february_ends_on_1_march(world):
    world.admit("Vũ Xuân", "DB01-01", date(2016, 2, 29))
    with refused("Vũ Xuân kết nạp ngày 29/02/2016, đến 01/03/2017" + EARLY):
        make_official(world, "Xuân", date(2017, 2, 28))
    make_official(world, "Xuân", date(2017, 3, 1))


def test_official_long_since_or_gone(world):
    with refused("Lê An không ở trong thời gian dự bị vào ngày 10/03/2017."):
        make_official(world, "An", CEREMONY)
    world.leave("An", CEREMONY)
    with refused("Đồng chí Lê An đã chuyển đi đảng bộ khác ngày 10/03/2017, không còn trong danh sách đảng viên."):
        make_official(world, "An", YEAR_LATER)


def test_probation_as_of_a_day(world):
    world.admit("Vũ Xuân", "DB01-01", CEREMONY)
    make_official(world, "Xuân", YEAR_LATER)
    assert is_probationary(row(world, "Xuân", CEREMONY))
    assert is_probationary(row(world, "Xuân", YEAR_LATER - timedelta(days=1)))
    assert not is_probationary(row(world, "Xuân", YEAR_LATER))
    assert not is_probationary(row(world, "An", CEREMONY))


def newcomers(world, count, **faults):
    """`count` rows to admit; `faults`: what is different in the one before the last."""
    rows = [world.newcomer(f"Vũ Xuân{n}", "DB01-01", CEREMONY) for n in range(count)]
    rows[-2:-1] = [world.newcomer("Hồ Lỗi", "DB01-01", CEREMONY, **faults)]
    return rows


@pytest.mark.parametrize("count", [1, 500])
@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        (
            {"born": date(2000, 1, 1)},
            "Hồ Lỗi chưa đủ 18 tuổi vào ngày kết nạp 10/03/2017. Hãy xem lại ngày sinh 01/01/2000 và ngày ấy.",
        ),
        ({"decided": date(2018, 1, 1)}, "Hồ Lỗi: ngày làm lễ 10/03/2017 trước ngày quyết định 01/01/2018."),
    ],
)
def test_one_faulty_row_writes_nothing_and_is_named(world, count, faults, sentence):
    rows = newcomers(world, count, **faults) if count > 1 else [world.newcomer("Hồ Lỗi", "DB01-01", CEREMONY, **faults)]
    with refused(sentence):
        arrivals.admit(rows, **world.act(CEREMONY))


def test_five_hundred_rows_are_one_change_and_no_more_queries_than_five(world, django_assert_max_num_queries):
    changes, rows = Change.objects.count(), newcomers(world, 500)
    with django_assert_max_num_queries(34):  # SQLite takes 999 values at once: rows go in by parts
        arrivals.admit(rows, **world.act(CEREMONY))
    assert Change.objects.count() == changes + 1
    assert Admission.objects.filter(organization=world.org["DB01-01"]).count() == 500
    assert len(world.names("DB01-01", CEREMONY)) == 502


def statuses(name):
    rows = Status.objects.standing().filter(member__full_name__endswith=name).order_by("starts", "kind")
    return [(row.get_kind_display(), row.starts, row.ends) for row in rows]


def test_statuses_are_spells_of_their_own(world):
    an, forever = world.people["An"], date(9999, 12, 31)
    states.exempt([an], **world.act(date(2016, 5, 1)))
    states.set_status([an], Status.Kind.SICK, until=date(2016, 9, 1), **world.act(date(2016, 6, 1)))
    states.lift_status([an], Status.Kind.EXEMPT, **world.act(date(2017, 5, 1)))
    states.suspend([an], **world.act(TODAY))
    assert statuses("An") == [
        ("Được miễn công tác và sinh hoạt đảng", date(2016, 5, 1), date(2017, 5, 1)),
        ("Nghỉ ốm", date(2016, 6, 1), date(2016, 9, 1)),
        ("Bị đình chỉ sinh hoạt đảng", TODAY, forever),
    ]
    # A status takes nobody off the roll.
    assert "An" in world.names("DB01-01", TODAY)
    days = [date(2016, 4, 30), date(2016, 7, 1), date(2017, 4, 30), date(2017, 5, 1), TODAY]
    assert [row(world, "An", day).status for day in days] == [None, 1, 1, None, 2]


def test_a_status_is_for_those_on_the_roll(world):
    world.leave("An", CEREMONY)
    with refused("Đồng chí Lê An đã chuyển đi đảng bộ khác ngày 10/03/2017, không còn trong danh sách đảng viên."):
        states.exempt([world.people["Bình"], world.people["An"]], **world.act(CEREMONY))
    with refused("Võ Bình không ở trạng thái “Nghỉ ốm” vào ngày 10/03/2017."):
        states.lift_status([world.people["Bình"]], Status.Kind.SICK, **world.act(CEREMONY))
