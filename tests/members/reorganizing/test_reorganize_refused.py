"""A plan that leaves somebody, or something, without a place is refused whole, with every sentence there is to say."""

from datetime import date, timedelta

import pytest

from ledger.acts import Refused
from members.badges import awards
from members.candidates import steps
from members.life.posts import post
from members.models import BadgeLevel, Entry, Exit, Post
from members.reorganizing import plan
from members.reorganizing.plan import Plan
from organizations.forest import Forest
from organizations.reorganize import Founding
from organizations.verbs import TreeVerb
from tests.world import refused

DAY = date(2017, 5, 1)
VERB = TreeVerb.DISSOLVE
LATER = "hãy ghi các thay đổi theo thứ tự thời gian."


def new(code, kind, parent):
    return Founding(code=code, name=f"Tổ chức {code}", kind=kind, parent=parent)


def judged(world, *sentences, on=DAY, **what):
    with refused(*sentences):
        world.carry_out(Plan(verb=VERB, **what), on)


def test_every_problem_of_a_long_form_is_said_at_once(world):
    an, son = world.people["An"].pk, world.people["Sơn"].pk
    judged(
        world,
        "Tổ chức DB77 không tồn tại vào ngày 01/05/2017.",
        "Mã “db09” không hợp lệ. Mã gồm chữ hoa không dấu, số và dấu nối, ví dụ DB01-03.",
        "Tổ chức BP01 còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận.",
        "Tổ chức DB01-01: Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận.",
        "Tổ chức DB03-02 còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận.",
        "Tổ chức CB01: nơi tiếp nhận cũng kết thúc trong lần giải thể này.",
        "Lê An: Tổ chức DB02 không phải chi bộ; đảng viên sinh hoạt ở chi bộ.",
        "Tổ chức CB02: chưa chỉ định nơi tiếp nhận cho Võ Tâm.",
        founded=(new("db09", "DBCS", "K"),),
        changed={"DB01-01": {"parent": "K"}, "DB77": {"name": "Tên"}},
        ended=("DB03", "CB01", "CB02"),
        people={"CB01": "CB02"},
        persons={an: "DB02", son: "DB01-02"},
    )


def test_a_plan_of_nothing(world):
    an = world.people["An"].pk
    judged(world, "Chưa có thay đổi nào được chọn.")
    judged(
        world, "Chưa có thay đổi nào được chọn.", persons={an: "DB01-01"}, changed={"DB01": {"name": "Tổ chức DB01"}}
    )
    with refused("Chưa có thay đổi nào được chọn."):
        world.rename("DB01", "Tổ chức  DB01", DAY)


def test_everybody_of_an_ending_cell_needs_a_place(world):
    judged(world, "Chưa chỉ định nơi tiếp nhận cho Tổ chức CB01.", ended=("CB01",))
    world.carry_out(Plan(verb=VERB, ended=("CB01",), people={"CB01": "CB02"}), DAY)


def test_those_without_a_place_are_named_and_the_many_counted(world):
    for n in range(7):
        world.enroll(f"Lý Bảy{n}", "CB01")
    judged(
        world,
        "Tổ chức CB01: chưa chỉ định nơi tiếp nhận cho Lý Bảy1, Lý Bảy2, Lý Bảy3, Lý Bảy4, Lý Bảy5 và 2 đồng chí khác.",
        ended=("CB01",),
        persons={world.people["Phúc"].pk: "CB02", world.people["Bảy0"].pk: "CB02"},
    )


def test_a_cell_that_becomes_a_committee_keeps_nobody_for_itself(world):
    with refused("Chưa chỉ định nơi tiếp nhận cho Tổ chức CB01."):
        world.carry_out(plan.turning_into_committee("CB01", [new("CB01-01", "CBTT", "CB01")]), DAY)
    with refused("Lê Phúc: Tổ chức CB01 không phải chi bộ; đảng viên sinh hoạt ở chi bộ."):
        world.carry_out(plan.turning_into_committee("CB01", [], into="CB01"), DAY)


