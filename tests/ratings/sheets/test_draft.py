"""Lines of a draft: what an Entry may be, versions, undo, and the cell's own words (design §6)."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.models import Change
from members.models import Exit
from ratings.judging.locking import Stale
from ratings.judging.reading import Reading
from ratings.models import MemberRating
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from ratings.verbs import RatingVerb
from tests.ratings.desk import CELLS, Desk
from tests.world import refused

DECEMBER_10 = date(2017, 12, 10)


def put(desk, name, entry, by=None, code="DB01-01", **more):
    acting = desk.by() | ({"by": by} if by else {})
    draft.rate({desk.sheet(code): {desk.world.people[name].pk: entry}}, **acting, **more)


def line(desk, name):
    """(level, reason, note, version)"""
    row = desk.line(name)
    return row.proposed, row.reason and row.reason.code, row.note, row.version


# Entries


def test_an_entry_is_a_level_a_reason_or_nothing(desk):
    put(desk, "An", 2)
    assert line(desk, "An") == (2, None, "", 1)
    put(desk, "An", desk.why("mien"))
    assert line(desk, "An") == (None, "mien", "", 2)
    put(desk, "An", LineEntry(level=3, note="  Đi học   6 tháng "))
    assert line(desk, "An") == (3, None, "Đi học 6 tháng", 3)
    put(desk, "An", None)
    assert line(desk, "An") == (None, None, "Đi học 6 tháng", 4)
    put(desk, "An", LineEntry(note=""))
    assert line(desk, "An") == (None, None, "", 5)


def test_not_a_level_and_a_reason_at_once(desk):
    for entry in (LineEntry(level=2, reason=desk.why("mien")), LineEntry(points=Decimal(80), reason=desk.why("mien"))):
        with refused("Lê An: Chọn một mức xếp loại hoặc một lý do không xếp loại, không cả hai."):
            put(desk, "An", entry)


def test_a_note_alone_makes_a_line_that_is_not_settled(desk):
    put(desk, "An", LineEntry(note="Vắng họp"))
    assert line(desk, "An") == (None, None, "Vắng họp", 1)
    assert desk.world.people["An"].pk in Reading(desk.period, [desk.sheet("DB01-01")], desk.today).missing(
        desk.world.org["DB01-01"].pk
    )


def test_a_new_level_leaves_the_words_that_stand(desk):
    put(desk, "An", LineEntry(level=2, note="Vắng họp", justification="Có lý do"))
    put(desk, "An", 3)
    assert (desk.line("An").note, desk.line("An").justification) == ("Vắng họp", "Có lý do")


@pytest.mark.parametrize(("field", "named", "most"), [("note", "Ghi chú", 300), ("justification", "Giải trình", 500)])
def test_words_too_long_are_refused_on_every_database(desk, field, named, most):
    with refused(f"Lê An: {named} dài {most + 1} ký tự, nhiều nhất {most}. Hãy viết ngắn lại."):
        put(desk, "An", LineEntry(level=2, **{field: "đ" * (most + 1)}))
    put(desk, "An", LineEntry(level=2, **{field: "đ" * most + "\0"}))
    assert getattr(desk.line("An"), field) == "đ" * most


def test_reasons_of_other_acts_are_cleaned_and_measured_too(desk):
    desk.rate(An=1, Bình=2)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    with refused("Trả lại phiếu cần nêu lý do để chi bộ biết phải sửa gì."):
        desk.send_back("DB01-01", reason=" \u200b\n")
    with refused("Lý do trả lại dài 501 ký tự, nhiều nhất 500. Hãy viết ngắn lại."):
        desk.send_back("DB01-01", reason="x" * 501)
    with refused("Lê An: mức quyết định khác mức chi bộ đề nghị cần ghi lý do."):
        desk.decide("DB01-01", levels={"An": (2, "  ")})
    with refused("Lý do khác đề nghị dài 301 ký tự, nhiều nhất 300. Hãy viết ngắn lại."):
        desk.decide("DB01-01", levels={"An": (2, "x" * 301)})
    with refused("Mức xếp loại phải là một trong bốn mức của lược đồ."):
        desk.decide("DB01-01", levels={"An": (None, "Chưa rõ")})
    desk.decide("DB01-01", levels={"An": (1, "Như đề nghị")}, reason=" Đảng ủy\0  thống nhất")
    assert Change.objects.latest("pk").reason == "Đảng ủy thống nhất"
    assert (desk.line("An").decided, desk.line("An").difference) == (1, "")


def test_the_decision_goes_when_the_sheet_comes_back(desk):
    desk.decide_all()
    desk.send_back("DB01-01", reason="Xem lại")
    assert desk.sheet("DB01-01").decision is None
    assert desk.sheet("DB01-02").decision == desk.paper


def test_who_went_is_named_and_a_stranger_is_not(desk):
    desk.rate(An=2)
    desk.world.leave("An", DECEMBER_10, Exit.DEPARTED)
    sheet = desk.sheet("DB01-01")
    for name, said in (("An", "Lê An"), ("Phúc", "có người")):
        with refused(f"Phiếu của chi bộ DB01-01: {said} không còn trong danh sách đảng viên."):
            draft.rate({sheet: {desk.world.people[name].pk: 3}}, **desk.by(DECEMBER_10))
    with refused("Phiếu của chi bộ DB01-01: có người không còn trong danh sách đảng viên."):
        draft.rate({sheet: {10**9: 3}}, **desk.by(DECEMBER_10))


# Versions


def test_the_second_writer_is_told_and_shown_the_first(desk):
    put(desk, "An", LineEntry(level=1, version=0))
    sheet = desk.sheet("DB01-01").version
    with pytest.raises(Stale) as caught:
        put(desk, "An", LineEntry(level=2, version=0))
    assert caught.value.messages == ["Có 1 dòng vừa được người khác sửa."]
    (told,) = caught.value.lines.items()
    assert (told[0], told[1].proposed, told[1].version) == (desk.world.people["An"].pk, 1, 1)
    assert (line(desk, "An"), desk.sheet("DB01-01").version) == ((1, None, "", 1), sheet)
    put(desk, "An", LineEntry(level=2, version=1))
    assert line(desk, "An") == (2, None, "", 2)


def test_two_lines_of_one_sheet_are_no_conflict(desk):
    put(desk, "An", LineEntry(level=1, version=0))
    put(desk, "Bình", LineEntry(level=2, version=0))
    assert (line(desk, "An")[0], line(desk, "Bình")[0]) == (1, 2)


def test_one_stale_line_holds_up_the_whole_act_and_all_are_told(desk):
    desk.rate(An=1, Bình=1)
    people = desk.world.people
    entries = {people["An"].pk: LineEntry(level=2, version=0), people["Bình"].pk: LineEntry(level=2, version=0)}
    with pytest.raises(Stale) as caught:
        draft.rate({desk.sheet("DB01-01"): entries}, **desk.by())
    assert set(caught.value.lines) == set(entries)
    entries[people["An"].pk] = LineEntry(level=2, version=1)
    with refused("Có 1 dòng vừa được người khác sửa."):
        draft.rate({desk.sheet("DB01-01"): entries}, **desk.by())
    assert line(desk, "An") == (1, None, "", 1)


def test_the_same_sent_again_is_no_conflict_and_leaves_nothing(desk):
    put(desk, "An", LineEntry(level=2, note="Tốt", version=0))
    before = (Change.objects.count(), desk.sheet("DB01-01").version, MemberRating.history.count())
    for version in (0, None, 1, 7):
        put(desk, "An", LineEntry(level=2, note="Tốt", version=version))
    put(desk, "An", LineEntry(level=2, version=0))
    put(desk, "Bình", None)
    assert (Change.objects.count(), desk.sheet("DB01-01").version, MemberRating.history.count()) == before
    assert line(desk, "An") == (2, None, "Tốt", 1)


def test_only_the_sheets_that_change_get_a_new_version(desk):
    desk.rate_all()
    before = {code: desk.sheet(code).version for code in CELLS}
    desk.rate_all(An=3)
    after = {code: desk.sheet(code).version for code in CELLS}
    assert {code for code in CELLS if after[code] != before[code]} == {"DB01-01"}


# Undo


def undo(desk, code="DB01-01", by=None):
    draft.undo(desk.sheet(code), by=by or desk.world.by, on=desk.today)


def levels(desk, code="DB01-01"):
    rows = MemberRating.objects.standing().filter(sheet=desk.sheet(code)).order_by("member__sort_key")
    return [row.proposed or (row.reason and row.reason.code) for row in rows]


NOTHING_LEFT = "Không còn việc nào của đồng chí trên phiếu này để hoàn tác."
TOUCHED = "Dòng này đã được sửa tiếp sau đó; hãy sửa trực tiếp trên phiếu."


def test_undo_step_by_step(desk):
    desk.rate(An=1)
    desk.rate(An=2, Bình="mien")
    desk.rate(Bình=3)
    seen = [levels(desk)]
    for _ in range(3):
        undo(desk)
        seen.append(levels(desk))
    assert seen == [[2, 3], [2, "mien"], [1, None], [None, None]]
    with refused(NOTHING_LEFT):
        undo(desk)


def test_undo_after_undo_and_a_new_act(desk):
    desk.rate(An=1)
    desk.rate(An=2)
    undo(desk)
    desk.rate(An=3)
    undo(desk)
    assert levels(desk) == [1]
    undo(desk)
    assert levels(desk) == [None]
    with refused(NOTHING_LEFT):
        undo(desk)


def test_undo_brings_back_the_words_and_takes_back_a_whole_act(desk):
    put(desk, "An", LineEntry(level=2, note="Một", justification="Vì vậy"))
    put(desk, "An", LineEntry(level=3, note="Hai", justification=""))
    undo(desk)
    assert (desk.line("An").note, desk.line("An").justification, line(desk, "An")[0]) == ("Một", "Vì vậy", 2)
    draft.rate(
        {desk.sheet("DB01-01"): {desk.world.people[n].pk: 4 for n in ("An", "Bình")}}, verb=RatingVerb.REST, **desk.by()
    )
    undo(desk)
    assert levels(desk) == [2, None]


def test_undo_takes_back_no_more_than_ones_own(desk):
    other = desk.world.user()
    desk.rate(An=1)
    put(desk, "Bình", 2, by=other)
    undo(desk)
    assert levels(desk) == [None, 2]
    with refused(NOTHING_LEFT):
        undo(desk)
    undo(desk, by=other)
    assert levels(desk) == [None, None]


@pytest.mark.parametrize(
    "theirs", [LineEntry(level=3), LineEntry(level=1, justification="Ý khác"), LineEntry(level=1, note="x")]
)
def test_undo_is_refused_once_another_has_changed_the_line(desk, theirs):
    desk.rate(An=1)
    put(desk, "An", theirs, by=desk.world.user())
    with refused(TOUCHED):
        undo(desk)
    assert line(desk, "An")[0] == theirs.level


def test_undo_that_meets_a_change_at_the_last_moment_is_stale(desk, monkeypatch):
    """Another writes between the look at the history and the writing: nothing of theirs is lost."""
    desk.rate(An=1)
    real, other = draft.rate, desk.world.user()

    def late(entries, **more):
        monkeypatch.setattr(draft, "rate", real)
        put(desk, "An", 3, by=other)
        real(entries, **more)

    monkeypatch.setattr(draft, "rate", late)
    with pytest.raises(Stale):
        undo(desk)
    assert line(desk, "An")[0] == 3


def test_undo_does_not_reach_before_the_last_step(desk):
    desk.rate(An=1, Bình=2)
    desk.submit("DB01-01")
    with refused(NOTHING_LEFT):
        undo(desk)
    desk.send_back("DB01-01", reason="Xem lại")
    with refused(NOTHING_LEFT):
        undo(desk)
    desk.rate(An=3)
    undo(desk)
    assert levels(desk) == [1, 2]
    with refused(NOTHING_LEFT):
        undo(desk)


def test_undo_is_held_by_the_cap_as_typing_is(world):
    world.enroll("Lê Kiên", "CB01")
    for name in ("Mai", "Ngọc", "Oanh2"):
        world.enroll(f"Lê {name}", "CB01")
    desk = Desk(world, 2018)
    desk.rate(Phúc=1)
    desk.rate(Phúc=2)
    draft.rate({desk.sheet("CB01"): {world.people["Quân"].pk: 1}}, **desk.by() | {"by": world.user()})
    with refused(
        "Tổ chức CB01 có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 6). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        undo(desk, "CB01")


def test_explain_is_of_the_draft(desk):
    draft.explain(desk.sheet("DB01-01"), "  Cả chi bộ\n\nvượt việc ", **desk.by())
    assert desk.sheet("DB01-01").explanation == "Cả chi bộ\n\nvượt việc"
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    with refused("Phiếu của chi bộ DB01-01 đã nộp, không còn sửa được."):
        draft.explain(desk.sheet("DB01-01"), "Khác", **desk.by())
