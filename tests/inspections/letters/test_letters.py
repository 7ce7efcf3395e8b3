"""Letters of denunciation: received, accepted, resolved (domain §6 row 6)."""

from datetime import date

import pytest

from inspections.letters.letters import ReceivedLetter, register_letters, resolve_letters
from inspections.models import Letter
from ledger.models import Change
from ledger.undo import undo
from tests.world import refused

RECEIVED, ACCEPTED, DUE = date(2017, 3, 1), date(2017, 3, 8), date(2017, 6, 6)


@pytest.fixture
def letter(world):
    def make(number="01/ĐT", code="DB01", received_on=RECEIVED, due_on=DUE, **days):
        return ReceivedLetter(
            number=number, organization=world.org[code], received_on=received_on, due_on=due_on, **days
        )

    return make


def test_a_letter_is_resolved_by_void_and_insert(world, letter):
    (row,) = register_letters([letter(accepted_on=ACCEPTED)], **world.act(RECEIVED))
    resolve_letters({row: date(2017, 5, 5)}, **world.act(date(2017, 5, 5)))
    old, new = Letter.objects.order_by("pk")
    assert (old.resolved_on, new.resolved_on) == (None, date(2017, 5, 5))
    assert old.voided == new.added == Change.objects.latest("pk")
    assert new.voided is None
    assert (new.number, new.organization, new.due_on) == ("01/ĐT", world.org["DB01"], DUE)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"accepted_on": date(2017, 2, 28)}, "Đơn 01/ĐT: ngày thụ lý trước ngày nhận."),
        ({"accepted_on": date(2017, 6, 7)}, "Đơn 01/ĐT: hạn giải quyết trước ngày thụ lý."),
        ({"due_on": date(2017, 2, 28)}, "Đơn 01/ĐT: hạn giải quyết trước ngày thụ lý."),
        ({"resolved_on": date(2017, 5, 5)}, "Đơn 01/ĐT: giải quyết xong phải sau khi thụ lý."),
        (
            {"accepted_on": ACCEPTED, "resolved_on": date(2017, 3, 7)},
            "Đơn 01/ĐT: giải quyết xong phải sau khi thụ lý.",
        ),
    ],
)
def test_days_follow_one_another(world, letter, days, sentence):
    with refused(sentence):
        register_letters([letter("02/ĐT"), letter(**days)], **world.act())


def test_a_letter_not_accepted_cannot_be_resolved(world, letter):
    (row,) = register_letters([letter()], **world.act())
    with refused("Đơn 01/ĐT: giải quyết xong phải sau khi thụ lý."):
        resolve_letters({row: DUE}, **world.act())


def test_a_letter_concerns_an_organization_that_stood(world, letter):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, RECEIVED)
    with refused("Đơn 01/ĐT: tổ chức CB01 không tồn tại vào ngày 01/03/2017."):
        register_letters([letter(code="CB01")], **world.act())


def test_a_letter_sent_twice_is_on_record_once(world, letter):
    (row,) = register_letters([letter("01/ĐT")], **world.act())
    with refused(
        "Đơn 01/đt về tổ chức DB01, nhận ngày 01/03/2017, đã có trong sổ. "
        "Hãy ghi tiếp vào đơn đã có; nếu là đơn khác, hãy xem lại số đơn."
    ):
        register_letters([letter("02/ĐT"), letter(" 01/đt")], **world.act())
    with refused(
        "Đơn 02/ĐT về tổ chức DB01, nhận ngày 01/03/2017, được ghi hai lần. Hãy bỏ một dòng, hoặc xem lại số đơn."
    ):
        register_letters([letter("02/ĐT"), letter("02/ĐT")], **world.act())
    others = [letter("02/ĐT"), letter(code="CB01"), letter(received_on=date(2017, 3, 2))]
    assert len(register_letters(others, **world.act())) == 3
    undo(row.added, **world.act(reason="Ghi nhầm"))
    register_letters([letter()], **world.act())
