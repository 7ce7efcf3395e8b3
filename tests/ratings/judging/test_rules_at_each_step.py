"""The scheme's rules where many lines, a committee or a cell of its own meet them, and what they rest on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.register import arrivals
from ratings import workflow
from ratings.models import MemberRating, Rule
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from tests.ratings.judging.test_rules import CEILING_SENTENCE, KEEP, OTHER, disciplined, excused, rule
from tests.world import refused


def crowd(desk, count):
    rows = [desk.world.arrival(f"Vũ Xuân {n:03}", "DB01-01") for n in range(count)]
    return arrivals.enroll(rows, **desk.by())


@pytest.mark.parametrize("count", [1, 500])
def test_one_bad_line_and_nothing_is_written(desk, count):
    rule(desk, "CEILING", "BLOCK", reason="ky_luat")
    many = crowd(desk, count)
    disciplined(desk, "An")
    bad = desk.world.people["An"].pk
    sheet = desk.sheet("DB01-01")
    with refused(f"Lê An: {CEILING_SENTENCE}{OTHER}"):
        draft.rate({sheet: {m.pk: 2 for m in many} | {bad: 2}}, **desk.by())
    for entry, sentence in (
        (7, "Mức xếp loại phải là một trong bốn mức của lược đồ."),
        (
            LineEntry(level=2, reason=desk.why("mien")),
            "Chọn một mức xếp loại hoặc một lý do không xếp loại, không cả hai.",
        ),
        (LineEntry(level=2, note="x" * 301), "Ghi chú dài 301 ký tự, nhiều nhất 300. Hãy viết ngắn lại."),
    ):
        with refused(f"Lê An: {sentence}"):
            draft.rate({sheet: {m.pk: 2 for m in many} | {bad: entry}}, **desk.by())
    assert not MemberRating.history.exists()
    draft.rate({sheet: {m.pk: 2 for m in many} | {bad: 3}}, **desk.by())
    assert MemberRating.objects.filter(sheet=sheet).count() == count + 1


def test_queries_do_not_grow_with_the_lines(desk):
    """Also where every line has a finding that names its member."""
    many = crowd(desk, 60)
    rule(desk, "UNSUPPORTED", "NOTE")
    sheet, why = desk.sheet("DB01-01"), desk.why("mien")

    def queries(members, entry):
        with CaptureQueriesContext(
            connection,
        ) as told:
            draft.rate({sheet: {m.pk: entry for m in members}}, **desk.by())
        return len(told)

    assert queries(many[:2], 2) == queries(many[2:40], 2)
    assert queries(many[40:42], why) == queries(many[42:], why)


def test_the_record_that_changed_after_typing_is_met_at_the_next_step(desk):
    rule(desk, "CEILING", "ASK", reason="ky_luat")
    desk.rate(An=2, Bình=2, Kiên=2)
    disciplined(desk)
    with refused(f"Lê An: {CEILING_SENTENCE}{KEEP}"):
        desk.submit("DB01-01")
    excused(desk, "An", 2, "Vi phạm đã khắc phục")
    desk.submit("DB01-01")
    disciplined(desk, "Bình")
    with refused(f"Võ Bình: {CEILING_SENTENCE}{KEEP}"):
        desk.endorse("DB01-01")


def test_the_committee_decides_under_the_same_rules(desk):
    """A level given by the decision is held as one typed; what is asked, its own reason answers."""
    rule(desk, "CEILING", "BLOCK", reason="ky_luat")
    disciplined(desk)
    desk.rate(An=3, Bình=2, Kiên=2)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    with refused(f"Lê An: {CEILING_SENTENCE}{OTHER}"):
        desk.decide("DB01-01", levels={"An": (2, "Đã khắc phục")}, reason="Đảng ủy thống nhất")
    rule(desk, "CEILING", "ASK", reason="ky_luat")
    disciplined(desk, "Bình")
    with refused(f"Võ Bình: {CEILING_SENTENCE}{KEEP}"):
        desk.decide("DB01-01", levels={"An": (2, "Đã khắc phục")})
    workflow.decide([desk.sheet("DB01-01")], **desk.by(document=desk.paper, reason="Đảng ủy thống nhất"))
    assert desk.line("Bình").decided == 2


def test_a_cell_that_decides_for_itself_answers_on_its_own_sheet(desk):
    rule(desk, "CEILING", "ASK", reason="ky_luat")
    desk.rate(Phúc=2, Quân=2)
    disciplined(desk, "Phúc")
    with refused(f"Lê Phúc: {CEILING_SENTENCE}{KEEP}"):
        desk.decide("CB01", reason="Chi bộ thống nhất")
    excused(desk, "Phúc", 2, "Đã khắc phục", code="CB01")
    desk.decide("CB01")


def test_the_rules_of_each_scheme_rest_on_their_text(db):
    rows = Rule.objects.filter(scheme__code="2019").values_list("code", "reason__code", "strength", "number")
    assert set(rows) == {
        ("CAP", None, "ASK", None),
        ("CEILING", "nghi_om", "BLOCK", None),
        ("CEILING", "ky_luat", "ASK", None),
        ("UNSUPPORTED", None, "NOTE", None),
        ("ALL_TOP", None, "ASK", 3),
        ("SAME_YEARS", None, "NOTE", 5),
        ("TOP_IN_FAILING", None, "ASK", None),
    }
    assert not Rule.objects.filter(legal_basis="").exists()
