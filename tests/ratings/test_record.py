"""Ratings of organizations as several people write them: proposals, decisions that differ, versions, the task, caps."""

from threading import Barrier, Event

import pytest
from django.db import connection

from ratings import record
from ratings.guard import CLOSED, CapFull, Stale
from ratings.models import Cap, OrganizationRating
from ratings.record import Proposal, Verdict, propose, rate_organizations, record_tasks
from tests.world import World, recorded, refused

from .desk import GRASSROOTS, Desk
from .test_races import at_once

Task = OrganizationRating.Task


def proposal(desk, code, level, **more):
    return Proposal(organization=desk.world.org[code], level=level, **more)


def verdict(desk, code, level, **more):
    return Verdict(organization=desk.world.org[code], level=level, **more)


def decide(desk, *rows, **more):
    rate_organizations(desk.period, rows, **desk.by(document=desk.paper, **more))


def test_a_proposal_is_no_rating(desk):
    propose(desk.period, [proposal(desk, "DB01-01", 1), proposal(desk, "CB01", 2)], **desk.by())
    row = desk.organization("DB01-01")
    assert (row.proposed, row.level, row.version, row.changed.verb) == (1, None, 1, "Tự đề nghị mức xếp loại")
    assert desk.organization("CB01").proposed == 2


def test_a_proposal_may_be_taken_back_until_it_is_decided(desk):
    for level in (1, None, 2):
        propose(desk.period, [proposal(desk, "DB01", level)], **desk.by())
        assert desk.organization("DB01").proposed == level
    desk.rate_organizations(DB01=2)
    with refused("DB01 đã có quyết định xếp loại, không đổi đề nghị được nữa."):
        propose(desk.period, [proposal(desk, "CB01", 1), proposal(desk, "DB01", 1)], **desk.by())
    assert desk.organization("CB01").proposed is None


@pytest.mark.parametrize("level", [0, 5])
def test_only_a_level_of_the_scheme_is_proposed(desk, level):
    with refused("Mức xếp loại phải là một trong bốn mức của lược đồ."):
        propose(desk.period, [proposal(desk, "DB01", level)], **desk.by())


def test_another_level_than_proposed_needs_its_reason(desk):
    propose(desk.period, [proposal(desk, "DB01", 1)], **desk.by())
    with refused("DB01: mức quyết định khác mức tổ chức tự đề nghị cần ghi lý do."):
        decide(desk, verdict(desk, "DB02", 2), verdict(desk, "DB01", 2))
    decide(desk, verdict(desk, "DB01", 2, difference="Có đảng viên bị kỷ luật"))
    row = desk.organization("DB01")
    assert (row.proposed, row.level, row.difference) == (1, 2, "Có đảng viên bị kỷ luật")


def test_a_reason_needs_no_difference(desk):
    propose(desk.period, [proposal(desk, "DB01", 1)], **desk.by())
    decide(desk, verdict(desk, "DB01", None, reason=desk.why("to_chuc_moi")))
    assert desk.organization("DB01").reason.code == "to_chuc_moi"


def test_a_level_there_is_not(desk):
    with refused("DB01: mức xếp loại phải là một trong bốn mức của lược đồ."):
        decide(desk, verdict(desk, "DB01", 5))


def test_a_reason_of_members_or_of_another_scheme(desk):
    other = type(desk.why("mien")).objects.get(scheme__code="2019", code="to_chuc_moi")
    for reason in (desk.why("mien"), other):
        with refused(f"DB01: lý do “{reason}” không dùng cho tổ chức trong kỳ này."):
            decide(desk, verdict(desk, "DB01", None, reason=reason))


