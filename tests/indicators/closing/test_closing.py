"""Closing a year: what is frozen, what shows afterwards, and the two checks of every closing."""

import json
from dataclasses import replace
from datetime import date

import pytest

from indicators import measures
from indicators.closing.closings import close_figures, withdraw
from indicators.closing.since import Since
from indicators.models import Closing, Indicator
from indicators.verbs import FigureVerb
from inspections.checks.register import InspectionPlan, register_inspections
from inspections.models import Inspection
from ledger.acts import take_back
from ledger.models import Change
from ledger.undo import undo
from members.merging.mergers import merge
from members.models import Admission, Membership
from tests.indicators.board import set_groups, set_targets
from tests.kept import kept
from tests.ratings.desk import Desk
from tests.world import World, refused

pytestmark = pytest.mark.django_db
DAY = date(2018, 1, 20)


@pytest.fixture
def desk(db):
    return kept(locked)


def locked():
    """2017 of the small world, with an admission and an inspection, rated and locked."""
    world = kept(World)
    set_groups(world, 2017)
    set_targets(world, KN={"K": 2}, DV_HTT={"K": 95})
    world.admit("Trần Xuân", "DB01-01", date(2017, 5, 19), youth=True)
    plan(world, "Kiểm tra Nghị quyết", "DB01", date(2017, 6, 1))
    desk = Desk(world)
    desk.finish()
    desk.lock()
    return desk


def plan(world, title, code, done_on, kind=Inspection.Kind.INSPECTION):
    row = InspectionPlan(
        year=2017, kind=kind, title=title, conductor=world.org["K"], subjects=((world.org[code], done_on),)
    )
    return register_inspections([row], **world.act())


def closed(desk, on=DAY):
    return close_figures(desk.period, **desk.world.act(on))


def told(closing, code="K"):
    """[(verb, {measure: (gained, lost)} at `code`, whether targets changed)] of the acts since, latest first."""
    since = Since(Closing.objects.get(pk=closing.pk))
    assert since.sound
    return [
        (named.change.words, {e.measure.name: (len(e.came), len(e.went)) for e in named.at(code)}, bool(named.beside))
        for named in since.named
    ]


def test_what_is_frozen_reads_without_any_table(desk):
    closing = closed(desk)
    frozen, rows = json.loads(closing.figures), json.loads(closing.rows)
    assert frozen["organizations"]["DB01-01"] == {"name": "Tổ chức DB01-01", "kind": "CBTT", "parent": "DB01"}
    admitted = frozen["figures"]["KN"]["K"]
    assert (admitted["numerator"], admitted["target"], admitted["verdict"]) == ("1", "2", "not_met")
    good = frozen["figures"]["DV-HTT"]["K"]
    assert (good["numerator"], good["denominator"], good["value"], good["excess"]) == ("17", "17", "100", "5")
    xuan = desk.world.people["Xuân"].admissions.get().pk
    assert rows["admitted"] == {code: [xuan] for code in ("K", "DB01", "DB01-01")}
    assert len(rows["members"]["K"]) == 17
    assert {s["code"] for s in frozen["indicators"]} == set(
        Indicator.objects.filter(group__year=2017).values_list("code", flat=True)
    )
    assert closing.added.words == "Chốt số liệu năm 2017"


def test_every_count_frozen_is_the_number_of_its_rows(desk):
    """The figure and the ids behind it come from different queries; where nothing was taken over they are the same."""
    closing = closed(desk)
    frozen, rows = json.loads(closing.figures), json.loads(closing.rows)
    compared = 0
    for indicator in frozen["indicators"]:
        for code, figure in frozen["figures"][indicator["code"]].items():
            assert len(rows[indicator["numerator"]].get(code, [])) == int(figure["numerator"])
            if indicator["denominator"]:
                assert len(rows[indicator["denominator"]].get(code, [])) == int(figure["denominator"])
            compared += 1
    assert compared > 50


def test_nothing_happened_nothing_is_named(desk):
    assert told(closed(desk)) == []


def test_the_next_year_is_no_change_of_the_closed_one(desk):
    closing = closed(desk)
    desk.world.admit("Trần Yến", "DB01-01", date(2018, 3, 3))
    desk.world.transfer("An", "DB01-02", date(2018, 4, 1))
    desk.world.leave("Bình", date(2018, 5, 1))
    desk.world.move("DB01-02", "DB02", date(2018, 6, 1))
    assert told(closing) == []


def test_an_admission_typed_late_is_named(desk):
    closing = closed(desk)
    desk.world.admit("Trần Yến", "DB01-02", date(2017, 9, 2))
    ((verb, effects, targets),) = told(closing)
    assert (verb, targets) == ("Kết nạp đảng viên", False)
    assert effects == {
        "Đảng viên mới kết nạp (theo ngày làm lễ)": (1, 0),
        "Đảng viên": (1, 0),
    }
    assert [e for _, e, _ in told(closing, "DB02")] == [{}]


def test_a_row_entered_in_error_is_named_when_voided(desk):
    closing = closed(desk)
    take_back(Admission.objects.filter(member=desk.world.people["Xuân"]), **desk.world.act(reason="Ghi nhầm"))
    ((verb, effects, _),) = told(closing)
    assert verb == "Hủy dòng đã ghi"
    assert effects == {
        "Đảng viên mới kết nạp (theo ngày làm lễ)": (0, 1),
        "Đảng viên mới là đoàn viên thanh niên": (0, 1),
    }


