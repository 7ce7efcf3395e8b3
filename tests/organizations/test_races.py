"""Two writers at once: what one builds on, the other may not take away. Meaningful on PostgreSQL, harmless on SQLite."""

from datetime import date
from threading import Event, Thread, current_thread

from django.db import connection

from ledger.acts import Refused
from members.register import arrivals
from organizations import lineage, reorganize
from tests.world import World

DAY = date(2017, 5, 1)


def interleave(monkeypatch, module, name, first, second):
    """Runs `first` up to the return of module.name, then all of `second`, then the rest; {who: "done" or the refusal}.

    A second that has to wait for the first gets its turn after a moment.
    """
    arrived, go_on, outcome = Event(), Event(), {}
    real = getattr(module, name)

    def pausing(*args, **kwargs):
        result = real(*args, **kwargs)
        if current_thread().name == "first" and not arrived.is_set():
            arrived.set()
            go_on.wait(1)
        return result

    monkeypatch.setattr(module, name, pausing)

    def run(who, work):
        try:
            work()
            outcome[who] = "done"
        except Refused as refused:
            outcome[who] = refused.messages
        finally:
            connection.close()

    one = Thread(target=run, args=("first", first), name="first")
    two = Thread(target=run, args=("second", second))
    one.start()
    arrived.wait(10)
    two.start()
    two.join(1.5)
    go_on.set()
    one.join(20)
    two.join(20)
    return outcome


def test_nobody_is_admitted_into_a_cell_that_is_ending(committed, monkeypatch):
    world = World()
    outcome = interleave(
        monkeypatch,
        arrivals,
        "check_places",
        lambda: world.admit("Vũ Xuân", "CB01", DAY),
        lambda: world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY),
    )
    assert sorted(said == "done" for said in outcome.values()) == [False, True], outcome


def test_the_lineage_holds_when_a_move_and_a_founding_meet(committed, monkeypatch):
    world = World()
    outcome = interleave(
        monkeypatch,
        lineage,
        "rebuild",
        lambda: world.move("BP01", "DB01", DAY),
        lambda: world.found(("DB03-09", "CBTT", "BP01"), on=DAY),
    )
    assert lineage.differences() == (set(), set()), outcome


def test_nothing_is_founded_under_a_committee_that_is_ending(committed, monkeypatch):
    world = World()
    interleave(
        monkeypatch,
        reorganize,
        "_standing",
        lambda: world.found(("DB02-09", "CBTT", "DB02"), on=DAY),
        lambda: world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY),
    )
    standing = set(lineage.places(DAY).values_list("organization__code", flat=True))
    assert ("DB02-09" in standing) == ("DB02" in standing)
    assert lineage.differences() == (set(), set())
