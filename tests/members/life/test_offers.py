"""A transfer with two sides: offered, then accepted, refused, withdrawn, or overtaken by what happened meanwhile."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.life import offers
from members.life.posts import post
from members.models import Membership, Post, TransferOffer
from members.register import arrivals, places
from members.roll.flows import flows
from tests.world import TODAY, refused

OFFERED = date(2018, 5, 20)
DAY = date(2018, 6, 15)
EVE = date(2018, 6, 14)


def offer(world, name="An", code="CB01", on=OFFERED):
    return offers.offer({world.people[name]: world.org[code]}, **world.act(on))[0]


def standing(name):
    """(answer, day) of each standing offer of the person, in order."""
    rows = TransferOffer.objects.standing().filter(member__full_name__endswith=name).order_by("pk")
    return [(row.answer, row.answered) for row in rows]


def faults():
    return [finding.sentence for outcome in outcomes() for finding in outcome.findings]


def test_in_transit_one_counts_at_the_origin(world):
    before = flows(list(world.org.values()), date(2018, 1, 1), TODAY)
    offer(world)
    assert world.names("DB01-01", TODAY) == {"An", "Bình"}
    assert world.names("CB01", TODAY) == {"Phúc", "Quân"}
    assert flows(list(world.org.values()), date(2018, 1, 1), TODAY) == before
    assert standing("An") == [("", None)]
    assert faults() == []


def test_accepted_one_is_in_the_old_cell_the_day_before_and_in_the_new_on_the_day(world):
    offers.accept([offer(world)], **world.act(DAY))
    assert (world.names("DB01-01", EVE), world.names("CB01", EVE)) == ({"An", "Bình"}, {"Phúc", "Quân"})
    assert (world.names("DB01-01", DAY), world.names("CB01", DAY)) == ({"Bình"}, {"An", "Phúc", "Quân"})
    assert standing("An") == [("ACCEPTED", DAY)]
    found = flows([world.org[code] for code in ("K", "DB01-01", "CB01")], DAY, DAY)
    assert [(f.gained, f.lost) for f in (found[world.org[c].pk] for c in ("K", "DB01-01", "CB01"))] == [
        (0, 0),
        (0, 1),
        (1, 0),
    ]
    assert faults() == []


def test_the_past_of_an_offer_stays_known(world):
    row = offer(world)
    offers.refuse([row], **world.act(DAY, reason="Chưa đủ hồ sơ"))
    row.refresh_from_db()
    assert (row.answer, row.voided.words) == ("", "Không tiếp nhận chuyển sinh hoạt")
    assert standing("An") == [("REFUSED", DAY)]
    assert world.names("DB01-01", TODAY) == {"An", "Bình"}


def test_withdrawn_and_offered_again(world):
    offers.withdraw([offer(world)], **world.act(DAY))
    offer(world, code="CB02", on=TODAY)
    assert standing("An") == [("WITHDRAWN", DAY), ("", None)]


def test_many_in_one_act_and_one_bad_row_leaves_all_waiting(world):
    rows = {world.people[name]: world.org["CB01"] for name in ("An", "Bình", "Chi")}
    found = offers.offer(rows, **world.act(OFFERED))
    assert len({row.added_id for row in found}) == 1
    world.leave("Chi", date(2018, 6, 1), "DIED")
    with refused(
        "Giới thiệu chuyển sinh hoạt của đồng chí Lê Chi không còn chờ trả lời: "
        "Hết hiệu lực, vì đã rời chi bộ cũ (ngày 01/06/2018)."
    ):
        offers.accept(found, **world.act(DAY))
    offers.accept(found[:2], **world.act(DAY))
    assert world.names("CB01", DAY) == {"An", "Bình", "Phúc", "Quân"}


@pytest.mark.parametrize(
    ("name", "code", "on", "sentence"),
    [
        ("An", "DB01-01", OFFERED, "Lê An đang sinh hoạt ở chi bộ DB01-01."),
        ("An", "DB02", OFFERED, "Lê An: Tổ chức DB02 không phải chi bộ; đảng viên sinh hoạt ở chi bộ."),
        ("An", "CB01", date(2019, 1, 1), "Ngày 01/01/2019 còn ở phía trước. Hãy ghi khi việc đã xảy ra."),
        (
            "Khánh",
            "CB01",
            OFFERED,
            "Đồng chí Võ Khánh đã bị khai trừ ngày 01/03/2018, không còn trong danh sách đảng viên.",
        ),
        (
            "Khánh",
            "CB01",
            date(2018, 2, 1),
            "Đồng chí Võ Khánh đã bị khai trừ ngày 01/03/2018, không còn trong danh sách đảng viên.",
        ),
        (
            "Hà",
            "CB01",
            date(2018, 1, 1),
            "Lê Hà đến chi bộ CB02 ngày 01/02/2018; ngày giới thiệu không thể trước ngày đó.",
        ),
    ],
)
def test_an_offer_obeys_its_rules(world, name, code, on, sentence):
    world.leave("Khánh", date(2018, 3, 1), "EXPELLED")
    world.transfer("Hà", "CB02", date(2018, 2, 1))
    with refused(sentence):
        offer(world, name, code, on)


def test_one_offer_at_a_time(world):
    offer(world)
    with refused(
        "Lê An đã được giới thiệu đến chi bộ CB01 ngày 20/05/2018 và đang chờ trả lời. Hãy rút giới thiệu đó trước."
    ):
        offers.offer({world.people["Bình"]: world.org["CB02"], world.people["An"]: world.org["CB02"]}, **world.act(DAY))


@pytest.mark.parametrize("answer", [offers.accept, offers.refuse, offers.withdraw])
def test_an_answer_obeys_its_rules(world, answer):
    row = offer(world)
    reason = {"reason": "Chưa đủ hồ sơ"}
    with refused("Lê An được giới thiệu ngày 20/05/2018; ngày trả lời không thể trước ngày đó."):
        answer([row], **world.act(date(2018, 5, 19), **reason))
    answer([row], **world.act(DAY, **reason))
    said = {"accept": "Đã tiếp nhận", "refuse": "Không tiếp nhận", "withdraw": "Đã rút"}[answer.__name__]
    for again in (offers.accept, offers.refuse, offers.withdraw):
        with refused(
            f"Giới thiệu chuyển sinh hoạt của đồng chí Lê An không còn chờ trả lời: {said} (ngày 15/06/2018)."
        ):
            again([row], **world.act(TODAY, **reason))


def test_a_refusal_gives_its_reason(world):
    row = offer(world)
    with refused("Không tiếp nhận cần nêu lý do."):
        offers.refuse([row], **world.act(DAY))


def test_the_target_stands_when_it_accepts(world):
    row = offer(world)
    world.merge("CB01", "DB02", {"CB01": "DB02-01"}, date(2018, 6, 1))
    with refused("Lê An: tổ chức CB01 không tồn tại vào ngày 15/06/2018."):
        offers.accept([row], **world.act(DAY))
    offers.withdraw([row], **world.act(DAY))


@pytest.mark.parametrize(
    "gone",
    [
        lambda world: world.leave("An", DAY, "DIED"),
        lambda world: world.leave("An", DAY, "DEPARTED"),
        lambda world: world.transfer("An", "CB02", DAY),
        lambda world: world.transfer("An", "CB01", DAY),
        lambda world: world.merge("DB01", "DB02", {"DB01-01": "DB02-01", "DB01-02": None}, DAY),
    ],
    ids=["died", "departed", "moved", "moved there directly", "merged"],
)
def test_who_has_left_the_source_waits_no_longer(world, gone):
    offer(world)
    offer(world, "Phúc", "CB02")
    gone(world)
    assert standing("An") == [("LAPSED", DAY)]
    assert standing("Phúc") == [("", None)]
    assert faults() == []


def test_a_merger_of_others_leaves_the_offer_waiting(world):
    offer(world)
    world.merge("DB01", "DB02", {"DB01-01": None, "DB01-02": "DB02-01"}, DAY)
    assert standing("An") == [("", None)]


def test_an_acceptance_taken_back_leaves_the_offer_waiting(world):
    row = offer(world)
    offering = Change.objects.latest("pk")
    offers.accept([row], **world.act(DAY))
    with pytest.raises(places.Refused, match="Tiếp nhận chuyển sinh hoạt"):
        undo(offering, by=world.by, on=TODAY, reason="ghi nhầm")
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="ghi nhầm")
    assert standing("An") == [("", None)]
    assert world.names("DB01-01", DAY) == {"An", "Bình"}
    offers.accept(list(offers.waiting_for([world.people["An"]])), **world.act(DAY))
    assert world.names("CB01", DAY) == {"An", "Phúc", "Quân"}


def test_a_death_taken_back_brings_the_offer_back(world):
    offer(world)
    world.leave("An", DAY, "DIED")
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="nhầm người")
    assert standing("An") == [("", None)]
    assert faults() == []


def test_a_move_taken_back_under_an_offer_lets_it_lapse(world):
    world.transfer("An", "CB02", date(2018, 3, 1))
    move = Change.objects.latest("pk")
    offer(world, "An", "CB01")
    undo(move, by=world.by, on=TODAY, reason="nhầm người")
    assert [answer for answer, _ in standing("An")] == ["LAPSED"]
    assert faults() == []


def test_a_hundred_answers_cost_no_more_queries_than_one(world, django_assert_max_num_queries):
    people = arrivals.enroll([world.arrival(f"Vũ X{n}", "DB01-01") for n in range(100)], **world.act())
    with django_assert_max_num_queries(12):
        rows = offers.offer(dict.fromkeys(people, world.org["CB02"]), **world.act(OFFERED))
    with django_assert_max_num_queries(24):
        offers.accept(rows, **world.act(DAY))
    assert Membership.objects.on(DAY).filter(organization=world.org["CB02"]).count() == 102


def test_posts_outside_the_new_line_end_with_the_move(world):
    an, org = world.people["An"], world.org
    cells = [(an, org[code], Post.Kind.COMMITTEE) for code in ("DB01-01", "DB01", "K")]
    post(cells, **world.act(date(2017, 1, 1)))
    world.transfer("An", "DB01-02", date(2018, 1, 1))

    def held(day):
        return set(Post.objects.on(day).filter(member=an).values_list("organization__code", flat=True))

    assert held(date(2017, 12, 31)) == {"DB01-01", "DB01", "K"}
    assert held(date(2018, 1, 1)) == {"DB01", "K"}
    offers.accept([offer(world, "An", "CB01")], **world.act(DAY))
    assert (held(EVE), held(DAY)) == ({"DB01", "K"}, {"K"})
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="ghi nhầm")
    assert held(DAY) == {"DB01", "K"}
