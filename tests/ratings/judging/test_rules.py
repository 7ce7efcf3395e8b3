"""The scheme's rules at each strength, from each door and at each moment (domain §2.3, §2.4)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger import months as counted
from ledger.acts import UNCHANGED
from members.life import sanctions, statuses
from members.models import Discipline, Exit, Status
from members.register import arrivals
from ratings import workflow
from ratings.judging.locking import CapFull
from ratings.judging.reading import Reading
from ratings.judging.record_facts import know
from ratings.judging.rules import NeedsReason
from ratings.models import MemberRating, Reason, Rule, Scheme
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from tests.ratings.desk import SUBORDINATE, Desk
from tests.world import refused

BASIS = "Hướng dẫn 99-HD/BTCTW ngày 01/02/2018"
FORBIDDEN = ". Quy tắc của kỳ không cho vượt; hãy chọn mức khác."
KEEP = ". Muốn giữ nguyên phải nêu lý do."
OTHER = ". Hãy chọn mức khác."


@pytest.fixture
def desk(world):
    """2018: all in DB01-01, one more there, so that the cell has three."""
    world.enroll("Lê Kiên", "DB01-01")
    return Desk(world, 2018)


def rule(desk, code, strength, reason=None, **columns):
    """The scheme's rule `code`, and no other, at `strength`."""
    desk.period.scheme.rules.exclude(code=code, reason__code=reason).update(enabled=False)
    made, _ = Rule.objects.update_or_create(
        scheme=desk.period.scheme,
        code=code,
        reason=reason and desk.why(reason),
        defaults={"strength": strength, "legal_basis": BASIS, "enabled": True, **columns},
    )
    return made


def disciplined(desk, name="An", on=date(2018, 3, 5)):
    sanctions.discipline([(desk.world.people[name], Discipline.Kind.WARNING, on)], **desk.by())


def sick(desk, name, days, since=date(2018, 2, 1)):
    until = since + timedelta(days=days)
    statuses.set_status([desk.world.people[name]], Status.Kind.SICK, until=until, **desk.by(since))


def past(desk, rank, years, name="An"):
    """The member's decided lines of `years`."""
    for year in years:
        earlier = Desk(desk.world, year)
        Scheme.objects.filter(pk=earlier.period.scheme_id).update(comparable_group=desk.period.scheme.comparable_group)
        earlier.rate_all(2, **{name: rank})
        earlier.submit(*SUBORDINATE)
        earlier.endorse(*SUBORDINATE)
        earlier.decide()


def findings(desk, code="DB01-01"):
    reading = Reading(desk.period, [desk.sheet(code)], desk.today)
    return [(f.member, f.sentence, f.strength) for f in reading.findings(desk.world.org[code].pk)]


def excused(desk, name, level, why, code="DB01-01"):
    member = desk.world.people[name].pk
    draft.rate({desk.sheet(code): {member: LineEntry(level=level, justification=why)}}, **desk.by())


# One line


CEILING_SENTENCE = f"Bị kỷ luật trong năm: xếp không trên mức “Hoàn thành nhiệm vụ” ({BASIS})"


def ceiling(desk, strength):
    rule(desk, "CEILING", strength, reason="ky_luat")
    disciplined(desk)
    return 2, CEILING_SENTENCE


def unsupported(desk, strength):
    rule(desk, "UNSUPPORTED", strength)
    return desk.why("mien"), f"Hồ sơ không ghi “Được miễn công tác và sinh hoạt đảng” tính đến 31/12/2018 ({BASIS})"


def same_years(desk, strength):
    past(desk, 2, (2016, 2017))
    rule(desk, "SAME_YEARS", strength, number=3)
    return 2, f"Cùng một mức 3 năm liền ({BASIS})"


LINE_RULES = [ceiling, unsupported, same_years]


def put(desk, entry, name="An", why=None, code="DB01-01"):
    entry = LineEntry(**{"reason" if isinstance(entry, Reason) else "level": entry}, justification=why)
    draft.rate({desk.sheet(code): {desk.world.people[name].pk: entry}}, **desk.by())


@pytest.mark.parametrize("case", LINE_RULES)
def test_a_block_refuses_whatever_is_written(desk, case):
    entry, sentence = case(desk, "BLOCK")
    for why in (None, "Tập thể đã cân nhắc"):
        with refused(f"Lê An: {sentence}{OTHER}"):
            put(desk, entry, why=why)