def test_a_cell_that_goes_on_gives_its_people_one_by_one(world):
    judged(
        world,
        "Tổ chức CB01 vẫn là chi bộ sau lần giải thể này; hãy chọn từng đảng viên chuyển đi.",
        ended=("CB02",),
        people={"CB01": "DB01-01", "CB02": "DB01-01"},
    )


def test_a_destination_stands_and_has_no_later_change(world):
    world.found(("DB01-09", "CBTT", "DB01"), on=date(2017, 6, 1))
    judged(world, "Tổ chức DB01-09 không tồn tại vào ngày 01/05/2017.", ended=("CB01",), people={"CB01": "DB01-09"})
    world.merge("CB02", "DB01", {"CB02": "DB01-01"}, date(2017, 6, 2))
    judged(
        world,
        f"Tổ chức CB02 đã có thay đổi sau ngày 01/05/2017; {LATER}",
        ended=("CB01",),
        people={"CB01": "CB02"},
    )


def test_a_parent_fits_the_kind_also_of_those_below_what_changes(world):
    judged(
        world,
        "Tổ chức DB01-01: Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận.",
        "Tổ chức DB01-02: Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận.",
        changed={"DB01": {"kind": "CBCS"}},
    )
    judged(
        world,
        "Tổ chức BP02: cấp trên chưa thành lập hoặc đã kết thúc vào ngày này.",
        founded=(new("BP02", "DBBP", "DB77"),),
    )
    judged(world, "Tổ chức DB01: Đảng bộ cơ sở phải trực thuộc Đảng bộ Khối.", changed={"DB01": {"parent": "DB02"}})


def test_a_parent_that_ends_in_the_same_act_is_no_parent(world):
    judged(
        world,
        "Tổ chức DB01-01: cấp trên chưa thành lập hoặc đã kết thúc vào ngày này.",
        ended=("BP01", "DB03-01"),
        people={"DB03-01": "DB03-02"},
        changed={"DB01-01": {"parent": "BP01"}},
    )


def test_what_came_under_it_later_forbids_its_end_and_its_change_of_kind(world):
    world.found(("DB09", "DBCS", "K"))
    world.move("DB01-01", "DB09", date(2017, 8, 1))
    with refused("Tổ chức DB01-01 còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận."):
        world.carry_out(plan.dissolving(Forest.on(DAY), "DB09"), DAY)
    with refused("Tổ chức DB01-01: Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận."):
        world.carry_out(plan.turning_into_cell(Forest.on(DAY), "DB09"), DAY)


def test_changes_come_in_order_of_time(world):
    world.rename("CB01", "Tên mới", date(2017, 6, 1))
    judged(world, f"Tổ chức CB01 đã có thay đổi sau ngày 01/05/2017; {LATER}", ended=("CB01",), people={"CB01": "CB02"})


@pytest.mark.parametrize("code", ["CB01", "CB09"])
def test_a_code_is_given_once(world, code):
    if code == "CB09":  # borne by one that ended long ago
        world.found(("CB09", "CBCS", "K"))
        world.carry_out(plan.dissolving(Forest.on(date(2016, 1, 1)), "CB09"), date(2016, 1, 1))
    judged(world, f"Mã {code} đã có. Hãy chọn mã khác.", founded=(new(code, "CBCS", "K"),))


def test_two_of_one_code_or_without_a_name(world):
    row = new("CB09", "CBCS", "K")
    judged(world, "Mã CB09 được ghi cho 2 tổ chức. Hãy cho mỗi tổ chức một mã.", founded=(row, row))
    judged(
        world,
        "Tổ chức CB09 chưa có tên.",
        "Tên mới còn để trống.",
        founded=(Founding(code="CB09", name=" ", kind="CBCS", parent="K"),),
        changed={"CB01": {"name": "\u200b"}},
    )


