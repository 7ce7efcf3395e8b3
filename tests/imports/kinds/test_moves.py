"""Moves and departures from files: in the order of their days, once; what is newer in the register stays; whose they are."""

from datetime import date, timedelta

import pytest

from imports.kinds.kind import NOT_HIS
from imports.kinds.registry import kind_of
from imports.runs import store
from members.life import sanctions
from members.models import Discipline, Exit, Membership
from members.register import arrivals
from members.rights import may_be_taken_back
from tests.imports.by_file import answered, looked_at, table, written
from tests.world import START, recorded, refused

ON = date(2017, 12, 31)
HEADER = ("Họ tên", "Ngày sinh", "Số thẻ", "Chi bộ", "Biến động", "Đến chi bộ", "Ngày")
BORN = "15/06/1980"
PAPER = {"so": "12-BC", "ngay": "31/12/2017", "co_quan": "Ban Tổ chức"}


def row(name, day, *, to="", what="", cell="", born=BORN, card=""):
    return (name, born, card, cell, what, to, day)


def stays(person):
    """[(cell, from, to, why)] of somebody, read off the rows alone."""
    rows = Membership.objects.filter(member=person, voided=None).order_by("starts")
    return [(spell.organization.code, spell.starts, spell.ends, spell.exit) for spell in rows]


def last(world, name):
    return stays(world.people[name])[-1]


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def test_moves_of_one_person_follow_one_another_whatever_their_order_in_the_file(world, office):
    file = table(
        HEADER,
        row("Lê An", "01/09/2016", to="CB01", cell="DB02-01"),
        row("Lê An", "01/03/2016", to="DB02-01", cell="DB01-01", what="Chuyển sinh hoạt"),
        row("Võ Bình", "02/05/2017", what="từ trần"),
        row("Lê An", "01/02/2017", what="Chuyển đi"),
    )
    brought = written("chuyen-sinh-hoat", file, office, on=ON)
    assert brought.counts == {"sua": 4}
    assert [(code, starts) for code, starts, _, _ in stays(world.people["An"])] == [
        ("DB01-01", date(2015, 1, 1)),
        ("DB02-01", date(2016, 3, 1)),
        ("CB01", date(2016, 9, 1)),
    ]
    assert last(world, "An")[2:] == (date(2017, 2, 1), Exit.DEPARTED)
    assert last(world, "Bình")[2:] == (date(2017, 5, 2), Exit.DIED)
    assert brought.rows[2]["changes"] == [
        ["Sinh hoạt", "Tổ chức DB02-01, Tổ chức DB02", "Tổ chức CB01"],
    ]
    before = recorded()
    assert looked_at("chuyen-sinh-hoat", file, office, on=ON).counts == {"giu": 4}
    assert recorded() == before


def test_it_is_undone_whole_by_who_could_bring_it(world, office):
    before = {name: stays(world.people[name]) for name in ("An", "Bình")}
    file = table(
        HEADER,
        row("Lê An", "01/03/2016", to="CB01"),
        row("Lê An", "01/04/2016", to="CB02"),
        row("Võ Bình", "01/03/2016", what="Chuyển đi"),
    )
    run = written("chuyen-sinh-hoat", file, office, on=ON).run
    assert may_be_taken_back(office, [run.change]) == {run.change.pk}
    other = world.user("COMMITTEE", "DB01")
    with refused(NOT_HIS):
        store.take_back(run, by=other, reason="Nhầm tệp")
    store.take_back(run, by=office, reason="Nhầm tệp")
    assert {name: stays(world.people[name]) for name in before} == before


