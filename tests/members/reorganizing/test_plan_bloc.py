"""A bloc ends with all that is done on the way; organizations come from outside the register and go out of it."""

from datetime import date, timedelta

import pytest

from ledger import clock
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.candidates.steps import Recommendation, recommend
from members.models import CandidateStep, Entry, Exit, Membership, Stage
from members.register import arrivals
from members.reorganizing import plan
from members.reorganizing.plan_bloc import ending, receiving, sending_away, together
from members.roll.balance import COLUMNS
from members.roll.flows import flows
from organizations import history, lineage
from organizations.forest import Forest
from organizations.models import OutsideTransfer, Succession
from organizations.reorganize import Founding
from organizations.verbs import TreeVerb
from tests.standing import standing
from tests.world import refused

pytestmark = pytest.mark.django_db

DAY = date(2018, 6, 15)
EVE = DAY - timedelta(days=1)
R1 = Founding(code="R1", name="Đảng bộ các cơ quan Đảng tỉnh", kind="KHOI")
R2 = Founding(code="R2", name="Đảng bộ Ủy ban nhân dân tỉnh", kind="KHOI")


def new(code, kind, parent):
    return Founding(code=code, name=f"Tổ chức {code}", kind=kind, parent=parent)


def the_end(forest):
    """K ends: DB01 is split between R1 and R2, CB01 joins a cell of DB02, CB02 leaves the register, the rest moves whole."""
    along = [
        plan.splitting(
            forest,
            "DB01",
            [new("DB11", "DBCS", "R1"), new("DB12", "DBCS", "R2")],
            ends=True,
            parents={"DB01-01": "DB11", "DB01-02": "DB12"},
            principal="DB12",
        ),
        plan.merging(forest, ["CB01"], "DB02", people={"CB01": "DB02-01"}),
        sending_away(forest, {"CB02": "Đảng bộ huyện Ninh Hải"}),
    ]
    return ending(["K"], {"DB02": "R1", "DB03": "R2"}, founded=[R1, R2], along=along)


def carry_out_the_end(world):
    world.carry_out(the_end(Forest.on(DAY)), DAY)


def test_the_end_of_a_bloc_is_one_act(world):
    changes = Change.objects.count()
    carry_out_the_end(world)
    assert Change.objects.count() == changes + 1
    assert Change.objects.latest("pk").verb == TreeVerb.END_BLOC
    forest = Forest.on(DAY)
    below = ["BP01", "DB01-01", "DB01-02", "DB02-01", "DB02-02", "DB03-01", "DB03-02"]
    assert sorted(forest) == sorted([*below, "DB02", "DB03", "DB11", "DB12", "R1", "R2"])
    assert {code: forest[code].parent for code in ("DB02", "DB03", "DB11", "DB12")} == {
        "DB02": "R1",
        "DB03": "R2",
        "DB11": "R1",
        "DB12": "R2",
    }
    assert not {"K", "DB01", "CB01", "CB02"} & forest.keys()
    assert world.names("R1", DAY) == {"An", "Bình", "Đức", "Giang", "Hà", "Khánh", "Phúc", "Quân"}
    assert world.names("R2", DAY) == {"Chi", "Dung", "Lan", "Minh", "Nga", "Oanh"}
    assert world.names("K", EVE) == set(world.people)
    assert world.names("K", DAY) == set()
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_who_takes_over_what(world):
    carry_out_the_end(world)
    rows = Succession.objects.standing().values_list("predecessor__code", "successor__code", "principal")
    assert sorted(rows) == [
        ("CB01", "DB02", True),
        ("DB01", "DB11", False),
        ("DB01", "DB12", True),
        ("K", "R1", True),
        ("K", "R2", False),
    ]


def test_its_people_balance_by_the_kinds_of_their_going(world):
    carry_out_the_end(world)
    found = flows([world.org[c] for c in ("K", "R1", "R2")], date(2018, 1, 1), DAY)
    k, r1, r2 = (found[world.org[c].pk] for c in ("K", "R1", "R2"))
    assert (k.opening, dict(k.departures), k.reorganized, k.closing) == (16, {Exit.SENT_AWAY: 2}, -14, 0)
    assert (r1.opening, r1.reorganized, r1.closing) == (0, 8, 8)
    assert (r2.opening, r2.reorganized, r2.closing) == (0, 6, 6)
    assert "Theo tổ chức chuyển đi" in [column.label for column in COLUMNS]


