"""Found, rename, move: what each writes, and the sentence of each refusal."""

from datetime import date, timedelta

import pytest

from ledger.models import Change
from ledger.spells import FOREVER
from members.reorganizing.plan import Plan
from organizations import lineage, reorganize
from organizations.models import Organization, OrganizationSpell, Succession
from organizations.reorganize import Founding
from organizations.verbs import TreeVerb
from tests.world import START, TODAY, refused

DAY = date(2016, 7, 1)
BEFORE = DAY - timedelta(days=1)


def history(world, code):
    """(name, parent, starts, ends) of each spell that stands, in order of time."""
    rows = OrganizationSpell.objects.standing().filter(organization=world.org[code]).order_by("starts")
    return [(row.name, row.parent and row.parent.code, row.starts, row.ends) for row in rows]


def test_parents_and_children_are_founded_in_one_act_in_any_order(world):
    changes = Change.objects.count()
    rows = [("BP09-01", "CBTT", "BP09"), ("BP09", "DBBP", "DB09"), ("DB09", "DBCS", "K")]
    world.found(*rows, on=DAY)
    assert history(world, "BP09-01") == [("Tổ chức BP09-01", "BP09", DAY, FOREVER)]
    assert [s.organization.code for s in lineage.path(world.org["BP09-01"], DAY)] == ["K", "DB09", "BP09", "BP09-01"]
    assert Change.objects.count() == changes + 1


def test_a_name_passes_through_the_cleaner(world):
    row = Founding(code="CB09", name="  Chi bộ\u00a0Ð\u200b ", kind="CBCS", parent="K", position=7)
    reorganize.found([row], **world.act(DAY))
    spell = lineage.place(world.organization("CB09"), DAY)
    assert (spell.name, spell.position) == ("Chi bộ Đ", 7)


@pytest.mark.parametrize("code", ["db09", "ĐB09", "DB 09", "DB09-", "09", "DB09-x", "DB_9"])
def test_a_code_has_its_form(world, code):
    text = "Mã gồm chữ hoa không dấu, số và dấu nối, ví dụ DB01-03."
    with refused(f"Mã “{code}” không hợp lệ. {text}"):
        world.found((code, "DBCS", "K"), on=DAY)


def test_a_name_is_needed(world):
    with refused("Tổ chức DB09 chưa có tên."):
        reorganize.found([Founding(code="DB09", name=" \u200b", kind="DBCS", parent="K")], **world.act(DAY))
    with refused("Tên mới còn để trống."):
        world.rename("DB01", "\u00a0", DAY)


@pytest.mark.parametrize(
    ("kind", "parent", "sentence"),
    [
        ("KHOI", "K", "Đảng bộ Khối chỉ trực thuộc Đảng bộ tỉnh, hoặc không trực thuộc tổ chức nào."),
        ("TINH", "K", "Đảng bộ tỉnh không trực thuộc tổ chức nào ở đây."),
        ("DBCS", "DB01", "Đảng bộ cơ sở phải trực thuộc Đảng bộ Khối."),
        ("DBCS", None, "Đảng bộ cơ sở phải trực thuộc Đảng bộ Khối."),
        ("CBCS", "DB01", "Chi bộ cơ sở phải trực thuộc Đảng bộ Khối."),
        ("DBBP", "K", "Đảng bộ bộ phận phải trực thuộc Đảng bộ cơ sở."),
        ("DBBP", "CB01", "Đảng bộ bộ phận phải trực thuộc Đảng bộ cơ sở."),
        ("DBBP", "BP01", "Đảng bộ bộ phận phải trực thuộc Đảng bộ cơ sở."),
        ("CBTT", "K", "Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận."),
        ("CBTT", "CB01", "Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận."),
        ("CBTT", None, "Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận."),
        ("CBTT", "DB77", "cấp trên chưa thành lập hoặc đã kết thúc vào ngày này."),
    ],
)
def test_each_kind_has_its_parents(world, kind, parent, sentence):
    with refused(f"Tổ chức X9: {sentence}"):
        world.found(("X9", kind, parent), on=DAY)


def test_one_faulty_founding_among_many_founds_nothing(world):
    with refused("Tổ chức CB98: Chi bộ cơ sở phải trực thuộc Đảng bộ Khối."):
        world.found(("CB97", "CBCS", "K"), ("CB98", "CBCS", "DB01"), ("CB99", "CBCS", "K"), on=DAY)


def test_the_parent_stands_on_that_day(world):
    world.found(("DB09", "DBCS", "K"), on=DAY)
    with refused("Tổ chức DB09 không tồn tại vào ngày 30/06/2016."):
        world.found(("DB09-01", "CBTT", "DB09"), on=BEFORE)
    world.found(("DB09-01", "CBTT", "DB09"), on=DAY)


def test_a_rename_ends_one_name_and_begins_the_next(world):
    world.rename("DB01", "Đảng bộ Sở Nội vụ", DAY)
    assert history(world, "DB01") == [
        ("Tổ chức DB01", "K", START, DAY),
        ("Đảng bộ Sở Nội vụ", "K", DAY, FOREVER),
    ]
    assert history(world, "DB01-01") == [("Tổ chức DB01-01", "DB01", START, FOREVER)]


