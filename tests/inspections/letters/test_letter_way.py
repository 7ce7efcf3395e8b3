"""The way of a letter: accepted, extended, resolved with a result, or passed on; what is corrected."""

from datetime import date

import pytest

from inspections.letters.letters import (
    ReceivedLetter,
    accept_letters,
    correct_letters,
    extend_deadlines,
    forward_letters,
    register_letters,
    resolve_letters,
    texts,
)
from inspections.models import Forwarding, Letter, Outcome, Result
from ledger.acts import UNCHANGED
from ledger.documents import document
from ledger.models import Change
from ledger.undo import standing_in_the_way, undo
from ledger.web.opened import Overtaken
from tests.world import refused

RECEIVED, ACCEPTED, DUE, LATER = date(2018, 3, 1), date(2018, 3, 8), date(2018, 6, 6), date(2018, 8, 1)


@pytest.fixture
def receive(world):
    def make(*numbers, code="DB01-01", **days):
        rows = [
            ReceivedLetter(number=n, organization=world.org[code], received_on=RECEIVED, **{"due_on": DUE, **days})
            for n in numbers
        ]
        return register_letters(rows, **world.act())

    return make


@pytest.fixture
def paper(db):
    return document("3-QĐ/UBKT", date(2018, 5, 20), "Ủy ban Kiểm tra")


def now(letter):
    """The letter as it stands."""
    return Letter.objects.get(file=letter.file, voided__isnull=True)


def test_a_letter_keeps_its_identity_through_all_its_versions(world, receive, paper):
    (letter,) = receive("01/ĐT")
    accept_letters({letter: (ACCEPTED, DUE)}, **world.act(ACCEPTED))
    extend_deadlines({now(letter): LATER}, **world.act(date(2018, 6, 1), document=paper))
    result = Result.objects.get(code="02")
    resolve_letters({now(letter): date(2018, 7, 9)}, results={now(letter): result}, **world.act())
    days = [
        (row.accepted_on, row.due_on, row.resolved_on, row.voided_id is None)
        for row in letter.file.versions.order_by("pk")
    ]
    assert days == [
        (None, DUE, None, False),
        (ACCEPTED, DUE, None, False),
        (ACCEPTED, LATER, None, False),
        (ACCEPTED, LATER, date(2018, 7, 9), True),
    ]
    assert Outcome.objects.get(voided__isnull=True).result.name == "Tố cáo đúng một phần"


def test_another_result_on_the_same_day_leaves_the_letter_as_it_is(world, receive):
    first, second = Result.objects.order_by("pk")[:2]
    one, other = receive("01/ĐT", "02/ĐT", accepted_on=ACCEPTED, resolved_on=DUE, result=first)
    again = {now(one): DUE, now(other): LATER}
    resolve_letters(again, results=dict.fromkeys(again, second), **world.act(reason="Ghi nhầm"))
    assert now(one) == one
    assert now(other) != other and now(other).resolved_on == LATER
    standing = Outcome.objects.standing()
    assert [row.result for row in standing] == [second, second]


def test_who_keeps_letters_is_told_by_name_what_rests_on_one(world, receive):
    (letter,) = receive("01/ĐT")
    received = Change.objects.latest("pk")
    accept_letters({letter: (ACCEPTED, DUE)}, **world.act(ACCEPTED))
    (sentence,) = standing_in_the_way(received)
    assert sentence.startswith("Sau đó đã có việc “Thụ lý đơn thư tố cáo” (ghi ngày")


def test_a_letter_entered_late_comes_with_its_result(world, receive):
    result = Result.objects.get(code="01")
    (letter,) = receive("01/ĐT", accepted_on=ACCEPTED, resolved_on=DUE, result=result)
    assert Outcome.objects.get(file=letter.file).result == result
    with refused("Đơn 02/ĐT: có kết quả mà chưa giải quyết xong."):
        receive("02/ĐT", result=result)


@pytest.mark.parametrize(
    ("day", "due", "sentence"),
    [
        (date(2018, 2, 28), DUE, "Đơn 02/ĐT: ngày thụ lý trước ngày nhận."),
        (ACCEPTED, date(2018, 3, 7), "Đơn 02/ĐT: hạn giải quyết trước ngày thụ lý."),
    ],
)
def test_one_that_cannot_be_accepted_keeps_all_out(world, receive, day, due, sentence):
    one, two = receive("01/ĐT", "02/ĐT")
    with refused(sentence):
        accept_letters({one: (ACCEPTED, DUE), two: (day, due)}, **world.act())


