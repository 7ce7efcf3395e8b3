"""Ratings of organizations as several people write them: proposals, decisions that differ, versions, the task, caps."""

from threading import Barrier, Event

import pytest
from django.db import connection

from ratings.judging.caps import places_of_organizations
from ratings.judging.locking import CLOSED, CapFull, Stale
from ratings.models import Cap, OrganizationRating, Rule
from ratings.verdicts import verdicts
from ratings.verdicts.verdicts import OrganizationVerdict, Proposal, propose, rate_organizations, record_tasks
from tests.ratings.desk import GRASSROOTS, Desk
from tests.ratings.sheets.test_races import at_once
from tests.world import World, recorded, refused

Task = OrganizationRating.Task


def proposal(desk, code, level, **more):
    return Proposal(organization=desk.world.org[code], level=level, **more)


def verdict(desk, code, level, **more):
    return OrganizationVerdict(organization=desk.world.org[code], level=level, **more)


def decide(desk, *rows, **more):
    rate_organizations(desk.period, rows, **desk.by(document=desk.paper, **more))


def test_a_proposal_is_no_rating(desk):
    propose(desk.period, [proposal(desk, "DB01-01", 1), proposal(desk, "CB01", 2)], **desk.by())
    row = desk.organization("DB01-01")
    assert (row.proposed, row.level, row.version, row.changed.words) == (1, None, 1, "Tự đề nghị mức xếp loại")
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


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"difference": "x" * 301}, "Lý do khác đề nghị dài 301 ký tự, nhiều nhất 300. Hãy viết ngắn lại."),
        ({"difference": " \0 "}, "DB01: mức quyết định khác mức tổ chức tự đề nghị cần ghi lý do."),
    ],
)
def test_a_difference_too_long_or_empty(desk, more, said):
    propose(desk.period, [proposal(desk, "DB01", 1)], **desk.by())
    with refused(said):
        decide(desk, verdict(desk, "DB01", 2, **more))


def test_what_is_typed_is_cleaned(desk):
    propose(desk.period, [proposal(desk, "DB01", 1)], **desk.by())
    decide(desk, verdict(desk, "DB01", 2, difference="  Có đảng viên\0  bị kỷ luật "), reason="Theo\0 biên bản")
    row = desk.organization("DB01")
    assert (row.difference, row.changed.reason) == ("Có đảng viên bị kỷ luật", "Theo biên bản")


def test_a_reason_that_only_limits_a_level_is_no_verdict(desk):
    limit = desk.why("to_chuc_moi")
    limit.pk, limit.code, limit.label, limit.kind = None, "ky_luat_to_chuc", "Tổ chức bị kỷ luật", "CEILING"
    limit.ceiling = 3
    limit.save()
    with refused("DB01: lý do “Tổ chức bị kỷ luật” chỉ giới hạn mức, không thay cho mức xếp loại."):
        decide(desk, verdict(desk, "DB01", None, reason=limit))


def capping(desk, strength="ASK", percent=20):
    Cap.objects.create(scheme=desk.period.scheme, limits="ORGANIZATIONS", percent=percent, base="TOP_TWO", enabled=True)
    Rule.objects.update_or_create(scheme=desk.period.scheme, code="CAP", defaults={"strength": strength})
    return desk


@pytest.fixture
def capped(desk):
    """Of the five grassroots organizations one may stand at the top; of two cells below a committee, none."""
    return capping(desk)


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
    capping(desk)
    together(monkeypatch, verdicts, "_await_others")
    rows = [verdict(desk, "DB01", 1), verdict(desk, "CB01", 1)]
    results = at_once(*[lambda row=row: decide(desk, row) for row in rows])
    assert sorted(type(r).__name__ for r in results) == ["CapFull", "NoneType"], results
    assert OrganizationRating.objects.filter(level=1).count() == 1


def test_what_is_refused_for_the_cap_says_by_how_much(capped):
    decide(capped, *(verdict(capped, code, 2) for code in GRASSROOTS))
    with pytest.raises(CapFull) as caught:
        decide(capped, verdict(capped, "DB01", 1), verdict(capped, "DB02", 1))
    assert (caught.value.places.top, caught.value.places.most, caught.value.places.left) == (2, 1, -1)


