"""The scheme's rules at each strength, from each door and at each moment (domain §2.3, §2.4)."""

from datetime import date, timedelta

import pytest

from ledger.acts import UNCHANGED
from members.life import sanctions, statuses
from members.models import Discipline, Exit, Status
from members.register import arrivals
from ratings.judging.locking import CapFull
from ratings.judging.reading import Reading
from ratings.judging.record_facts import know
from ratings.judging.rules import NeedsReason
from ratings.models import Reason, Rule, Scheme
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from tests.ratings.desk import SUBORDINATE, Desk
from tests.world import refused

BASIS = "Hướng dẫn 99-HD/BTCTW ngày 01/02/2018"
FORBIDDEN = ". Quy tắc của kỳ không cho vượt; hãy chọn mức khác."
KEEP = ". Muốn giữ nguyên phải nêu lý do."
OTHER = ". Hãy chọn mức khác."


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


# Years


# Many lines, and later
