"""What is written of a person is amended with its old and new value, and goes back whole (domain §4.2)."""

from datetime import date

import pytest

from ledger.documents import document
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from ledger.web.opened import Overtaken
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.identity.likeness import ONE_DIGIT, SAME_NAME_AND_BIRTH
from members.identity.names import capitalised, is_shouted
from members.models import Admission, Amendment, EthnicGroup, Member, Precision, Qualification, Religion, Stage
from members.records.amendments import amend, catalogue_names, sentence, texts
from members.register import arrivals
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db


def fresh(member):
    return Member.objects.get(pk=member.pk)


def change_of(world, name, opened=None, reason="đối chiếu lý lịch", others=frozenset(), **values):
    member = world.people[name]
    opened = {member: opened} if opened else None
    return amend({member: values}, opened=opened, others=others, **world.act(reason=reason))


def told(rows):
    return [sentence(row, catalogue_names(rows)) for row in rows]


def faults():
    return [finding.sentence for outcome in outcomes() for finding in outcome.findings]


def test_every_value_is_told_as_it_was_and_as_it_is(world):
    cham = EthnicGroup.objects.get(name="Chăm")
    religion = Religion.objects.get(name="Bà-la-môn")
    rows = change_of(
        world,
        "An",
        full_name="  Lê  Ân ",
        birth_date=date(1981, 2, 1),
        birth_precision=Precision.MONTH,
        ethnic_group=cham,
        religion=religion,
        card_number="12345678",
        qualification=Qualification.MASTER,
    )
    assert told(rows) == [
        "Sửa họ và tên: từ “Lê An” thành “Lê Ân”",
        "Sửa ngày sinh: từ 15/06/1980 thành 02/1981",
        "Sửa dân tộc: từ Kinh thành Chăm",
        "Sửa tôn giáo: từ không ghi thành Bà-la-môn",
        "Sửa số thẻ đảng viên: từ không ghi thành “12345678”",
        "Sửa chuyên môn: từ Chưa qua đào tạo thành Thạc sĩ",
    ]
    an = fresh(world.people["An"])
    assert (an.full_name, an.born, an.ethnic_group, an.religion, an.qualification) == (
        "Lê Ân",
        "02/1981",
        cham,
        religion,
        5,
    )
    assert an.sort_key == an._sort_key() and an.search_key == "le an"
    assert faults() == []


def test_one_act_amends_many_and_is_taken_back_whole(world):
    before = {name: texts(fresh(world.people[name])) for name in ("An", "Bình")}
    rows = {
        world.people["An"]: {"card_number": "12345678", "birth_date": date(1979, 1, 1)},
        world.people["Bình"]: {"card_number": "87654321"},
    }
    amend(rows, **world.act(reason="phát thẻ"))
    assert Change.objects.latest("pk").words == "Sửa hồ sơ đảng viên"
    undo(Change.objects.latest("pk"), **world.act(reason="nhầm người"))
    assert {name: texts(fresh(world.people[name])) for name in ("An", "Bình")} == before
    assert not Amendment.objects.standing().exists()
    assert faults() == []


def test_a_value_amended_again_stands_in_the_way(world):
    change_of(world, "An", card_number="12345678")
    first = Change.objects.latest("pk")
    change_of(world, "An", card_number="12345679")
    second = Change.objects.latest("pk")
    with refused(
        f"Lê An: số thẻ đảng viên đã được sửa lần nữa (ghi ngày {second.at:%d/%m/%Y}). Hãy hủy lần sửa đó trước."
    ):
        undo(first, **world.act(reason="nhầm"))
    undo(second, **world.act(reason="nhầm"))
    undo(first, **world.act(reason="nhầm"))
    assert fresh(world.people["An"]).card_number == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Chưa có gì khác với hồ sơ đang ghi, nên không có gì để lưu."),
        ({"full_name": "Lê An"}, "Chưa có gì khác với hồ sơ đang ghi, nên không có gì để lưu."),
        ({"full_name": " "}, "Họ và tên: Mục này không được để trống."),
        ({"card_number": "1234567"}, "Số thẻ đảng viên: Số thẻ gồm 8 hoặc 12 chữ số."),
        ({"birth_date": date(2018, 12, 15)}, "Ngày sinh 15/12/2018 còn ở phía trước."),
        (
            {"birth_date": date(1992, 6, 20)},
            "Sinh 20/06/1992 thì chưa đủ 18 tuổi vào ngày kết nạp 19/05/2010. "
            "Hãy xem lại ngày sinh, hoặc hủy lần kết nạp ghi nhầm trước.",
        ),
    ],
)
def test_what_a_record_cannot_say_is_refused(world, values, said):
    before = texts(fresh(world.people["An"]))
    with refused(said):
        change_of(world, "An", **values)
    assert texts(fresh(world.people["An"])) == before


