"""A random year: whoever does whatever, no illegal state, no lost line, and every count is that of the rows."""

import pytest

from members.models import Membership
from ratings.models import Sheet
from tests.ratings.walk.year import WalkGround

# Whatever the walks are, they must have done things: a short run most of them, a long one all.
ACTS_DONE = {
    *("type", "type all", "undo", "explain", "submit", "endorse", "decide", "accept", "send_back", "propose"),
    *("at once", "rate organizations", "transfer", "leave", "come back", "admit", "move", "lock", "correct"),
}


def test_a_random_year(db):
    ground = WalkGround()
    before = Sheet.objects.count(), Membership.objects.count()
    ground.walk(examples=14, steps=25)
    assert (Sheet.objects.count(), Membership.objects.count()) == before
    assert len(ACTS_DONE & set(ground.done)) >= 10, ground.done


@pytest.mark.deep
def test_thousands_of_steps(db):
    ground = WalkGround()
    ground.walk(examples=150, steps=40)
    assert set(ground.done) >= ACTS_DONE, ground.done