def test_a_move_takes_along_all_that_hangs_below(world):
    world.move("BP01", "DB01", DAY)
    assert history(world, "BP01") == [("Tổ chức BP01", "DB03", START, DAY), ("Tổ chức BP01", "DB01", DAY, FOREVER)]
    assert history(world, "DB03-01") == [("Tổ chức DB03-01", "BP01", START, FOREVER)]
    assert world.names("DB01", DAY) == {"An", "Bình", "Chi", "Dung", "Lan", "Minh"}
    assert world.names("DB03", DAY) == {"Nga", "Oanh"}
    assert world.names("DB03", BEFORE) == {"Lan", "Minh", "Nga", "Oanh"}


def test_two_changes_of_one_day_are_one_spell(world):
    world.rename("BP01", "Đảng bộ bộ phận Mới", DAY)
    world.move("BP01", "DB01", DAY)
    assert history(world, "BP01") == [
        ("Tổ chức BP01", "DB03", START, DAY),
        ("Đảng bộ bộ phận Mới", "DB01", DAY, FOREVER),
    ]
    assert lineage.differences() == (set(), set())


def test_a_move_to_where_one_is_already(world):
    with refused("Tổ chức DB01-01 đang trực thuộc Tổ chức DB01."):
        world.move("DB01-01", "DB01", DAY)


@pytest.mark.parametrize(
    ("code", "parent", "sentence"),
    [
        ("DB01-01", "K", "Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận."),
        ("DB01-01", "CB01", "Chi bộ trực thuộc phải trực thuộc Đảng bộ cơ sở hoặc Đảng bộ bộ phận."),
        ("CB01", "DB01", "Chi bộ cơ sở phải trực thuộc Đảng bộ Khối."),
        ("K", "DB01", "Đảng bộ Khối chỉ trực thuộc Đảng bộ tỉnh, hoặc không trực thuộc tổ chức nào."),
    ],
)
def test_a_move_obeys_the_kinds(world, code, parent, sentence):
    with refused(f"Tổ chức {code}: {sentence}"):
        world.move(code, parent, DAY)


def test_changes_come_in_order_of_time(world):
    world.rename("DB01", "Tên mới", DAY)
    sentence = f"đã có thay đổi sau ngày {BEFORE:%d/%m/%Y}; hãy ghi các thay đổi theo thứ tự thời gian."
    with refused(f"Tổ chức DB01 {sentence}"):
        world.rename("DB01", "Tên xưa", BEFORE)
    with refused(f"Tổ chức DB01 {sentence}"):
        world.move("DB02-01", "DB01", BEFORE)


def test_what_does_not_stand_is_not_changed(world):
    world.found(("DB09", "DBCS", "K"), on=DAY)
    with refused("Tổ chức DB09 không tồn tại vào ngày 30/06/2016."):
        world.rename("DB09", "Tên", BEFORE)
    with refused("Tổ chức DB09 không tồn tại vào ngày 30/06/2016."):
        world.move("DB01-01", "DB09", BEFORE)


def dissolve(world, *codes, on=DAY, successor=None):
    successors = dict.fromkeys(codes, (successor,)) if successor else {}
    world.carry_out(Plan(verb=TreeVerb.DISSOLVE, ended=codes, successors=successors), on)


def test_an_empty_organization_ends(world):
    world.found(("DB09", "DBCS", "K"), ("DB09-01", "CBTT", "DB09"))
    dissolve(world, "DB09", "DB09-01", successor="DB01")
    assert history(world, "DB09-01") == [("Tổ chức DB09-01", "DB09", START, DAY)]
    assert not lineage.places(DAY).filter(organization__code__startswith="DB09").exists()
    assert lineage.differences() == (set(), set())
    rows = Succession.objects.values_list("predecessor__code", "successor__code", "on")
    assert set(rows) == {("DB09", "DB01", DAY), ("DB09-01", "DB01", DAY)}


def test_nobody_is_left_behind(world):
    with refused("Chưa chỉ định nơi tiếp nhận cho Tổ chức CB01."):
        dissolve(world, "CB01")


def test_no_organization_is_left_behind(world):
    world.found(("DB09", "DBCS", "K"), ("DB09-01", "CBTT", "DB09"))
    with refused("Tổ chức DB09-01 còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận."):
        dissolve(world, "DB09")


def test_an_organization_does_not_end_before_its_people_have_gone(world):
    world.found(("CB09", "CBCS", "K"))
    world.admit("Vũ Xuân", "CB09", date(2017, 5, 1))
    world.transfer("Xuân", "CB01", date(2017, 6, 1))
    with refused("Chưa chỉ định nơi tiếp nhận cho Tổ chức CB09."):
        dissolve(world, "CB09", on=date(2017, 5, 31))
    dissolve(world, "CB09", on=date(2017, 6, 1))


def test_a_code_is_never_given_twice(world):
    world.found(("CB09", "CBCS", "K"))
    dissolve(world, "CB09")
    for code in ("CB09", "DB01"):
        with pytest.raises(reorganize.Refused):
            world.found((code, "CBCS", "K"), on=TODAY)
    assert Organization.objects.filter(code__in=["CB09", "DB01"]).count() == 2
