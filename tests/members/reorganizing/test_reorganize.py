"""Each kind of reorganization in the small world: the tree, the roll, the flows and what is told of it (domain §3.2)."""

from datetime import date, timedelta

from ledger.models import Change
from ledger.spells import FOREVER
from members.life.posts import post
from members.models import Exit, Membership, Post
from members.reorganizing import plan
from members.roll.flows import flows
from organizations import history, lineage
from organizations.forest import Forest
from organizations.models import Origin, Succession
from organizations.reorganize import Founding
from organizations.verbs import TreeVerb
from tests.world import START, TODAY

DAY = date(2017, 5, 1)
EVE = DAY - timedelta(days=1)


def new(code, kind, parent, name=""):
    return Founding(code=code, name=name or f"Tổ chức {code}", kind=kind, parent=parent)


def tree(day):
    """{code: (kind, parent)} of all that stand on `day`."""
    return {place.code: (str(place.kind), place.parent) for place in Forest.on(day).values()}


def came_and_went(day=DAY):
    """({founded or changed: place}, {codes that ended}) by the act of `day`."""
    before, after = tree(day - timedelta(days=1)), tree(day)
    return {c: p for c, p in after.items() if before.get(c) != p}, before.keys() - after.keys()


def takeovers():
    rows = Succession.objects.standing()
    return set(rows.values_list("predecessor__code", "successor__code", "on", "principal"))


def reorganized(world, *codes, first=date(2017, 1, 1), last=date(2017, 12, 31)):
    """{code: (opening, by the tree, closing)} of 2017; nothing else came or went, and each balances."""
    found = flows([world.org[code] for code in codes], first, last)
    assert all(flow.balances and not flow.gained and not flow.lost for flow in found.values())
    return {code: (f.opening, f.reorganized, f.closing) for code in codes for f in [found[world.org[code].pk]]}


def told(world, code):
    return [(event.day, event.text) for event in history.events(world.org[code])]


def ids(world, *names):
    return [world.people[name].pk for name in names]


def places_of(world, name):
    rows = Membership.objects.standing().filter(member=world.people[name]).order_by("starts")
    return [(row.organization.code, row.starts, row.entry, row.exit) for row in rows]


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


def test_a_and_b_become_b(world):
    (duc,) = ids(world, "Đức")
    (giang,) = ids(world, "Giang")
    act = plan.merging(
        Forest.on(DAY),
        ("DB02", "CB01"),
        "DB01",
        people={"DB02-01": "DB01-01", "CB01": "DB01-02"},
        persons={duc: "DB02-02"},
        leaving={giang: Exit.DEPARTED},
        name="Đảng bộ Hợp Sở",
    )
    world.carry_out(act, DAY)
    assert came_and_went() == ({"DB02-02": ("CBTT", "DB01")}, {"DB02", "DB02-01", "CB01"})
    assert world.names("DB01-02", DAY) == {"Chi", "Dung", "Phúc", "Quân"}
    assert world.names("DB02-02", DAY) == {"Đức", "Hà", "Khánh"}
    assert world.names("DB01", DAY) == {"An", "Bình", "Chi", "Dung", "Phúc", "Quân", "Đức", "Hà", "Khánh"}
    assert places_of(world, "Đức") == [
        ("DB02-01", START, "OPENING", "REORGANIZED"),
        ("DB02-02", DAY, "REORGANIZED", ""),
    ]
    assert places_of(world, "Giang") == [("DB02-01", START, "OPENING", "DEPARTED")]
    assert takeovers() == {
        ("DB02", "DB01", DAY, True),
        ("CB01", "DB01", DAY, True),
        ("DB02-01", "DB01-01", DAY, True),
        ("DB02-01", "DB01", DAY, False),
    }
    assert told(world, "DB01")[:-1] == [
        (DAY, "Đổi tên từ Tổ chức DB01 thành Đảng bộ Hợp Sở"),
        (DAY, "Tiếp nhận Tổ chức DB02"),
        (DAY, "Tiếp nhận Tổ chức CB01"),
    ]
    assert told(world, "DB01-01")[0] == (DAY, "Tiếp nhận Tổ chức DB02-01, Tổ chức DB02")
    assert told(world, "DB02")[0] == (DAY, "Sáp nhập vào Đảng bộ Hợp Sở")
    assert told(world, "CB01")[0] == (DAY, "Sáp nhập vào Đảng bộ Hợp Sở")
    assert told(world, "DB02-01")[0] == (
        DAY,
        "Sáp nhập vào Tổ chức DB01-01, Đảng bộ Hợp Sở (kế thừa chính), Đảng bộ Hợp Sở",
    )


def test_a_section_committee_that_is_not_named_goes_on_with_its_cells(world):
    world.carry_out(plan.merging(Forest.on(DAY), ("DB03",), "DB01", people={"DB03-02": "DB01-01"}), DAY)
    assert came_and_went() == ({"BP01": ("DBBP", "DB01")}, {"DB03", "DB03-02"})
    assert world.names("BP01", DAY) == {"Lan", "Minh"}
    assert world.names("DB01", DAY) >= {"Lan", "Minh", "Nga", "Oanh"}


