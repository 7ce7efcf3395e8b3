"""Letters from files: received, carried on, resolved, passed on; told to nobody who does not keep them."""

from datetime import date

import pytest
from django.urls import reverse

from imports.kinds.registry import kind_of
from imports.models import ImportRun, KnownHeading
from imports.runs import store
from inspections.custody import stays
from inspections.handover.hand_over import LeftOpen, hand_over
from inspections.letters import confidential, letters
from inspections.letters.rules import ReceivedLetter
from inspections.models import Forwarding, Letter, Outcome, Result
from inspections.undoing import NOT_HIS
from inspections.visibility import keeps_letter
from ledger.documents import document
from ledger.models import Change, User
from members.reorganizing.plan_bloc import ending
from organizations.forest import Forest
from tests.imports.by_file import answered, job, looked_at, opened, table, written
from tests.world import TODAY, recorded, refused

ON = date(2017, 12, 31)
HEADER = (
    "Số đơn",
    "Tổ chức",
    "Ngày nhận",
    "Ngày thụ lý",
    "Hạn",
    "Ngày giải quyết",
    "Kết quả",
    "Chuyển đến",
    "Ngày chuyển",
)
NAMED = "Đơn tố cáo Trần Xuân.xlsx"


def row(number="01/ĐT", where="DB01", received="01/03/2017", accepted="", due="06/06/2017", resolved="", *rest):
    return (number, where, received, accepted, due, resolved, *rest, *[""] * (3 - len(rest)))


def stands():
    """{number: (organization, received, accepted, due, resolved)} counted from the rows alone."""
    rows = Letter.objects.filter(voided=None).select_related("organization")
    return {
        r.number: (r.organization.code, r.received_on, r.accepted_on, r.due_on, r.resolved_on, r.place.code)
        for r in rows
    }


@pytest.fixture
def inspector(world):
    return world.user("INSPECTION", "K")


@pytest.fixture
def results(db):
    return list(Result.objects.order_by("code"))


def receive(world, number="01/ĐT", code="DB01", received_on=date(2017, 3, 1), due_on=date(2017, 6, 6), on=None, **days):
    letter = ReceivedLetter(number=number, organization=world.org[code], received_on=received_on, due_on=due_on, **days)
    return letters.register_letters([letter], **world.act(on or received_on))[0]


def test_letters_come_in_one_act_and_once(world, inspector, results):
    file = table(
        HEADER,
        row("01/ĐT", "DB01", "01/03/2017", "08/03/2017", "06/06/2017", "05/05/2017", results[0].name),
        row("02/ĐT", "Tổ chức DB02-01", "2-4-2017", "", "30/06/2017"),
        row("03/ĐT", "CB01", "02/04/2017", "", "30/06/2017", "", "", "Tỉnh ủy", "10/04/2017"),
    )
    acts = Change.objects.count()
    assert written("don-thu", file, inspector, on=ON).counts == {"tao": 3}
    assert Change.objects.count() == acts + 1
    received, due = date(2017, 4, 2), date(2017, 6, 30)
    assert stands() == {
        "01/ĐT": ("DB01", date(2017, 3, 1), date(2017, 3, 8), date(2017, 6, 6), date(2017, 5, 5), "DB01"),
        "02/ĐT": ("DB02-01", received, None, due, None, "DB02-01"),
        "03/ĐT": ("CB01", received, None, due, None, "CB01"),
    }
    assert [o.result for o in Outcome.objects.all()] == [results[0]]
    assert [(f.to, f.on) for f in Forwarding.objects.all()] == [("Tỉnh ủy", date(2017, 4, 10))]
    before = recorded()
    assert looked_at("don-thu", file, inspector, on=ON).counts == {"giu": 3}
    assert recorded() == before