def test_what_stands_is_written_anew_only_with_a_reason(world, receive):
    (letter,) = receive("01/ĐT", accepted_on=ACCEPTED, resolved_on=DUE)
    with refused("Đơn 01/ĐT: đã thụ lý ngày 08/03/2018; muốn ghi lại hãy nêu lý do."):
        accept_letters({letter: (RECEIVED, DUE)}, **world.act())
    with refused("Đơn 01/ĐT: đã giải quyết xong ngày 06/06/2018; muốn ghi lại hãy nêu lý do."):
        resolve_letters({letter: ACCEPTED}, **world.act())
    resolve_letters({letter: ACCEPTED}, **world.act(reason="Ghi nhầm"))
    assert now(letter).resolved_on == ACCEPTED


@pytest.mark.parametrize(
    ("days", "on", "due", "sentence"),
    [
        ({}, ACCEPTED, LATER, "Đơn 02/ĐT: chưa thụ lý nên chưa có hạn để gia hạn."),
        (
            {"accepted_on": ACCEPTED, "resolved_on": DUE},
            ACCEPTED,
            LATER,
            "Đơn 02/ĐT: đã giải quyết xong ngày 06/06/2018.",
        ),
        (
            {"accepted_on": ACCEPTED},
            date(2018, 6, 7),
            LATER,
            "Đơn 02/ĐT: hạn 06/06/2018 đã qua; gia hạn phải có hiệu lực trước khi hết hạn.",
        ),
        ({"accepted_on": ACCEPTED}, DUE, DUE, "Đơn 02/ĐT: hạn mới phải sau hạn đang có, ngày 06/06/2018."),
    ],
)
def test_one_that_cannot_be_extended_keeps_all_out(world, receive, paper, days, on, due, sentence):
    (good,) = receive("01/ĐT", accepted_on=ACCEPTED, due_on=date(2018, 7, 1))
    (bad,) = receive("02/ĐT", **days)
    with refused(sentence):
        extend_deadlines({good: LATER, bad: due}, **world.act(on, document=paper))


def test_nothing_is_extended_without_a_paper(world, receive):
    (letter,) = receive("01/ĐT", accepted_on=ACCEPTED)
    with refused("Gia hạn giải quyết cần có văn bản. Hãy ghi số, ngày và cơ quan ban hành."):
        extend_deadlines({letter: LATER}, **world.act(ACCEPTED))


def test_what_was_passed_on_is_neither_accepted_nor_passed_on_again(world, receive):
    one, two = receive("01/ĐT", "02/ĐT")
    forward_letters({one: ("Ủy ban Kiểm tra Tỉnh ủy", ACCEPTED)}, **world.act())
    told = "Đơn 01/ĐT: đã chuyển đến Ủy ban Kiểm tra Tỉnh ủy ngày 08/03/2018."
    with refused(told):
        accept_letters({two: (ACCEPTED, DUE), one: (ACCEPTED, DUE)}, **world.act())
    with refused(told):
        forward_letters({two: ("Thanh tra", ACCEPTED), one: ("Thanh tra", ACCEPTED)}, **world.act())
    assert Forwarding.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "to", "day", "sentence"),
    [
        (
            {"accepted_on": ACCEPTED},
            "Thanh tra",
            ACCEPTED,
            "Đơn 02/ĐT: đã thụ lý ngày 08/03/2018; đơn đã thụ lý thì ghi giải quyết xong.",
        ),
        ({}, " ", ACCEPTED, "Đơn 02/ĐT: chưa ghi chuyển đến đâu."),
        ({}, "Thanh tra", date(2018, 2, 28), "Đơn 02/ĐT: ngày chuyển trước ngày nhận."),
    ],
)
def test_one_that_cannot_be_passed_on_keeps_all_out(world, receive, days, to, day, sentence):
    (good,) = receive("01/ĐT")
    (bad,) = receive("02/ĐT", **days)
    with refused(sentence):
        forward_letters({good: ("Thanh tra", ACCEPTED), bad: (to, day)}, **world.act())