@pytest.mark.parametrize("case", LINE_RULES)
def test_a_question_is_answered_on_the_line(desk, case):
    entry, sentence = case(desk, "ASK")
    with refused(f"Lê An: {sentence}{KEEP}"):
        put(desk, entry)
    with refused(f"Lê An: {sentence}{KEEP}"):
        put(desk, entry, why=" \u200b ")
    put(desk, entry, why="Tập thể đã cân nhắc")
    assert desk.line("An").justification == "Tập thể đã cân nhắc"
    assert findings(desk) == [(desk.world.people["An"].pk, sentence, "ASK")]


@pytest.mark.parametrize("case", LINE_RULES)
def test_a_note_passes_and_is_found(desk, case):
    entry, sentence = case(desk, "NOTE")
    put(desk, entry)
    assert findings(desk) == [(desk.world.people["An"].pk, sentence, "NOTE")]


@pytest.mark.parametrize("case", LINE_RULES)
def test_what_asks_says_which_rule_asks(desk, case):
    entry, _ = case(desk, "ASK")
    with pytest.raises(NeedsReason) as caught:
        put(desk, entry)
    assert [f.rule.legal_basis for f in caught.value.findings] == [BASIS]


@pytest.mark.parametrize("case", LINE_RULES)
def test_a_rule_that_is_off_says_nothing(desk, case):
    entry, _ = case(desk, "BLOCK")
    desk.period.scheme.rules.update(enabled=False)
    put(desk, entry)
    assert findings(desk) == []


# A whole sheet


def all_top(desk, strength):
    rule(desk, "ALL_TOP", strength, number=3)
    desk.rate(An=1, Bình=1, Kiên=1)
    return f"Cả 3 đồng chí được xếp loại đều ở mức cao nhất ({BASIS})"


def top_in_failing(desk, strength):
    rule(desk, "TOP_IN_FAILING", strength)
    desk.rate(An=1, Bình=1, Kiên=2)
    desk.rate_organizations(DB01_01=4)
    return f"2 đồng chí ở mức cao nhất trong một chi bộ ở mức thấp nhất ({BASIS})"


SHEET_RULES = [all_top, top_in_failing]


@pytest.mark.parametrize("case", SHEET_RULES)
def test_a_block_on_the_sheet_stops_it_whatever_is_written(desk, case):
    sentence = case(desk, "BLOCK")
    for why in ("", "Năm nay cả chi bộ vượt việc"):
        if why:
            draft.explain(desk.sheet("DB01-01"), why, **desk.by())
        with refused(f"Chi bộ DB01-01: {sentence}{OTHER}"):
            desk.submit("DB01-01")


@pytest.mark.parametrize("case", SHEET_RULES)
def test_a_question_to_the_sheet_is_answered_on_the_sheet(desk, case):
    sentence = case(desk, "ASK")
    with refused(UNCHANGED):
        draft.explain(desk.sheet("DB01-01"), "  \n ", **desk.by())
    with refused(f"Chi bộ DB01-01: {sentence}{KEEP}"):
        desk.submit("DB01-01")
    draft.explain(desk.sheet("DB01-01"), "Năm nay cả chi bộ vượt việc", **desk.by())
    desk.submit("DB01-01")
    assert desk.state("DB01-01") == "submitted"


@pytest.mark.parametrize("case", SHEET_RULES)
def test_a_note_on_the_sheet_passes_and_is_found(desk, case):
    sentence = case(desk, "NOTE")
    assert findings(desk) == [(None, sentence, "NOTE")]
    desk.submit("DB01-01")
    assert desk.state("DB01-01") == "submitted"


def test_all_at_the_top_only_from_its_number_on(desk):
    rule(desk, "ALL_TOP", "ASK", number=4)
    desk.rate(An=1, Bình=1, Kiên=1)
    assert findings(desk) == []
    desk.submit("DB01-01")


def test_who_is_left_out_is_not_among_all(desk):
    rule(desk, "ALL_TOP", "NOTE", number=2)
    desk.rate(An=1, Bình=1, Kiên="mien")
    assert [sentence for _, sentence, _ in findings(desk)] == [
        f"Cả 2 đồng chí được xếp loại đều ở mức cao nhất ({BASIS})"
    ]
    desk.rate(Bình=2)
    assert findings(desk) == []


def test_a_cell_that_proposes_the_lowest_for_itself_is_failing_too(desk):
    rule(desk, "TOP_IN_FAILING", "NOTE")
    desk.rate(An=1, Bình=2, Kiên=2)
    row = desk.organization("DB01-01")
    row.proposed = 4
    row.save()
    assert len(findings(desk)) == 1
    row.level = 3
    row.save()
    assert findings(desk) == []


# The cap


