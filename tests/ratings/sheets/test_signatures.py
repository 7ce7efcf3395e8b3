"""An approver signs only what they saw, and sees what changed since they last looked (design §6)."""

from datetime import date

import pytest

from members.models import Exit
from ratings import workflow
from ratings.judging.locking import Stale
from ratings.judging.reading import Reading
from ratings.models import MemberRating
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from tests.ratings.desk import CELLS
from tests.world import recorded

DECEMBER_10 = date(2017, 12, 10)
CELL = "DB01-01"


def drawn(desk, *codes, on=None):
    """What the page shows of the sheets: {sheet id: fingerprint}."""
    sheets = desk.sheets(*codes)
    reading = Reading(desk.period, sheets, on or desk.today)
    return {sheet.pk: reading.fingerprint(sheet) for sheet in sheets}


def sign(desk, step, seen, *codes, on=None):
    more = {"document": desk.paper} if step == "decide" else {"reason": "Xem lại"} if step == "send_back" else {}
    getattr(workflow, step)(desk.sheets(*codes), seen=seen, **desk.by(on, **more))


def bring(desk, state, *codes):
    """The sheets in `state`, everyone at 2."""
    desk.rate_all()
    way = {"submitted": desk.submit, "endorsed": desk.endorse, "decided": desk.decide}
    for reached, step in way.items():
        if state == "draft":
            return
        step(*codes)
        if reached == state:
            return


STEPS = [
    ("submit", "draft", "submitted"),
    ("endorse", "submitted", "endorsed"),
    ("decide", "endorsed", "decided"),
    ("accept", "decided", "accepted"),
    ("send_back", "submitted", "draft"),
    ("send_back", "decided", "draft"),
]


@pytest.fixture(params=STEPS, ids=lambda step: f"{step[0]} from {step[1]}")
def step(request, desk):
    verb, before, after = request.param
    bring(desk, before, CELL, "DB01-02")
    return verb, before, after


def stopped(desk, verb, seen, *codes, on=None):
    """The signature is stopped, and nothing at all is written."""
    rows, states = recorded(), {code: desk.state(code) for code in CELLS}
    with pytest.raises(Stale, match="đã thay đổi từ lúc mở trang"):
        sign(desk, verb, seen, *codes, on=on)
    assert (recorded(), {code: desk.state(code) for code in CELLS}) == (rows, states)


def test_what_is_unchanged_is_signed(desk, step):
    verb, _, after = step
    sign(desk, verb, drawn(desk, CELL), CELL)
    assert desk.state(CELL) == after


def changed_line(desk):
    """By whoever may: the sheet goes back, is typed into and comes as far as it was."""
    state = desk.state(CELL)
    if state != "draft":
        desk.send_back(CELL, reason="Sửa")
    desk.rate(An=3)
    for reached, again in (("submitted", desk.submit), ("endorsed", desk.endorse), ("decided", desk.decide)):
        if desk.state(CELL) != state:
            again(CELL)
            assert desk.state(CELL) == reached


def test_a_line_changed_meanwhile_stops_it(desk, step):
    seen = drawn(desk, CELL, "DB01-02")
    changed_line(desk)
    assert desk.state(CELL) == step[1]
    stopped(desk, step[0], seen, CELL)
    stopped(desk, step[0], seen, "DB01-02", CELL)
    sign(desk, step[0], drawn(desk, CELL), CELL)


def test_who_came_meanwhile_stops_it(desk, step):
    seen = drawn(desk, CELL, on=DECEMBER_10)
    desk.world.transfer("Phúc", CELL, DECEMBER_10)
    stopped(desk, step[0], seen, CELL, on=DECEMBER_10)


def test_who_went_meanwhile_stops_it(desk, step):
    seen = drawn(desk, CELL, on=DECEMBER_10)
    desk.world.leave("Bình", DECEMBER_10, Exit.DIED)
    stopped(desk, step[0], seen, CELL, on=DECEMBER_10)
    sign(desk, step[0], drawn(desk, CELL, on=DECEMBER_10), CELL, on=DECEMBER_10)


