"""What a merger's preview promises, the verb keeps: what may stand once a member, and who may have come back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.documents import document
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.badges import awards
from members.badges.awards import Award
from members.life import offers, sanctions
from members.life.posts import post
from members.life.probation import extend_probation, make_official
from members.life.sanctions import discipline
from members.merging import mergers
from members.merging.mergers import Fate, plan
from members.models import (
    BadgeAward,
    BadgeLevel,
    Discipline,
    Entry,
    Exit,
    Extension,
    Member,
    Membership,
    Officialization,
    Post,
    TransferOffer,
)
from members.register import arrivals
from tests.standing import standing
from tests.world import refused

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 15)
LEFT = date(2017, 3, 1)


def join(world, kept, dropped):
    return mergers.merge(world.people[kept], world.people[dropped], **world.act(reason="một người ghi hai lần"))


def faults():
    return [finding.sentence for outcome in outcomes() for finding in outcome.findings]


def badge_on_each(world):
    """The same level, each in its own cell."""
    known = {"decided": date(1986, 5, 1), "ceremony": date(1986, 5, 2), "official": date(1987, 5, 2)}
    pair = [world.enroll(name, code, **known) for name, code in (("Vũ Xưa", "CB01"), ("Vũ Xứa", "DB01-01"))]
    level = BadgeLevel.objects.get(years=30)
    Member.objects.filter(pk__in=[m.pk for m in pair]).update(birth_date=date(1960, 1, 1))
    awards.award([Award(member=m, level=level, on=date(2018, 11, 7)) for m in pair], **world.act())


def offer_on_each(world):
    pair = [world.enroll(name, code) for name, code in (("Vũ Xưa", "CB01"), ("Vũ Xứa", "DB01-01"))]
    offers.offer(dict.fromkeys(pair, world.org["CB02"]), **world.act(DAY))


def extension_on_each(world):
    pair = [world.admit(name, code, date(2018, 1, 10)) for name, code in (("Vũ Xưa", "CB01"), ("Vũ Xứa", "DB01-01"))]
    extend_probation(dict(zip(pair, (date(2019, 6, 1), date(2019, 7, 1)), strict=True)), **world.act(DAY))


@pytest.mark.parametrize(
    ("model", "prepare"),
    [(BadgeAward, badge_on_each), (TransferOffer, offer_on_each), (Extension, extension_on_each)],
)
def test_what_a_member_has_once_is_kept_once(world, model, prepare):
    prepare(world)
    kept, dropped = world.people["Xưa"], world.people["Xứa"]
    assert [fate for row, fate in plan(kept, dropped).fates if isinstance(row, model)] == [Fate.REPEATS]
    join(world, "Xưa", "Xứa")
    assert model.objects.get(voided__isnull=True).member == kept
    assert faults() == []


def test_an_offer_that_was_answered_stands_beside_one_that_waits(world):
    offer_on_each(world)
    offers.withdraw(
        TransferOffer.objects.standing().filter(member=world.people["Xứa"]), **world.act(DAY, reason="nhầm")
    )
    join(world, "Xưa", "Xứa")
    rows = TransferOffer.objects.standing().filter(member=world.people["Xưa"])
    assert sorted(rows.values_list("answer", flat=True)) == ["", "WITHDRAWN"]


@pytest.mark.parametrize(("kept", "dropped"), [("An", "Ân"), ("Ân", "An")])
def test_a_merger_raises_nobody_from_the_dead(world, kept, dropped):
    world.leave("An", LEFT, "DIED")
    world.enroll("Lê Ân", "CB01", date(2017, 6, 1), entry=Entry.ARRIVED)
    sentence = (
        "Một hồ sơ ghi đồng chí đã từ trần ngày 01/03/2017, hồ sơ kia ghi “Chuyển đến từ đảng bộ khác” ngày "
        "01/06/2017: không trở lại danh sách như vậy được. Hãy sửa dòng ghi nhầm trước, hoặc để riêng hai hồ sơ."
    )
    with refused(sentence):
        join(world, kept, dropped)
    assert mergers.objection(world.people[kept], plan(world.people[kept], world.people[dropped])) == sentence


@pytest.mark.parametrize(
    ("why", "entry", "joined"),
    [
        ("DEPARTED", "ARRIVED", True),
        ("DEPARTED", "OPENING", True),
        ("STRUCK", "ARRIVED", False),
        ("EXPELLED", "OPENING", False),
    ],
)
def test_two_records_are_one_life_where_there_is_a_way_back(world, why, entry, joined):
    world.leave("An", LEFT, why)
    world.enroll("Lê Ân", "CB01", date(2017, 6, 1), entry=entry)
    assert bool(mergers.objection(world.people["An"], plan(world.people["An"], world.people["Ân"]))) != joined


def test_who_was_struck_and_admitted_anew_on_another_record_is_one_person(world):
    world.leave("An", LEFT, "STRUCK")
    world.admit("Lê Ân", "CB01", date(2017, 6, 1))
    join(world, "An", "Ân")
    assert faults() == []


def test_the_check_names_who_came_back_as_nobody_does(world):
    world.leave("An", LEFT, "DIED")
    arrivals.enroll([world.arrival("Lê Ân", "CB01", date(2017, 6, 1))], **world.act())
    Membership.objects.standing().filter(member__full_name="Lê Ân").update(member=world.people["An"])
    found = [sentence for sentence in faults() if sentence.startswith("Lê An")]
    assert found == ["Lê An: đã từ trần ngày 01/03/2017, lại ghi “Có khi lập sổ” ngày 01/06/2017."]


def test_an_admission_that_gives_way_takes_its_recognition_with_it(world):
    """On the record that stays nobody was official before the only admission it tells of."""
    kept = world.admit("Vũ Xưa", "CB01", date(2017, 3, 1))
    world.enroll("Vũ Xứa", "DB01-01", date(2018, 1, 5), entry=Entry.ARRIVED)
    join(world, "Xưa", "Xứa")
    assert not Officialization.objects.standing().filter(member=kept).exists()
    assert faults() == []


def test_a_move_is_not_torn_in_two(world):
    """Of the two cells Xứa was in, the later one overlaps Xưa's: without it the move would lead nowhere."""
    world.enroll("Vũ Xưa", "DB01-01", date(2017, 6, 1), entry=Entry.ARRIVED)
    world.enroll("Vũ Xứa", "CB01", date(2016, 1, 5), entry=Entry.ARRIVED)
    world.transfer("Xứa", "CB02", LEFT)
    with refused(
        "Một hồ sơ ghi đồng chí chuyển từ chi bộ này sang chi bộ khác; gộp theo chiều này thì lần chuyển ấy mất một bên, "
        "vì trùng thời gian với hồ sơ giữ lại. Hãy giữ hồ sơ kia, hoặc sửa dòng ghi nhầm trước."
    ):
        join(world, "Xưa", "Xứa")
    join(world, "Xứa", "Xưa")
    assert faults() == []


