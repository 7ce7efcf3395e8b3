"""The self-check names what verbs would never leave behind: offers of the gone, acts that do not fit probation."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.life import offers, probation, sanctions
from members.models import Discipline, Extension, Membership, TransferOffer
from tests.world import TODAY, refused

DAY = date(2018, 6, 15)
OFFERS = "Giới thiệu chuyển sinh hoạt chỉ chờ trả lời cho người còn ở chi bộ giới thiệu"
FITTING = "Gia hạn dự bị, kỷ luật, khai trừ đúng với diện dự bị hay chính thức lúc đó"


def found():
    """{title: [(sentence, address)]} of the checks that find something."""
    return {o.title: [(f.sentence, f.url) for f in o.findings] for o in outcomes() if not o.sound}


@pytest.fixture
def added(world):
    return {"added": Change.objects.create(verb="Ghi", by=world.by, on=DAY)}


def test_a_life_through_the_verbs_is_sound(world):
    world.admit("Trần Mới", "DB01-01", date(2018, 1, 10))
    probation.extend_probation({world.people["Mới"]: date(2019, 6, 1)}, **world.act(DAY))
    sanctions.discipline([(world.people["Mới"], 2, DAY), (world.people["An"], 3, DAY)], **world.act())
    rows = {world.people[name]: world.org["CB01"] for name in ("Mới", "Bình")}
    offers.offer(rows, **world.act(DAY))
    sanctions.expel({world.people["Chi"]: DAY}, **world.act())
    assert found() == {}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda rows: rows.update(source=rows.get().target.pk - 1),
        lambda rows: Membership.objects.filter(member=rows.get().member).update(ends=TODAY, exit="DIED"),
    ],
    ids=["of another cell", "of the dead"],
)
def test_an_offer_of_someone_who_is_not_at_its_source_is_named(world, wrong):
    an = world.people["An"]
    offers.offer({an: world.org["CB01"]}, **world.act(DAY))
    wrong(TransferOffer.objects.all())
    source = TransferOffer.objects.get().source.code
    assert found() == {
        OFFERS: [
            (
                f"Lê An: giới thiệu ngày 15/06/2018 còn chờ, mà đồng chí không ở {source}.",
                f"/dang-vien/ho-so/{an.pk}/",
            )
        ]
    }


def test_acts_that_do_not_fit_are_named(world, added):
    an, new = world.people["An"], world.admit("Trần Mới", "DB01-01", date(2018, 1, 10))
    other = world.admit("Trần Kia", "DB01-01", date(2018, 1, 10))
    Extension.objects.create(member=an, on=DAY, until=TODAY, **added)
    Discipline.objects.create(member=new, kind=3, on=DAY, **added)
    Membership.objects.filter(member=other).update(ends=DAY, exit="EXPELLED")
    assert found() == {
        FITTING: [
            ("Lê An: gia hạn ngày 15/06/2018 mà không dự bị.", f"/dang-vien/ho-so/{an.pk}/"),
            ("Trần Mới: cách chức ngày 15/06/2018 khi đang dự bị.", f"/dang-vien/ho-so/{new.pk}/"),
            ("Trần Kia: khai trừ ngày 15/06/2018 khi đang dự bị.", f"/dang-vien/ho-so/{other.pk}/"),
        ]
    }


def test_a_recognition_that_a_discipline_rests_on_is_not_undone(world):
    new = world.admit("Trần Mới", "DB01-01", date(2017, 1, 10))
    probation.make_official({new: date(2018, 1, 10)}, **world.act())
    recognition = Change.objects.latest("pk")
    sanctions.discipline([(new, 3, DAY)], **world.act())
    with refused("Không hủy được, vì khi đó: Trần Mới: cách chức ngày 15/06/2018 khi đang dự bị."):
        undo(recognition, by=world.by, on=TODAY, reason="ghi nhầm")