def test_a_letter_is_carried_on_and_blank_cells_erase_nothing(world, inspector, results):
    receive(world)
    brought = written(
        "don-thu",
        table(HEADER, row("01/đt", accepted="08/03/2017", due="08/06/2017", resolved="05/05/2017")),
        inspector,
        on=ON,
    )
    assert brought.rows[2]["changes"] == [
        ["Thụ lý ngày", "chưa", "08/03/2017"],
        ["Hạn giải quyết", "06/06/2017", "08/06/2017"],
        ["Giải quyết xong ngày", "chưa", "05/05/2017"],
    ]
    assert stands()["01/ĐT"][2:5] == (date(2017, 3, 8), date(2017, 6, 8), date(2017, 5, 5))
    later = table(HEADER, ("01/ĐT", "DB01", "01/03/2017", "", "", "", results[1].name, "", ""))
    brought = written("don-thu", later, inspector, on=ON)
    assert brought.rows[2]["changes"] == [["Kết quả", "chưa", results[1].name]]
    assert stands()["01/ĐT"][2:5] == (date(2017, 3, 8), date(2017, 6, 8), date(2017, 5, 5))
    again = table(HEADER, ("01/ĐT", "DB01", "01/03/2017", "", "", "", results[0].name, "", ""))
    assert looked_at("don-thu", again, inspector, on=ON).rows[2]["changes"] == [
        ["Kết quả", results[1].name, results[0].name]
    ]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (row(where="DB09"), "Tổ chức có đảng viên bị tố cáo", "Không có tổ chức “DB09” vào ngày 01/03/2017."),
        (row(received="01/03/2019"), "", "Đơn 01/ĐT: ngày 01/03/2019 còn ở phía trước."),
        (row(accepted="28/02/2017"), "", "Đơn 01/ĐT: ngày thụ lý trước ngày nhận."),
        (row(due="28/02/2017"), "", "Đơn 01/ĐT: hạn giải quyết trước ngày thụ lý."),
        (row(due=""), "Hạn giải quyết", "Đơn chưa có trong sổ cần có hạn giải quyết."),
        (row(resolved="05/05/2017"), "", "Đơn 01/ĐT: giải quyết xong phải sau khi thụ lý."),
        (
            row("01/ĐT", "DB01", "01/03/2017", "", "06/06/2017", "", "Chắc là đúng"),
            "Kết quả",
            "Không có “Chắc là đúng”",
        ),
        (
            row("01/ĐT", "DB01", "01/03/2017", "", "06/06/2017", "", "", "Tỉnh ủy"),
            "Chuyển ngày",
            "Đơn đã chuyển cần có cả nơi chuyển đến và ngày chuyển.",
        ),
        (
            row("01/ĐT", "DB01", "01/03/2017", "08/03/2017", "06/06/2017", "", "", "Tỉnh ủy", "01/02/2017"),
            "Chuyển ngày",
            "Đơn 01/ĐT: đã thụ lý ngày 08/03/2017; đơn đã thụ lý thì ghi giải quyết xong.",
        ),
        (row("0" * 41), "Số đơn", "Ô này dài 41 ký tự, chỉ ghi được 40. Hãy viết ngắn lại."),
    ],
)
def test_what_is_wrong_with_a_row(inspector, cells, column, reason):
    brought = looked_at("don-thu", table(HEADER, cells), inspector, on=ON)
    assert brought.counts == {"loi": 1}
    assert brought.columns(2)[0] == column
    assert brought.reasons(2)[0].startswith(reason)


def test_a_letter_that_was_passed_on_is_not_accepted(world, inspector):
    letter = receive(world)
    letters.forward_letters({letter: ("Tỉnh ủy", date(2017, 3, 5))}, **world.act(date(2017, 3, 5)))
    brought = looked_at("don-thu", table(HEADER, row(accepted="08/03/2017")), inspector, on=ON)
    assert brought.reasons(2) == ["Đơn 01/ĐT: đã chuyển đến Tỉnh ủy ngày 05/03/2017."]
    other = row("01/ĐT", "DB01", "01/03/2017", "", "06/06/2017", "", "", "Công an", "05/03/2017")
    brought = looked_at("don-thu", table(HEADER, other), inspector, on=ON)
    assert brought.reasons(2)[0].startswith("Sổ ghi đơn đã chuyển đến Tỉnh ủy ngày 05/03/2017.")


def test_one_letter_twice_in_a_file(inspector):
    brought = looked_at("don-thu", table(HEADER, row(), row("01/đt")), inspector, on=ON)
    assert brought.counts == {"tao": 1, "loi": 1}
    assert brought.reasons(3) == ["Đơn này đã ghi ở dòng 2. Hãy bỏ một dòng, hoặc xem lại số đơn."]