def test_one_for_another_is_not_the_same_roll(desk, step):
    seen = drawn(desk, CELL, on=DECEMBER_10)
    desk.world.leave("Bình", DECEMBER_10, Exit.DIED)
    desk.world.transfer("Phúc", CELL, DECEMBER_10)
    stopped(desk, step[0], seen, CELL, on=DECEMBER_10)


def test_a_sheet_that_was_not_shown_is_not_signed(desk, step):
    stopped(desk, step[0], drawn(desk, CELL), CELL, "DB01-02")
    stopped(desk, step[0], {}, CELL)


def test_what_changes_elsewhere_stops_nobody(desk, step):
    seen = drawn(desk, CELL)
    desk.rate(Phúc=3, Đức=4)
    desk.send_back("DB01-02", reason="Sửa") if desk.state("DB01-02") != "draft" else desk.rate(Chi=3)
    desk.world.leave("Sơn", desk.today)
    sign(desk, step[0], seen, CELL)
    assert desk.state(CELL) == step[2]


def test_a_reason_for_exceeding_the_cap_is_seen_too(desk):
    desk.rate_all()
    seen, sheet = drawn(desk, CELL), desk.sheet(CELL)
    draft.rate({sheet: {}}, over_cap={sheet.pk: "Dẫn đầu khối"}, **desk.by())
    stopped(desk, "submit", seen, CELL)


def test_the_cells_own_answer_comes_with_its_signature(desk):
    """Written on the same form as the step, it does not make the form out of date."""
    desk.rate_all()
    seen = drawn(desk, CELL)
    draft.explain(desk.sheet(CELL), "Cả chi bộ vượt việc", **desk.by())
    sign(desk, "submit", seen, CELL)


def test_typing_the_same_again_stops_nobody(desk):
    desk.rate_all()
    seen = drawn(desk, CELL)
    desk.rate_all()
    sign(desk, "submit", seen, CELL)


# What changed since they last looked


def fresh(desk, code=CELL):
    """Given names on the lines that changed since the sheet was last endorsed or returned."""
    rows = MemberRating.objects.standing().filter(sheet=desk.sheet(code)).select_related("member")
    return {row.member.full_name.split()[-1] for row in rows if row.version != row.seen}


def test_all_is_new_until_somebody_above_has_looked(desk):
    desk.rate(An=2, Bình=2)
    desk.submit(CELL)
    assert fresh(desk) == {"An", "Bình"}
    desk.endorse(CELL)
    assert fresh(desk) == set()


def test_after_a_return_only_what_was_changed_is_marked(desk):
    desk.rate(An=2, Bình=2)
    desk.submit(CELL)
    desk.send_back(CELL, reason="Xem lại đồng chí An")
    assert fresh(desk) == set()
    desk.rate(An=3)
    draft.rate({desk.sheet(CELL): {desk.world.people["Bình"].pk: LineEntry(level=2, note="")}}, **desk.by())
    desk.submit(CELL)
    assert fresh(desk) == {"An"}
    desk.endorse(CELL)
    desk.decide(CELL)
    assert fresh(desk) == set()


def test_who_joined_after_the_return_is_marked(desk):
    bring(desk, "endorsed", CELL)
    desk.send_back(CELL, reason="Có người chuyển đến")
    desk.world.transfer("Phúc", CELL, DECEMBER_10)
    desk.rate(on=DECEMBER_10, Phúc=2)
    assert fresh(desk) == {"Phúc"}


def test_a_return_says_nothing_of_other_sheets(desk):
    bring(desk, "submitted", CELL, "DB01-02")
    desk.send_back(CELL, reason="Xem lại")
    assert (fresh(desk), fresh(desk, "DB01-02")) == (set(), {"Chi", "Dung"})
