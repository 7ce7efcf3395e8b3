"""The way of a sheet: draft, submitted, endorsed, decided, accepted, locked; and back with a reason (design §6)."""

from datetime import date

from ledger.models import Change
from ratings.models import MemberRating, OrganizationRating, Sheet
from ratings.periods import periods
from ratings.sheets import draft
from tests.ratings.desk import CELLS, GRASSROOTS, SECTIONS, SUBORDINATE
from tests.world import TODAY, refused


def test_a_period_opens_with_a_sheet_a_cell_and_a_row_an_organization(desk):
    period = desk.period
    assert (period.starts, period.cutoff, period.scheme.code) == (date(2017, 1, 1), date(2017, 12, 31), "2014")
    assert (period.cell_due, period.committee_due, period.bloc_due) == (
        *(date(2017, 12, 20), date(2017, 12, 28)),
        date(2018, 1, 15),
    )
    sheets = Sheet.objects.filter(period=period)
    assert {s.organization.code: s.state for s in sheets} == dict.fromkeys(CELLS, "draft")
    rows = OrganizationRating.objects.filter(period=period)
    assert {r.organization.code: r.tier for r in rows} == {
        **dict.fromkeys(GRASSROOTS, "GRASSROOTS"),
        **dict.fromkeys(SECTIONS, "SECTION"),
        **dict.fromkeys(SUBORDINATE, "CELL"),
    }


def test_a_year_opens_once(desk, world):
    with refused("Kỳ xếp loại của năm này đã được mở."):
        periods.open_period(2017, **world.act())


def test_no_scheme_no_period(world):
    with refused("Chưa có lược đồ xếp loại cho năm 2010. Quản trị cần thêm lược đồ trước."):
        periods.open_period(2010, **world.act())


def test_a_subordinate_cell_goes_all_the_way(desk):
    desk.rate(An=1, Bình=2)
    seen = [desk.state("DB01-01")]
    for step in (desk.submit, desk.endorse, desk.decide, desk.accept):
        step("DB01-01")
        seen.append(desk.state("DB01-01"))
    assert seen == ["draft", "submitted", "endorsed", "decided", "accepted"]
    assert desk.state("DB01-02") == "draft"
    assert [(line.proposed, line.decided) for line in (desk.line("An"), desk.line("Bình"))] == [(1, 1), (2, 2)]
    assert desk.sheet("DB01-01").decision == desk.paper


def test_the_committee_endorses_before_it_decides(desk):
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    with refused("Phiếu của chi bộ DB01-01 đã nộp; việc này cần phiếu đã thẩm định."):
        desk.decide("DB01-01")


def test_a_grassroots_cell_decides_its_own_straight_from_the_draft(desk):
    desk.rate(Phúc=2, Quân="mien")
    desk.decide("CB01")
    assert desk.state("CB01") == "decided"
    assert (desk.line("Phúc").decided, desk.line("Quân").decided) == (2, None)


def test_a_grassroots_cell_neither_submits_nor_is_endorsed(desk):
    desk.rate(Phúc=2, Quân=2)
    for step in (desk.submit, desk.endorse):
        with refused("CB01: Chi bộ cơ sở tự quyết định xếp loại đảng viên của mình, không qua bước này."):
            step("CB01")


def test_a_subordinate_cell_is_not_decided_from_its_draft(desk):
    desk.rate(An=2, Bình=2)
    with refused("Phiếu của chi bộ DB01-01 nháp; việc này cần phiếu đã thẩm định."):
        desk.decide("DB01-01")


def test_a_mixed_batch_with_one_bad_sheet_is_refused_whole(desk):
    desk.rate(An=2, Bình=2, Phúc=2, Quân=2)
    with refused("Phiếu của chi bộ DB01-01 nháp; việc này cần phiếu đã thẩm định."):
        desk.decide("CB01", "DB01-01")
    assert desk.state("CB01") == "draft"


def test_nobody_may_be_missing(desk):
    desk.rate(An=2)
    with refused("Phiếu của chi bộ DB01-01 còn 1 đảng viên chưa xếp loại tính đến ngày 01/12/2017."):
        desk.submit("DB01-01")
    with refused("Phiếu của chi bộ CB01 còn 2 đảng viên chưa xếp loại tính đến ngày 01/12/2017."):
        desk.decide("CB01")


def test_steps_are_not_taken_twice_nor_backwards(desk):
    desk.decide_all()
    for step, wanted in (
        (desk.submit, "nháp"),
        (desk.endorse, "đã nộp"),
        (desk.decide, "đã thẩm định"),
    ):
        with refused(f"Phiếu của chi bộ DB01-01 đã quyết định; việc này cần phiếu {wanted}."):
            step("DB01-01")


def test_acceptance_waits_for_the_decision(desk):
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    with refused("Phiếu của chi bộ DB01-01 đã nộp; việc này cần phiếu đã quyết định."):
        desk.accept("DB01-01")