def test_a_committee_takes_back_its_own_transfers(world):
    committee = world.user("COMMITTEE", "DB01")
    run = written("chuyen-sinh-hoat", table(HEADER, row("Lê An", "01/03/2016", to="DB01-02")), committee, on=ON).run
    store.take_back(run, by=committee, reason="Nhầm tệp")
    assert last(world, "An")[0] == "DB01-01"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (row("Lê An", "", to="CB01"), "Từ ngày", "Ô này để trống."),
        (row("", "01/03/2016", to="CB01"), "Họ và tên", "Cần số thẻ đảng viên, hoặc họ tên và ngày sinh."),
        (row("Lê Ân", "01/03/2016", to="CB01", born="1/2/1970"), "", "Không có Lê Ân, sinh 01/02/1970 trong sổ"),
        (row("Lê An", "01/03/2016"), "Việc", "Hãy ghi việc gì."),
        (row("Lê An", "01/03/2016", what="đi chơi"), "Việc", "Không hiểu “đi chơi”."),
        (row("Lê An", "01/03/2016", what="Chuyển sinh hoạt"), "Chuyển đến chi bộ", "Chuyển trong Khối cần có chi bộ"),
        (row("Lê An", "01/03/2016", to="CB09"), "Chuyển đến chi bộ", "Không có tổ chức “CB09” vào ngày 01/03/2016."),
        (row("Lê An", "01/03/2016", to="DB02"), "Chuyển đến chi bộ", "Tổ chức DB02 không phải chi bộ"),
        (row("Lê An", "01/03/2016", to="DB01-01"), "Chuyển đến chi bộ", "Lê An đang sinh hoạt ở DB01-01"),
        (
            row("Lê An", "01/03/2016", to="CB01", cell="CB02"),
            "Chi bộ trước khi chuyển",
            "Lê An đang sinh hoạt ở DB01-01",
        ),
        (row("Lê An", "01/03/2019", to="CB01"), "Từ ngày", "Ngày 01/03/2019 còn ở phía trước."),
        (row("Lê An", "01/03/2016", what="Xóa tên"), "Việc", "Xóa tên cần có văn bản."),
        (row("Lê An", "01/03/2016", what="Khai trừ"), "Việc", "Khai trừ do Ủy ban Kiểm tra nhập"),
    ],
)
def test_what_is_wrong_with_a_row(office, cells, column, reason):
    brought = looked_at("chuyen-sinh-hoat", table(HEADER, cells), office, on=ON)
    assert brought.counts in ({"loi": 1}, {"hoi": 1})
    assert (brought.columns(2)[0], brought.reasons(2)[0][: len(reason)]) == (column, reason)


def test_what_the_register_has_newer_stays(world, office):
    world.transfer("An", "CB01", date(2017, 6, 1))
    brought = looked_at("chuyen-sinh-hoat", table(HEADER, row("Lê An", "01/03/2016", to="CB02")), office, on=ON)
    assert brought.reasons(2)[0].startswith(
        "Sổ ghi Lê An đến CB01 ngày 01/06/2017, không trước ngày của dòng này: ghi theo tệp là bỏ việc mới hơn."
    )
    world.leave("Bình", date(2017, 6, 1))
    brought = looked_at("chuyen-sinh-hoat", table(HEADER, row("Võ Bình", "01/08/2017", to="CB02")), office, on=ON)
    assert "ngày 01/06/2017, không còn trong danh sách đảng viên." in brought.reasons(2)[0]


def test_a_row_that_waits_for_one_that_is_refused(world, office):
    file = table(
        HEADER,
        row("Lê An", "01/09/2016", to="CB02"),
        row("Lê An", "01/03/2016", to="CB09"),
        row("Võ Bình", "01/03/2016", to="CB02"),
    )
    brought = looked_at("chuyen-sinh-hoat", file, office, on=ON)
    assert brought.counts == {"loi": 1, "sua": 2}  # the first says nothing of the second's cell
    file = table(
        HEADER,
        row("Lê An", "01/09/2016", to="CB02"),
        row("Lê An", "01/03/2016", to="DB01-01"),
        row("Lê An", "01/04/2017", what="Chuyển đi"),
    )
    brought = looked_at("chuyen-sinh-hoat", file, office, on=ON)
    assert brought.counts == {"loi": 3}
    assert brought.reasons(4) == ["Việc trước đó của đồng chí này, ở dòng 3, chưa ghi được. Hãy sửa dòng ấy trước."]


def test_a_refusal_found_in_writing_holds_back_what_follows_of_that_person_alone(world, office):
    """What was recorded after the day, such as a discipline, is found by the verb alone."""
    sanctions.discipline(
        [(world.people["An"], Discipline.Kind.REPRIMAND, date(2017, 8, 1))], **world.act(date(2017, 8, 1))
    )
    file = table(
        HEADER,
        row("Lê An", "01/03/2016", to="CB02"),
        row("Lê An", "01/06/2017", what="Chuyển đi"),
        row("Võ Bình", "02/03/2016", to="CB02"),
    )
    brought = written("chuyen-sinh-hoat", file, office, on=ON)
    assert brought.counts == {"sua": 2, "loi": 1}
    assert brought.reasons(3)[0].startswith("Lê An có kỷ luật")
    assert (last(world, "An")[0], last(world, "Bình")[0]) == ("CB02", "CB02")


def brought_in(world, name, code, **known):
    (member,) = arrivals.enroll([world.arrival(name, code, member=world.person(name, **known))], **world.act(START))
    return member


