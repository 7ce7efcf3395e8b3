"""After the lock: a correction keeps the old value beside the new."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.acts import Refused
from ledger.models import Installation
from ratings.judging.locking import Stale
from ratings.models import MemberRating, OrganizationRating
from ratings.sheets.correct import Correction, corrections
from ratings.sheets.draft import LineEntry
from tests.ratings.desk import Desk
from tests.ratings.sheets.correcting import DAY, LEVELS, member, organization, put
from tests.ratings.sheets.test_races import at_once
from tests.world import World, recorded, refused


def test_the_old_row_is_voided_and_a_new_one_stands(locked):
    old = locked.line("An")
    (made,) = put(locked, member(locked, "An", level=3))
    old.refresh_from_db()
    new = locked.line("An")
    assert new == made != old
    assert (old.decided, old.voided) == (1, new.added)
    assert (new.proposed, new.decided, new.version, new.changed) == (1, 3, old.version + 1, new.added)
    assert (new.sheet, new.organization, new.member, new.on_roll) == (old.sheet, old.organization, old.member, True)
    assert (new.added.reason, new.added.document, new.added.on) == ("Sót kỷ luật", locked.paper, DAY)
    assert [row.decided for row in MemberRating.history.filter(member=old.member).order_by("history_id")] == [
        None,
        1,
        3,
    ]
    assert locked.state("DB01-01") == "locked"


def test_an_organization_takes_the_paper_of_its_correction(locked):
    put(locked, organization(locked, "DB01", level=1, exemplary=True))
    row = locked.organization("DB01")
    assert (row.level, row.exemplary, row.decision, row.task) == (1, True, locked.paper, "")
    put(locked, organization(locked, "DB01", left_out=locked.why("to_chuc_moi")))
    row = locked.organization("DB01")
    assert (row.level, row.exemplary, row.reason.code) == (None, False, "to_chuc_moi")


def test_who_was_not_yet_rated_is_rated_late_by_the_same_act(locked):
    put(locked, member(locked, "Bình", level=2), reason="Đã kiểm điểm bổ sung")
    row = locked.line("Bình")
    assert (row.proposed, row.decided, row.reason) == (2, 2, None)


def test_who_was_rated_may_turn_out_to_be_out_of_scope(locked):
    put(locked, member(locked, "An", left_out=locked.why("mien")))
    row = locked.line("An")
    assert (row.proposed, row.decided, row.reason.code) == (None, None, "mien")


def test_many_at_once_are_one_act(locked):
    made = put(
        locked, member(locked, "An", level=2), member(locked, "Chi", level=3), organization(locked, "CB01", level=1)
    )
    assert len({row.added for row in made}) == 1
    assert len(made) == 3


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ({}, "Lê An: chọn một mức xếp loại hoặc một lý do không xếp loại."),
        ({"level": 2, "left_out": "mien"}, "Lê An: chọn một mức xếp loại hoặc một lý do không xếp loại."),
        ({"level": 1}, "Lê An: mức mới trùng với mức đang ghi, không có gì để điều chỉnh."),
        ({"level": 5}, "Mức xếp loại phải là một trong bốn mức của lược đồ."),
        ({"points": Decimal("80")}, "Lược đồ 2014 không xếp loại theo điểm."),
        ({"left_out": "nghi_om"}, "Lý do “Nghỉ ốm từ 03 tháng trở lên trong năm” không dùng được ở đây."),
        ({"left_out": "to_chuc_moi"}, "Lý do “Tổ chức mới thành lập chưa đủ 06 tháng” không dùng được ở đây."),
        ({"level": 2, "exemplary": True}, "Lê An: tiêu biểu chỉ chọn trong số tổ chức đạt mức cao nhất."),
    ],
)
def test_what_cannot_be_written_of_a_member(locked, new, sentence):
    new = {key: locked.why(value) if key == "left_out" else value for key, value in new.items()}
    with refused(sentence):
        put(locked, member(locked, "Chi", level=3), member(locked, "An", **new))
    assert locked.line("Chi").decided == 2


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ({"level": 2}, "DB01: mức mới trùng với mức đang ghi, không có gì để điều chỉnh."),
        ({"level": 0}, "Mức xếp loại phải là một trong bốn mức của lược đồ."),
        ({"level": 3, "exemplary": True}, "DB01: tiêu biểu chỉ chọn trong số tổ chức đạt mức cao nhất."),
        ({"left_out": "mien"}, "Lý do “Được miễn công tác và sinh hoạt đảng” không dùng được ở đây."),
    ],
)
def test_what_cannot_be_written_of_an_organization(locked, new, sentence):
    new = {key: locked.why(value) if key == "left_out" else value for key, value in new.items()}
    with refused(sentence):
        put(locked, organization(locked, "DB01", **new))


def test_a_paper_and_a_reason_are_wanted(locked):
    with refused("Điều chỉnh sau khi khóa kỳ cần số, ngày và cơ quan ban hành của văn bản."):
        put(locked, member(locked, "An", level=2), document=None)
    with refused("Điều chỉnh sau khi khóa kỳ cần nêu lý do."):
        put(locked, member(locked, "An", level=2), reason="")
    with refused("Chưa chọn dòng nào để điều chỉnh."):
        put(locked)
    with refused("Một dòng chỉ điều chỉnh một lần trong một việc."):
        put(locked, member(locked, "An", level=2), member(locked, "An", level=3))


def test_not_before_the_lock(desk):
    desk.finish()
    with refused("Năm 2017 chưa khóa; hãy sửa trên phiếu."):
        put(desk, member(desk, "An", level=1))
    with refused("Năm 2017 chưa khóa; hãy sửa trên phiếu."):
        put(desk, organization(desk, "DB01", level=1))


def test_a_reason_of_another_scheme_does_not_serve(locked):
    other = type(locked.why("mien")).objects.get(scheme__code="2019", code="mien")
    with refused("Lý do “Được miễn công tác và sinh hoạt đảng” không dùng được ở đây."):
        put(locked, member(locked, "An", left_out=other))


def test_a_line_off_the_roll_counts_nowhere_and_has_nothing_to_correct(desk):
    desk.decide_all()
    desk.accept()
    desk.world.leave("An", date(2017, 12, 20))
    desk.rate_organizations(**LEVELS)
    desk.lock()
    with refused("Lê An không còn trong danh sách của chi bộ vào ngày chốt, không có mức để điều chỉnh."):
        put(desk, member(desk, "An", level=1))


def test_who_comes_second_is_told(locked):
    seen = locked.line("An")
    put(locked, member(locked, "An", level=2))
    before = recorded()
    with pytest.raises(Stale) as caught:
        put(locked, Correction(row=seen, level=3))
    assert caught.value.messages == ["Dòng này vừa được người khác điều chỉnh. Hãy xem lại rồi ghi."]
    assert recorded() == before
    assert locked.line("An").decided == 2


def test_points_are_corrected_as_points(world):
    Installation.objects.update(demo_day=date(2026, 1, 20))
    desk = Desk(world, 2025)
    desk.decide_all(rank=LineEntry(points=Decimal("80")))
    desk.accept()
    desk.rate_organizations(**LEVELS)
    desk.lock(date(2026, 1, 16))
    with refused("Lược đồ 2025 xếp loại theo điểm; hãy nhập điểm."):
        put(desk, member(desk, "An", level=1), on=date(2026, 1, 18))
    with refused("Điểm phải từ 0 đến 100, nhiều nhất hai chữ số lẻ."):
        put(desk, member(desk, "An", points=Decimal("100.5")), on=date(2026, 1, 18))
    put(desk, member(desk, "An", points=Decimal("92.5")), on=date(2026, 1, 18))
    row = desk.line("An")
    assert (row.decided, row.points, row.proposed) == (1, Decimal("92.5"), 2)


def test_the_list_of_corrections_names_old_and_new(locked):
    put(locked, member(locked, "An", level=2))
    put(locked, member(locked, "An", level=3), organization(locked, "DB01", level=1))
    with CaptureQueriesContext(connection) as asked:
        found = [
            (old.decided, new.decided) if isinstance(new, MemberRating) else (old.level, new.level)
            for old, new in corrections(locked.period)
        ]
    assert found == [(2, 3), (2, 1), (1, 2)]
    assert len(asked) == 4
    assert len(corrections(locked.period, [locked.world.org["DB01"].pk])) == 1
    assert corrections(Desk(locked.world, 2018).period) == []


@pytest.mark.usefixtures("committed")
def test_two_at_once_correct_one_line_once():
    desk = Desk(World())
    desk.finish()
    desk.lock()
    rows = [member(desk, "An", level=1), member(desk, "An", level=3)]
    results = at_once(*[lambda row=row: put(desk, row) for row in rows])
    lost = [r for r in results if isinstance(r, Exception)]
    assert [type(r) for r in lost] == [Stale], results
    assert MemberRating.objects.standing().filter(member=desk.world.people["An"]).count() == 1
    assert len(corrections(desk.period)) == 1


def test_the_lock_refuses_every_other_door(locked):
    rows = MemberRating.objects.standing().filter(period=locked.period)
    standing = set(rows.values_list("pk", "decided"))
    for act in (lambda: locked.rate(An=2), lambda: locked.rate_organizations(DB01=1)):
        with pytest.raises(Refused):
            act()
    assert set(rows.values_list("pk", "decided")) == standing
    assert OrganizationRating.objects.filter(period=locked.period, level=1).count() == 0
