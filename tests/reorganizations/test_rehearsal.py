"""A rehearsal shows what an act changes, down to the figures, and writes nothing at all."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from indicators.models import Target
from indicators.targets import targets
from ledger.acts import act
from ledger.documents import document
from members.models import Membership
from members.reorganizing.carry_out import merge
from members.reorganizing.plan_bloc import ending
from organizations import reorganize
from organizations.forest import Forest
from organizations.reorganize import Founding
from reorganizations.rehearsal import rehearse
from reorganizations.rehearsal_in_words import FigureMove, PeopleHead, PeopleMove, SheetTurn, TreeTurn, told
from tests.indicators.board import set_groups, set_targets
from tests.ratings.desk import Desk
from tests.world import recorded, refused

ON = date(2018, 7, 1)


def tables():
    """{table: how many rows}, the history of catalogues and drafts included."""
    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_models():
            cursor.execute(f'SELECT COUNT(*) FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def bloc(world):
    """2017 and 2018 with groups and targets; one admission a year; the sheets of 2018 open."""
    set_groups(world, 2017, 2018)
    set_targets(world, 2017, KN={"K": 1, "CB01": 1})
    set_targets(world, 2018, KN={"K": 2, "CB01": 1})
    world.admit("Đặng Ủy", "CB01", date(2017, 5, 3))
    world.admit("Đặng Uyên", "CB01", date(2018, 5, 3))
    Desk(world, 2018)
    return world


def merging(world, on=ON):
    def do():
        paper = document("7-QĐ/ĐUK", date(2018, 6, 20), "Đảng ủy Khối")
        act = world.act(on, document=paper)
        merge([world.org["CB01"]], world.org["DB01"], cells={world.org["CB01"]: world.org["DB01-01"]}, **act)

    return do


def test_a_rehearsal_writes_nothing(bloc):
    before = recorded(), tables()
    found = rehearse(merging(bloc), day=ON)
    assert bloc.org["CB01"].pk in found.before.places and bloc.org["CB01"].pk not in found.after.places
    assert (recorded(), tables()) == before


def test_what_becomes_of_organizations_and_people(bloc):
    seen = told(rehearse(merging(bloc), day=ON))
    assert seen["turns"] == [TreeTurn("CB01", "Tổ chức CB01", ["Kết thúc hoạt động"])]
    people = ["Lê Phúc", "Võ Quân", "Đặng Ủy", "Đặng Uyên"]
    assert [(m.source, m.target, sorted(m.names)) for m in seen["moves"]] == [
        ("Tổ chức CB01", "Tổ chức DB01-01, Tổ chức DB01", sorted(people))
    ]
    assert seen["moved"] == 4
    assert seen["heads"] == [
        PeopleHead("CB01", "Tổ chức CB01", 4, None),
        PeopleHead("DB01", "Tổ chức DB01", 4, 8),
        PeopleHead("DB01-01", "Tổ chức DB01-01", 2, 6),
    ]
    assert seen["sheets"] == [
        SheetTurn("năm 2018", "Tổ chức CB01", "thôi phiếu (nháp)"),
        SheetTurn("năm 2018", "Tổ chức DB01-01, Tổ chức DB01", "danh sách đổi: 4 người vào (phiếu nháp)"),
    ]


def test_the_figures_of_the_year_before_and_of_the_running_year(bloc):
    last, now = told(rehearse(merging(bloc), day=ON))["years"]
    assert (last.year, last.figures) == (2017, [])
    assert last.same > 10
    assert now.year == 2018
    name = "Đảng viên mới kết nạp"
    admitted = {f.code: f for f in now.figures if f.indicator == name}
    assert admitted == {
        "CB01": FigureMove("CB01", "Tổ chức CB01", name, ("1", "1", ""), None),
        "DB01": FigureMove("DB01", "Tổ chức DB01", name, ("0", "", ""), ("1", "", "")),
    }
    checked = [f for f in now.figures if f.code == "K"]
    assert [(f.indicator, f.before[0], f.after[0]) for f in checked] == [
        ("Tỷ lệ tổ chức cơ sở đảng được kiểm tra tài chính Đảng", "0% (0/5)", "0% (0/4)")
    ]


def test_the_end_of_a_bloc_leaves_the_figures_of_the_years_before(bloc):
    """What a bloc and its organizations reached in them is theirs; a receiver founded since has none."""
    founded = [Founding(code="R1", name="Đảng bộ R1", kind="KHOI", position=1)]
    plan = ending(["K"], dict.fromkeys(Forest.on(ON).children("K"), "R1"), founded=founded)
    last, now = told(rehearse(lambda: bloc.carry_out(plan, ON), day=ON))["years"]
    assert (last.year, last.figures) == (2017, [])
    assert last.same > 10
    assert {figure.code for figure in now.of_blocs} == {"K"}
    assert {figure.after for figure in now.of_blocs} == {None}
    assert [*now.of_blocs, *now.below] == now.figures


def test_only_the_blocs_that_an_act_touches_are_looked_at(bloc):
    """The other bloc is touched once something goes there; its figures before are those of before."""
    bloc.found(("K2", "KHOI", None), ("CB90", "CBCS", "K2"))
    targets.set_groups(2018, targets.eight_groups(2018), bloc=bloc.org["K2"], **bloc.act())
    there = {bloc.org[code].pk for code in ("K2", "CB90")}

    def nodes(do):
        found = rehearse(do, day=ON)
        return [{node for _, _, node in look.lines} & there for look in (found.before, found.after)]

    assert nodes(merging(bloc)) == [set(), set()]
    assert nodes(lambda: bloc.move("CB02", "K2", ON)) == [there, there]


def test_an_heir_who_gets_a_target_and_nobody_is_told_of(bloc):
    set_targets(bloc, 2018, KN={"CB01": 5, "CB02": 4})
    target = Target.objects.get(organization=bloc.org["CB01"], indicator__group__year=2018, voided__isnull=True)

    def do():
        with act("Giải thể", **bloc.act(ON)) as change:
            targets.hand_on({target: bloc.org["CB02"]}, change)

    _, now = told(rehearse(do, day=ON))["years"]
    assert {(f.code, f.before[1], f.after[1]) for f in now.figures} == {("CB01", "5", ""), ("CB02", "4", "9")}


def test_founding_moving_renaming_are_told_as_sentences(bloc):
    def do():
        reorganize.found(
            [reorganize.Founding(code="DB04", name="Đảng bộ Mới", kind="DBCS", parent="K")], **bloc.act(ON)
        )
        reorganize.move({bloc.org["DB01-02"]: bloc.org["DB02"]}, **bloc.act(ON))
        reorganize.rename({bloc.org["CB02"]: "Chi bộ Hai"}, **bloc.act(ON))

    seen = told(rehearse(do, day=ON))
    assert seen["turns"] == [
        TreeTurn("CB02", "Chi bộ Hai", ["Đổi tên từ Tổ chức CB02"]),
        TreeTurn("DB01-02", "Tổ chức DB01-02", ["Chuyển trực thuộc từ Tổ chức DB01 sang Tổ chức DB02"]),
        TreeTurn("DB04", "Đảng bộ Mới", ["Thành lập, đảng bộ cơ sở trực thuộc Tổ chức K"]),
    ]
    assert seen["moves"] == []
    heads = {head.code: (head.before, head.after) for head in seen["heads"]}
    assert heads == {"CB02": (2, 2), "DB01": (4, 2), "DB01-02": (2, 2), "DB02": (4, 6), "DB04": (None, 0)}


def test_those_who_leave_the_bloc_go_nowhere(bloc):
    seen = told(rehearse(lambda: bloc.leave("An", ON), day=ON))
    assert seen["moves"] == [PeopleMove("Tổ chức DB01-01, Tổ chức DB01", "", ["Lê An"])]
    assert Membership.objects.standing().get(member=bloc.people["An"]).is_open


def test_what_the_act_refuses_the_rehearsal_refuses(bloc):
    bloc.rename("CB01", "Chi bộ Một", date(2018, 8, 1))
    with refused("Tổ chức CB01 đã có thay đổi sau ngày 01/07/2018; hãy ghi các thay đổi theo thứ tự thời gian."):
        rehearse(merging(bloc), day=ON)


def test_warnings_are_asked_while_the_act_stands(bloc):
    asked = []

    def warn(ids):
        asked.append((ids, bloc.names("DB01-01", ON)))
        return ["một lời nhắc"]

    assert told(rehearse(merging(bloc), day=ON, warn=warn))["warnings"] == ["một lời nhắc"]
    assert asked == [
        ({bloc.org[c].pk for c in ("CB01", "DB01", "DB01-01")}, {"An", "Bình", "Phúc", "Quân", "Ủy", "Uyên"})
    ]