def test_the_check_names_a_move_with_one_side(world):
    world.transfer("An", "CB01", DAY)
    Membership.objects.filter(member=world.people["An"], starts=DAY).update(entry=Entry.ARRIVED)
    assert "Lê An: lần chuyển ngày 15/06/2018 chỉ có một bên." in faults()


# What the kept record cannot have had


def fates_of(world, kept, dropped, model):
    return [fate for row, fate in plan(world.people[kept], world.people[dropped]).fates if isinstance(row, model)]


def join_and_part(world, kept, dropped):
    """Merges, and shows that taking it back leaves what stood before."""
    before = standing()
    join(world, kept, dropped)
    assert faults() == []
    undo(Change.objects.latest("pk"), **world.act(reason="hai người khác nhau"))
    assert standing() == before
    join(world, kept, dropped)


def test_a_post_gives_way_where_the_kept_record_is_not_below_its_organization(world):
    world.enroll("Lê Ân", "CB01", date(2016, 1, 1))
    post([(world.people["Ân"], world.org[code], Post.Kind.SECRETARY) for code in ("CB01", "K")], **world.act(DAY))
    assert fates_of(world, "An", "Ân", Post) == [Fate.ELSEWHERE, Fate.MOVED]
    join_and_part(world, "An", "Ân")
    row = Post.objects.standing().get()
    assert (row.member, row.organization.code) == (world.people["An"], "K")


