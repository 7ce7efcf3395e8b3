"""What each act since a closing did by itself, where several changed what one row counts for."""

from datetime import date

import pytest

from ledger.models import Change
from ledger.undo import undo
from tests.kept import kept

from .test_closing import closed, locked, told

pytestmark = pytest.mark.django_db
MEMBERS, DAY = "Đảng viên", date(2017, 10, 1)


@pytest.fixture
def desk(db):
    return kept(locked)


def transferred(world):
    world.transfer("An", "DB02-01", DAY)
    return Change.objects.latest("pk")


def at(closing, code):
    """[(words, {measure: (came, went)})] of the acts since, oldest first."""
    return [(words, effects) for words, effects, _ in reversed(told(closing, code))]


def test_done_undone_and_done_again(desk):
    closing = closed(desk)
    act = transferred(desk.world)
    undo(act, **desk.world.act(reason="ghi nhầm"))
    transferred(desk.world)
    move, takes_back = "Chuyển sinh hoạt chính thức", "Hủy việc: Chuyển sinh hoạt chính thức"
    came, went = {MEMBERS: (1, 0)}, {MEMBERS: (0, 1)}
    assert at(closing, "DB02-01") == [(move, came), (takes_back, went), (move, came)]
    assert at(closing, "DB01-01") == [(move, went), (takes_back, came), (move, went)]


def test_what_all_acts_come_to_is_their_sum(desk):
    """Two leave one after the other; the first comes back, and a third goes."""
    closing = closed(desk)
    world = desk.world
    acts = []
    for name in ("An", "Bình"):
        world.transfer(name, "DB02-01", DAY)
        acts.append(Change.objects.latest("pk"))
    undo(acts[0], **world.act(reason="ghi nhầm"))
    world.transfer("An", "DB01-02", DAY)
    for code, net in (("DB02-01", 1), ("DB01-01", -2), ("DB01-02", 1)):
        effects = [effects.get(MEMBERS, (0, 0)) for _, effects in at(closing, code)]
        assert sum(came - went for came, went in effects) == net, code


def test_a_row_that_comes_and_goes_again_is_no_difference(desk):
    closing = closed(desk)
    undo(transferred(desk.world), **desk.world.act(reason="ghi nhầm"))
    assert at(closing, "DB02-01") == []