def test_what_may_be_a_letter_entered_in_error_is_asked(world, inspector):
    letter = receive(world)
    brought = looked_at("don-thu", table(HEADER, row(received="02/03/2017")), inspector, on=ON)
    question = brought.rows[2]["question"]
    assert question["text"] == "Đơn 01/ĐT có thể đã có trong sổ."
    assert question["options"] == [
        [str(letter.file_id), "Là đơn 01/ĐT về DB01, nhận ngày 01/03/2017: sửa theo tệp"],
        ["khac", "Là đơn khác, chưa có trong sổ"],
        ["bo", "Bỏ qua dòng này"],
    ]
    assert answered(brought, row_2="bo").counts == {"bo": 1}
    assert answered(brought, row_2="khac").counts == {"tao": 1}
    assert answered(brought, row_2=str(letter.file_id)).rows[2]["changes"] == [
        ["Nhận ngày", "01/03/2017", "02/03/2017"]
    ]
    moved = looked_at("don-thu", table(HEADER, row(where="DB02")), inspector, on=ON)
    assert answered(moved, row_2=str(letter.file_id)).rows[2]["changes"] == [["Tổ chức", "DB01", "DB02"]]


def test_two_rows_said_to_be_one_letter(world, inspector):
    letter = receive(world)
    brought = looked_at(
        "don-thu", table(HEADER, row(received="02/03/2017"), row(received="03/03/2017")), inspector, on=ON
    )
    both = answered(brought, row_2=str(letter.file_id), row_3=str(letter.file_id))
    assert both.counts == {"sua": 1, "loi": 1}
    assert both.reasons(3) == ["Đơn 01/ĐT đã ghi ở dòng 2. Hãy giữ một dòng cho mỗi đơn."]


def test_a_file_older_than_the_register_is_asked_about(world, inspector):
    receive(world, accepted_on=date(2017, 3, 8), due_on=date(2018, 3, 1), on=date(2018, 1, 20))
    brought = looked_at("don-thu", table(HEADER, row(due="01/02/2018")), inspector, on=ON)
    assert brought.rows[2]["question"]["text"] == "Sổ đã ghi đơn này ngày 20/01/2018, sau ngày của tệp."
    assert answered(brought, row_2="tep").rows[2]["changes"] == [["Hạn giải quyết", "01/03/2018", "01/02/2018"]]


def test_only_inspectors_bring_letters(world):
    roles = {"INSPECTION": True, "LEADER": False, "ORGANIZATION": False}
    assert {role: kind_of("don-thu").is_open_to(world.user(role, "K")) for role in roles} == roles
    assert not kind_of("don-thu").is_open_to(world.user("COMMITTEE", "DB01"))


def test_letters_of_another_bloc_are_refused_alike_whether_they_stand_or_not(world, inspector):
    world.found(("R1", "KHOI", None), ("CB90", "CBCS", "R1"), on=date(2016, 1, 1))
    receive(world, code="CB90")
    brought = looked_at(
        "don-thu", table(HEADER, row(where="CB90"), row("02/ĐT", "CB90"), row("01/ĐT", "DB01")), inspector, on=ON
    )
    assert brought.counts == {"loi": 2, "tao": 1}
    nowhere = "Không có tổ chức “CB90” vào ngày 01/03/2017. Hãy ghi mã tổ chức, hoặc tên như trong danh sách."
    assert brought.reasons(2) == brought.reasons(3) == [nowhere]


def test_a_letter_is_theirs_who_kept_letters_there_on_the_day_it_came(world, inspector):
    world.found(("R1", "KHOI", None), on=date(2016, 1, 1))
    world.move("CB02", "R1", date(2018, 1, 1))
    file = table(HEADER, row(where="CB02"), row("02/ĐT", "CB02", "01/03/2018", "", "06/06/2018"))
    before, since = inspector, world.user("INSPECTION", "R1", since=date(2016, 1, 1))
    outcomes = [
        [looked_at("don-thu", file, user, on=TODAY).rows[n]["outcome"] for n in (2, 3)] for user in (before, since)
    ]
    assert outcomes == [["tao", "loi"], ["loi", "tao"]]