def test_a_post_begun_before_the_kept_record_is_on_the_roll_gives_way(world):
    world.enroll("Lê Ân", "DB01-01", date(2018, 1, 5), entry=Entry.ARRIVED)
    post([(world.people["An"], world.org["DB01"], Post.Kind.SECRETARY)], **world.act(date(2016, 1, 1)))
    assert fates_of(world, "Ân", "An", Post) == [Fate.OUTSIDE]
    join_and_part(world, "Ân", "An")
    assert not Post.objects.standing().exists()


def test_a_post_ends_where_the_kept_record_leaves_its_line(world):
    world.enroll("Lê Ân", "DB01-02", date(2016, 1, 1))
    world.transfer("An", "CB01", DAY)
    post([(world.people["Ân"], world.org["DB01"], Post.Kind.SECRETARY)], **world.act(LEFT))
    assert fates_of(world, "An", "Ân", Post) == [Fate.CUT]
    join_and_part(world, "An", "Ân")
    row = Post.objects.standing().get()
    assert (row.member, row.starts, row.ends) == (world.people["An"], LEFT, DAY)


def disciplined(world, *days):
    return [(world.people["An"], Discipline.Kind.WARNING, day) for day in days]


def test_a_discipline_gives_way_on_a_day_off_the_roll(world):
    world.enroll("Lê Ân", "DB01-01", date(2018, 1, 5), entry=Entry.ARRIVED)
    discipline(disciplined(world, LEFT, DAY), **world.act())
    assert fates_of(world, "Ân", "An", Discipline) == [Fate.OUTSIDE, Fate.MOVED]
    join_and_part(world, "Ân", "An")
    assert Discipline.objects.get(voided__isnull=True).on == DAY


def test_an_extension_gives_way_on_a_day_off_the_roll(world):
    world.admit("Vũ Xưa", "CB01", date(2017, 2, 1))
    world.admit("Vũ Xứa", "DB01-01", date(2017, 2, 1))
    world.leave("Xưa", LEFT)
    extend_probation({world.people["Xứa"]: date(2019, 6, 1)}, **world.act(date(2018, 1, 15)))
    make_official({world.people["Xứa"]: date(2018, 6, 1)}, **world.act(document=paper()))
    assert fates_of(world, "Xưa", "Xứa", Extension) == [Fate.OUTSIDE]
    assert fates_of(world, "Xưa", "Xứa", Officialization) == [Fate.OUTSIDE]
    join_and_part(world, "Xưa", "Xứa")
    assert not Extension.objects.standing().exists()


def paper():
    return document("1-QĐ/ĐUK", date(2018, 5, 1), "Đảng ủy Khối")


OLD = {"decided": date(1986, 5, 1), "ceremony": date(1986, 5, 2), "official": date(1987, 5, 2)}


@pytest.mark.parametrize(
    ("on", "kind", "fate"),
    [
        (date(2017, 5, 1), BadgeAward.Kind.ON_TIME, Fate.OUTSIDE),
        (date(2018, 5, 1), BadgeAward.Kind.ON_TIME, Fate.MOVED),
        (date(2014, 5, 1), BadgeAward.Kind.EARLY, Fate.MOVED),  # received before the register began
    ],
)
def test_a_badge_gives_way_on_a_day_off_the_roll(world, on, kind, fate):
    BadgeLevel.objects.filter(years=30).update(months_early=30)
    world.enroll("Vũ Xưa", "CB01", date(2018, 1, 5), entry=Entry.ARRIVED, born=date(1960, 1, 1), **OLD)
    world.enroll("Vũ Xứa", "CB01", born=date(1960, 1, 1), **OLD)
    row = Award(member=world.people["Xứa"], level=BadgeLevel.objects.get(years=30), on=on, kind=kind, reason="ốm nặng")
    awards.award([row], **world.act())
    assert fates_of(world, "Xưa", "Xứa", BadgeAward) == [fate]
    join_and_part(world, "Xưa", "Xứa")
    assert BadgeAward.objects.standing().exists() == (fate == Fate.MOVED)