def test_who_writes_second_is_shown_the_first(desk):
    seen = desk.organization("DB01").version
    decide(desk, verdict(desk, "DB01", 1, version=seen))
    for write in (
        lambda: decide(desk, verdict(desk, "DB02", 2), verdict(desk, "DB01", 2, version=seen)),
        lambda: propose(desk.period, [proposal(desk, "DB01", 2, version=seen)], **desk.by()),
        lambda: record_tasks(
            desk.period,
            {desk.world.org["DB01"]: Task.FAILED},
            versions={desk.world.org["DB01"].pk: seen},
            **desk.by(),
        ),
    ):
        before = recorded()
        with pytest.raises(Stale) as caught:
            write()
        assert caught.value.messages == ["Có tổ chức vừa được người khác ghi xếp loại. Hãy xem lại rồi ghi."]
        assert {pk: row.level for pk, row in caught.value.lines.items()} == {desk.world.org["DB01"].pk: 1}
        assert recorded() == before
    assert (desk.organization("DB01").level, desk.organization("DB02").level) == (1, None)


def test_a_task_of_no_known_kind(desk):
    with refused("DB01: kết quả nhiệm vụ chính trị không hợp lệ."):
        record_tasks(desk.period, {desk.world.org["DB01"]: "DONE"}, **desk.by())


def test_the_lock_is_told_in_one_sentence_everywhere(desk):
    desk.finish()
    desk.lock()
    with refused(CLOSED):
        propose(desk.period, [proposal(desk, "DB01", 1)], **desk.by())
    with refused(CLOSED):
        decide(desk, verdict(desk, "DB01", 1))
    with refused(CLOSED):
        record_tasks(desk.period, {desk.world.org["DB01"]: Task.COMPLETED}, **desk.by())


@pytest.fixture
def capped(desk):
    """Of the five grassroots organizations one may stand at the top; of two cells below a committee, none."""
    cap = Cap(scheme=desk.period.scheme, limits="ORGANIZATIONS", percent=20, base="TOP_TWO", enabled=True)
    cap.save()
    return desk


def test_a_cap_on_organizations_is_held_below_the_bloc(capped):
    decide(capped, *(verdict(capped, code, 1 if code == "DB01" else 2) for code in GRASSROOTS))
    with refused(
        "Tổ chức K có 2 tổ chức hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 5). Muốn giữ nguyên phải nêu lý do."
    ):
        decide(capped, verdict(capped, "CB01", 1))
    decide(capped, verdict(capped, "CB01", 1), reason="Được tặng thưởng của Tỉnh ủy")
    assert capped.organization("CB01").level == 1


def test_a_cap_on_organizations_is_held_below_a_committee(capped):
    with refused(
        "Tổ chức DB01 có 1 tổ chức hoàn thành xuất sắc, vượt 0 suất cho phép (20% của 2). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        decide(capped, verdict(capped, "DB01-01", 1))


def together(monkeypatch, module, name):
    """Two threads come to module.name at the same time and leave it a moment later, where the database lets them."""
    real, meet = getattr(module, name), Barrier(2, timeout=20)

    def met(*args):
        if connection.vendor == "postgresql":  # SQLite lets one write at a time
            meet.wait()
        real(*args)
        Event().wait(0.1)

    monkeypatch.setattr(module, name, met)


@pytest.mark.usefixtures("committed")
def test_two_at_once_do_not_take_one_place_of_the_cap(monkeypatch):
    desk = Desk(World())
    Cap.objects.create(scheme=desk.period.scheme, limits="ORGANIZATIONS", percent=20, base="TOP_TWO", enabled=True)
    together(monkeypatch, record, "_hold_cap")
    rows = [verdict(desk, "DB01", 1), verdict(desk, "CB01", 1)]
    results = at_once(*[lambda row=row: decide(desk, row) for row in rows])
    assert sorted(type(r).__name__ for r in results) == ["CapFull", "NoneType"], results
    assert OrganizationRating.objects.filter(level=1).count() == 1


def test_what_is_refused_for_the_cap_says_by_how_much(capped):
    decide(capped, *(verdict(capped, code, 2) for code in GRASSROOTS))
    with pytest.raises(CapFull) as caught:
        decide(capped, verdict(capped, "DB01", 1), verdict(capped, "DB02", 1))
    assert (caught.value.places.top, caught.value.places.most, caught.value.places.left) == (2, 1, -1)