def test_only_drafts_are_typed_into(desk):
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    with refused("Phiếu của chi bộ DB01-01 đã nộp, không còn sửa được."):
        desk.rate(An=1)
    assert desk.line("An").proposed == 2


def test_a_decision_rests_on_a_document(desk):
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    with refused("Quyết định xếp loại cần số, ngày và cơ quan ban hành."):
        desk.decide("DB01-01", document=None)


def test_a_decision_that_differs_says_why(desk):
    desk.rate(An=1, Bình=2)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    with refused("Lê An: mức quyết định khác mức chi bộ đề nghị cần ghi lý do."):
        desk.decide("DB01-01", levels={"An": (2, "")})
    desk.decide("DB01-01", levels={"An": (2, "Chậm hai nhiệm vụ")})
    line = desk.line("An")
    assert (line.proposed, line.decided, line.difference) == (1, 2, "Chậm hai nhiệm vụ")
    assert (desk.line("Bình").decided, desk.line("Bình").difference) == (2, "")


def test_a_sheet_is_sent_back_with_its_reason(desk):
    desk.decide_all()
    with refused("Trả lại phiếu cần nêu lý do để chi bộ biết phải sửa gì."):
        desk.send_back("DB01-01", reason="")
    desk.send_back("DB01-01", reason="Thiếu nhận xét")
    sheet = desk.sheet("DB01-01")
    assert (sheet.state, sheet.returned_because) == ("draft", "Thiếu nhận xét")
    # What the cell typed is still there; only the decision is gone.
    assert (desk.line("An").proposed, desk.line("An").decided) == (2, None)
    with refused("Phiếu của chi bộ DB01-01 đang là nháp."):
        desk.send_back("DB01-01", reason="Thiếu nhận xét")
    desk.rate(An=3)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    desk.decide("DB01-01")
    assert desk.line("An").decided == 3


def test_reasons_stand_where_a_level_does_not(desk):
    desk.rate(An="mien", Bình="vang_mat")
    assert (desk.line("An").proposed, desk.line("An").reason.code) == (None, "mien")
    desk.rate(An=2)
    assert (desk.line("An").proposed, desk.line("An").reason) == (2, None)


def test_not_every_reason_leaves_a_member_out(desk):
    for code in ("nghi_om", "to_chuc_moi"):
        with refused(f"Lê An: Lý do “{desk.why(code)}” không dùng để không xếp loại đảng viên theo Lược đồ 2014."):
            desk.rate(An=code)


def test_reasons_belong_to_the_scheme_of_the_year(desk):
    of_2019 = type(desk.why("mien")).objects.get(scheme__code="2019", code="mien")
    with refused(f"Lê Phúc: Lý do “{of_2019}” không dùng để không xếp loại đảng viên theo Lược đồ 2014."):
        draft.rate({desk.sheet("CB01"): {desk.world.people["Phúc"].pk: of_2019}}, **desk.by())


def test_there_are_four_levels(desk):
    for rank in (0, 5):
        with refused("Lê An: Mức xếp loại phải là một trong bốn mức của lược đồ."):
            desk.rate(An=rank)


def test_a_cell_rates_its_own(desk):
    with refused("Phiếu của chi bộ CB01: có người không còn trong danh sách đảng viên."):
        draft.rate({desk.sheet("CB01"): {desk.world.people["An"].pk: 2}}, **desk.by())


def test_every_act_leaves_one_change_and_a_higher_version(desk):
    changes, version = Change.objects.count(), desk.sheet("DB01-01").version
    desk.rate(An=1, Bình=2)
    assert (desk.line("An").version, desk.sheet("DB01-01").version) == (1, version + 1)
    desk.rate(An=2)
    assert (desk.line("An").version, desk.line("Bình").version) == (2, 1)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    desk.decide("DB01-01")
    assert desk.sheet("DB01-01").version == version + 5
    assert desk.sheet("DB01-02").version == version
    assert Change.objects.count() == changes + 5
    assert Change.objects.latest("pk").words == "Quyết định xếp loại đảng viên"


def test_who_typed_what_is_kept(desk):
    desk.rate(An=1)
    desk.rate(An="mien")
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    desk.decide("DB01-01", levels={"An": (3, "Bị nhắc nhở")})
    rows = desk.line("An").history.order_by("history_id")
    assert [(r.history_type, r.proposed, r.reason and r.reason.code, r.decided) for r in rows] == [
        ("+", 1, None, None),
        ("~", None, "mien", None),
        ("~", 2, None, None),
        ("~", 2, None, 3),
    ]
    assert {row.history_user for row in rows} == {desk.world.by}


def test_many_sheets_in_one_act(desk):
    changes = Change.objects.count()
    desk.rate_all()
    assert Change.objects.count() == changes + 1
    assert MemberRating.objects.filter(period=desk.period, proposed=2).count() == 16


def test_no_act_lies_ahead(desk):
    with refused("Ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."):
        desk.rate(on=TODAY.replace(day=15), An=2)