def test_who_takes_over(world):
    judged(
        world,
        "Tổ chức DB09 không tồn tại vào ngày 01/05/2017.",
        "Tổ chức CB01: Tổ chức CB02 cũng kết thúc, không kế thừa được.",
        "Tổ chức DB01 không kết thúc nên không có tổ chức kế thừa.",
        "Tổ chức CB02: mỗi tổ chức kế thừa chỉ ghi một lần.",
        ended=("CB01", "CB02"),
        people={"CB01": "DB01-01", "CB02": "DB01-01"},
        successors={"CB01": ("CB02", "DB09"), "DB01": ("DB02",), "CB02": ("DB01", "DB01")},
    )


def test_what_is_split_off_is_new_and_its_source_goes_on(world):
    sentence = "Tổ chức {} không phải tổ chức mới tách ra từ Tổ chức CB01."
    judged(
        world,
        sentence.format("DB01"),
        sentence.format("CB09"),
        founded=(new("CB09", "CBCS", "K"),),
        ended=("CB01",),
        people={"CB01": "CB09"},
        origins={"DB01": "CB01", "CB09": "CB01"},
    )


def test_nothing_ends_on_the_day_it_was_founded(world):
    world.found(("CB09", "CBCS", "K"), on=DAY)
    judged(world, "Tổ chức CB09 thành lập ngày 01/05/2017; ngày kết thúc phải sau ngày đó.", ended=("CB09",))
    world.rename("CB01", "Tên mới", DAY)
    world.carry_out(Plan(verb=VERB, ended=("CB01",), people={"CB01": "CB02"}, successors={"CB01": ("CB02",)}), DAY)
    world.carry_out(Plan(verb=VERB, ended=("CB09",)), DAY + timedelta(days=1))


def test_one_cannot_change_and_end(world):
    judged(
        world,
        "Tổ chức CB01 vừa thay đổi vừa kết thúc trong một lần. Hãy chọn một.",
        ended=("CB01",),
        people={"CB01": "CB02"},
        changed={"CB01": {"name": "Tên"}},
    )


def test_only_who_is_on_the_roll_is_moved(world):
    world.leave("An", date(2017, 1, 1))
    an, binh = world.people["An"].pk, world.people["Bình"].pk
    judged(
        world,
        "Lê An không có tên trong danh sách đảng viên vào ngày 01/05/2017.",
        f"Đảng viên số {10**9} không có tên trong danh sách đảng viên vào ngày 01/05/2017.",
        "Võ Bình vừa chuyển sang chi bộ khác vừa ra khỏi danh sách. Hãy chọn một.",
        persons={an: "DB02-01", 10**9: "DB02-01", binh: "DB02-01"},
        leaving={binh: Exit.DEPARTED},
    )
    with refused("Võ Bình: lý do ra khỏi danh sách không hợp lệ."):
        world.carry_out(Plan(verb=VERB, leaving={binh: Exit.MOVED}), DAY)


def test_who_came_that_day_or_later(world):
    world.transfer("An", "CB01", DAY)
    world.transfer("Bình", "CB01", date(2017, 6, 1))
    judged(
        world,
        "Lê An đến chi bộ CB01 ngày 01/05/2017; ngày đi phải sau ngày đó.",
        "Võ Bình đến chi bộ CB01 ngày 01/06/2017; ngày đi phải sau ngày đó.",
        persons={world.people["An"].pk: "DB01-02", world.people["Bình"].pk: "DB01-02"},
    )


