"""An act is whole or not at all, leaves one Change, and corrects by voiding and inserting (design §3)."""

from datetime import date, timedelta

import pytest

from ledger.acts import UNCHANGED, Refused, act, close, supersede, take_back, void
from ledger.models import Change, Document
from members.life.statuses import exempt
from members.models import Exit, Member, Membership, Status
from organizations.models import Organization
from tests.world import START, TODAY, refused

FOREVER = date(9999, 12, 31)


def spans(rows):
    """(starts, ends) of each row that stands."""
    return sorted(rows.standing().values_list("starts", "ends"))


def test_the_day_of_an_act_has_come(world):
    with refused("Ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."):
        world.rename("DB01", "Tên mới", TODAY + timedelta(days=1))
    world.rename("DB01", "Tên mới", TODAY)


def test_one_change_a_verb_with_all_it_was_told(world):
    before = Change.objects.count()
    document = Document.objects.create(number="12-QĐ/ĐU", date=START, issuer="Đảng ủy Khối")
    exempt(
        [world.people["An"], world.people["Bình"]],
        **world.act(date(2017, 3, 1), document=document, reason="  Tuổi cao\u200b "),
    )
    change = Change.objects.first()
    assert Change.objects.count() == before + 1
    assert (change.words, change.by, change.on) == ("Được miễn công tác và sinh hoạt đảng", world.by, date(2017, 3, 1))
    assert (change.document, change.reason) == (document, "Tuổi cao")
    assert str(change) == "Được miễn công tác và sinh hoạt đảng (hiệu lực 01/03/2017)"
    assert str(document) == "12-QĐ/ĐU ngày 01/01/2015 của Đảng ủy Khối"
    assert list(Status.objects.values_list("added", flat=True)) == [change.pk, change.pk]


def test_what_the_database_refuses_becomes_a_sentence_and_nothing_is_kept(world):
    an = world.people["An"]
    with (
        refused("Một đảng viên chỉ sinh hoạt chính thức ở một chi bộ trong một ngày."),
        act("thử", **world.act()) as change,
    ):
        Member.objects.bulk_create([world.person(added=change)])
        Membership.objects.create(
            member=an, organization=world.org["CB01"], entry="MOVED", starts=date(2017, 1, 1), added=change
        )


def test_a_rule_without_its_own_sentence_still_gets_one(world):
    with pytest.raises(Refused, match="không có gì được lưu"), act("thử", **world.act()) as change:
        Status.objects.create(member=world.people["An"], kind=1, starts=TODAY, ends=TODAY, added=change)
    assert not Status.objects.exists()


def test_a_programming_error_is_not_dressed_up_as_a_refusal(world):
    before = Change.objects.count()
    with pytest.raises(ZeroDivisionError), act("thử", **world.act()):
        raise ZeroDivisionError
    assert Change.objects.count() == before


def test_take_back_voids_under_one_change_with_its_reason(world):
    exempt([world.people["An"], world.people["Bình"]], **world.act(date(2017, 3, 1)))
    rows = Status.objects.all()
    with refused("Hủy một dòng đã ghi cần nêu lý do."):
        take_back(rows, **world.act(), reason="")
    assert take_back(rows, **world.act(), reason="Ghi nhầm người") == 2
    assert not Status.objects.standing().exists()
    assert Status.objects.count() == 2
    change = Change.objects.first()
    assert set(Status.objects.values_list("voided", flat=True)) == {change.pk}
    assert change.reason == "Ghi nhầm người"


def test_what_was_taken_back_is_not_taken_back_again(world):
    exempt([world.people["An"]], **world.act(date(2017, 3, 1)))
    take_back(Status.objects.all(), **world.act(), reason="Ghi nhầm")
    first = Status.objects.get().voided
    with refused(UNCHANGED):
        take_back(Status.objects.all(), **world.act(), reason="Lại")
    assert Status.objects.get().voided == first


def test_close_voids_the_old_row_and_inserts_the_shorter_one(world):
    old = Membership.objects.get(member=world.people["An"])
    with act("thử", **world.act()) as change:
        (short,) = close([old], change, date(2017, 5, 1))
    old.refresh_from_db()
    assert (old.voided, old.starts, old.ends) == (change, START, FOREVER)
    assert (short.added, short.voided, short.starts, short.ends) == (change, None, START, date(2017, 5, 1))
    assert (short.organization, short.entry) == (world.org["DB01-01"], "OPENING")
    assert spans(Membership.objects.filter(member=old.member)) == [(START, date(2017, 5, 1))]


@pytest.mark.parametrize("day", [START, START - timedelta(days=400)])
def test_a_spell_closed_on_or_before_its_first_day_leaves_nothing(world, day):
    rows = Membership.objects.filter(member=world.people["An"])
    with act("thử", **world.act()) as change:
        assert close(rows, change, day) == []
    assert spans(rows) == []
    assert rows.count() == 1
    assert rows.get().voided == change


def test_closing_nothing_is_nothing(world):
    with refused(UNCHANGED), act("thử", **world.act()) as change:
        assert close([], change, TODAY) == []


def test_supersede_voids_and_inserts_a_copy_with_the_differences(world):
    old = Membership.objects.get(member=world.people["An"])
    with act("thử", **world.act()) as change:
        (copy,) = supersede([(old, {"ends": date(2017, 5, 1), "exit": Exit.DIED})], change)
    old.refresh_from_db()
    assert (old.voided, old.ends, old.exit) == (change, FOREVER, "")
    assert (copy.added, copy.voided, copy.starts, copy.ends, copy.exit) == (
        change,
        None,
        START,
        date(2017, 5, 1),
        "DIED",
    )


def test_void_counts_only_what_stood(world):
    with act("thử", **world.act()) as change:
        assert void(Organization.objects.filter(code__startswith="DB01"), change) == 3
        assert void(Organization.objects.filter(code__startswith="DB0"), change) == 6
