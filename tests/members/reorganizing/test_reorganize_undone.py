"""A reorganization of any kind taken back: tree, roll, posts, sheets and successions are what they were."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from members.life.posts import post
from members.models import Exit, Post
from members.reorganizing import plan
from organizations import history, lineage
from organizations.forest import Forest
from organizations.models import Succession
from organizations.reorganize import Founding
from tests.ratings.desk import Desk
from tests.standing import standing
from tests.world import TODAY, refused

DAY = date(2018, 6, 15)


def new(code, kind, parent):
    return Founding(code=code, name=f"Tổ chức {code}", kind=kind, parent=parent)


def founding(forest, pk):
    return plan.founding([new("DB01-03", "CBTT", "DB01")], persons={pk("An"): "DB01-03"})


def renaming(forest, pk):
    return plan.renaming({"DB01": "Tên mới"})


def moving(forest, pk):
    return plan.moving({"BP01": "DB01"})


def merging(forest, pk):
    people = {"DB02-01": "DB01-01"}
    return plan.merging(forest, ("DB02",), "DB01", people=people, leaving={pk("Đức"): Exit.DEPARTED}, name="Mới")


def merging_anew(forest, pk):
    founded = [new("DB09", "DBCS", "K"), new("DB09-01", "CBTT", "DB09")]
    return plan.merging_anew(forest, ("DB02", "CB01"), founded, people={"CB01": "DB09-01"})


def splitting(forest, pk):
    founded = [new("DB09", "DBCS", "K"), new("DB09-01", "CBTT", "DB09")]
    return plan.splitting(
        forest, "DB01", founded, ends=False, parents={"DB01-02": "DB09"}, persons={pk("An"): "DB09-01"}
    )


def splitting_up(forest, pk):
    founded = [new("CB08", "CBCS", "K"), new("CB09", "CBCS", "K")]
    return plan.splitting(forest, "CB01", founded, ends=True, persons={pk("Phúc"): "CB08", pk("Quân"): "CB09"})


def dissolving(forest, pk):
    people, parents = {"DB03-02": "CB01"}, {"DB03-01": "DB01"}
    return plan.dissolving(forest, "DB03", parents=parents, people=people, successors=("DB01", "CB01"))


def into_committee(forest, pk):
    return plan.turning_into_committee("CB01", [new("CB01-01", "CBTT", "CB01")], into="CB01-01")


def into_cell(forest, pk):
    return plan.turning_into_cell(forest, "DB03")


def regrading(forest, pk):
    return plan.regrading("DB01-01", "CBCS", "K")


def putting_section(forest, pk):
    return plan.putting_section(new("BP02", "DBBP", "DB01"), ["DB01-01"])


def lifting_section(forest, pk):
    return plan.lifting_section(forest, "BP01")


KINDS = [
    founding,
    renaming,
    moving,
    merging,
    merging_anew,
    splitting,
    splitting_up,
    dissolving,
    into_committee,
    into_cell,
    regrading,
    putting_section,
    lifting_section,
]


@pytest.fixture
def settled(world):
    """An open year with levels typed in every cell, and posts held on every level."""
    desk = Desk(world, 2018)
    desk.rate_all(on=date(2018, 6, 1))
    posts = [("An", "DB01-01", 1), ("Chi", "DB01", 2), ("Đức", "DB02-01", 1), ("Phúc", "CB01", 1), ("Nga", "DB03", 3)]
    post(
        [(world.people[name], world.org[code], Post.Kind(kind)) for name, code, kind in posts],
        **world.act(date(2018, 2, 1)),
    )
    return world


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_all_is_as_it_was(settled, kind):
    before, told = standing(), {code: history.events(org) for code, org in settled.org.items()}
    codes = list(settled.org)
    settled.carry_out(kind(Forest.on(DAY), lambda name: settled.people[name].pk), DAY)
    assert standing() != before
    undo(Change.objects.latest("pk"), **settled.act(reason="ghi nhầm"))
    assert standing() == before
    assert {code: history.events(settled.org[code]) for code in codes} == told
    assert lineage.differences() == (set(), set())
    # And once more the same, for the codes are free again.
    settled.carry_out(kind(Forest.on(DAY), lambda name: settled.people[name].pk), DAY)
    undo(Change.objects.latest("pk"), **settled.act(reason="ghi nhầm"))
    assert standing() == before


def test_the_acts_of_an_organization_tell_what_was_undone(world):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    merger = Change.objects.latest("pk")
    undo(merger, **world.act(reason="ghi nhầm"))
    world.rename("CB01", "Chi bộ Một", DAY)
    assert [(event.day, event.text) for event in history.events(world.org["CB01"])][:1] == [
        (DAY, "Đổi tên từ Tổ chức CB01 thành Chi bộ Một")
    ]
    found = history.acts(world.org["CB01"])
    assert [(c.words, c.undone and c.undone.on) for c in found] == [
        ("Đổi tên tổ chức", None),
        ("Hủy việc: Sáp nhập tổ chức", None),
        ("Sáp nhập tổ chức", TODAY),
        ("Thành lập tổ chức", None),
    ]
    assert [c.words for c in history.acts(world.org["DB01"])] == [
        "Hủy việc: Sáp nhập tổ chức",
        "Sáp nhập tổ chức",
        "Thành lập tổ chức",
    ]


def test_what_rests_on_it_is_named(world):
    world.carry_out(founding(Forest.on(DAY), lambda name: world.people[name].pk), DAY)
    change = Change.objects.latest("pk")
    world.admit("Vũ Xuân", "DB01-03", date(2018, 7, 1))
    today = change.at
    with refused(
        f"Sau đó đã có việc “Kết nạp đảng viên” (ghi ngày {today:%d/%m/%Y}) dựa trên việc này. Hãy hủy việc đó trước."
    ):
        undo(change, **world.act(reason="ghi nhầm"))
    undo(Change.objects.latest("pk"), **world.act(reason="ghi nhầm"))
    undo(change, **world.act(reason="ghi nhầm"))
    assert not Succession.objects.exists()