def test_what_was_entered_in_error_is_corrected_with_a_reason(world, receive):
    one, two = receive("01/ĐT", "02/ĐT")
    with refused("Sửa đơn đã ghi cần nêu lý do."):
        correct_letters({one: {"number": "11/ĐT"}}, **world.act(reason=""))
    with refused("Đơn 02/ĐT: hạn giải quyết trước ngày thụ lý."):
        correct_letters({one: {"number": "11/ĐT"}, two: {"due_on": date(2018, 2, 1)}}, **world.act(reason="Ghi nhầm"))
    correct_letters({one: {"number": "11/ĐT", "organization": world.org["CB01"]}}, **world.act(reason="Ghi nhầm"))
    assert (now(one).number, now(one).organization.code) == ("11/ĐT", "CB01")


def test_what_stands_already_is_not_written_again_even_with_a_reason(world, receive):
    result = Result.objects.first()
    (letter,) = receive("01/ĐT", accepted_on=ACCEPTED, resolved_on=LATER, result=result)
    why = world.act(reason="Ghi nhầm")
    for again in (
        lambda: accept_letters({letter: (ACCEPTED, DUE)}, **why),
        lambda: resolve_letters({letter: LATER}, results={letter: result}, **why),
        lambda: correct_letters({letter: {"number": " 01/ĐT", "due_on": DUE}}, **why),
    ):
        with refused(UNCHANGED):
            again()
    assert now(letter) == letter


def test_who_comes_second_is_told(world, receive):
    (letter,) = receive("01/ĐT")
    accept_letters({letter: (ACCEPTED, DUE)}, **world.act())
    with refused("Đơn 01/ĐT: vừa được người khác ghi lại. Hãy mở lại trang rồi ghi."):
        forward_letters({letter: ("Thanh tra", ACCEPTED)}, **world.act())


def test_who_opened_the_letter_before_another_corrected_it_is_told(world, receive):
    (letter,) = receive("01/ĐT")
    opened = texts(letter)
    differences = {"number": "11/ĐT", "organization": world.org["CB01"], "received_on": ACCEPTED, "due_on": LATER}
    correct_letters({letter: differences}, opened={letter: opened}, **world.act(reason="Ghi nhầm"))
    stands = now(letter)
    with pytest.raises(Overtaken) as caught:
        correct_letters({stands: {"due_on": DUE}}, opened={stands: opened}, **world.act(reason="Ghi nhầm"))
    assert caught.value.messages == [
        "Đơn 11/ĐT vừa được người khác sửa: số đơn nay là “11/ĐT”; tổ chức nay là Tổ chức CB01; nhận ngày nay là "
        "08/03/2018; hạn giải quyết nay là 01/08/2018. Điều đồng chí đã nhập còn nguyên dưới đây; hãy xem lại rồi ghi."
    ]
    assert now(letter) == stands
    correct_letters({stands: {"due_on": DUE}}, opened={stands: texts(stands)}, **world.act(reason="Ghi nhầm"))
    assert (now(letter).number, now(letter).due_on) == ("11/ĐT", DUE)


def test_each_act_is_taken_back_in_its_turn(world, receive, paper):
    (letter,) = receive("01/ĐT")
    received = Change.objects.latest("pk")
    acts = [
        lambda: accept_letters({now(letter): (ACCEPTED, DUE)}, **world.act(ACCEPTED)),
        lambda: extend_deadlines({now(letter): LATER}, **world.act(ACCEPTED, document=paper)),
        lambda: resolve_letters({now(letter): LATER}, results={letter: Result.objects.first()}, **world.act()),
        lambda: correct_letters({now(letter): {"number": "02/ĐT"}}, **world.act(reason="Ghi nhầm")),
    ]
    done, seen = [], []
    for do in acts:
        seen.append(vars_of(now(letter)))
        do()
        done.append(Change.objects.latest("pk"))
    for change, before in zip(reversed(done), reversed(seen), strict=True):
        undo(change, **world.act(reason="Ghi nhầm"))
        assert vars_of(now(letter)) == before
    assert not Outcome.objects.standing().exists()
    undo(received, **world.act(reason="Ghi nhầm"))
    assert not Letter.objects.standing().exists()


def vars_of(row):
    return row.number, row.organization_id, row.received_on, row.accepted_on, row.due_on, row.resolved_on