def test_a_and_b_become_c(world):
    founded = [new("DB09", "DBCS", "K", "Đảng bộ Sở Mới"), new("DB09-01", "CBTT", "DB09")]
    people = {"CB01": "DB09-01", "CB02": "DB09-01"}
    world.carry_out(plan.merging_anew(Forest.on(DAY), ("DB02", "CB01", "CB02"), founded, people=people), DAY)
    assert came_and_went() == (
        {
            "DB09": ("DBCS", "K"),
            "DB09-01": ("CBTT", "DB09"),
            "DB02-01": ("CBTT", "DB09"),
            "DB02-02": ("CBTT", "DB09"),
        },
        {"DB02", "CB01", "CB02"},
    )
    assert world.names("DB09-01", DAY) == {"Phúc", "Quân", "Sơn", "Tâm"}
    assert len(world.names("DB09", DAY)) == 8
    assert reorganized(world, "DB09", "DB02", "CB01", "K") == {
        "DB09": (0, 8, 8),
        "DB02": (4, -4, 0),
        "CB01": (2, -2, 0),
        "K": (16, 0, 16),
    }
    assert told(world, "DB09") == [
        (DAY, "Thành lập: Đảng bộ Sở Mới"),
        (DAY, "Tiếp nhận Tổ chức DB02"),
        (DAY, "Tiếp nhận Tổ chức CB01"),
        (DAY, "Tiếp nhận Tổ chức CB02"),
    ]
    assert told(world, "DB02")[0] == (DAY, "Hợp nhất thành Đảng bộ Sở Mới")
    assert told(world, "DB02-01")[0] == (DAY, "Chuyển trực thuộc từ Tổ chức DB02 sang Đảng bộ Sở Mới")


def test_a_committee_is_split_and_goes_on(world):
    (an,) = ids(world, "An")
    founded = [new("DB09", "DBCS", "K"), new("DB09-01", "CBTT", "DB09")]
    act = plan.splitting(
        Forest.on(DAY), "DB01", founded, ends=False, parents={"DB01-02": "DB09"}, persons={an: "DB09-01"}
    )
    world.carry_out(act, DAY)
    assert came_and_went() == (
        {"DB09": ("DBCS", "K"), "DB09-01": ("CBTT", "DB09"), "DB01-02": ("CBTT", "DB09")},
        set(),
    )
    assert world.names("DB01", DAY) == {"Bình"}
    assert world.names("DB09", DAY) == {"An", "Chi", "Dung"}
    assert places_of(world, "An") == [
        ("DB01-01", START, "OPENING", "REORGANIZED"),
        ("DB09-01", DAY, "REORGANIZED", ""),
    ]
    assert reorganized(world, "DB01", "DB09", "K") == {"DB01": (4, -3, 1), "DB09": (0, 3, 3), "K": (16, 0, 16)}
    assert takeovers() == set()
    assert set(Origin.objects.values_list("organization__code", "source__code", "on")) == {("DB09", "DB01", DAY)}
    assert told(world, "DB01")[0] == (DAY, "Chia tách, thành lập Tổ chức DB09")
    assert told(world, "DB09") == [(DAY, "Thành lập: Tổ chức DB09"), (DAY, "Tách ra từ Tổ chức DB01")]


def test_a_committee_is_split_and_ends(world):
    founded = [new("DB08", "DBCS", "K"), new("DB09", "DBCS", "K"), new("DB08-01", "CBTT", "DB08")]
    act = plan.splitting(
        Forest.on(DAY),
        "DB01",
        founded,
        ends=True,
        parents={"DB01-02": "DB09"},
        people={"DB01-01": "DB08-01"},
        principal="DB09",
    )
    world.carry_out(act, DAY)
    assert came_and_went()[1] == {"DB01", "DB01-01"}
    assert (world.names("DB08", DAY), world.names("DB09", DAY)) == ({"An", "Bình"}, {"Chi", "Dung"})
    assert takeovers() == {
        ("DB01", "DB09", DAY, True),
        ("DB01", "DB08", DAY, False),
        ("DB01-01", "DB08-01", DAY, True),
        ("DB01-01", "DB08", DAY, False),
    }
    assert told(world, "DB01")[0] == (DAY, "Chia tách thành Tổ chức DB09 (kế thừa chính), Tổ chức DB08")
    assert told(world, "DB08")[1:] == [(DAY, "Cùng kế thừa Tổ chức DB01")]
    assert told(world, "DB09")[1:] == [(DAY, "Tiếp nhận Tổ chức DB01")]


def test_a_cell_is_split_one_by_one(world):
    """Every member of the cell has a line in the form; who is told the cell they are in stays."""
    an, binh = ids(world, "An", "Bình")
    act = plan.splitting(
        Forest.on(DAY),
        "DB01-01",
        [new("DB01-03", "CBTT", "DB01")],
        ends=False,
        persons={an: "DB01-03", binh: "DB01-01"},
    )
    world.carry_out(act, DAY)
    assert (world.names("DB01-01", DAY), world.names("DB01-03", DAY)) == ({"Bình"}, {"An"})
    assert places_of(world, "Bình") == [("DB01-01", START, "OPENING", "")]


def test_a_cell_that_ends_is_split_one_by_one(world):
    an, binh = ids(world, "An", "Bình")
    founded = [new("DB01-03", "CBTT", "DB01"), new("DB01-04", "CBTT", "DB01")]
    world.carry_out(
        plan.splitting(Forest.on(DAY), "DB01-01", founded, ends=True, persons={an: "DB01-03", binh: "DB01-04"}), DAY
    )
    assert (world.names("DB01-03", DAY), world.names("DB01-04", DAY)) == ({"An"}, {"Bình"})
    assert takeovers() == {("DB01-01", "DB01-03", DAY, True), ("DB01-01", "DB01-04", DAY, False)}


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
