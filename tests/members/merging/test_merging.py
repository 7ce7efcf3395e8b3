"""Two records of one person become one, and two again when the act is taken back (design §3)."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ledger.models import Change, Recorded
from ledger.undo import undo
from members.life.posts import post
from members.life.probation import make_official
from members.life.sanctions import discipline
from members.life.statuses import exempt
from members.merging import mergers
from members.merging.heirs import heir_of
from members.merging.mergers import Fate, plan
from members.models import Admission, Discipline, Entry, Member, Officialization, Post, Status
from members.records.amendments import amend
from ratings.models import MemberRating
from tests.faults.fault import Fault
from tests.members.merging.twins import CAME, faults, join, lists, pair, places, with_a_twin
from tests.ratings.desk import Desk
from tests.world import refused

pytestmark = pytest.mark.django_db
world = pytest.fixture(with_a_twin)


def test_the_life_of_one_person_is_read_on_one_record(world):
    join(world)
    assert places("Dũng", world) == [("DB01-02", date(2015, 1, 1), "DEPARTED"), ("CB02", CAME, "")]
    assert places("Dung", world) == []
    assert [a.ceremony for a in Admission.objects.standing().filter(member=world.people["Dũng"])] == [date(2010, 5, 19)]
    assert Officialization.objects.standing().filter(member=world.people["Dũng"]).count() == 1
    assert heir_of(world.people["Dung"].pk) == world.people["Dũng"].pk
    assert world.names("DB01-02", date(2016, 6, 1)) == {"Chi", "Dũng"}
    assert faults() == []


def test_either_record_may_be_the_one_that_stays(world):
    join(world, "Dung", "Dũng")
    assert places("Dung", world) == [("DB01-02", date(2015, 1, 1), "DEPARTED"), ("CB02", CAME, "")]
    assert faults() == []


def test_taken_back_every_list_is_what_it_was(world):
    dung = world.people["Dung"]
    amend({dung: {"card_number": "12345678", "occupation": "kế toán"}}, **world.act(reason="bổ sung"))
    exempt([world.people["Dũng"]], **world.act(date(2017, 9, 1)))
    discipline([(dung, Discipline.Kind.REPRIMAND, date(2016, 4, 1))], **world.act(date(2016, 4, 1)))
    before = lists(world)
    join(world)
    assert Member.objects.get(pk=world.people["Dũng"].pk).card_number == "12345678"
    assert lists(world) != before
    undo(Change.objects.latest("pk"), **world.act(reason="hai người khác nhau"))
    assert lists(world) == before
    assert heir_of(dung.pk) is None
    assert faults() == []
    join(world)
    assert faults() == []


def test_what_overlaps_or_repeats_gives_way(world):
    """The same person entered twice in the same cell, with posts and statuses on both."""
    world.enroll("Lê Ân", "DB01-01")
    an, twin = world.people["An"], world.people["Ân"]
    post([(m, world.org["DB01-01"], Post.Kind.DEPUTY) for m in (an, twin)], **world.act(date(2016, 1, 1)))
    post([(twin, world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(date(2016, 1, 1)))
    for who in (an, twin):
        discipline([(who, Discipline.Kind.WARNING, date(2016, 4, 1))], **world.act(date(2016, 4, 1)))
    exempt([twin], **world.act(date(2017, 9, 1)))
    fates = [(type(row).__name__, str(fate)) for row, fate in plan(an, twin).fates]
    assert fates == [
        ("Membership", "hủy, vì trùng thời gian với hồ sơ giữ lại"),
        ("Admission", "hủy, vì hồ sơ kia đã ghi"),
        ("Officialization", "hủy, vì hồ sơ kia đã ghi"),
        ("Status", "chuyển sang hồ sơ giữ lại"),
        ("Discipline", "hủy, vì hồ sơ kia đã ghi"),
        ("Post", "hủy, vì hồ sơ kia đã ghi"),
        ("Post", "chuyển sang hồ sơ giữ lại"),
    ]
    before = lists(world)
    join(world, "An", "Ân")
    assert places("An", world) == [("DB01-01", date(2015, 1, 1), "")]
    assert Status.objects.standing().get().member == an
    assert {(p.organization.code, p.kind) for p in Post.objects.standing().filter(member=an)} == {
        ("DB01-01", 2),
        ("DB01", 3),
    }
    assert faults() == []
    undo(Change.objects.latest("pk"), **world.act(reason="nhầm"))
    assert lists(world) == before


def test_what_lies_outside_the_time_on_the_roll_gives_way(world):
    """The dropped record's place overlaps, so what it held before the kept record began has no ground."""
    world.enroll("Lê Ân", "DB01-01", date(2016, 6, 1))
    exempt([world.people["An"]], until=date(2016, 3, 1), **world.act(date(2016, 1, 1)))
    wanted = plan(world.people["Ân"], world.people["An"])
    assert [str(fate) for row, fate in wanted.fates if isinstance(row, Status)] == [str(Fate.OUTSIDE)]
    join(world, "Ân", "An")
    assert faults() == []


def test_an_admission_in_the_bloc_is_worth_more_than_its_echo(world):
    """Admitted here in 2016, left, and came back as somebody whose admission was typed from a paper."""
    world.admit("Hồ Xuân", "CB01", date(2016, 5, 19))
    make_official({world.people["Xuân"]: date(2017, 5, 19)}, **world.act(date(2017, 5, 19)))
    world.leave("Xuân", date(2017, 7, 1))
    known = {"ceremony": date(2016, 5, 19), "decided": date(2016, 5, 9), "official": date(2017, 5, 19)}
    world.enroll("Hồ Xuấn", "CB02", date(2018, 1, 1), entry=Entry.ARRIVED, **known)
    join(world, "Xuấn", "Xuân")
    admission = Admission.objects.get(voided__isnull=True, member=world.people["Xuấn"])
    assert admission.organization.code == "CB01"
    assert Officialization.objects.standing().filter(member=world.people["Xuấn"]).count() == 1
    assert faults() == []


