"""Founding, moving, dissolving, changes of kind and sections in the small world, and posts in all of them (domain §3.2)."""

from datetime import date, timedelta

from ledger.models import Change
from ledger.spells import FOREVER
from members.life.posts import post
from members.models import Exit, Post
from members.reorganizing import plan
from members.roll.flows import flows
from organizations import lineage
from organizations.forest import Forest
from organizations.verbs import TreeVerb
from tests.members.reorganizing.aftermath import (
    DAY,
    EVE,
    came_and_went,
    ids,
    new,
    places_of,
    reorganized,
    takeovers,
    told,
    tree,
)
from tests.world import START, TODAY


def test_a_cell_is_founded_with_people_of_others(world):
    an, chi = ids(world, "An", "Chi")
    act = plan.founding([new("DB01-03", "CBTT", "DB01")], persons={an: "DB01-03", chi: "DB01-03"})
    world.carry_out(act, DAY)
    assert came_and_went() == ({"DB01-03": ("CBTT", "DB01")}, set())
    assert world.names("DB01-03", DAY) == {"An", "Chi"}
    assert world.names("DB01-01", DAY) == {"Bình"}
    assert world.names("DB01-01", EVE) == {"An", "Bình"}
    assert reorganized(world, "DB01-01", "DB01-02", "DB01-03", "DB01", "K") == {
        "DB01-01": (2, -1, 1),
        "DB01-02": (2, -1, 1),
        "DB01-03": (0, 2, 2),
        "DB01": (4, 0, 4),
        "K": (16, 0, 16),
    }
    assert Change.objects.latest("pk").words == "Thành lập tổ chức"


def test_a_name_and_a_parent(world):
    world.carry_out(plan.renaming({"DB01": "  Đảng bộ\u00a0Mới "}), DAY)
    world.carry_out(plan.moving({"DB01-01": "DB02"}), DAY)
    assert lineage.place(world.org["DB01"], DAY).name == "Đảng bộ Mới"
    assert came_and_went() == ({"DB01-01": ("CBTT", "DB02")}, set())
    assert reorganized(world, "DB01", "DB02", "K") == {"DB01": (4, -2, 2), "DB02": (4, 2, 6), "K": (16, 0, 16)}
    assert told(world, "DB01-01") == [
        (DAY, "Chuyển trực thuộc từ Tổ chức DB01 sang Tổ chức DB02"),
        (START, "Thành lập: Tổ chức DB01-01"),
    ]


def test_dissolved_with_a_place_for_everybody_inside_and_outside(world):
    (nga,) = ids(world, "Nga")
    act = plan.dissolving(
        Forest.on(DAY),
        "DB03",
        parents={"DB03-01": "DB01"},
        people={"DB03-02": "CB01"},
        leaving={nga: Exit.DEPARTED},
        successors=("DB01", "CB01"),
    )
    world.carry_out(act, DAY)
    assert came_and_went() == ({"DB03-01": ("CBTT", "DB01")}, {"DB03", "DB03-02", "BP01"})
    assert world.names("CB01", DAY) == {"Phúc", "Quân", "Oanh"}
    assert world.names("DB01", DAY) >= {"Lan", "Minh"}
    assert places_of(world, "Nga") == [("DB03-02", START, "OPENING", "DEPARTED")]
    whole = flows([world.org["K"]], date(2017, 1, 1), date(2017, 12, 31))[world.org["K"].pk]
    assert (whole.opening, dict(whole.departures), whole.reorganized, whole.closing) == (16, {"DEPARTED": 1}, 0, 15)
    assert told(world, "DB03")[0] == (
        DAY,
        "Kết thúc hoạt động; kế thừa: Tổ chức DB01 (kế thừa chính), Tổ chức CB01",
    )


def test_dissolved_and_nobody_takes_over(world):
    phuc, quan = ids(world, "Phúc", "Quân")
    leaving = {phuc: Exit.DEPARTED, quan: Exit.RESIGNED}
    world.carry_out(plan.dissolving(Forest.on(DAY), "CB01", leaving=leaving), DAY)
    assert came_and_went() == ({}, {"CB01"})
    assert told(world, "CB01")[0] == (DAY, "Kết thúc hoạt động")
    assert takeovers() == set()


def test_a_cell_becomes_a_committee(world):
    (quan,) = ids(world, "Quân")
    cells = [new("CB01-01", "CBTT", "CB01"), new("CB01-02", "CBTT", "CB01")]
    world.carry_out(plan.turning_into_committee("CB01", cells, into="CB01-01", persons={quan: "CB01-02"}), DAY)
    assert came_and_went() == (
        {"CB01": ("DBCS", "K"), "CB01-01": ("CBTT", "CB01"), "CB01-02": ("CBTT", "CB01")},
        set(),
    )
    assert (world.names("CB01-01", DAY), world.names("CB01-02", DAY)) == ({"Phúc"}, {"Quân"})
    assert reorganized(world, "CB01", "CB01-01", "K") == {"CB01": (2, 0, 2), "CB01-01": (0, 1, 1), "K": (16, 0, 16)}
    assert told(world, "CB01")[0] == (DAY, "Chuyển loại hình từ chi bộ cơ sở thành đảng bộ cơ sở")


