"""A committee endorses and decides in one act: what may go goes, what may not is told sheet by sheet."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Change
from ratings import workflow
from ratings.judging.locking import CapFull, Stale
from ratings.models import MemberRating, Step
from ratings.permits import OWN_WAY
from ratings.sheets import draft
from ratings.verbs import RatingVerb
from tests.ratings.desk import SUBORDINATE, Desk
from tests.ratings.judging.test_rules import CEILING_SENTENCE, KEEP, disciplined, rule
from tests.ratings.sheets.test_signatures import drawn
from tests.world import refused

DECEMBER_10 = date(2017, 12, 10)


def sign(desk, *codes, on=None, seen=None, **more):
    """{code: sentences} of what stayed."""
    sheets, more = desk.sheets(*codes), {"document": desk.paper} | more
    kept = workflow.endorse_and_decide(sheets, seen=seen, **desk.by(on, **more))
    names = {sheet.pk: sheet.organization.code for sheet in sheets}
    return {names[pk]: refusal.messages for pk, refusal in kept.items()}


def way(desk, code):
    return list(Step.objects.filter(sheet=desk.sheet(code)).order_by("pk").values_list("before", "after"))


def all_handed_in(desk):
    desk.rate_all(An=3)
    desk.submit(*SUBORDINATE)
    return desk


@pytest.fixture
def handed_in(desk):
    """All cells below committees have handed in, everyone at the second level, An at the third."""
    return all_handed_in(desk)


@pytest.fixture
def warned(year):
    """As `handed_in`, and it was recorded afterwards that Bình was disciplined in the year."""
    all_handed_in(year)
    disciplined(year, "Bình")
    return year


def test_what_was_handed_in_and_what_was_endorsed_go_in_one_act_by_one_paper(handed_in):
    handed_in.endorse("DB01-02")
    assert sign(handed_in, "DB01-01", "DB01-02") == {}
    act = Change.objects.latest("pk")
    assert (act.verb, act.words) == (RatingVerb.ENDORSE_AND_DECIDE, "Thẩm định và quyết định xếp loại đảng viên")
    assert act.document == handed_in.paper and not act.undoable
    submitted = [("draft", "submitted")]
    both = [("submitted", "endorsed"), ("endorsed", "decided")]
    assert way(handed_in, "DB01-01") == way(handed_in, "DB01-02") == submitted + both
    assert Step.objects.filter(added=act).count() == 3
    for code in ("DB01-01", "DB01-02"):
        assert (handed_in.state(code), handed_in.sheet(code).decision) == ("decided", handed_in.paper)
    lines = {name: handed_in.line(name) for name in ("An", "Bình", "Chi", "Dung")}
    assert {name: line.decided for name, line in lines.items()} == {"An": 3, "Bình": 2, "Chi": 2, "Dung": 2}
    assert {line.changed_id for line in lines.values()} == {act.pk}
    assert handed_in.state("DB02-01") == "submitted"


def test_it_is_told_as_both_steps(handed_in):
    """The same state is reached as by the two verbs one after the other."""
    handed_in.endorse("DB02-01")
    handed_in.decide("DB02-01")
    sign(handed_in, "DB01-01")
    one, other = handed_in.sheet("DB01-01"), handed_in.sheet("DB02-01")
    assert (one.version, one.state, one.decision) == (other.version, other.state, other.decision)
    rows = MemberRating.objects.filter(sheet__in=[one, other]).values_list("sheet", "version", "seen")
    assert {(version, seen) for sheet, version, seen in rows if sheet == one.pk} == {
        (version, seen) for sheet, version, seen in rows if sheet == other.pk
    }


def test_what_may_not_go_stays_and_keeps_no_other_back(handed_in):
    """Looked at on the 10th: of one sheet a line is changed since, to another somebody came, one is back with its cell."""
    codes = ("DB01-01", "DB01-02", "DB02-01", "DB02-02", "CB01")
    seen = drawn(handed_in, *codes, on=DECEMBER_10)
    handed_in.send_back("DB01-02", reason="Xem lại")
    handed_in.rate(Chi=3)
    handed_in.submit("DB01-02")
    handed_in.world.transfer("Phúc", "DB02-01", DECEMBER_10)
    handed_in.send_back("DB02-02", reason="Xem lại")
    seen |= drawn(handed_in, "DB02-01", on=DECEMBER_10)  # of this one it is shown that somebody came
    before = {code: way(handed_in, code) for code in codes}
    told = sign(handed_in, *codes, on=DECEMBER_10, seen=seen)
    assert told == {
        "DB01-02": ["Phiếu của chi bộ DB01-02 đã thay đổi từ lúc mở trang. Hãy xem lại rồi ký."],
        "DB02-01": ["Phiếu của chi bộ DB02-01 còn 1 đảng viên chưa xếp loại tính đến ngày 10/12/2017."],
        "DB02-02": ["Phiếu của chi bộ DB02-02 nháp; việc này cần phiếu đã nộp hoặc đã thẩm định."],
        "CB01": [f"CB01: {OWN_WAY}"],
    }
    assert {code: way(handed_in, code) == before[code] for code in codes} == {code: code != "DB01-01" for code in codes}
    assert handed_in.state("DB01-01") == "decided"


def test_where_none_may_go_all_reasons_are_said_and_nothing_is_written(handed_in):
    stale = {sheet.pk: "" for sheet in handed_in.sheets("DB01-01", "DB01-02")}
    said = [f"Phiếu của chi bộ {code} đã thay đổi từ lúc mở trang. Hãy xem lại rồi ký." for code in SUBORDINATE[:2]]
    with refused(*said):
        sign(handed_in, "DB01-01", "DB01-02", seen=stale)
    with pytest.raises(Stale):
        sign(handed_in, "DB01-01", "DB01-02", seen=stale)


def test_decided_by_somebody_else_meanwhile(handed_in):
    handed_in.endorse("DB01-01")
    handed_in.decide("DB01-01")
    with refused("Phiếu của chi bộ DB01-01 đã quyết định; việc này cần phiếu đã nộp hoặc đã thẩm định."):
        sign(handed_in, "DB01-01")
    assert list(sign(handed_in, "DB01-01", "DB01-02")) == ["DB01-01"]
    assert handed_in.state("DB01-02") == "decided"


def test_without_a_paper_nothing_goes(handed_in):
    with refused("Quyết định xếp loại cần số, ngày và cơ quan ban hành."):
        sign(handed_in, "DB01-01", document=None)


def test_what_a_rule_asks_is_answered_by_the_cell_or_by_the_committee(warned):
    rule(warned, "CEILING", "ASK", reason="ky_luat")
    told = sign(warned, "DB01-01", "DB01-02")
    assert told == {"DB01-01": [f"Võ Bình: {CEILING_SENTENCE}{KEEP}"]}
    assert (warned.state("DB01-01"), warned.state("DB01-02")) == ("submitted", "decided")
    assert sign(warned, "DB01-01", reason="Vi phạm đã khắc phục") == {}
    assert warned.state("DB01-01") == "decided"


def test_what_a_rule_forbids_no_reason_lets_pass(warned):
    rule(warned, "CEILING", "BLOCK", reason="ky_luat")
    assert list(sign(warned, "DB01-01", "DB01-02", reason="Đã khắc phục")) == ["DB01-01"]


def test_the_cap_is_the_committees_and_stops_all(world):
    """Four below DB01, of whom none may be excellent; the cell's reason is taken back by nobody, so it is written away."""
    desk = Desk(world, 2018)
    sheet = desk.sheet("DB01-01")
    entries = {world.people["An"].pk: 1, world.people["Bình"].pk: 2}
    draft.rate({sheet: entries}, over_cap={sheet.pk: "Được tỉnh khen"}, **desk.by())
    desk.rate(Chi=2, Dung=2)
    desk.submit("DB01-01", "DB01-02")
    type(sheet).objects.update(over_cap="")
    with pytest.raises(CapFull):
        sign(desk, "DB01-01", "DB01-02")
    assert [desk.state(code) for code in SUBORDINATE[:2]] == ["submitted", "submitted"]
    assert sign(desk, "DB01-01", "DB01-02", reason="Được tỉnh khen") == {}
    assert Change.objects.latest("pk").reason == "Được tỉnh khen"


def test_the_number_of_queries_does_not_grow_with_the_sheets(desk):
    """A dozen new cells of three below each of two committees: two sheets cost what ten cost, with what stays among them."""
    for roof in ("DB01", "DB02"):
        codes = [f"{roof}-{n}" for n in range(10, 22)]
        desk.world.found(*[(code, "CBTT", roof) for code in codes])
        for n, code in enumerate(codes):
            members = [desk.world.enroll(f"Trần {roof}{n}{x}", code, desk.today) for x in "abc"]
            draft.rate({desk.sheet(code): {member.pk: 2 for member in members}}, **desk.by())
        desk.submit(*codes)

    def queries(roof, few, many):
        codes = [f"{roof}-{n}" for n in range(few, many)]
        sheets, seen = desk.sheets(*codes), drawn(desk, *codes) | {desk.sheet(codes[0]).pk: ""}
        with CaptureQueriesContext(connection) as asked:
            kept = workflow.endorse_and_decide(sheets, seen=seen, document=desk.paper, **desk.by())
        assert list(kept) == [sheets[0].pk]
        return len(asked)

    sign(desk, "DB01-21", "DB02-21")  # what is asked once a process is asked
    assert queries("DB01", 10, 12) == queries("DB02", 10, 20)
