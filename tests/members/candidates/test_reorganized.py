"""Candidates of cells that end or go on elsewhere: who waits goes along with the people."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.candidates import steps as candidates
from members.models import Stage
from members.reorganizing import plan
from members.reorganizing.carry_out import merge
from organizations import reorganize
from organizations.forest import Forest
from tests.members.candidates.way import DAYS, bring, recommend, steps
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db
MERGED = date(2018, 6, 15)


def test_a_cell_that_ends_passes_its_candidates_to_the_cell_that_received_its_people(world):
    waiting, stopped = recommend(world, "Trần Mới", "Trần Khác", code="CB01")
    bring(world, waiting, Stage.CLASS)
    candidates.stop([(stopped, Stage.STOPPED, date(2018, 5, 1), "Đi xa")], **world.act())
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MERGED)
    assert steps(waiting)[-1] == (Stage.CLASS, MERGED, "DB01-02")
    assert steps(stopped)[-1] == (Stage.STOPPED, date(2018, 5, 1), "CB01")
    merger = Change.objects.latest("pk")
    world.rename("DB02-01", "Chi bộ Mới", date(2018, 7, 1))  # another change of the tree moves nobody again
    assert len(steps(waiting)) == 3
    with refused(
        "Trần Mới: ngày 14/06/2018 trước bước liền trước (do sắp xếp tổ chức, ngày 15/06/2018). Hãy xem lại ngày."
    ):
        candidates.advance([(waiting, Stage.DOSSIER, date(2018, 6, 14))], **world.act())
    candidates.advance([(waiting, Stage.DOSSIER, MERGED)], **world.act())
    assert steps(waiting)[-1] == (Stage.DOSSIER, MERGED, "DB01-02")
    with refused("Trần Mới: sau đó đã ghi “Đủ hồ sơ” ngày 15/06/2018. Hãy hủy việc đó trước."):
        undo(merger, by=world.by, on=TODAY, reason="Nhầm")
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Nhầm")
    undo(merger, by=world.by, on=TODAY, reason="Nhầm")
    assert len(steps(waiting)) == 2
    assert steps(waiting)[-1] == (Stage.CLASS, DAYS[Stage.CLASS], "CB01")


def test_without_people_the_principal_successor_receives_them_if_it_is_a_cell(world):
    world.found(("CB09", "CBCS", "K"))
    candidate = recommend(world, "Trần Mới", code="CB09")[0]
    with refused(
        "Tổ chức CB09 còn người trong nguồn kết nạp mà không có chi bộ tiếp nhận. "
        "Hãy chỉ định chi bộ tiếp nhận đảng viên, hoặc đưa họ ra khỏi nguồn trước."
    ):
        world.merge("CB09", "DB01", {"CB09": "DB01-01"}, MERGED)
    merge([world.org["CB09"]], world.org["CB01"], cells={world.org["CB09"]: world.org["CB01"]}, **world.act(MERGED))
    assert steps(candidate)[-1] == (Stage.RECOMMENDED, MERGED, "CB01")


def test_a_cell_that_goes_on_under_another_keeps_its_candidates(world):
    candidate = recommend(world, "Trần Mới", code="DB02-01")[0]
    world.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": "DB02-01"}, MERGED)
    reorganize.rename({world.org["DB02-01"]: "Chi bộ Mới"}, **world.act(date(2018, 7, 1)))
    assert len(steps(candidate)) == 1


def test_no_step_is_left_behind_in_a_cell_that_ends(world):
    recommend(world, "Trần Mới", code="CB01", on=MERGED)
    with refused("Tổ chức CB01 có việc trong nguồn kết nạp từ ngày 15/06/2018 trở đi; ngày kết thúc phải sau đó."):
        world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MERGED)


def test_who_is_recommended_late_goes_along_as_those_who_waited_then(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-02"}, MERGED)
    candidate = recommend(world, code="CB01")
    assert steps(candidate) == [
        (Stage.RECOMMENDED, DAYS[Stage.RECOMMENDED], "CB01"),
        (Stage.RECOMMENDED, MERGED, "DB01-02"),
    ]
    assert [outcome for outcome in outcomes() if not outcome.sound] == []
    candidates.advance([(candidate, Stage.CLASS, MERGED)], **world.act())
    assert steps(candidate)[-1] == (Stage.CLASS, MERGED, "DB01-02")


def test_nobody_is_recommended_late_where_nothing_took_the_cell_over(world):
    world.found(("CB09", "CBCS", "K"))
    world.carry_out(plan.dissolving(Forest.on(MERGED), "CB09"), MERGED)
    with refused(
        "Trần Mới: Tổ chức CB09 thôi là chi bộ từ ngày 15/06/2018, không rõ chi bộ nào tiếp nhận. Hãy ghi vào chi bộ "
        "đang sinh hoạt, hoặc ghi nơi tiếp nhận khi sắp xếp tổ chức trước."
    ):
        recommend(world, code="CB09")
