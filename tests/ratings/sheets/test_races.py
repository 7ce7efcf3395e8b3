"""Several at once on one sheet, one roof, one period: nobody's work is lost unsaid (design §4, §6).

Meaningful on PostgreSQL, where rows are locked one by one; on SQLite one writer is alone.
"""

from collections import Counter
from datetime import date
from random import Random
from threading import Barrier, Event, Thread

import pytest
from django.db import connection

from ledger.acts import Refused
from members.models import Membership
from ratings import workflow
from ratings.judging.locking import CLOSED, CapFull, Stale
from ratings.judging.reading import Reading
from ratings.models import MemberRating, OrganizationRating, Period, Sheet, State, Step
from ratings.periods import periods
from ratings.sheets import draft
from ratings.sheets.draft import LineEntry
from tests.organizations.test_races import interleave
from tests.ratings.desk import Desk
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = [pytest.param(20, id="20"), pytest.param(100, id="100", marks=pytest.mark.deep)]
DAY = date(2017, 12, 10)


def at_once(*tasks):
    """Runs the tasks together, each on its own connection; what each returned, or the error it met."""
    ready, results = Barrier(len(tasks), timeout=20), [None] * len(tasks)

    def run(number, task):
        try:
            ready.wait()
            results[number] = task()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def names(results):
    return sorted(type(result).__name__ for result in results)


def slowly(monkeypatch, module, name):
    """Each call of module.name takes two milliseconds longer: the window in which another may come between."""
    real = getattr(module, name)

    def slow(*args, **kwargs):
        Event().wait(0.002)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, slow)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_take_the_last_place_of_a_cap(monkeypatch, rounds):
    world = World()
    world.enroll("Lê Kiên", "DB01-01")  # five below DB01 have one place
    desk = Desk(world, 2018)
    slowly(monkeypatch, draft, "hold_cap")
    one, two = desk.sheet("DB01-01"), desk.sheet("DB01-02")
    an, chi = world.people["An"].pk, world.people["Chi"].pk
    for _ in range(rounds):
        results = at_once(
            lambda: draft.rate({one: {an: 1}}, **desk.by()), lambda: draft.rate({two: {chi: 1}}, **desk.by())
        )
        assert names(results) == ["CapFull", "Reading"], results
        assert MemberRating.objects.filter(proposed=1).count() == 1
        (full,) = [result for result in results if isinstance(result, CapFull)]
        assert (full.places.top, full.places.most) == (2, 1)
        draft.rate({one: {an: None}, two: {chi: None}}, **desk.by())


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_on_one_line(monkeypatch, rounds):
    desk = Desk(World())
    slowly(monkeypatch, draft, "_store")
    sheet, an = desk.sheet("DB01-01"), desk.world.people["An"].pk
    for version in range(rounds):
        levels = (1, 2) if version % 2 else (3, 4)
        entries = [LineEntry(level=level, version=version) for level in levels]
        results = at_once(*(lambda entry=entry: draft.rate({sheet: {an: entry}}, **desk.by()) for entry in entries))
        assert names(results) == ["Reading", "Stale"], results
        (stale,) = [result for result in results if isinstance(result, Stale)]
        won = levels[1 - results.index(stale)]
        assert (stale.lines[an].proposed, stale.lines[an].version) == (won, version + 1)
        assert (desk.line("An").proposed, desk.line("An").version) == (won, version + 1)
    assert desk.line("An").history.count() == rounds


def test_eight_threads_with_twenty_five_changes_each():
    desk = Desk(World())
    sheet, members = desk.sheet("DB01-01"), [desk.world.people[name].pk for name in ("An", "Bình")]

    def change(thread):
        told, luck = [], Random(thread)
        for number in range(25):
            member, words = luck.choice(members), f"lần {number} của {thread}"
            line = MemberRating.objects.filter(sheet=sheet, member=member).first()
            version = line.version if line else 0
            entry = LineEntry(level=luck.randint(2, 4), note=words, version=version)
            try:
                draft.rate({sheet: {member: entry}}, **desk.by())
                told.append((member, version + 1, words))
            except Stale as stale:
                assert stale.lines[member].version > version
                told.append(None)
        return told

    results = at_once(*(lambda thread=thread: change(thread) for thread in range(8)))
    assert all(isinstance(result, list) for result in results), results
    told = [one for result in results for one in result]
    saved = [one for one in told if one]
    assert len(told) == 200
    kept = MemberRating.history.filter(sheet=sheet).values_list("member_id", "version", "note")
    assert sorted(kept) == sorted(saved)
    versions = Counter(member for member, _, _ in saved)
    assert {line.member_id: line.version for line in MemberRating.objects.filter(sheet=sheet)} == versions
    assert Sheet.objects.get(pk=sheet.pk).version == len(saved)


# The lock of the period