def test_a_blank_of_the_kept_record_is_filled_and_what_it_says_stays(world):
    kept, dropped = pair(world)
    amend({dropped: {"card_number": "12345678", "occupation": "kế toán"}}, **world.act(reason="bổ sung"))
    amend({kept: {"occupation": "chuyên viên"}}, **world.act(reason="bổ sung"))
    join(world)
    kept = Member.objects.get(pk=kept.pk)
    assert (kept.card_number, kept.occupation, kept.full_name) == ("12345678", "chuyên viên", "Võ Dũng")


def test_a_chain_of_mergers_leads_to_the_last(world):
    world.enroll("Võ Dùng", "CB01", date(2018, 1, 1))
    world.leave("Dũng", date(2017, 9, 1))
    join(world)
    first = Change.objects.latest("pk")
    join(world, "Dùng", "Dũng")
    assert heir_of(world.people["Dung"].pk) == world.people["Dùng"].pk
    assert len(places("Dùng", world)) == 3
    today = Change.objects.latest("pk").at
    with refused(
        f"Sau đó đã có việc “Gộp hai hồ sơ của một đảng viên” (ghi ngày {today:%d/%m/%Y}) dựa trên việc này. "
        "Hãy hủy việc đó trước."
    ):
        undo(first, **world.act(reason="nhầm"))
    undo(Change.objects.latest("pk"), **world.act(reason="nhầm"))
    undo(first, **world.act(reason="nhầm"))
    assert len(places("Dung", world)) == 1
    assert faults() == []


def test_what_cannot_be_one_person_is_refused(world):
    kept, dropped = pair(world)
    with refused("Hãy chọn hai hồ sơ khác nhau."):
        join(world, "Dung", "Dung")
    with refused("Gộp hai hồ sơ cần nêu lý do, ví dụ: một người được ghi hai lần."):
        join(world, reason="")
    seen = plan(kept, dropped).seal
    amend({dropped: {"card_number": "12345678"}}, **world.act(reason="bổ sung"))
    with refused("Một trong hai hồ sơ vừa thay đổi. Hãy xem lại bảng dưới đây rồi gộp."):
        join(world, seen=seen)
    join(world, seen=plan(kept, Member.objects.get(pk=dropped.pk)).seal)
    with refused(f"Hồ sơ số {dropped.pk} của Võ Dung đã được gộp hoặc hủy trước đó."):
        join(world)


def test_who_is_kept_was_admitted_before_what_comes_to_them(world):
    late = {"decided": date(2016, 5, 1), "ceremony": date(2016, 5, 19), "official": date(2017, 5, 19)}
    world.enroll("Võ Dùng", "CB01", date(2018, 1, 1), **late)
    with refused(
        "Hồ sơ giữ lại ghi kết nạp ngày 19/05/2016, hồ sơ kia đã có tên trong danh sách từ 01/01/2015. "
        "Hãy giữ hồ sơ kia, hoặc sửa ngày kết nạp trước."
    ):
        join(world, "Dùng", "Dung")
    join(world, "Dung", "Dùng")
    assert faults() == []


def test_every_row_that_names_a_member_follows_a_merger():
    """A model of a higher floor that belongs to a member needs a follower (members/merging/mergers.py, ratings/merged.py)."""
    above = {r.related_model for r in Member._meta.related_objects if r.related_model._meta.app_label != "members"}
    followed = {MemberRating, *(m for m in above if m.__name__.startswith("Historical"))}
    assert {m for m in above if issubclass(m, Recorded)} <= followed
    assert list(mergers.FOLLOWERS) and list(mergers.TELLERS)


def test_the_number_of_queries_does_not_grow_with_what_a_person_did(world):
    def asked(name, kept):
        with CaptureQueriesContext(connection) as found:
            plan(world.people[kept], world.people[name])
        return len(found)

    few = asked("Dung", "Dũng")
    for month in range(1, 12):
        discipline(
            [(world.people["An"], Discipline.Kind.WARNING, date(2016, month, 1))], **world.act(date(2016, month, 1))
        )
    assert asked("An", "Dũng") == few


def fails_at(n):
    """A wrapper that lets n writes pass and fails at the next; `seen`: how many it met."""
    seen = []

    def wrap(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            seen.append(sql)
            if len(seen) > n:
                raise Fault
        return execute(sql, params, many, context)

    return wrap


def writes_of(do):
    with CaptureQueriesContext(connection) as asked:
        do()
    return sum(q["sql"].startswith(("INSERT", "UPDATE")) for q in asked.captured_queries)


def test_whatever_write_fails_nothing_is_half_done(world):
    desk = Desk(world)
    desk.finish()
    desk.lock()
    world.leave("Bình", date(2018, 2, 1))
    world.enroll("Võ Bỉnh", "CB02", date(2018, 3, 1))
    amend({world.people["Bình"]: {"card_number": "12345678"}}, **world.act(reason="bổ sung"))
    before = lists(world)
    acts = {
        "merge": lambda: join(world, "Bỉnh", "Bình"),
        "undo": lambda: undo(Change.objects.latest("pk"), **world.act(reason="nhầm")),
    }
    for name, do in acts.items():
        with transaction.atomic():
            writes = writes_of(do)
            transaction.set_rollback(True)
        assert writes > 8, name
        for n in range(writes):
            with pytest.raises(Fault), connection.execute_wrapper(fails_at(n)):
                do()
            assert lists(world) == before, (name, n)
        do()
        before = lists(world)
