"""Ratings of organizations and their yearly task."""

from ledger.models import Change
from ratings.models import OrganizationRating
from ratings.verdicts.verdicts import record_tasks
from tests.world import refused

Task = OrganizationRating.Task


def test_levels_are_recorded_with_their_decision(desk):
    desk.rate_organizations(DB01={"level": 1, "exemplary": True}, DB02=2, CB01="to_chuc_moi", DB01_01=3)
    rows = {code: desk.organization(code) for code in ("DB01", "DB02", "CB01", "DB01-01")}
    assert {code: (r.level, r.exemplary, r.reason and r.reason.code) for code, r in rows.items()} == {
        "DB01": (1, True, None),
        "DB02": (2, False, None),
        "CB01": (None, False, "to_chuc_moi"),
        "DB01-01": (3, False, None),
    }
    assert {row.decision for row in rows.values()} == {desk.paper}
    assert desk.organization("CB02").decision is None


def test_a_rating_needs_a_document(desk):
    with refused("Quyết định xếp loại tổ chức cần số, ngày và cơ quan ban hành."):
        desk.rate_organizations(DB01=1, document=None)


def test_exemplary_only_at_the_top(desk):
    for rank in (2, 3, 4):
        with refused("DB01: tiêu biểu chỉ chọn trong số đạt mức cao nhất."):
            desk.rate_organizations(DB02=1, DB01={"level": rank, "exemplary": True})
    assert desk.organization("DB02").level is None


def test_a_level_or_a_reason(desk):
    for entry in ({"level": 1, "reason": desk.why("to_chuc_moi")}, {}):
        with refused("DB01: cần mức xếp loại hoặc lý do không xếp loại, không cả hai."):
            desk.rate_organizations(DB01=entry)


def test_what_has_no_row_is_not_rated(desk):
    with refused("K không thuộc diện xếp loại trong năm 2017."):
        desk.rate_organizations(K=1)


def test_a_later_decision_replaces_the_earlier_and_both_are_kept(desk):
    desk.rate_organizations(DB01={"level": 1, "exemplary": True})
    desk.rate_organizations(DB01=2)
    row = desk.organization("DB01")
    assert (row.level, row.exemplary, row.version) == (2, False, 2)
    history = row.history.order_by("history_id")
    assert [(h.history_type, h.level) for h in history] == [("+", None), ("~", 1), ("~", 2)]
    assert {h.history_user for h in history} == {desk.world.by}


def test_tasks_are_of_grassroots_organizations(desk):
    org = desk.world.org
    record_tasks(desk.period, {org["DB01"]: Task.EXCEEDED, org["CB01"]: Task.FAILED}, **desk.by())
    assert [desk.organization(c).task for c in ("DB01", "CB01", "DB02")] == ["EXCEEDED", "FAILED", ""]
    with refused("DB01-01: kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng."):
        record_tasks(desk.period, {org["DB02"]: Task.COMPLETED, org["DB01-01"]: Task.COMPLETED}, **desk.by())
    assert desk.organization("DB02").task == ""


def test_level_and_task_do_not_touch_each_other(desk):
    desk.rate_organizations(DB01=1)
    record_tasks(desk.period, {desk.world.org["DB01"]: Task.COMPLETED}, **desk.by())
    row = desk.organization("DB01")
    assert (row.level, row.task, row.version) == (1, "COMPLETED", 2)


def test_one_act_for_many(desk):
    before = Change.objects.count()
    desk.rate_organizations(DB01=1, DB02=2, DB03=2, CB01=1, CB02=3)
    assert Change.objects.count() == before + 1
    assert Change.objects.latest("pk").document == desk.paper