@pytest.mark.parametrize(("kept_code", "fate"), [("CB01", Fate.OUTSIDE), ("DB01-01", Fate.MOVED)])
def test_a_badge_after_death_is_not_given_to_the_living(world, kept_code, fate):
    dead = kept_code == "DB01-01"
    world.enroll("Vũ Xưa", kept_code, born=date(1960, 1, 1), **OLD)
    world.enroll("Vũ Xứa", "DB01-01", born=date(1960, 1, 1), **OLD)
    for name in ("Xưa", "Xứa") if dead else ("Xứa",):
        world.leave(name, LEFT, Exit.DIED)
    row = Award(
        member=world.people["Xứa"],
        level=BadgeLevel.objects.get(years=30),
        on=date(2017, 5, 1),
        kind=BadgeAward.Kind.POSTHUMOUS,
        reason="từ trần",
    )
    awards.award([row], **world.act())
    assert fates_of(world, "Xưa", "Xứa", BadgeAward) == [fate]
    join_and_part(world, "Xưa", "Xứa")


def test_an_offer_that_lapses_with_the_merger_waits_again_when_it_is_taken_back(world):
    world.enroll("Lê Ân", "CB01", date(2016, 1, 1))
    offers.offer({world.people["Ân"]: world.org["CB02"]}, **world.act(DAY))
    join_and_part(world, "An", "Ân")
    assert TransferOffer.objects.get(voided__isnull=True).answer == "LAPSED"


def test_posts_cost_the_plan_one_query_however_many(world, django_assert_num_queries):
    world.enroll("Lê Ân", "DB01-01")
    post([(world.people["Ân"], world.org["DB01-01"], Post.Kind.SECRETARY)], **world.act(LEFT))
    with CaptureQueriesContext(connection) as one:
        plan(world.people["An"], world.people["Ân"])
    post([(world.people["Ân"], world.org[code], Post.Kind.COMMITTEE) for code in ("DB01", "K")], **world.act(DAY))
    with django_assert_num_queries(len(one)):
        plan(world.people["An"], world.people["Ân"])


def test_a_badge_is_not_kept_beside_an_admission_that_does_not_earn_it(world):
    known = {"decided": date(1986, 5, 1), "ceremony": date(1986, 5, 2), "official": date(1987, 5, 2)}
    world.enroll("Vũ Xưa", "CB01", date(2018, 1, 5), entry=Entry.ARRIVED)
    world.enroll("Vũ Xứa", "DB01-01", born=date(1960, 1, 1), **known)
    award = Award(member=world.people["Xứa"], level=BadgeLevel.objects.get(years=30), on=date(2018, 11, 7))
    awards.award([award], **world.act())
    with refused(
        "Huy hiệu 30 năm trao ngày 07/11/2018 không khớp ngày kết nạp của hồ sơ giữ lại. "
        "Hãy giữ hồ sơ kia, hoặc sửa dòng ghi nhầm trước."
    ):
        join(world, "Xưa", "Xứa")
    join(world, "Xứa", "Xưa")
    assert faults() == []


def extended(world):
    world.enroll("Vũ Xưa", "DB01-01")
    world.admit("Vũ Xứa", "CB01", date(2018, 1, 10))
    extend_probation({world.people["Xứa"]: date(2019, 6, 1)}, **world.act(DAY))
    return "Gia hạn dự bị ngày 15/06/2018 không khớp ngày công nhận chính thức"


def removed(world):
    world.admit("Vũ Xưa", "DB01-01", date(2018, 1, 10))
    world.enroll("Vũ Xứa", "CB01", date(2018, 1, 5), entry=Entry.ARRIVED)
    sanctions.discipline([(world.people["Xứa"], Discipline.Kind.REMOVAL, DAY)], **world.act())
    return "Cách chức ngày 15/06/2018 không khớp thời gian dự bị"


@pytest.mark.parametrize("happened", [extended, removed])
def test_what_only_one_on_probation_or_official_can_have_does_not_come_to_the_other(world, happened):
    sentence = happened(world)
    with refused(f"{sentence} của hồ sơ giữ lại. Hãy giữ hồ sơ kia, hoặc sửa dòng ghi nhầm trước."):
        join(world, "Xưa", "Xứa")
