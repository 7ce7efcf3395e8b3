"""What each indicator shows below the bloc: own targets, inherited ones, states, or nothing (design §5)."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from indicators.board import board
from inspections.checks.register import InspectionPlan, register_inspections
from inspections.models import Inspection
from ratings.models import OrganizationRating
from ratings.verdicts.verdicts import record_tasks
from tests.ratings.desk import Desk

from .board import lines, row, set_groups, set_targets

JUNE = date(2017, 6, 1)


@pytest.fixture
def world(world):
    set_groups(world, 2017)
    world.desk = Desk(world)
    targets = {"KN_TN": 60, "TSVM": 93, "DV_HTT": 95, "KTGS": 100, "DTTC": 100, "TCD": 25, "NVCT": 95}
    set_targets(world, KN={"K": 10}, **{code: {"K": value} for code, value in targets.items()})
    return world


def test_the_bloc_has_all_eight(world):
    assert [code for code in lines(world, "K") if code not in ("TSVM-TB", "DV-XS", "KTGS-KT", "KTGS-GS")] == [
        *("KN", "KN-TN", "TSVM", "DV-HTT", "KTGS", "DTTC", "TCD", "NVCT")
    ]
    assert all(line.state is None for line in lines(world, "K").values())


def test_admissions_only_by_an_own_target(world):
    world.admit("Vũ Xuân", "DB01-01", JUNE, youth=True)
    set_targets(world, KN={"DB01": 1})
    own = lines(world, "DB01")["KN"]
    assert (own.result.target, own.inherited, own.result.value) == (1, False, 1)
    without = lines(world, "DB02")["KN"]
    assert (without.result.target, without.verdict.value, without.result.value) == (None, "no_target", 0)


def test_rates_of_people_are_inherited_from_the_bloc(world):
    world.admit("Vũ Xuân", "DB01-01", JUNE, youth=True)
    found = lines(world, "DB01-01")
    assert (found["KN-TN"].result.target, found["KN-TN"].inherited) == (60, True)
    assert (found["DV-HTT"].result.target, found["DV-HTT"].inherited) == (95, True)


def test_the_nearest_target_above_is_inherited(world):
    set_targets(world, KN_TN={"DB03": 70})
    found = {code: lines(world, code)["KN-TN"] for code in ("DB03", "BP01", "DB03-01", "DB03-02", "DB01")}
    assert {code: (int(x.result.target), x.inherited) for code, x in found.items()} == {
        "DB03": (70, False),
        **dict.fromkeys(("BP01", "DB03-01", "DB03-02"), (70, True)),
        "DB01": (60, True),
    }


def test_the_row_on_the_parents_page_is_the_same_line(world):
    world.admit("Vũ Xuân", "DB01-01", JUNE)
    set_targets(world, KN={"DB01": 2})
    on_the_page, own = row(world, "K", "DB01"), lines(world, "DB01")
    assert on_the_page.keys() <= own.keys()
    for code, line in on_the_page.items():
        assert (line.result, line.state, line.inherited) == (own[code].result, own[code].state, own[code].inherited)


def test_states_of_a_grassroots_organization(world):
    assert {code: line.state.text for code, line in lines(world, "DB01").items() if line.state} == {
        **dict.fromkeys(("TSVM", "TSVM-TB"), "chưa xếp loại"),
        "NVCT": "chưa có kết quả",
        "TCD": "chưa kiểm tra",
    }
    world.desk.rate_organizations(DB01={"level": 1, "exemplary": True}, DB02=2, CB01="to_chuc_moi")
    task = OrganizationRating.Task
    record_tasks(world.desk.period, {world.org["DB01"]: task.EXCEEDED, world.org["DB02"]: task.FAILED}, **world.act())
    check = InspectionPlan(
        year=2017,
        kind=Inspection.Kind.FINANCE,
        title="Kiểm tra tài chính",
        conductor=world.org["K"],
        subjects=((world.org["DB01"], JUNE),),
    )
    register_inspections([check], **world.act())
    said = {
        code: {x: (line.state.text, line.state.good) for x, line in lines(world, code).items() if line.state}
        for code in ("DB01", "DB02", "CB01")
    }
    assert said == {
        "DB01": {
            "TSVM": ("Trong sạch, vững mạnh", True),
            "TSVM-TB": ("Trong sạch, vững mạnh tiêu biểu", True),
            "NVCT": ("hoàn thành vượt mức", True),
            "TCD": ("đã kiểm tra", True),
        },
        "DB02": {
            "TSVM": ("Hoàn thành tốt nhiệm vụ", False),
            "TSVM-TB": ("không chọn tiêu biểu", False),
            "NVCT": ("không hoàn thành", False),
            "TCD": ("chưa kiểm tra", None),
        },
        "CB01": {
            **dict.fromkeys(("TSVM", "TSVM-TB"), ("Tổ chức mới thành lập chưa đủ 06 tháng", None)),
            "NVCT": ("chưa có kết quả", None),
            "TCD": ("chưa kiểm tra", None),
        },
    }
    # The bloc's own target is not the organization's: no verdict beside the state.
    assert {lines(world, "DB01")[code].result.target for code in ("TSVM", "NVCT", "TCD")} == {None}


def test_a_sub_figure_answers_its_own_question(world):
    """ "trong đó hoàn thành xuất sắc": yes or no; the level itself stands with the headline."""
    set_groups(world, 2018)
    desk = Desk(world, 2018)
    desk.decide_all()
    desk.accept()
    desk.rate_organizations(DB01=1, DB02=2, CB01="to_chuc_moi")
    said = {
        code: [line.state.text for x, line in lines(world, code, 2018).items() if x in ("TSVM", "TSVM-XS")]
        for code in ("DB01", "DB02", "CB01", "CB02")
    }
    assert said == {
        "DB01": ["Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"],
        "DB02": ["Hoàn thành tốt nhiệm vụ", "không"],
        "CB01": ["Tổ chức mới thành lập chưa đủ 06 tháng"] * 2,
        "CB02": ["chưa xếp loại"] * 2,
    }
    out = StringIO()
    call_command("figures", year=2018, organization="DB02", stdout=out)
    assert "     trong đó hoàn thành xuất sắc: không\n" in out.getvalue()


def test_a_subordinate_cell_has_no_state_of_the_bloc(world):
    assert not {"TSVM", "TCD", "NVCT"} & lines(world, "DB01-01").keys()
    assert not {"TSVM", "TCD", "NVCT"} & lines(world, "BP01").keys()


def test_inspections_only_where_there_is_an_own_plan(world):
    assert "KTGS" not in lines(world, "DB01")
    own = InspectionPlan(
        year=2017,
        kind=Inspection.Kind.INSPECTION,
        title="Kiểm tra chuyên đề",
        conductor=world.org["DB01"],
        subjects=((world.org["DB01-01"], JUNE),),
    )
    register_inspections([own], **world.act())
    line = lines(world, "DB01")["KTGS"]
    assert (line.result.numerator, line.result.denominator, line.result.target) == (1, 1, None)
    assert lines(world, "K")["KTGS"].result.denominator == 0


def test_letters_below_the_bloc_are_for_those_who_may_see_them(world):
    assert "DTTC" in lines(world, "DB01", letters=True)
    assert "DTTC" not in lines(world, "DB01", letters=False)
    assert "DTTC" in lines(world, "K", letters=False)
    seen = board(world.org["K"], 2017, letters=False)
    assert {line.group.code for line in seen.of(world.org["DB01"].pk)} == {
        "KN",
        "KN-TN",
        "TSVM",
        "DV-HTT",
        "TCD",
        "NVCT",
    }


def test_the_score_below_the_bloc_counts_what_has_a_target(world):
    assert board(world.org["K"], 2017).score.of == 8
    assert board(world.org["DB01"], 2017).score.of == 2
    set_targets(world, KN={"DB01": 1})
    assert board(world.org["DB01"], 2017).score.of == 3
