"""Probation from the ceremony to its end: recognised, early by a document, extended, struck off; and who is due when."""

from datetime import date, timedelta

import pytest

from ledger import months
from ledger.documents import document
from ledger.models import Change
from members.life import probation
from members.life.due import on_probation
from members.models import Extension, Officialization
from members.register import arrivals
from members.roll.on_a_day import is_probationary, roll
from members.roll.probation_path import a_year_after
from tests.world import TODAY, refused

CEREMONY = date(2018, 3, 10)
END = date(2019, 3, 10)
DAY = date(2018, 9, 1)


@pytest.fixture
def world(world):
    world.admit("Trần Mới", "DB01-01", CEREMONY)
    return world


def paper():
    return document("12-QĐ/ĐUK", date(2018, 8, 30), "Đảng ủy Khối")


def members(world, *names):
    return [world.people[name] for name in names]


def on_roll_and_probation(world, code, day):
    """Given names of those on probation on the roll, told the other way: row by row of the roll."""
    rows = roll(world.org[code], day)
    return {row.member.full_name.split()[-1] for row in rows if is_probationary(row)}


def early(name, until="10/03/2019"):
    return (
        f"{name} kết nạp ngày 10/03/2018, đến {until} mới hết thời gian dự bị. "
        "Muốn công nhận sớm hơn, hãy ghi số, ngày và cơ quan ban hành văn bản cho phép."
    )


# Recognition


def test_earlier_than_twelve_months_only_by_a_document(world):
    (new,) = members(world, "Mới")
    with refused(early("Trần Mới")):
        probation.make_official({new: DAY}, **world.act())
    probation.make_official({new: DAY}, **world.act(document=paper()))
    assert Officialization.objects.get(member=new).on == DAY
    assert on_roll_and_probation(world, "K", DAY) == set()


def test_one_of_many_too_early_and_nobody_is_recognised(world):
    people = [world.admit(f"Hồ X{n}", "CB01", date(2017, 5, n + 1)) for n in range(9)]
    rows = {member: date(2018, 6, 1) for member in [*people, *members(world, "Mới")]}
    with refused(early("Trần Mới")):
        probation.make_official(rows, **world.act())
    del rows[world.people["Mới"]]
    probation.make_official(rows, **world.act())
    assert Officialization.objects.filter(on=date(2018, 6, 1)).count() == 9


def test_not_on_the_day_of_the_ceremony_even_by_a_document(world):
    (new,) = members(world, "Mới")
    with refused("Trần Mới: ngày công nhận chính thức phải sau ngày kết nạp 10/03/2018."):
        probation.make_official({new: CEREMONY}, **world.act(document=paper()))


def test_not_twice_whichever_day_is_given(world):
    (new,) = members(world, "Mới")
    probation.make_official({new: DAY}, **world.act(document=paper()))
    with refused("Trần Mới không ở trong thời gian dự bị vào ngày 02/09/2018."):
        probation.make_official({new: DAY + timedelta(days=1)}, **world.act())
    with refused("Trần Mới đã được công nhận chính thức từ 01/09/2018."):
        probation.make_official({new: DAY - timedelta(days=1)}, **world.act(document=paper()))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2018, 3, 9), "Đồng chí Trần Mới vào danh sách đảng viên ngày 10/03/2018; ngày 09/03/2018 chưa có tên."),
        (date(2018, 12, 15), "Trần Mới: ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."),
    ],
)
def test_only_on_a_day_on_the_roll(world, day, sentence):
    with refused(sentence):
        probation.make_official({world.people["Mới"]: day}, **world.act(document=paper()))


def test_the_dead_are_not_recognised(world):
    world.leave("Mới", DAY, "DIED")
    with refused("Đồng chí Trần Mới đã từ trần ngày 01/09/2018, không còn trong danh sách đảng viên."):
        probation.make_official({world.people["Mới"]: TODAY}, **world.act(document=paper()))


# Extension


def extend(world, until, on=DAY, name="Mới"):
    probation.extend_probation({world.people[name]: until}, **world.act(on))


def test_an_extension_moves_the_end(world):
    extend(world, date(2019, 9, 10))
    (due,) = on_probation(world.org["K"], TODAY)
    assert (due.until, due.extended, due.left) == (date(2019, 9, 10), True, 270)
    with refused(early("Trần Mới", "10/09/2019")):
        probation.make_official({world.people["Mới"]: TODAY}, **world.act())


def test_before_it_was_decided_probation_ended_as_usual(world):
    extend(world, date(2019, 9, 10))
    extend(world, date(2019, 12, 10), on=date(2018, 11, 1))
    ends = [on_probation(world.org["K"], day)[0].until for day in (DAY - timedelta(days=1), DAY, date(2018, 11, 1))]
    assert ends == [END, date(2019, 9, 10), date(2019, 12, 10)]


@pytest.mark.parametrize(
    ("until", "on", "sentence"),
    [
        (END, DAY, "Trần Mới dự bị đến 10/03/2019 (đủ 12 tháng); ngày gia hạn đến phải sau ngày đó."),
        (date(2018, 10, 1), DAY, "Trần Mới dự bị đến 10/03/2019 (đủ 12 tháng); ngày gia hạn đến phải sau ngày đó."),
        (
            date(2019, 5, 1),
            date(2018, 3, 1),
            "Đồng chí Trần Mới vào danh sách đảng viên ngày 10/03/2018; ngày 01/03/2018 chưa có tên.",
        ),
    ],
)
def test_an_extension_lengthens_a_probation(world, until, on, sentence):
    with refused(sentence):
        extend(world, until, on)