def test_namesakes_are_told_apart_by_the_cell_they_were_in(world, office):
    twin = brought_in(world, "Lê An", "CB01")
    file = table(HEADER, row("Lê An", "01/03/2016", to="CB02", cell="CB01"))
    written("chuyen-sinh-hoat", file, office, on=ON)
    assert (stays(twin)[-1][0], last(world, "An")[0]) == ("CB02", "DB01-01")
    assert looked_at("chuyen-sinh-hoat", file, office, on=ON).counts == {"giu": 1}
    brought = looked_at("chuyen-sinh-hoat", table(HEADER, row("Lê An", "01/03/2017", to="DB02-01")), office, on=ON)
    assert brought.counts == {"hoi": 1}
    answer = next(answer for answer, words in brought.rows[2]["question"]["options"] if "CB02" in words)
    assert answered(brought, row_2=answer).rows[2]["changes"][0][1] == "Tổ chức CB02"
    assert answered(brought, row_2="bo").counts == {"bo": 1}


def test_a_card_alone_is_enough(world, office):
    member = brought_in(world, "Trần Xuân", "DB01-01", card_number="00123456")
    file = table(HEADER, row("", "01/03/2016", to="CB01", born="", card="123456"))
    assert written("chuyen-sinh-hoat", file, office, on=ON).counts == {"sua": 1}
    assert stays(member)[-1][0] == "CB01"
    unknown = table(HEADER, row("", "01/03/2016", to="CB01", born="", card="00999999"))
    assert looked_at("chuyen-sinh-hoat", unknown, office, on=ON).reasons(2) == [
        "Không có người có số thẻ 00999999 trong sổ, trong phạm vi của đồng chí."
    ]


def test_rights_are_those_of_the_forms(world):
    committee = world.user("COMMITTEE", "DB01")
    file = table(
        HEADER,
        row("Lê An", "01/03/2016", to="DB01-02"),
        row("Võ Bình", "01/03/2016", to="CB01"),
        row("Lê Chi", "01/03/2016", what="Chuyển đi"),
        row("Lê Hà", "01/03/2016", to="DB01-01"),
    )
    brought = looked_at("chuyen-sinh-hoat", file, committee, on=ON)
    assert brought.counts == {"sua": 1, "loi": 3}
    assert brought.reasons(3) == [
        "Đồng chí không có quyền chuyển sinh hoạt đảng ở CB01. Hãy bỏ dòng này, hoặc nhờ nơi có quyền nhập."
    ]
    assert brought.reasons(4)[0].startswith(
        "Đồng chí không có quyền ghi kết nạp, chính thức, chuyển đến, ra khỏi danh sách ở DB01-02."
    )
    assert brought.reasons(5)[0].startswith("Không có Lê Hà")  # nothing is told of who is not theirs to see


def test_who_brings_which(world):
    roles = ("ORGANIZATION", "INSPECTION", "LEADER")
    opens = {
        role: [kind_of(code).is_open_to(world.user(role, "K")) for code in ("chuyen-sinh-hoat", "khai-tru")]
        for role in roles
    }
    assert opens == {"ORGANIZATION": [True, False], "INSPECTION": [False, True], "LEADER": [False, False]}


def test_the_inspectors_bring_expulsions_with_their_paper(world):
    inspector = world.user("INSPECTION", "K")
    file = table(("Họ tên", "Ngày sinh", "Chi bộ", "Ngày"), ("Lê An", BORN, "DB01-01", "01/03/2016"))
    assert looked_at("khai-tru", file, inspector, on=ON).reasons(2) == [
        "Khai trừ cần có văn bản. Hãy ghi văn bản kèm tệp, hoặc số, ngày quyết định và cơ quan ban hành ở dòng này."
    ]
    change = written("khai-tru", file, inspector, on=ON, **PAPER).run.change
    assert last(world, "An")[2:] == (date(2016, 3, 1), Exit.EXPELLED)
    assert may_be_taken_back(inspector, [change]) == {change.pk}
    assert not may_be_taken_back(world.user("ORGANIZATION", "K"), [change])


def test_queries_do_not_grow_with_rows(world, office, django_assert_max_num_queries):
    days = [date(2016, 1, 1) + timedelta(days=30 * n) for n in range(24)]
    names = ("Lê An", "Võ Bình", "Lê Chi", "Võ Dung", "Lê Đức", "Võ Giang", "Lê Hà", "Võ Khánh")
    rows = [
        row(name, f"{day:%d/%m/%Y}", to=("CB01", "CB02")[n % 2]) for name in names for n, day in enumerate(days[:2])
    ]
    with django_assert_max_num_queries(150):
        looked_at("chuyen-sinh-hoat", table(HEADER, *rows), office, on=ON)