CAP_SENTENCE = "Tổ chức CB01 có 1 đảng viên hoàn thành xuất sắc, vượt 0 suất cho phép (20% của 2)"


def over(desk, why):
    sheet = desk.sheet("CB01")
    draft.rate({sheet: {desk.world.people["Phúc"].pk: 1}}, over_cap={sheet.pk: why}, **desk.by())


def test_the_cap_at_each_strength(desk):
    rule(desk, "CAP", "BLOCK")
    with refused(CAP_SENTENCE + FORBIDDEN):
        over(desk, "Tập thể dẫn đầu")
    rule(desk, "CAP", "ASK")
    for nothing in ("", "  ", "\u200b"):
        with refused(CAP_SENTENCE + KEEP):
            over(desk, nothing)
    with pytest.raises(CapFull) as caught:
        over(desk, "")
    assert (caught.value.places.top, caught.value.places.most, caught.value.places.left) == (1, 0, -1)
    over(desk, "Tập thể dẫn đầu")
    desk.rate(Phúc=2)
    rule(desk, "CAP", "NOTE")
    desk.rate(Phúc=1)
    assert desk.line("Phúc").proposed == 1


def test_a_blocked_cap_is_not_opened_by_the_decision(desk):
    """A death shrinks the base once all is endorsed; no reason helps, a lower level does."""
    rule(desk, "CAP", "BLOCK")
    more = arrivals.enroll([desk.world.arrival(f"Vũ Thêm {n}", "DB01-01") for n in range(5)], **desk.by())
    desk.rate(An=1, Chi=1, Bình=2, Dung=2, Kiên=2)
    draft.rate({desk.sheet("DB01-01"): {m.pk: 2 for m in more}}, **desk.by())
    desk.submit("DB01-01", "DB01-02")
    desk.endorse("DB01-01", "DB01-02")
    desk.world.leave("Dung", desk.today, Exit.DIED)
    sentence = "Tổ chức DB01 có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 9)"
    with refused(sentence + FORBIDDEN):
        desk.decide("DB01-01", "DB01-02", reason="Giữ mức đã thống nhất")
    desk.decide("DB01-01", "DB01-02", levels={"An": (2, "Hết suất")})
    assert desk.line("An").decided == 2


def test_an_old_reason_does_not_cover_a_new_excess(desk):
    """DB01-01 wrote a reason; once the roof is within its cap again, thanks to the cell next door, it is gone."""
    desk.rate(Bình=2, Kiên=2, Dung=2, Chi=2)
    sheet = desk.sheet("DB01-01")
    with refused("Tổ chức DB01 có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 5)" + KEEP):
        desk.rate(Chi=1, An=1)
    desk.rate(Chi=1)
    draft.rate({sheet: {desk.world.people["An"].pk: 1}}, over_cap={sheet.pk: "Hai đồng chí dẫn đầu"}, **desk.by())
    desk.rate(Chi=2)
    assert desk.sheet("DB01-01").over_cap == ""
    with refused("Tổ chức DB01 có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 5)" + KEEP):
        desk.rate(Bình=1)


# What the record suggests


def suggestion(desk, name):
    member = desk.world.people[name].pk
    known = know([member], desk.period, desk.today)[member]
    found = Reading(desk.period, [], desk.today).book.suggestion(known, desk.period.cutoff)
    return found and found.code


def test_the_record_suggests_the_exempt_and_the_suspended(desk):
    statuses.exempt([desk.world.people["An"]], **desk.by(date(2018, 5, 1)))
    statuses.suspend([desk.world.people["Bình"]], **desk.by(date(2018, 5, 1)))
    statuses.exempt([desk.world.people["Chi"]], **desk.by(date(2018, 5, 1), until=desk.today))
    assert [suggestion(desk, n) for n in ("An", "Bình", "Chi", "Dung")] == ["mien", "dinh_chi", None, None]


@pytest.mark.parametrize(("ceremony", "expected"), [(date(2018, 6, 30), None), (date(2018, 7, 1), "moi_ket_nap")])
def test_the_newly_admitted_to_the_day(desk, ceremony, expected):
    desk.world.admit("Trần Mới", "DB01-01", ceremony)
    assert suggestion(desk, "Mới") == expected


def test_in_2017_the_newly_admitted_are_rated(world):
    desk = Desk(world)
    world.admit("Trần Mới", "DB01-01", date(2017, 11, 1))
    assert suggestion(desk, "Mới") is None