def test_a_letter_is_written_on_by_those_alone_who_write_on_it_by_hand(world, inspector):
    """Handed over to another bloc it is that one's, along the tree of the day and not of today."""
    letter = receive(world, received_on=date(2018, 5, 2), due_on=date(2018, 12, 1))
    day = date(2018, 6, 15)
    world.found(("R1", "KHOI", None), ("R2", "KHOI", None), on=date(2018, 5, 1))
    users = [world.user("INSPECTION", code, since=date(2018, 5, 1)) for code in ("K", "R1", "R2")]
    file = table(HEADER, row(received="02/05/2018", accepted="09/05/2018", due="01/12/2018"))

    def by_hand_and_by_file():
        anew = [User.objects.get(pk=user.pk) for user in users]
        by_hand = [keeps_letter(user, stays(letter)) for user in anew]
        by_file = [looked_at("don-thu", file, user, on=TODAY).counts == {"sua": 1} for user in anew]
        assert by_hand == by_file
        return by_hand

    assert by_hand_and_by_file() == [True, False, False]
    organizations = Forest.on(day).children("K")
    world.carry_out(ending(["K"], dict.fromkeys(organizations, "R1") | {organizations[0]: "R2"}), day)
    assert by_hand_and_by_file() == [False, True, False]
    paper = document("1-QĐ", day, "Tỉnh ủy")
    hand_over(LeftOpen({letter: world.org["R2"]}), **world.act(day, document=paper))
    assert by_hand_and_by_file() == [False, False, True]


def test_neither_the_act_nor_what_is_remembered_names_the_file(world, inspector):
    run = opened("don-thu", table(HEADER, row()), inspector, on=ON)
    ImportRun.objects.filter(pk=run.pk).update(name=NAMED)
    run = ImportRun.objects.get(pk=run.pk)
    wanted = job(run)
    assert (wanted.source, wanted.reason) == (NAMED, "Nhập từ tệp")
    change = written("don-thu", table(HEADER, row()), inspector, on=ON).run.change
    assert (change.words, change.detail, change.reason) == ("Nhập đơn thư tố cáo từ tệp", "", "Nhập từ tệp")
    assert not KnownHeading.objects.filter(kind="don-thu").exists()


def test_the_act_is_found_by_those_alone_who_read_its_letters(world, inspector):
    change = written("don-thu", table(HEADER, row()), inspector, on=ON).run.change
    leader, department = world.user("LEADER", "K"), world.user("ORGANIZATION", "K")
    found = {user: change in confidential.open_acts(user) for user in (inspector, leader, department)}
    assert found == {inspector: True, leader: True, department: False}


def test_it_is_undone_whole(world, inspector, results):
    receive(world)
    before = stands()
    file = table(
        HEADER,
        row(accepted="08/03/2017", due="07/06/2017", resolved="05/05/2017"),
        row("02/ĐT", "CB01", "02/04/2017", "", "30/06/2017", "", "", "Tỉnh ủy", "10/04/2017"),
    )
    run = written("don-thu", file, inspector, on=ON).run
    world.found(("R1", "KHOI", None), on=date(2016, 1, 1))
    other = world.user("INSPECTION", "R1", since=date(2016, 1, 1))
    with refused(NOT_HIS):
        store.take_back(run, by=other, reason="Nhầm tệp")
    store.take_back(run, by=inspector, reason="Nhầm tệp")
    assert stands() == before
    assert not Forwarding.objects.standing().exists()


def test_queries_do_not_grow_with_rows(inspector, django_assert_max_num_queries):
    days = [date(2017, 1 + n % 12, 1 + n % 28) for n in range(60)]
    cells = [row(f"{n:02}/ĐT", "DB01", f"{d:%d/%m/%Y}", "", "31/12/2017") for n, d in enumerate(days)]
    with django_assert_max_num_queries(80):
        looked_at("don-thu", table(HEADER, *cells), inspector, on=ON)


def test_the_page_of_a_file_of_letters_promises_to_remember_nothing(world, inspector, client):
    run = opened("don-thu", table(HEADER, row()), inspector, on=ON)
    client.force_login(inspector)
    text = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "Mỗi cột là gì" in text
    assert "nhớ cách chọn" not in text
    assert "chữ hoa" not in text