def test_each_history_tells_what_became_of_it(world):
    carry_out_the_end(world)
    last = {c: history.events(world.org[c])[0].text for c in ("K", "DB01", "CB01", "CB02", "DB02", "DB11")}
    assert last == {
        "K": "Kết thúc hoạt động; kế thừa: Đảng bộ các cơ quan Đảng tỉnh (kế thừa chính), Đảng bộ Ủy ban nhân dân tỉnh",
        "DB01": "Chia tách thành Tổ chức DB12 (kế thừa chính), Tổ chức DB11",
        "CB01": "Sáp nhập vào Tổ chức DB02",
        "CB02": "Chuyển đi: Đảng bộ huyện Ninh Hải",
        "DB02": "Chuyển trực thuộc từ Tổ chức K sang Đảng bộ các cơ quan Đảng tỉnh",
        "DB11": "Thành lập: Tổ chức DB11",
    }


def test_the_end_is_taken_back_whole(world):
    before = standing()
    carry_out_the_end(world)
    undo(Change.objects.latest("pk"), by=world.by, on=DAY, reason="ghi nhầm")
    assert standing() == before


def test_those_without_a_destination_are_named(world):
    forest = Forest.on(DAY)
    with refused(
        "4 tổ chức còn trực thuộc tổ chức sắp kết thúc, chưa có nơi tiếp nhận: Tổ chức CB01; Tổ chức CB02; "
        "Tổ chức DB01; Tổ chức DB02."
    ):
        world.carry_out(ending(["K"], {"DB03": "R2"}, founded=[R2]), DAY)
    with refused("Tổ chức CB02 còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận."):
        parents = {c: "R2" for c in forest.children("K") if c != "CB02"}
        world.carry_out(ending(["K"], parents, founded=[R2]), DAY)


def test_parts_that_disagree_are_named(world):
    forest = Forest.on(DAY)
    parents = dict.fromkeys(forest.children("K"), "R2")
    torn = plan.moving({"DB02": "R1"})
    an = world.people["An"].pk
    persons = [plan.founding([], persons={an: to}) for to in ("CB01", "CB02")]
    with refused(
        "Tổ chức DB02: các việc trong một lần ghi khác nhau về tổ chức này. Hãy chọn một.",
        "Lê An: các việc trong một lần ghi khác nhau về đồng chí này. Hãy chọn một.",
    ):
        world.carry_out(ending(["K"], parents, founded=[R1, R2], along=[torn, *persons]), DAY)


def test_two_blocs_become_one(world):
    """A, B → B, and A, B → C, by the plans of any merger."""
    world.found(("L", "KHOI", None), ("DB20", "DBCS", "L"), ("DB20-01", "CBTT", "DB20"))
    world.enroll("Lê Xa", "DB20-01")
    world.carry_out(plan.merging(Forest.on(DAY), ["L"], "K"), DAY)
    assert Forest.on(DAY)["DB20"].parent == "K"
    assert "Xa" in world.names("K", DAY)
    assert history.events(world.org["L"])[0].text == "Sáp nhập vào Tổ chức K"
    undo(Change.objects.latest("pk"), by=world.by, on=DAY, reason="ghi nhầm")
    world.carry_out(plan.merging_anew(Forest.on(DAY), ["K", "L"], [R1]), DAY)
    assert lineage.roots(DAY).get().organization.code == "R1"
    assert world.names("R1", DAY) == set(world.people)
    assert history.events(world.org["K"])[0].text == "Hợp nhất thành Đảng bộ các cơ quan Đảng tỉnh"


def received(world, *more):
    rows = [new("DB30", "DBCS", "K"), new("DB30-01", "CBTT", "DB30")]
    people = [world.arrival(name, "K", DAY, entry=Entry.RECEIVED) for name in ("Lê Xa", "Võ Lạ")]
    return receiving(rows, "Đảng bộ huyện Ninh Hải", {"DB30-01": [*people, *more]})