def after_the_lock(period):
    """What was written in the period by acts later than its lock."""
    lock = Period.objects.get(pk=period.pk).locked_id
    return [
        *Step.objects.filter(sheet__period=period, added__gt=lock),
        *MemberRating.history.filter(period=period, changed__gt=lock),
        *OrganizationRating.history.filter(period=period, changed__gt=lock),
        *Sheet.objects.standing().filter(period=period).exclude(state=State.LOCKED),
    ]


def test_nothing_lands_after_the_lock():
    world = World()
    for year in (2016, 2017):
        desk = Desk(world, year)
        desk.finish()
        results = at_once(
            desk.lock,
            lambda desk=desk: desk.send_back("DB01-01", reason="Xem lại"),
            lambda desk=desk: desk.send_back("CB01", reason="Xem lại"),
            lambda desk=desk: desk.rate_organizations(DB01=1),
            lambda desk=desk: desk.rate_organizations(CB01=1),
        )
        assert all(result is None or isinstance(result, Refused) for result in results), results
        if results[0] is None:
            assert results[1:3].count(None) == 0
            assert after_the_lock(desk.period) == []
        else:
            assert results[1:3].count(None) >= 1
            assert not Period.objects.get(pk=desk.period.pk).locked_id


def test_the_lock_waits_for_who_is_writing(monkeypatch):
    desk = Desk(World())
    desk.finish()
    outcome = interleave(
        monkeypatch, workflow, "_advance", lambda: desk.send_back("DB01-01", reason="Xem lại"), desk.lock
    )
    assert sorted(outcome.values(), key=str) == [["Còn 1 phiếu chưa tiếp nhận: 1 nháp."], "done"], outcome
    assert outcome["first"] == "done"


@pytest.mark.parametrize(
    "write",
    [
        lambda desk: desk.send_back("DB01-01", reason="Xem lại"),
        lambda desk: desk.rate_organizations(DB01=1),
        lambda desk: desk.rate(An=3),
    ],
    ids=["return", "organization", "line"],
)
def test_who_comes_while_it_is_being_locked_is_refused(monkeypatch, write):
    desk = Desk(World())
    desk.finish()
    outcome = interleave(monkeypatch, periods, "reconcile", desk.lock, lambda: write(desk))
    assert sorted(outcome.values(), key=str) == [[CLOSED], "done"], outcome
    assert after_the_lock(desk.period) == []


# The roll beside the sheet


def wrong_lines(desk):
    """Lines that count where their member is not, or do not where they are."""
    lines = MemberRating.objects.standing().filter(period=desk.period)
    rows = Membership.objects.on(desk.period.cutoff)
    places = dict(rows.values_list("member_id", "organization_id"))
    return [line for line in lines if line.on_roll != (places.get(line.member_id) == line.organization_id)]


def signing(desk, verb):
    sheets = desk.sheets("DB01-01")
    reading = Reading(desk.period, sheets, DAY)
    seen = {sheet.pk: reading.fingerprint(sheet) for sheet in sheets}
    more = {"document": desk.paper} if verb == "decide" else {}
    return lambda: getattr(workflow, verb)(sheets, seen=seen, **desk.by(DAY, **more))


@pytest.mark.parametrize("verb", ["submit", "endorse", "decide", "accept"])
def test_one_moves_while_their_sheet_is_signed(monkeypatch, verb):
    desk = Desk(World())
    desk.rate_all()
    for before in ("submit", "endorse", "decide"):
        if before == verb:
            break
        getattr(desk, before)("DB01-01")
    outcome = interleave(
        monkeypatch, Reading, "fingerprint", signing(desk, verb), lambda: desk.world.transfer("An", "CB01", DAY)
    )
    assert set(outcome.values()) == {"done"}, outcome
    assert wrong_lines(desk) == []
    tally = Reading(desk.period, desk.sheets("DB01-01"), DAY).tally(desk.world.org["DB01-01"].pk)
    counted = MemberRating.objects.standing().filter(sheet=desk.sheet("DB01-01"), on_roll=True)
    assert (tally["roll"], tally["rated"]) == (1, 1) == (counted.count(), counted.count())


@pytest.mark.parametrize("typed_before", [False, True])
def test_one_moves_while_their_line_is_typed(monkeypatch, typed_before):
    desk = Desk(World())
    if typed_before:
        desk.rate(An=2)
    sheet, an = desk.sheet("DB01-01"), desk.world.people["An"].pk
    outcome = interleave(
        monkeypatch,
        draft,
        "_require_on_roll",
        lambda: draft.rate({sheet: {an: 3}}, **desk.by(DAY)),
        lambda: desk.world.transfer("An", "CB01", DAY),
    )
    assert set(outcome.values()) == {"done"}, outcome
    assert desk.line("An").proposed == 3
    assert wrong_lines(desk) == []