def test_a_committee_becomes_a_cell(world):
    world.carry_out(plan.turning_into_cell(Forest.on(DAY), "DB03"), DAY)
    assert came_and_went() == ({"DB03": ("CBCS", "K")}, {"BP01", "DB03-01", "DB03-02"})
    assert world.names("DB03", DAY) == {"Lan", "Minh", "Nga", "Oanh"}
    assert reorganized(world, "DB03", "DB03-01") == {"DB03": (4, 0, 4), "DB03-01": (2, -2, 0)}
    assert takeovers() == {(code, "DB03", DAY, True) for code in ("BP01", "DB03-01", "DB03-02")}
    assert told(world, "DB03")[:3] == [
        (DAY, "Chuyển loại hình từ đảng bộ cơ sở thành chi bộ cơ sở"),
        (DAY, "Tiếp nhận Tổ chức BP01, Tổ chức DB03"),
        (DAY, "Tiếp nhận Tổ chức DB03-02, Tổ chức DB03"),
    ]


def test_a_subordinate_cell_becomes_a_grassroots_cell_and_back(world):
    world.carry_out(plan.regrading("DB01-01", "CBCS", "K"), DAY)
    assert came_and_went() == ({"DB01-01": ("CBCS", "K")}, set())
    assert places_of(world, "An") == [("DB01-01", START, "OPENING", "")]
    assert reorganized(world, "DB01", "DB01-01", "K") == {"DB01": (4, -2, 2), "DB01-01": (2, 0, 2), "K": (16, 0, 16)}
    world.carry_out(plan.regrading("DB01-01", "CBTT", "DB02"), date(2018, 1, 1))
    assert tree(TODAY)["DB01-01"] == ("CBTT", "DB02")


def test_a_section_committee_comes_and_goes(world):
    world.carry_out(plan.putting_section(new("BP02", "DBBP", "DB01"), ["DB01-01", "DB01-02"]), DAY)
    assert came_and_went() == (
        {"BP02": ("DBBP", "DB01"), "DB01-01": ("CBTT", "BP02"), "DB01-02": ("CBTT", "BP02")},
        set(),
    )
    assert reorganized(world, "DB01", "BP02") == {"DB01": (4, 0, 4), "BP02": (0, 4, 4)}
    later = date(2018, 3, 1)
    world.carry_out(plan.lifting_section(Forest.on(later), "BP02"), later)
    assert came_and_went(later) == ({"DB01-01": ("CBTT", "DB01"), "DB01-02": ("CBTT", "DB01")}, {"BP02"})
    assert told(world, "BP02")[0] == (later, "Kết thúc hoạt động; kế thừa: Tổ chức DB01")
    assert told(world, "DB01")[0] == (later, "Tiếp nhận Tổ chức BP02, Tổ chức DB01")


def test_posts_end_with_their_organization_and_with_the_way_to_it(world):
    chi, duc, an, ha = (world.people[name] for name in ("Chi", "Đức", "An", "Hà"))
    posts = [
        (chi, world.org["DB01-02"], Post.Kind.SECRETARY),  # ends with the cell
        (duc, world.org["DB02"], Post.Kind.DEPUTY),  # he leaves DB02
        (an, world.org["DB01"], Post.Kind.COMMITTEE),  # still below DB01
        (ha, world.org["DB02-02"], Post.Kind.SECRETARY),  # untouched
    ]
    post(posts, **world.act(START + timedelta(days=1)))
    act = plan.merging(
        Forest.on(DAY), ("DB01-02",), "DB01-01", people={"DB01-02": "DB01-01"}, persons={duc.pk: "DB01-01"}
    )
    world.carry_out(act, DAY)
    rows = Post.objects.standing().order_by("member__sort_key").values_list("member__full_name", "ends")
    assert {name.split()[-1] for name, ends in rows if ends == DAY} == {"Chi", "Đức"}
    assert {name.split()[-1] for name, ends in rows if ends > DAY} == {"An", "Hà"}


def test_a_post_above_goes_on_in_a_cell_founded_below_it(world):
    an, chi = (world.people[name] for name in ("An", "Chi"))
    posts = [(an, world.org["DB01"], Post.Kind.DEPUTY), (chi, world.org["DB01-02"], Post.Kind.SECRETARY)]
    post(posts, **world.act(START + timedelta(days=1)))
    persons = {an.pk: "DB01-03", chi.pk: "DB01-03"}
    world.carry_out(plan.founding([new("DB01-03", "CBTT", "DB01")], persons=persons), DAY)
    assert dict(Post.objects.standing().values_list("member__full_name", "ends")) == {"Lê An": FOREVER, "Lê Chi": DAY}


def test_many_things_in_one_act(world):
    """What a resolution on the whole bloc does: one founded, one renamed, one moved, one merged, one person aside."""
    (tam,) = ids(world, "Tâm")
    act = plan.Plan(
        verb=TreeVerb.DISSOLVE,
        founded=(new("DB09", "DBCS", "K"), new("DB09-01", "CBTT", "DB09")),
        changed={"DB01-02": {"parent": "DB09", "name": "Chi bộ 2", "position": 4}, "DB03": {"name": "Đảng bộ Ba"}},
        ended=("CB01", "CB02"),
        people={"CB01": "DB09-01", "CB02": "DB01-01"},
        persons={tam: "DB01-02"},
        successors={"CB01": ("DB09",), "CB02": ("DB01",)},
    )
    changes = Change.objects.count()
    organizations = world.org
    world.carry_out(act, DAY)
    assert Change.objects.count() == changes + 1
    assert world.names("DB01-02", DAY) == {"Chi", "Dung", "Tâm"}
    assert world.names("DB01-01", DAY) == {"An", "Bình", "Sơn"}
    spell = lineage.place(organizations["DB01-02"], DAY)
    assert (spell.name, spell.position, spell.parent.code) == ("Chi bộ 2", 4, "DB09")
    assert lineage.place(organizations["DB03"], DAY).name == "Đảng bộ Ba"
    assert lineage.differences() == (set(), set())
