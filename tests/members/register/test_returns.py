"""How someone known comes back onto the roll, as how they left allows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.documents import document
from ledger.soundness import outcomes
from members.life.due import on_probation
from members.life.probation import make_official
from members.models import LEAVING, Admission, Entry, Membership, Officialization
from members.register import arrivals
from members.register.returns import Return, come_back
from members.roll.flows import flows
from members.roll.on_a_day import is_probationary, roll
from tests.world import TODAY, refused

LEFT = date(2017, 3, 1)
DECIDED = date(2018, 4, 20)
BACK = date(2018, 5, 3)
ALLOWED = {
    "DEPARTED": {"ARRIVED", "READMITTED"},
    "SENT_AWAY": {"ARRIVED", "READMITTED"},
    "ABROAD": {"ARRIVED", "READMITTED"},
    "EXPELLED": {"READMITTED", "RESTORED"},
    "STRUCK": {"READMITTED", "RESTORED"},
    "RESIGNED": {"READMITTED", "RESTORED"},
    "DIED": set(),
}


def back(world, name, entry, code="CB01", on=BACK, decided=DECIDED):
    return Return(
        member=world.people[name],
        organization=world.org[code],
        on=on,
        entry=entry,
        decided=None if entry == Entry.ARRIVED else decided,
    )


def standing(world, name, day):
    """The row of the roll, or None."""
    return next((r for r in roll(world.org["K"], day) if r.member.full_name.endswith(name)), None)


@pytest.mark.parametrize("why", LEAVING)
@pytest.mark.parametrize("entry", [Entry.ARRIVED, Entry.READMITTED, Entry.RESTORED])
def test_each_way_out_has_its_ways_back(world, why, entry):
    world.leave("An", LEFT, why)
    row = back(world, "An", entry)
    if entry in ALLOWED[why]:
        come_back([row], **world.act())
        spells = Membership.objects.standing().filter(member=world.people["An"]).order_by("starts")
        assert [(s.organization.code, s.starts, s.entry) for s in spells][1:] == [("CB01", BACK, entry)]
        return
    with pytest.raises(Exception, match="không trở lại danh sách được" if why == "DIED" else "chỉ trở lại bằng"):
        come_back([row], **world.act())
    assert standing(world, "An", TODAY) is None


def test_who_arrives_again_was_admitted_once(world):
    world.leave("An", LEFT, "DEPARTED")
    come_back([back(world, "An", Entry.ARRIVED)], **world.act())
    assert Admission.objects.filter(member=world.people["An"]).count() == 1
    assert not is_probationary(standing(world, "An", TODAY))
    found = flows([world.org["CB01"]], BACK, BACK)[world.org["CB01"].pk]
    assert found.arrivals == {"ARRIVED": 1}


def test_who_is_admitted_again_is_on_probation_anew(world):
    world.leave("An", LEFT, "RESIGNED")
    come_back([back(world, "An", Entry.READMITTED)], **world.act())
    admission = Admission.objects.latest("pk")
    assert (admission.kind, admission.decided, admission.ceremony) == ("READMITTED", DECIDED, BACK)
    assert admission.organization == world.org["CB01"]
    assert is_probationary(standing(world, "An", TODAY))


def test_who_is_restored_is_what_they_were(world):
    world.admit("Trần Mới", "DB01-01", date(2016, 12, 1))
    world.leave("An", LEFT, "EXPELLED")
    world.leave("Mới", LEFT, "STRUCK")
    come_back([back(world, name, Entry.RESTORED) for name in ("An", "Mới")], **world.act())
    assert not Officialization.objects.filter(on__gte=LEFT).exists()
    assert not is_probationary(standing(world, "An", BACK))
    assert is_probationary(standing(world, "Mới", BACK))
    (due,) = on_probation(world.org["CB01"], BACK)
    assert (due.ceremony, due.until) == (date(2016, 12, 1), date(2017, 12, 1))  # it goes on, the wrong removal included
    make_official({world.people["Mới"]: due.until}, **world.act())
    assert not is_probationary(standing(world, "Mới", BACK))
    assert [outcome.title for outcome in outcomes() if not outcome.sound] == []


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (
            {"on": LEFT - timedelta(days=1), "decided": LEFT - timedelta(days=1)},
            "Đồng chí Lê An đã bị xóa tên ngày 01/03/2017; ngày trở lại không thể trước ngày đó.",
        ),
        ({"decided": None}, "Lê An: kết nạp lại cần ngày quyết định."),
        (
            {"decided": BACK + timedelta(days=1)},
            "Lê An: ngày quyết định 04/05/2018 phải từ ngày ra khỏi danh sách 01/03/2017 đến ngày trở lại 03/05/2018.",
        ),
        ({"code": "DB01"}, "Lê An: Tổ chức DB01 không phải chi bộ; đảng viên sinh hoạt ở chi bộ."),
        ({"on": TODAY + timedelta(days=1)}, "Lê An: ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."),
    ],
)
def test_coming_back_obeys_its_rules(world, known, sentence):
    world.leave("An", LEFT, "STRUCK")
    world.leave("Bình", LEFT, "STRUCK")
    with refused(sentence):
        come_back([back(world, "Bình", Entry.READMITTED), back(world, "An", Entry.READMITTED, **known)], **world.act())


def test_who_never_left_does_not_come_back(world):
    with refused("Đồng chí Lê An đang sinh hoạt ở chi bộ DB01-01; không ghi thêm lần nữa."):
        come_back([back(world, "An", Entry.ARRIVED)], **world.act())


def test_the_dead_come_back_by_no_other_verb(world):
    world.leave("An", LEFT, "DIED")
    said = "Đồng chí Lê An đã từ trần ngày 01/03/2017, không trở lại danh sách được."
    with refused(said):
        arrivals.admit(
            [world.newcomer("", "CB01", BACK, member=world.people["An"], entry=Entry.READMITTED)], **world.act()
        )
    with refused(said):
        arrivals.enroll(
            [world.arrival("", "CB01", BACK, member=world.people["An"], entry=Entry.ARRIVED)], **world.act()
        )


def test_two_rows_for_one_person_are_one_too_many(world):
    world.leave("An", LEFT, "DEPARTED")
    with refused("Một đảng viên chỉ sinh hoạt chính thức ở một chi bộ trong một ngày."):
        come_back([back(world, "An", Entry.ARRIVED), back(world, "An", Entry.ARRIVED, "CB02")], **world.act())


def test_who_was_expelled_or_struck_does_not_simply_arrive(world):
    for name, why, gone in (("An", "EXPELLED", "bị khai trừ"), ("Bình", "STRUCK", "bị xóa tên")):
        world.leave(name, LEFT, why)
        row = world.arrival("", "CB01", BACK, member=world.people[name], entry=Entry.ARRIVED)
        with refused(
            f"Đồng chí {row.member} đã {gone} ngày 01/03/2017; chỉ trở lại bằng: kết nạp lại hoặc phục hồi đảng tịch."
        ):
            arrivals.enroll([row], **world.act())


def test_who_moved_away_is_not_restored_by_an_admission(world):
    world.leave("An", LEFT, "DEPARTED")
    row = world.newcomer("", "CB01", BACK, member=world.people["An"], entry=Entry.RESTORED)
    with refused(
        "Đồng chí Lê An đã chuyển đi đảng bộ khác ngày 01/03/2017; chỉ trở lại bằng: chuyển đến từ đảng bộ khác hoặc "
        "kết nạp lại."
    ):
        arrivals.admit([row], **world.act())


def test_who_is_restored_by_an_admission_is_what_they_were(world):
    world.leave("An", LEFT, "EXPELLED")
    row = world.newcomer("", "CB01", BACK, member=world.people["An"], entry=Entry.RESTORED)
    arrivals.admit([row], **world.act())
    assert not is_probationary(standing(world, "An", BACK))


def test_a_recognition_elsewhere_since_the_last_ceremony_is_written(world):
    """Official once, admitted anew, left on probation: what was recognised elsewhere is news."""
    world.leave("An", LEFT, "STRUCK")
    ceremony, official = date(2017, 6, 1), date(2018, 6, 4)
    come_back([back(world, "An", Entry.READMITTED, on=ceremony, decided=ceremony)], **world.act())
    world.leave("An", date(2017, 9, 1), "DEPARTED")
    known = {"decided": ceremony, "ceremony": ceremony, "official": official}
    row = world.arrival("", "CB01", date(2018, 7, 1), member=world.people["An"], entry=Entry.ARRIVED, **known)
    arrivals.enroll([row], **world.act())
    assert Officialization.objects.filter(member=world.people["An"], on=official).count() == 1
    assert not is_probationary(standing(world, "An", TODAY))


def test_nobody_was_recognised_before_the_ceremony_the_register_knows(world):
    world.admit("Trần Mới", "DB01-01", date(2016, 12, 1))
    world.leave("Mới", LEFT, "DEPARTED")
    with refused("Trần Mới: ngày chính thức trước ngày kết nạp."):
        arrivals.enroll(
            [world.arrival("", "CB01", BACK, member=world.people["Mới"], entry=Entry.ARRIVED)], **world.act()
        )


def test_over_sixty_the_provincial_committee_has_to_agree_again(world):
    world.enroll("Hồ Cao", "CB01", born=date(1956, 3, 1))
    world.leave("Cao", LEFT, "RESIGNED")
    row = back(world, "Cao", Entry.READMITTED)
    with refused(
        "Hồ Cao quá 60 tuổi vào ngày kết nạp 03/05/2018. Cần ghi số, ngày văn bản đồng ý của Ban Thường vụ Tỉnh ủy."
    ):
        come_back([row], **world.act())
    late = document("9-CV/TU", BACK + timedelta(days=1), "Ban Thường vụ Tỉnh ủy")
    with refused(
        "Hồ Cao: văn bản đồng ý của Ban Thường vụ Tỉnh ủy ghi ngày 04/05/2018, sau ngày kết nạp 03/05/2018. "
        "Văn bản phải có trước hoặc trong ngày kết nạp; hãy xem lại ngày văn bản."
    ):
        come_back([replace(row, consent=late)], **world.act())
    paper = document("9-CV/TU", DECIDED, "Ban Thường vụ Tỉnh ủy")
    come_back([replace(row, consent=paper)], **world.act())
    assert Admission.objects.latest("pk").consent == paper


def test_who_is_restored_is_no_new_admission_however_old(world):
    world.enroll("Hồ Cao", "CB01", born=date(1956, 3, 1))
    world.leave("Cao", LEFT, "STRUCK")
    come_back([back(world, "Cao", Entry.RESTORED)], **world.act())
    assert standing(world, "Cao", TODAY)