def test_who_came_into_the_cell_later_and_who_was_admitted_there(world):
    world.enroll("Vũ Thu", "CB01", date(2017, 6, 1), entry=Entry.ARRIVED)
    world.admit("Vũ Xuân", "CB02", date(2017, 6, 1))
    world.transfer("Xuân", "DB01-01", date(2017, 7, 1))
    cells = [new("CB02-01", "CBTT", "CB02")]
    with refused(
        "Tổ chức CB02 còn đảng viên sau ngày 01/05/2017. Hãy chỉ định nơi tiếp nhận.",
        "Tổ chức CB02 có người kết nạp từ ngày 01/05/2017 trở đi; ngày kết thúc phải sau đó.",
    ):
        world.carry_out(plan.turning_into_committee("CB02", cells, into="CB02-01"), DAY)
    judged(
        world,
        "Tổ chức CB01 còn đảng viên sau ngày 01/05/2017. Hãy chỉ định nơi tiếp nhận.",
        ended=("CB01",),
        people={"CB01": "DB01-01"},
    )


def test_a_post_given_later_is_not_lost(world):
    post([(world.people["Phúc"], world.org["CB01"], Post.Kind.SECRETARY)], **world.act(date(2017, 6, 1)))
    judged(
        world,
        "Lê Phúc giữ chức vụ ở CB01 từ ngày 01/06/2017, mà theo việc này khi đó không sinh hoạt trong tổ chức ấy. "
        "Hãy hủy việc giữ chức vụ đó trước.",
        ended=("CB01",),
        people={"CB01": "DB01-01"},
    )


def test_a_cell_that_becomes_a_committee_leaves_no_work_of_a_cell_behind(world):
    old = world.enroll("Vũ Xưa", "CB01", decided=date(1986, 5, 1), ceremony=date(1986, 5, 2))
    level, late = BadgeLevel.objects.get(years=30), date(2017, 6, 1)
    awards.award([awards.Award(member=old, level=level, on=late)], **world.act(late))
    someone = {"full_name": "Trần Mới", "sex": "F", "birth_date": date(1990, 1, 1)}
    row = steps.Recommendation(organization=world.org["CB01"], on=late, **someone)
    steps.recommend([row], **world.act(late))
    act = plan.turning_into_committee("CB01", [new("CB01-01", "CBTT", "CB01")], into="CB01-01")
    with refused(
        "Tổ chức CB01 có Huy hiệu Đảng trao từ ngày 01/05/2017 trở đi; ngày kết thúc phải sau đó.",
        "Tổ chức CB01 có việc trong nguồn kết nạp từ ngày 01/05/2017 trở đi; ngày kết thúc phải sau đó.",
    ):
        world.carry_out(act, DAY)
    world.carry_out(act, date(2017, 6, 2))


def test_an_act_ahead_of_its_day(world):
    with refused("Ngày 15/12/2018 còn ở phía trước. Hãy ghi khi việc đã xảy ra."):
        world.carry_out(plan.renaming({"CB01": "Tên"}), date(2018, 12, 14) + timedelta(days=1))


def test_what_a_higher_floor_adds_is_part_of_the_act(world):
    told = []
    world.carry_out(plan.renaming({"CB01": "Tên"}), DAY, also=[lambda change, orgs: told.append((change.words, *orgs))])
    assert told == [("Đổi tên tổ chức", "CB01")]

    def refuse(change, organizations):
        raise Refused("Chỉ tiêu của CB02 chưa được quyết định.")

    with refused("Chỉ tiêu của CB02 chưa được quyết định."):
        world.carry_out(plan.renaming({"CB02": "Tên"}), DAY, also=[refuse])


def test_what_was_split_off_later_is_not_left_without_its_source(world):
    world.found(("DB09", "DBCS", "K"), ("DB09-01", "CBTT", "DB09"))
    later = date(2017, 6, 1)
    world.carry_out(plan.splitting(Forest.on(later), "DB09-01", [new("DB09-02", "CBTT", "DB09")], ends=False), later)
    judged(
        world,
        "DB09-02 đã tách ra từ Tổ chức DB09-01 ngày 01/06/2017; ngày kết thúc phải sau đó.",
        ended=("DB09-01",),
    )