def test_sickness_and_discipline_are_no_reason_to_leave_out(desk):
    sick(desk, "An", 120)
    disciplined(desk, "Bình")
    assert (suggestion(desk, "An"), suggestion(desk, "Bình")) == (None, None)


def test_a_reason_the_record_bears_out_passes(desk):
    rule(desk, "UNSUPPORTED", "BLOCK")
    statuses.exempt([desk.world.people["An"]], **desk.by(date(2018, 5, 1)))
    desk.rate(An="mien")
    assert findings(desk) == []


def test_a_reason_of_which_the_record_knows_nothing_is_not_doubted(desk):
    rule(desk, "UNSUPPORTED", "BLOCK")
    desk.rate(An="vang_mat")
    assert findings(desk) == []


def test_long_sickness_from_three_calendar_months(desk):
    rule(desk, "CEILING", "ASK", reason="nghi_om")
    sick(desk, "Bình", 88)
    desk.rate(Bình=1)
    sick(desk, "Chi", 90, date(2018, 7, 2))  # to 29/09
    desk.rate(Chi=1)
    sick(desk, "An", 89)  # 01/02 to 30/04
    sentence = f"Nghỉ ốm từ 03 tháng trở lên trong năm: xếp không trên mức “Hoàn thành nhiệm vụ” ({BASIS})"
    for level in (1, 2):
        with refused(f"Lê An: {sentence}{KEEP}"):
            desk.rate(An=level)
    desk.rate(An=3)
    desk.rate(An=4)


def test_days_of_sickness_add_up_and_only_those_of_the_year(desk):
    rule(desk, "CEILING", "BLOCK", reason="nghi_om")
    sick(desk, "An", 60, date(2017, 12, 1))  # 29 days of 2018
    sick(desk, "An", 60, date(2018, 6, 1))
    desk.rate(An=2)
    sick(desk, "An", 1, date(2018, 9, 1))
    with pytest.raises(Exception, match="Nghỉ ốm"):
        desk.rate(An=1)


def test_a_discipline_of_another_year_is_of_no_matter(desk):
    rule(desk, "CEILING", "BLOCK", reason="ky_luat")
    disciplined(desk, "An", date(2017, 12, 31))
    disciplined(desk, "Bình", date(2018, 1, 1))
    desk.rate(An=1)
    with refused(f"Võ Bình: {CEILING_SENTENCE}{OTHER}"):
        desk.rate(Bình=1)
    desk.rate(Bình=3)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 12, 31), 6, date(2018, 6, 30)),
        (date(2018, 8, 31), 6, date(2018, 2, 28)),
        (date(2020, 8, 31), 6, date(2020, 2, 29)),
        (date(2018, 3, 31), 1, date(2018, 2, 28)),
        (date(2018, 3, 31), 3, date(2017, 12, 31)),
        (date(2018, 3, 31), 6, date(2017, 9, 30)),
        (date(2018, 1, 15), 13, date(2016, 12, 15)),
        (date(2018, 5, 31), 0, date(2018, 5, 31)),
    ],
)
def test_months_before(day, months, expected):
    assert counted.before(day, months) == expected


# Years


def test_the_same_level_over_the_years_needs_every_year(desk):
    past(desk, 2, (2015, 2017))
    rule(desk, "SAME_YEARS", "BLOCK", number=3)
    desk.rate(An=2)
    rule(desk, "SAME_YEARS", "BLOCK", number=2)
    with refused(f"Lê An: Cùng một mức 2 năm liền ({BASIS}){OTHER}"):
        desk.rate(An=None)
        desk.rate(An=2)


def test_levels_of_another_group_of_schemes_are_no_past(desk):
    past(desk, 2, (2016, 2017))
    Scheme.objects.filter(code="2014").update(comparable_group="A")
    rule(desk, "SAME_YEARS", "BLOCK", number=3)
    desk.rate(An=2)
    assert desk.line("An").proposed == 2


def test_another_level_is_another_matter(desk):
    past(desk, 1, (2016, 2017))
    rule(desk, "SAME_YEARS", "BLOCK", number=3)
    desk.rate(An=2)
    with refused(f"Lê An: Cùng một mức 3 năm liền ({BASIS}){OTHER}"):
        desk.rate(An=1)


def test_a_year_still_on_its_way_is_no_past(desk):
    """A draft of 2017 may still change; it is neither shown as that year's level nor held against 2018."""
    Desk(desk.world, 2017).rate(An=2)
    rule(desk, "SAME_YEARS", "BLOCK", number=2)
    desk.rate(An=2)
    an = desk.world.people["An"].pk
    assert know([an], desk.period, desk.today)[an].past == {}


# Many lines, and later


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