def test_back_dated_moves_are_named_where_they_count(desk):
    closing = closed(desk)
    desk.world.transfer("An", "DB02-01", date(2017, 10, 1))
    desk.world.move("DB03-02", "DB02", date(2017, 11, 1))
    moved, transferred = told(closing, "DB02")
    assert transferred == ("Chuyển sinh hoạt chính thức", {"Đảng viên": (1, 0)}, False)
    assert moved[0] == "Chuyển trực thuộc"
    assert moved[1]["Đảng viên"] == (2, 0)
    assert moved[1]["Chi bộ trực thuộc"] == (1, 0)
    # At the bloc neither changed anything.
    assert [effects for _, effects, _ in told(closing)] == [{}, {}]


def test_who_moves_again_later_is_told_of_the_first_move_alone(desk):
    closing = closed(desk)
    desk.world.transfer("An", "DB02-01", date(2017, 10, 1))
    desk.world.transfer("An", "DB02-02", date(2018, 3, 1))
    desk.world.move("DB02-01", "DB01", date(2018, 6, 1))
    ((verb, effects, _),) = told(closing, "DB02-01")
    assert (verb, effects) == ("Chuyển sinh hoạt chính thức", {"Đảng viên": (1, 0)})


def test_a_finance_check_typed_late_names_its_act(desk):
    closing = closed(desk)
    plan(desk.world, "Kiểm tra tài chính", "DB02", date(2017, 7, 1), Inspection.Kind.FINANCE)
    ((verb, effects, _),) = told(closing)
    assert verb == "Ghi kế hoạch, kết quả kiểm tra, giám sát"
    assert effects == {"Tổ chức cơ sở đảng được kiểm tra tài chính": (1, 0)}


def test_a_target_set_again_is_named(desk):
    closing = closed(desk)
    set_targets(desk.world, KN={"K": 1})
    assert told(closing) == [("Giao chỉ tiêu", {}, True)]


def test_an_act_undone_leaves_nothing_to_explain(desk):
    closing = closed(desk)
    desk.world.admit("Trần Yến", "DB01-02", date(2017, 9, 2))
    yen = desk.world.people["Yến"]
    for model in (Admission, Membership):
        take_back(model.objects.filter(member=yen), **desk.world.act(reason="Ghi nhầm"))
    assert told(closing) == []


def test_a_frozen_text_that_was_touched_is_found(desk):
    closing = closed(desk)
    Closing.objects.filter(pk=closing.pk).update(figures=closing.figures.replace('"17"', '"18"'))
    since = Since(Closing.objects.get(pk=closing.pk))
    assert (since.intact, since.sound) == (False, False)
    assert since.wrong == []


def test_a_row_changed_behind_the_verbs_is_found(desk):
    closing = closed(desk)
    Admission.objects.filter(member=desk.world.people["Xuân"]).update(ceremony=date(2016, 5, 19))
    since = Since(Closing.objects.get(pk=closing.pk))
    assert since.intact
    assert since.wrong == [(m, c) for m in ("admitted", "admitted_youth") for c in ("DB01", "DB01-01", "K")]
    assert not since.sound


def test_a_changed_definition_says_so_and_is_no_change_of_figures(desk, monkeypatch):
    closing = closed(desk)
    narrower = replace(measures.admitted, left_out=())
    monkeypatch.setitem(measures.MEASURES, "admitted", narrower)
    Indicator.objects.filter(code="DV-HTT").update(rule=Indicator.Rule.EXACT)
    since = Since(Closing.objects.get(pk=closing.pk))
    good = Indicator.objects.get(code="DV-HTT", group__year=2017)
    assert since.redefined == [measures.admitted.name, good.name]
    assert (since.sound, since.named) == (True, [])


def test_only_a_locked_year_is_closed_and_only_once(desk):
    closing = closed(desk)
    with refused("Số liệu năm 2017 đã chốt. Muốn chốt lại, hãy hủy lần chốt cũ và nêu lý do."):
        closed(desk)
    next_year = Desk(desk.world, 2018)
    with refused("Năm 2018 chưa khóa kỳ xếp loại. Hãy khóa kỳ rồi chốt số liệu."):
        close_figures(next_year.period, **desk.world.act())
    with refused("Hủy một lần chốt số liệu cần nêu lý do."):
        withdraw(closing, **desk.world.act())
    withdraw(closing, **desk.world.act(reason="Bổ sung hồ sơ"))
    with refused("Lần chốt này đã được hủy. Hãy tải lại trang."):
        withdraw(closing, **desk.world.act(reason="Bổ sung hồ sơ"))
    again = closed(desk)
    assert list(Closing.objects.order_by("pk").values_list("pk", "voided__verb")) == [
        (closing.pk, FigureVerb.WITHDRAW),
        (again.pk, None),
    ]


def test_two_records_made_one_are_named_and_named_again_when_parted(desk):
    """The person who left in 2018 came back as somebody new; the closed year counts one for the other."""
    world = desk.world
    world.leave("An", date(2018, 2, 1))
    world.enroll("Lê Ân", "CB01", date(2018, 3, 1))
    closing = closed(desk)
    merge(world.people["Ân"], world.people["An"], **world.act(reason="một người ghi hai lần"))
    ((verb, effects, _),) = told(closing)
    assert verb == "Gộp hai hồ sơ của một đảng viên"
    assert effects["Đảng viên"] == (1, 1)
    assert effects["Đảng viên được xếp loại"] == (1, 1)
    undo(Change.objects.latest("pk"), **world.act(reason="hai người khác nhau"))
    assert told(closing)[0][0] == "Hủy việc: Gộp hai hồ sơ của một đảng viên"