def test_a_second_extension_comes_later_and_ends_later(world):
    extend(world, date(2019, 9, 10))
    with refused("Trần Mới dự bị đến 10/09/2019 (được gia hạn); ngày gia hạn đến phải sau ngày đó."):
        extend(world, date(2019, 9, 10), on=TODAY)
    with refused("Trần Mới đã có quyết định gia hạn dự bị ngày 01/09/2018; ngày gia hạn phải sau đó."):
        extend(world, date(2019, 12, 10), on=date(2018, 8, 1))


def test_who_is_official_has_no_probation_to_extend(world):
    with refused("Lê An không ở trong thời gian dự bị vào ngày 01/09/2018."):
        probation.extend_probation(dict.fromkeys(members(world, "Mới", "An"), date(2019, 9, 1)), **world.act(DAY))
    probation.make_official({world.people["Mới"]: TODAY}, **world.act(document=paper()))
    with refused("Trần Mới đã được công nhận chính thức từ 14/12/2018; không gia hạn dự bị nữa."):
        extend(world, date(2019, 9, 10))
    assert not Extension.objects.exists()


def test_an_extension_belongs_to_its_own_probation(world):
    extend(world, date(2019, 9, 10))
    world.leave("Mới", date(2018, 10, 1), "STRUCK")
    again = world.newcomer("", "CB01", date(2018, 11, 20), member=world.people["Mới"], entry="READMITTED")
    arrivals.admit([again], **world.act(date(2018, 11, 20)))
    (due,) = on_probation(world.org["K"], TODAY)
    assert (due.until, due.extended) == (date(2019, 11, 20), False)


# Ended without recognition


def test_who_is_not_recognised_is_struck_off(world):
    changes = Change.objects.count()
    probation.end_probation({world.people["Mới"]: DAY}, **world.act(DAY, reason="Không đủ tư cách"))
    assert Change.objects.count() == changes + 1
    assert Change.objects.latest("pk").words == "Không công nhận chính thức, xóa tên"
    assert world.people["Mới"].memberships.standing().get().exit == "STRUCK"
    assert "Mới" not in world.names("DB01-01", DAY)


def test_ending_probation_needs_a_reason_and_a_probation(world):
    with refused("Không công nhận chính thức cần nêu lý do."):
        probation.end_probation({world.people["Mới"]: DAY}, **world.act(DAY))
    with refused("Lê An không ở trong thời gian dự bị vào ngày 01/09/2018."):
        rows = dict.fromkeys(members(world, "Mới", "An"), DAY)
        probation.end_probation(rows, **world.act(DAY, reason="Không đủ tư cách"))
    with refused("Trần Mới đến chi bộ DB01-01 ngày 10/03/2018; ngày đi phải sau ngày đó."):
        rows = {world.people["Mới"]: CEREMONY}
        probation.end_probation(rows, **world.act(reason="Không đủ tư cách"))


# Who is due


def test_the_due_are_those_on_probation_on_the_roll_that_day(world):
    world.admit("Hồ Xuân", "CB01", date(2017, 4, 1))
    world.admit("Hồ Thu", "DB03-01", date(2017, 12, 20))
    world.leave("Thu", date(2018, 11, 1))
    world.transfer("Mới", "CB02", date(2018, 6, 15))
    probation.make_official({world.people["Xuân"]: date(2018, 5, 2)}, **world.act(date(2018, 5, 2)))
    for code in ("K", "DB01", "CB02", "CB01", "DB03"):
        for day in (date(2018, 3, 9), CEREMONY, date(2018, 5, 1), date(2018, 5, 2), date(2018, 6, 15), TODAY):
            found = {due.member.full_name.split()[-1] for due in on_probation(world.org[code], day)}
            assert found == on_roll_and_probation(world, code, day), (code, day)


@pytest.mark.parametrize(
    ("day", "left", "alert"),
    [
        (date(2018, 12, 9), 91, None),
        (date(2018, 12, 10), 90, 90),
        (date(2019, 1, 8), 61, 90),
        (date(2019, 1, 9), 60, 60),
        (date(2019, 2, 7), 31, 60),
        (date(2019, 2, 8), 30, 30),
        (date(2019, 3, 9), 1, 30),
        (END, 0, 0),
        (date(2019, 3, 11), -1, 0),
    ],
)
def test_the_alerts(world, day, left, alert):
    (due,) = on_probation(world.org["K"], day)
    assert (due.left, due.alert, due.has_come) == (left, alert, left <= 0)


def test_the_nearest_first_in_as_many_queries(world, django_assert_num_queries):
    world.admit("Hồ Xuân", "CB01", date(2018, 1, 2))
    world.admit("Hồ Ân", "CB02", CEREMONY)
    with django_assert_num_queries(2):
        found = [due.member.full_name for due in on_probation(world.org["K"], TODAY)]
    assert found == ["Hồ Xuân", "Hồ Ân", "Trần Mới"]
    for n in range(20):
        world.admit(f"Hồ M{n}", "CB02", DAY)
    with django_assert_num_queries(2):
        assert len(on_probation(world.org["K"], TODAY)) == 23


def test_months_on():
    assert months.after(date(2018, 1, 31), 1) == date(2018, 3, 1)
    assert months.after(date(2018, 11, 30), 3) == date(2019, 3, 1)
    assert months.after(date(2018, 9, 30), 3) == date(2018, 12, 30)
    assert months.after(date(2018, 12, 31), 24) == date(2020, 12, 31)
    assert [a_year_after(d) for d in (date(2016, 2, 29), date(2018, 12, 31))] == [date(2017, 3, 1), date(2019, 12, 31)]
