"""What is recorded of those who stay: statuses and their lifting, a temporary transfer and its host, expulsion."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.life import sanctions, statuses
from members.life.posts import post
from members.models import Membership, Post, Status
from members.register.arrivals import admit
from members.roll.flows import flows
from members.roll.guests import guests
from tests.world import START, TODAY, refused

Kind = Status.Kind
DAY = date(2018, 3, 1)
UNTIL = date(2018, 9, 1)
FOREVER = date(9999, 12, 31)


def members(world, *names):
    return [world.people[name] for name in names]


def standing(kind, name="An"):
    rows = Status.objects.standing().filter(kind=kind, member__full_name__endswith=name).order_by("starts")
    return [(row.starts, row.ends) for row in rows]


# Statuses


@pytest.mark.parametrize("kind", [Kind.EXEMPT, Kind.SUSPENDED, Kind.SICK])
def test_a_second_of_a_kind_is_refused_whole(world, kind):
    statuses.set_status(members(world, "An"), kind, **world.act(DAY))
    with refused(f"Lê An đã được ghi “{kind.label}” từ 01/03/2018; không ghi thêm lần nữa."):
        statuses.set_status(members(world, "Bình", "An"), kind, **world.act(TODAY))
    with refused(f"Lê An đã được ghi “{kind.label}” từ 01/03/2018; không ghi thêm lần nữa."):
        statuses.set_status(members(world, "An"), kind, until=date(2018, 3, 2), **world.act(date(2018, 2, 1)))
    statuses.set_status(members(world, "An"), kind, until=DAY, **world.act(date(2018, 2, 1)))
    assert standing(kind) == [(date(2018, 2, 1), DAY), (DAY, FOREVER)]


def test_two_kinds_stand_side_by_side(world):
    statuses.suspend(members(world, "An"), **world.act(DAY))
    statuses.set_status(members(world, "An"), Kind.SICK, until=UNTIL, **world.act(DAY))
    assert (standing(Kind.SUSPENDED), standing(Kind.SICK)) == ([(DAY, FOREVER)], [(DAY, UNTIL)])


def test_a_status_ends_after_it_begins(world):
    with refused("Nghỉ ốm: ngày kết thúc 01/03/2018 phải sau ngày bắt đầu 01/03/2018."):
        statuses.set_status(members(world, "An"), Kind.SICK, until=DAY, **world.act(DAY))


def test_what_is_recorded_late_ends_when_the_person_left(world):
    world.leave("An", date(2018, 6, 1), "DIED")
    statuses.exempt(members(world, "An", "Bình"), **world.act(DAY))
    post([(world.people["An"], world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(DAY))
    assert standing(Kind.EXEMPT) == [(DAY, date(2018, 6, 1))]
    assert standing(Kind.EXEMPT, "Bình") == [(DAY, FOREVER)]
    assert Post.objects.standing().get().ends == date(2018, 6, 1)
    assert [outcome.title for outcome in outcomes() if not outcome.sound] == []


@pytest.mark.parametrize("kind", [Kind.EXEMPT, Kind.SUSPENDED, Kind.SICK])
def test_lifting(world, kind):
    an, binh = members(world, "An", "Bình")
    statuses.set_status([an, binh], kind, **world.act(DAY))
    with refused(f"Lê An: “{kind.label}” từ chính ngày 01/03/2018; ngày thôi phải sau ngày đó."):
        statuses.lift_status([an], kind, **world.act(DAY))
    statuses.lift_status([an], kind, **world.act(UNTIL))
    with refused(f"Lê An không ở trạng thái “{kind.label}” vào ngày 02/09/2018."):
        statuses.lift_status([binh, an], kind, **world.act(date(2018, 9, 2)))
    assert (standing(kind), standing(kind, "Bình")) == ([(DAY, UNTIL)], [(DAY, FOREVER)])


def test_the_dead_are_neither_exempted_nor_disciplined(world):
    world.leave("An", date(2018, 2, 1), "DIED")
    said = "Đồng chí Lê An đã từ trần ngày 01/02/2018, không còn trong danh sách đảng viên."
    with refused(said):
        statuses.exempt(members(world, "Bình", "An"), **world.act(DAY))
    with refused(said):
        sanctions.discipline([(world.people["An"], 1, DAY)], **world.act(DAY))
    with refused(said):
        sanctions.expel({world.people["An"]: DAY}, **world.act(DAY))


# Temporary transfers


def go(world, *names, host=None, host_name="", until=UNTIL, on=DAY):
    host = world.org[host] if host else None
    return statuses.set_status(
        members(world, *names), Kind.TEMPORARY, until=until, host=host, host_name=host_name, **world.act(on)
    )


def test_a_guest_counts_once_and_is_told_at_the_host(world):
    organizations = list(world.org.values())
    before = flows(organizations, date(2018, 1, 1), TODAY)
    go(world, "An", "Chi", host="CB01")
    go(world, "Bình", host_name="Đảng bộ Trường Chính trị")
    assert flows(organizations, date(2018, 1, 1), TODAY) == before
    assert world.names("CB01", DAY) == {"Phúc", "Quân"}
    found = guests(world.org["CB01"], DAY)
    assert [(g.name, g.home, g.host, g.starts, g.ends) for g in found] == [
        ("Lê An", "Tổ chức DB01-01, Tổ chức DB01", "Tổ chức CB01", DAY, UNTIL),
        ("Lê Chi", "Tổ chức DB01-02, Tổ chức DB01", "Tổ chức CB01", DAY, UNTIL),
    ]
    assert guests(world.org["CB01"], date(2018, 2, 28)) == guests(world.org["CB01"], UNTIL) == []
    assert guests(world.org["DB01"], DAY) == []


def test_a_guest_from_within_is_no_guest_of_the_whole(world):
    go(world, "An", host="DB01-02")
    assert [len(guests(world.org[code], DAY)) for code in ("DB01-02", "DB01", "K")] == [1, 0, 0]


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (
            {},
            "Chuyển sinh hoạt tạm thời cần một nơi đến: một chi bộ của Khối hoặc tên một nơi ngoài Khối.",
        ),
        (
            {"host": "CB01", "host_name": "Nơi khác"},
            "Chuyển sinh hoạt tạm thời cần một nơi đến: một chi bộ của Khối hoặc tên một nơi ngoài Khối.",
        ),
        ({"host": "CB01", "until": FOREVER}, "Chuyển sinh hoạt tạm thời cần ngày kết thúc."),
        ({"host": "DB01-01"}, "Lê An đang sinh hoạt chính thức ở DB01-01; nơi tạm thời phải là nơi khác."),
        (
            {"host": "CB01", "on": date(2014, 12, 1)},
            "Chuyển sinh hoạt tạm thời: tổ chức CB01 không tồn tại vào ngày 01/12/2014.",
        ),
    ],
)
def test_a_temporary_transfer_leads_somewhere_for_a_time(world, known, sentence):
    with refused(sentence):
        go(world, "An", **known)


def test_only_a_temporary_transfer_has_a_host(world):
    with refused("Nghỉ ốm: chỉ chuyển sinh hoạt tạm thời mới có nơi đến."):
        statuses.set_status(members(world, "An"), Kind.SICK, host=world.org["CB01"], **world.act(DAY))
    change = Change.objects.latest("pk")
    for wrong in ({"kind": Kind.SICK, "host_name": "Nơi khác"}, {"kind": Kind.TEMPORARY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Status.objects.create(member=world.people["An"], starts=DAY, ends=UNTIL, added=change, **wrong)


@pytest.mark.parametrize(
    ("ends", "studying", "said"),
    [
        (date(2018, 5, 31), False, "ngắn hơn 03 tháng"),
        (date(2018, 6, 1), False, ""),
        (date(2019, 2, 28), False, ""),
        (date(2019, 3, 1), False, "dài hơn quy định (dưới 01 năm)"),
        (date(2018, 5, 31), True, "ngắn hơn 03 tháng"),
        (date(2020, 3, 1), True, ""),
        (date(2020, 3, 2), True, "dài hơn quy định (không quá 02 năm khi học tập trung)"),
    ],
)
def test_an_unusual_length_is_a_warning_and_no_refusal(world, ends, studying, said):
    found = statuses.unusual_stay(DAY, ends, studying=studying)
    assert (said in found) if said else (found == "")
    go(world, "An", host="CB01", until=ends)
    assert standing(Kind.TEMPORARY) == [(DAY, ends)]


def test_coming_home_early(world):
    go(world, "An", host="CB01")
    statuses.lift_status(members(world, "An"), Kind.TEMPORARY, **world.act(date(2018, 6, 1)))
    (row,) = Status.objects.standing()
    assert (row.ends, row.host) == (date(2018, 6, 1), world.org["CB01"])


def test_who_is_transferred_to_the_host_is_no_guest_there_any_more(world):
    go(world, "An", "Bình", host="CB01")
    move = date(2018, 6, 1)
    world.transfer("An", "CB01", move)
    world.transfer("Bình", "CB02", move)
    assert (standing(Kind.TEMPORARY, "An"), standing(Kind.TEMPORARY, "Bình")) == ([(DAY, move)], [(DAY, UNTIL)])
    world.transfer("Bình", "CB01", DAY + timedelta(days=100))
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="ghi nhầm")
    assert standing(Kind.TEMPORARY, "Bình") == [(DAY, UNTIL)]


# Expulsion


def test_expulsion_takes_official_members_off_the_roll(world):
    world.admit("Trần Mới", "DB01-01", DAY)
    rows = dict.fromkeys(members(world, "An", "Mới"), UNTIL)
    with refused("Trần Mới đang dự bị; đảng viên dự bị không bị khai trừ mà bị xóa tên."):
        sanctions.expel(rows, **world.act(UNTIL))
    sanctions.expel({world.people["An"]: UNTIL}, **world.act(UNTIL))
    assert Change.objects.latest("pk").words == "Khai trừ khỏi Đảng"
    assert Membership.objects.get(member=world.people["An"], voided__isnull=True).exit == "EXPELLED"
    with refused("Đồng chí Lê An đã bị khai trừ ngày 01/09/2018, không còn trong danh sách đảng viên."):
        sanctions.expel({world.people["An"]: TODAY}, **world.act(TODAY))
    with refused("Đồng chí Lê An đã bị khai trừ ngày 01/09/2018, không còn trong danh sách đảng viên."):
        world.transfer("An", "CB01", TODAY)


def test_official_once_but_on_probation_again(world):
    """Who was admitted again is disciplined as one on probation, however long ago they were official."""
    world.leave("An", DAY, "STRUCK")
    again = world.newcomer("", "CB01", UNTIL, member=world.people["An"], entry="READMITTED")
    admit([again], **world.act(UNTIL))
    with refused("Lê An đang dự bị; đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo."):
        sanctions.discipline([(world.people["An"], 3, TODAY)], **world.act())
    sanctions.discipline([(world.people["An"], 3, START)], **world.act())
