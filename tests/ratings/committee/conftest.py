"""The committees and the leader at the small world's open year."""

import pytest

from ratings.sheets import draft
from ratings.verdicts.verdicts import Proposal, propose
from tests.hand import signed_in_as
from tests.ratings.desk import Desk


@pytest.fixture
def desk(world):
    """The open year 2018: DB01-01 has handed in, An excellent; DB01-02 is a draft; CB01 proposes the second level."""
    desk = Desk(world, 2018)
    entries = {world.people["An"].pk: 1, world.people["Bình"].pk: 2}
    draft.rate({desk.sheet("DB01-01"): entries}, over_cap={desk.sheet("DB01-01").pk: "Được tỉnh khen"}, **desk.by())
    desk.submit("DB01-01")
    propose(desk.period, [Proposal(organization=world.org["CB01"], level=2)], **desk.by())
    return desk


@pytest.fixture
def signed_in(desk):
    return lambda role, code: signed_in_as(desk.world.user(role, code))


@pytest.fixture
def committee(signed_in):
    return signed_in("COMMITTEE", "DB01")


@pytest.fixture
def leader(signed_in):
    return signed_in("LEADER", "K")
