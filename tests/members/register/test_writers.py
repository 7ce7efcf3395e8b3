"""Several people write at once: each person still is in exactly one cell on every day, on both databases."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from ledger.acts import Refused
from members.life import offers
from members.models import Exit, Membership, TransferOffer
from members.register import arrivals as register_arrivals
from members.register import departures, moves
from members.roll.flows import flows
from tests.world import START, World

pytestmark = pytest.mark.usefixtures("committed")
DAY = date(2017, 5, 1)
WRITERS = 4


def at_once(*tasks):
    """Runs the tasks together, each on its own connection; "done", the sentence of a refusal, or what went wrong."""
    ready, results = Barrier(len(tasks), timeout=20), [None] * len(tasks)

    def run(number, task):
        try:
            ready.wait()
            task()
            results[number] = "done"
        except Refused as refusal:
            results[number] = refusal.messages[0]
        except Exception as error:
            results[number] = repr(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def crowd(world, count=20):
    return register_arrivals.enroll([world.arrival(f"Vũ Xuân{n}", "DB01-01") for n in range(count)], **world.act(START))


def one_place_a_day(members):
    for member in members:
        spells = list(Membership.objects.standing().filter(member=member).order_by("starts"))
        assert all(before.ends <= after.starts for before, after in zip(spells, spells[1:], strict=False))
        yield [(spell.organization.code, spell.starts) for spell in spells]


def test_four_send_the_same_people_to_four_cells():
    world = World()
    members = crowd(world)
    cells = ["DB01-02", "DB02-01", "CB01", "CB02"]
    results = at_once(
        *(
            # Each takes them in another order: the locks must not.
            lambda cell=cell, turn=turn: moves.transfer(
                [(member, world.org[cell], DAY) for member in members[turn:] + members[:turn]], **world.act(DAY)
            )
            for turn, cell in enumerate(cells)
        )
    )
    assert results.count("done") == 1, results
    winner = cells[results.index("done")]
    for result in results:
        assert result == "done" or "ngày đi phải sau ngày đó" in result, results
    assert list(one_place_a_day(members)) == [[("DB01-01", START), (winner, DAY)]] * len(members)


def test_one_leaves_while_another_sends_them_on():
    world = World()
    members = crowd(world)
    results = at_once(
        lambda: departures.leave([(member, DAY, Exit.DIED) for member in members], **world.act(DAY)),
        lambda: moves.transfer([(member, world.org["CB01"], DAY) for member in members[::-1]], **world.act(DAY)),
    )
    assert results.count("done") == 1, results
    (place,) = {len(spells) for spells in one_place_a_day(members)}
    assert place == (1 if results[0] == "done" else 2)
    assert all(flow.balances for flow in flows(list(world.org.values()), DAY, DAY).values())


def test_four_enroll_the_same_person_who_had_left():
    world = World()
    world.leave("An", DAY)
    an = world.people["An"]
    cells = ["DB01-02", "DB02-01", "CB01", "CB02"]
    arrivals = [world.arrival("", cell, date(2018, 1, 1), member=an, entry="ARRIVED") for cell in cells]
    results = at_once(
        *(lambda row=row: register_arrivals.enroll([row], **world.act(date(2018, 1, 1))) for row in arrivals)
    )
    cell = Membership.objects.on(date(2018, 1, 1)).get(member=an).organization.code
    said = f"Đồng chí Lê An đang sinh hoạt ở chi bộ {cell}; không ghi thêm lần nữa."
    assert sorted(results) == sorted(["done"] + [said] * (WRITERS - 1))


def answers(members):
    standing = TransferOffer.objects.standing().filter(member__in=members)
    return {row.answer for row in standing}


def offered(world):
    members = crowd(world)
    return members, offers.offer(dict.fromkeys(members, world.org["CB01"]), **world.act(date(2016, 1, 1)))


def test_one_side_accepts_while_the_other_withdraws():
    world = World()
    members, rows = offered(world)
    results = at_once(
        lambda: offers.accept(rows, **world.act(DAY)),
        lambda: offers.withdraw(rows[::-1], **world.act(DAY)),
    )
    assert results.count("done") == 1, results
    assert answers(members) == {"ACCEPTED" if results[0] == "done" else "WITHDRAWN"}
    (places,) = {len(spells) for spells in one_place_a_day(members)}
    assert places == (2 if results[0] == "done" else 1)


def test_one_side_accepts_who_is_leaving():
    world = World()
    members, rows = offered(world)
    results = at_once(
        lambda: offers.accept(rows, **world.act(DAY)),
        lambda: departures.leave([(member, DAY, Exit.DIED) for member in members[::-1]], **world.act(DAY)),
    )
    assert results.count("done") == 1, results
    assert answers(members) == {"ACCEPTED" if results[0] == "done" else "LAPSED"}
    (places,) = {len(spells) for spells in one_place_a_day(members)}
    assert places == (2 if results[0] == "done" else 1)


def test_four_found_the_same_code():
    world = World()
    results = at_once(*(lambda: world.found(("CB09", "CBCS", "K"), on=DAY) for _ in range(WRITERS)))
    assert results.count("done") == 1, results
    assert world.organization("CB09").spells.standing().count() == 1
