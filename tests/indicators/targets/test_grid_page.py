"""Targets of all organizations of a bloc on one page, with one document."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Indicator, Target
from indicators.targets.grid import summed
from indicators.targets.grid_page import MOST_CELLS
from indicators.targets.targets import copy_groups
from ledger.models import Change, Document
from ledger.web import carry
from members.reorganizing.plan_bloc import ending
from organizations.reorganize import Founding
from tests.hand import Hand, signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.indicators.targets.conftest import GRID, PAPER, cell, value_of
from tests.world import START


def standing(year=2018):
    rows = Target.objects.standing().filter(indicator__group__year=year).exclude(organization__code="K")
    return {(t.organization.code, t.indicator.code): t.value for t in rows.select_related("organization", "indicator")}


def test_what_was_typed_is_written_in_one_act_and_nothing_else(year, hand):
    typed = {cell(year, "DB02"): "2", cell(year, "CB01"): "1", cell(year, "DB03", "DV-HTT"): "97,5"}
    before = set(Target.objects.values_list("pk", flat=True))
    hand.press("ghi", **PAPER, **typed)
    assert standing() == {
        ("DB01", "KN"): 3,
        ("DB02", "KN"): 2,
        ("CB01", "KN"): 1,
        ("DB03", "DV-HTT"): Decimal("97.5"),
    }
    written = Target.objects.exclude(pk__in=before)
    assert {row.added for row in written} == {change := Change.objects.latest("pk")}
    assert (change.document, Target.objects.filter(voided=change).count()) == (Document.objects.get(), 0)
    assert "Đã ghi chỉ tiêu giao cho 3 tổ chức." in hand.text
    assert "Đảng viên mới kết nạp: cộng 6 / giao 10: còn 4 chưa giao." in hand.text
    # An emptied cell is withdrawn, the others stay.
    hand.press("ghi", **PAPER, **{cell(year, "DB01"): ""})
    assert ("DB01", "KN") not in standing()
    assert "Đã ghi chỉ tiêu giao cho 1 tổ chức." in hand.text


def test_rows_are_the_grassroots_of_the_day_and_columns_what_is_set_below(year, hand):
    rows, columns = hand.page.context["rows"], hand.page.context["columns"]
    assert [place.organization.code for place, _ in rows] == ["CB01", "CB02", "DB01", "DB02", "DB03"]
    assert [c["indicator"].code for c in columns] == ["KN", "KN-TN", "DV-HTT", "KTGS"]
    assert [c["given"] for c in columns] == ["10", "60", "95", ""]
    # Inherited ones show what holds where nothing is typed; a count is of each organization's own.
    assert [shown.inherited for shown in rows[0][1]] == ["", "60", "95", ""]
    year.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None}, on=START.replace(year=2018))
    hand.open(GRID)
    assert "DB02" not in [place.organization.code for place, _ in hand.page.context["rows"]]
    hand.open("/chi-tieu/K/2017/giao/bang/")
    assert "DB02" in [place.organization.code for place, _ in hand.page.context["rows"]]


def test_nothing_typed_or_sent_again_writes_nothing(year, hand):
    before = Change.objects.count()
    hand.press("ghi", refused=True, **PAPER)
    assert "nên không có gì để ghi" in hand.text
    address, data = hand.open(GRID).filled("ghi", **PAPER, **{cell(year, "DB02"): "2"})
    assert hand.client.post(address, data).status_code == 302
    again = hand.client.post(address, data)
    assert (again.status_code, "nên không có gì để ghi" in again.content.decode()) == (400, True)
    assert Change.objects.count() == before + 1


def test_a_faulty_cell_is_told_at_its_place_and_nothing_is_lost(year, hand):
    faults = {
        ("DB02", "KN"): ("2,5", "số lượng là số nguyên."),
        ("DB03", "KN"): ("nhiều", "Hãy nhập một số, ví dụ 115 hoặc 62,5."),
        ("CB01", "KN-TN"): ("120", "tỷ lệ không vượt quá 100%."),
        ("CB02", "KN"): ("-1", "mức giao không được âm."),
    }
    typed = {cell(year, *place): text for place, (text, _) in faults.items()} | {cell(year, "DB01"): "4"}
    hand.press("ghi", refused=True, **PAPER, **typed)
    for place, (text, sentence) in faults.items():
        assert value_of(hand, cell(year, *place)) == text
        assert re.search(rf'href="#id_{cell(year, *place)}">[^<]*{sentence}', hand.page.content.decode()), place
    assert (value_of(hand, cell(year, "DB01")), value_of(hand, "so")) == ("4", "12-NQ/ĐUK")
    assert "cộng 4 / giao 10: còn 6 chưa giao" in hand.text
    assert standing() == {("DB01", "KN"): 3}


def test_a_document_is_asked_for(year, hand):
    hand.press("ghi", refused=True, **{cell(year, "DB02"): "2"})
    assert value_of(hand, cell(year, "DB02")) == "2"
    assert standing() == {("DB01", "KN"): 3}


def test_what_another_set_meanwhile_is_shown_and_what_was_typed_is_kept(year, hand):
    set_targets(year, 2018, KN={"DB01": 4, "DB02": 7})
    typed = {cell(year, "DB02"): "2", cell(year, "DB03"): "1"}
    hand.press("ghi", refused=True, **PAPER, **typed)
    assert "Người khác vừa đặt mức 7. Số đồng chí gõ vẫn ở đây; gửi lại nếu vẫn muốn thay." in hand.text
    assert "1 ô người khác vừa đặt, đồng chí không gõ vào, giữ như người đó đặt." in hand.text
    assert [value_of(hand, cell(year, code)) for code in ("DB01", "DB02", "DB03")] == ["4", "2", "1"]
    assert standing() == {("DB01", "KN"): 4, ("DB02", "KN"): 7}
    hand.press("ghi")
    assert standing() == {("DB01", "KN"): 4, ("DB02", "KN"): 2, ("DB03", "KN"): 1}


def test_a_cell_nobody_typed_over_does_not_overrun_what_another_set(year, hand):
    set_targets(year, 2018, KN={"DB01": 4})
    hand.press("ghi", **PAPER, **{cell(year, "DB02"): "2"})
    assert standing() == {("DB01", "KN"): 4, ("DB02", "KN"): 2}
    assert "1 ô người khác vừa đặt" in hand.text


def test_what_was_typed_for_an_organization_that_has_gone_is_told(year, hand):
    typed = {cell(year, "DB02"): "2", cell(year, "DB03"): "1"}
    address, data = hand.filled("ghi", **PAPER, **typed)
    year.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None}, on=date(2018, 12, 1))
    hand.page = hand.client.post(address, data, follow=True)
    assert "Đã ghi chỉ tiêu giao cho 1 tổ chức. 1 ô đã gõ là của tổ chức hoặc chỉ tiêu không còn trên bảng" in hand.text
    assert standing() == {("DB01", "KN"): 3, ("DB03", "KN"): 1}


@pytest.mark.parametrize("values", [[], [3], [5, 5], [4, None, 7], [1, 2, 3, 4], [1200, 34]])
@pytest.mark.parametrize("given", [None, 0, 10, 1234])
def test_sums_the_naive_way(values, given):
    total = 0
    for value in values:
        total += value or 0
    if given is None:
        words = f"cộng {total}; cả đảng bộ chưa được giao mức nào"
    elif total == given:
        words = f"cộng {total} / giao {given}: đã giao đủ"
    elif total < given:
        words = f"cộng {total} / giao {given}: còn {given - total} chưa giao"
    else:
        words = f"cộng {total} / giao {given}: vượt {total - given}"
    words = re.sub(r"(\d)(\d{3})\b", r"\1.\2", words)
    asked = [None if v is None else Decimal(v) for v in values]
    assert summed(asked, None if given is None else Decimal(given))[1] == words


def test_last_years_target_and_result_stand_beside(site):
    set_groups(site, 2018)
    set_targets(site, 2017, KN={"DB01": 5})
    hand = Hand(site.user("ORGANIZATION", "K")).open(GRID)
    last = {place.organization.code: [shown.last for shown in cells] for place, cells in hand.page.context["rows"]}
    assert last["DB01"][:3] == [("5", "1"), ("60%", "100%"), ("95%", "100%")]
    # DB02 had no target of its own and admitted nobody: a count of none, and no rate.
    assert last["DB02"][:2] == [("–", "0"), ("60%", "–")]


def test_the_page_of_one_organization_leads_here_and_reads_the_same(year, hand):
    hand.open("/chi-tieu/K/2018/giao/")
    assert GRID in hand.page.content.decode()
    hand.open("/chi-tieu/DB01/2018/giao/")
    assert "/giao/bang/" not in hand.page.content.decode()


@pytest.mark.parametrize("role", ["LEADER", "INSPECTION"])
def test_others_of_the_bloc_read_it(year, role):
    hand = Hand(year.user(role, "K")).open(GRID)
    assert "theo đảng bộ: 95" in hand.text
    assert not re.search(r'name="(chi_tieu|cu|dan|so)', hand.page.content.decode())
    answer = hand.client.post(GRID, PAPER | {cell(year, "DB02"): "2"})
    assert answer.status_code == 403
    assert standing() == {("DB01", "KN"): 3}


def test_a_bloc_that_took_over_has_last_years_figures_of_the_one_that_ended(world):
    set_groups(world, 2017)
    set_targets(world, 2017, KN={"K": 10, "DB01": 5})
    parents = {"DB01": "K01", "DB02": "K02", "DB03": "K01", "CB01": "K01", "CB02": "K02"}
    founded = [Founding(code=code, name=f"Đảng bộ {code}", kind="KHOI") for code in ("K01", "K02")]
    world.carry_out(ending(["K"], parents, founded=founded), date(2018, 10, 1))
    copy_groups(2018, bloc=world.org["K01"], **world.act())
    hand = Hand(world.user("ORGANIZATION", "K01", date(2018, 10, 1))).open("/chi-tieu/K01/2018/giao/bang/")
    last = {place.organization.code: cells[0].last for place, cells in hand.page.context["rows"]}
    assert last == {"DB01": ("5", "0"), "DB03": ("–", "0"), "CB01": ("–", "0")}
    name = f"chi_tieu_{Indicator.objects.get(group__bloc=world.org['K01'], code='KN').pk}_{world.org['DB03'].pk}"
    hand.press("ghi", **PAPER, **{name: "4"})
    assert standing() == {("DB03", "KN"): 4}
    # The old bloc has no organization left to set anything for.
    hand.open("/chi-tieu/K/2018/giao/bang/")
    assert "Vào ngày 14/12/2018 đảng bộ này không có tổ chức cơ sở đảng nào trực thuộc." in hand.text


def test_what_was_typed_comes_back_when_the_page_was_too_old(year, hand):
    address, data = hand.filled("ghi", **PAPER, **{cell(year, "DB02"): "2"})
    stale = signed_in_as(hand.client.user, enforce_csrf_checks=True)
    hand.page = stale.post(address, data | {"csrfmiddlewaretoken": "x" * 64}, follow=True)
    assert carry.NOT_SENT in hand.text
    assert "Chưa ghi được" not in hand.text
    assert (value_of(hand, cell(year, "DB02")), value_of(hand, "so")) == ("2", "12-NQ/ĐUK")
    assert standing() == {("DB01", "KN"): 3}


def test_more_organizations_than_a_form_holds_are_only_read(year, hand, monkeypatch):
    monkeypatch.setattr("indicators.targets.grid_page.MOST_CELLS", 19)
    hand.open(GRID)
    assert "Có quá nhiều tổ chức để giao trên một bảng." in hand.text
    assert "chi_tieu_" not in hand.page.content.decode()
    assert 2 * MOST_CELLS < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_year_without_groups_says_so(world):
    hand = Hand(world.user("ORGANIZATION", "K")).open("/chi-tieu/K/2016/giao/bang/")
    assert "Năm 2016 chưa đặt nhóm chỉ tiêu" in hand.text


def test_queries_do_not_grow_with_organizations(year, hand):
    def asked(do):
        with CaptureQueriesContext(connection) as queries:
            do()
        return len(queries)

    def write(text):
        typed = {name: text for name in dict(hand.forms()[-1]["fields"]) if name.startswith("chi_tieu")}
        return lambda: hand.press("ghi", **PAPER, **typed)

    write("1")()
    few = asked(lambda: hand.open(GRID)), asked(write("2"))
    year.found(*((f"CB{n}", "CBCS", "K") for n in range(50, 70)))
    hand.open(GRID)
    write("3")()
    many = asked(lambda: hand.open(GRID)), asked(write("4"))
    assert len(standing()) == 25 * 4
    assert many == few