def test_nobody_grows_too_old_for_an_admission_that_was_made_without_consent(world):
    world.admit("Hồ Xuân", "CB01", date(2017, 3, 10))
    consent = document("9-CV/TU", date(2017, 2, 1), "Ban Thường vụ Tỉnh ủy")
    world.admit("Hồ Thu", "CB01", date(2017, 3, 10), born=date(1956, 1, 1), consent=consent)
    old = {"birth_date": date(1957, 2, 28)}
    with refused(
        "Sinh 28/02/1957 thì quá 60 tuổi vào ngày kết nạp 10/03/2017, mà lần kết nạp ấy không có văn bản đồng ý của "
        "Ban Thường vụ Tỉnh ủy. Hãy xem lại ngày sinh, hoặc hủy lần kết nạp rồi ghi lại kèm văn bản."
    ):
        change_of(world, "Xuân", **old)
    change_of(world, "Xuân", birth_date=date(1957, 3, 31))  # sixty is counted by month
    change_of(world, "Thu", **old)
    change_of(world, "An", birth_date=date(1945, 1, 1))  # admitted elsewhere: not for the bloc to ask
    world.leave("An", date(2017, 1, 1), "STRUCK")
    restored = world.newcomer("", "CB01", date(2017, 3, 10), member=world.people["An"], entry="RESTORED")
    arrivals.admit([restored], **world.act())
    change_of(world, "An", birth_date=date(1944, 1, 1))  # rights given back are no admission
    assert faults() == []
    Admission.objects.update(consent=None)
    assert faults() == ["Hồ Thu: kết nạp ngày 10/03/2017 khi quá 60 tuổi mà không có văn bản đồng ý."]


def waiting(world, code="DB02-01"):
    """Trần Mới, who waits in the pipeline."""
    row = Recommendation(
        full_name="Trần Mới", sex="F", birth_date=date(1980, 6, 15), organization=world.org[code], on=date(2018, 3, 1)
    )
    return steps.recommend([row], **world.act())[0]


def taken_for(name, born, why):
    return (
        f"{name}, sinh {born}, có thể đã được ghi: trong nguồn kết nạp của DB02-01 ({why}). Hãy xem lại: nếu là một người "
        "thì đưa ra khỏi nguồn kết nạp trước; nếu là người khác thì xác nhận như vậy rồi ghi lại."
    )


def test_who_is_amended_into_the_likeness_of_one_who_waits_is_asked_about(world):
    candidate = waiting(world)
    with refused(taken_for("trần mới", "15/06/1980", SAME_NAME_AND_BIRTH)):
        change_of(world, "An", full_name="trần mới")
    with refused(taken_for("Trần Mới", "16/06/1980", ONE_DIGIT)):
        change_of(world, "An", full_name="Trần Mới", birth_date=date(1980, 6, 16))
    seen = frozenset({f"ng{candidate.pk}"})
    change_of(world, "An", full_name="Trần Mới", birth_date=date(1980, 6, 16), others=seen)
    with refused(taken_for("Trần Mới", "15/06/1980", SAME_NAME_AND_BIRTH)):
        change_of(world, "An", birth_date=date(1980, 6, 15))
    steps.stop([(candidate, Stage.STOPPED, TODAY, "đã là đảng viên")], **world.act())
    change_of(world, "An", birth_date=date(1980, 6, 15))
    assert faults() == []


def test_who_left_may_wait_to_be_admitted_again_under_the_right_name(world):
    waiting(world)
    world.leave("An", date(2017, 1, 1), "RESIGNED")
    change_of(world, "An", full_name="Trần Mới")
    assert faults() == []


def test_a_reason_is_wanted(world):
    with refused("Sửa hồ sơ cần nêu lý do, ví dụ: đối chiếu lý lịch gốc."):
        change_of(world, "An", reason="", card_number="12345678")


TAKEN = "Số thẻ đảng viên này đã ghi cho một đồng chí khác. Hãy xem lại số thẻ, hoặc tìm hồ sơ đã có theo số thẻ."


def test_a_card_is_one_persons_whoever_writes_it(world):
    change_of(world, "An", card_number="12345678")
    with refused(TAKEN):
        change_of(world, "Bình", card_number="12345678")
    with refused(TAKEN):
        world.enroll("Hồ Xuân", "CB01", member=world.person("Hồ Xuân", card_number="12345678"))
    change_of(world, "Bình", card_number="123456781234")


def test_who_opened_the_record_before_another_amended_it_is_told(world):
    opened = texts(fresh(world.people["An"]))
    change_of(world, "An", birth_date=date(1980, 6, 16))
    before = texts(fresh(world.people["An"]))
    with pytest.raises(Overtaken) as caught:
        change_of(world, "An", opened=opened, card_number="12345678")
    assert caught.value.messages == [
        "Hồ sơ vừa được người khác sửa: ngày sinh nay là 16/06/1980. "
        "Điều đồng chí đã nhập còn nguyên dưới đây; hãy xem lại rồi ghi."
    ]
    assert texts(fresh(world.people["An"])) == before
    change_of(world, "An", opened=before, card_number="12345678")


def test_the_last_amendment_is_what_the_record_says(world):
    change_of(world, "An", card_number="12345678")
    Member.objects.filter(pk=world.people["An"].pk).update(card_number="99999999")
    assert faults() == ["Lê An: số thẻ đảng viên ghi “99999999”, lần sửa cuối là “12345678”."]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("NGUYỄN VĂN A", "Nguyễn Văn A"),
        ("K'BRÔI", "K'Brôi"),
        ("ĐẶNG THỊ BRU-VÂN", "Đặng Thị Bru-Vân"),
        ("LÊ  ƯỚC", "Lê  Ước"),
    ],
)
def test_names_in_capitals_are_offered_as_usually_written(typed, offered):
    assert is_shouted(typed)
    assert capitalised(typed) == offered
    assert not is_shouted(offered)


@pytest.mark.parametrize("typed", ["K", "Nguyễn Văn A", "nguyễn", "", "12"])
def test_names_that_are_not_in_capitals(typed):
    assert not is_shouted(typed)


def test_amending_many_costs_the_same(world, django_assert_max_num_queries):
    rows = {member: {"occupation": f"nghề {n}"} for n, member in enumerate(world.people.values())}
    with django_assert_max_num_queries(14):
        amend(rows, **world.act(TODAY, reason="cập nhật"))