def test_organizations_come_with_their_people(world):
    world.carry_out(received(world), DAY)
    assert world.names("DB30", DAY) == {"Xa", "Lạ"}
    assert history.events(world.org["DB30"])[0].text == "Tiếp nhận từ Đảng bộ huyện Ninh Hải: Tổ chức DB30"
    flow = flows([world.org["K"]], date(2018, 1, 1), DAY)[world.org["K"].pk]
    assert (flow.opening, dict(flow.arrivals), flow.closing) == (16, {Entry.RECEIVED: 2}, 18)
    assert set(OutsideTransfer.objects.values_list("organization__code", "came")) == {("DB30", True), ("DB30-01", True)}
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_who_was_here_before_comes_back_on_their_old_record(world):
    world.leave("An", date(2017, 3, 1))
    an = world.people["An"]
    world.carry_out(received(world, world.arrival("", "K", DAY, member=an, entry=Entry.RECEIVED)), DAY)
    spells = Membership.objects.standing().filter(member=an).order_by("starts")
    assert [(s.organization.code, s.entry, s.exit) for s in spells] == [
        ("DB01-01", "OPENING", "DEPARTED"),
        ("DB30-01", "RECEIVED", ""),
    ]
    assert an.admissions.count() == 1
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_who_is_here_cannot_come(world):
    row = world.arrival("", "K", DAY, member=world.people["An"], entry=Entry.RECEIVED)
    with refused("Đồng chí Lê An đang sinh hoạt ở chi bộ DB01-01; không ghi thêm lần nữa."):
        world.carry_out(received(world, row), DAY)


def test_faults_of_those_who_come_are_told_together(world):
    late = world.arrival("Lê Muộn", "K", DAY, entry=Entry.RECEIVED, ceremony=date(2018, 7, 1), official=None)
    new_ = world.newcomer("Lê Mới", "K", DAY)
    act = received(world, late, new_)
    act = together(TreeVerb.RECEIVE, [act, plan.Plan(verb="", arriving={"DB30": (world.arrival("Lê Cao", "K", DAY),)})])
    with refused(
        "Lê Muộn: ngày vào danh sách 15/06/2018 trước ngày kết nạp.",
        "Lê Mới: dùng việc kết nạp để ghi người mới vào Đảng.",
        "Lê Cao: Tổ chức DB30 không phải chi bộ; đảng viên sinh hoạt ở chi bộ.",
    ):
        world.carry_out(act, DAY)


def test_organizations_go_with_their_people(world):
    world.carry_out(sending_away(Forest.on(DAY), {"DB01": "Đảng bộ huyện Ninh Hải"}), DAY)
    assert "DB01-01" not in Forest.on(DAY)
    spell = Membership.objects.standing().get(member=world.people["An"])
    assert (spell.exit, spell.ends) == (Exit.SENT_AWAY, DAY)
    assert history.events(world.org["DB01-01"])[0].text == "Chuyển đi: Đảng bộ huyện Ninh Hải"
    arrivals.enroll(
        [world.arrival("", "CB01", member=world.people["An"], on=clock.today(), entry="ARRIVED")], **world.act()
    )
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_who_waits_to_be_admitted_goes_along(world):
    day = date(2018, 5, 2)
    row = Recommendation(
        full_name="Lê Chờ", sex="F", birth_date=date(1995, 2, 3), organization=world.org["CB02"], on=day
    )
    recommend([row], **world.act(day))
    before = standing()
    world.carry_out(sending_away(Forest.on(DAY), {"CB02": "Đảng bộ huyện Ninh Hải"}), DAY)
    last = CandidateStep.objects.standing().latest("pk")
    assert (last.stage, last.on, last.reason) == (
        Stage.STOPPED,
        EVE,
        "theo tổ chức chuyển đi: Đảng bộ huyện Ninh Hải",
    )
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []
    undo(Change.objects.latest("pk"), by=world.by, on=DAY, reason="ghi nhầm")
    assert standing() == before


def test_going_and_coming_are_taken_back(world):
    before = standing()
    world.carry_out(sending_away(Forest.on(DAY), {"DB03": "nơi khác"}), DAY)
    undo(Change.objects.latest("pk"), by=world.by, on=DAY, reason="ghi nhầm")
    assert standing() == before
    world.carry_out(received(world), DAY)
    undo(Change.objects.latest("pk"), by=world.by, on=DAY, reason="ghi nhầm")
    assert {name: rows for name, rows in standing().items() if rows != before[name]} == {}


def test_nothing_in_what_left_may_be_later(world):
    world.transfer("Phúc", "CB02", DAY + timedelta(days=9))
    with refused("Tổ chức CB02 còn đảng viên sau ngày 15/06/2018. Hãy chỉ định nơi tiếp nhận."):
        world.carry_out(sending_away(Forest.on(DAY), {"CB02": "nơi khác"}), DAY)