def test_proposals_take_no_places(desk):
    """The share is taken of all in scope; who is not decided yet stands in it as "hoàn thành tốt"."""
    capping(desk, percent=50)
    propose(desk.period, [proposal(desk, code, 1) for code in ("DB01-01", "DB01-02")], **desk.by())
    decide(desk, verdict(desk, "DB01-01", 1))
    with refused(
        "Tổ chức DB01 có 2 tổ chức hoàn thành xuất sắc, vượt 1 suất cho phép (50% của 2). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        decide(desk, verdict(desk, "DB01-02", 1))


def test_below_a_section_the_cap_is_that_of_the_committee(desk):
    """The section BP01, DB03-01 under it and DB03-02 share one place of DB03."""
    capping(desk, percent=50)
    decide(desk, verdict(desk, "DB03-01", 1))
    with refused(
        "Tổ chức DB03 có 2 tổ chức hoàn thành xuất sắc, vượt 1 suất cho phép (50% của 3). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        decide(desk, verdict(desk, "DB03-02", 1))


def test_what_makes_it_no_worse_is_not_refused(capped):
    decide(capped, verdict(capped, "DB01", 1), verdict(capped, "CB01", 1), reason="Được tặng thưởng")
    decide(capped, verdict(capped, "DB02", 2))
    decide(capped, verdict(capped, "DB03", 1), verdict(capped, "CB01", 2))
    with pytest.raises(CapFull):
        decide(capped, verdict(capped, "CB01", 1))
    decide(capped, verdict(capped, "DB03", 2))
    assert capped.organization("CB01").level == 2


def test_a_smaller_base_is_worse(desk):
    """Of five at 20% one may stand at the top, of four none."""
    capping(desk)
    decide(desk, verdict(desk, "DB01", 1))
    with pytest.raises(CapFull) as caught:
        decide(desk, verdict(desk, "CB02", None, reason=desk.why("to_chuc_moi")))
    assert (caught.value.places.top, caught.value.places.base) == (1, 4)
    with pytest.raises(CapFull):
        decide(desk, verdict(desk, "CB02", 3))


def test_a_cap_that_forbids_takes_no_reason(desk):
    capping(desk, "BLOCK")
    with refused(
        "Tổ chức DB01 có 1 tổ chức hoàn thành xuất sắc, vượt 0 suất cho phép (20% của 2). "
        "Quy tắc của kỳ không cho vượt; hãy chọn mức khác."
    ):
        decide(desk, verdict(desk, "DB01-01", 1), reason="Được tặng thưởng")


def test_a_cap_that_only_reminds_refuses_nothing(desk):
    capping(desk, "NOTE")
    decide(desk, verdict(desk, "DB01-01", 1))
    assert desk.organization("DB01-01").level == 1


def test_each_roof_counts_its_own(desk):
    capping(desk, percent=50)
    decide(desk, verdict(desk, "DB03-01", 1), verdict(desk, "DB01-01", 2), verdict(desk, "CB01", 1))
    org, Tier = desk.world.org, OrganizationRating.Tier

    def places(tier, *codes):
        found = places_of_organizations(desk.period, tier, [org[code].pk for code in codes], desk.period.cutoff)
        return {p.name: (p.top, p.base) for p in found.values()}

    cells = places(Tier.CELL, "DB01-01", "DB03-01", "DB03-02")
    assert cells == {"Tổ chức DB01": (0, 2), "Tổ chức DB03": (1, 3)}  # with its section
    assert places(Tier.GRASSROOTS, "DB01", "CB02") == {"Tổ chức K": (1, 5)}
    assert places(Tier.CELL) == {}


def test_a_bloc_counts_its_own_whatever_stands_above_it(desk):
    capping(desk, percent=50)
    desk.world.found(("T", "TINH", None), on=desk.today)
    desk.world.move("K", "T", desk.today)
    decide(desk, verdict(desk, "CB01", 1))
    asked = desk.period, OrganizationRating.Tier.GRASSROOTS, [desk.world.org["DB01"].pk], desk.period.cutoff
    assert {p.name: (p.top, p.base) for p in places_of_organizations(*asked).values()} == {"Tổ chức K": (1, 5)}
